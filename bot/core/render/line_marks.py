"""Whose a file's lines are, for a template that changes the body on its way into the file.

Each line of the body is marked with characters that nobody writes, the template is rendered once
more, and the marks are taken out again. That holds for `{{ body | replace(…) }}`, `indent`, `upper`
and the like, wherever a line ends up; where the marks change what comes out, the template cannot
be followed. One that leaves the body out, and writes the `topics` itself, is followed by marks in
their titles and texts.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from bot.core.document.pieces import read
from bot.core.render.layout import Body
from bot.core.render.topic_data import Mark

_START, _END, _DIGITS = 0xF0000, 0xF0001, 0xF0010
_MARK = re.compile(f"{chr(_START)}([{chr(_DIGITS)}-{chr(_DIGITS + 9)}]+){chr(_END)}")
_PLACES = ("end", "start")
"""Where in its line a mark may stand: a template may look at either."""

_LETTER = 0x100000
_MOST_LETTERS = 0xFFFE
_INSTEAD = re.compile(f"[{chr(_LETTER)}-{chr(_LETTER + _MOST_LETTERS - 1)}]")
_FIRST_LETTER = re.compile(r"[^\W_]")


def marked(names: Mapping[str, object], body: Body) -> list[dict[str, object]]:
    """Return what a template sees, with marked lines, for each place where marks may stand."""
    lines = body.text.split("\n")
    return [_with_marks(names, lines, body, place) for place in (*_PLACES, "letter")]


def _with_marks(
    names: Mapping[str, object], lines: Sequence[str], body: Body, place: str
) -> dict[str, object]:
    shown = [_with_mark(at, line, place) for at, line in enumerate(lines)]
    parts = replace(body, text="\n".join(shown)).parts
    return {**names, "body": "\n".join(shown), "body_lead": parts[0], "body_rest": parts[1]}


def _with_mark(at: int, line: str, place: str) -> str:
    if not line:
        return line  # a blank line stays one
    if place == "letter":  # no line gets longer: a template may wrap them
        return _FIRST_LETTER.sub(chr(_LETTER + at), line, count=1) if at < _MOST_LETTERS else line
    mark = _mark(at)
    return line + mark if place == "end" else mark + line


def _mark(at: int) -> str:
    digits = "".join(chr(_DIGITS + int(digit)) for digit in str(at))
    return f"{chr(_START)}{digits}{chr(_END)}"


def is_marked(text: str) -> bool:
    """Return whether marks stand in a text."""
    return (_MARK.search(text) or _INSTEAD.search(text)) is not None


def _unmarked(text: str, body: Body) -> str:
    if _MARK.search(text):
        return _MARK.sub("", text)
    lines = body.text.split("\n")

    def letter(found: re.Match[str]) -> str:
        at = ord(found[0]) - _LETTER
        first = _FIRST_LETTER.search(lines[at]) if at < len(lines) else None
        return first[0] if first else found[0]

    return _INSTEAD.sub(letter, text)


def owners_by_marks(
    text: str, rendered: Sequence[str], body: Body
) -> tuple[str | None, ...] | None:
    """Return for each line of a file the item or topic that it belongs to, by the marked renders.

    None where no marks come out, or where they change what comes out.
    """
    for one in rendered:
        if is_marked(one) and _unmarked(one, body) == text:
            lines = one.split("\n")[: text.count("\n") + (not text.endswith("\n"))]
            numbers = [_number(line, body) for line in lines]
            numbers = _with_wrapped(numbers, text.split("\n"), body)
            owners = [None if number is None else body.lines[number] for number in numbers]
            return _filled(owners, lines)
    return None


def _numbers(line: str) -> Iterator[int]:
    for found in _MARK.finditer(line):
        yield int("".join(str(ord(digit) - _DIGITS) for digit in found[1]))


def _number(line: str, body: Body) -> int | None:
    """Return the number of a line of the body; hosts may have written such characters, too."""
    letters = (ord(found[0]) - _LETTER for found in _INSTEAD.finditer(line))
    known = (one for one in (*_numbers(line), *letters) if one < len(body.lines))
    return next(known, None)


def _with_wrapped(numbers: list[int | None], lines: Sequence[str], body: Body) -> list[int | None]:
    """Give the whole of a line of the body its number where a template wrapped it."""
    written = [_letters(line) for line in body.text.split("\n")]
    shown = [_letters(line) for line in lines]
    wrapped = list(numbers)
    for at, number in enumerate(numbers):
        if number is None or not shown[at] or shown[at] == written[number]:
            continue
        for step in (-1, 1):
            end, text = at, shown[at]
            while 0 <= end + step < len(numbers) and len(text) < len(written[number]):
                end += step
                if numbers[end] is not None or not shown[end]:
                    break
                text = shown[end] + text if step < 0 else text + shown[end]
            if text == written[number]:
                for one in range(min(at, end), max(at, end) + 1):
                    wrapped[one] = number
    return wrapped


def _letters(text: str) -> str:
    return "".join(text.split())


def _filled(owners: list[str | None], lines: Sequence[str]) -> tuple[str | None, ...]:
    """Count blank lines within an item to it, as the body has them."""
    filled = list(owners)
    above: int | None = None
    for at, line in enumerate(lines):
        if not _MARK.sub("", line).strip():
            continue
        if above is not None and owners[at] is not None and owners[above] == owners[at]:
            filled[above:at] = [owners[at]] * (at - above)
        above = at
    return tuple(filled)


# --- a template that writes the topics itself ----------------------------------------------------


class TopicMarks:
    """Marks in what a template sees of topics, for each place where marks may stand."""

    def __init__(self, topics: Callable[[Mark], object], ids: Collection[str]) -> None:
        """Mark what `topics` gives, whose topics have these `ids`."""
        self._numbers: dict[str, int] = {}
        self._topics = ids
        self.names = [{"topics": topics(self._marking(place))} for place in _PLACES]

    def _marking(self, place: str) -> Mark:
        def mark(owner: str, text: str) -> str:
            if not text:
                return text
            made = _mark(self._numbers.setdefault(owner, len(self._numbers)))
            return text + made if place == "end" else made + text

        return mark

    def owners(self, text: str, rendered: Sequence[str]) -> tuple[str | None, ...]:
        """Return for each line of a file whose it is; nobody's where marks change what comes out.

        A topic's name is its heading alone, and a line that holds several items' words is none of
        theirs, nor is what stands in several places.
        """
        for one in rendered:
            if _MARK.search(one) and _MARK.sub("", one) == text:
                return self._owners(one.split("\n")[: text.count("\n") + 1])
        return (None,) * (text.count("\n") + (not text.endswith("\n")))

    def _owners(self, lines: list[str]) -> tuple[str | None, ...]:
        if not lines[-1]:
            lines.pop()
        pieces = read("\n".join(_MARK.sub("", line) for line in lines))
        front = pieces[0].height if pieces and pieces[0].kind == "front" else 0
        headings = {piece.line: piece for piece in pieces if piece.kind == "heading"}
        names = list(self._numbers)
        owners: list[str | None] = []
        for at, line in enumerate(lines):
            held = {names[number] for number in _numbers(line)} if at >= front else set()
            if at not in headings:
                held -= set(self._topics)
            owners.append(held.pop() if len(held) == 1 else None)
        for at, heading in headings.items():  # a line below may make it one
            owners[at : at + heading.height] = [owners[at]] * heading.height
        filled = _filled(owners, lines)
        stretches = Counter(owner for owner, _ in groupby(filled))
        return tuple(None if stretches[one] > 1 else one for one in filled)
