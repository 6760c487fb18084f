"""`/later`: what waits for the next episode."""

import re
from collections.abc import Collection, Iterable, Iterator

from bot.core.episode import find
from bot.core.events import Event, What
from bot.core.later.events import ItemPostponed, TopicPostponed
from bot.core.model import Episode, Waiting
from bot.services.desk.late_links import LateLinks, choices_of, intro
from bot.services.desk.named_thing import named_thing
from bot.services.desk.nested_items import with_below
from bot.services.desk.one_at_a_time import one_at_a_time
from bot.services.drafting.rendering import Drafting, EpisodeView
from bot.services.request import Answer, Request
from bot.services.show import Show
from bot.texts import say

LATE = ("late", "遅れたもの")
LEAVE = ("leave", "そのまま", "このまま")
"""Words for what is done with what is in no file."""

_IS_EPISODE = re.compile(r"\S+#\d+")


class Later:
    """Puts things off until the next episode, and shows what waits."""

    def __init__(self, *, show: Show, drafting: Drafting, late: LateLinks) -> None:
        self._show = show
        self._late = late
        self._drafting = drafting

    async def later(self, request: Request, *, what: str | None = None) -> Answer:
        """Put a topic or link off; without one, show what waits.

        `late` puts off what is in no file of an episode that is over, `leave` leaves it out.
        """
        word, _, rest = (what or "").strip().partition(" ")
        if not word:
            return await self._shown(request)
        if word.lower() in (*LATE, *LEAVE) and (not rest or _IS_EPISODE.fullmatch(rest)):
            return await self._decide(request, rest, leave=word.lower() in LEAVE)
        return await self._postpone(request, what or "")

    @one_at_a_time
    async def _postpone(self, request: Request, what: str) -> Answer:
        """Put a topic or link off until the next episode."""
        record = await self._show.episodes.current(request.channel)
        view = await self._drafting.view(record.id)
        named, is_topic = _meant(what, view)
        done: What = ItemPostponed(named.id)
        if is_topic:
            topic = next(one for one in view.episode.sections() if one.id == named.id)
            done = TopicPostponed(named.id, tuple(item.id for item in topic.every_item()))
        await self._show.people.meet([request.person])
        await self._show.log.record(
            [Event(request.key, record.id, request.at, request.person.id, done)]
        )
        text = "topic-put-off" if is_topic else "put-off"
        said = _say(request, text, name=named.label)
        return Answer(with_below(said, "goes-along", named.id, view, request.language))

    async def _shown(self, request: Request) -> Answer:
        lines = []
        numbers = await self._show.numbers()
        for record, waiting in await self._show.hand_over.waiting(request.channel):
            view = await self._drafting.view(record.id)
            known = {one.postponed for one in waiting}
            there = [one for one in view.episode.waiting if one.postponed in known]
            lines.append(_say(request, "from", number=numbers.get(record.id, "?")))
            lines += [f"- {text}" for text in _labels(there, view, request.language)]
        lines = [_say(request, "waiting"), *lines] if lines else []
        pending = await self._late.pending(request.channel)
        for episode, found in pending:
            named = await self._late.labels(episode, found)
            labels = [one.line(request.language) for one in named]
            first = intro(len(found), numbers.get(episode, "?"), request.language)
            lines += [first, *labels]
        if pending:
            lines.append(_say(request, "in-no-file-how"))
        choices = choices_of(pending[0][0], request.language) if pending else ()
        return Answer("\n".join(lines) or _say(request, "nothing"), choices=choices)

    async def _decide(self, request: Request, episode: str, *, leave: bool) -> Answer:
        """Put off, or leave out, what is in no file of an episode: of the last one, unnamed."""
        pending = await self._late.pending(request.channel)
        found = next((two for two in pending if episode in ("", two[0])), None)
        if found is None:
            return Answer(_say(request, "none-late"))
        episode, items = found
        numbers = await self._show.numbers()
        number, count = numbers.get(episode, "?"), len(items)
        if leave:
            await self._late.leave(episode, items)
            return Answer(_say(request, "left", count=count, number=number))
        by, at = request.person.id, request.at
        await self._show.people.meet([request.person])
        laid = await self._drafting.episode(episode)
        deeds = _put_off(laid, {one.item.id for one in items})
        await self._show.log.record(
            [
                Event(f"{request.key}:{place}", episode, at, by, what)
                for place, what in enumerate(deeds)
            ]
        )
        await self._late.leave(episode, items)
        waiting = [one.id for one, _ in await self._show.hand_over.waiting(request.channel)]
        if episode in waiting:
            return Answer(_say(request, "put-off-late", count=count, number=number))
        now = await self._show.episodes.current(request.channel)
        into = numbers.get(now.id, "?")
        return Answer(_say(request, "taken-late", count=count, number=number, into=into))


def _meant(typed: str, view: EpisodeView) -> tuple[find.Named, bool]:
    """Return the topic or link that a host means, and whether it is a topic."""
    topics, items = find.topics(view.episode), find.items(view.episode, view.titles)
    named = named_thing(typed, [*topics, *items], missing="later.no-such")
    return named, named in topics


def _put_off(episode: Episode, items: Collection[str]) -> Iterator[What]:
    """Put items off, each with its heading: a topic with all it holds as one."""
    done = set[str]()
    for topic in episode.sections():
        held = [item.id for item in topic.every_item()]
        if topic.name and held and not done.intersection(held) and set(held) <= set(items):
            done.update(held)
            yield TopicPostponed(topic.id, tuple(held))
    for item in episode.items():
        if item.id in items and item.id not in done:
            yield ItemPostponed(item.id, headings=True)


def _labels(waiting: Iterable[Waiting], view: EpisodeView, language: str) -> Iterator[str]:
    for one in waiting:
        topic = one.topic
        if topic.name:
            count = len(topic.every_item())
            name = find.shortened(topic.name)
            yield say("later.topic", language, topic=name, count=count)
        else:
            item = topic.items[0]
            yield find.shortened(find.label_of(item.content, view.titles))


def _say(request: Request, what: str, **values: object) -> str:
    return say(f"later.{what}", request.language, **values)
