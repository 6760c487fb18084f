"""Lines that define what links by reference lead to: `[name]: https://…` shows nothing itself."""

import re

DEFINITION = re.compile(r" {0,3}\[([^\[\]]{1,200})\]:[ \t]*<?(https?://[^\s<>]+)>?", re.I)
_TITLE = r"\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)"
_ALONE = re.compile(rf"{DEFINITION.pattern}(?:\s+(?P<title>{_TITLE}))?\s*\Z", re.I)
_TITLE_BELOW = re.compile(rf"\s*(?:{_TITLE})\s*\Z")


def only_defines(text: str) -> bool:
    """Return whether a text has definitions alone, their titles behind or below them."""
    lines = [line for line in text.split("\n") if line.strip()]
    is_below = False
    for line in lines:
        if found := _ALONE.match(line):
            is_below = found["title"] is None
        elif is_below and _TITLE_BELOW.match(line):
            is_below = False
        else:
            return False
    return bool(lines)
