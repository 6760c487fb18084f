"""Mentions of ours, told apart from what only looks like one in a title, a name or a message.

They stand between two control characters that no text from elsewhere keeps, and become a mention
where a platform's answer is drawn; all else in it is escaped there.
"""

import re
from collections.abc import Iterable

OPEN, CLOSE = "\x02", "\x03"

MENTION = re.compile(f"{OPEN}(?P<kind>[#&@])(?P<id>[A-Za-z0-9]+){CLOSE}")
"""A mention in a text: of a channel (#), a role or group (&), or a person (@)."""

_STRAY = re.compile(f"[{OPEN}{CLOSE}]")


class Mention(str):
    """A text made of mentions alone, which `say` takes as it is."""

    __slots__ = ()


def channels(identities: Iterable[object]) -> Mention:
    """Return mentions of channels, by their ids, with blanks between them."""
    return Mention(" ".join(f"{OPEN}#{one}{CLOSE}" for one in identities))


def channel(identity: object) -> Mention:
    """Return a mention of a channel."""
    return channels([identity])


def hosts(roles: Iterable[str], people: Iterable[str]) -> Mention:
    """Return mentions of roles (or groups) and people, with blanks between them."""
    named = [*(f"&{one}" for one in roles), *(f"@{one}" for one in people)]
    return Mention(" ".join(f"{OPEN}{one}{CLOSE}" for one in named))


def bare(text: str) -> str:
    """Return a text without anything that could be taken for a mention of ours."""
    return _STRAY.sub("", text) if OPEN in text or CLOSE in text else text


def untyped(text: str) -> str:
    """Return a text for where there are no mentions: a terminal, a log."""
    return bare(MENTION.sub(lambda found: f"{found['kind']}{found['id']}", text))
