"""Whose a file's lines are, for a template that changes the body on its way into the file.

Each line of the body is marked with characters that nobody writes, the template is rendered once
more, and the marks are taken out again. That holds for `{{ body | replace(…) }}`, `indent`, `upper`
and the like, wherever a line ends up; where the marks change what comes out, the template cannot
be followed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.render.layout import Body

_START, _END, _DIGITS = 0xF0000, 0xF0001, 0xF0010
_MARK = re.compile(f"{chr(_START)}([{chr(_DIGITS)}-{chr(_DIGITS + 9)}]+){chr(_END)}")
_PLACES = ("end", "start")
"""Where in its line a mark may stand: a template may look at either."""


def marked(names: Mapping[str, object], body: Body) -> list[dict[str, object]]:
    """Return what a template sees, with marked lines, for each place where marks may stand."""
    lines = body.text.split("\n")
    return [_with_marks(names, lines, body, place) for place in _PLACES]


def _with_marks(
    names: Mapping[str, object], lines: Sequence[str], body: Body, place: str
) -> dict[str, object]:
    shown = [_with_mark(at, line, place) for at, line in enumerate(lines)]
    parts = replace(body, text="\n".join(shown)).parts
    return {**names, "body": "\n".join(shown), "body_lead": parts[0], "body_rest": parts[1]}


def _with_mark(at: int, line: str, place: str) -> str:
    if not line:
        return line  # a blank line stays one
    digits = "".join(chr(_DIGITS + int(digit)) for digit in str(at))
    mark = f"{chr(_START)}{digits}{chr(_END)}"
    return line + mark if place == "end" else mark + line


def is_marked(text: str) -> bool:
    """Return whether marks stand in a text."""
    return _MARK.search(text) is not None


def owners_by_marks(
    text: str, rendered: Sequence[str], body: Body
) -> tuple[str | None, ...] | None:
    """Return for each line of a file the item or topic that it belongs to, by the marked renders.

    None where no marks come out, or where they change what comes out.
    """
    for one in rendered:
        if _MARK.search(one) and _MARK.sub("", one) == text:
            lines = one.split("\n")[: text.count("\n") + (not text.endswith("\n"))]
            return _filled([_owner(line, body) for line in lines], lines)
    return None


def _owner(line: str, body: Body) -> str | None:
    found = _MARK.search(line)
    if found is None:
        return None
    number = int("".join(str(ord(digit) - _DIGITS) for digit in found[1]))
    return body.lines[number] if number < len(body.lines) else None


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
