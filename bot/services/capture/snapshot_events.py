"""The events that a message's snapshot tells of, under keys made of the platform's own ids."""

from collections.abc import Iterable

from bot.core.episode.fold import Outline
from bot.core.episode.marks import BY_MENU
from bot.core.events import Event, Marked, Message, MessageSeen
from bot.core.grammar.message import MARKS, OFF_RECORD
from bot.core.model import Lookup
from bot.core.threads import unnamed
from bot.core.urls import canonical, find_urls
from bot.services.ports import Preview, Snapshot


def seen(message: Message, episode: str, *, again: str = "") -> Event:
    # A state with its text wins over the same state without, which was stored while it was talk.
    key = f"{message.id}@{message.stamp}{'' if message.text is None else '+'}{again}"
    return Event(key, episode, message.at, message.by, MessageSeen(message))


def seen_after(
    message: Message, episode: str, outline: Outline, marks: Iterable[Event] = ()
) -> Event:
    """Return the event of a state; one that was erased, and comes back, needs another key."""
    event = seen(message, episode)
    lifted = outline.lifted(message.id, marks)
    if message.text is None or lifted is None or outline.holds(message.id):
        return event
    return seen(message, episode, again=f"+{lifted}")


def unnamed_if_locked(message: Message, outline: Outline, batch: Iterable[Event] = ()) -> Message:
    """Return a message without its thread's name where the thread's first one is off the record.

    The name may say what that did. `batch` are events that are not in the log yet.
    """
    thread = message.thread
    if thread is None or thread.starter is None:
        return message
    if OFF_RECORD not in outline.marked(thread.starter, batch):
        return message
    return unnamed(message)


def is_talk(event: Event) -> bool:
    if isinstance(event.what, MessageSeen):
        return event.what.message.text is None
    return True


def mark_events(
    snapshot: Snapshot, episode: str, outline: Outline, read_at: int | None
) -> Iterable[Event]:
    """Yield the changes of marks between what is known and what a snapshot shows.

    One that was not read at a time of its own may be older than the marks: it takes none away.
    """
    if snapshot.reactions is None:
        return
    message = snapshot.message
    known = outline.marks(message.id)
    shown = {(one.by, one.emoji.rstrip("\ufe0f")): one.counts for one in snapshot.reactions}
    for by, emoji in sorted(shown.keys() | known.keys()):
        on = (by, emoji) in shown
        if emoji not in MARKS or known.get((by, emoji), False) is on or by.startswith(BY_MENU):
            continue
        if read_at is None if not on else not shown[by, emoji]:
            continue
        first = (by, emoji) not in known
        at = message.stamp if first or read_at is None else read_at
        yield marked(message.id, by, emoji, episode, on=on, at=at)


def marked(message: str, by: str, emoji: str, episode: str, *, on: bool, at: int) -> Event:
    key = f"mark:{message}:{by}:{emoji}:{'on' if on else 'off'}:{at}"
    return Event(key, episode, at, by, Marked(message, emoji, on))


def lookups_of(previews: Iterable[Preview], text: str, at: int) -> dict[str, Lookup]:
    """Return what previews say of the links in a text: with it, they are erased."""
    said = {canonical(text[begin:end]) for begin, end in find_urls(text)}
    if not (previews := [one for one in previews if canonical(one.url) in said]):
        return {}
    # Loaded with the first preview: a chat in a terminal has none.
    from bot.core.page.walls import accept

    return {
        canonical(one.url): Lookup(one.url, title=title, source="preview", at=at)
        for one in previews
        if (title := accept(one.title, one.url, is_shown=True))
    }


def channel_of(message: Message) -> str:
    """Return the channel that decides which episode a message feeds: a thread's parent."""
    return message.thread.parent if message.thread else message.channel


def stands_in(message: Message) -> str:
    """Name what a message is read with: a channel, or the thread that it is part of."""
    return (message.reply_to if message.threaded else None) or message.channel
