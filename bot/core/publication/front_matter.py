"""Set keys of a file's front matter; all else stays, to the byte."""

import json
import re
from collections.abc import Mapping

from bot.core.document.pieces import lines_of
from bot.core.front_matter.comment import comment_behind
from bot.core.front_matter.region import Format, FrontMatter, front_matter
from bot.core.render.escape import yaml

_BARE = re.compile(r"(?!.*: )[A-Za-z0-9_/.][\w/.:@ -]*(?<![ :])", re.ASCII)
_WORDS = re.compile(r"true|false|-?(?:0|[1-9]\d{0,14})", re.ASCII)
"""What JSON and TOML write without quotes."""

_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"")
_DAY = re.compile(r"[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])", re.ASCII)


def with_keys(text: str, values: Mapping[str, str | None]) -> str:
    """Return a file with these values at the top level of its front matter; None takes a key out.

    A value is written as the one before it was, in quotes or bare, and a comment behind that stays;
    a new key stands at the end. A file without front matter stays as it is.
    """
    front = front_matter(text)
    if front is None:
        return text
    lines = lines_of(text)
    last = front.height - 1  # the ruler, or the line of JSON's closing brace
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    inside = lines[front.first or 1 : last]
    for name, value in values.items():
        inside = _with_key(inside, name, value, front, ending)
    if front.format == "json":
        inside = _with_commas(inside, ending)
    return "".join([*lines[: front.first or 1], *inside, *lines[last:]])


def _with_key(
    inside: list[str], name: str, value: str | None, front: FrontMatter, ending: str
) -> list[str]:
    start = _start(inside, name, front.format)
    if start is None:
        place = _end_of_keys(inside, front.format)
        made = [] if value is None else [_line(name, value, "", front.format) + ending]
        return [*inside[:place], *made, *inside[place:]]
    end = _end(inside, start, front.format)
    if value is None:
        return [*inside[:start], *inside[end:]]
    before = inside[start].rstrip("\r\n")
    comment = comment_behind(before, front.format) if end == start + 1 else ""
    made = [_line(name, value, before, front.format) + comment + ending]
    return [*inside[:start], *made, *inside[end:]]


def _start(inside: list[str], name: str, form: Format) -> int | None:
    key = re.escape(name)
    pattern = {
        "yaml": rf"(?:{key}|\"{key}\"|'{key}')[ \t]*:(?:[ \t\r\n]|\Z)",
        "toml": rf"(?:{key}|\"{key}\")[ \t]*=",
        "json": rf"[ \t]*\"{key}\"[ \t]*:",
    }[form]
    top = inside[: _end_of_keys(inside, form)]
    return next((at for at, line in enumerate(top) if re.match(pattern, line)), None)


def _end_of_keys(inside: list[str], form: Format) -> int:
    """Return where the keys of the top level end: TOML's tables take in all that follows them."""
    if form != "toml":
        return len(inside)
    return next((at for at, line in enumerate(inside) if line.startswith("[")), len(inside))


def _end(inside: list[str], start: int, form: Format) -> int:
    """Return the line behind a key's value."""
    if form == "yaml":
        end = start + 1
        while end < len(inside) and re.match(r"[ \t]+\S|-(?:[ \t\r\n]|\Z)", inside[end]):
            end += 1
        return end
    depth = 0
    for at in range(start, len(inside)):
        depth += _opened(inside[at])
        if depth <= 0:
            return at + 1
    return len(inside)


def _opened(line: str) -> int:
    """Return how many brackets more a line opens than it closes, but for those in quotes."""
    bare = _QUOTED.sub("", line)
    return sum(bare.count(mark) for mark in "[{") - sum(bare.count(mark) for mark in "]}")


def _line(name: str, value: str, before: str, form: Format) -> str:
    quoted = json.dumps(value, ensure_ascii=False)
    was_quoted = re.search(r"[:=]\s*[\"']", before) is not None
    if form == "json":
        shown = value if _WORDS.fullmatch(value) and not was_quoted else quoted
        indent = before[: len(before) - len(before.lstrip())] or "  "
        return f"{indent}{json.dumps(name, ensure_ascii=False)}: {shown},"
    if form == "toml":
        is_bare = _WORDS.fullmatch(value) or _DAY.fullmatch(value)
        return f"{name} = {value if is_bare and not was_quoted else quoted}"
    old = before.partition(":")[2].strip()
    bare = _BARE.fullmatch(value) is not None and old[:1] not in ('"', "'")
    return f"{name}: {value if bare else yaml(value)}"


def _with_commas(inside: list[str], ending: str) -> list[str]:
    """Put a comma behind every member of JSON but the last."""
    places = [at for at, line in enumerate(inside) if line.strip()]
    made = list(inside)
    depth = 0
    for place in places:
        depth += _opened(made[place])
        if depth == 0:
            line = made[place].rstrip("\r\n").rstrip().removesuffix(",")
            made[place] = line + ("" if place == places[-1] else ",") + ending
    return made
