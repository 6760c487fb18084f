"""Finds where people moved a file to: by its content, else by what git says of the move."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from urllib.parse import quote

from bot.adapters.github import graphql
from bot.adapters.github.client import GitHub
from bot.adapters.github.graphql import PAGE, Data
from bot.errors import SiteError

AT_ONCE = 50
"""How many texts are asked for in one request."""

MOST_MOVES, MOST_PAGES, MOST_FOLDERS = 5, 10, 500
"""How many moves are followed, pages of a commit's files read, and folders of a cut tree read."""


async def tree(github: GitHub, head: str) -> dict[str, str]:
    """Return the blobs of all files at a commit by their path."""
    files: dict[str, str] = {}
    folders = [("", head)]
    for _ in range(MOST_FOLDERS):
        if not folders:
            return files
        place, sha = folders.pop()
        found = await _read_tree(github, sha, deep=True)
        if found["truncated"]:
            # GitHub cuts the list behind 100,000 entries: folder by folder it is whole.
            found = await _read_tree(github, sha, deep=False)
            below = [each for each in found["tree"] if each["type"] == "tree"]
            folders += [(f"{place}{each['path']}/", each["sha"]) for each in below]
        files |= _files(found, place)
    raise SiteError("github.too-many-files", repository=github.full_name)


async def _read_tree(github: GitHub, sha: str, *, deep: bool) -> Data:
    return await github.get(
        f"/git/trees/{quote(sha, safe='')}{'?recursive=1' if deep else ''}", "tree", "truncated"
    )


def _files(found: Data, place: str) -> dict[str, str]:
    return {
        place + each["path"]: each["sha"]
        for each in found["tree"]
        if each["type"] == "blob" and each["mode"] != "120000"
    }


async def texts(github: GitHub, branch: str | None, paths: Sequence[str]) -> list[str]:
    """Return the texts of files at a branch; of what is no text, or cut, an empty one."""
    found: list[str] = []
    for start in range(0, len(paths), AT_ONCE):
        asked = paths[start : start + AT_ONCE]
        names = {f"path{number}": path for number, path in enumerate(asked)}
        data = await github.ask(graphql.texts(len(asked)), {**graphql.qualified(branch), **names})
        ref = graphql.ref_of(data["repository"], branch)
        target = ref["target"] if ref else {}
        for number in range(len(asked)):
            file = target.get(f"file{number}")
            blob = (file or {}).get("object") or {}
            found.append("" if blob.get("isTruncated") else blob.get("text") or "")
    return found


async def contents(github: GitHub, blobs: Sequence[str], *, most: int) -> list[bytes | None]:
    """Return the contents with these ids; None for one that is no text, cut, or has more bytes."""
    found: list[bytes | None] = []
    for start in range(0, len(blobs), AT_ONCE):
        asked = blobs[start : start + AT_ONCE]
        names = {f"blob{number}": blob for number, blob in enumerate(asked)}
        data = await github.ask(graphql.blobs(len(asked)), names)
        found += [
            graphql.content(data["repository"][name], blob, most) for name, blob in names.items()
        ]
    return found


async def moved(github: GitHub, path: str, blob: str, head: str) -> str | None:
    """Return where a file went that stood at `path` with this content; None if it was deleted."""
    files = await tree(github, head)
    for _ in range(MOST_MOVES):
        same = (each for each, sha in files.items() if sha == blob)
        if (found := _likest(path, same)) is not None:
            return found
        if (commit := await _removal(github, path, head)) is None:
            return None
        renamed, parent = await _renamed(github, commit, path)
        if renamed is None and parent is not None:
            # Taken away in one commit and put back in another: the whole way shows it as one move.
            whole = await github.get(f"/compare/{parent}...{head}", "files")
            renamed = _new_name(whole, path)
        if renamed is None or renamed[0] in files:
            return renamed[0] if renamed else None
        path, blob = renamed
    return None


def _likest(path: str, others: Iterable[str]) -> str | None:
    """Return the path that is most like the old one: several files may hold the same."""
    name = PurePosixPath(path).name

    def likeness(other: str) -> tuple[float, float]:
        names = SequenceMatcher(a=name, b=PurePosixPath(other).name, autojunk=False)
        return names.ratio(), SequenceMatcher(a=path, b=other, autojunk=False).ratio()

    return max((each for each in others if each != path), key=likeness, default=None)


async def _removal(github: GitHub, path: str, head: str) -> str | None:
    """Return the newest commit that took the path away."""
    variables = {"head": head, "path": path, "first": 1, "after": None}
    data = await github.ask(graphql.HISTORY, variables)
    nodes = data["repository"]["object"]["history"]["nodes"]
    return nodes[0]["oid"] if nodes and nodes[0]["file"] is None else None


async def _renamed(
    github: GitHub, commit: str, path: str
) -> tuple[tuple[str, str] | None, str | None]:
    """Find a file's new name and content in what a commit changed; return its parent, too."""
    parent = None
    for page in range(1, MOST_PAGES + 1):
        found = await github.get(f"/commits/{commit}?per_page={PAGE}&page={page}", "parents")
        parent = found["parents"][0]["sha"] if found["parents"] else None
        if (renamed := _new_name(found, path)) is not None:
            return renamed, parent
        if len(found.get("files") or ()) < PAGE:
            break
    return None, parent


def _new_name(found: Data, path: str) -> tuple[str, str] | None:
    """Find where a file went by GitHub's list of changed files, and its content there."""
    for each in found.get("files") or ():
        if each["status"] == "renamed" and each.get("previous_filename") == path:
            return each["filename"], each["sha"]
    return None
