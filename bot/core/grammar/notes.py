"""Notes of several messages below one item."""

from collections.abc import Iterator
from dataclasses import replace

from bot.core.model import Note


def joined_notes(notes: tuple[Note, ...], more: tuple[Note, ...]) -> tuple[Note, ...]:
    """Put notes of another message below those that an item has.

    Behind a bullet, a line of text would read as going on with that bullet, whose words are
    somebody else's: it becomes a bullet of its own.
    """
    if not any(note.kind == "bullet" for note in notes) or more[0].kind == "bullet":
        return notes + more
    return notes + tuple(_under_own_bullet(more))


def _under_own_bullet(notes: tuple[Note, ...]) -> Iterator[Note]:
    opened = False
    for note in notes:
        if note.level or note.kind == "bullet":
            yield note
        elif not opened:
            opened = True
            mark = ("> ",) if note.kind == "quote" else ()
            yield Note("bullet", 1, (*mark, *note.line))
        else:
            yield replace(note, level=1)
