"""What a git repository holds at one branch, and how a commit on it is built from plumbing.

Each git is a process, and those are most of what a draft costs: what can be asked together is asked
of one, and the ids of objects are computed here.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.git import working_tree
from bot.adapters.git.process import Git, check_version
from bot.core.git_ids import blob_id
from bot.core.git_objects import FILE, FOLDER, TreeEntry, object_id, pack, read_tree, tree_data
from bot.core.site_path import shown
from bot.errors import SiteError, SiteMoved

IN_PROGRESS = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}
"""What git leaves in its folder while it waits for a person."""

DIGITS = {"sha1": 40, "sha256": 64}
"""How many digits the ids of a repository have, by its object format."""

# What git allows in a branch's name (git-check-ref-format), so that none is read as an expression.
_BRANCH = re.compile(
    r"(?!.*(?:\.\.|//|/\.|@\{|\.lock(?:/|\Z)))[^\0- \x7f~^:?*\[\\./][^\0- \x7f~^:?*\[\\]*(?<![./])"
)


@dataclass(frozen=True, slots=True)
class Tip:
    """The branch's newest commit, and what it holds from its root down to one path.

    `head` is its id, all zeros while there is none, and `tree` that of its root. `folders` are the
    root's entries and those of each folder above the path, as far as there are any; `entry` is what
    stands at the path.
    """

    head: str
    tree: str | None = None
    folders: tuple[Mapping[bytes, TreeEntry], ...] = ()
    entry: TreeEntry | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """A file that a commit puts in: its bytes and mode, and where it was before."""

    path: str
    data: bytes
    mode: str
    former: str | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """What git's index holds of one path (`staged`, MODE BLOB), and whether conflicts are left.

    `left_out` tells that a sparse checkout keeps the file out of the working tree.
    """

    staged: str | None
    left_out: bool
    unmerged: bool


class GitRepository:
    """A git repository at one branch. Made by `open`; every method may raise SiteError.

    `root` is its folder, absolute and without symbolic links; `folder` git's own, of this working
    tree. Its ids have so many `digits`.
    """

    def __init__(self, git: Git, folder: Path, branch: str, *, bare: bool, digits: int) -> None:
        self.git = git
        self.digits = digits
        self.root = git.folder
        self.folder = folder
        self.branch = branch
        self.ref = f"refs/heads/{branch}"
        self.bare = bare

    @classmethod
    async def open(cls, folder: Path, branch: str | None) -> "GitRepository":
        """Open the repository whose root is `folder`; no branch means the one checked out now."""
        git = Git(_absolute(folder))
        own, bare, digits = await _opened(git)
        if branch is None:
            ref = await _head_of(git, own)
            if ref is None or not ref.startswith("refs/heads/"):
                raise SiteError("site.detached", folder=git.folder)
            branch = ref.removeprefix("refs/heads/")
        return cls(git, own, branch, bare=bare, digits=digits)

    # --- the branch ----------------------------------------------------------------------------

    async def tip(self) -> str | None:
        """Return the branch's newest commit; None while there is none."""
        if not _BRANCH.fullmatch(self.branch):
            return None
        asked = ("show-ref", "--verify", "--hash", "--", self.ref)
        code, out = await self.git.ask(*asked, codes=(0, 1, 128))
        return None if code else out.decode().strip()

    async def head(self) -> str:
        """Return the branch's newest commit; all zeros where it is checked out and has none yet."""
        return await self.tip() or await self._no_head()

    async def _no_head(self) -> str:
        if not await self._is_head():
            raise SiteError("site.no-branch", branch=shown(self.branch), folder=self.root)
        return "0" * self.digits

    async def checked_out(self) -> bool:
        """Return whether the working tree is at the branch."""
        return not self.bare and await self._is_head()

    async def _is_head(self) -> bool:
        return await _head_of(self.git, self.folder) == self.ref

    async def move(self, commit: str, head: str) -> None:
        """Move the branch from `head` to `commit` in one step, or leave it."""
        if commit == head:
            await self.check_head(head)
            return
        try:
            reason = "commit: draft by Rundown"
            await self.git("update-ref", "-m", reason, self.ref, commit, head)
        except SiteError:
            # Where it stands is what counts, however git ended.
            now = await self.head()
            if now == commit:
                return
            if now != head:
                raise SiteMoved("site.head-moved", branch=self.branch) from None
            raise

    async def check_head(self, head: str) -> None:
        """Raise SiteMoved where the branch is not at `head` any more."""
        if await self.head() != head:
            raise SiteMoved("site.head-moved", branch=self.branch)

    # --- what it holds -------------------------------------------------------------------------

    async def at(self, path: str) -> Tip:
        """Return the branch's newest commit and what it holds on the way to `path`."""
        if not _BRANCH.fullmatch(self.branch):
            return Tip(await self._no_head())
        above = [path[:at] for at, letter in enumerate(path) if letter == "/"]
        found = await self.read(self.ref, *(f"{self.ref}:{folder}" for folder in ("", *above)))
        if found[0] is None:
            return Tip(await self._no_head())
        (commit, data), read = found[0], dict(filter(None, found))
        tree = root = data[len("tree ") :].partition(b"\n")[0].decode()
        folders: list[dict[bytes, TreeEntry]] = []
        entry: TreeEntry | None = None
        for part in path.split("/"):
            if tree not in read:  # the branch moved while it was read
                read |= dict(filter(None, await self.read(tree)))
            folders.append(read_tree(read[tree], self.digits))
            entry = folders[-1].get(part.encode())
            if entry is None or not entry.is_folder:
                break
            tree = entry.id
        is_there = len(folders) == path.count("/") + 1
        return Tip(commit, root, tuple(folders), entry if is_there else None)

    async def read(self, *names: str) -> list[tuple[str, bytes] | None]:
        """Return id and bytes of the objects that are called so; None for one that is not there."""
        asked = "".join(f"{name}\n" for name in names).encode()
        out = await self.git("cat-file", "--batch", given=asked)
        found: list[tuple[str, bytes] | None] = []
        at = 0
        while at < len(out):
            end = out.index(b"\n", at)
            about = out[at:end].decode().rsplit(" ", 2)
            at = end + 1
            if not about[-1].isdecimal():
                found.append(None)
                continue
            end = at + int(about[2])
            found.append((about[0], out[at:end]))
            at = end + 1
        return found

    async def paths(self) -> list[str]:
        """Return the paths of the branch's files; before any commit, of those that would be its."""
        out = await self._listed("--name-only")
        if out is None:
            if self.bare:
                return []
            out = await self.git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        return [name.decode("utf-8", "replace") for name in out.split(b"\0") if name]

    async def blobs(self) -> dict[str, str]:
        """Return the ids of the plain files that the branch holds, by path."""
        found = {}
        for row in filter(None, (await self._listed() or b"").split(b"\0")):
            about, _, name = row.partition(b"\t")
            mode, kind, blob = about.decode().split()
            if kind == "blob" and mode != "120000":
                found[name.decode("utf-8", "replace")] = blob
        return found

    async def _listed(self, *options: str) -> bytes | None:
        """Return all that the branch holds, as git lists it; None while it has no commit."""
        if not _BRANCH.fullmatch(self.branch):
            return None
        asked = ("ls-tree", "-r", "-z", *options, self.ref)
        code, out = await self.git.ask(*asked, codes=(0, 128))
        if code and await self.tip():
            return await self.git(*asked)  # it says why not
        return None if code else out

    async def sizes(self, objects: Sequence[str]) -> dict[str, int]:
        """Return how many bytes these objects have, without those that are not there."""
        if not objects:
            return {}
        asked = "".join(f"{one}\n" for one in objects).encode()
        rows = (await self.git("cat-file", "--batch-check", given=asked)).decode().splitlines()
        said = [row.split(" ") for row in rows]
        return {one: int(rest[-1]) for one, *rest in said if rest[-1].isdecimal()}

    async def committed(self, path: str, tip: Tip) -> bytes | None:
        """Return the bytes that the branch has at `path`."""
        check_file(path, tip.entry)
        if tip.entry is None:
            return None
        if int(await self.git("cat-file", "-s", tip.entry.id)) > working_tree.MOST:
            raise SiteError("site.too-large", path=path, limit=working_tree.MOST // 1024)
        return await self.git("cat-file", "blob", tip.entry.id)

    async def cleaned_id(self, path: str, data: bytes, *options: str) -> str:
        """Return the id of what git would commit for these bytes of the working tree."""
        asked = ("hash-object", f"--path={path}", *options, "--stdin")
        return (await self.git(*asked, given=data)).decode().strip()

    async def cleaned(self, path: str, data: bytes) -> bytes:
        """Return what git would commit for these bytes of the working tree."""
        cleaned = await self.cleaned_id(path, data)
        if cleaned == blob_id(data, self.digits):
            return data
        await self.cleaned_id(path, data, "-w")
        return await self.git("cat-file", "blob", cleaned)

    async def index(self, path: str) -> Index:
        """Return what the index holds of a path."""
        staged, left_out, unmerged = None, False, False
        for row in (await self.git("ls-files", "-z", "-t", "--stage")).split(b"\0"):
            unmerged |= row.startswith(b"M ")
            about, _, name = row.partition(b"\t")
            if name == path.encode():
                tag, mode, blob, _ = about.decode().split(" ")
                staged, left_out = f"{mode} {blob}", tag == "S"
        return Index(staged, left_out and not (self.root / path).exists(), unmerged)

    # --- a commit ------------------------------------------------------------------------------

    async def write_commit(
        self,
        path: str,
        data: bytes,
        message: bytes,
        tip: Tip,
        *,
        former: str | None = None,
        more: Sequence[Put] = (),
    ) -> str:
        """Write blobs, trees and commit; return the commit, or the head if it has all already.

        With a `former` path, `tip` is what leads to that, and the file is moved from there. `more`
        files go into the same commit.
        """
        if former is None and not more:
            tree, objects = self._with_file(tip, path, data)
            if tree == tip.tree:
                return tip.head
            await self.git("unpack-objects", "-q", given=pack(objects, self.digits))
        else:
            mode = tip.entry.mode if tip.entry else FILE
            tree = await self._with_files(tip, [Put(path, data, mode, former), *more])
            if tree == tip.tree:
                return tip.head
        # commit-tree does not look at commit.gpgSign: a site that wants signatures gets them
        # only if we ask.
        code, wants = await self.git.ask("config", "--type=bool", "--get", "commit.gpgSign")
        sign = ["-S"] if code == 0 and wants.strip() == b"true" else []
        parents = ["-p", tip.head] if tip.tree else []
        try:
            out = await self.git("commit-tree", tree, *parents, *sign, given=message)
        except SiteError as error:
            if error.name != "site.refused":
                raise
            await self._check_identity()
            if not sign:
                raise
            why = error.values["why"]
            raise SiteError("site.cannot-sign", folder=self.root, why=why) from None
        return out.decode().strip()

    async def _with_files(self, tip: Tip, files: Sequence[Put]) -> str:
        """Write the root with files put in, moved from where they were before; return its id."""
        lines = b""
        for file in files:
            blob = (await self.git("hash-object", "-w", "--stdin", given=file.data)).decode()
            if file.former is not None:
                lines += f"0 {'0' * self.digits}\t{file.former}\0".encode()
            lines += f"{file.mode} {blob.strip()}\t{file.path}\0".encode()
        index = self.folder / "rundown-move-index"
        try:
            await self.git("read-tree", *([tip.head] if tip.tree else ["--empty"]), index=index)
            # (A file where a folder is wanted, or the other way round, is refused.)
            await self.git("update-index", "--add", "-z", "--index-info", given=lines, index=index)
            return (await self.git("write-tree", index=index)).decode().strip()
        finally:
            index.unlink(missing_ok=True)

    def _with_file(self, tip: Tip, path: str, data: bytes) -> tuple[str, list[tuple[str, bytes]]]:
        """Return the id of the root with the file put in at `path`, and all objects it needs."""
        parts = path.split("/")
        made, identity = [("blob", data)], blob_id(data, self.digits)
        for depth, part in reversed(list(enumerate(parts))):
            entries = dict(tip.folders[depth]) if depth < len(tip.folders) else {}
            old = entries.get(part.encode())
            if depth == len(parts) - 1:
                check_file(path, old)
                entries[part.encode()] = TreeEntry(old.mode if old else FILE, identity)
            elif old and not old.is_folder:
                raise SiteError("site.path-through", path=path, part=part)
            else:
                entries[part.encode()] = TreeEntry(FOLDER, identity)
            tree = tree_data(entries)
            made.append(("tree", tree))
            identity = object_id("tree", tree, self.digits)
        return identity, made

    # --- refusing ------------------------------------------------------------------------------

    async def _check_identity(self) -> None:
        """Refuse where the site's configuration does not say who commits."""
        for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
            try:
                await self.git("var", who)
            except SiteError as error:
                if error.name != "site.refused":
                    raise
                raise SiteError("site.no-identity", folder=self.root) from None

    async def check_quiet(self, index: Index | None) -> None:
        """Refuse while git waits for a person, or another working tree is at the branch."""
        for name, what in IN_PROGRESS.items():
            if (self.folder / name).exists():
                raise SiteError("site.in-progress", what=what, folder=self.root)
        if index is None:  # it is bare
            return
        if index.unmerged:
            raise SiteError("site.unmerged", folder=self.root)
        if not any((self.folder / name).exists() for name in ("worktrees", "commondir")):
            return  # this working tree is the only one
        # A branch that moves under another working tree would look there like a staged undoing.
        told = os.fsdecode(await self.git("worktree", "list", "--porcelain"))
        for tree in told.split("\n\n"):
            folder = Path(tree.partition("\n")[0].removeprefix("worktree "))
            if f"branch {self.ref}" in tree.split("\n") and _is_another(folder, self.root):
                raise SiteError("site.branch-elsewhere", branch=self.branch, folder=folder)


async def _opened(git: Git) -> tuple[Path, bool, int]:
    """Return git's own folder of the repository at `git.folder`, if it is bare, and its digits."""
    root = git.folder
    # (The last of these fails in a bare repository; the others are answered before.)
    about = ("--absolute-git-dir", "--is-bare-repository", "--show-object-format")
    asked = ("rev-parse", *about, "--show-toplevel")
    code, out = await git.ask(*asked, codes=(0, 128))
    own, bare, ids, top = (*os.fsdecode(out).splitlines(), "", "", "", "")[:4]
    if ids not in DIGITS:  # an old git repeats the question
        await check_version(git)
    if bare == "true" or (code == 0 and not _is_another(Path(top), root)):
        return Path(own), bare == "true", DIGITS[ids]
    if code:
        # git says why only in words, so look at what it looks at.
        _check_owner(root)
        if (root / ".git").exists():
            await git(*asked)
    for parent in root.parents:
        if (parent / ".git").exists():
            raise SiteError("site.inside-a-repository", folder=root, root=parent)
    raise SiteError("site.not-a-repository", folder=root)


async def _head_of(git: Git, folder: Path) -> str | None:
    """Return the ref that is checked out, as git's own folder tells; None while a commit is."""
    file = folder / "HEAD"
    with working_tree.explained(file, "site.unreadable"):
        said = b"" if file.is_symlink() else file.read_bytes()
    if not said or said.startswith(b"ref: refs/heads/.invalid"):
        # An old repository's HEAD is a link, and a repository with a table of refs keeps it there.
        code, out = await git.ask("symbolic-ref", "-q", "HEAD")
        said = b"" if code else b"ref: " + out
    return os.fsdecode(said[len("ref:") :]).strip() if said.startswith(b"ref:") else None


def _absolute(folder: Path) -> Path:
    return folder.expanduser().resolve()


def _is_another(folder: Path, root: Path) -> bool:
    return folder.is_dir() and not folder.samefile(root)


def _check_owner(root: Path) -> None:
    for place in (root / ".git", root / "HEAD"):
        if place.exists() and os.geteuid() not in (root.stat().st_uid, place.stat().st_uid):
            raise SiteError("site.other-owner", folder=root)


def check_file(path: str, entry: TreeEntry | None) -> None:
    """Refuse what stands in the place of a file and is none."""
    if entry and entry.is_folder:
        raise SiteError("site.path-folder", path=path)
    if entry and not entry.is_file:
        raise SiteError("site.path-not-file", path=path)
