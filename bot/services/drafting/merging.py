"""The two merges of a draft (docs/design.md), by what the episode gave and gives now.

What hosts chose since the last draft goes where the thing stands that they were asked about, also
where people put that elsewhere meanwhile. Where the chat took its line away, that says it already.
"""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.core.document.version import Side
from bot.core.episode.fold import Outline
from bot.core.events import Event, Undone
from bot.core.file_edits.answered import answered, is_elsewhere
from bot.core.file_events import ConflictFound, ConflictSettled
from bot.core.merge.file_merge import Parts, merge_with_file
from bot.core.merge.merge import Merged, merge
from bot.services.drafting.hidden_lines import KEYS, key_name
from bot.services.drafting.hidden_words import HiddenWords, hidden_words
from bot.services.drafting.past_render import PastRender
from bot.services.drafting.rendering import Drafting, Rendered
from bot.services.drafting.shown_lines import shown_by
from bot.services.ports import Draft
from bot.services.show import Show

_Answer = tuple[Event, ConflictFound]
"""That hosts chose, and what they were asked."""


class Merging:
    """Merges what a show's episodes give with what was committed, and with the file."""

    def __init__(self, *, show: Show, drafting: Drafting, former: PastRender) -> None:
        self._show = show
        self._drafting = drafting
        self._former = former

    async def ours(self, last: Draft, rendered: Rendered) -> tuple[Rendered, Merged]:
        """Put what the episode gives now onto what we committed, over what it gave then.

        What people wrote into a line of the template's stays, as no event has it.
        """
        former, base = await self._former.rendered(last), Side(last.committed, last.owners)
        was = await self._former.side(last)
        if was == rendered.side:
            return former, Merged(base.text, base.owners, ())
        ours = await asyncio.to_thread(
            merge, was, rendered.side, base, prefer="ours", prefer_of_template="theirs"
        )
        # What people had made of what the chat took out was taken in before: it goes unasked.
        return former, replace(ours, conflicts=tuple(one for one in ours.conflicts if one.ours))

    async def with_file(
        self, last: Draft, rendered: Rendered, text: str
    ) -> tuple[Merged, HiddenWords]:
        """Merge what the episode gives now with the file as people left it."""
        key = (await self._show.store.state(KEYS)).get(key_name(last), last.id)
        left, words = hidden_words(last, text, key=key)
        there = shown_by(last, text, left, key=key)
        outline = await self._show.log.outline(last.episode)
        answers = list(_answers(outline, last))
        if answers:
            without = await self._without(outline, answers)
            _, ours = await self.ours(last, without)
            merged = await self._merged(last, without, outline, there, left)
            by_chat, now = (Side(one.text, one.owners) for one in (ours, merged))
            was = Side(last.committed, last.owners)
            late = [
                one
                for one in answers
                if is_elsewhere(one[1], was, now) and not is_elsewhere(one[1], was, by_chat)
            ]
            if late:
                rendered = await self._without(outline, late)
                for _, found in late:
                    left = answered(left, there.text, found)
        return await self._merged(last, rendered, outline, there, left), words

    async def _merged(
        self, last: Draft, rendered: Rendered, outline: Outline, there: Side, left: str
    ) -> Merged:
        former, merged = await self.ours(last, rendered)
        ours = Side(merged.text, merged.owners)
        joined = {one: outline.line_of(one) for one in outline.stands_in()}
        parts = Parts.of(former, rendered, there, joined)
        return await asyncio.to_thread(merge_with_file, there, ours, Side(left), parts)

    async def _without(self, outline: Outline, answers: Iterable[_Answer]) -> Rendered:
        """Render an episode as if hosts had not chosen yet."""
        other = outline.copy()
        other.extend(
            replace(event, key=f"{event.key}:", what=Undone(event.key)) for event, _ in answers
        )
        return await self._drafting.render(self._show.with_defaults(other.episode))


def _answers(outline: Outline, last: Draft) -> Iterator[_Answer]:
    """Yield the answers since the `last` draft by which the chat's side is to go into a line.

    That is one that had something of another's within it by then.
    """
    commands = {event.key: event for event in outline.commands()}
    for event in commands.values():
        what = event.what
        if not isinstance(what, ConflictSettled) or not what.ours or event.seq <= last.seq:
            continue
        asked = commands.get(what.conflict)
        found = asked.what if asked is not None else None
        if not isinstance(found, ConflictFound) or outline.undone(event.key):
            continue
        if found.had and found.thing == "item":
            yield event, found
