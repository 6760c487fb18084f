"""What is left of an event when some lines go off the record."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.core.document.nesting import without_lines
from bot.core.document.traces import bare_line
from bot.core.events import ConflictFound, Event, ItemAdded, ItemWritten
from bot.core.later.events import CARRIED, register_of


def scrubbed(event: Event, lines: Collection[str], newest: Mapping[str, Event]) -> Event:
    """Take lines out of what people wrote in the file, where they stand in it too.

    What came from another episode is without them in its `newest` state.
    """
    what = event.what
    if isinstance(what, CARRIED):
        now = newest[register_of(event.key)].what
        return event if what == now else replace(event, what=now)
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
    every = text.split("\n")
    gone = {at for at, line in enumerate(every) if bare_line(line) in lines}
    return "\n".join(line for line in without_lines(every, gone) if line is not None)
