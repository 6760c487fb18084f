"""Links that people put into the template's own lines: no items, and there all the same."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import filterfalse

from bot.core.document.pieces import Piece, lines_of, links_in, read, words_of
from bot.core.document.version import Side
from bot.core.file_edits.stands_in import stands_in
from bot.core.urls import fingerprint


def put_in(
    file: Sequence[Piece], rendered: Sequence[Piece], made: Mapping[int, int]
) -> frozenset[str]:
    """Return the fingerprints of the links that people put into what the template made.

    `made` has where each piece of the file that it made begins, and where it does as rendered. A
    link that the template itself writes is none, nor one that stands elsewhere in the file, too.
    """
    ours = {piece.line: piece for piece in rendered}
    theirs = [piece for piece in file if piece.line in made]
    new = [piece for piece in theirs if piece.text.rstrip() != ours[made[piece.line]].text.rstrip()]
    if not (found := set(_links(new))):
        return frozenset()
    own = _links(piece for piece in rendered if piece.owner is None)
    elsewhere = _links(piece for piece in file if piece.line not in made)
    return frozenset(map(fingerprint, found.difference(own, elsewhere)))


def line_that_says(said: str, rendered: Side, file: Side) -> str | None:
    """Return the words of the first line of the template's into which people put what is said.

    That is what is in no line that the template makes itself.
    """
    ours, theirs = (
        [piece for piece in read(side.text, side.owners) if _is_line(piece)]
        for side in (rendered, file)
    )
    made = "\n".join(piece.text for piece in ours)
    lines = (line for piece in theirs for line in piece.text.split("\n"))
    new = filterfalse(set(made.split("\n")).__contains__, lines)  # into others, nothing was put
    found = (line for line in new if stands_in({"": said}, {"line": made}, [("line", line)]))
    return next(map(words_of, found), None)


def _is_line(piece: Piece) -> bool:
    return piece.owner is None and piece.kind not in ("front", "gap") and not piece.is_comment


def _links(pieces: Iterator[Piece] | Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        if piece.kind not in ("front", "gap") and not piece.is_comment:
            yield from piece.links


def lines_with_links(text: str) -> dict[str, tuple[int, str]]:
    """Return the first line of a file with each of its links, by fingerprint, and its words."""
    found: dict[str, tuple[int, str]] = {}
    for at, line in enumerate(lines_of(text), 1):
        if new := {fingerprint(one.canonical) for one in links_in(line)} - found.keys():
            found |= dict.fromkeys(new, (at, words_of(line)))
    return found
