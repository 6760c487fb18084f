"""The chat's side of a question that people's change of the file has overtaken.

It was asked about something within another line, and people put that elsewhere before a draft had
the answer: that is put where the thing stands by now, and not into that line once more.
"""

from collections import Counter
from collections.abc import Iterator

from bot.core.document.list_marks import behind, item_mark, split_marks
from bot.core.document.pieces import bare_of, lines_of, links_in, read
from bot.core.document.sense import sense_of
from bot.core.document.version import Side
from bot.core.file_edits.said_anew import said_anew
from bot.core.file_events import ConflictFound
from bot.core.grammar.line import read_line
from bot.core.merge.lines import merge_lines


def is_elsewhere(found: ConflictFound, was: Side, now: Side) -> bool:
    """Return whether what is asked about left the line in which it `was`, and stands in another."""
    before, after = (Counter(_owners(found, side)) for side in (was, now))
    is_alone = found.about in before
    return not is_alone and bool(before - after) and bool(after - before)


def holder_now(found: ConflictFound, was: Side, now: Side) -> str | None:
    """Return whose line has what is asked about, where that left the line in which it `was`."""
    if not is_elsewhere(found, was, now):
        return None
    before, after = (Counter(_owners(found, side)) for side in (was, now))
    return next(iter(after - before))


def answered(text: str, was: str, found: ConflictFound) -> str:
    """Return a file with the chat's side of a question where the thing stands that `was` elsewhere.

    Where that is not plain, it is left as people have it, and hosts are asked about that.
    """
    stood = {piece.text for piece in read(was)}
    pieces = read(text)
    for piece in pieces:
        bare = "\n".join(bare_of(lines_of(piece.text)))
        if piece.text in stood or not any(_says(found, line) for line in bare.split("\n")):
            continue
        new = _answered(bare.rstrip("\n"), found)
        if new is None:
            continue
        end = piece.text[len(piece.text.rstrip("\r\n")) :]
        ending = "\r\n" if end.startswith("\r\n") else "\n"
        piece.text = new.replace("\n", ending) + end if new else ""
        break
    return "".join(piece.text for piece in pieces)


def _answered(text: str, found: ConflictFound) -> str | None:
    """Return a piece with the chat's side in it; None where people changed the same, or it has it.

    What stands there for itself again is as the chat gives it, behind the mark of its list.
    """
    mark = item_mark(text)
    was, now = (behind(one, mark) for one in (found.had, found.said))
    first, own = text.partition("\n")[0], was.partition("\n")[0]
    if sense_of(first) == sense_of(own) and _words(first) in map(_words, found.theirs.split("\n")):
        line = now.partition("\n")[0]
        if line.rstrip() == own.rstrip():  # the chat calls it as before: people's title stays
            now = first + line[len(line.rstrip()) :] + now[len(line) :]
        was, own = first + was[len(own) :], first  # so it was called when hosts were asked
    if sense_of(first) != sense_of(own) or len(read_line(split_marks(first)[1])) > 1:
        return said_anew(text, was, now, parts=_staying(found))
    if not now:
        return said_anew(text, was, "", parts=_staying(found)) if first == own else None
    merged, disagreed = merge_lines(was, now, text, prefer="theirs")
    return None if disagreed else merged


def _staying(found: ConflictFound) -> Iterator[str]:
    """Yield what people put below the thing: the chat's side has that as often as the file's."""
    ours, theirs = (Counter(map(_words, side.split("\n"))) for side in (found.ours, found.theirs))
    for line in found.had.split("\n")[1:]:
        if ours[_words(line)] == theirs[_words(line)]:
            yield line


def _words(line: str) -> str:
    return split_marks(line)[1]


def _owners(found: ConflictFound, side: Side) -> Iterator[str | None]:
    lines = bare_of(lines_of(side.text))
    for line, owner in zip(lines, side.owners, strict=True):
        if _says(found, line):
            yield owner


def _says(found: ConflictFound, line: str) -> bool:
    """Return whether a line says what is asked about: it has its address, or nothing but its words.

    A few words may be part of any line.
    """
    first = found.had.partition("\n")[0]
    if links := {link.canonical for link in links_in(first)}:
        return links.issubset(link.canonical for link in links_in(line))
    words = split_marks(first)[1]
    return bool(words) and words == split_marks(line)[1]
