"""Put the times of markers before the topics of an episode: by name, then by order, if asked."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.core.chapters.clock import short_clock
from bot.core.chapters.heading_time import HeadingTime
from bot.core.chapters.markers import Marker
from bot.core.document.pieces import Piece, lines_of, read
from bot.core.document.plain_text import plain_text
from bot.core.grammar.topic_name import same_name

_HEADING = re.compile(r"(\s{0,3}#{1,6}[ \t　]+)(.*?)([ \t　]*#*[ \t]*)(\r?\n|\r|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TimedTopic:
    """A heading of a file: its line from 0, its time as typed ("" if none) and its title."""

    line: int
    time: str
    title: str

    @property
    def name(self) -> str:
        """The form in which names are the same."""
        return same_name(plain_text(self.title))


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be asked: a marker that may be a renamed topic's, or one of both alone.

    A marker alone was added, a topic alone has lost its marker.
    """

    marker: Marker | None = None
    topic: TimedTopic | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """Which topic gets the time of which marker, for sure, and what has to be asked."""

    sure: tuple[tuple[TimedTopic, Marker], ...]
    questions: tuple[Question, ...] = ()


def topics_of(text: str, times: HeadingTime | None = None) -> list[TimedTopic]:
    """Return the headings of a file, in order."""
    pattern = times or HeadingTime()
    headings = [piece for piece in read(text) if piece.kind == "heading" and _is_atx(piece)]
    return [TimedTopic(one.line, *pattern.split(one.title)) for one in headings]


def matched(topics: Sequence[TimedTopic], markers: Sequence[Marker]) -> Matching:
    """Match topics and markers by name; what is alone between the same neighbours is asked about.

    Of a name that is there several times each gets its marker in order, if there are as many of
    both, or as many as had a time; else it is asked about, too: the first, as far as order tells no
    more.
    """
    named: defaultdict[str, list[int]] = defaultdict(list)
    for number, marker in enumerate(markers):
        named[same_name(marker.name)].append(number)
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for at, topic in enumerate(topics):
        standing[topic.name].append(at)
    sure: dict[int, int] = {}  # the place of a topic, by that of its marker
    for name, numbers in named.items():
        places = standing.get(name, [])
        timed = [at for at in places if topics[at].time]
        for same in (timed, places):
            if len(same) == len(numbers):
                sure |= dict(zip(numbers, same, strict=True))
                break
    questions = _asked(topics, markers, sure)
    pairs = tuple((topics[place], markers[number]) for number, place in sorted(sure.items()))
    return Matching(pairs, tuple(questions))


def _asked(
    topics: Sequence[TimedTopic], markers: Sequence[Marker], sure: Mapping[int, int]
) -> list[Question]:
    """Pair what is left by order, between those that are sure."""
    taken = set(sure.values())
    left = [at for at in range(len(topics)) if at not in taken]
    gaps: defaultdict[tuple[int, int], list[Marker]] = defaultdict(list)
    for number, marker in enumerate(markers):
        if number not in sure:
            after = max((sure[one] for one in sure if one < number), default=-1)
            before = min((sure[one] for one in sure if one > number), default=len(topics))
            gaps[after, before].append(marker)
    questions: list[Question] = []
    for (after, before), alone in gaps.items():
        inside = [at for at in left if after < at < before]
        lost = [at for at in inside if topics[at].time]
        same: list[int | None] = [*(lost or (inside if len(inside) == len(alone) else []))]
        same = same or _by_name(alone, topics, inside)
        for marker, at in zip_longest(alone, same[: len(alone)]):
            questions.append(Question(marker, None if at is None else topics[at]))
            left = [one for one in left if one != at]
    return questions + [Question(topic=topics[at]) for at in left if topics[at].time]


def _by_name(
    markers: Sequence[Marker], topics: Sequence[TimedTopic], places: Sequence[int]
) -> list[int | None]:
    """Return for each marker the first place of a topic with its name, of several that have it."""
    left = list(places)
    found: list[int | None] = []
    for marker in markers:
        name = same_name(marker.name)
        found.append(next((at for at in left if topics[at].name == name), None))
        left = [at for at in left if at != found[-1]]
    return found


def retimed(text: str, times: Mapping[int, int | None], pattern: HeadingTime | None = None) -> str:
    """Return a file whose headings, by their line from 0, have these times (None: no time).

    All else stays as it is, to the byte.
    """
    shape = pattern or HeadingTime()
    lines = lines_of(text)
    for line, at in times.items():
        found = _HEADING.fullmatch(lines[line])
        if found is None:
            continue
        _, title = shape.split(found[2])
        shown = shape.join("" if at is None else short_clock(at), title)
        lines[line] = f"{found[1]}{shown}{found[3]}{found[4]}"
    return "".join(lines)


def with_leading_times(text: str, pattern: HeadingTime) -> str:
    """Return a file in which times stand before titles, as in a topic's name, wherever they stood.

    It has the same lines, and is the same where the pattern is the usual one.
    """
    lines = lines_of(text)
    for topic in topics_of(text, pattern):
        if topic.time and (found := _HEADING.fullmatch(lines[topic.line])):
            lines[topic.line] = f"{found[1]}{topic.time} {topic.title}{found[3]}{found[4]}"
    return "".join(lines)


def _is_atx(piece: Piece) -> bool:
    return _HEADING.fullmatch(piece.text) is not None
