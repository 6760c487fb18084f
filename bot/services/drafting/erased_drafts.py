"""Drafts as they would be had a message never given anything, which hide what that gave."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from bot.core.document.enclosing import lines_left
from bot.core.document.pieces import lines_of
from bot.core.document.version import Side
from bot.core.erasure.closed_up import blanks_between
from bot.core.erasure.joined_lines import given_back
from bot.core.erasure.lost_links import without_links
from bot.core.erasure.said import lines_in
from bot.core.erasure.said_again import SaidAgain
from bot.core.erasure.scrubbed_event import GoneLines
from bot.core.erasure.topic_names import GoneNames, without_names
from bot.core.erasure.waiting_topics import not_come
from bot.core.events import Event, Marked, born_of
from bot.core.grammar.message import OFF_RECORD
from bot.core.later.events import CARRIED, gone, register_of
from bot.core.merge.merge import Merged, merge
from bot.core.model import Link
from bot.services.drafting.hidden_lines import KEYS, hide, hides, key_name
from bot.services.drafting.past_render import PastRender
from bot.services.drafting.rendering import Drafting
from bot.services.ports import Draft
from bot.services.show import Show


class ErasedDrafts:
    """Takes messages out of drafts, which keep keyed fingerprints of the lines that go."""

    def __init__(self, *, show: Show, drafting: Drafting, new_key: Callable[[], str]) -> None:
        """Take the parts; `new_key` gives a random key that nobody can guess."""
        self._show = show
        self._new_key = new_key
        self._former = PastRender(show=show, drafting=drafting)

    async def without(
        self,
        draft: Draft,
        message: str,
        again: SaidAgain,
        words: Collection[str],
        events: Collection[Event],
        placed: Mapping[str, Event],
        whole: set[str],
    ) -> Draft:
        """Return a draft as it would be had the message never given anything.

        What people made of its words alone goes, and is put into `whole`.
        """
        cleaned = await self._cleaned(draft, message, again, placed, whole)
        if cleaned.text == draft.committed:
            return draft
        said = {*words, *lines_in(draft.committed)} - lines_in(cleaned.text)
        lost = GoneLines(said, again.in_theirs)
        back = given_back(events, lost)
        before, after = Side(draft.committed, draft.owners), Side(cleaned.text, cleaned.owners)
        names = GoneNames([(before, after)], lost, again)
        back |= {one.key: one for one in without_names(events, names, message)}
        known = [back.get(event.key, event) for event in events]
        cut = without_links(known, before, after, lost, again.of_others)
        if back or cut:
            again, back = again.where_cut(cut), {**placed, **back, **cut}
            cleaned = await self._cleaned(draft, message, again, back, whole)
        return hide(draft, cleaned, message, key=await self._key_of(draft))

    async def hides(self, draft: Draft, words: Collection[str], links: Iterable[Link]) -> bool:
        """Return whether a draft hides some of this already: since a lock that was lifted."""
        key = (await self._show.store.state(KEYS)).get(key_name(draft))
        return key is not None and hides(draft, words, links, key=key)

    async def _cleaned(
        self,
        draft: Draft,
        message: str,
        again: SaidAgain,
        instead: Mapping[str, Event],
        whole: set[str],
    ) -> Merged:
        """Return the text of a draft without a message, with others' events as they are then."""
        given = await self._former.render(draft, await self._former.outline(draft))
        outline = await self._former.outline(draft, without=message, instead=instead)
        outline.apply(Event("erasing", draft.episode, 0, "", Marked(message, OFF_RECORD, True)))
        had = {register_of(event.key) for event in outline.carried()}
        newest = await self.carried(draft.episode, message)
        outline.extend(event for register, event in newest.items() if register in had)
        outline.extend(not_come(given.episode, outline.episode))
        rest = await self._former.render(draft, outline)
        committed = Side(draft.committed, draft.owners)
        merged = await asyncio.to_thread(merge, given.side, rest.side, committed, prefer="ours")
        there = list(zip(lines_of(merged.text), merged.owners, strict=True))
        own = {at for at, (_, owner) in enumerate(there) if owner and born_of(owner) == message}
        before = list(zip(lines_of(draft.committed), draft.owners, strict=True))
        taken = again.within(there, given.text, before) | own
        whole |= again.whole(there, taken)
        taken |= {at for at, (_, owner) in enumerate(there) if owner in whole}
        texts = [line for line, _ in there]
        blank = blanks_between(texts, taken)
        lines = [
            (line, None if at in taken else there[at][1])
            for at, line in enumerate(lines_left(texts, taken))
            if line is not None and at not in blank
        ]
        return Merged("".join(line for line, _ in lines), tuple(one for _, one in lines), ())

    async def carried(self, episode: str, message: str) -> dict[str, Event]:
        """Return the newest states of what an episode has of others, by their registers.

        What came of the message is gone.
        """
        return {
            register_of(event.key): replace(event, what=gone(event.what))
            if isinstance(event.what, CARRIED) and event.about == message
            else event
            for event in (await self._show.log.outline(episode)).carried()
        }

    async def _key_of(self, draft: Draft) -> str:
        """Return the key of what a draft hides, made with the first that it does."""
        store = self._show.store
        key = (await store.state(KEYS)).get(key_name(draft))
        if key is None:
            # Drafts that hid something before there were keys have their id for one.
            key = draft.id if draft.hidden else self._new_key()
            await store.put_state(KEYS, key_name(draft), key)
        return key


def sides(draft: Draft, cleaned: Draft) -> tuple[Side, Side]:
    """Return the text of a draft as it was, and what is left of it."""
    return Side(draft.committed, draft.owners), Side(cleaned.committed, cleaned.owners)
