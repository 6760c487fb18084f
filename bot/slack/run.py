"""Runs the Slack front, one app for each workspace, until it is told to stop."""

import asyncio
import logging
from collections.abc import Callable, Sequence

import aiohttp

from bot.errors import ChatError
from bot.services.ports import Room
from bot.slack.app import Parts, SlackFront, web_client

_log = logging.getLogger(__name__)

PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds before a connection that could not be made is tried again."""

Pair = tuple[str, str]
"""The tokens of an app in a workspace: the bot's and the app's."""


async def run(
    parts: Parts,
    *,
    pairs: Sequence[Pair],
    api: str | None,
    stop: asyncio.Event,
    rooms: Callable[[str, Room], None],
    states: Callable[[str, Callable[[], bool]], None],
) -> None:
    """Be on Slack until `stop` is set.

    `rooms` is given who can be asked for a message, `states` what tells whether all is well, each
    with a name. Raises ChatError where Slack does not take a token.
    """
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        for number, _ in enumerate(pairs):
            states(f"slack {number}", lambda: False)
        fronts = [
            asyncio.create_task(_workspace(parts, pair, number, session, api, stop, rooms, states))
            for number, pair in enumerate(pairs)
        ]
        try:
            await asyncio.gather(*fronts)
        finally:
            for front in fronts:
                front.cancel()
            await asyncio.gather(*fronts, return_exceptions=True)


async def _workspace(
    parts: Parts,
    pair: Pair,
    number: int,
    session: aiohttp.ClientSession,
    api: str | None,
    stop: asyncio.Event,
    rooms: Callable[[str, Room], None],
    states: Callable[[str, Callable[[], bool]], None],
) -> None:
    """Be in one workspace until `stop` is set, also where Slack is not there at first."""
    name = f"slack {number}"
    failures = 0
    while not stop.is_set():
        try:
            front = await SlackFront.open(
                parts, client=web_client(pair[0], api, session), app_token=pair[1]
            )
        except ChatError as error:
            if error.name == "slack.bad-token":
                raise
            _log.error("not connected", extra={"cause": str(error)})
            pause = PAUSES[min(failures, len(PAUSES) - 1)]
            failures += 1
            waiting = asyncio.create_task(stop.wait())
            await asyncio.wait({waiting}, timeout=pause)
            waiting.cancel()
            continue
        rooms(name, front.room)
        states(name, front.is_well)
        try:
            await stop.wait()
        finally:
            await front.aclose()
