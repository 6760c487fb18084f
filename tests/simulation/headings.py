"""People at random who make headings of bullets, and bullets of headings."""

import re
from collections.abc import Callable
from random import Random

from tests.simulation.people import body_start

SAID = re.compile(r"^- .*\b[hx]\d{4}\b")
HEADING = re.compile(r"^#{3,4} (?!Notification)(.*)$")
TITLED = re.compile(r"^\[([^\]]*)\]\(https://[^)]*\)$")

Lines = list[str]


def change_heading(text: str, random: Random, new: Callable[[], str]) -> str:
    """Return the file after somebody made a heading of a bullet of the chat's, or a bullet of one.

    What stands below the bullet stands below the heading; `new` gives a word.
    """
    lines = text.split("\n")
    way = random.choice((_to_heading, _to_heading, _to_bullet))
    return "\n".join(way(lines, body_start(lines), random, new))


def _to_heading(lines: Lines, start: int, random: Random, new: Callable[[], str]) -> Lines:
    found = [
        at
        for at in range(start, len(lines))
        if SAID.match(lines[at]) and "t.example" not in lines[at]
    ]
    if not found:
        return lines
    at = random.choice(found)
    end = at + 1
    while end < len(lines) and lines[end].startswith("  "):
        end += 1
    words = lines[at][2:]
    link = TITLED.match(words)
    if link and random.randrange(2):
        words = link[1]  # without its address
    if not random.randrange(4):
        words = f"{words} {new()}"
    heading = f"{random.choice(('###', '###', '####'))} {words}"
    below = [line[2:] for line in lines[at + 1 : end]]
    gap = [""] if lines[end : end + 1] != [""] else []
    return [*lines[:at], "", heading, "", *below, *(gap if below else []), *lines[end:]]


def _to_bullet(lines: Lines, start: int, random: Random, new: Callable[[], str]) -> Lines:
    found = [at for at in range(start, len(lines)) if HEADING.match(lines[at])]
    if not found:
        return lines
    at = random.choice(found)
    return [*lines[:at], f"- {HEADING.match(lines[at])[1]}", *lines[at + 1 :]]
