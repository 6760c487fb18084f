"""TOML's statements as a tree: keys, tables, and the lists of tables with what belongs to each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.front_matter.brackets import bracketed
from bot.core.front_matter.tree import Node, NumberedLine, is_trivia

_HEADER = re.compile(r"[ \t]*(\[\[?)([^\[\]#]+)\]\]?[ \t]*(?:#.*)?\Z")
_KEY = re.compile(r"[ \t]*((?:\"[^\"\n]*\"|'[^'\n]*'|[A-Za-z0-9_.\- \t])+?)[ \t]*=[ \t]*")
_LONG_TEXT = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|' r"'''.*?'{3,5}", re.DOTALL)


@dataclass(slots=True)
class _Open:
    """A table that is being read."""

    path: tuple[str, ...]
    lead: tuple[NumberedLine, ...]
    header: NumberedLine
    is_entry: bool
    children: list["Node"] = field(default_factory=list)


def toml_tree(lines: Sequence[NumberedLine]) -> tuple[Node, ...]:
    """Read statements; a line that is none is a value of its own, without a name."""
    job = _Reader()
    at = 0
    while at < len(lines):
        at = job.take(lines, at)
    return job.done()


class _Reader:
    """Puts statements under the tables that they belong to."""

    def __init__(self) -> None:
        self._root = _Open((), (), NumberedLine("", 0), False)
        self._open = [self._root]
        self._lead: list[NumberedLine] = []

    def take(self, lines: Sequence[NumberedLine], at: int) -> int:
        line = lines[at]
        if is_trivia(line.text):
            self._lead.append(line)
            return at + 1
        lead, self._lead = tuple(self._lead), []
        if header := _HEADER.match(line.text):
            self._header(header, lead, line)
            return at + 1
        end, name = _statement(lines, at)
        self._open[-1].children.append(Node(name, lead=lead, own=tuple(lines[at:end])))
        return end

    def _header(
        self, found: re.Match[str], lead: tuple[NumberedLine, ...], line: NumberedLine
    ) -> None:
        path = tuple(part.strip().strip("\"'") for part in found[2].split("."))
        is_entry = found[1] == "[["
        while len(self._open) > 1 and not self._holds(self._open[-1], path):
            self._close()
        self._open.append(_Open(path, lead, line, is_entry))

    def _holds(self, table: _Open, path: tuple[str, ...]) -> bool:
        """Return whether a table belongs to the entry of a list of tables that is open."""
        below = path[: len(table.path)] == table.path and len(path) > len(table.path)
        return below and table.is_entry

    def _close(self) -> None:
        table = self._open.pop()
        above = self._open[-1]
        name = ".".join(table.path[len(above.path) :])
        own, below = (table.header,), tuple(table.children)
        if not table.is_entry:
            above.children.append(Node(name, "mapping", table.lead, own, below, rank=1))
            return
        one = Node("", "mapping", table.lead, own, below, rank=1)
        last = above.children[-1] if above.children else None
        if last is not None and (last.name, last.kind, last.rank) == (name, "list", 1):
            above.children[-1] = Node(name, "list", children=(*last.children, one), rank=1)
        else:
            above.children.append(Node(name, "list", children=(one,), rank=1))

    def done(self) -> tuple[Node, ...]:
        while len(self._open) > 1:
            self._close()
        if self._lead:
            self._root.children.append(Node("", own=tuple(self._lead), rank=2))
        return tuple(self._root.children)


def _statement(lines: Sequence[NumberedLine], at: int) -> tuple[int, str]:
    """Return the line behind a key and its value, and the key's name."""
    text = lines[at].text
    found = _KEY.match(text)
    if found is None:
        return at + 1, ""
    name = found[1].strip("\"'")
    if _value_end(text, found.end()) is not None:
        return at + 1, name
    count = 8
    while True:  # most values that go on do so for a few lines
        whole = "\n".join(line.text for line in lines[at : at + count])
        end = _value_end(whole, found.end())
        if end is not None or at + count >= len(lines):
            return at + 1 + whole.count("\n", 0, end or 0), name
        count *= 4


def _value_end(text: str, start: int) -> int | None:
    """Return the place behind a value that may take several lines; None if it is not closed."""
    if text[start : start + 1] in ("[", "{"):
        value = bracketed(text, start)
        return value.end if value else None
    if text[start : start + 3] in ('"""', "'''"):
        closed = _LONG_TEXT.match(text, start)
        return closed.end() if closed else None
    return start
