"""The files and the index that follow a commit where people work on its branch.

A `FilePlan` on disk says that they still have to: whoever finds one finishes it.
"""

import asyncio
import shutil
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path

from bot.adapters.git import working_tree
from bot.adapters.git.repository import GitRepository, Index
from bot.adapters.git.working_tree import FilePlan, IndexLock, fingerprint


class WorkingTreeFollower:
    """Has the working tree of a repository follow the commits that are made of plans.

    `patience` is how many seconds another git's lock on the index is waited for.
    """

    def __init__(self, repository: GitRepository, patience: float) -> None:
        self._repository = repository
        self._git = repository.git
        self._root = repository.root
        self._patience = patience

    async def keep(self, plan: FilePlan) -> None:
        """Keep a plan on disk, before its branch moves."""
        await asyncio.to_thread(plan.keep, self._plan_file)

    @property
    def _plan_file(self) -> Path:
        return self._repository.folder / "rundown-commit" / "plan.json"

    async def prepare(self, plan: FilePlan, texts: Sequence[bytes], first: Index) -> Path | None:
        """Write the files beside their places, and the index to come; return the latter.

        `first` is what the index has of the plan's own file.

        A file that a sparse checkout leaves out stays out. The index's other entries stay as they
        are; None if it is not to change.
        """
        lines, left_out = b"", []
        for one, data in zip(plan.all_plans, texts, strict=True):
            now = first if one is plan else await self._repository.index(one.path)
            if now.left_out:
                left_out.append(one.path)
            else:
                await asyncio.to_thread(
                    working_tree.write_beside, self._root, one.path, data, one.beside
                )
            if now.staged == one.staged:
                lines += f"{one.mode} {one.blob}\t{one.path}\0".encode()
                if one.former is not None:
                    lines += f"0 {'0' * self._repository.digits}\t{one.former}\0".encode()
        if not lines:
            return None
        index = await asyncio.to_thread(self._copied_index)
        await self._git("update-index", "--add", "-z", "--index-info", given=lines, index=index)
        if left_out:
            await self._git("update-index", "--skip-worktree", "--", *left_out, index=index)
        return index

    def _copied_index(self) -> Path:
        index = self._plan_file.with_name("index")
        with working_tree.explained(index):
            index.unlink(missing_ok=True)
            if (real := self._repository.folder / "index").exists():
                # With its time: by it git knows which files may have changed unseen since.
                shutil.copy2(real, index)
        return index

    async def follow(self, plan: FilePlan, index: Path | None) -> None:
        """Put files and index in place, but not over what people wrote since; the plan is done."""
        for one in plan.all_plans:
            if fingerprint(working_tree.read_file(self._root, one.path)) == one.before:
                await asyncio.to_thread(working_tree.put_in_place, self._root, one.path, one.beside)
            if one.former is not None:
                left = working_tree.read_file(self._root, one.former)
                if fingerprint(left) == one.former_before:
                    await asyncio.to_thread(working_tree.remove_file, self._root, one.former)
            working_tree.remove_traces(self._root, one.path, 0, one.beside)
        if index:
            # So that the index knows the file by its size and times, as after `git add`.
            await self._git.ask("update-index", "-q", "--refresh", index=index)
            await asyncio.to_thread(self._put_index, index)
        self._drop_plan()

    def _put_index(self, index: Path) -> None:
        real = self._repository.folder / "index"
        with working_tree.explained(real):
            index.replace(real)

    def _drop_plan(self) -> None:
        shutil.rmtree(self._plan_file.parent, ignore_errors=True)

    async def finish_if_due(self) -> None:
        """Finish what a killed process left, if it left anything."""
        if self._plan_file.exists():
            async with self.index_lock():
                await self.finish()

    async def finish(self) -> None:
        """Finish the plan that was left if the branch has moved, else remove its traces."""
        if not (plan := FilePlan.found(self._plan_file)):
            self._drop_plan()
            return
        here = await self._repository.checked_out()
        entry = (await self._repository.at(plan.path)).entry if here else None
        if entry and entry.id == plan.blob:
            texts = [await self._git("cat-file", "blob", one.blob) for one in plan.all_plans]
            now = await self._repository.index(plan.path)
            await self.follow(plan, await self.prepare(plan, texts, now))
        else:
            for one in plan.all_plans:
                working_tree.remove_traces(self._root, one.path, one.made, one.beside)
            self._drop_plan()

    def index_lock(self) -> AbstractAsyncContextManager[object]:
        """Keep every other git from the index, also where the branch is not checked out.

        (Somebody could be about to check it out.) A bare repository has no index.
        """
        if self._repository.bare:
            return nullcontext()
        lock = self._repository.folder / "index.lock"
        return IndexLock(lock, self._git, self._patience)
