"""`rundown run`: the bot, on every platform whose tokens are set, until it is told to stop."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bot.adapters.health import BEAT, Health, Ills
from bot.adapters.web.lazy import LazyWeb
from bot.app.app import App
from bot.app.app import clock as wall_clock
from bot.app.sites import Sites
from bot.app.steady_clock import SteadyClock, steady
from bot.cli.settings import read_settings
from bot.config import Repository, Settings
from bot.errors import ChatError, SettingsError, StoreBusy
from bot.services.chat.backfill_state import ALIVE, OWED
from bot.services.chat.front import Backend
from bot.services.shards import Wanted
from bot.services.tasks import do_until
from bot.services.watched_channels import WATCHED

_log = logging.getLogger(__name__)

PATIENCE = 15.0
"""Seconds that the start waits for sites; later, they are opened when somebody asks."""


async def run_bots(
    settings: Settings,
    environment: Mapping[str, str],
    *,
    site_moved: bool,
    shards: Wanted | None = None,
) -> None:
    """Run until SIGTERM or SIGINT; what was begun is finished, and all is stored."""
    if settings.discord_token is None and not settings.slack:
        raise SettingsError("cli.no-token")
    clock = SteadyClock(wall=wall_clock, steady=steady)
    sites = Sites(settings=settings, environment=environment, clock=clock)
    db = await sites.database()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    health = Health(notify=environment.get("NOTIFY_SOCKET"), file=settings.health)
    web = LazyWeb(allow_private=False, never_ask=settings.never_ask, is_polite=True)
    async with App(
        settings=settings,
        sites=sites,
        clock=clock,
        db=db,
        web=web,
        site_moved=site_moved,
        shards=shards,
    ) as app:
        health.starting()  # only now: the database, and with it the file, could be another's
        try:
            async with _figures(app):
                await _open(app, stop)
                await _fronts(app, health, stop)
        finally:
            health.stopping()


@asynccontextmanager
async def _figures(app: App) -> AsyncIterator[None]:
    """Show the figures of the bot, where the settings say so."""
    if app.settings.metrics is None:
        yield
        return
    # Loaded here: few want it.
    from bot.adapters.metrics import Metrics

    metrics = Metrics(waiting=lambda: {"lookups": app.shows.waiting()})
    workspaces = {one.workspace for one in app.shows.channels.watched()}
    owed = [f"{OWED}{one}" for one in ("discord", *sorted(workspaces))]
    await app.store.meter(metrics, (WATCHED, ALIVE, *owed))
    async with metrics.served(*app.settings.metrics):
        yield


async def _open(app: App, stop: asyncio.Event) -> None:
    """Open the shows before anybody asks, but let no site that is away keep the bot from it."""
    shards = app.store.shards
    opening = app.shows.open_all(
        first=app.settings.site is not None,
        mine=lambda one: shards is None or shards.has_workspace(one.workspace),
    )
    await do_until(stop, opening, seconds=PATIENCE)


async def _fronts(app: App, health: Health, stop: asyncio.Event) -> None:
    """Run every front whose tokens are set, until none of them can go on, or the database is lost.

    Where one cannot from the start, all end with what it says.
    """
    fronts = _Fronts(app, stop)
    running = {asyncio.create_task(one, name=name) for name, one in fronts.wanted().items()}
    ready = asyncio.Event()
    signs = asyncio.create_task(_signs_of_life(health, fronts.states, ready))
    try:
        await _until_one_ends_all(running, fronts.states, ready)
        stop.set()
        await asyncio.gather(*running)
    finally:
        stop.set()
        await asyncio.gather(*running, return_exceptions=True)
        signs.cancel()
        with suppress(asyncio.CancelledError):
            await signs


async def _until_one_ends_all(
    running: set["asyncio.Task[None]"],
    states: dict[str, Callable[[], bool]],
    ready: asyncio.Event,
) -> None:
    """Wait until all have ended, or one has failed without which the others cannot go on.

    A platform that was there, and takes its tokens back, is left to a person; others go on, and no
    longer tell of it that it is ill: to start them again would help nobody.
    """
    while True:
        done, left = await asyncio.wait(running, return_when=asyncio.FIRST_EXCEPTION)
        failed = {one for one in done if one.exception() is not None}
        platforms = {one for one in left if one.get_name() in states}
        are_left = all(
            isinstance(one.exception(), ChatError) and one.get_name() in states for one in failed
        )
        if not failed or not platforms or not are_left or not ready.is_set():
            return
        for one in failed:
            del states[one.get_name()]
            cause = str(one.exception())
            _log.error("a platform is left", extra={"platform": one.get_name(), "cause": cause})
        running -= failed


class _Fronts:
    """What runs until `stop` is set; `states` tell by name whether each part is well."""

    def __init__(self, app: App, stop: asyncio.Event) -> None:
        self._app = app
        self._settings = app.settings
        self._stop = stop
        self._backend = Backend(
            shows=app.shows,
            store=app.store,
            clock=app.clock,
            site=shown(app.settings.site),
            owners=app.settings.owners,
            supervisor=app.supervisor,
        )
        self.states: dict[str, Callable[[], bool]] = {"background tasks": app.supervisor.is_well}

    def wanted(self) -> dict[str, Coroutine[Any, Any, None]]:
        """Return the fronts whose tokens are set, and what keeps the database ours, by name."""
        found = {}
        if self._settings.discord_token is not None:
            self.states["discord"] = _not_yet
            found["discord"] = self._discord(self._settings.discord_token.reveal())
        if self._settings.slack:
            self.states["slack"] = _not_yet
            found["slack"] = self._slack()
        return found | {"database": self._held()}

    async def _held(self) -> None:
        """Raise StoreBusy once another process has taken the database over."""
        is_lost = await do_until(self._stop, self._app.store.lost())
        if is_lost and not self._stop.is_set():
            raise StoreBusy("store.taken-over")

    async def _discord(self, token: str) -> None:
        # Loaded here: no other command needs it.
        from cogs.run import run as run_discord

        await run_discord(
            self._backend,
            token=token,
            api=self._settings.discord_api_url,
            stop=self._stop,
            rooms=lambda room: self._app.rooms.join("discord", room),
            states=lambda is_well: self.states.__setitem__("discord", is_well),
        )

    async def _slack(self) -> None:
        # Loaded here: no other command needs it.
        from bot.slack.run import run as run_slack

        await run_slack(
            self._backend,
            pairs=[(bot.reveal(), app.reveal()) for bot, app in self._settings.slack],
            api=self._settings.slack_api_url,
            stop=self._stop,
            rooms=self._app.rooms.join,
            state=lambda is_well: self.states.__setitem__("slack", is_well),
        )


def _not_yet() -> bool:
    """Return that a front is not up."""
    return False


async def _signs_of_life(
    health: Health, states: Mapping[str, Callable[[], bool]], ready: asyncio.Event
) -> None:
    """Tell systemd, or whoever looks at the file, that all is well, as long as it is.

    `ready` is set once all was.
    """
    ills = Ills()
    while True:
        ill = [name for name, is_well in states.items() if not is_well()]
        lasting = ills.look(ill if ready.is_set() else ())
        if lasting:
            _log.error("not well", extra={"parts": ", ".join(lasting)})
        if not ill:
            if ready.is_set():
                health.alive()
            else:
                health.ready()
                ready.set()
                _log.info("ready")
        await asyncio.sleep(BEAT if ready.is_set() else 0.2)


def shown(site: Repository | Path | None) -> str | None:
    """Return a site as it was written."""
    if isinstance(site, Repository):
        branch = f"@{site.branch}" if site.branch else ""
        show = f"/.rundown/{site.show}" if site.show else ""
        return f"{site.owner}/{site.name}{show}{branch}"
    return str(site) if site is not None else None


def run(*, site_moved: bool, shards: str | None, environment: Mapping[str, str]) -> int:
    """Run the bot until it is stopped."""
    wanted = Wanted.parse(shards) if shards is not None else None
    settings = read_settings(environment)
    asyncio.run(run_bots(settings, environment, site_moved=site_moved, shards=wanted))
    return 0
