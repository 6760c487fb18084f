"""Lists and tables in brackets: YAML's flow style, TOML's arrays and inline tables, and JSON.

They are split into the texts of their elements without loss, whatever stands in them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PART = re.compile(
    r"""
    (?<![^\s\[{,:=]) (?:                    # a string begins behind a blank or a mark only
        \"{3} (?: [^\\] | \\. )*? \"{3,5}
      | '{3} .*? '{3,5}
      | " (?: [^"\\] | \\. )* "
      | ' (?: [^'] | '' )* '
      | \#[^\n]*
    )
    | [\[\]{},]
    """,
    re.DOTALL | re.VERBOSE,
)
_TRIVIA = re.compile(r"(?:\s|\#[^\n]*(?:\n|\Z))*")
_NOTE = re.compile(r"[ \t]*\#[^\n]*")
_CLOSES = {"[": "]", "{": "}"}
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Element:
    """An element: what stands before it (blanks, line ends, comments), its text, what follows.

    `after` stands before the comma, `note` is the comment behind it on the same line.
    """

    before: str
    text: str
    after: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A list or table in brackets.

    `comma` tells whether one stands behind the last element, `tail` is what stands before the
    closing bracket; `end` is the place behind that one in the text it was read from.
    """

    opening: str
    elements: tuple[Element, ...]
    comma: bool
    tail: str
    end: int = 0

    @property
    def text(self) -> str:
        """The text that it was read from."""
        return written(self.opening, self.elements, comma=self.comma, tail=self.tail)


def written(opening: str, elements: Iterable[Element], *, comma: bool, tail: str) -> str:
    """Return the text of a list or table."""
    pieces = [opening]
    listed = list(elements)
    for at, one in enumerate(listed):
        mark = "," if comma or at < len(listed) - 1 else ""
        pieces += [one.before, one.text, one.after, mark, one.note]
    return "".join([*pieces, tail, _CLOSES[opening]])


def bracketed(text: str, start: int = 0) -> Bracketed | None:
    """Read what begins with a bracket at `start`; None if nothing closes it, or not rightly."""
    opened = [text[start]]
    elements: list[Element] = []
    done = start + 1
    for part in _PART.finditer(text, start + 1):
        mark = part[0]
        if mark in ("[", "{"):
            opened.append(mark)
            if len(opened) > _DEEPEST:
                return None
        elif mark in ("]", "}"):
            if _CLOSES[opened.pop()] != mark:
                return None
            if not opened:
                last = _element(text[done : part.start()])
                comma = bool(elements)
                if last.text:
                    note = _NOTE.match(last.after)
                    shown = note[0] if note else ""
                    elements.append(Element(last.before, last.text, "", shown))
                    return Bracketed(
                        text[start], tuple(elements), False, last.after[len(shown) :], part.end()
                    )
                return Bracketed(text[start], tuple(elements), comma, last.before, part.end())
        elif mark == "," and len(opened) == 1:
            one = _element(text[done : part.start()])
            done = part.end()
            note = _NOTE.match(text, done)
            if note:
                done = note.end()
            elements.append(Element(one.before, one.text, one.after, note[0] if note else ""))
    return None


def _element(text: str) -> Element:
    """Split blanks and comments off both ends of an element."""
    found = _TRIVIA.match(text)
    start = found.end() if found else 0
    end = len(text)
    for part in _PART.finditer(text, start):
        if part[0].startswith("#"):
            end = part.start()
            break
    end = start + len(text[start:end].rstrip())
    return Element(text[:start], text[start:end], text[end:])


def toml_1_0(text: str) -> str:
    """Return TOML with the inline tables that stand on several lines (TOML 1.1) on one each.

    Line ends inside are taken out, so lines below count fewer; Hugo reads 1.1, Python 1.0.
    """
    pieces: list[str] = []
    done = 0
    open_tables: list[str] = []
    for part in _PART.finditer(text):
        mark = part[0]
        within = "{" in open_tables
        if within:
            gap = text[done : part.start()].replace("\n", " ")
            pieces.append(gap)
            if mark.startswith("#"):
                mark = ""
            elif mark == "}" and pieces:
                _drop_comma(pieces)
        else:
            pieces.append(text[done : part.start()])
        if mark in ("[", "{"):
            open_tables.append(mark)
        elif mark in ("]", "}") and open_tables:
            open_tables.pop()
        pieces.append(mark)
        done = part.end()
    pieces.append(text[done:])
    return "".join(pieces)


def _drop_comma(pieces: list[str]) -> None:
    """Take out a comma behind which only blanks stand."""
    at = len(pieces) - 1
    while at >= 0 and not pieces[at].strip():
        at -= 1
    if at >= 0 and pieces[at] == ",":
        pieces[at] = ""
