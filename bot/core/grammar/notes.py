"""Notes of several messages below one item."""

from collections.abc import Iterator
from dataclasses import replace

from bot.core.model import Bullet, Line, Note


def joined_notes(notes: tuple[Note, ...], more: tuple[Note, ...]) -> tuple[Note, ...]:
    """Put notes of another message below those that an item has.

    Behind a bullet, a line of text would read as going on with that bullet, whose words are
    somebody else's: it becomes a bullet of its own.
    """
    if not any(note.kind == "bullet" for note in notes) or more[0].kind == "bullet":
        return notes + more
    return notes + tuple(_under_own_bullet(more))


def notes_alone(notes: tuple[Note, ...]) -> Bullet:
    """Return notes as an item of their own: the first of them, with the others below it."""
    first, *more = notes
    fall, left = first.kind == "bullet", list[Note]()
    for note in more:
        fall = fall and (note.kind, note.level) != ("bullet", 1)
        left.append(replace(note, level=note.level - 1) if fall and note.level else note)
    return Bullet(_marked(first), tuple(left))


def _marked(note: Note) -> Line:
    """Return a line as that of a bullet: what is no quotation by its kind has its mark."""
    return ("> ", *note.line) if note.kind == "quote" else note.line


def _under_own_bullet(notes: tuple[Note, ...]) -> Iterator[Note]:
    opened = False
    for note in notes:
        if note.level or note.kind == "bullet":
            yield note
        elif not opened:
            opened = True
            yield Note("bullet", 1, _marked(note))
        else:
            yield replace(note, level=1)
