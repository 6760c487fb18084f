"""What somebody noted behind a value of YAML or TOML, on its line."""

import re
from collections.abc import Mapping

from bot.core.front_matter.region import Format

_COMMENTED: Mapping[Format, re.Pattern[str]] = {
    "yaml": re.compile(
        r"""[^:]+:(?:[ \t]+(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#|>\[{][^ \t\n]*"""
        r"""(?:[ \t]+[^ \t\n#][^ \t\n]*)*))?[ \t]+(#.*)"""
    ),
    "toml": re.compile(
        r"""[^=]+=[ \t]*(?:"(?:[^"\\]|\\.)*"[ \t]*|'[^']*'[ \t]*|[^\s"'#\[{][^#]*)(#.*)"""
    ),
}
"""A key with a value that ends on its line, in quotes or bare, and the comment behind it."""


_ADDED = re.compile(r"[ \t]+#")


def comment_behind(line: str, form: Format) -> str:
    """Return the comment behind a key's value, with the blanks before it; "" without one."""
    pattern = _COMMENTED.get(form)
    found = pattern.match(line) if pattern else None
    return line[len(line[: found.start(1)].rstrip(" \t")) :] if found else ""


def with_other_comment(base: str, newer: str, other: str, form: Format) -> str:
    """Return a key with its newer value and what the other side made of the comment behind it.

    In a value of several lines, a comment that the other side put behind one of them is put there;
    one that changed with the value stays as it is.
    """
    if any("\n" in text for text in (base, newer, other)):
        return _with_comments(base, newer, other)
    old, own, theirs = (comment_behind(text, form) for text in (base, newer, other))
    return newer[: len(newer) - len(own)] + theirs if own.strip() == old.strip() else newer


def _with_comments(base: str, newer: str, other: str) -> str:
    """Return lines with the comments that the other side put behind some of them."""
    olds, lines, others = (text.split("\n") for text in (base, newer, other))
    for at, (old, one) in enumerate(zip(olds, others, strict=False)):
        bare = old.rstrip()
        if one == old or not (one.startswith(bare) and _ADDED.match(one, len(bare))):
            continue
        place = at if len(lines) == len(olds) and lines[at] not in olds else -1
        if olds.count(old) == lines.count(old) == 1:
            place = lines.index(old)
        if place >= 0 and "#" not in lines[place]:
            lines[place] = lines[place].rstrip() + one[len(bare) :]
    return "\n".join(lines)
