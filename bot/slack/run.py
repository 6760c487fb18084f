"""Runs the Slack front, one app for each workspace, until it is told to stop."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence

import aiohttp

from bot.errors import ChatError
from bot.services.chat.front import Backend
from bot.services.ports import Room
from bot.services.tasks import Backoff, do_until, wait_for
from bot.slack.app import SlackFront, web_client

_log = logging.getLogger(__name__)

PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds before a connection that could not be made is tried again."""

TURN = 2.0
"""Seconds after which it is looked again whether a workspace is free."""

FINAL = ("slack.bad-token", "slack.app-scope", "slack.org-wide")
"""What only a person can mend."""

Pair = tuple[str, str]
"""The tokens of an app in a workspace: the bot's and the app's."""


class Workspaces:
    """The apps of all workspaces, each connected until `stop` is set."""

    def __init__(
        self,
        backend: Backend,
        pairs: Sequence[Pair],
        *,
        session: aiohttp.ClientSession,
        api: str | None,
        stop: asyncio.Event,
        rooms: Callable[[str, Room], None],
    ) -> None:
        self._backend = backend
        self._pairs = pairs
        self._session = session
        self._api = api
        self._stop = stop
        self._rooms = rooms
        self._fronts: dict[int, SlackFront | None] = dict.fromkeys(range(len(pairs)))

    def is_well(self) -> bool:
        """Return whether all are connected."""
        return all(front is not None and front.is_well() for front in self._fronts.values())

    def work(self) -> "list[asyncio.Task[None]]":
        """Begin to be in all workspaces."""
        return [asyncio.create_task(self._be_in(*one)) for one in enumerate(self._pairs)]

    async def _be_in(self, number: int, pair: Pair) -> None:
        """Be in one workspace, also where Slack is not there at first.

        Where several processes share the work, one of them is in it; the others wait for its end.
        """
        lease = f"slack {hashlib.sha256(pair[1].encode()).hexdigest()[:16]}"
        while not await self._backend.supervisor.persist(
            "workspaces", lambda: self._backend.store.take(lease)
        ):
            self._fronts.pop(number, None)
            if await wait_for(self._stop, TURN):
                return
        self._fronts[number] = None
        backoff = Backoff(PAUSES)
        while not self._stop.is_set():
            client = web_client(pair[0], self._api, self._session)
            try:
                front = await SlackFront.open(self._backend, client=client, app_token=pair[1])
            except ChatError as error:
                if error.name in FINAL:
                    del self._fronts[number]
                    raise
                _log.error("not connected", extra={"cause": str(error)})
                await wait_for(self._stop, backoff.next())
                continue
            self._rooms(f"slack {number}", front.room)
            self._fronts[number] = front
            try:
                await do_until(self._stop, front.revoked.wait())
            finally:
                await front.aclose()
            if front.revoked.is_set():
                del self._fronts[number]
                raise ChatError("slack.revoked", team=front.me.name)


async def _all(running: "list[asyncio.Task[None]]") -> None:
    """Wait for all workspaces; one whose token is not taken any more does not end the others."""
    left = set(running)
    while left:
        done, left = await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            error = one.exception()
            if not isinstance(error, ChatError) or not left:
                one.result()
            else:
                _log.error("a workspace is left", extra={"cause": str(error)})


async def run(
    backend: Backend,
    *,
    pairs: Sequence[Pair],
    api: str | None,
    stop: asyncio.Event,
    rooms: Callable[[str, Room], None],
    state: Callable[[Callable[[], bool]], None],
) -> None:
    """Be on Slack until `stop` is set.

    `rooms` is given who can be asked for a message, each with a name; `state` what tells whether
    all is well. A workspace that takes its tokens no more is left; raises ChatError where all are.
    """
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        spaces = Workspaces(backend, pairs, session=session, api=api, stop=stop, rooms=rooms)
        running = spaces.work()
        state(spaces.is_well)
        try:
            await _all(running)
        finally:
            for one in running:
                one.cancel()
            await asyncio.gather(*running, return_exceptions=True)
