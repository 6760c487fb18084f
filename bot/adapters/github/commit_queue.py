"""One queue a branch: changes that wait at the same time go out as one commit.

The first change that comes is sent at once. While it is under way, or GitHub's rate allows no
commit yet, the others gather. Every commit names the head that it expects, so it is made on that
head or not at all; that is also why sending it again is safe once the branch was looked at.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.adapters.github import graphql
from bot.adapters.github.faults import GitHubFault, Kind
from bot.adapters.github.graphql import Data
from bot.core.git_ids import blob_id
from bot.errors import CommitUnknown, SiteError, SiteMoved
from bot.services.site_port import Change, Commit, FileChange

if TYPE_CHECKING:
    from bot.adapters.github.client import GitHub

_log = logging.getLogger(__name__)

MOST_CHANGES, MOST_BYTES = 50, 16 * 2**20
"""How many changes go into a commit, and how many bytes."""

PAUSES = (0.0, 0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each new try of a commit: the branch moved, or the answer was lost."""

REMEMBERED = 1000
"""How many of our own commits are kept in mind, to know what they changed."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A change, whose connection it goes over, and where its commit is told."""

    change: Change
    github: "GitHub"
    made: "asyncio.Future[Commit]"

    @property
    def blob(self) -> str:
        """The id of the file's content once it is committed."""
        return blob_id(self.change.content())

    def tell(self, commit: str, url: str) -> None:
        if not self.made.done():
            self.made.set_result(Commit(id=commit, where=url, blob=self.blob))

    def fail(self, error: Exception) -> None:
        if not self.made.done():
            self.made.set_exception(error)


@dataclass(frozen=True, slots=True)
class _Step:
    """A commit of ours: the head after it, and what it made of which files."""

    head: str
    blobs: dict[str, str]


class Queue:
    """The writes to one branch of one repository."""

    def __init__(self, branch: str) -> None:
        self._branch = branch
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None
        self._ours: dict[str, _Step] = {}

    async def commit(self, change: Change, github: "GitHub") -> Commit:
        """Commit a change, with others that wait; as `Site.commit` does."""
        made: asyncio.Future[Commit] = asyncio.get_running_loop().create_future()
        waiting = _Waiting(change, github, made)
        self._waiting.append(waiting)
        if self._task is None:
            self._task = asyncio.create_task(self._drain())
        try:
            return await made
        finally:
            if waiting in self._waiting:  # the caller has been cancelled
                self._waiting.remove(waiting)

    async def _drain(self) -> None:
        try:
            while self._waiting:
                await self._waiting[0].github.limiter.write()
                if batch := self._take():
                    await self._tried(batch)
        finally:
            self._task = None

    async def _tried(self, batch: list[_Waiting]) -> None:
        """Make one commit of a batch; every change of it is told what came of it."""
        try:
            await self._write(batch, None)
        except Exception as error:  # noqa: BLE001 - told to each of those who wait for it
            for each in batch:
                each.fail(error)
        finally:
            for each in batch:
                each.made.cancel()  # those that were told nothing: we are stopped

    def _take(self) -> list[_Waiting]:
        """Take from the queue what fits into one commit: every path once, the first come first."""
        batch: list[_Waiting] = []
        paths: set[str] = set()
        size = 0
        for each in tuple(self._waiting):
            size += sum(_most(one) for one in each.change.all_files)
            if batch and (len(batch) == MOST_CHANGES or size > MOST_BYTES):
                break
            own = {one for file in each.change.all_files for one in (file.path, file.watched)}
            if not own & paths:
                paths |= own
                batch.append(each)
                self._waiting.remove(each)
        return batch

    # --- one commit ----------------------------------------------------------------------------

    async def _write(self, batch: list[_Waiting], unknown: GitHubFault | None) -> None:
        """Commit a batch; after a fault that leaves it `unknown` whether that was done, look."""
        batch, head = self._on_our_own(batch)
        pauses = iter(PAUSES)
        while True:
            if head is None:
                batch, head = await self._look_again(batch, unknown)
            if not batch or head is None:
                return
            outcome = await self._send(batch, head)
            if not isinstance(outcome, GitHubFault):
                self._tell(batch, head, *outcome)
                return
            if outcome.kind in (Kind.FINAL, Kind.TOKEN):
                await self._refused(batch, outcome, unknown)
                return
            if outcome.kind is Kind.PASSING:
                unknown = outcome
            if (pause := next(pauses, None)) is None:
                await self._give_up(batch, outcome, unknown)
                return
            _log.info("committing again", extra={"branch": self._branch, "cause": outcome.name})
            await batch[0].github.time.sleep(pause)
            await batch[0].github.limiter.write()
            head = None

    async def _give_up(
        self, batch: list[_Waiting], fault: GitHubFault, unknown: GitHubFault | None
    ) -> None:
        batch, _ = await self._look_again(batch, unknown)
        for each in batch:
            each.fail(_unknown(unknown) if unknown else self._error(fault))

    async def _send(self, batch: Sequence[_Waiting], head: str) -> tuple[str, str] | GitHubFault:
        github, changes = batch[0].github, [each.change for each in batch]
        given = graphql.commit_input(github.full_name, self._branch, head, changes)
        answer = await github.change(graphql.COMMIT, given)
        if isinstance(answer, GitHubFault):
            return answer
        return graphql.made(answer) or github.odd()

    async def _refused(
        self, batch: list[_Waiting], fault: GitHubFault, unknown: GitHubFault | None
    ) -> None:
        """Tell a refusal; where it may be about one change of several, send each by itself."""
        if fault.name == "github.not-found":
            # It may be the branch that is gone: looking again tells.
            batch, _ = await self._look_again(batch, unknown)
        if len(batch) > 1 and fault.name == "github.refused":
            for each in batch:
                await each.github.limiter.write()
                try:
                    await self._write([each], unknown)
                except SiteError as error:
                    each.fail(error)
            return
        for each in batch:
            each.fail(_unknown(fault) if unknown else self._error(fault))

    def _error(self, fault: GitHubFault) -> SiteError:
        return SiteError(fault.name, **{**fault.values, "branch": self._branch})

    def _tell(self, batch: Sequence[_Waiting], head: str, commit: str, url: str) -> None:
        for each in batch:
            each.tell(commit, url)
        files = [file for each in batch for file in each.change.all_files]
        blobs = {file.watched: "" for file in files}  # moved away, unless
        blobs |= {file.path: blob_id(file.content()) for file in files}
        self._ours[head] = _Step(commit, blobs)
        while len(self._ours) > REMEMBERED:
            del self._ours[next(iter(self._ours))]

    # --- where the branch is -------------------------------------------------------------------

    def _on_our_own(self, batch: list[_Waiting]) -> tuple[list[_Waiting], str | None]:
        """Follow our own commits from what each change has seen; return the head if all meet there.

        So a draft need not look again because another one of ours went out first.
        """
        heads: set[str] = set()
        left = []
        for each in batch:
            head = each.change.seen.head
            for step in self._since(head):
                head = step.head
                for file in each.change.all_files:
                    if step.blobs.get(file.watched, file.blob) != file.blob:
                        each.fail(SiteMoved("site.file-moved", path=file.path))
            if not each.made.done():
                heads.add(head)
                left.append(each)
        return left, heads.pop() if len(heads) == 1 else None

    def _since(self, head: str) -> Iterator[_Step]:
        while (step := self._ours.get(head)) is not None:
            yield step
            head = step.head

    async def _look_again(
        self, batch: list[_Waiting], unknown: GitHubFault | None
    ) -> tuple[list[_Waiting], str | None]:
        """Find out where the branch is, and which changes still fit; tell the others.

        After a lost answer, the branch's newest commits say whether the commit was made.
        """
        try:
            target = await self._recheck(batch)
            if unknown is not None and (made := await self._made(batch, target)) is not None:
                for each in batch:
                    each.tell(made["oid"], made["url"])
                return [], None
        except SiteError as error:
            if unknown is None:
                raise
            raise CommitUnknown("github.unknown", why=error) from error
        number = 0
        for each in batch:
            for wanted in each.change.all_files:
                file = target[f"file{number}"]
                number += 1
                if (file["oid"] if file else None) != wanted.blob:
                    each.fail(SiteMoved("site.file-moved", path=wanted.path))
        return [each for each in batch if not each.made.done()], target["oid"]

    async def _recheck(self, batch: Sequence[_Waiting]) -> Data:
        github = batch[0].github
        files = [file for each in batch for file in each.change.all_files]
        paths = {f"path{number}": file.watched for number, file in enumerate(files)}
        variables = {"ref": f"refs/heads/{self._branch}", "first": graphql.PAGE, **paths}
        data = await github.ask(graphql.recheck(len(files)), variables)
        ref = data["repository"]["ref"]
        if ref is None:
            raise SiteMoved("github.no-branch", branch=self._branch, repository=github.full_name)
        target: Data = ref["target"]
        return target

    async def _made(self, batch: Sequence[_Waiting], target: Data) -> Data | None:
        """Find the commit of this batch among the branch's newest."""
        wanted = [draft for each in batch for draft in graphql.draft_ids(each.change)]
        path = batch[0].change.path
        return await search(batch[0].github, target["oid"], target["history"], wanted, path)


def _most(file: FileChange) -> int:
    """Return how many bytes a file may have, without its text being encoded to know it."""
    return len(file.data) if file.data is not None else 4 * len(file.text)


def _unknown(fault: GitHubFault) -> CommitUnknown:
    return CommitUnknown("github.unknown", why=fault.error())


async def search(
    github: "GitHub", head: str, history: Data, wanted: Sequence[str], path: str
) -> Data | None:
    """Find the commit that carries one of these drafts, from a first page of a branch's commits."""
    looked_at = 0
    while True:
        if (found := graphql.carrying(history["nodes"], wanted)) is not None:
            return found
        looked_at += len(history["nodes"])
        page = history["pageInfo"]
        if not page["hasNextPage"] or looked_at >= graphql.MOST_COMMITS:
            return None
        variables = {
            "head": head,
            "path": path,
            "first": graphql.PAGE,
            "after": page["endCursor"],
        }
        data = await github.ask(graphql.RECENT, variables)
        history = data["repository"]["object"]["history"]


class Queues:
    """The queues of one process, one for each branch of each repository."""

    def __init__(self) -> None:
        self._queues: dict[tuple[str, str], Queue] = {}

    def of(self, repository: str, branch: str) -> Queue:
        """Return the queue of a branch of `owner/name`."""
        key = (repository.lower(), branch)
        if key not in self._queues:
            self._queues[key] = Queue(branch)
        return self._queues[key]
