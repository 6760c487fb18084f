"""Asks for the addresses of links whether they still lead where they did, as look-ups ask."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol
from urllib.parse import quote, urlsplit

from bot.core.check.link import Answered, archived_in, is_gone
from bot.core.grammar.secrets import carries_secret
from bot.core.model import Link
from bot.core.page import oembed
from bot.core.page.page import PageReader
from bot.core.profile.profile import Profile
from bot.core.urls import canonical
from bot.services.lookups import ANSWERS, PAGES, page_of
from bot.services.ports import Fetched
from bot.services.tasks import aside

ARCHIVE = "https://archive.org/wayback/available?url="
LONGEST_ANSWER = 64 * 1024

SECOND = 1_000_000
FRESH = 10 * 60 * SECOND
"""How long an answer is taken as it is: whoever asks again at once asks nobody."""

MOST_KNOWN = 2_000


class AskWeb(Protocol):
    """Fetches an address, politely, or says in a word why it cannot be (Lookups.ask)."""

    def __call__(
        self, url: str, *, accept: str, enough: Callable[[bytes], bool] | None = None
    ) -> Awaitable[Fetched | str]:
        """Return the answer, or the reason."""


class LinkCheck:
    """Asks each address once in FRESH, however often it is checked.

    Of `archived` addresses at most, a copy is asked for.
    """

    def __init__(
        self,
        *,
        ask: AskWeb,
        profile: Callable[[], Profile],
        clock: Callable[[], int],
        archived: int,
    ) -> None:
        self._ask = ask
        self._profile = profile
        self._clock = clock
        self._archived = archived
        self._known: dict[str, tuple[int, Answered]] = {}

    async def answered(self, url: str) -> Answered:
        """Return what an address answers."""
        at, known = self._known.get(url, (0, None))
        if known is not None and self._clock() < at + FRESH:
            return known
        found = await self._answered(url)
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[url] = self._clock(), found
        return found

    async def _answered(self, url: str) -> Answered:
        rules, link = self._profile().rules, Link(url, canonical(url))
        is_talk = await aside(lambda: rules.ignores(link), when=not rules.is_quick)
        if is_talk or carries_secret(url):
            return Answered(url, reason="not-asked")
        reader = PageReader(order=self._profile().title_from)
        fetched = await self._ask(url, accept=PAGES, enough=reader.feed)
        if isinstance(fetched, str):
            return Answered(url, reason=fetched)
        page = await page_of(reader, fetched, asked=url)
        wall = page.wall if page.title is None else None
        found = Answered(
            url,
            status=fetched.status,
            final=fetched.url,
            moved=fetched.moved,
            title=page.title,
            wall=None if wall == "empty" else wall,
        )
        if is_gone(found):
            return replace(found, archived=await self._copy(url))
        if fetched.status >= 400 or found.wall:
            return found
        return replace(found, secure=await self._secure(found), embed=await self._embed(url))

    async def _secure(self, found: Answered) -> bool:
        """Return whether a page without a safe way to it is had by https as well."""
        url = found.url
        if url[:5].lower() != "http:" or found.final[:5].lower() != "http:" or urlsplit(url).port:
            return False
        fetched = await self._ask(f"https{url[4:]}", accept=PAGES, enough=lambda _: True)
        return (
            not isinstance(fetched, str)
            and fetched.status < 400
            and fetched.url[:6].lower() == "https:"
            and canonical(fetched.url) == canonical(found.final)
        )

    async def _embed(self, url: str) -> str | None:
        """Return why the provider of an embed has none any more."""
        matched = self._profile().embed_for(url)
        asked = oembed.endpoint(url) or (matched[0].oembed if matched else None)
        if asked is None:
            return None
        fetched = await self._ask(oembed.endpoint_of(asked, url), accept=ANSWERS)
        if isinstance(fetched, str) or fetched.status not in (400, 401, 403, 404, 410):
            return None
        return f"status-{fetched.status}"

    async def _copy(self, url: str) -> str | None:
        """Return the address of an archived copy, if there is one and it may be asked for."""
        if self._archived <= 0:
            return None
        self._archived -= 1
        fetched = await self._ask(f"{ARCHIVE}{quote(url, safe='')}", accept="application/json")
        if isinstance(fetched, str) or fetched.status != 200 or len(fetched.body) > LONGEST_ANSWER:
            return None
        try:
            return archived_in(json.loads(fetched.body))
        except (ValueError, RecursionError):
            return None
