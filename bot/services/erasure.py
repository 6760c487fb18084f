"""Off the record: what a message gave is erased here, and taken out of the file at the next draft.

First the tombstone (the mark, already stored), then this, then the commit that takes it out of
the file. Until that commit a draft keeps keyed fingerprints of the lines to take out; were its
text merely scrubbed, the lines in the file would look like a person's addition and stay.
"""

import asyncio
import hashlib
import hmac
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from bot.core.events import Event, Marked, MessageSeen
from bot.core.find import links_within
from bot.core.grammar import OFF_RECORD, parse
from bot.core.model import Heading
from bot.core.outline import Outline
from bot.services.drafting import Drafting
from bot.services.lookup import Lookups
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
        self._drafting = drafting
        self._scrubbing: asyncio.Task[None] | None = None

    async def erase(self, episode: str, message: str, language: str) -> str:
        """Erase a message that went off the record; give what the hosts need to know."""
        events = await self._show.store.events(episode)
        drafts = [
            await self._without(draft, events, message)
            for draft in await self._show.store.drafts(episode)
        ]
        canonicals = _addresses(events, {message}) - _addresses(events, _others(events, message))
        await self._lookups.forget(canonicals)
        await self._show.store.erase(message, canonicals=canonicals, drafts=drafts)
        self._show.forget(episode)
        await self.settle()
        commits = [draft.commit for draft in drafts if draft.commit and draft.hidden]
        if commits:
            return say("desk.erased-committed", language, commit=commits[-1][:10])
        return say("desk.erased", language)

    async def resume(self) -> None:
        """Erase what went off the record just before an earlier run was cut short."""
        for chapter in await self._show.row():
            for message in (await self._show.outline(chapter.id)).unerased():
                await self.erase(chapter.id, message, "en")
            if chapter.closed is not None:
                self._show.forget(chapter.id)  # nobody may ask for it again
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

    async def _without(self, draft: Draft, events: list[Event], message: str) -> Draft:
        """Take out of a draft the lines that the message gave it."""
        then = [event for event in events if event.seq <= draft.seq]
        outline = Outline(draft.episode, self._show.profile.rules)
        outline.extend(event for event in then if not _locks(event, message))
        with_it = await self._lines(outline)
        outline.apply(Event("erasing", draft.episode, 0, "", Marked(message, OFF_RECORD, True)))
        without = await self._lines(outline)
        gone = set(with_it - without) - {""}
        if not gone:
            return draft
        fingerprints = (*draft.hidden, *sorted(fingerprint(draft.id, line) for line in gone))
        hidden = replace(draft, hidden=tuple(dict.fromkeys(fingerprints)))
        return replace(
            hidden,
            rendered=without_hidden(hidden, draft.rendered),
            committed=without_hidden(hidden, draft.committed),
        )

    async def _lines(self, outline: Outline) -> Counter[str]:
        body = await self._drafting.body(self._show.dressed(outline.episode))
        return Counter(line.strip() for line in body.text.split("\n"))


def fingerprint(key: str, line: str) -> str:
    """Give the keyed fingerprint by which a line is known without keeping it."""
    words = line.strip().encode("utf-8", "replace")
    return hmac.new(key.encode(), words, hashlib.sha256).hexdigest()


def without_hidden(draft: Draft, text: str) -> str:
    """Give a text without the lines that went off the record since that draft."""
    if not draft.hidden:
        return text
    hidden = set(draft.hidden)
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if fingerprint(draft.id, line) not in hidden)


def _locks(event: Event, message: str) -> bool:
    what = event.what
    return isinstance(what, Marked) and what.message == message and what.emoji == OFF_RECORD


def _others(events: list[Event], message: str) -> set[str]:
    return {event.about for event in events if event.about} - {message}


def _addresses(events: list[Event], messages: Collection[str]) -> set[str]:
    """Give the canonical addresses in all states of some messages."""
    found: set[str] = set()
    for event in events:
        if isinstance(event.what, MessageSeen) and event.about in messages:
            for block in parse(event.what.message.text or "", marked=True).blocks:
                if not isinstance(block, Heading):
                    found.update(link.canonical for link in links_within(block))
    return found
