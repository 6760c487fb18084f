"""What is wrong with an episode's file, as far as it can be told without the web."""

import re
from collections.abc import Iterator, Sequence

from bot.core.chapters.heading_time import HeadingTime
from bot.core.chapters.read import read_chapters
from bot.core.check.fault import Fault
from bot.core.check.front_matter import front_matter_faults
from bot.core.check.liquid import liquid_faults
from bot.core.check.mark_up import bare_lines, mark_up_faults, uncoded_lines
from bot.core.document.list_marks import ITEM_MARK
from bot.core.document.pieces import links_in
from bot.core.front_matter.region import FrontMatter, front_matter
from bot.core.profile.publish_rules import PublishRules
from bot.core.publication.checks import left_over

_NO_LIQUID = re.compile(r"^render_with_liquid[ \t]*:[ \t]*false\b", re.M)
_BULLET = re.compile(rf"([ \t]*){ITEM_MARK}[ \t]+(.*)")
_RULER = re.compile(r"---[ \t]*")

MOST = 500
"""Faults that are told of one file."""


def file_faults(
    text: str,
    *,
    rules: PublishRules | None = None,
    times: HeadingTime | None = None,
    is_jekyll: bool = False,
) -> list[Fault]:
    """Return what is wrong with a file, by its lines: words left over, times as a site has them."""
    lines = text.removeprefix("\ufeff").split("\n")
    front = front_matter(text)
    height = front.height if front else 0
    body, faults = bare_lines([line.rstrip("\r") for line in lines[height:]])
    faults = [Fault(one.line + height, one.what, one.values) for one in faults]
    faults += front_matter_faults(text)
    if is_jekyll:
        faults += _jekyll_faults(lines, front)
    faults += mark_up_faults(body, height + 1)
    faults += _doubled(body, height + 1)
    faults += [
        Fault(one.line, "left-over", {"words": one.name})
        for one in left_over(lines, rules or PublishRules(), most=MOST)
    ]
    faults += [
        Fault(one.line, f"time-{one.what}", {"time": one.time, "other": one.other})
        for one in read_chapters(text, times).faults
        if one.what != "none"
    ]
    return sorted(faults, key=lambda one: (one.line, one.what))[:MOST]


def _jekyll_faults(lines: Sequence[str], front: FrontMatter | None) -> Iterator[Fault]:
    """Yield what breaks for Jekyll alone, which reads Liquid in every page with front matter."""
    if front is not None and not _NO_LIQUID.search(front.text):
        shown, _ = uncoded_lines([line.rstrip("\r") for line in lines[front.height :]])
        yield from liquid_faults(shown, front.height + 1)
    is_ruled = front is None and _RULER.fullmatch(lines[0].rstrip("\r")) is not None
    if is_ruled and any(_RULER.fullmatch(line.rstrip("\r")) for line in lines[1:]):
        yield Fault(1, "front-matter-no-keys")


def links_by_line(text: str) -> list[tuple[int, str]]:
    """Return the addresses of all links in the body of a file, each with its line, from 1."""
    front = front_matter(text)
    height = front.height if front else 0
    lines = text.removeprefix("\ufeff").split("\n")
    body, _ = bare_lines([line.rstrip("\r") for line in lines[height:]])
    return [
        (number, link.url)
        for number, line in enumerate(body, height + 1)
        if "://" in line
        for link in links_in(line)
    ]


def _doubled(lines: Sequence[str], first: int) -> Iterator[Fault]:
    """Yield the bullets of a link whose link has a bullet above already.

    A sentence, or what is said below a bullet, may well name a link once more.
    """
    seen: dict[str, int] = {}
    for at, words in _bullets(lines):
        if words.startswith(("[", "<http", "http")) and (links := links_in(words)):
            before = seen.setdefault(links[0].canonical, first + at)
            if before != first + at:
                yield Fault(first + at, "doubled", {"url": links[0].url[:200], "line": before})


def _bullets(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the bullets that stand below no other, each with its place."""
    outer: int | None = None
    for at, line in enumerate(lines):
        found = _BULLET.match(line)
        if found is not None:
            indent = len(found[1].expandtabs(4))
            outer = indent if outer is None else min(outer, indent)
            if indent == outer:
                yield at, found[2]
        elif line and not line[0].isspace():
            outer = None
