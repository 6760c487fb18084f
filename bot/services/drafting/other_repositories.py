"""The files of an episode in other repositories than its site's (`repository` of a file).

The site's commit comes first, then one in each repository. Before the first, it is kept what each
is owed: what the episode gave when it was written last. So a commit that fails, or a process that
is killed between the two, loses nothing: the files are merged over that once more, by the next
draft or by itself after a while, and nobody's words are taken for what the episode dropped.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial

from bot.core.commit_words import inert, on_one_line
from bot.core.git_ids import TRAILER
from bot.core.profile.further_files import FileText
from bot.errors import RundownError, SiteError, SiteMoved, StoreError
from bot.services.drafting.further_files import FurtherFiles, Given, hidden_of
from bot.services.drafting.owed_files import AREA, Owed, episodes_owed, name_of, owed_of
from bot.services.drafting.past_render import PastRender
from bot.services.drafting.proposal import Proposal, WrittenElsewhere, known_as
from bot.services.drafting.publications import Publications
from bot.services.drafting.rendering import Drafting
from bot.services.notification import Notification
from bot.services.ports import Draft
from bot.services.show import Show
from bot.services.site_port import Change, PullRequest, Site
from bot.services.tasks import BackgroundTasks, Backoff
from bot.texts import say

_log = logging.getLogger(__name__)

MOST_TRIES = 5
"""Times that the files are merged anew because their branch moved."""

PAUSES = (60.0, 600.0, 3600.0)
"""Seconds before it is tried again by itself."""


class OtherRepositories:
    """Commits the files of a show's episodes to the other repositories that its profile names."""

    def __init__(
        self,
        *,
        show: Show,
        drafting: Drafting,
        former: PastRender,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._show = show
        self._drafting = drafting
        self._former = former
        self._files = FurtherFiles(show=show, drafting=drafting)
        self._publications = Publications(show)
        self._sleep = sleep
        self._tasks = BackgroundTasks[None]("files elsewhere")

    # --- with a draft --------------------------------------------------------------------------

    async def owe(
        self, proposal: Proposal, last: Draft | None, *, recreate: bool, turn: bool | None
    ) -> None:
        """Keep what other repositories will be owed once this draft is committed."""
        now = proposal.rendered
        names = {one.repository for one in now.files if one.repository}
        if not names:
            return
        files = await self._drafting.published_files(now) if turn else now.files
        former = await self._former.given(last) if last is not None else None
        before: Sequence[FileText] = former.files if former else ()
        if former and turn is False:
            before = await self._drafting.published_files(former)
        hidden = await hidden_of(self._show, last)
        there = await owed_of(self._show.store, now.episode.id)
        for name in sorted(names):
            owed = there.get(name)
            if owed is None:
                if _of(name, files) == _of(name, before) and not (recreate or hidden[0]):
                    continue
                owed = Owed(tuple(before))
            owed = replace(
                owed,
                turn=owed.turn if turn is None else turn,
                recreate=owed.recreate or recreate,
                hidden=(*owed.hidden, hidden) if hidden[0] else owed.hidden,
            )
            await self._show.store.put_state(AREA, name_of(name, now.episode.id), owed.dump())

    async def write_owed(
        self, episode: str, *, turn: bool | None = None
    ) -> tuple[WrittenElsewhere, ...]:
        """Write what other repositories are owed, as the last draft has it; tell what came of it.

        `turn` tells that a page was made of the draft just now, or a draft of the page.
        """
        owed = await owed_of(self._show.store, episode)
        drafts = await self._show.store.drafts(episode) if owed else []
        drafts = [one for one in drafts if one.commit is not None]
        if not drafts:
            return ()
        written = [await self._write(name, one, drafts[-1], turn) for name, one in owed.items()]
        if any(one.is_owed for one in written):
            self.start()
        return tuple(one for one in written if one.commit or one.error or one.review)

    async def _write(
        self, name: str, owed: Owed, draft: Draft, turn: bool | None
    ) -> WrittenElsewhere:
        try:
            written = await self._commit(name, owed, draft, turn)
        except StoreError:
            raise
        except RundownError as error:
            _log.warning("files elsewhere not written", extra={"where": name, "cause": error.name})
            return WrittenElsewhere(name, error=error)
        if not written.is_owed:
            await self._show.store.drop_state(AREA, name_of(name, draft.episode))
        return written

    async def _commit(
        self, name: str, owed: Owed, draft: Draft, turn: bool | None
    ) -> WrittenElsewhere:
        site = await self._show.further.site(name)
        now = await self._former.rendered(draft)
        is_page = owed.turn is not None and (
            await self._publications.is_published(draft.episode) if turn is None else turn
        )
        given = Given(
            now,
            await self._drafting.published_files(now) if is_page else now.files,
            owed.given or (),
            known_as(draft, now.episode),
            name,
            recreate=owed.recreate,
            is_hidden=owed.hides if owed.hidden else None,
        )
        named = on_one_line(str(now.episode.fields.get("number", "")))
        for _ in range(MOST_TRIES):
            try:
                found = await self._files.merged(given, site)
                if not found:
                    review = await _review(given, site, named, is_page=is_page)
                    return WrittenElsewhere(name, review=review)
                (first, seen), *more = found
                files = tuple(change for change, _ in more)
                subject = say(
                    "elsewhere.subject",
                    self._show.profile.language,
                    number=inert(on_one_line(given.number)),
                )
                trailers = (f"{TRAILER}: {draft.id}",)
                change = Change(
                    first.path, first.text, seen, subject, trailers, first.former, files, is_page,
                    named,
                )  # fmt: skip
                commit = await site.commit(change)
                written = WrittenElsewhere(name, commit, review=commit.review)
                if written.is_owed:  # its pull request is: what is written is given by now
                    left = Owed(tuple(given.files), owed.turn)
                    key = name_of(name, draft.episode)
                    await self._show.store.put_state(AREA, key, left.dump())
                return written
            except SiteMoved:
                continue
        raise SiteError("desk.too-busy", tries=MOST_TRIES)

    # --- by itself -----------------------------------------------------------------------------

    def start(self) -> None:
        """Try again, after a while, until nothing is owed."""
        self._tasks.ensure("again", self._again)

    async def aclose(self) -> None:
        """Stop; what is owed is for the next start."""
        await self._tasks.aclose()

    async def _again(self) -> None:
        backoff = Backoff(PAUSES)
        while episodes := await episodes_owed(self._show.store):
            await self._sleep(backoff.next())
            for episode in sorted(episodes):
                try:
                    async with self._show.file_locks.of(episode):
                        written = await self.write_owed(episode)
                except RundownError as error:
                    _log.warning("files elsewhere wait", extra={"cause": error.name})
                    continue
                await self._tell(episode, written)

    async def _tell(self, episode: str, written: Sequence[WrittenElsewhere]) -> None:
        number = (await self._show.numbers()).get(episode, "")
        for one in written:
            if one.review is not None and one.review.error is None and one.commit is None:
                text = partial(say, "desk.review-opened", number=number, review=one.review.page)
                self._show.notifications.announce(Notification(episode, "said", text))
            if one.commit is not None:
                values = {"repository": one.repository, "commit": one.commit.where}
                text = partial(say, "elsewhere.late", number=number, **values)
                self._show.notifications.announce(Notification(episode, "said", text))


async def _review(given: Given, site: Site, named: str, *, is_page: bool) -> PullRequest | None:
    """Return the pull request in which files wait that are written already, opened at need."""
    path = next((file.path for _, file, _ in given.pairs()), None)
    if path is None:
        return None
    return await site.open_review(path, number=given.number, named=named, is_page=is_page)


def _of(repository: str, files: Sequence[FileText]) -> list[FileText]:
    return [one for one in files if one.repository == repository]
