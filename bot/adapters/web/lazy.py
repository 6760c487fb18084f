"""The web, loaded and opened with the first address that is asked for.

The client is a third of the app's memory, and a chat in which nobody drops a link needs none.
"""

import asyncio
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from bot.adapters.web.fetcher import Web, WebAnswer


class LazyWeb:
    """A `Fetcher` that becomes a `Web` at need; to be used with `async with`."""

    def __init__(
        self, *, allow_private: bool, never_ask: Collection[str] = (), is_polite: bool = False
    ) -> None:
        """Take what `Web` is opened with; where it `is_polite`, requests are spaced out."""
        self._allow_private = allow_private
        self._never_ask = never_ask
        self._is_polite = is_polite
        self._stack = AsyncExitStack()
        self._lock = asyncio.Lock()
        self._web: Web | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def get(
        self,
        url: str,
        *,
        accept: str,
        language: str | None = None,
        enough: Callable[[bytes], bool] | None = None,
    ) -> "WebAnswer":
        """Fetch an address as `Web.get` does."""
        async with self._lock:
            if self._web is None:
                self._web = await self._open()
        return await self._web.get(url, accept=accept, language=language, enough=enough)

    async def _open(self) -> "Web":
        from bot.adapters.web.fetcher import POLITE, Limits, Web

        limits = POLITE if self._is_polite else Limits()
        web = Web(allow_private=self._allow_private, limits=limits, never_ask=self._never_ask)
        return await self._stack.enter_async_context(web)
