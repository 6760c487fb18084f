"""What hosts said of something that stands in the file no more, or as another kind of thing.

People took it out there, or put it into another line, or made a heading of it. What is said of it
after that goes into no draft: hosts are asked, or at least told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.document.pieces import bare_of, lines_of
from bot.core.episode.find import label_of, shortened
from bot.core.episode.fold import Outline
from bot.core.events import ConflictFound, Event, StandsIn, conflict_key
from bot.core.file_edits.said_anew import said_anew
from bot.core.model import Item
from bot.core.publication.said_since import InFile, said_since
from bot.services.drafting.past_render import PastRender
from bot.services.drafting.rendering import Drafting
from bot.services.drafting.said_over import LONGEST_NAME
from bot.services.ports import Draft
from bot.services.show import Show

Given = Item | str | None
"""An item, the name of a topic, or nothing any more."""


@dataclass(frozen=True, slots=True)
class Apart:
    """The questions by their keys, and the words and names of topics that are shown nowhere."""

    asked: tuple[tuple[str, ConflictFound], ...] = ()
    unshown: tuple[str, ...] = ()
    headless: tuple[str, ...] = ()


class SaidApart:
    """Finds what was said since a draft of what had left the file before it."""

    def __init__(self, *, show: Show, drafting: Drafting, former: PastRender) -> None:
        self._show = show
        self._drafting = drafting
        self._former = former

    async def found(self, draft: Draft, outline: Outline) -> Apart:
        """Return what was said between the draft before and this one, at which `outline` is."""
        away = {*outline.taken_out(), *outline.stands_in()}
        away = {one for one in away if not outline.is_shown(one)}
        drafts = await self._show.store.drafts(draft.episode) if away else []
        last = next((one for one in reversed(drafts) if one.commit and one.id != draft.id), None)
        if last is None:
            return Apart()
        before = await self._former.outline(last)
        asked: list[tuple[str, ConflictFound]] = []
        unshown, headless = list[str](), list[str]()
        for one in sorted(away):
            was, now = before.given(one), outline.given(one)
            if was is None or before.is_shown(one) or _is_same(was, now):
                continue
            question = await self._question(draft, outline, one, was, now)
            if question is not None:
                key = conflict_key(question.about, question.ours, question.theirs)
                asked.append((key, question))
            elif isinstance(now, str):
                headless += [] if now in draft.committed else [now]
            elif now is not None:
                unshown += _unshown(was, now, draft.committed)
        return Apart(tuple(asked), tuple(dict.fromkeys(unshown)), tuple(dict.fromkeys(headless)))

    async def _question(
        self, draft: Draft, outline: Outline, thing: str, was: Given, now: Given
    ) -> ConflictFound | None:
        """Return what to ask of a thing whose words people made part of another; None if nothing.

        What it is to say is looked for in the words that it had at the draft before, and in those
        that it had when people did that.
        """
        event = outline.stands_in().get(thing)
        text = _text_in_file(draft, outline, event) if event is not None else None
        if event is None or text is None:
            return None
        first = await self._former.outline(replace(draft, seq=event.seq))
        now_text = await self._text(draft, now)
        for said in (was, first.given(thing)):
            if said is None:
                continue
            ours = said_anew(text, await self._text(draft, said), now_text)
            if ours is not None:
                kind = "topic" if isinstance(was, str) else "item"
                words = said if isinstance(said, str) else label_of(said.content, {})
                name = shortened(words, LONGEST_NAME)
                return ConflictFound(kind, thing, name, ours, text)
        return None

    async def _text(self, draft: Draft, given: Given) -> str:
        if given is None or isinstance(given, str):
            return given or ""
        profile = self._former.profile(draft)
        return await self._drafting.item_text(
            given, profile=profile, lookups=draft.lookups, newest=True
        )


def _is_same(was: Given, now: Given) -> bool:
    if isinstance(was, Item) and isinstance(now, Item):
        return (was.content, was.steps) == (now.content, now.steps)
    return was == now


def _text_in_file(draft: Draft, outline: Outline, event: Event) -> str | None:
    """Return the lines, or the heading's name, into which people put something."""
    known = outline.stands_in()
    into, seen = event, set[str]()
    while isinstance(into.what, StandsIn):
        holder = into.what.into
        if outline.is_shown(holder):
            names = {topic.id: topic.name for topic in outline.episode.sections()}
            return names.get(holder) or _lines_of(draft, holder)
        if holder in seen or holder not in known:
            return None
        seen.add(holder)
        into = known[holder]
    return None


def _lines_of(draft: Draft, owner: str) -> str | None:
    lines = bare_of(lines_of(draft.committed))
    own = [line for line, one in zip(lines, draft.owners, strict=False) if one == owner]
    return "\n".join(own).strip("\n") or None


def _unshown(was: Given, now: Item, file: str) -> Sequence[str]:
    """Return the words that are new, and that the file has not."""
    return InFile(file).without(said_since(now, was if isinstance(was, Item) else None))
