"""YAML's blocks as a tree: mappings by key, lists by entry; all else are values.

What stands in no block style (in brackets, quotes, or a text of several lines) is one value.
"""

import re
from collections.abc import Sequence

from bot.core.front_matter.tree import Node, NumberedLine, is_trivia

_KEY = re.compile(
    r"(\"[^\"]*\"|'[^']*'|[^\s#'\"\-\[\]{}&*!|>%@`][^:#]*?|-[^\s:][^:]*?)\s*:(?:\s+|\Z)"
)
_ITEM = re.compile(r"-(?:\s+|\Z)")
_NOTHING = re.compile(r"(?:[&!]\S*\s*)*(?:#.*)?\Z")
_DEEPEST = 30


def yaml_tree(lines: Sequence[NumberedLine]) -> tuple[Node, ...]:
    """Read the keys at the left margin; a line that is no key goes on with the one above."""
    return _mapping(lines, 0, 0)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _mapping(lines: Sequence[NumberedLine], column: int, depth: int) -> tuple[Node, ...]:
    entries: list[Node] = []
    lead: list[NumberedLine] = []
    at = 0
    while at < len(lines):
        if is_trivia(lines[at].text):
            lead.append(lines[at])
            at += 1
            continue
        found = _key_at(lines[at].text, column)
        end = _end(lines, at, column, has_items=found is not None)
        if found is None:
            entries.append(Node("", lead=tuple(lead), own=tuple(lines[at:end])))
        else:
            entries.append(_key(found, tuple(lead), lines[at:end], column, depth))
        lead = []
        at = end
    return (*entries, Node("", own=tuple(lead))) if lead else tuple(entries)


def _key_at(text: str, column: int) -> re.Match[str] | None:
    return _KEY.match(text, column) if _indent(text) == column else None


def _end(lines: Sequence[NumberedLine], at: int, column: int, *, has_items: bool) -> int:
    """Return the line behind all that is indented below a line; `- ` may stand at its column."""
    end = at + 1
    for number in range(at + 1, len(lines)):
        text = lines[number].text
        if not text.strip():
            continue
        indent = _indent(text)
        is_item = has_items and indent == column and _ITEM.match(text, column) is not None
        if indent > column or is_item:
            end = number + 1
        elif not text.lstrip().startswith("#"):
            break
    return end


def _key(
    found: re.Match[str],
    lead: tuple[NumberedLine, ...],
    lines: Sequence[NumberedLine],
    column: int,
    depth: int,
) -> Node:
    name = found[1].strip("\"'")
    whole = Node(name, lead=lead, own=tuple(lines))
    if depth > _DEEPEST or not _NOTHING.match(lines[0].text, found.end()):
        return whole
    below = lines[1:]
    first = next((line.text for line in below if not is_trivia(line.text)), None)
    if first is None:
        return whole
    inside = _indent(first)
    if _ITEM.match(first, inside):
        return Node(name, "list", lead, (lines[0],), _list(below, inside, depth + 1))
    if inside > column and _KEY.match(first, inside):
        return Node(name, "mapping", lead, (lines[0],), _mapping(below, inside, depth + 1))
    return whole


def _list(lines: Sequence[NumberedLine], column: int, depth: int) -> tuple[Node, ...]:
    entries: list[Node] = []
    lead: list[NumberedLine] = []
    at = 0
    while at < len(lines):
        text = lines[at].text
        if is_trivia(text):
            lead.append(lines[at])
            at += 1
            continue
        end = _end(lines, at, column, has_items=False)
        entries.append(_item(tuple(lead), lines[at:end], column, depth))
        lead = []
        at = end
    return (*entries, Node("", own=tuple(lead))) if lead else tuple(entries)


def _item(
    lead: tuple[NumberedLine, ...], lines: Sequence[NumberedLine], column: int, depth: int
) -> Node:
    text = lines[0].text
    mark = _ITEM.match(text, column) if _indent(text) == column else None
    if mark is None or depth > _DEEPEST or not _KEY.match(text, mark.end()):
        return Node("", lead=lead, own=tuple(lines))
    first = NumberedLine(f"{text[:column]} {text[column + 1 :]}", lines[0].line)
    children = _mapping([first, *lines[1:]], mark.end(), depth + 1)
    return Node("", "mapping", lead, (), children, dash=column)
