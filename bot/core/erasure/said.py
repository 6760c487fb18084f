"""What messages said in all their states: their lines and links."""

from collections.abc import Collection, Iterable

from bot.core.document.pieces import lines_of
from bot.core.document.traces import bare_line
from bot.core.events import Event, MessageSeen
from bot.core.grammar.message import parse
from bot.core.later.events import ItemCarried
from bot.core.model import Heading, Link, links_within


def lines_in(text: str) -> set[str]:
    """Return the lines of a text without their marks."""
    return {bare_line(line) for line in lines_of(text)} - {""}


def lines_said(events: Iterable[Event], messages: Collection[str]) -> set[str]:
    """Return the lines of all states of messages: what stands in others' items of them, too."""
    texts = [
        event.what.message.text or ""
        for event in events
        if isinstance(event.what, MessageSeen) and event.what.message.id in messages
    ]
    return set().union(*map(lines_in, texts))


def links_said(events: Iterable[Event], messages: Collection[str]) -> set[Link]:
    """Return the links in all states of some messages, and in what came of them elsewhere."""
    found: set[Link] = set()
    for event in events:
        what = event.what
        if isinstance(what, ItemCarried) and what.state is not None and event.about in messages:
            # Loaded where something was put off: most chats hold nothing of the kind.
            from bot.core.later.item_state import item_of

            found.update(links_within(item_of(what.item, what.state).content))
        if isinstance(what, MessageSeen) and event.about in messages:
            for block in parse(what.message.text or "", marked=True).blocks:
                if not isinstance(block, Heading):
                    found.update(links_within(block))
    return found
