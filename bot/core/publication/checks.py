"""What is missing of an episode before it can be published."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.core.chapters.heading_time import HeadingTime
from bot.core.chapters.read import read_chapters
from bot.core.document.pieces import lines_of
from bot.core.front_matter.values import Scalar, Value, values_in
from bot.core.profile.publish_rules import PublishRules

LEFT_OVER = re.compile(r"(?<![A-Za-z])(?:XXX|TODO|FIXME|TBD)(?![A-Za-z])|[○◯〇]{2,}")
"""Words that stand for what is still to be written, where a profile names no others."""

MOST = 20
"""Things that are told at once."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A thing that is missing: `what` names a text of bot/texts/publish.py that the rest fill."""

    what: str
    name: str = ""
    line: int = 0


def missing(
    text: str,
    fields: Mapping[str, object],
    rules: PublishRules,
    *,
    times: HeadingTime | None = None,
    dead: Collection[str] = (),
    has_picture: bool = False,
) -> list[Missing]:
    """Return what is missing of the file of an episode, in the order in which it stands there.

    `dead` are addresses of which it is known that nothing is there any more.
    """
    found = [
        Missing("field", name)
        for name in rules.required
        if name not in ("player", "times", "picture") and not fields.get(name)
    ]
    if "picture" in rules.required and not has_picture:
        found.append(Missing("picture"))
    values = values_in(text)
    if rules.player and "player" in rules.required and _is_empty(values.get(rules.player)):
        found.append(Missing("player", rules.player))
    found += _times(text, times, needed="times" in rules.required)
    found += left_over(lines_of(text), rules)
    found += [Missing("dead", url) for url in sorted(dead)]
    return found[:MOST]


def _is_empty(value: Value | None) -> bool:
    """Return whether a player is none: nothing, or an embed that leads nowhere."""
    if not isinstance(value, Scalar):
        return not value
    return not value.text.strip() or re.search(r"\bsrc=([\"'])\s*\1", value.text) is not None


def _times(text: str, times: HeadingTime | None, *, needed: bool) -> list[Missing]:
    reading = read_chapters(text, times)
    faults = [fault for fault in reading.faults if fault.what != "none" or needed]
    return [Missing(f"time-{one.what}", one.time, one.line) for one in faults]


def left_over(lines: Sequence[str], rules: PublishRules, *, most: int = MOST) -> list[Missing]:
    """Return the words that stand for what is still to be written, each with its line."""
    found: list[Missing] = []
    for number, line in enumerate(lines, 1):
        bare = re.sub(r"https?://\S+", "", line)  # an address may hold any word
        match = (
            next((one for rule in rules.leftovers if (one := rule.search(bare))), None)
            if rules.leftovers
            else LEFT_OVER.search(bare)
        )
        if match:
            found.append(Missing("left-over", match[0][:40], number))
        if len(found) >= most:
            break
    return found
