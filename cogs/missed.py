"""Nothing missed: after every gap the history of the watched channels is read again."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

import discord
from discord.ext import commands

from bot.errors import RundownError
from bot.services.catching_up import CatchingUp, Caught
from bot.services.places import Watched
from bot.services.shows import Shows
from cogs.panels import Panels
from cogs.translate import place_of

_log = logging.getLogger(__name__)

BEAT = 20.0
"""Seconds between two notes that nothing was missed so far."""

PAUSES = (2.0, 10.0, 60.0, 300.0)
"""Seconds before what could not be read is tried again, each time longer."""


class Missed(commands.Cog):
    """Finds out when something may have been missed, and has it read."""

    def __init__(
        self,
        *,
        client: discord.AutoShardedClient,
        shows: Shows,
        catching_up: CatchingUp,
        panels: Panels,
        clock: Callable[[], int],
    ) -> None:
        self._client = client
        self._shows = shows
        self._catching_up = catching_up
        self._panels = panels
        self._clock = clock
        self._due: dict[str, tuple[int, bool]] = {}  # channel: since when, whether asked for
        self._worker: asyncio.Task[None] | None = None
        self._beating: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._resting = asyncio.Event()
        self._began: set[int] = set()  # shards that had a session
        self._away: set[int] = set()  # servers that are not there for the moment
        self._lost: set[int] = set()  # shards whose session is not there
        shows.on_late_opening(self._opened)

    async def aclose(self) -> None:
        """Stop; if nothing is left to be read, note that nothing was missed until now."""
        self._shows.off_late_opening(self._opened)
        tasks = self.tasks()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if tasks and self.is_whole():
            await self._catching_up.beat()

    def tasks(self) -> list["asyncio.Task[None]"]:
        """Give what runs by itself."""
        return [one for one in (self._worker, self._beating) if one is not None]

    def _opened(self, show: str) -> None:
        self._want(self._shows.places.watched(show=show))

    async def settled(self) -> None:
        """Wait until all is read that can be read now."""
        while self._worker is not None and not self._worker.done():
            if self._resting.is_set():
                return
            resting = asyncio.create_task(self._resting.wait())
            await asyncio.wait({self._worker, resting}, return_when=asyncio.FIRST_COMPLETED)
            resting.cancel()

    # --- when ----------------------------------------------------------------------------------

    @commands.Cog.listener()
    async def on_shard_ready(self, shard_id: int) -> None:
        """Read what happened before a new session began, as nobody tells it."""
        self._lost.discard(shard_id)
        self._began.add(shard_id)
        for guild in [one for one in self._client.guilds if one.shard_id == shard_id]:
            if guild.unavailable:
                await self.on_guild_unavailable(guild)
            else:
                self._want(self._shows.places.watched(place=place_of(guild.id)))
        self._start()  # also where nothing is to be read: it notes that nothing was missed
        if self._beating is None:
            self._beating = asyncio.create_task(self._beat())
        self._panels.refresh()

    @commands.Cog.listener()
    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Note that a session is gone: until it is resumed, things are missed."""
        self._lost.add(shard_id)

    @commands.Cog.listener()
    async def on_shard_resumed(self, shard_id: int) -> None:
        """Note that a session goes on: what happened meanwhile is told."""
        self._lost.discard(shard_id)

    @commands.Cog.listener()
    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        """Note that a server is away: of what happens there nothing is told."""
        if self._shows.places.has(place_of(guild.id)):
            self._away.add(guild.id)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Read what happened while a server was away."""
        self._away.discard(guild.id)
        if self._beating is not None:
            self._want(self._shows.places.watched(place=place_of(guild.id)))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Wait no more for a server that the bot was taken from."""
        self._away.discard(guild.id)

    def again(self) -> None:
        """Read everything again: something could not be stored, or is not known."""
        self._want(self._shows.places.watched())

    def read(self, channel: str, since: int) -> None:
        """Read a channel's past, and say what came of it in any case."""
        self._due[channel] = (since, True)
        self._start()

    # --- how -----------------------------------------------------------------------------------

    def _want(self, channels: list[Watched]) -> None:
        for one in channels:
            if one.channel.isdecimal():
                self._due.setdefault(one.channel, (-1, False))
        if self._due:
            self._start()

    def _start(self) -> None:
        self._wake.set()
        self._resting.clear()
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())

    async def _work(self) -> None:
        failures = 0
        while self._due:
            channels = dict(self._due)
            self._due.clear()
            left = await self._read(channels)
            for channel, what in left.items():
                self._due.setdefault(channel, what)
            if left:
                await self._rest(PAUSES[min(failures, len(PAUSES) - 1)])
                failures += 1
            else:
                failures = 0
        if self.is_whole():
            await self._catching_up.beat()

    async def _rest(self, seconds: float) -> None:
        """Wait before what could not be read is tried again, or until more is to be read."""
        self._wake.clear()
        self._resting.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._resting.clear()

    async def _read(self, channels: dict[str, tuple[int, bool]]) -> dict[str, tuple[int, bool]]:
        """Read some channels; give those that could not be read yet."""
        alive = await self._catching_up.alive()
        left = {}
        for channel, (since, asked) in channels.items():
            watched = self._shows.places.of(channel)
            if watched is None:
                continue
            start = since if since >= 0 else alive if alive is not None else self._clock()
            try:
                caught = (await self._catching_up.run([watched], since=start)).get(channel)
            except RundownError as error:
                _log.warning("not read yet", extra={"channel": channel, "cause": str(error)})
                left[channel] = (since, asked)
                continue
            except Exception:  # noqa: BLE001 - one channel shall not keep the others from it
                _log.exception("not read", extra={"channel": channel})
                continue
            if caught is not None and (caught or asked):
                await self._tell(channel, caught)
        return left

    async def _tell(self, channel: str, caught: Caught) -> None:
        desk = await self._shows.desk_for(channel)
        await self._panels.say(channel, caught.told(desk.language))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            if self.is_whole():
                try:
                    await self._catching_up.beat()
                except RundownError as error:
                    _log.warning("not noted", extra={"cause": str(error)})

    @property
    def is_connected(self) -> bool:
        """Whether all sessions are there."""
        return not self._lost

    def is_whole(self) -> bool:
        """Tell whether all that happens is told and stored."""
        busy = (
            self._worker is not None
            and not self._worker.done()
            and (self._worker is not asyncio.current_task())
        )
        told = not self._lost and not self._away
        began = len(self._began) == (self._client.shard_count or 1)
        return told and began and not self._due and not busy
