"""`/times`: the times of markers or of a transcript for the topics of an episode."""

import re
import unicodedata
from collections.abc import Sequence

from bot.core.chapters.clock import ClockError, read_clock, short_clock
from bot.core.chapters.markers import LONGEST, Marker, MarkersError, read_markers
from bot.core.chapters.retime import Matching, Question, TimedTopic, matched
from bot.core.chapters.transcript import Cue, Sought, proposed, read_transcript
from bot.core.episode.find import shortened
from bot.core.events import Event
from bot.core.grammar.topic_name import split_time
from bot.core.model import Topic, links_within
from bot.core.recording.events import TopicTimed
from bot.errors import CommandError
from bot.services.desk.one_at_a_time import one_at_a_time
from bot.services.desk.record_commands import named
from bot.services.drafting.rendering import Drafting, EpisodeView
from bot.services.request import Answer, Choice, Request
from bot.services.show import Show
from bot.texts import say

MOST_ASKED = 10
"""Questions that have a button."""

_BETWEEN = re.compile(r"\s+(?=[(\[]?\d{1,3}(?::\d{2}){1,2}(?:\.\d+)?[)\]]?\s)")
"""What stands between markers that were typed in one line: `0:00 A 4:16 B`."""

_WIDE = re.compile(
    r"(?<!\S)[0-9０-９]{1,4}(?:[:：][0-9０-９]{2}){1,2}(?:[.．][0-9０-９]{1,6})?(?!\S)"
)
"""A time, perhaps in wide letters."""


class Times:
    """Takes the times of markers in for topics, and asks about what is not certain."""

    def __init__(self, *, show: Show, drafting: Drafting) -> None:
        self._show = show
        self._drafting = drafting

    @one_at_a_time
    async def times(
        self, request: Request, *, markers: str | None = None, file: str | None = None
    ) -> Answer:
        """Take times in; with neither markers nor a file, show those that there are."""
        record = await self._show.episodes.current(request.channel)
        view = await self._drafting.view(record.id)
        topics = named(view.episode)
        if not markers and file is None:
            return _shown(topics, request)
        typed = _lines(markers) if markers else file or ""
        timed = [TimedTopic(at, *_split(topic)) for at, topic in enumerate(topics)]
        cues = read_transcript(typed) if file else None
        matching = _tapped(typed, topics, timed)
        if matching is None:
            matching = matched(timed, _read(typed)) if cues is None else _spoken(view, timed, cues)
        await self._show.people.meet([request.person])
        await self._show.log.record(
            [
                Event(
                    f"{request.key}:{number}",
                    record.id,
                    request.at,
                    request.person.id,
                    TopicTimed(topics[topic.line].id, time=marker.at),
                )
                for number, (topic, marker) in enumerate(matching.sure)
            ]
        )
        single = bool(matching.sure or matching.questions) and "\n" not in typed
        asked = [one for one in matching.questions if one.marker or not single]
        return _told(matching, asked, topics, request, is_spoken=cues is not None)


def _lines(markers: str) -> str:
    """Return markers that were typed in one line, a line each; their times in narrow digits."""
    narrow = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), markers.strip())
    return "\n".join(_BETWEEN.split(narrow))


def _tapped(typed: str, topics: Sequence[Topic], timed: Sequence[TimedTopic]) -> Matching | None:
    """Return what a button of ours says: a time, and the id of its topic; None for all else.

    A button names no words: what it gives is kept, and they may go off the record.
    """
    time, _, identity = typed.partition(" ")
    at = next((at for at, topic in enumerate(topics) if topic.id == identity), None)
    start = _clock(time)
    if at is None or start is None:
        return None
    return Matching(((timed[at], Marker(start, "")),), ())


def _split(topic: Topic) -> tuple[str, str]:
    time, title = split_time(topic.name)
    return time.strip(), title


def _read(typed: str) -> list[Marker]:
    if len(typed) > LONGEST:
        raise CommandError("times.too-long", path=_name())
    try:
        return read_markers(typed)
    except MarkersError as error:
        shown = error.shown[:80]
        raise CommandError(
            f"times.{error.reason}", path=_name(), line=error.line, shown=shown
        ) from error


def _name() -> str:
    return "/times"


def _spoken(view: EpisodeView, timed: Sequence[TimedTopic], cues: Sequence[Cue]) -> Matching:
    topics = named(view.episode)
    sought = []
    for one in timed:
        links = [link for item in topics[one.line].items for link in links_within(item.content)]
        words = " ".join(link.title or view.titles.get(link.url, "") for link in links)
        sought.append(Sought(one.line, one.title, words, _clock(one.time)))
    found = proposed(sought, cues)
    return Matching((), tuple(Question(Marker(at, ""), timed[one]) for one, at in found.items()))


def _clock(time: str) -> int | None:
    try:
        return read_clock(time) if time else None
    except ClockError:
        return None


def _shown(topics: Sequence[Topic], request: Request) -> Answer:
    lines = [topic.name for topic in topics if split_time(topic.name)[0]]
    return Answer("\n".join(lines) or say("times.none-yet", request.language))


def _told(
    matching: Matching,
    asked: Sequence[Question],
    topics: Sequence[Topic],
    request: Request,
    *,
    is_spoken: bool,
) -> Answer:
    """Say which topics have their time, and ask about the others, with a button for each."""
    language = request.language
    count = len(matching.sure)
    name = "none" if not count else "one" if count == 1 else "many"
    lines = [say(f"times.taken-{name}", language, count=count)]
    choices, yes = list[Choice](), list[str]()
    for question in asked:
        marker, topic = question.marker, question.topic
        time = short_clock(marker.at) if marker else topic.time if topic else ""
        title = shortened(topic.title, 60) if topic else ""
        kind = "added" if topic is None else "lost" if marker is None else "renamed"
        values = {"marker": shortened(marker.name, 60) if marker else "", "topic": title}
        text = f"times.{'spoken' if is_spoken else f'told-{kind}'}"
        lines.append("- " + say(text, language, time=time, **values))
        if marker and topic:
            label = say("times.do-accept", language, time=time, topic=shortened(title, 30))
            choices.append(Choice(label, "times", {"markers": f"{time} {topics[topic.line].id}"}))
            yes.append(f"{time} {topic.title}")
    if yes:  # typed in one line, where a front has no buttons or somebody prefers that
        lines.append(say("times.how", language, markers=" ".join(yes[:MOST_ASKED])))
    return Answer("\n".join(lines), private=False, choices=tuple(choices[:MOST_ASKED]))
