"""People at random who do to a file what real ones do, and `people` does not.

They write below bullets and behind links, paste embeds, leave out blank lines, take out whole
sections and put others into an order of their own.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from random import Random

from tests.simulation.people import BULLET, HEADING, body_start

SECTION = re.compile(r"^### ")
LINK = re.compile(r"^(?: *- ).*\[[^\]]*\]\(https://[^)]*\)")
TEMPLATE = ("t.example", "### Notification")

Lines = list[str]
New = Callable[[], str]


def change_more(text: str, random: Random, new: New) -> str:
    """Return the file after one thing that somebody did to it; `new` gives a word."""
    lines = text.split("\n")
    way = random.choice(
        (_below, _below, _behind, _behind, _pasted, _pasted, _tight, _loose, _section_out,
         _heading_out, _sections, _referred, _paragraph_out, _second_heading)
    )  # fmt: skip
    return "\n".join(way(lines, body_start(lines), random, new))


def _pick(lines: Lines, start: int, pattern: re.Pattern[str], random: Random) -> int | None:
    """Pick a line of those that are not the template's."""
    found = [
        at
        for at in range(start, len(lines))
        if pattern.match(lines[at]) and not any(one in lines[at] for one in TEMPLATE)
    ]
    return random.choice(found) if found else None


def _end(lines: Lines, at: int) -> int:
    """Return where a bullet with what is below it ends."""
    end = at + 1
    while end < len(lines) and lines[end].startswith("  "):
        end += 1
    return end


def _below(lines: Lines, start: int, random: Random, new: New) -> Lines:
    """Write something below a bullet, on whose text column it stands."""
    at = _pick(lines, start, BULLET, random)
    if at is None:
        return lines
    below = random.choice(
        (
            ["  words {}"],
            ["  - [Title {}](https://p.example/{})"],
            ["  - [Title {}](https://p.example/{})", "    - [Title {}](https://p.example/{})"],
            ["    >quoted {}"],
            ["  see [Title {}](https://p.example/{})"],
            ["", "  A paragraph {}.", ""],
        )
    )
    below = [re.sub(r"\{\}", lambda _: new(), line) for line in below]
    end = _end(lines, at) if random.randrange(2) else at + 1
    if not below[0].lstrip().startswith(("-", ">")) and below[0]:
        lines[end - 1] = f"{lines[end - 1].rstrip()}  "
    return [*lines[:end], *below, *lines[end:]]


def _behind(lines: Lines, start: int, random: Random, new: New) -> Lines:
    """Write words, a second link or a tag before or behind a link."""
    at = _pick(lines, start, LINK, random)
    if at is None:
        return lines
    mark, rest = re.match(r"( *- )(.*)", lines[at]).groups()
    rest = rest.rstrip()
    lines[at] = mark + random.choice(
        (
            f"{rest} words {new()}",
            f"{rest} ({new()})",
            f"{new()}: {rest}",
            f"See {rest}, says {new()}.",
            f"{rest} ([Title {new()}](https://p.example/{new()}))",
            f"{rest} {{% include {new()}.html %}}",
            f"**{rest}** {new()}",
            f"[ ] {rest} {new()}",
        )
    )
    return lines


def _pasted(lines: Lines, start: int, random: Random, new: New) -> Lines:
    """Paste an embed or the like behind a bullet, with a blank line or without."""
    at = _pick(lines, start, BULLET, random)
    if at is None:
        return lines
    block = random.choice(
        (
            [
                f'<blockquote class="tweet"><p lang="ja">{new()}</p>&mdash; <a '
                f'href="https://p.example/{new()}">May 1</a></blockquote> <script async></script>'
            ],
            ["<details>", f"<summary>{new()}</summary>", "", f"Words {new()}.", "</details>"],
            ["<details>", f"- [Title {new()}](https://p.example/{new()})", "</details>"],
            [f"![Title {new()}](https://p.example/{new()})"],
            [f"<!-- {new()} -->"],
            [f"$$ x = {new()} $$"],
            ["* star " + new(), "* star " + new()],
            ["1. one " + new(), "   - two " + new()],
        )
    )
    end = _end(lines, at)
    before = [""] if random.randrange(4) else []
    after = [""] if end < len(lines) and lines[end] and random.randrange(4) else []
    return [*lines[:end], *before, *block, *after, *lines[end:]]


def _tight(lines: Lines, start: int, random: Random, new: New) -> Lines:
    """Leave out a blank line around a heading, as happens."""
    found = [
        at
        for at in range(start, len(lines) - 1)
        if not lines[at] and (HEADING.match(lines[at + 1]) or HEADING.match(lines[at - 1]))
        and not any(one in lines[at + 1] + lines[at - 1] for one in TEMPLATE)
    ]  # fmt: skip
    if found:
        del lines[random.choice(found)]
    return lines


def _loose(lines: Lines, start: int, random: Random, new: New) -> Lines:
    """Put a blank line between two bullets, or blanks at the end of one."""
    at = _pick(lines, start, BULLET, random)
    if at is None:
        return lines
    if random.randrange(3) == 0:
        lines[at] += " "
    elif BULLET.match(lines[at - 1]):
        lines.insert(at, "")
    return lines


def _sections_of(lines: Lines, start: int) -> list[tuple[int, int]]:
    """Return where the topics begin and end, up to what the template has."""
    heads = [at for at in range(start, len(lines)) if SECTION.match(lines[at])]
    return [
        (at, end) for at, end in pairwise([*heads, len(lines)]) if "Notification" not in lines[at]
    ]


def _section_out(lines: Lines, start: int, random: Random, new: New) -> Lines:
    """Take out a topic with all that is in it."""
    found = _sections_of(lines, start)
    if found and not random.randrange(2):
        at, end = random.choice(found)
        del lines[at:end]
    return lines


def _heading_out(lines: Lines, start: int, random: Random, new: New) -> Lines:
    """Take out a heading alone: what is in it falls to the topic before."""
    at = _pick(lines, start, HEADING, random)
    if at is not None:
        del lines[at : at + (1 if random.randrange(2) or lines[at + 1 : at + 2] != [""] else 2)]
    return lines


def _sections(lines: Lines, start: int, random: Random, new: New) -> Lines:
    """Put all topics that stand one behind the other into another order."""
    found = _sections_of(lines, start)
    gap = next((n for n, (one, other) in enumerate(pairwise(found)) if one[1] != other[0]), None)
    together = found if gap is None else found[: gap + 1]
    if not together:
        return lines
    first, last = together[0][0], together[-1][1]
    blocks = [lines[at:end] for at, end in together]
    random.shuffle(blocks)
    return [*lines[:first], *(line for block in blocks for line in block), *lines[last:]]


def _referred(lines: Lines, start: int, random: Random, new: New) -> Lines:
    """Write a footnote or a reference to a bullet, and what it stands for at the end."""
    at = _pick(lines, start, BULLET, random)
    if at is None:
        return lines
    key = new()
    if random.randrange(2):
        lines[at] = f"{lines[at].rstrip()}[^{key}]"
        ending = f"[^{key}]: words {new()}"
    else:
        lines[at] = f"{lines[at].rstrip()} [words {new()}][{key}]"
        ending = f"[{key}]: https://p.example/{new()}"
    end = len(lines) - 1 if lines[-1] == "" else len(lines)
    return [*lines[:end], "", ending, *lines[end:]]


def _paragraph_out(lines: Lines, start: int, random: Random, new: New) -> Lines:
    """Take out a paragraph, or one line of it."""
    at = _pick(lines, start, re.compile(r"^[A-Z>].*\bp\d{4}\b"), random)
    if at is not None:
        del lines[at]
    return lines


def _second_heading(lines: Lines, start: int, random: Random, new: New) -> Lines:
    """Put a heading in between the bullets of a topic, or one of a higher level above it."""
    if random.randrange(2):
        at, mark = _pick(lines, start, HEADING, random), "##"
    else:
        at, mark = _pick(lines, start, BULLET, random), random.choice(("###", "####"))
    if at is None:
        return lines
    return [*lines[:at], "", f"{mark} Part {new()}", "", *lines[at:]]
