"""`/later`: what waits for the next episode."""

from collections.abc import Iterable, Iterator

from bot.core.episode import find
from bot.core.events import Event, What
from bot.core.later.events import ItemPostponed, TopicPostponed
from bot.core.model import Topic, Waiting
from bot.errors import CommandError
from bot.services.drafting.rendering import Drafting, EpisodeView
from bot.services.request import Answer, Request
from bot.services.show import Show
from bot.texts import say


class Later:
    """Puts things off until the next episode, and shows what waits."""

    def __init__(self, *, show: Show, drafting: Drafting) -> None:
        self._show = show
        self._drafting = drafting

    async def later(self, request: Request, *, what: str | None = None) -> Answer:
        """Put a topic or link off; without one, show what waits."""
        if not (what or "").strip():
            return await self._shown(request)
        record = await self._show.episodes.current(request.channel)
        view = await self._drafting.view(record.id)
        named, is_topic = _meant(what or "", view)
        done: What = TopicPostponed(named.id) if is_topic else ItemPostponed(named.id)
        await self._show.people.meet([request.person])
        await self._show.log.record(
            [Event(request.key, record.id, request.at, request.person.id, done)]
        )
        text = "topic-put-off" if is_topic else "put-off"
        return Answer(_say(request, text, name=named.label))

    async def _shown(self, request: Request) -> Answer:
        lines = []
        numbers = await self._show.numbers()
        for record, waiting in await self._show.hand_over.waiting(request.channel):
            view = await self._drafting.view(record.id)
            known = {one.postponed for one in waiting}
            there = [one for one in view.episode.waiting if one.postponed in known]
            lines.append(_say(request, "from", number=numbers.get(record.id, "?")))
            lines += [f"- {text}" for text in _labels(there, view, request.language)]
        if not lines:
            return Answer(_say(request, "nothing"))
        return Answer("\n".join((_say(request, "waiting"), *lines)))


def _meant(typed: str, view: EpisodeView) -> tuple[find.Named, bool]:
    """Return the topic or link that a host means, and whether it is a topic."""
    topics, items = find.topics(view.episode), find.items(view.episode, view.titles)
    found = find.find(typed, [*topics, *items])
    if not found:
        raise CommandError("later.no-such", typed=find.shortened(typed, 60))
    if len(found) > 1:
        shown = [f"{one.number} {find.shortened(one.label, 40)}" for one in found[:3]]
        raise CommandError("desk.not-clear", typed=find.shortened(typed, 60), found=shown)
    return found[0], found[0] in topics


def _labels(waiting: Iterable[Waiting], view: EpisodeView, language: str) -> Iterator[str]:
    for one in waiting:
        topic = one.topic
        if topic.name:
            count = len(list(_items(topic)))
            name = find.shortened(topic.name)
            yield say("later.topic", language, topic=name, count=count)
        else:
            item = topic.items[0]
            yield find.shortened(find.label_of(item.content, view.titles))


def _items(topic: Topic) -> Iterator[str]:
    for part in (topic, *topic.subtopics):
        yield from (item.id for item in part.items)


def _say(request: Request, what: str, **values: object) -> str:
    return say(f"later.{what}", request.language, **values)
