"""Requests that Discord could not take for the moment, asked again.

The library does so by itself after 500, 502, 504 and 524 (discord.http.HTTPClient.request, 2.6),
and after nothing else. A 503 is what Discord's proxies answer while no server of theirs is to be
had: nothing was done then, and a moment later it is.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import discord
from discord.http import HTTPClient, Route

_log = logging.getLogger(__name__)

PAUSES = (0.5, 2.0, 5.0)
"""Seconds before a request is made again."""

UNAVAILABLE = 503


def ask_again(http: HTTPClient) -> None:
    """Have a client's requests that Discord answers with 503 asked again, a few times."""
    request = http.request

    async def patient(  # what the library's own function takes and gives
        route: Route,
        *,
        files: Sequence[discord.File] | None = None,
        **how: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        for pause in PAUSES:
            try:
                return await request(route, files=files, **how)
            except discord.DiscordServerError as error:
                if error.status != UNAVAILABLE:
                    raise
                _log.info("asked again", extra={"status": error.status, "cause": route.path})
            for file in files or ():
                file.reset()
            await asyncio.sleep(pause)
        return await request(route, files=files, **how)

    http.request = patient  # type: ignore[method-assign]
