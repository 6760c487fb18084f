"""Who can star in an episode, as a site's profile names them."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.profile.yaml_nodes import Value, one_line

_KEYS = ("name", "called", "url", "discord", "slack")
_FREE = re.compile(r"[A-Za-z_]\w{0,40}")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who can star in an episode; `discord` and `slack` are user ids.

    `more` is what else the site's templates want to know, such as `twitter`.
    """

    name: str
    called: str | None = None
    url: str | None = None
    discord: str | None = None
    slack: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    def fields(self) -> dict[str, str]:
        """Return what is set of the member, as templates see it."""
        pairs = ((name, getattr(self, name)) for name in _KEYS)
        return {**self.more, **{name: value for name, value in pairs if value is not None}}


def read_members(value: Value) -> tuple[Member, ...]:
    """Read `members`; names and ids must differ."""
    members: list[Member] = []
    seen: set[tuple[str, str]] = set()
    for entry in value.entries():
        member = _member(entry)
        for kind in ("name", "discord", "slack"):
            mark = (kind, member.fields().get(kind, ""))
            if mark[1] and mark in seen:
                entry.fail("member-twice", value=one_line(mark[1]))
            seen.add(mark)
        members.append(member)
    return tuple(members)


def _member(value: Value) -> Member:
    keys = {name: key for name, key in value.mapping().items() if not key.is_null}
    value.required(keys, "name")
    for name, key in keys.items():
        near = difflib.get_close_matches(name, _KEYS, 1, 0.7)
        if name not in _KEYS and near:  # a slip, rather than a key of the site's own
            key.fail("unknown-near", key=one_line(name, 40), near=near[0])
        if not _FREE.fullmatch(name):
            key.fail("unknown", key=one_line(name, 40), known=", ".join(_KEYS))
    texts = {name: key.text(1_000) for name, key in keys.items()}
    known = {name: text for name, text in texts.items() if name in _KEYS}
    return Member(**known, more={name: text for name, text in texts.items() if name not in _KEYS})
