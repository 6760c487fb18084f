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


def comment_behind(line: str, form: Format) -> str:
    """Return the comment behind a key's value, with the blanks before it; "" without one."""
    pattern = _COMMENTED.get(form)
    found = pattern.match(line) if pattern else None
    return line[len(line[: found.start(1)].rstrip(" \t")) :] if found else ""


def with_other_comment(base: str, newer: str, other: str, form: Format) -> str:
    """Return a key with its newer value and what the other side made of the comment behind it.

    A value of several lines, and a comment that changed with the value, stay as they are.
    """
    if any("\n" in text for text in (base, newer, other)):
        return newer
    old, own, theirs = (comment_behind(text, form) for text in (base, newer, other))
    return newer[: len(newer) - len(own)] + theirs if own.strip() == old.strip() else newer
