"""Makes drafts: waits for titles, goes on where an earlier run stopped, and drafts by itself."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.core.render import render
from bot.errors import RundownError, StoreError
from bot.services.desk.draft_report import report
from bot.services.desk.quiet_time import DraftState, read_quiet, shown_quiet
from bot.services.drafting.proposal import Published
from bot.services.drafting.publish import Flip, Publish
from bot.services.episodes import EpisodeRecord
from bot.services.lookups import Lookups
from bot.services.notification import Notification
from bot.services.ports import Elsewhere
from bot.services.show import Show
from bot.services.tasks import BackgroundTasks, Supervisor, wait_for
from bot.texts import say

_log = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds that a draft waits for titles that are being looked up."""

SLOW = 30.0
"""Seconds after which those who asked for a draft hear that it goes on."""

FAREWELL = 20.0
"""Seconds in which a draft that is under way may still end when the app stops."""

_AREA = "autodraft"


class DraftScheduler:
    """Drafts the episodes of a show, asked to or once the chat is quiet (`autodraft`)."""

    def __init__(
        self,
        *,
        show: Show,
        publish: Publish,
        lookups: Lookups,
        supervisor: Supervisor,
    ) -> None:
        self._show = show
        self._publish = publish
        self._lookups = lookups
        self._clock = show.clock
        self._supervisor = supervisor
        self._ahead: dict[str, tuple[int, int]] = {}
        self._states: dict[str, DraftState] = {}
        self._titled: set[str] = set()
        self._reported: dict[str, str] = {}
        self._tasks = BackgroundTasks[None]("drafts")
        self._telling = BackgroundTasks[None]("drafts that were found")
        self._woken = asyncio.Event()
        self._stopping = False
        self._word: str | None = None
        publish.settling.listeners.append(self._found)
        self._is_read = False

    # --- asked to ------------------------------------------------------------------------------

    async def draft(
        self, episode: str, *, at: int, recreate: bool = False, flip: Flip | None = None
    ) -> Published:
        """Commit an episode's draft, once the titles that are on their way came (or not).

        With a `flip`, its page. Hosts are told of one that takes long: the site's platform may ask
        for many minutes, and they see nothing of that.
        """
        with self._told_if_slow(episode):
            return await self._draft(episode, at=at, recreate=recreate, flip=flip)

    @contextmanager
    def _told_if_slow(self, episode: str) -> Iterator[None]:
        goes_on = Notification(episode, "said", partial(say, "desk.draft-slow"))
        announce = self._show.notifications.announce
        timer = asyncio.get_running_loop().call_later(SLOW, announce, goes_on)
        try:
            yield
        finally:
            timer.cancel()

    async def _draft(
        self, episode: str, *, at: int, recreate: bool = False, flip: Flip | None = None
    ) -> Published:
        wanted = render.links(await self._show.episode(episode), self._show.profile)
        await self._lookups.want(wanted)
        await self._lookups.wait_idle(PATIENCE)
        published = await self._publish.draft(episode, at=at, recreate=recreate, flip=flip)
        self._titled.discard(episode)
        self._states.pop(episode, None)
        self._reported.pop(episode, None)
        return published

    async def quiet(self) -> timedelta | None:
        """Return the quiet time that hosts set, else that of the profile; None means never."""
        if not self._is_read:
            self._word = (await self._show.store.state(_AREA)).get(self._show.name)
            self._is_read = True
        word = self._word
        return self._show.profile.autodraft if word is None else read_quiet(word)

    async def be_quiet_for(self, quiet: timedelta | None) -> None:
        """Draft by itself after so much quiet from now on, over restarts too."""
        word = "off" if quiet is None else shown_quiet(quiet)
        await self._show.store.put_state(_AREA, self._show.name, word)
        self._word, self._is_read = word, True
        self._woken.set()

    def follow(self, change: Elsewhere) -> None:
        """Read the quiet time anew where another process may have written it."""
        if change.all or _AREA in change.areas:
            self._is_read = False
            self._woken.set()

    def titled(self, episode: str) -> None:
        """Take in that a title came for one of an episode's links: its draft has news."""
        self._titled.add(episode)
        self._woken.set()

    # --- by itself -----------------------------------------------------------------------------

    def start(self) -> None:
        """Make the drafts that an earlier run owes, and those that get due from now on."""
        self._show.notifications.listen(self._hear)
        self._tasks.start(self._run())

    async def aclose(self) -> None:
        """Finish what is owed or under way, and stop; what is due later is for the next start."""
        self._stopping = True
        self._woken.set()
        await self._tasks.wait_idle(FAREWELL)
        await self._tasks.aclose()
        await self._telling.wait_idle(FAREWELL)
        await self._telling.aclose()

    def _hear(self, news: Notification) -> None:
        """Look again when something is due, if it ever will be: most shows draft when asked."""
        is_off = self._is_read and (self._word or "off") == "off"
        if news.kind == "changed" and not (is_off and self._show.profile.autodraft is None):
            self._woken.set()

    async def _run(self) -> None:
        await self._supervisor.persist("drafts", self._draft_owed)
        while not self._stopping:
            self._woken.clear()
            wait = await self._supervisor.persist("drafts", self.draft_due)
            await wait_for(self._woken, wait)

    async def _draft_owed(self) -> None:
        for record in await self._open():
            await self._unasked(record, only_owed=True)
        await self._publish.pull_requests.open_owed()

    async def _open(self) -> list[EpisodeRecord]:
        row = await self._show.episodes.all()
        return [one for one in row if one.opened is not None and one.closed is None]

    async def draft_due(self) -> float | None:
        """Draft what is due; return the seconds until the next may be, None where none will."""
        quiet = await self.quiet()
        if quiet is None:
            return None
        times = []
        for record in await self._open():
            state = await self._state_of(record.id)
            if state is not None and state.due(quiet) <= self._clock():
                await self._unasked(record)
                state = self._states.get(record.id)
            if state is not None:
                times.append(state.due(quiet))
        return max(0.0, (min(times) - self._clock()) / 1_000_000) if times else None

    async def _state_of(self, episode: str) -> DraftState | None:
        """Return how an episode stands; None where its draft has all of it."""
        outline = await self._show.log.outline(episode)
        drafts = await self._show.store.drafts(episode)
        last = drafts[-1] if drafts else None
        if last is not None and outline.said <= last.seq and episode not in self._titled:
            return None
        before = self._states.get(episode, DraftState(0, 0))
        now = self._clock()
        said = outline.heard if outline.heard <= now else self._heard(episode, outline.said, now)
        drafted = last.at if last is not None and last.at <= now else 0
        return replace(before, said=said, drafted=drafted)

    def _heard(self, episode: str, seq: int, now: int) -> int:
        """Return when we first saw what a clock that was ahead dated later than now."""
        if self._ahead.get(episode, (0, 0))[0] != seq:
            self._ahead[episode] = seq, now
        return self._ahead[episode][1]

    async def _unasked(self, record: EpisodeRecord, *, only_owed: bool = False) -> None:
        """Draft without anybody asking, and tell what came of it; a failure is told once."""
        try:
            if only_owed and not await self._publish.resume(record.id):
                return
            published = await self._draft(record.id, at=self._clock())
        except RundownError as error:
            self._fail(record, error)
            if only_owed and isinstance(error, StoreError):
                raise
            return
        if published.commit is not None or published.file_edits:
            await self._tell(published)

    def _found(self, published: Published) -> None:
        """Tell hosts of a draft that was cut short, and was made all the same."""
        self._telling.start(self._tell(published))

    async def _tell(self, published: Published) -> None:
        """Tell all hosts what came of a draft."""
        answers = {one: await report(published, self._show, one) for one in ("en", "ja")}
        episode = published.rendered.episode.id
        said = Notification(
            episode,
            "said",
            lambda language: answers[language[:2]].text,
            lambda language: answers[language[:2]].choices,
        )
        self._show.notifications.announce(said)

    def _fail(self, record: EpisodeRecord, error: RundownError) -> None:
        before = self._states.get(record.id, DraftState(self._clock(), 0))
        failed = replace(before, failed=before.failed + 1, tried=self._clock())
        self._states[record.id] = failed
        _log.warning("a draft by itself failed: %s", error.name)
        if self._reported.get(record.id) != error.name:
            self._reported[record.id] = error.name
            self._show.notifications.announce(Notification(record.id, "said", error.say))
