"""The `notes` key of site.yml: what short notes for podcast apps leave out, and what they keep."""

from dataclasses import dataclass

from bot.core.profile.expression import Expression
from bot.core.profile.yaml_nodes import Value, one_line

MOST = 1_000_000
"""The highest limit that a profile may name, in characters."""


@dataclass(frozen=True, slots=True)
class LineRule:
    """What to replace in each line that is kept; a line of which nothing is left goes."""

    match: Expression
    replace: str


@dataclass(frozen=True, slots=True)
class NotesRules:
    """How short notes are made of an episode's file.

    `limit` counts the characters of their HTML, without line breaks and title; 0: none.
    `leave_out` finds headings whose sections are left out, `keep` finds addresses of links that
    are cut last.
    """

    limit: int = 0
    leave_out: tuple[Expression, ...] = ()
    keep: tuple[Expression, ...] = ()
    lines: tuple[LineRule, ...] = ()


def read_notes(value: Value) -> NotesRules:
    """Read the value of `notes`; raise ProfileError for what is wrong in it."""
    keys = value.mapping(("limit", "leave_out", "keep", "lines"))
    return NotesRules(
        limit=_limit(keys["limit"]) if "limit" in keys else 0,
        leave_out=_expressions(keys.get("leave_out")),
        keep=_expressions(keys.get("keep")),
        lines=tuple(map(_line_rule, keys["lines"].entries())) if "lines" in keys else (),
    )


def _limit(value: Value) -> int:
    text = value.text()
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= MOST and len(text) <= 9):
        value.fail("limit", value=one_line(text), most=MOST)
    return int(text)


def _expressions(value: Value | None) -> tuple[Expression, ...]:
    return tuple(entry.expression() for entry in value.entries()) if value else ()


def _line_rule(value: Value) -> LineRule:
    keys = value.mapping(("match", "replace"))
    match = value.required(keys, "match").expression()
    replace = value.required(keys, "replace")
    check_replacement(match, replace)
    return LineRule(match, replace.text())


def check_replacement(match: Expression, replace: Value) -> None:
    """Raise ProfileError where a replacement names a group that its expression does not have."""
    if fault := match.fault_of(replace.text(1_000)):
        replace.fail("replace", cause=one_line(fault))
