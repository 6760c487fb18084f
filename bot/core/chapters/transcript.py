"""A transcript with times, and where in it topics that have no time may begin."""

import json
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from bot.core.chapters.clock import ClockError, read_clock

_ARROW = re.compile(r"\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s+-->\s+\S+", re.ASCII)
_TAG = re.compile(r"</?[a-z][^<>]*>|<[\d:.]+>", re.I)
_LATIN = re.compile(r"[a-z0-9]{2,}")
_OTHER = re.compile(r"[^\W\d_a-zà-ɏ]{2,}")

_BIN = 15_000
"""How finely a topic is placed before the first word of it is looked for, in milliseconds."""

_AHEAD = 6
"""How many bins a topic's words are looked for in: a minute and a half."""

_COMMON = 0.25
"""What part of the bins a word may be in and still tell a topic from another."""

_LEAST = 2.0
"""How many of its words have to be spoken for a topic to be proposed."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words, and the time from which on they are spoken, in milliseconds."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Sought:
    """A topic that is looked for: its place in the file, its words, and its time if it has one."""

    place: int
    title: str
    words: str = ""
    at: int | None = None


def read_transcript(text: str) -> list[Cue] | None:
    """Return the cues of a WebVTT, SRT or JSON transcript, in order; None for anything else.

    JSON is that of the podcast namespace, or Whisper's: `segments` with `startTime` or `start`.
    """
    bare = text.removeprefix("\ufeff").lstrip()
    if bare.startswith("{"):
        cues = _json(bare)
    elif bare.startswith("WEBVTT") or re.match(r"\d+[ \t]*\r?\n\s*\d{1,3}:\d{2}", bare):
        cues = list(_arrows(bare))
    else:
        return None
    return sorted(cues, key=lambda cue: cue.at) if cues is not None else None


def _arrows(text: str) -> Iterator[Cue]:
    for block in re.split(r"(?:\r?\n){2,}", text):
        lines = block.splitlines()
        for number, line in enumerate(lines[:3]):
            if found := _ARROW.match(line):
                words = " ".join(lines[number + 1 :])
                yield Cue(_clock(found[1]), unescape(_TAG.sub("", words)))
                break


def _json(text: str) -> list[Cue] | None:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return None
    segments = read.get("segments") if isinstance(read, dict) else None
    if not isinstance(segments, list):
        return None
    cues = []
    for one in segments:
        start = one.get("startTime", one.get("start")) if isinstance(one, dict) else None
        if isinstance(start, int | float) and 0 <= start < 360_000:
            cues.append(Cue(round(start * 1000), str(one.get("body", one.get("text", "")))))
    return cues


def _clock(text: str) -> int:
    try:
        return read_clock(text)
    except ClockError:
        return 0


def proposed(topics: Sequence[Sought], cues: Sequence[Cue]) -> dict[int, int]:
    """Return for topics without a time, by place, when they may begin; those not spoken of lack.

    `topics` are in order, and so are the times proposed, also between those that are known. A
    topic begins where most of its words are spoken within the next minute and a half.
    """
    bins = _bins(cues)
    if not bins:
        return {}
    spoken = Counter(word for words in bins.values() for word in words)
    common = max(2.0, _COMMON * len(bins))
    starts = sorted(bins)
    scores = [_scores(topic, bins, starts, spoken, common) for topic in topics]
    chosen = _ascending(topics, starts, scores)
    return {
        topics[number].place: _first_word(topics[number], cues, start, spoken, common)
        for number, start in chosen.items()
    }


def _bins(cues: Sequence[Cue]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for cue in cues:
        found.setdefault(cue.at // _BIN, set()).update(words_of(cue.text))
    return found


def words_of(text: str) -> set[str]:
    """Return what tells one text from another: words, and of scripts without blanks pairs."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    pairs = (run[at : at + 2] for run in _OTHER.findall(plain) for at in range(len(run) - 1))
    return {*_LATIN.findall(plain), *pairs}


def _scores(
    topic: Sought,
    bins: Mapping[int, set[str]],
    starts: Sequence[int],
    spoken: Counter[str],
    common: float,
) -> list[float]:
    """Return how much of a topic is spoken from each bin on; 0 where its first word is not."""
    weights = dict.fromkeys(words_of(topic.words), 1.0)
    weights |= dict.fromkeys(words_of(topic.title), 2.0)
    told = {word: weight for word, weight in weights.items() if 0 < spoken[word] <= common}
    scores = []
    for start in starts:
        if not told.keys() & bins[start]:
            scores.append(0.0)
            continue
        near: set[str] = set().union(*(bins.get(start + ahead, set()) for ahead in range(_AHEAD)))
        scores.append(sum(weight for word, weight in told.items() if word in near))
    return scores


def _ascending(
    topics: Sequence[Sought], starts: Sequence[int], scores: Sequence[Sequence[float]]
) -> dict[int, int]:
    """Choose a bin for as many topics as their words allow, in order, so that most is spoken."""
    best: list[tuple[float, dict[int, int]]] = [(0.0, {})] * (len(starts) + 1)  # up to each bin
    for number, topic in enumerate(topics):
        if topic.at is not None:  # nothing that comes later begins before it
            limit = bisect_right(starts, topic.at // _BIN)
            before = best[limit]
            best = [(float("-inf"), {})] * limit + [before] * (len(best) - limit)
            continue
        after = list(best)
        for place, start in enumerate(starts):
            score = scores[number][place]
            if score < _LEAST:
                after[place + 1] = max(after[place + 1], after[place], key=lambda one: one[0])
                continue
            total = best[place][0] + score
            options = (after[place + 1], after[place], (total, {**best[place][1], number: start}))
            after[place + 1] = max(options, key=lambda one: one[0])
        best = after
    return max(best, key=lambda one: one[0])[1]


def _first_word(
    topic: Sought, cues: Sequence[Cue], start: int, spoken: Counter[str], common: float
) -> int:
    """Return the time of the first cue of a bin that has a word of the topic."""
    sought = {word for word in words_of(f"{topic.title} {topic.words}") if spoken[word] <= common}
    inside = [cue for cue in cues if cue.at // _BIN == start]
    return next((cue.at for cue in inside if words_of(cue.text) & sought), inside[0].at)
