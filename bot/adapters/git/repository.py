"""What a git repository holds at one branch, and how a commit on it is built from plumbing."""

import os
from pathlib import Path
from typing import NamedTuple

from bot.adapters.git import working_tree as work_tree
from bot.adapters.git.process import Git, check_version
from bot.adapters.git.working_tree import shown
from bot.errors import SiteError, SiteMoved

IN_PROGRESS = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}
"""What git leaves in its folder while it waits for a person."""

FILE, FOLDER = "100644", "040000"


class Entry(NamedTuple):
    """What stands under a name in a tree of git."""

    mode: str
    kind: str
    id: str


class Repository:
    """A git repository at one branch. Made by `open`; every method may raise SiteError.

    `root` is its folder, absolute and without symbolic links; `folder` git's own, of this working
    tree.
    """

    def __init__(self, git: Git, folder: Path, branch: str, *, bare: bool) -> None:
        self.git = git
        self.root = git.folder
        self.folder = folder
        self.branch = branch
        self.ref = f"refs/heads/{branch}"
        self.bare = bare

    @classmethod
    async def open(cls, folder: Path, branch: str | None) -> "Repository":
        """Open the repository whose root is `folder`; no branch means the one checked out now."""
        git = Git(_absolute(folder))
        await check_version(git)
        own, bare = await _opened(git)
        if branch is None:
            code, out = await git.ask("symbolic-ref", "-q", "HEAD")
            if code or not out.startswith(b"refs/heads/"):
                raise SiteError("site.detached", folder=git.folder)
            branch = os.fsdecode(out).strip().removeprefix("refs/heads/")
        return cls(git, own, branch, bare=bare)

    # --- the branch ----------------------------------------------------------------------------

    async def tip(self) -> str | None:
        """Return the branch's newest commit; None while there is none."""
        if not self.branch.isprintable():
            return None
        asked = ("show-ref", "--verify", "--hash", "--", self.ref)
        code, out = await self.git.ask(*asked, codes=(0, 1, 128))
        return None if code else out.decode().strip()

    async def head(self) -> str:
        """Return the branch's newest commit; all zeros where it is checked out and has none yet."""
        if found := await self.tip():
            return found
        if not await self._is_head():
            raise SiteError("site.no-branch", branch=shown(self.branch), folder=self.root)
        return "0" * len(await self.empty())

    async def checked_out(self) -> bool:
        """Return whether the working tree is at the branch."""
        return not self.bare and await self._is_head()

    async def _is_head(self) -> bool:
        code, out = await self.git.ask("symbolic-ref", "-q", "HEAD")
        return code == 0 and os.fsdecode(out).strip() == self.ref

    async def move(self, commit: str, head: str) -> None:
        """Move the branch from `head` to `commit` in one step, or leave it."""
        if commit == head:
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

    # --- what it holds -------------------------------------------------------------------------

    async def entries(self, tree: str, *paths: str) -> dict[bytes, Entry]:
        """Return what stands in a tree, or at these paths of it."""
        out = await self.git("ls-tree", "-z", "--", tree, *paths)
        rows = (row.partition(b"\t") for row in out.split(b"\0") if row)
        return {name: Entry(*about.decode().split()) for about, _, name in rows}

    async def entry(self, path: str) -> Entry | None:
        """Return the file that the branch has at `path`; raise where it is no plain one."""
        tip = await self.tip()
        found = (await self.entries(tip, path)).get(path.encode()) if tip else None
        _check_file(path, found)
        return found

    async def committed(self, path: str) -> bytes | None:
        """Return the bytes that the branch has at `path`."""
        if not (entry := await self.entry(path)):
            return None
        if int(await self.git("cat-file", "-s", entry.id)) > work_tree.MOST:
            raise SiteError("site.too-large", path=path, limit=work_tree.MOST // 1024)
        return await self.git("cat-file", "blob", entry.id)

    async def is_committed(self, path: str, data: bytes) -> bool:
        """Return whether the branch has just what git would commit for these bytes."""
        entry = await self.entry(path)
        return entry is not None and entry.id == await self.blob(data, f"--path={path}")

    # --- bytes and blobs -----------------------------------------------------------------------

    async def blob(self, data: bytes, *options: str) -> str:
        """Return the id of these bytes as they are; with `--path=…`, as git would commit them."""
        plain = [] if any(o.startswith("--path=") for o in options) else ["--no-filters"]
        out = await self.git("hash-object", *plain, *options, "--stdin", given=data)
        return out.decode().strip()

    async def empty(self) -> str:
        """Return the id of the empty blob."""
        return await self.blob(b"")

    async def cleaned(self, path: str, data: bytes) -> bytes:
        """Return what git would commit for these bytes of the working tree."""
        cleaned = await self.blob(data, f"--path={path}")
        if cleaned == await self.blob(data):
            return data
        await self.blob(data, f"--path={path}", "-w")
        return await self.git("cat-file", "blob", cleaned)

    # --- the index -----------------------------------------------------------------------------

    async def staged(self, path: str) -> str | None:
        """Return the file's entry in the index, `MODE BLOB`."""
        out = await self.git("ls-files", "--stage", "-z", "--", path)
        for row in out.split(b"\0"):
            about, _, name = row.partition(b"\t")
            if name == path.encode():
                return " ".join(about.decode().split()[:2])
        return None

    async def left_out(self, path: str) -> bool:
        """Return whether a sparse checkout leaves the file out of the working tree."""
        if (self.root / path).exists():
            return False
        return (await self.git("ls-files", "-t", "-z", "--", path)).startswith(b"S ")

    # --- a commit ------------------------------------------------------------------------------

    async def write_commit(self, path: str, data: bytes, message: bytes, head: str) -> str:
        """Write blob, trees and commit; return the commit, or `head` if it has it all already."""
        tip = await self.tip()
        base = tip and await self._tree_of(tip)
        tree = await self._write_tree(base, path, path.split("/"), await self.blob(data, "-w"))
        if tree == base:
            return head
        # commit-tree does not look at commit.gpgSign: a site that wants signatures gets them
        # only if we ask.
        code, wants = await self.git.ask("config", "--type=bool", "--get", "commit.gpgSign")
        sign = ["-S"] if code == 0 and wants.strip() == b"true" else []
        parents = ["-p", tip] if tip else []
        try:
            out = await self.git("commit-tree", tree, *parents, *sign, given=message)
        except SiteError as error:
            if not sign or error.name != "site.refused":
                raise
            why = error.values["why"]
            raise SiteError("site.cannot-sign", folder=self.root, why=why) from None
        return out.decode().strip()

    async def _tree_of(self, commit: str) -> str:
        return (await self.git("rev-parse", "--verify", f"{commit}^{{tree}}")).decode().strip()

    async def _write_tree(self, tree: str | None, path: str, parts: list[str], blob: str) -> str:
        """Write `tree` with the file put in at `parts`; return the new tree's id."""
        name, rest = parts[0].encode(), parts[1:]
        entries = await self.entries(tree) if tree else {}
        old = entries.get(name)
        if rest:
            if old and old.kind != "tree":
                raise SiteError("site.path-through", path=path, part=parts[0])
            below = await self._write_tree(old.id if old else None, path, rest, blob)
            entries[name] = Entry(FOLDER, "tree", below)
        else:
            _check_file(path, old)
            entries[name] = Entry(old.mode if old else FILE, "blob", blob)
        lines = (b"%s\t%s\0" % (" ".join(entry).encode(), key) for key, entry in entries.items())
        out = await self.git("mktree", "-z", "--missing", given=b"".join(lines))
        return out.decode().strip()

    # --- refusing ------------------------------------------------------------------------------

    async def check_identity(self) -> None:
        """Refuse where the site's configuration does not say who commits."""
        for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
            try:
                await self.git("var", who)
            except SiteError as error:
                if error.name != "site.refused":
                    raise
                raise SiteError("site.no-identity", folder=self.root) from None

    async def check_quiet(self) -> None:
        """Refuse while git waits for a person, or another working tree is at the branch."""
        for name, what in IN_PROGRESS.items():
            if (self.folder / name).exists():
                raise SiteError("site.in-progress", what=what, folder=self.root)
        if self.bare:
            return
        if await self.git("ls-files", "--unmerged", "-z"):
            raise SiteError("site.unmerged", folder=self.root)
        # A branch that moves under another working tree would look there like a staged undoing.
        told = os.fsdecode(await self.git("worktree", "list", "--porcelain"))
        for tree in told.split("\n\n"):
            folder = Path(tree.partition("\n")[0].removeprefix("worktree "))
            if f"branch {self.ref}" in tree.split("\n") and _is_another(folder, self.root):
                raise SiteError("site.branch-elsewhere", branch=self.branch, folder=folder)


async def _opened(git: Git) -> tuple[Path, bool]:
    """Return git's own folder of the repository at `git.folder`, and whether it is bare."""
    root = git.folder
    try:
        told = await git("rev-parse", "--absolute-git-dir", "--is-bare-repository")
        own, bare = os.fsdecode(told).splitlines()
        if bare == "true":
            return Path(own), True
        top = os.fsdecode(await git("rev-parse", "--show-toplevel")).rstrip("\n")
        if not _is_another(Path(top), root):
            return Path(own), False
    except SiteError as error:
        if error.name != "site.refused":
            raise
        # git says why only in words, so look at what it looks at.
        _check_owner(root)
        if (root / ".git").exists():
            raise
    for parent in root.parents:
        if (parent / ".git").exists():
            raise SiteError("site.inside-a-repository", folder=root, root=parent)
    raise SiteError("site.not-a-repository", folder=root)


def _absolute(folder: Path) -> Path:
    return folder.expanduser().resolve()


def _is_another(folder: Path, root: Path) -> bool:
    return folder.is_dir() and not folder.samefile(root)


def _check_owner(root: Path) -> None:
    for place in (root / ".git", root / "HEAD"):
        if place.exists() and os.geteuid() not in (root.stat().st_uid, place.stat().st_uid):
            raise SiteError("site.other-owner", folder=root)


def _check_file(path: str, entry: Entry | None) -> None:
    if entry and entry.kind == "tree":
        raise SiteError("site.path-folder", path=path)
    if entry and not entry.mode.startswith("100"):
        raise SiteError("site.path-not-file", path=path)
