"""What others wrote or put below what goes off the record: it stays, as bullets of their own."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import replace

from bot.core.episode.marks import BY_MENU
from bot.core.erasure.lock import Lock
from bot.core.erasure.said import lines_in
from bot.core.erasure.said_again import made_of
from bot.core.erasure.scrubbed_event import GoneLines, scrubbed
from bot.core.events import Event, ItemNoted, MessageSeen, born_of
from bot.core.file_events import ItemAdded
from bot.core.grammar.message import parse_note
from bot.core.grammar.notes import notes_alone
from bot.core.model import Item, Note, Patch, Topic, Written
from bot.core.profile.profile import Profile
from bot.core.render.layout import item_text

Place = tuple[str, str | None, str | None]
"""A topic, and the items before and behind something that stay."""


def kept_notes(
    events: Iterable[Event], lock: Lock, profile: Profile, whole: Collection[str] = ()
) -> list[Event]:
    """Return what puts others' notes where the message's items were: an added item for each.

    Others are all but its author and whoever marked it: their own notes go along with it. The same
    of what people made of its words alone, which goes `whole`; but a note behind such a sentence
    is a bullet of its own already.
    """
    stored = list(events)
    alone = standing_notes(stored, lock, whole)
    notes = [one for one in _of_others(stored, lock, whole) if one[0].key not in alone]
    if not notes:
        return []
    newest = max(event.at for event in stored)
    kept = list[Event]()
    for event, note in notes:
        place = _in_place(lock, event.key, whole) or _in_place(lock, note.item, whole)
        if place is not None:
            kept.append(_added(event, note, place, profile))
        elif (place := _behind_line(lock, note)) is not None:  # nothing was there before
            kept.append(_added(replace(event, at=newest), note, place, profile))
    return kept


def standing_notes(events: Iterable[Event], lock: Lock, whole: Collection[str]) -> set[str]:
    """Return the keys of others' notes that stand for themselves, behind what goes `whole`."""
    there = {item.id for item in lock.before.items()}
    notes = _of_others(list(events), lock, whole)
    return {event.key for event, note in notes if note.item in whole and event.key in there}


def _of_others(
    stored: Sequence[Event], lock: Lock, whole: Collection[str]
) -> list[tuple[Event, ItemNoted]]:
    """Return the notes of others on what the message gave, or what goes `whole`."""
    own = _own(stored, lock)
    return [
        (event, event.what)
        for event in stored
        if isinstance(event.what, ItemNoted)
        and (born_of(event.what.item) == lock.message or event.what.item in whole)
        and event.by not in own
        and not lock.outline.undone(event.key)
    ]


def _own(stored: Sequence[Event], lock: Lock) -> set[str]:
    """Return the message's author and whoever marked it."""
    own = {
        event.what.message.by
        for event in stored
        if isinstance(event.what, MessageSeen) and event.what.message.id == lock.message
    }
    return own | {user.removeprefix(BY_MENU) for user in lock.users}


def noted_within(events: Iterable[Event], lock: Lock, gone: GoneLines) -> set[str]:
    """Return what people made of a message's words alone, put into another's lines, and is noted.

    As what goes whole: such a note has nothing that it could stand below.
    """
    alone = _noted_alone(events, lock, gone)
    return {one for one in alone if lock.outline.line_of(one) is not None}


def _noted_alone(events: Iterable[Event], lock: Lock, gone: GoneLines) -> set[str]:
    """Return what people made of a message's words alone and is noted."""
    stored = list(events)
    made, said = made_of(stored, lock.message), dict[str, set[str]]()
    for event in stored:
        if isinstance(event.what, ItemNoted) and event.what.item in made:
            said.setdefault(event.what.item, set()).update(lines_in(event.what.text))
    return {
        one
        for one, lines in said.items()
        if lines_in(gone.out_of(_text(lock.outline.given(one)))) <= lines
    }


def without_notes(
    events: Iterable[Event], lock: Lock, whole: Collection[str], gone: GoneLines, profile: Profile
) -> list[Event]:
    """Return the notes on what goes whole, without their words, but for those that stand alone.

    Bullets that are out, and of which all goes, are returned as others' notes on them.
    """
    stored = list(events)
    alone, out = standing_notes(stored, lock, whole), _out(stored, lock, gone)
    return _as_notes(stored, lock, out, gone, profile) + [
        replace(event, what=replace(event.what, text=""))
        for event in stored
        if isinstance(event.what, ItemNoted)
        and event.what.item in {*whole, *out}
        and event.key not in alone
    ]


def _out(stored: Sequence[Event], lock: Lock, gone: GoneLines) -> set[str]:
    """Return the noted bullets that people made of the message's words alone, and that are out."""
    there = lock.outline
    out = {one for one in _noted_alone(stored, lock, gone) if not there.is_shown(one)}
    return {one for one in out if there.takes_notes(one) and there.line_of(one) is None}


def _as_notes(
    stored: Sequence[Event], lock: Lock, out: Set[str], gone: GoneLines, profile: Profile
) -> list[Event]:
    """Return bullets that are out as others' notes: these come back where the bullet does."""
    notes: dict[str, list[Note]] = {}
    for _, note in _of_others(stored, lock, out):
        notes.setdefault(note.item, []).extend(parse_note(note.text))
    left = (scrubbed(event, gone, {}) for event in stored if event.key in out)
    return [
        replace(event, what=replace(event.what, text=_alone(event, notes.get(event.key), profile)))
        for event in left
        if isinstance(event.what, ItemAdded)
    ]


def _alone(event: Event, notes: Sequence[Note] | None, profile: Profile) -> str:
    """Return the lines of notes as a bullet: the first, with the others below it."""
    if not notes:
        return ""
    item = Item(event.key, notes_alone(tuple(notes)), event.key, event.by, event.at)
    return item_text(item, {}, profile)


def _added(event: Event, note: ItemNoted, place: Place, profile: Profile) -> Event:
    topic, after, then = place
    what = ItemAdded(
        _alone(event, parse_note(note.text), profile), topic, after, then if after is None else None
    )
    return Event(f"{event.key}!kept", event.episode, event.at, event.by, what)


def _text(given: Item | str | None) -> str:
    """Return the lines that people made of something, the last that they wrote."""
    if not isinstance(given, Item):
        return given or ""
    written = [step.now for step in given.steps if isinstance(step, Patch)]
    own = given.content.text if isinstance(given.content, Written) else ""
    return written[-1] if written else own


def _in_place(lock: Lock, item: str, whole: Collection[str]) -> Place | None:
    """Return the place of an item that stood for itself."""
    section = next((one for one in lock.before.sections() if item in _ids(one)), None)
    if section is None:
        return None
    ids = _ids(section)
    at = ids.index(item)
    before, behind = (
        [one for one in part if born_of(one) != lock.message and one not in whole]
        for part in (ids[:at], ids[at:])
    )
    return section.id, before[-1] if before else None, behind[0] if behind else None


def _behind_line(lock: Lock, note: ItemNoted) -> Place | None:
    """Return the place behind the line into which people put an item, where a note is asked about.

    The question goes with the item; what is asked is in no file yet.
    """
    line, lines = lock.outline.line_of(note.item), lines_in(note.text)
    asked = (one for _, one in lock.outline.conflicts().values() if one.about == note.item)
    if line is None or not any(
        lines <= lines_in(one.ours) and not lines <= lines_in(one.theirs) for one in asked
    ):
        return None
    for section in lock.before.sections():
        if line in (section.id, *_ids(section)):
            first = section.items[0].id if section.items else None
            return section.id, *((None, first) if line == section.id else (line, None))
    return None


def _ids(section: Topic) -> list[str]:
    return [item.id for item in section.items]
