"""Runs the Discord front until it is told to stop, with a new connection where one broke down."""

import asyncio
import logging
from collections.abc import Callable

import discord

from bot.errors import ChatError
from bot.services.chat.front import Backend
from bot.services.chat.posted_panels import PostedPanels
from bot.services.ports import Room
from bot.services.tasks import Backoff, cut_off, wait_for
from cogs.app import RundownBot, move_to

_log = logging.getLogger(__name__)

PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds before a connection that broke down is made anew."""

GRACE = 5.0
"""Seconds in which a client that was closed ends by itself."""

HEALTHY = 600.0
"""Seconds after which a connection that breaks down is no sign of a lasting trouble."""


async def run(
    backend: Backend,
    *,
    token: str,
    api: str | None,
    stop: asyncio.Event,
    rooms: Callable[[Room], None],
    states: Callable[[Callable[[], bool]], None],
) -> None:
    """Be on Discord until `stop` is set.

    `rooms` is given who can be asked for a message, `states` what tells whether all is well. Raises
    ChatError where Discord refuses in a way that only a person can mend.
    """
    move_to(api)
    backoff = Backoff(PAUSES, healthy=HEALTHY)
    while not stop.is_set():
        bot = RundownBot(
            backend, posted=await PostedPanels.open(backend.store), shards=backend.store.shards
        )
        rooms(bot.room)
        states(bot.is_well)
        began = backend.clock()
        error = await _once(bot, token, stop)
        if error is None:
            return
        _raise_if_final(error)
        _log.error("connection lost", exc_info=error)
        held = (backend.clock() - began) / 1_000_000
        await wait_for(stop, backoff.next(held=held))


async def _once(bot: RundownBot, token: str, stop: asyncio.Event) -> BaseException | None:
    """Be connected until `stop` is set, which gives None, or the connection breaks down."""
    running = asyncio.create_task(bot.start(token))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        await bot.close()
        # While it begins its sessions, the client does not see that it was closed.
        await asyncio.wait({running}, timeout=GRACE)
        await cut_off([running])
        (error,) = await asyncio.gather(running, return_exceptions=True)
    finally:
        stopping.cancel()
        running.cancel()
    if stop.is_set():
        return None
    return error if isinstance(error, BaseException) else ConnectionError("closed")


def _raise_if_final(error: BaseException) -> None:
    if isinstance(error, discord.LoginFailure):
        raise ChatError("discord.bad-token") from error
    if isinstance(error, discord.PrivilegedIntentsRequired):
        raise ChatError("discord.intents") from error
    if not isinstance(error, Exception):
        raise error
