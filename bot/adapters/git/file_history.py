"""What became of one file in a repository on this machine: who changed it, where it went."""

from collections.abc import Callable, Sequence

from bot.adapters.git.repository import GitRepository, Tip
from bot.core.git_ids import drafts_in
from bot.services.site_port import Commit, Edit, Holding

RECENT = 500
"""How many of the newest commits are searched."""

_RENAMES = 20  # as often may a file have been renamed since we saw it
_AT_ONCE = 50  # so many states of a file are read together


class FileHistory:
    """A file at `path` of a repository's branch, through its commits."""

    def __init__(self, repository: GitRepository, path: str) -> None:
        self._repository = repository
        self._git = repository.git
        self._path = path

    async def since(self, until: str, tip: Tip) -> tuple[tuple[Edit, ...], bool]:
        """Return the commits since the file had the content `until`, newest first.

        And whether it ever had: by its blob in the file's history, not by ancestry.
        """
        if tip.entry and tip.entry.id == until:
            return (), True
        edits: list[Edit] = []
        for edit in await self._edits(tip):
            if edit.blob == until:
                return tuple(edits), True
            edits.append(edit)
        return tuple(edits), False

    async def _edits(self, tip: Tip) -> list[Edit]:
        if tip.tree is None:
            return []
        asked = ("log", "-z", f"--max-count={RECENT}", "--format=%H%n%an%n%B", tip.head, "--")
        rows = (await self._git(*asked, self._path)).decode("utf-8", "replace").split("\0")
        told = [row.split("\n", 2) for row in rows if row]
        names = "".join(f"{commit}:{self._path}\n" for commit, *_ in told)
        found = await self._git("cat-file", "--batch-check=%(objectname)", given=names.encode())
        blobs = [None if b" " in line else line.decode() for line in found.splitlines()]
        return [
            Edit(commit, by, blob, drafts_in(message))
            for (commit, by, message), blob in zip(told, blobs, strict=True)
        ]

    async def find(self, draft: str) -> Commit | None:
        """Return the newest commit of the branch that carries a draft's trailer."""
        tip = await self._repository.tip()
        if not tip:
            return None
        asked = ("log", "-z", f"--max-count={RECENT}", "--format=%H%n%B", tip)
        for entry in (await self._git(*asked)).decode("utf-8", "replace").split("\0"):
            commit, _, message = entry.partition("\n")
            if draft in drafts_in(message):
                where = ("rev-parse", "--verify", "-q", f"{commit}:{self._path}")
                blob = (await self._git.ask(*where))[1]
                return made(commit, blob.decode().strip())
        return None

    async def moved(self, blob: str) -> str | None:
        """Return where the file is now: with the same content, or as git follows a rename.

        None where the branch has it yet: who took it out of the working tree committed nothing.
        """
        tip = await self._repository.tip()
        if not tip:
            return None
        files = await self._git("ls-tree", "-r", "-z", tip)
        rows = (row.partition(b"\t") for row in files.split(b"\0") if row)
        at = {name.decode("utf-8", "replace"): about.split()[2].decode() for about, _, name in rows}
        if self._path in at:
            return None
        for path, found in at.items():
            if found == blob:
                return path
        return next((name for name in await self._later_names(tip) if name in at), None)

    async def _later_names(self, tip: str) -> list[str]:
        """Return the names that the file got since, one after the other."""
        names: list[str] = []
        name: str | None = self._path
        for _ in range(_RENAMES):
            name = await self._renamed(tip, name) if name else None
            if name is None or name in names:
                break
            names.append(name)
        return names

    async def names(self) -> list[str]:
        """Return all names that the file has had, in this branch."""
        tip = await self._repository.tip()
        if not tip:
            return [self._path]
        names = [self._path, *await self._later_names(tip)]
        options = ("-z", "--follow", "-M40%", "--name-status", "--format=", f"-n{RECENT}", tip)
        told = (await self._git("log", *options, "--", names[-1])).decode("utf-8", "replace")
        fields = iter(told.split("\0"))
        for status in fields:
            if status.strip()[:1] in ("R", "C"):
                names += [next(fields, ""), next(fields, "")]
            else:
                next(fields, "")
        return [name for name in dict.fromkeys(names) if name][: 2 * _RENAMES]

    async def _renamed(self, tip: str, path: str) -> str | None:
        """Return the name that the commit which took `path` away gave the file, if it did."""
        asked = ("log", "-1", "--diff-filter=D", "--no-renames", "--format=%H", tip, "--", path)
        commit = (await self._git(*asked)).decode().strip()
        if not commit:
            return None
        options = ("-r", "-z", "--root", "-M40%", "--diff-filter=R", "--no-commit-id")
        out = await self._git("diff-tree", *options, commit)
        told = out.decode("utf-8", "replace").split("\0")
        renames = dict(zip(told[1::3], told[2::3], strict=False))
        return renames.get(path)


async def holding(
    repository: GitRepository, paths: Sequence[str], holds: Callable[[bytes], bool]
) -> Holding:
    """Return the commits, of any branch, that changed a file which then `holds` something."""
    git = repository.git
    named = [name for path in paths for name in await FileHistory(repository, path).names()]
    names = list(dict.fromkeys(named))
    options = ("--all", "--full-history", f"-n{RECENT + 1}", "--format=%H")
    commits = (await git("log", *options, "--", *names)).decode().split()
    found: list[str] = []
    known: dict[str, bool] = {}
    for start in range(0, min(len(commits), RECENT), _AT_ONCE):
        asked = commits[start : start + _AT_ONCE]
        wanted = [f"{commit}:{name}" for commit in asked for name in names if "\n" not in name]
        for name, state in zip(wanted, await repository.read(*wanted), strict=True):
            if state is None:
                continue
            blob, data = state
            if blob not in known:
                known[blob] = holds(data)
            if known[blob]:
                found.append(name.partition(":")[0][:10])
    return Holding(tuple(dict.fromkeys(found)), len(commits) <= RECENT)


def made(commit: str, blob: str) -> Commit:
    """Return a commit as it is shown: on this machine by the beginning of its id."""
    return Commit(id=commit, where=commit[:10], blob=blob)
