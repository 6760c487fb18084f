"""What is left of an event when some lines go off the record."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.core.document.nesting import without_lines
from bot.core.document.pieces import lines_of, links_in
from bot.core.document.traces import bare_line
from bot.core.document.version import Side
from bot.core.document.wrapped_links import whole_links
from bot.core.episode.file_text import links_written, written
from bot.core.events import Event
from bot.core.file_events import ConflictFound, ItemAdded, ItemWritten, LinkInTemplate
from bot.core.later.events import CARRIED, ItemCarried, register_of
from bot.core.model import Patch, Written
from bot.core.urls import fingerprint


@dataclass(frozen=True, slots=True)
class GoneLines:
    """The lines that go: those that say the same, and those that have an address.

    Some are others' and go on, without the words that go: these stand `instead`, bare lines both.
    """

    said: Collection[str]
    addresses: Collection[str]
    instead: Mapping[str, str] = field(default_factory=dict)

    def within(self, text: str) -> list[str]:
        """Return the lines of a text that go."""
        lines = text.split("\n")
        return [lines[at] for at in sorted(self._places(lines))]

    def has_first(self, text: str) -> bool:
        """Return whether the first line of a text goes, by which people's item is known."""
        return 0 in self._places(text.split("\n"))

    def out_of(self, text: str) -> str:
        """Return a text without them; what stood below one that has none stands in its place."""
        lines = text.split("\n")
        known = {at: self.instead.get(bare_line(lines[at])) for at in self._places(lines)}
        left = without_lines(lines, {at for at, instead in known.items() if instead is None})
        return "\n".join(
            line if (instead := known.get(at)) is None else line.replace(bare_line(line), instead)
            for at, line in enumerate(left)
            if line is not None
        )

    def _places(self, lines: Sequence[str]) -> set[int]:
        return whole_links(lines, {at for at, line in enumerate(lines) if self._are(line)})

    def _are(self, line: str) -> bool:
        return bare_line(line) in self.said or any(
            link.canonical in self.addresses for link in links_in(line)
        )


def reworded_by(before: Side, after: Side) -> dict[str, str]:
    """Return the lines of items that have as many without what goes, each with what it is then."""
    was, now = (_own_lines(one) for one in (before, after))
    pairs = (
        (line, left)
        for owner, lines in was.items()
        if len(lines) == len(now.get(owner, ()))
        for line, left in zip(lines, now[owner], strict=True)
    )
    return {line: left for line, left in pairs if line != left}


def _own_lines(side: Side) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line, owner in zip(lines_of(side.text), side.owners, strict=True):
        if owner is not None and (bare := bare_line(line)):
            found[owner].append(bare)
    return found


def scrubbed(event: Event, gone: GoneLines, newest: Mapping[str, Event]) -> Event:
    """Take lines out of what people wrote in the file, where they stand in it too.

    What came from another episode is without them in its `newest` state.
    """
    what = event.what
    if isinstance(what, CARRIED):
        now = newest[register_of(event.key)].what
        if isinstance(now, ItemCarried) and now.state is not None:
            now = _carried_without(now, now.state, gone)
        return event if what == now else replace(event, what=now)
    if isinstance(what, LinkInTemplate):
        is_gone = what.link in map(fingerprint, gone.addresses)
        return replace(event, what=replace(what, link="")) if is_gone else event
    if not isinstance(what, ItemWritten | ItemAdded | ConflictFound):
        return event
    texts = {
        name: gone.out_of(value)
        for name in ("was", "now", "text", "ours", "theirs", "said", "had")
        if isinstance(value := getattr(what, name, None), str)
    }
    if isinstance(what, ConflictFound) and what.thing != "field":
        # It is what goes, by whatever words, or has the name of a line that goes.
        own = what.had or what.theirs or what.ours
        if gone.has_first(own) or (what.had and not texts["had"]):
            texts["name"] = ""
    scrubbed = replace(what, **texts)  # type: ignore[arg-type]  # fields that it has, above
    if scrubbed == what:
        return event
    if isinstance(scrubbed, ItemAdded) and isinstance(what, ItemAdded):
        # What had several links was taken for no other item; nor is it with the one that is left.
        scrubbed = replace(scrubbed, again=what.again or len(links_written(what.text)) != 1)
        if gone.has_first(what.text):  # what people put below that is theirs alone
            scrubbed = replace(scrubbed, item=None, was=None)
    return replace(event, what=scrubbed)


def _carried_without(what: ItemCarried, state: Mapping[str, Any], gone: GoneLines) -> ItemCarried:
    """Take lines out of what people wrote in the file before an item came from another episode."""
    # Loaded where something was put off: most chats hold nothing of the kind.
    from bot.core.later.item_state import item_of, state_of

    item = item_of(what.item, state)
    steps = tuple(
        replace(
            step,
            was=None if step.was is None else gone.out_of(step.was),
            now=gone.out_of(step.now),
        )
        if isinstance(step, Patch)
        else step
        for step in item.steps
    )
    content = item.content
    if isinstance(content, Written):
        content = written(gone.out_of(content.text))
    now = replace(item, content=content, steps=steps)
    return what if now == item else replace(what, state={**state, **state_of(now)})
