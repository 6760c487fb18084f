"""What others wrote or put below what goes off the record: it stays, as bullets of their own."""

from collections.abc import Iterable

from bot.core.episode.fold import Outline
from bot.core.episode.marks import BY_MENU
from bot.core.events import Event, ItemAdded, ItemNoted, Marked, MessageSeen, born_of
from bot.core.grammar.message import OFF_RECORD, parse_note
from bot.core.model import Bullet, Episode, Item
from bot.core.profile.profile import Profile
from bot.core.render.layout import item_text


def kept_notes(
    outline: Outline, events: Iterable[Event], message: str, profile: Profile
) -> list[Event]:
    """Return what puts others' notes where the message's items were: an added item for each.

    Others are all but its author and whoever marked it: their own notes go along with it.
    """
    stored = list(events)
    own = {
        event.what.message.by
        for event in stored
        if isinstance(event.what, MessageSeen) and event.what.message.id == message
    }
    own |= {user.removeprefix(BY_MENU) for user in _locks(outline, message)}
    notes = [
        (event, event.what)
        for event in stored
        if isinstance(event.what, ItemNoted)
        and born_of(event.what.item) == message
        and event.by not in own
        and not outline.undone(event.key)
    ]
    if not notes:
        return []
    before = without_locks(outline, message).episode
    return [
        _added(event, note, _place(before, note.item), profile)
        for event, note in notes
        if any(item.id == note.item for item in before.items())
    ]


def _locks(outline: Outline, message: str) -> list[str]:
    """Return who took a message off the record."""
    marks = outline.marks(message).items()
    return [user for (user, emoji), on in marks if emoji == OFF_RECORD and on]


def without_locks(outline: Outline, message: str) -> Outline:
    """Return the fold as it would be had nobody marked the message."""
    before = outline.copy()
    for user in _locks(outline, message):
        at = outline.after_mark((user, OFF_RECORD), message, 0, on=False)
        what = Marked(message, OFF_RECORD, on=False)
        before.apply(Event(f"unlocked:{user}", outline.episode.id, at, user, what))
    return before


def _added(
    event: Event, note: ItemNoted, place: tuple[str, str | None, str | None], profile: Profile
) -> Event:
    first, *more = parse_note(note.text)
    bullet = Bullet(first.line, tuple(more))
    text = item_text(Item(event.key, bullet, event.key, event.by, event.at), {}, profile)
    topic, after, then = place
    what = ItemAdded(text, topic, after, then if after is None else None)
    return Event(f"{event.key}!kept", event.episode, event.at, event.by, what)


def _place(episode: Episode, item: str) -> tuple[str, str | None, str | None]:
    """Return the topic of an item, and others' items before and behind it."""
    section = next(one for one in episode.sections() if any(item == each.id for each in one.items))
    ids = [each.id for each in section.items]
    at, message = ids.index(item), born_of(item)
    before = [one for one in ids[:at] if born_of(one) != message]
    behind = [one for one in ids[at:] if born_of(one) != message]
    return section.id, before[-1] if before else None, behind[0] if behind else None
