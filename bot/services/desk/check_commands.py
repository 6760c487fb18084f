"""`/check`: ask all links of an episode, tell what is wrong with each, and mend it at a tap."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.check.link import Answered, Rot, is_asked, rot
from bot.core.episode import find
from bot.core.episode.item_index import links_of
from bot.core.events import Event, ItemReaddressed
from bot.core.grammar.message import secrets_in
from bot.core.model import Item, Link, Lookup, links_within
from bot.core.page.public_address import target
from bot.core.urls import fingerprint
from bot.errors import CommandError, FetchError
from bot.services.desk.one_at_a_time import one_at_a_time
from bot.services.drafting.rendering import Drafting, EpisodeView
from bot.services.episode_areas import ROTTEN_LEFT
from bot.services.link_check import LinkCheck
from bot.services.lookup_reasons import reason_shown
from bot.services.lookups import Lookups
from bot.services.request import Answer, Choice, Request
from bot.services.show import Show
from bot.services.tasks import BackgroundTasks
from bot.texts import say

AT_ONCE = 16
PATIENCE = 45.0
"""Seconds that a check takes at most; what is left is asked the next time."""

MOST_COPIES = 100
"""Addresses for which an archived copy is asked for, between two starts."""

MOST_TOLD = 7
"""Links that an answer tells of, each with its buttons."""

NEW = ("new", "新しいURL")
LEAVE = ("leave", "そのまま", "このまま")

COPY = "//web.archive.org/"
"""What the address of an archived copy has."""


@dataclass(frozen=True, slots=True)
class RottenLink:
    """Something that is wrong with a link of an item; `number` is the item's in the outline."""

    number: str
    label: str
    item: str
    link: Link
    rot: Rot

    @property
    def key(self) -> str:
        """What tells that hosts left it as it is."""
        return f"{fingerprint(self.link.canonical)} {self.rot.what}"


class Checking:
    """Checks the links of the episode that is open for a channel."""

    def __init__(self, *, show: Show, drafting: Drafting, lookups: Lookups) -> None:
        self._show = show
        self._drafting = drafting
        self._check = LinkCheck(
            ask=lookups.ask, profile=lambda: show.profile, clock=show.clock, archived=MOST_COPIES
        )

    async def check(
        self,
        request: Request,
        *,
        what: str | None = None,
        link: str | None = None,
        address: str | None = None,
    ) -> Answer:
        """Ask all links; or give one a `new` address, or `leave` it as it is."""
        word, _, rest = (what or "").strip().partition(" ")
        if not word:
            return await self._run(request)
        if word.lower() in NEW and link and address:
            return await self._readdress(request, link, rest, address)
        if word.lower() in LEAVE and link:
            return await self._leave(request, link, rest)
        raise CommandError("check.not-understood", typed=find.shortened(what or "", 60))

    # --- asking --------------------------------------------------------------------------------

    async def _run(self, request: Request) -> Answer:
        record = await self._show.episodes.current(request.channel)
        view = await self._drafting.view(record.id)
        items = view.episode.items()
        links = [(item, link) for item in items for link in links_within(item.content)]
        left = await self._left(record.id)
        asked = await self._asked(dict.fromkeys(link.url for _, link in links))
        known = await self._show.store.lookups({link.canonical for _, link in links})
        found = [*_of_episode(links, view)]
        numbers = {one.id: one for one in find.every_item(view.episode, view.titles)}
        for item, link in links:
            if (answered := asked.get(link.url)) is not None:
                title = _title_of(known.get(link.canonical)) if link.title is None else None
                found += [(item, link, one) for one in rot(answered, known_title=title)]
        findings = [
            RottenLink(numbers[item.id].number, numbers[item.id].label, item.id, link, one)
            for item, link, one in found
        ]
        order = {item.id: place for place, item in enumerate(items)}
        findings = sorted(
            (one for one in findings if one.key not in left), key=lambda one: order[one.item]
        )
        missing = len({link.url for _, link in links}) - len(asked)
        count = sum(map(is_asked, asked.values()))
        return self._told(request, findings, count=count, missing=missing)

    async def _asked(self, urls: Iterable[str]) -> dict[str, Answered]:
        """Ask for addresses, PATIENCE long; return what those that answered said."""
        places = asyncio.Semaphore(AT_ONCE)

        async def ask(url: str) -> Answered:
            async with places:
                return await self._check.answered(url)

        tasks = BackgroundTasks[Answered]("checking links", awaited=True)
        try:
            asking = {url: tasks.start(ask(url)) for url in urls}
            await tasks.wait_idle(PATIENCE)
        finally:
            await tasks.aclose()
        return {url: task.result() for url, task in asking.items() if not task.cancelled()}

    # --- telling -------------------------------------------------------------------------------

    def _told(
        self, request: Request, findings: Sequence[RottenLink], *, count: int, missing: int
    ) -> Answer:
        language = request.language
        lines = []
        if findings:
            lines.append(_say(language, "found", count=len(findings)))
        elif not missing:
            lines.append(_say(language, "all-well" if count else "none-asked", count=count))
        lines += [_line(one, language) for one in findings[:MOST_TOLD]]
        if len(findings) > MOST_TOLD:
            lines.append(_say(language, "more", count=len(findings) - MOST_TOLD))
        if missing:
            lines.append(_say(language, "not-all", count=missing))
        choices = [one for each in findings[:MOST_TOLD] for one in _choices(each, language)]
        return Answer("\n".join(lines), choices=tuple(choices))

    # --- mending -------------------------------------------------------------------------------

    @one_at_a_time
    async def _readdress(self, request: Request, typed: str, of: str, address: str) -> Answer:
        record = await self._show.episodes.current(request.channel)
        view = await self._drafting.view(record.id)
        named, item = _item(typed, view)
        link = _link(item, of)
        if link is None:
            raise CommandError("desk.has-no-link", link=named.label)
        url = address.strip().strip("<>")
        if secrets := secrets_in(url):
            raise CommandError("desk.secret-left-out", hosts=secrets)
        try:
            target(url, allow_private=True)
        except FetchError:
            raise CommandError("check.bad-address", typed=find.shortened(url, 80)) from None
        # A copy says how it was made; elsewhere the new page's own title is looked up.
        title = view.titles.get(link.url) if COPY in url else None
        owner = find.owner_of(link, item, view.episode.below(item.id))
        what = ItemReaddressed(owner, fingerprint(link.canonical), url, title)
        event = Event(request.key, record.id, request.at, request.person.id, what)
        await self._show.people.meet([request.person])
        await self._show.log.record([event])
        return Answer(
            _say(request.language, "readdressed", link=named.label, url=find.shortened(url, 200))
        )

    @one_at_a_time
    async def _leave(self, request: Request, typed: str, rest: str) -> Answer:
        record = await self._show.episodes.current(request.channel)
        view = await self._drafting.view(record.id)
        named, item = _item(typed, view)
        of, _, what = rest.partition(" ")
        link = _link(item, of)
        if link is not None:
            left = await self._left(record.id)
            left.add(f"{fingerprint(link.canonical)} {what}".strip())
            await self._show.store.put_state(ROTTEN_LEFT, record.id, json.dumps(sorted(left)))
        return Answer(_say(request.language, "left", link=named.label))

    async def _left(self, episode: str) -> set[str]:
        body = (await self._show.store.state(ROTTEN_LEFT)).get(episode)
        return set(json.loads(body)) if body is not None else set()


def _of_episode(
    links: Iterable[tuple[Item, Link]], view: EpisodeView
) -> Iterable[tuple[Item, Link, Rot]]:
    """Yield what is wrong with links whatever the web says: they stand twice, or have no title."""
    first: dict[str, Item] = {}
    for item, link in links:
        if link.title is None and link.url not in view.titles:
            yield item, link, Rot("untitled", detail=view.reasons.get(link.url, ""))
        before = first.setdefault(link.canonical, item)
        if before is not item and link in links_of(item.content):
            yield item, link, Rot("twice")


def _title_of(lookup: Lookup | None) -> str | None:
    return lookup.title if lookup is not None and lookup.source == "page" else None


def _item(typed: str, view: EpisodeView) -> tuple[find.Named, Item]:
    found = find.find(typed, find.every_item(view.episode, view.titles))
    if not found:
        raise CommandError("desk.no-such-link", typed=find.shortened(typed, 60))
    return found[0], next(item for item in view.episode.items() if item.id == found[0].id)


def _link(item: Item, of: str) -> Link | None:
    """Return the link of an item with that fingerprint; its first where none is named."""
    links = links_within(item.content)
    if not of:
        return links[0] if links else None
    return next((link for link in links if fingerprint(link.canonical) == of), None)


def _line(one: RottenLink, language: str) -> str:
    detail: str = one.rot.detail
    if one.rot.what in ("no-answer", "untitled", "embed"):
        detail = reason_shown(detail, language) if detail else ""
    name = f"rot-{one.rot.what}" + ("-new" if one.rot.address else "")
    values = {"detail": find.shortened(detail, 120), "address": one.rot.address or ""}
    said = _say(language, name, **values)
    return f"- {f'{one.number} {find.shortened(one.label, 60)}'.strip()}: {said}"


def _choices(one: RottenLink, language: str) -> Iterable[Choice]:
    mark = fingerprint(one.link.canonical)
    if one.rot.address is not None:
        values = {"what": f"new {mark}", "link": one.item, "address": one.rot.address}
        name = "do-archived" if COPY in one.rot.address else "do-new"
        yield _choice(one, name, "check", values, language)
    elif one.rot.what == "title":
        values = {"link": one.item, "title": one.rot.detail}
        yield _choice(one, "do-title", "link retitle", values, language)
    elif one.rot.what == "untitled":
        yield _choice(one, "do-refresh", "link refresh", {"link": one.item}, language)
    elif one.rot.what != "no-answer":
        yield _choice(one, "do-remove", "link remove", {"link": one.item}, language)
    leave = {"what": f"leave {mark} {one.rot.what}", "link": one.item}
    yield _choice(one, "do-leave", "check", leave, language)


def _choice(
    one: RottenLink, name: str, command: str, values: dict[str, str], language: str
) -> Choice:
    return Choice(f"{one.number} {_say(language, name)}".strip(), command, values)


def _say(language: str, what: str, **values: object) -> str:
    return say(f"check.{what}", language, **values)
