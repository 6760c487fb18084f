"""Off the record: what a message gave is erased here, and taken out of the file at the next draft.

First the tombstone (the mark, already stored), then this, then the commit that takes it out of
the file. Until that commit a draft keeps keyed fingerprints of the lines to take out; were its
text merely scrubbed, the lines in the file would look like a person's addition and stay.
"""

import asyncio
import hashlib
import hmac
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.core.document.pieces import lines_of, links_in
from bot.core.episode.fold import Outline
from bot.core.events import (
    ConflictFound,
    Event,
    ItemAdded,
    ItemWritten,
    Marked,
    MessageSeen,
    born_of,
)
from bot.core.grammar.message import OFF_RECORD, parse
from bot.core.model import Heading, Lookup, links_within
from bot.services.drafting.past_render import PastRender
from bot.services.drafting.rendering import Drafting
from bot.services.lookups import Lookups
from bot.services.ports import Draft
from bot.services.show import Show
from bot.texts import say

PAUSE = 1.0
"""Seconds between attempts to scrub while a reader of the database is in the way."""


class Erasure:
    """Erases messages, and goes on until nothing of them is left in the database's files."""

    def __init__(self, *, show: Show, drafting: Drafting, lookups: Lookups) -> None:
        self._show = show
        self._lookups = lookups
        self._former = PastRender(show=show, drafting=drafting)
        self._scrubbing: asyncio.Task[None] | None = None

    async def erase(self, episode: str, message: str, language: str) -> str:
        """Erase a message that went off the record; return what the hosts need to know."""
        events = await self._show.store.events(episode)
        drafts, lines = [], set[str]()
        for draft in await self._show.store.drafts(episode):
            gone = await self._lines_of(draft, message)
            lines |= gone
            drafts.append(_without(draft, gone, message))
        canonicals = _addresses(events, {message}) - _addresses(events, _others(events, message))
        await self._lookups.forget(canonicals)
        drafts = [replace(draft, lookups=_others_of(draft.lookups, canonicals)) for draft in drafts]
        rewritten = [one for event in events if (one := _scrubbed(event, lines)) is not event]
        await self._show.store.erase(
            message, canonicals=canonicals, drafts=drafts, events=rewritten
        )
        self._show.log.forget(episode)
        await self.settle()
        commits = [draft.commit for draft in drafts if draft.commit and draft.hidden]
        if commits:
            return say("desk.erased-committed", language, commit=commits[-1][:10])
        return say("desk.erased", language)

    async def resume(self) -> None:
        """Erase what went off the record just before an earlier run was cut short."""
        for record in await self._show.episodes.all():
            for message in (await self._show.log.outline(record.id)).unerased():
                await self.erase(record.id, message, "en")
            if record.closed is not None:
                self._show.log.forget(record.id)  # nobody may ask for it again
        await self.settle()

    async def settle(self) -> None:
        """Scrub what was erased, now or, while a reader is in the way, as soon as it is gone."""
        if not await self._show.store.scrub_due() or await self._show.store.scrub():
            return
        if self._scrubbing is None or self._scrubbing.done():
            self._scrubbing = asyncio.create_task(self._scrub_later())

    async def _scrub_later(self) -> None:
        while not await self._show.store.scrub():  # noqa: ASYNC110 - no event tells of readers
            await asyncio.sleep(PAUSE)

    async def aclose(self) -> None:
        """Stop; what is left to scrub is remembered by the store."""
        if self._scrubbing is not None:
            self._scrubbing.cancel()
            await asyncio.gather(self._scrubbing, return_exceptions=True)

    async def _lines_of(self, draft: Draft, message: str) -> set[str]:
        """Return the lines of a draft that a message gave, in its items or in those of others."""
        outline = await self._former.outline(draft)
        with_it = await self._lines(draft, outline)
        outline.apply(Event("erasing", draft.episode, 0, "", Marked(message, OFF_RECORD, True)))
        without = await self._lines(draft, outline)
        own = {
            line.strip()
            for line, owner in zip(lines_of(draft.committed), draft.owners, strict=False)
            if owner is not None and born_of(owner) == message
        }
        return (set(with_it - without) | own) - {""}

    async def _lines(self, draft: Draft, outline: Outline) -> Counter[str]:
        rendered = await self._former.render(draft, outline)
        return Counter(line.strip() for line in rendered.body.text.split("\n"))


def _without(draft: Draft, lines: Collection[str], message: str) -> Draft:
    """Take lines out of a draft, and keep their fingerprints: they are in the file still."""
    if not lines:
        return draft
    links = {link.canonical for line in lines for link in links_in(line)}
    prints = sorted(fingerprint(draft.id, one) for one in (*lines, *links))
    kept = [
        (line, owner)
        for line, owner in zip(lines_of(draft.committed), draft.owners, strict=True)
        if line.strip() not in lines
    ]
    return replace(
        draft,
        hidden=tuple(dict.fromkeys((*draft.hidden, *prints))),
        committed="".join(line for line, _ in kept),
        owners=tuple(owner for _, owner in kept),
        disputes=(),
        both={},
    )


def _scrubbed(event: Event, lines: Collection[str]) -> Event:
    """Take lines out of what people wrote in the file, where they stand in it too."""
    what = event.what
    texts = {
        name: _lines_without(value, lines)
        for name in ("was", "now", "text", "ours", "theirs")
        if isinstance(value := getattr(what, name, None), str)
    }
    if not isinstance(what, ItemWritten | ItemAdded | ConflictFound):
        return event
    scrubbed = replace(what, **texts)  # type: ignore[arg-type]  # fields that it has, above
    return event if scrubbed == what else replace(event, what=scrubbed)


def _lines_without(text: str, lines: Collection[str]) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip() not in lines)


def _others_of(lookups: Mapping[str, Lookup], canonicals: Collection[str]) -> dict[str, Lookup]:
    return {one: found for one, found in lookups.items() if one not in canonicals}


def fingerprint(key: str, line: str) -> str:
    """Return the keyed fingerprint by which a line is known without keeping it."""
    words = line.strip().encode("utf-8", "replace")
    return hmac.new(key.encode(), words, hashlib.sha256).hexdigest()


def without_hidden(draft: Draft, text: str) -> str:
    """Return a file without the lines that went off the record since that draft.

    They are known as they were; and by their addresses, should people have changed them since.
    What stands below such a line, indented, was said of it.
    """
    if not draft.hidden:
        return text
    hidden = set(draft.hidden)
    kept: list[str] = []
    below: int | None = None
    for line in lines_of(text):
        indent = len(line) - len(line.lstrip())
        if below is not None and line.strip() and indent > below:
            continue
        below = None
        prints = {fingerprint(draft.id, one.canonical) for one in links_in(line)}
        if fingerprint(draft.id, line) in hidden or prints & hidden:
            below = indent if prints & hidden else None
        else:
            kept.append(line)
    return "".join(kept)


def _others(events: list[Event], message: str) -> set[str]:
    return {event.about for event in events if event.about} - {message}


def _addresses(events: list[Event], messages: Collection[str]) -> set[str]:
    """Return the canonical addresses in all states of some messages."""
    found: set[str] = set()
    for event in events:
        if isinstance(event.what, MessageSeen) and event.about in messages:
            for block in parse(event.what.message.text or "", marked=True).blocks:
                if not isinstance(block, Heading):
                    found.update(link.canonical for link in links_within(block))
    return found
