"""People at random who make another kind of line of one: what was a bullet is a paragraph."""

import re
from collections.abc import Callable
from random import Random

from tests.simulation.people import body_start

ALONE = re.compile(r"^- (?:bullet|\[|<|Title)?.*\b[hx]\d{4}\b")
HEADING = re.compile(r"^#{3,4} (?!Notification)(.*)$")
PARAGRAPH = re.compile(r"^(?:> )?[A-Za-z\[<].*\b[hx]\d{4}\b")

Lines = list[str]


def change_kind(text: str, random: Random, new: Callable[[], str]) -> str:
    """Return the file after somebody made another kind of line of one; `new` gives a word."""
    lines = text.split("\n")
    start = body_start(lines)
    way = random.choice((_of_bullet, _of_bullet, _of_bullet, _of_paragraph, _of_heading))
    return "\n".join(way(lines, start, random, new))


def _pick(lines: Lines, start: int, pattern: re.Pattern[str], random: Random) -> int | None:
    """Pick a line below which nothing of its own stands."""
    found = [
        at
        for at in range(start, len(lines))
        if pattern.match(lines[at]) and not (lines[at + 1 : at + 2] or [""])[0].startswith(" ")
    ]
    return random.choice(found) if found else None


def _of_bullet(lines: Lines, start: int, random: Random, new: Callable[[], str]) -> Lines:
    at = _pick(lines, start, ALONE, random)
    if at is None:
        return lines
    words = lines[at][2:]
    first, _, rest = words.partition(" ")
    below = lines[at - 1].startswith("- ") and "mail]" not in lines[at - 1]  # the template's
    ways = [
        ["", words, ""],
        ["", f"So {words}, says {new()}.", ""],
        ["", f"> {words}", ""],
        [f"1. {words}"],
        ["", f"#### {words}", ""],
    ]
    if rest:
        ways.append([f"- {first}", f"  {rest}"])
    if "](" not in words and rest:
        ways.append([f"- {first}", f"- {rest}"])
    if below:
        ways.append([f"  - {words}"])
    if below and random.randrange(len(ways) + 1) == 0:
        return [*lines[: at - 1], f"{lines[at - 1]} and {words}", *lines[at + 1 :]]
    return [*lines[:at], *random.choice(ways), *lines[at + 1 :]]


def _of_paragraph(lines: Lines, start: int, random: Random, new: Callable[[], str]) -> Lines:
    at = _pick(lines, start, PARAGRAPH, random)
    if at is None or lines[at - 1] != "" or (lines[at + 1 : at + 2] or [""])[0] != "":
        return lines
    words = lines[at].removeprefix("> ")
    way = random.choice(([f"- {words}"], [f"> {words}"], [f"#### {words}"], [f"- {new()} {words}"]))
    return [*lines[:at], *way, *lines[at + 1 :]]


def _of_heading(lines: Lines, start: int, random: Random, new: Callable[[], str]) -> Lines:
    at = _pick(lines, start, HEADING, random)
    if at is None or random.randrange(2):
        return lines
    words = HEADING.match(lines[at])[1]
    return [*lines[:at], *random.choice(([f"- {words}"], ["", words, ""])), *lines[at + 1 :]]
