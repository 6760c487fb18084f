"""The topics and items of an episode's file, known by what was rendered, or new."""

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bot.core.document.pieces import Piece
from bot.core.episode.sections import TOP
from bot.core.file_edits.template_links import put_in
from bot.core.file_events import OF_FILE

_COMPARED = 2_000
_ALIKE = 0.6
_NEAR = 50  # pieces that are looked at for one that people changed


@dataclass(slots=True)
class FileItem:
    """An item of a file: its id, None where people wrote it, its text without ends, its lines.

    `made_of` is the id of what the chat does not give, of which people made it.
    """

    id: str | None
    text: str
    lines: range
    made_of: str | None = None


@dataclass(slots=True)
class Part:
    """A topic of a file with its items.

    `id` is None where people wrote it, `made_of` as for items; `under` is the place of the topic
    whose sub-topic it is, in the list of all.
    """

    id: str | None
    name: str
    lines: range
    under: int | None = None
    spots: list[FileItem] = field(default_factory=list)
    made_of: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file holds: its topics, and the links, by fingerprint, in lines of its template."""

    parts: list[Part]
    in_template: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownIds:
    """The ids of the topics and items of an episode; what else a line is said to be is people's."""

    topics: Container[str]
    items: Container[str]
    nested: Container[str] = ()


def shape(
    file: Sequence[Piece], rendered: Sequence[Piece], *, known: KnownIds, sub_level: int
) -> Shape:
    """Return the topics and items of a file, those before the first heading under one without name.

    What the template made is none of them; but where people put something under one of its
    headings, that is a topic, unless it is the one that the episode itself stands under. Headings
    from `sub_level` on are those of sub-topics.
    """
    above = _above_ours(rendered)
    made = _by_template(file, rendered, above)
    job = _Shape(known, sub_level, made.keys(), {at for at, one in made.items() if one in above})
    for run in _runs(file):
        job.take(run)
    return Shape(job.parts, put_in(file, rendered, made))


class _Shape:
    """Puts the runs of a file under their topics, one after the other."""

    def __init__(
        self, known: KnownIds, sub_level: int, made: Collection[int], above: Collection[int]
    ) -> None:
        self.parts = [Part(TOP, "", range(0))]
        self._here = self.parts[0]
        self._over: int | None = None
        self._known = known
        self._sub_level = sub_level
        self._made = made
        self._above = above
        self._seen: set[str] = set()

    def take(self, run: Sequence[Piece]) -> None:
        first = run[0]
        lines = range(first.line, run[-1].line + run[-1].height)
        identity = None if first.owner in self._seen else first.owner
        if identity is not None:
            self._seen.add(identity)
        is_topic, made_of = identity is not None and identity in self._known.topics, None
        if not is_topic and (identity is None or identity not in self._known.items):
            made_of = identity if identity and self._is_not_given(identity) else None
            identity, is_topic = None, first.kind == "heading"
        if is_topic:
            self._open(Part(identity, first.title, lines, made_of=made_of), first)
        elif first.line not in self._made:
            if not any(self._here is one for one in (self.parts[0], self.parts[-1])):
                self._add(self._here)
            self._here.spots.append(FileItem(identity, text_of(run), lines, made_of))

    def _is_not_given(self, identity: str) -> bool:
        return not identity.startswith(OF_FILE) and identity not in self._known.nested

    def _open(self, part: Part, heading: Piece) -> None:
        if heading.line in self._above:
            self._here, self._over = self.parts[0], None
            return
        if self._over is not None and heading.level >= self._sub_level:
            part.under = self._over
        self._here = part
        if heading.line not in self._made:
            self._add(part)

    def _add(self, part: Part) -> None:
        self.parts.append(part)
        if part.under is None:
            self._over = len(self.parts) - 1


def texts(rendered: Sequence[Piece], topics: Container[str]) -> dict[str, str]:
    """Return the text of each item, and the heading of each of the topics, of a rendered file.

    An item may begin with a heading, too: what a fence gave.
    """
    found: dict[str, str] = {}
    for run in _runs(rendered):
        owner = run[0].owner
        if owner is not None:
            found.setdefault(owner, run[0].title if owner in topics else text_of(run))
    return found


def text_of(run: Sequence[Piece]) -> str:
    """Return the text of some pieces, without line ends at its own end, and LF within."""
    text = "".join(piece.text for piece in run).replace("\r\n", "\n").replace("\r", "\n")
    return text.rstrip("\n")


def _runs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Group the pieces of one owner that follow each other, with the gaps between them."""
    run: list[Piece] = []
    gap: list[Piece] = []
    for piece in pieces:
        if piece.kind == "front":
            continue
        if piece.kind == "gap":
            gap.append(piece)
            continue
        if run and piece.owner is not None and piece.owner == run[0].owner:
            run += [*gap, piece]
        else:
            if run:
                yield run
            run = [piece]
        gap = []
    if run:
        yield run


def _by_template(
    file: Sequence[Piece], rendered: Sequence[Piece], above: Collection[int]
) -> dict[int, int]:
    """Return the lines at which pieces begin that the template made, and where it made them.

    A heading that was `above` the episode's own may have got any other words where it stands.
    """
    above_theirs = _above_ours(file)
    ours = [piece for piece in rendered if _is_nobodys(piece)]
    theirs = [piece for piece in file if _is_nobodys(piece)]
    pairs = _same(ours, theirs)
    made = {theirs[at].line: ours[number].line for number, at in pairs.items()}
    low = 0
    for number, piece in enumerate(ours):
        if number in pairs:
            low = pairs[number] + 1
            continue
        for one in theirs[low : low + _NEAR]:
            stands = piece.line in above and one.line in above_theirs and piece.level == one.level
            if one.line not in made and (stands or _is_alike(piece, one)):
                made[one.line] = piece.line
                break
    return made


def _above_ours(pieces: Sequence[Piece]) -> set[int]:
    """Return the lines of headings of nobody's that something of the episode stands right below."""
    found: set[int] = set()
    heading: Piece | None = None
    for piece in pieces:
        if piece.owner is not None:
            found.update([heading.line] if heading else [])
            heading = None
        elif piece.kind == "heading":
            heading = piece
    return found


def _is_nobodys(piece: Piece) -> bool:
    return piece.owner is None and piece.kind not in ("front", "gap")


def _same(ours: Sequence[Piece], theirs: Sequence[Piece]) -> dict[int, int]:
    """Pair pieces with the same text: the first with the first, and so on."""
    places: dict[str, list[int]] = {}
    for at, piece in enumerate(theirs):
        places.setdefault(piece.text.strip(), []).append(at)
    found = {at: places.get(piece.text.strip()) for at, piece in enumerate(ours)}
    return {at: left.pop(0) for at, left in found.items() if left}


def _is_alike(ours: Piece, theirs: Piece) -> bool:
    if ours.kind != theirs.kind:
        return False
    if ours.links or theirs.links:  # another link is another thing
        return bool(ours.links) and ours.links[0] in theirs.links
    texts = ours.text[:_COMPARED], theirs.text[:_COMPARED]
    return SequenceMatcher(None, *texts, autojunk=False).ratio() > _ALIKE
