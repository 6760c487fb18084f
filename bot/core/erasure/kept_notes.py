"""What others wrote or put below what goes off the record: it stays, as bullets of their own."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from bot.core.episode.marks import BY_MENU
from bot.core.erasure.lock import Lock
from bot.core.events import Event, ItemNoted, MessageSeen, born_of
from bot.core.file_events import ItemAdded
from bot.core.grammar.message import parse_note
from bot.core.grammar.notes import notes_alone
from bot.core.model import Episode, Item
from bot.core.profile.profile import Profile
from bot.core.render.layout import item_text


def kept_notes(
    events: Iterable[Event], lock: Lock, profile: Profile, whole: Collection[str] = ()
) -> list[Event]:
    """Return what puts others' notes where the message's items were: an added item for each.

    Others are all but its author and whoever marked it: their own notes go along with it. The same
    of what people made of its words alone, which goes `whole`.
    """
    stored, message = list(events), lock.message
    own = {
        event.what.message.by
        for event in stored
        if isinstance(event.what, MessageSeen) and event.what.message.id == message
    }
    own |= {user.removeprefix(BY_MENU) for user in lock.users}
    notes = [
        (event, event.what)
        for event in stored
        if isinstance(event.what, ItemNoted)
        and (born_of(event.what.item) == message or event.what.item in whole)
        and event.by not in own
        and not lock.outline.undone(event.key)
    ]
    if not notes:
        return []
    before = lock.before
    return [
        _added(
            event,
            note,
            _place(before, note.item, lambda one: born_of(one) == message or one in whole),
            profile,
        )
        for event, note in notes
        if any(item.id == note.item for item in before.items())
    ]


def without_notes(events: Iterable[Event], whole: Collection[str]) -> list[Event]:
    """Return the notes on what goes whole, without their words."""
    return [
        replace(event, what=replace(event.what, text=""))
        for event in events
        if isinstance(event.what, ItemNoted) and event.what.item in whole
    ]


def _added(
    event: Event, note: ItemNoted, place: tuple[str, str | None, str | None], profile: Profile
) -> Event:
    bullet = notes_alone(parse_note(note.text))
    text = item_text(Item(event.key, bullet, event.key, event.by, event.at), {}, profile)
    topic, after, then = place
    what = ItemAdded(text, topic, after, then if after is None else None)
    return Event(f"{event.key}!kept", event.episode, event.at, event.by, what)


def _place(
    episode: Episode, item: str, goes: Callable[[str], bool]
) -> tuple[str, str | None, str | None]:
    """Return the topic of an item, and the items before and behind it that stay."""
    section = next(one for one in episode.sections() if any(item == each.id for each in one.items))
    ids = [each.id for each in section.items]
    at = ids.index(item)
    before, behind = ([one for one in part if not goes(one)] for part in (ids[:at], ids[at:]))
    return section.id, before[-1] if before else None, behind[0] if behind else None
