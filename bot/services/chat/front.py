"""The front of one chat platform: the services between the chat and its desks, wired once.

A platform brings what it alone can do (`Platform`); what is built on that is the same on all of
them. Its own modules translate what it tells, and answer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from bot import mentions
from bot.services.capture.receipts import Receipt
from bot.services.chat.backfill import Backfill, History
from bot.services.chat.backfill_state import BackfillState
from bot.services.chat.backfill_worker import BackfillWorker
from bot.services.chat.intake import Intake
from bot.services.chat.live_panels import LivePanels, PanelPort
from bot.services.chat.panel_actions import PanelActions
from bot.services.chat.posted_panels import PostedPanels
from bot.services.chat.router import CommandRouter
from bot.services.chat.setup import Setup
from bot.services.chat.status_reactions import Reactions, StatusReactions
from bot.services.ports import Store
from bot.services.saved_choices import SavedChoices
from bot.services.shows import Shows
from bot.services.tasks import Supervisor
from bot.services.watched_channels import Watched
from bot.texts import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """What all fronts share; `site` is that of the settings, as it is shown.

    `owners` are those of the settings, as these name them; empty where they name none.
    """

    shows: Shows
    store: Store
    clock: Callable[[], int]
    site: str | None
    owners: frozenset[str] = frozenset()
    supervisor: Supervisor = field(default_factory=Supervisor)

    async def complete(self, channel: str, *, seconds: float) -> list[str]:
        """Read what was missed of the show that a channel feeds, as `Shows.complete` does."""
        watched = self.shows.channels.of(channel)
        return await self.shows.complete(watched.show, seconds=seconds) if watched else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """What a platform offers.

    `name` is the one under which the store keeps when the platform was last heard, `owns` says
    whether a watched channel is one of the platform's, `hears` whether it tells now of all that
    happens there. `enter` has the app in a channel and returns whether it is: some only let it in
    when a person invites it. It raises CommandError for what is no channel that can be watched.
    `part` tells ours from those that other processes have of the platform.
    """

    name: str
    history: History
    reactions: Reactions
    panels: PanelPort
    enter: Callable[[str], Awaitable[bool]]
    owns: Callable[[Watched], bool]
    hears: Callable[[Watched], bool]
    part: str = ""


class Front:
    """The services of one connection to a platform."""

    def __init__(self, backend: Backend, platform: Platform, *, posted: PostedPanels) -> None:
        shows, clock = backend.shows, backend.clock
        self.shows = shows
        self.clock = clock
        self.supervisor = backend.supervisor
        self.reactions = StatusReactions(platform.reactions, shows, self.supervisor)
        self.choices = SavedChoices(backend.store, clock)
        self.panels = LivePanels(
            port=platform.panels,
            shows=shows,
            posted=posted,
            saved=self.choices,
            clock=clock,
            supervisor=self.supervisor,
        )
        self.backfill = BackfillWorker(
            shows=shows,
            backfill=Backfill(shows=shows, history=platform.history),
            state=BackfillState(
                backend.store, platform.name, part=platform.part, has=self._is_ours
            ),
            say=self.panels.say,
            owns=platform.owns,
            hears=platform.hears,
            clock=clock,
            supervisor=self.supervisor,
        )
        self._backend = backend
        self._owns = platform.owns
        self._shut_out: set[str] = set()
        backend.shows.readers.add(self.backfill)
        self.intake = Intake(self.backfill.want_channel)
        self.router = CommandRouter(
            shows=shows,
            setup=Setup(shows=shows, site=backend.site),
            panels=self.panels,
            enter=platform.enter,
            backfill=self.backfill,
            complete=backend.complete,
            heard=self.intake.finish,
        )
        self.actions = PanelActions(
            router=self.router, shows=shows, panels=self.panels, choices=self.choices
        )

    def session_began(self, workspaces: Iterable[str]) -> None:
        """Read what happened in some workspaces before their session began: nobody tells of it."""
        for workspace in workspaces:
            self.backfill.want(self.shows.channels.watched(workspace=workspace))
        self.backfill.begin()
        self.panels.refresh()

    def _is_ours(self, channel: str) -> bool:
        watched = self.shows.channels.of(channel)
        return watched is None or self._owns(watched)

    def note_of(self, receipt: Receipt, language: str) -> str | None:
        """Return what whoever set a mark has to know; None where the reaction says it all."""
        return receipt.note if receipt.note != say("erasure.done", language) else None

    def tasks(self) -> list["asyncio.Future[None]"]:
        """Return what runs by itself."""
        return [
            *self.intake.tasks(),
            *self.reactions.tasks(),
            *self.backfill.tasks(),
            *self.panels.tasks(),
        ]

    async def shut_out(self, channel: str) -> None:
        """Note that the app is not in a channel any more, and say so where its show is watched."""
        watched = self.shows.channels.of(channel)
        if watched is None or channel in self._shut_out:
            return
        self._shut_out.add(channel)
        await self.supervisor.persist("channels left", lambda: self.backfill.owe(channel))
        for one in self.shows.channels.watched(show=watched.show):
            if one != watched and self._owns(one):
                language = (await self.shows.open(one.show)).language
                text = say("shows.shut-out", language, channel=mentions.channel(channel))
                await self.panels.say(one.channel, text)
                return

    async def let_in(self, channel: str) -> None:
        """Read what was missed of a channel in which the app is again."""
        is_owed = await self.supervisor.persist(
            "channels entered", lambda: self.backfill.is_owed(channel)
        )
        if channel in self._shut_out or is_owed:
            self._shut_out.discard(channel)
            self.backfill.want_channel(channel)
            await self.router.entered(channel)

    async def finish(self, seconds: float) -> None:
        """Wait until what the platform told is stored, but not longer than that."""
        await self.intake.finish(seconds)

    async def wait_idle(self) -> None:
        """Wait until what can be read now is read, and the status of all messages is shown."""
        await self.backfill.wait_idle()
        await self.reactions.wait_idle()

    async def aclose(self) -> None:
        """Stop what runs by itself."""
        self.shows.readers.discard(self.backfill)
        await self.backfill.aclose()
        await self.panels.aclose()
        await self.reactions.aclose()
