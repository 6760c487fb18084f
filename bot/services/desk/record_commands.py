"""`/record`: the running sheet of a recording, on which a tap notes when a topic began."""

from collections.abc import Awaitable, Callable, Mapping

from bot.core.chapters.clock import short_clock
from bot.core.chapters.formats import audacity
from bot.core.chapters.markers import CUT
from bot.core.chapters.read import Chapter
from bot.core.document.plain_text import plain_text
from bot.core.episode import find
from bot.core.events import Event, Undone, What
from bot.core.grammar.topic_name import split_time
from bot.core.model import Episode, Topic
from bot.core.recording.events import CutMarked, RecordingSet, TopicSkipped, TopicTimed
from bot.core.recording.recording import Recording
from bot.errors import CommandError
from bot.services.desk.one_at_a_time import one_at_a_time
from bot.services.request import Answer, Choice, Request
from bot.services.show import Show
from bot.texts import say

WORDS: Mapping[str, tuple[str, ...]] = {
    "start": ("start", "開始", "始める"),
    "next": ("next", "次", "次へ"),
    "back": ("back", "戻る"),
    "pause": ("pause", "一時停止"),
    "resume": ("resume", "再開"),
    "skip": ("skip", "飛ばす"),
    "cut": ("cut", "カット"),
    "stop": ("stop", "終了", "終わり"),
    "markers": ("markers", "labels", "マーカー"),
}
"""What may be done, and the words for it; anything else names the topic that is talked about."""

MOST_TOPICS = 4
"""Topics to come that have a button; the others are named by `/record TOPIC`."""

LONGEST_CUT = 200


class Record:
    """Keeps the running sheet of an episode."""

    def __init__(self, *, show: Show) -> None:
        self._show = show
        self._deeds: dict[str, Callable[[Request, str], Awaitable[Answer]]] = {
            "start": self._start,
            "next": self._next,
            "back": self._back,
            "pause": self._pause,
            "resume": self._start,
            "skip": self._skip,
            "cut": self._cut,
            "stop": self._stop,
            "markers": self._markers,
        }

    @one_at_a_time
    async def record(self, request: Request, *, what: str | None = None) -> Answer:
        """Do what is asked of the recording, and show its sheet; nothing asked shows it alone."""
        word, _, rest = (what or "").strip().partition(" ")
        if not word:
            return await self._sheet(request)
        deed = next((one for one, words in WORDS.items() if word.lower() in words), None)
        if deed is not None:
            return await self._deeds[deed](request, rest.strip())
        episode = await self._running(request)
        topic = _topic(what or "", episode)
        await self._keep(request, TopicTimed(topic.id, request.channel, moment=request.at))
        return await self._sheet(request)

    # --- what is done --------------------------------------------------------------------------

    async def _start(self, request: Request, _: str) -> Answer:
        episode = await self._episode(request)
        if not any(topic.name for topic in episode.topics):
            raise CommandError("record.no-topics")
        await self._keep(request, RecordingSet("on", request.at))
        return await self._sheet(request)

    async def _pause(self, request: Request, _: str) -> Answer:
        await self._running(request)
        await self._keep(request, RecordingSet("paused", request.at))
        return await self._sheet(request)

    async def _stop(self, request: Request, _: str) -> Answer:
        await self._running(request)
        await self._keep(request, RecordingSet("over", request.at))
        return await self._sheet(request)

    async def _next(self, request: Request, _: str) -> Answer:
        episode = await self._running(request)
        coming = to_come(episode)
        if not coming:
            raise CommandError("record.no-more")
        await self._keep(request, TopicTimed(coming[0].id, request.channel, moment=request.at))
        return await self._sheet(request)

    async def _skip(self, request: Request, typed: str) -> Answer:
        episode = await self._running(request)
        coming = to_come(episode)
        if not typed and not coming:
            raise CommandError("record.no-more")
        topic = _topic(typed, episode) if typed else coming[0]
        await self._keep(request, TopicSkipped(topic.id))
        return await self._sheet(request)

    async def _cut(self, request: Request, typed: str) -> Answer:
        await self._running(request)
        await self._keep(request, CutMarked(" ".join(typed.split())[:LONGEST_CUT], request.at))
        return await self._sheet(request)

    async def _back(self, request: Request, _: str) -> Answer:
        """Undo the last tap, whoever's it was."""
        record = await self._show.episodes.current(request.channel)
        outline = await self._show.log.outline(record.id)
        taps = (TopicTimed, TopicSkipped, CutMarked)
        last = next(
            (
                event
                for event in reversed(outline.commands())
                if isinstance(event.what, taps) and not outline.undone(event.key)
            ),
            None,
        )
        if last is None:
            raise CommandError("record.nothing-back")
        await self._keep(request, Undone(last.key))
        return await self._sheet(request)

    async def _markers(self, request: Request, _: str) -> Answer:
        """Return the times, and the marks for whoever cuts, as labels for an audio editor."""
        episode = await self._episode(request)
        made = markers(episode)
        if not made:
            raise CommandError("record.no-times")
        number = "".join(
            c for c in str(episode.fields.get("number", "")) if c.isalnum() or c in ".-"
        )
        return Answer(audacity(made, 0).rstrip("\n"), file=f"ep{number}-labels.txt")

    # --- what is shown -------------------------------------------------------------------------

    async def _sheet(self, request: Request) -> Answer:
        episode = await self._episode(request)
        recording = episode.recording
        shown = {"clock": short_clock(recording.clock(request.at))}
        lines = [_say(request, f"state-{recording.state}", **shown)]
        lines += [_line(topic, recording, request) for topic in named(episode)]
        lines += [
            _say(request, "cut-mark", time=short_clock(mark.at), text=mark.text or "–")
            for mark in recording.marks
        ]
        return Answer("\n".join(lines), private=False, choices=_choices(episode, request))

    async def _episode(self, request: Request) -> Episode:
        record = await self._show.episodes.current(request.channel)
        return await self._show.episode(record.id)

    async def _running(self, request: Request) -> Episode:
        episode = await self._episode(request)
        if episode.recording.state in ("off", "over"):
            raise CommandError("record.not-running")
        return episode

    async def _keep(self, request: Request, what: What) -> None:
        record = await self._show.episodes.current(request.channel)
        if record.opened is None:
            raise CommandError("desk.nothing-open")
        await self._show.people.meet([request.person])
        event = Event(request.key, record.id, request.at, request.person.id, what)
        await self._show.log.record([event])


def _say(request: Request, what: str, **values: object) -> str:
    """Return a text of the running sheet in the language of a request."""
    return say(f"record.{what}", request.language, **values)


def named(episode: Episode) -> list[Topic]:
    """Return the topics and sub-topics that have a heading, in order."""
    return [topic for topic in episode.sections() if topic.name]


def to_come(episode: Episode) -> list[Topic]:
    """Return the topics that were not talked about yet and not skipped, the next one first.

    That is the one below what is talked about; what was passed over comes behind the last.
    """
    recording = episode.recording
    order = named(episode)
    places = [at for at, topic in enumerate(order) if topic.id == recording.current]
    start = places[0] + 1 if places else 0
    turned = [*order[start:], *order[:start]]
    return [one for one in turned if one.id not in {*recording.times, *recording.skipped}]


def markers(episode: Episode) -> list[Chapter]:
    """Return the times of an episode's topics and its cut marks, in order of time."""
    recording = episode.recording
    topics = [
        Chapter(recording.times[one.id], plain_text(split_time(one.name)[1]))
        for one in named(episode)
        if one.id in recording.times
    ]
    cuts = [Chapter(mark.at, f"{CUT} {mark.text}".strip()) for mark in recording.marks]
    return sorted([*topics, *cuts], key=lambda one: one.start)


def _line(topic: Topic, recording: Recording, request: Request) -> str:
    title = split_time(topic.name)[1]
    time = recording.times.get(topic.id)
    if topic.id in recording.skipped:
        return _say(request, "skipped", topic=title)
    if time is None:
        return _say(request, "coming", topic=title)
    name = "now" if topic.id == recording.current and recording.state != "over" else "done"
    return _say(request, name, time=short_clock(time), topic=title)


def _choices(episode: Episode, request: Request) -> tuple[Choice, ...]:
    state = episode.recording.state
    offered: list[tuple[str, str]] = []
    if state in ("off", "paused"):
        offered.append(("do-resume" if state == "paused" else "do-start", "start"))
    if state in ("off", "over"):
        offered += [("do-markers", "markers")] if markers(episode) else []
    else:
        offered += [("do-skip", "skip")] if to_come(episode) else []
        offered += [("do-back", "back"), ("do-cut", "cut")]
        offered += [("do-pause", "pause")] if state == "on" else []
        offered.append(("do-stop", "stop"))
    deeds = [Choice(_say(request, name), "record", {"what": do}) for name, do in offered]
    if state in ("off", "over"):
        return tuple(deeds)
    topics = [
        Choice(find.shortened(split_time(one.name)[1], 40), "record", {"what": one.id})
        for one in to_come(episode)[:MOST_TOPICS]
    ]
    return (*topics, *deeds)


def _topic(typed: str, episode: Episode) -> Topic:
    """Return the topic that is named by its id, its number, its name or a part of that."""
    topics = {topic.id: topic for topic in named(episode)}
    if typed in topics:
        return topics[typed]
    found = [topics[one.id] for one in find.find(typed, find.topics(episode)) if one.id in topics]
    if len(found) != 1:
        name = "desk.no-such-topic" if not found else "record.not-clear"
        raise CommandError(name, typed=find.shortened(typed, 60))
    return found[0]
