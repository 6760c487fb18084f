"""`rundown times`: the times of markers, or of a transcript, for the topics of a file."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.audio.replace import replacing
from bot.cli.chapters import WRONG, profile_in, tell_faults, text_of
from bot.core.chapters.clock import ClockError, read_clock, short_clock
from bot.core.chapters.heading_time import HeadingTime
from bot.core.chapters.markers import Marker, MarkersError, read_markers
from bot.core.chapters.read import read_chapters
from bot.core.chapters.retime import Matching, Question, TimedTopic, matched, retimed, topics_of
from bot.core.chapters.transcript import Cue, Sought, proposed, read_transcript
from bot.core.document.pieces import Piece, read
from bot.errors import InputError, os_cause
from bot.texts import say


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesOptions:
    """What `rundown times` was called with."""

    file: Path
    markers: Path
    profile: Path | None
    write: bool
    accept: bool


def times(options: TimesOptions, *, language: str) -> int:
    """Print a file with the times of the markers, or write it; return the exit code.

    What is not certain is asked. Where nobody can be asked, it is told, nothing is printed, and
    the exit code is 1.
    """
    text = text_of(options.file)
    mark = "\ufeff" if text.startswith("\ufeff") else ""  # it stays, to the byte
    text = text.removeprefix("\ufeff")
    pattern = profile_in(options.profile).times if options.profile else HeadingTime()
    topics = topics_of(text, pattern)
    found = _marks(options.markers)
    if isinstance(found, list):
        matching = matched(topics, found)
    else:
        matching = _proposals(text, topics, found.cues)
        if not matching.questions:
            print(say("times.nothing", language), file=sys.stderr)
    asker = _Asker(options, language)
    new: dict[int, int | None] = {topic.line: marker.at for topic, marker in matching.sure}
    for question in matching.questions:
        new |= asker.answer(question, is_spoken=not isinstance(found, list))
    if asker.open:
        print(f"rundown: {say('times.open', language, count=asker.open)}", file=sys.stderr)
        return WRONG
    made = retimed(text, new, pattern)
    if new and (faults := read_chapters(made, pattern).faults):
        return tell_faults(options.file, faults, language)
    _give(options, mark + made, len(new), language)
    return 0


@dataclass(frozen=True, slots=True)
class _Transcript:
    cues: list[Cue]


class _Asker:
    """Asks in the terminal; else takes everything, or counts what is open."""

    def __init__(self, options: TimesOptions, language: str) -> None:
        self.open = 0
        self._accepts = options.accept
        self._language = language
        self._can_ask = sys.stdin.isatty() and not options.accept

    def answer(self, question: Question, *, is_spoken: bool) -> dict[int, int | None]:
        """Return the times that a question's answer gives."""
        marker, topic = question.marker, question.topic
        values = {
            "marker": marker.name if marker else "",
            "topic": topic.title if topic else "",
            "time": short_clock(marker.at) if marker else topic.time if topic else "",
        }
        name = "added" if topic is None else "lost" if marker is None else "renamed"
        text = say("times.spoken" if is_spoken else f"times.{name}", self._language, **values)
        if not self._is_yes(text):
            if not is_spoken:  # a proposal may be left; a marker that is nobody's may not
                self.open += 1
            return {}
        return {topic.line: marker.at if marker else None} if topic else {}

    def _is_yes(self, text: str) -> bool:
        if self._accepts:
            return True
        if not self._can_ask:
            print(f"rundown: {text}", file=sys.stderr)
            return False
        choice = say("times.yes-no", self._language)
        print(f"{text} {choice} ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().lower() in ("y", "yes", "はい")


def _marks(path: Path) -> list[Marker] | _Transcript:
    """Return the markers in a file: a list, a transcript, or the chapters of an audio file."""
    try:
        with path.open("rb") as stream:
            start = stream.read(12)
    except OSError as error:
        raise InputError("chapters.unread", path=path, cause=os_cause(error)) from error
    if start[:3] == b"ID3" or start[:1] == b"\xff" or start[:4] == b"OggS" or start[4:8] == b"ftyp":
        from bot.adapters.audio.read import audio_chapters

        found = [Marker(one.start, one.title) for one in audio_chapters(path)]
        if not found:
            raise InputError("times.no-markers", path=path)
        return found
    text = text_of(path)
    if (cues := read_transcript(text)) is not None:
        return _Transcript(cues)
    try:
        return read_markers(text)
    except MarkersError as error:
        shown = error.shown[:80]
        raise InputError(
            f"times.{error.reason}", path=path, line=error.line, shown=shown
        ) from error


def _proposals(text: str, topics: Sequence[TimedTopic], cues: Sequence[Cue]) -> Matching:
    """Ask about the times at which a transcript has the words of topics that have none."""
    words = _words_below(read(text))
    sought = [
        Sought(number, topic.title, words.get(topic.line, ""), _known(topic))
        for number, topic in enumerate(topics)
    ]
    found = proposed(sought, cues)
    return Matching((), tuple(Question(Marker(at, ""), topics[one]) for one, at in found.items()))


def _known(topic: TimedTopic) -> int | None:
    try:
        return read_clock(topic.time) if topic.time else None
    except ClockError:
        return None


def _words_below(pieces: Sequence[Piece]) -> dict[int, str]:
    """Return for the line of each heading what a reader sees of the items below it."""
    words: dict[int, list[str]] = {}
    line = -1
    for piece in pieces:
        if piece.kind == "heading":
            line = piece.line
        elif piece.kind == "item":
            words.setdefault(line, []).append(piece.words)
    return {one: " ".join(below) for one, below in words.items()}


def _give(options: TimesOptions, made: str, count: int, language: str) -> None:
    if not options.write:
        sys.stdout.flush()
        sys.stdout.buffer.write(made.encode())
        return
    with replacing(options.file) as part:
        part.write_bytes(made.encode())
    print(say("times.written", language, count=count, path=options.file), file=sys.stderr)
