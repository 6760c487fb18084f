"""The site repository on this machine: reads drafts and commits them with the real git.

A commit is built from git's plumbing, not with `git commit`: blob, trees, commit, then the branch
moves in one step that also checks where it stood. So the bytes are those that were given (no line
ending, filter or hook changes them), what people have staged stays staged and is not committed, a
branch that is not checked out is as good as one that is, and whatever stops us on the way leaves
either no commit or the whole one. Where the branch is checked out, the file and its one entry in
the index follow (working_tree_follower.py).
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.adapters.git import working_tree
from bot.adapters.git.file_history import FileHistory, holding, made
from bot.adapters.git.repository import GitRepository, Index, Put, Tip, check_file
from bot.adapters.git.working_tree import FilePlan, fingerprint
from bot.adapters.git.working_tree_follower import WorkingTreeFollower
from bot.adapters.profile_files import profile_state
from bot.adapters.site_files import texts_of
from bot.core.git_ids import blob_id
from bot.core.git_objects import FILE
from bot.core.site_path import check_site_path
from bot.errors import SiteError, SiteMoved
from bot.services.site_port import Change, Commit, FileChange, Holding, PullRequest, Seen, encoded

_log = logging.getLogger(__name__)


class LocalSite:
    """A git repository on this machine, at the branch that drafts go to; a `Site`.

    Made by `open`. Every method may raise SiteError.
    """

    def __init__(self, repository: GitRepository, patience: float, show: str | None) -> None:
        self._repository = repository
        self._git = repository.git
        self._root = repository.root
        self._follower = WorkingTreeFollower(repository, patience)
        self._show = show
        # What `read` last gave of the working tree, by its id: what a commit may write over.
        self._read: dict[str, str | None] = {}
        # The branch as it was looked at last, for a path: a commit on it need not look again.
        self._looked: tuple[str, Tip] | None = None

    @classmethod
    async def open(
        cls,
        folder: Path,
        *,
        branch: str | None = None,
        patience: float = 5.0,
        show: str | None = None,
    ) -> "LocalSite":
        """Open the repository whose root is `folder`, bare or with a working tree.

        `show` is the one of several whose profile counts, and `branch` that profile's; None takes
        the one that is checked out now, and stays with it. `patience` is how many seconds another
        git's lock is waited for. What a killed process left
        half done is finished first.
        """
        site = cls(await GitRepository.open(folder, branch), patience, show)
        await site.head()
        await site._follower.finish_if_due()
        return site

    @property
    def name(self) -> str:
        """The folder's name."""
        return self._root.name.removesuffix(".git")

    @property
    def root(self) -> Path:
        """The folder, absolute and without symbolic links."""
        return self._root

    @property
    def branch(self) -> str:
        """The branch that drafts are committed to."""
        return self._repository.branch

    async def private_folder(self) -> Path:
        """Return a folder of ours inside git's own, made at need: no commit and no clone has it."""
        folder = self._repository.folder / "rundown" / (self._show or "")
        with working_tree.explained(folder):
            await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        return folder

    # --- reading -------------------------------------------------------------------------------

    async def head(self) -> str:
        """Return the id of the branch's newest commit; all zeros while it has none."""
        return await self._repository.head()

    async def paths(self) -> list[str]:
        """Return the paths of all files at the head; of those that lie there before any commit."""
        return await self._repository.paths()

    async def texts(self, paths: Sequence[str]) -> list[str]:
        """Return the texts of files at the head; of what is no text, or too long, an empty one."""
        tip = await self._repository.tip()
        named = [path for path in paths if "\n" not in path]
        if tip is None:
            return await asyncio.to_thread(texts_of, self._repository.root, named)
        found = await self._repository.read(*(f"{tip}:{path}" for path in named))
        return [_text(one[1]) if one else "" for one in found]

    async def blobs(self) -> Mapping[str, str]:
        """Return the ids of all plain files at the head, by path; none while it has no commit."""
        return await self._repository.blobs()

    async def contents(self, blobs: Sequence[str], *, most: int) -> list[bytes | None]:
        """Return the contents with these ids; None for one that has more bytes, or is missing."""
        sizes = await self._repository.sizes(blobs)
        read = [one for one in blobs if sizes.get(one, most + 1) <= most]
        found = dict(filter(None, await self._repository.read(*read))) if read else {}
        return [found.get(one) for one in blobs]

    async def read(self, path: str) -> bytes | None:
        """Return a file as git would commit it now, with people's edits that nobody committed yet.

        Line endings that the site's settings change on the way in or out are thus never taken for
        an edit. The working tree counts where the branch is checked out, else the branch.
        """
        return await self._read_at(path, await self._look(path))

    async def _look(self, path: str) -> Tip:
        check_site_path(path)
        await self._follower.finish_if_due()
        tip = await self._repository.at(path)
        self._looked = path, tip
        return tip

    async def _read_at(self, path: str, tip: Tip) -> bytes | None:
        if not await self._repository.checked_out():
            return await self._repository.committed(path, tip)
        data = await asyncio.to_thread(working_tree.read_file, self._root, path)
        if data is None and tip.entry and (await self._repository.index(path)).left_out:
            return await self._repository.committed(path, tip)
        blob = self._read[path] = None if data is None else self._blob(data)
        if data is None or (tip.entry and tip.entry.id == blob):
            return data
        return await self._repository.cleaned(path, data)

    def _blob(self, data: bytes) -> str:
        return blob_id(data, self._repository.digits)

    async def look(
        self, path: str, *, number: str, until: str | None = None, recreate: bool = False
    ) -> Seen:
        """Look at the branch and a file of it, with edits that nobody committed yet."""
        tip = await self._look(path)
        data = await self._read_at(path, tip)
        blob = self._blob(data) if data is not None else None
        history = FileHistory(self._repository, path)
        edits, known = await history.since(until, tip) if until else ((), True)
        rules = await asyncio.to_thread(profile_state, self._root, self._show)
        return Seen(self.branch, tip.head, data, blob, edits, known, rules)

    async def moved(self, path: str, *, blob: str, seen: Seen) -> str | None:
        """Return where people moved a file that left `path`; `blob` is its last id."""
        return await FileHistory(self._repository, path).moved(blob)

    async def find(self, draft: str, *, path: str, number: str) -> Commit | None:
        """Return the newest of the branch's last commits with the trailer `Rundown-Draft: <draft>`.

        The line may stand anywhere in the message, indented too: a squash puts the messages that
        it takes together one below the other.
        """
        return await FileHistory(self._repository, path).find(draft)

    async def holding(
        self, paths: Sequence[str], *, number: str, holds: Callable[[bytes], bool]
    ) -> Holding:
        """Return the commits of all branches in which the file `holds` something, by any name."""
        return await holding(self._repository, paths, holds)

    # --- committing ----------------------------------------------------------------------------

    async def commit(self, change: Change) -> Commit:
        """Commit this file with these bytes, moved if it has a former path, and its `files`.

        Raises SiteMoved when the branch is not where it was seen any more, or the file in the
        working tree is not what `look` gave last. A text that the head has already makes no new
        commit.
        """
        path, head, former = change.path, change.seen.head, change.former
        for file in change.all_files:
            check_site_path(file.path)
            check_site_path(file.watched)
        data = change.content()
        message = "\n".join([change.subject, "", *change.trailers, ""])
        words = encoded(path, message)
        async with self._follower.index_lock():
            await self._follower.finish()
            index = None if self._repository.bare else await self._repository.index(path)
            await self._repository.check_quiet(index)
            tip = await self._tip_at(head, change.watched)
            tips = [await self._tip_at(head, file.watched) for file in change.files]
            more = [_put(file, there) for file, there in zip(change.files, tips, strict=True)]
            try:
                here = await self._repository.checked_out()
                plan = None
                if index and here:
                    place = tip if former is None else await self._tip_at(head, path)
                    plan = await self._planned(path, data, place, index)
                    plan = await self._leaving(plan, former, tip) if former else plan
                    plan = replace(plan, more=await self._further(more, head, tips))
                commit = await self._repository.write_commit(
                    path, data, words, tip, former=former, more=more
                )
            except SiteMoved:
                raise
            except SiteError:
                await self._repository.check_head(head)  # else it is about what was there before
                raise
            if index is None or plan is None:
                await self._repository.move(commit, head)
            else:
                texts = [data, *(put.data for put in more)]
                await self._carry_out(plan, texts, index, commit, head)
        return made(commit, self._blob(data))

    async def open_review(
        self, path: str, *, number: str, named: str, is_page: bool = False
    ) -> PullRequest | None:
        """Return None: a repository of git's has no pull requests."""
        return None

    async def _tip_at(self, head: str, path: str) -> Tip:
        """Return what the branch holds at `head`; whether it is still there shows when it moves."""
        if self._looked and self._looked[0] == path and self._looked[1].head == head:
            return self._looked[1]
        tip = await self._repository.at(path)
        if tip.head != head:
            raise SiteMoved("site.head-moved", branch=self.branch)
        return tip

    async def _planned(self, path: str, data: bytes, tip: Tip, index: Index) -> FilePlan:
        """Look at the file where people work on it, and refuse what would lose their words."""
        now = await asyncio.to_thread(working_tree.read_file, self._root, path)
        if index.staged is None and await self._is_ignored(path):
            # The site keeps it out of its history on purpose; a bot that forces it in would make
            # public what was meant to stay here.
            raise SiteError("site.ignored", path=path)
        if now not in (None, data) and not await self._is_known(path, now, tip):
            raise SiteMoved("site.file-moved", path=path)
        check_file(path, tip.entry)
        if index.staged and not await self._stands_elsewhere(path, index.staged, now, tip):
            raise SiteError("site.staged-apart", path=path)
        return FilePlan(
            path=path,
            mode=tip.entry.mode if tip.entry else FILE,
            blob=self._blob(data),
            before=fingerprint(now),
            staged=index.staged,
            made=working_tree.check_folders(self._root, path),
        )

    async def _leaving(self, plan: FilePlan, former: str, tip: Tip) -> FilePlan:
        """Look at the file that is to move, and refuse what would lose words of people's."""
        now = await asyncio.to_thread(working_tree.read_file, self._root, former)
        if now is not None and not await self._is_known(former, now, tip):
            raise SiteMoved("site.file-moved", path=former)
        staged = (await self._repository.index(former)).staged
        if staged and not await self._stands_elsewhere(former, staged, now, tip):
            raise SiteError("site.staged-apart", path=former)
        mode = tip.entry.mode if tip.entry else plan.mode
        return replace(plan, mode=mode, former=former, former_before=fingerprint(now))

    async def _further(
        self, files: Sequence[Put], head: str, tips: Sequence[Tip]
    ) -> tuple[FilePlan, ...]:
        """Look at the further files of a commit where people work on them, each as the first."""
        plans = []
        for number, (file, tip) in enumerate(zip(files, tips, strict=True), 1):
            there = tip if file.former is None else await self._tip_at(head, file.path)
            index = await self._repository.index(file.path)
            plan = await self._planned(file.path, file.data, there, index)
            if file.former is not None:
                plan = await self._leaving(plan, file.former, tip)
            plans.append(replace(plan, beside=f"{plan.beside}-{number}"))
        return tuple(plans)

    async def _is_ignored(self, path: str) -> bool:
        """Return whether the site's rules keep out a file that git does not know yet."""
        # (check-ignore takes paths as they are, and no option that says so.)
        asked = ("--no-literal-pathspecs", "check-ignore", "-q", "--", path)
        return (await self._git.ask(*asked))[0] == 0

    async def _is_known(self, path: str, now: bytes, tip: Tip) -> bool:
        """Return whether what stands in the file was read by us (so merged), or is committed."""
        if path in self._read:
            return self._read[path] == self._blob(now)
        if tip.entry is None:
            return False
        return tip.entry.id in (self._blob(now), await self._repository.cleaned_id(path, now))

    async def _stands_elsewhere(self, path: str, staged: str, now: bytes | None, tip: Tip) -> bool:
        """Return whether what is staged of the file is committed, or in the working tree too.

        (The empty blob is what `git add --intent-to-add` puts there.) An earlier text of the file
        may be staged by nobody: `git commit` reads the index before it locks it, so one at the same
        time as ours puts the entry back that was there before (builtin/commit.c, prepare_index).
        """
        blob = staged.split()[1]
        if (tip.entry and tip.entry.id == blob) or blob == self._blob(b""):
            return True
        if now is not None and blob in (
            self._blob(now), await self._repository.cleaned_id(path, now)
        ):  # fmt: skip
            return True
        if tip.entry is None:
            return False
        there = ("log", "-1", "--format=%H", f"--find-object={blob}", tip.head, "--", path)
        return bool(await self._git(*there))

    async def _carry_out(
        self, plan: FilePlan, texts: Sequence[bytes], index: Index, commit: str, head: str
    ) -> None:
        """Move the branch; the file and its index entry follow, now or when we are started again.

        All that can fail for want of room or rights is done before the branch moves.
        """
        try:
            await self._follower.keep(plan)
            prepared = await self._follower.prepare(plan, texts, index)
            await self._repository.move(commit, head)
        except BaseException:
            await self._follower.finish()
            raise
        for one, data in zip(plan.all_plans, texts, strict=True):
            self._read[one.path] = self._blob(data)
        try:
            await self._follower.follow(plan, prepared)
        except SiteError as error:
            # The commit is made, and nothing may say otherwise; the plan stays to be finished.
            _log.warning("the working tree does not follow yet: %s", error)


def _put(file: FileChange, tip: Tip) -> Put:
    """Return a further file of a commit as it is put in, with the mode that it has."""
    mode = tip.entry.mode if tip.entry else FILE
    return Put(file.path, file.content(), mode, file.former)


def _text(data: bytes) -> str:
    """Return a page's text; an empty one where it is none, or too long to be one."""
    try:
        return data.decode("utf-8") if len(data) <= working_tree.MOST else ""
    except UnicodeDecodeError:
        return ""
