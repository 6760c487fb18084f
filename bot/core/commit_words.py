"""Words of hosts in a commit's message: GitHub makes mentions, references and links of some."""

import re

JOINER = "\u2060"
"""The word joiner: it shows nothing and breaks no line, but ends what GitHub looks for."""

# https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
_ACTS = re.compile(
    r"(?P<sign>[@#])(?=[\w-])"
    r"|(?P<issue>\b[Gg][Hh])(?=-\d)"
    r"|(?P<scheme>\b[A-Za-z][A-Za-z0-9+.]*:)(?=//)|(?P<www>\b[Ww]{3})(?=\.)"
    r"|(?P<sha>\b[0-9A-Fa-f]{7,}\b)"
)
_SHORT_OF_A_COMMIT = 6


def person(name: str) -> str:
    """Return a name for a trailer, which has an address of its own between angle brackets."""
    return inert(name.translate({ord("<"): "‹", ord(">"): "›"}))


def inert(text: str) -> str:
    """Return words that read as before, and of which GitHub makes nothing in a commit's message."""
    return _ACTS.sub(_joined, text.replace(JOINER, ""))


def _joined(found: re.Match[str]) -> str:
    if not found["sha"]:
        return found[0] + JOINER
    digits, size = found[0], _SHORT_OF_A_COMMIT
    return JOINER.join(digits[at : at + size] for at in range(0, len(digits), size))


def on_one_line(name: str) -> str:
    """Take out of a name what would end its line or the trailer's address."""
    return " ".join("".join(" " if c in "<>" or not c.isprintable() else c for c in name).split())


def mailbox(identity: str) -> str:
    """Return a chat id as the local part of an address."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in identity)
