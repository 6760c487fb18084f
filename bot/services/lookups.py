"""Look-ups: who is asked for a link's title and embed, in which order, and when again.

A title that a host set is never asked for here. Then come, in this order: what the store has; the
provider, where the profile's embeds name one; the page; the provider's oEmbed answer where the
page has no title to give; the chat platform's preview, which the store has already; at last none,
with the reason. A look-up runs in the background: nobody waits for it but who wants to.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.core import urls
from bot.core.grammar.secrets import carries_secret
from bot.core.model import Link, Lookup
from bot.core.profile.profile import Profile
from bot.errors import FetchError
from bot.services.ports import Fetched, Fetcher, Store
from bot.services.tasks import BackgroundTasks, Supervisor, aside

if TYPE_CHECKING:
    from bot.core.page.page import Page, PageReader

_log = logging.getLogger(__name__)

SECOND = 1_000_000
FRESH = 30 * 24 * 3600 * SECOND
"""How long a look-up is taken as it is."""

KEPT = 180 * 24 * 3600 * SECOND
"""How long a look-up is kept: what an open episode links to is asked again long before."""

PRUNE_EVERY = 24 * 3600.0
"""Seconds between two times that old look-ups are forgotten."""

PAUSES = (60, 600, 3_600, 6 * 3_600, 24 * 3_600)
"""Seconds before a failure that may pass is tried again, each time longer; then no more."""

LONGEST_PAUSE = 24 * 3_600
"""Seconds that a server may ask to be left alone."""

PAGES = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5"
FEEDS = "application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9"
ANSWERS = "application/json,text/xml;q=0.8"

PASSING = frozenset({"dns", "unreachable", "too-slow", "closed", "status-408", "status-429"})
"""Reasons that may be gone later; so may the server's own faults (5xx)."""


class Lookups:
    """Finds titles and embeds, each address once however many ask, and keeps them in the store.

    `web` is None where nothing is to be asked of the web.
    """

    def __init__(
        self,
        *,
        store: Store,
        profile: Profile,
        web: Fetcher | None,
        clock: Callable[[], int],
        supervisor: Supervisor,
    ) -> None:
        self._store = store
        self._profile = profile
        self._web = web
        self._clock = clock
        self._supervisor = supervisor
        self._running = BackgroundTasks[Lookup]("look-up")
        self._waiting = BackgroundTasks[None]("look-up that waits")
        self._pruning = BackgroundTasks[None]("old look-ups")
        self._refusing: dict[str, int] = {}
        self._listener: Callable[[Lookup], None] | None = None

    def use(self, profile: Profile) -> None:
        """Go by another profile from now on."""
        self._profile = profile

    def listen(self, listener: Callable[[Lookup], None]) -> None:
        """Call somebody with each look-up that brought something new."""
        self._listener = listener

    # --- asking --------------------------------------------------------------------------------

    async def want(self, links: Iterable[Link]) -> None:
        """Start finding what is not known of some links; nobody waits for it."""
        if self._web is None:
            return
        wanted = {link.canonical: link for link in links}
        self.start(await self._store.lookups(wanted), wanted.values())

    def start(self, known: Mapping[str, Lookup], links: Iterable[Link]) -> None:
        """Start finding what is not known of some links; `known` is what the store says now."""
        if self._web is None:
            return
        for link in {link.canonical: link for link in links}.values():
            before = known.get(link.canonical)
            due = self._due(before)
            if due is not None and link.canonical not in self._waiting:
                self._start_later(link, due, before)

    async def find(self, link: Link, *, refresh: bool = False) -> Lookup:
        """Return what is known of a link, found first if need be; `refresh` asks in any case."""
        known = (await self._store.lookups([link.canonical])).get(link.canonical)
        if self._web is None:
            return known or Lookup(link.url, error="offline")
        if known is not None and not refresh and self._due(known) is None:
            return known
        return await asyncio.shield(self._start(link, known))

    def looks_for(self, canonicals: Collection[str]) -> bool:
        """Return whether one of these addresses is being looked up now."""
        return any(one in self._running for one in canonicals)

    async def size_of(self, url: str) -> int | None:
        """Return how many bytes a sound file has, as its server says; None where it does not."""
        if self._web is None:
            return None
        try:
            fetched = await self._web.get(url, accept="audio/*")
        except FetchError:
            return None
        return fetched.size if fetched.status == 200 else None

    async def feed(self, url: str) -> str | None:
        """Return the text of a podcast's feed, of a long one its begin; None where it has none."""
        fetched = await self.ask(url, accept=FEEDS)
        if isinstance(fetched, str) or fetched.status != 200:
            return None
        # What is read of it are addresses and numbers: ASCII, whatever the rest is written in.
        return fetched.body.decode("utf-8", "replace")

    def __len__(self) -> int:
        """Return how many addresses are being looked up, or wait for it."""
        return len(self._running) + len(self._waiting)

    def start_pruning(self) -> None:
        """Forget old look-ups now, and every PRUNE_EVERY."""
        self._pruning.ensure("prune", self._prune)

    async def _prune(self) -> None:
        while True:
            before = self._clock() - KEPT
            await self._supervisor.persist("look-ups", partial(self._store.prune_lookups, before))
            await asyncio.sleep(PRUNE_EVERY)

    async def wait_idle(self, seconds: float) -> None:
        """Wait until all that is being looked up now is found, `seconds` at most."""
        running = list(self._running)
        if running:
            await asyncio.wait(running, timeout=seconds)

    async def forget(self, canonicals: Collection[str]) -> None:
        """Stop looking up some addresses, so that nothing of them is stored any more."""
        await self._waiting.cancel(canonicals)
        await self._running.cancel(canonicals)

    async def aclose(self) -> None:
        """Stop; what was not found is looked up after the next start."""
        await self._pruning.aclose()
        await self._waiting.aclose()
        await self._running.aclose()

    def _due(self, known: Lookup | None) -> int | None:
        """Return the time at which a link is to be looked up; None where it is known."""
        now = self._clock()
        if known is None:
            return now
        if known.source == "file":
            return None
        if known.error is None:
            return now if known.source == "preview" or known.at + FRESH < now else None
        return known.again or None

    def _start_later(self, link: Link, at: int, before: Lookup | None) -> None:
        """Look a link up at a time; `before` is what is known of it now."""
        pause = (at - self._clock()) / SECOND
        if pause <= 0:
            self._start(link, before)
        else:
            self._waiting.ensure(link.canonical, partial(self._wait_and_start, link, pause))

    async def _wait_and_start(self, link: Link, pause: float) -> None:
        await asyncio.sleep(pause)
        known = await self._supervisor.persist(
            "look-ups", partial(self._store.lookups, [link.canonical])
        )
        self._start(link, known.get(link.canonical))

    def _start(self, link: Link, before: Lookup | None) -> "asyncio.Task[Lookup]":
        return self._running.ensure(link.canonical, partial(self._run, link, before))

    # --- finding -------------------------------------------------------------------------------

    async def _run(self, link: Link, before: Lookup | None) -> Lookup:
        found = await self._ask_in_turn(link)
        found = _put_off(found, before, self._clock())
        put = partial(self._store.put_lookups, {link.canonical: found})
        await self._supervisor.persist("look-ups", put)
        if found.error is not None and found.again:
            self._start_later(link, found.again, found)
        if self._listener is not None and found != before:
            self._listener(found)
        return found

    async def _ask_in_turn(self, link: Link) -> Lookup:
        """Ask whoever may know, one after the other."""
        # What judges pages is loaded with the first: a chat without links needs none.
        from bot.core.page import oembed

        url = link.url
        rules = self._profile.rules
        is_talk = await aside(partial(rules.ignores, link), when=not rules.is_quick)
        if is_talk or carries_secret(url):
            return Lookup(url, error="not-asked")
        known = Lookup(url, at=self._clock())
        embed = self._profile.embed_for(url)
        if embed is not None and embed[0].oembed is not None:
            known = await self._provider(oembed.endpoint_of(embed[0].oembed, url), known)
            if known.title or _can_be_titled(known, embed[0].needs):
                return replace(known, error=None)
        page, known = await self._page(url, known)
        is_second = self._oembed_first(page)
        if known.title and not is_second:
            return known
        answer = page.oembed if page else None
        if endpoint := oembed.endpoint(url):
            answer = oembed.endpoint_of(endpoint, url)
        if answer is not None:
            answered = await self._provider(answer, known, is_better=is_second)
            if answered.title:
                return replace(answered, error=None)
        return known

    def _oembed_first(self, page: "Page | None") -> bool:
        """Return whether the profile prefers the provider's title to the one the page gave."""
        order = self._profile.title_from
        if page is None or "oembed" not in order or page.source not in order:
            return False
        return order.index("oembed") < order.index(page.source)

    async def _page(self, url: str, known: Lookup) -> "tuple[Page | None, Lookup]":
        page, found = await self._one_page(url, known, asked=url)
        if page is not None and page.moved is not None and not carries_secret(page.moved):
            moved, there = await self._one_page(page.moved, known, asked=url)
            if there.title is not None or found.title is None:
                return moved or page, there
        return page, found

    async def _one_page(
        self, url: str, known: Lookup, *, asked: str
    ) -> "tuple[Page | None, Lookup]":
        """Read a page that `asked`, or what it redirects to."""
        from bot.core.page.page import PageReader

        reader = PageReader(order=self._profile.title_from)
        fetched = await self.ask(url, accept=PAGES, enough=reader.feed)
        if isinstance(fetched, str):
            again = self._refused_until(url)
            return None, replace(known, error=fetched, again=again)
        page = await page_of(reader, fetched, asked=asked)
        if page.title is None:
            return page, replace(
                known, error=_reason(page, fetched), again=self._refused_until(url)
            )
        return page, replace(
            known, title=page.title, site_name=page.site_name, source="page", error=None
        )

    async def _provider(self, endpoint: str, known: Lookup, *, is_better: bool = False) -> Lookup:
        """Ask a provider for its oEmbed answer, and take what may be taken of it.

        Its title fills in for one that is not known, or stands before it where it `is_better`.
        """
        from bot.core.page import oembed
        from bot.core.page.embed_html import contained, refusal
        from bot.core.page.walls import accept

        fetched = await self.ask(endpoint, accept=ANSWERS)
        if isinstance(fetched, str):
            return replace(known, error=known.error or fetched)
        if fetched.status != 200:
            return replace(known, error=known.error or f"status-{fetched.status}")
        answer = oembed.read_answer(fetched.body, fetched.content_type)
        text, html = answer.get("title"), answer.get("html")
        title = accept(text, known.url) if isinstance(text, str) else None
        # What an embed may hold is the provider's business, also where a proxy answers for it.
        provider = oembed.endpoint(known.url) or endpoint
        refused = refusal(html, provider) if isinstance(html, str) else None
        if refused:
            _log.warning("embed refused", extra={"host": urls.host_of(endpoint), "reason": refused})
        return replace(
            known,
            title=(title or known.title) if is_better else (known.title or title),
            embed_html=(
                contained(html, provider)
                if isinstance(html, str) and not refused
                else known.embed_html
            ),
            source="provider",
            answer=answer,
            error=known.error or (f"embed-{refused}" if refused else None),
        )

    async def ask(
        self, url: str, *, accept: str, enough: Callable[[bytes], bool] | None = None
    ) -> Fetched | str:
        """Fetch an address, but nothing of a server that asked to be left alone; or say why."""
        if self._web is None:
            return "offline"
        if self._refused_until(url):
            return "status-429"
        try:
            language = self._profile.language
            fetched = await self._web.get(url, accept=accept, language=language, enough=enough)
        except FetchError as error:
            return error.reason
        if fetched.status in (429, 503) and fetched.retry_after:
            now, pause = self._clock(), min(fetched.retry_after, LONGEST_PAUSE)
            still = {host: until for host, until in self._refusing.items() if until > now}
            self._refusing = {**still, urls.host_of(url): now + int(pause * SECOND)}
        return fetched

    def _refused_until(self, url: str) -> int:
        """Return the time until which a server asked to be left alone; 0 where it did not."""
        if not self._refusing:
            return 0
        until = self._refusing.get(urls.host_of(url), 0)
        return until if until > self._clock() else 0


async def page_of(reader: "PageReader", fetched: Fetched, *, asked: str) -> "Page":
    """Return what a fetched page says of itself; `asked` is the address that led to it."""
    return await asyncio.to_thread(
        reader.page,
        fetched.body,
        content_type=fetched.content_type,
        url=fetched.url,
        status=fetched.status,
        asked=asked,
    )


def has_title(lookup: Lookup | None, profile: Profile) -> bool:
    """Return whether a link will have a title: its own, or one that the profile's template makes.

    X's answers have no title: author and text make one.
    """
    if lookup is None or lookup.title is not None:
        return lookup is not None
    embed = profile.embed_for(lookup.url)
    return embed is not None and _can_be_titled(lookup, embed[0].needs)


def _can_be_titled(lookup: Lookup, needs: Collection[str]) -> bool:
    """Return whether a provider's answer has what the profile's template for titles prints."""
    has: Mapping[str, object] = {**lookup.answer, "text": lookup.embed_html}
    return bool(needs) and bool(lookup.answer) and all(has.get(name) for name in needs)


def _reason(page: "Page", fetched: Fetched) -> str:
    """Say why a page gave no title."""
    if fetched.status >= 400:
        return f"status-{fetched.status}"
    return page.wall or "empty"


def _put_off(found: Lookup, before: Lookup | None, now: int) -> Lookup:
    """Say when a failure that may pass is tried again; a title that was known stays."""
    if found.title is not None or found.error is None:
        return replace(found, tries=0, again=0)
    tries = (before.tries if before else 0) + 1
    again = 0
    if (found.error in PASSING or found.error.startswith("status-5")) and tries <= len(PAUSES):
        again = max(now + PAUSES[tries - 1] * SECOND, found.again)
    found = replace(found, tries=tries, again=again)
    if before is not None and before.title is not None:
        return replace(before, error=found.error, tries=tries, again=again, at=now)
    return found
