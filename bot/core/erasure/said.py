"""What messages said in all their states: their lines and links."""

from collections.abc import Collection, Iterable, Mapping

from bot.core.document.pieces import lines_of, links_in
from bot.core.document.traces import bare_line
from bot.core.events import Event, MessageSeen, What, born_of
from bot.core.file_events import ConflictFound, ItemNested, ItemWritten, StandsIn
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


def lines_within(events: Collection[Event], message: str, own: Collection[str]) -> set[str]:
    """Return the lines of others' items that people put into a message's lines, as the file had it.

    By themselves these may be written in another way by now: with a title that came since. A line
    with one of the message's `own` addresses is none of theirs.
    """
    put = [event.what for event in events if isinstance(event.what, StandsIn | ItemNested)]
    over = {one.item: one.into if isinstance(one, StandsIn) else one.under for one in put}
    within = {one for one in over if born_of(one) != message and _leads(one, message, over)}
    lines = [text.split("\n")[0] for event in events for text in _texts(event.what, within)]
    theirs = (line for line in lines if not any(one.canonical in own for one in links_in(line)))
    return set(map(bare_line, theirs)) - {""}


def _texts(what: What, items: Collection[str]) -> Iterable[str]:
    """Return what the file, or the chat, had of some items by themselves."""
    if isinstance(what, ItemWritten) and what.item in items:
        return what.was or "", what.now
    if isinstance(what, ConflictFound) and what.about in items:
        return what.said, what.had
    return ()


def _leads(item: str, message: str, over: Mapping[str, str]) -> bool:
    """Return whether an item stands in a message's lines, or in what stands there."""
    seen = set[str]()
    while item in over and item not in seen:
        seen.add(item)
        item = over[item]
    return born_of(item) == message


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
