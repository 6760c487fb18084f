"""The commands that show: the outline, the draft, who did what."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Literal

from bot.core.episode import find
from bot.core.episode.fields import FIELDS
from bot.core.episode.find import Named
from bot.core.episode.item_index import links_of
from bot.core.events import MessageSeen
from bot.core.model import Episode, Item, Topic, links_within
from bot.errors import CommandError
from bot.services.desk.deeds import Deed, Deeds, deeds_of, plain_value
from bot.services.drafting.rendering import Drafting, EpisodeView, Rendered
from bot.services.episode_areas import LOOKED
from bot.services.field_names import field_name
from bot.services.lookup_reasons import reason_shown
from bot.services.request import Answer, Request
from bot.services.show import Show
from bot.services.site_index.memory import Earlier
from bot.texts import say, shown

Kind = Literal["topic", "link", "thing", "removed", "field", "mine", "undone", "words"]
"""A `thing` is a topic or a link; `words` are looked for in all episodes."""

MOST_CHOICES = 25
"""Choices that complete what is typed: Discord takes no more (cogs/commands.py)."""

LAST = 20
"""Commands that the history shows."""


class Views:
    """Shows an episode to its hosts."""

    def __init__(self, *, show: Show, drafting: Drafting) -> None:
        self._show = show
        self._drafting = drafting

    async def outline(self, request: Request) -> Answer:
        """Show topics and links with their numbers, and what waits for a person."""
        view = await self.view(request.channel)
        episode = view.episode
        lines = [headline(episode, request.language)]
        lines += _outlined(view, request)
        if episode.waiting:
            lines.append(say("later.outline", request.language, count=len(episode.waiting)))
        elif not episode.items() and not episode.topics:
            lines.append(request.say("outline-empty"))
        return Answer("\n".join(lines), private=False)

    async def episode_show(self, request: Request) -> Answer:
        """Show the fields of the episode."""
        episode = await self.episode(request.channel)
        lines = [headline(episode, request.language)]
        for name, value in episode.fields.items():
            label = request.say(f"field-{name}") if name in FIELDS else name
            lines.append(f"{label}: {shown(plain_value(value), request.language)}")
        return Answer("\n".join(lines))

    async def episode_list(self, request: Request) -> Answer:
        """Show all episodes, newest first."""
        lines = []
        records = await self._show.episodes.all()
        is_one_of_several = sum(record.is_open for record in records) > 1
        here = await self._show.episodes.current(request.channel)
        for record in reversed(records):
            if record.opened is None:
                continue
            episode = await self._show.episode(record.id)
            name = "state-closed" if episode.closed else "state-open"
            if is_one_of_several and record is here:
                name = "state-open-here"
            lines.append(f"{headline(episode, request.language)} · {request.say(name)}")
        return Answer("\n".join(lines) or request.say("outline-empty"))

    async def history(self, request: Request, *, before: str | None = None) -> Answer:
        """Show what is new since its giver last looked, then who did what, newest last.

        Each deed has a number; `before` one of them, earlier ones are shown instead.
        """
        until = _number(before)
        record = await self._show.episodes.current(request.channel)
        outline = await self._show.log.outline(record.id)
        name = f"{request.person.id}|{record.id}"
        noted = (await self._show.store.state(LOOKED)).get(name)
        seen = int(noted) if noted is not None else None
        lines = []
        if seen is not None and not until:
            lines = await self._news(record.id, seen, request)
        deeds = await deeds_of(self._show, self._drafting, record.id)
        shown_ones = deeds.all[: until - 1] if until else deeds.all
        lines += [await self._did(one, deeds, seen, request) for one in shown_ones[-LAST:]]
        if len(shown_ones) > LAST:
            lines.insert(
                -LAST, say("history.more", request.language, before=shown_ones[-LAST].number)
            )
        if not until:
            await self._show.store.put_state(LOOKED, name, str(outline.seq))
        return Answer("\n".join(lines) or say("history.empty", request.language))

    async def _news(self, episode: str, seen: int, request: Request) -> list[str]:
        """Say which links and bullets are new since a place in the log."""
        fresh = {
            event.what.message.id
            for event in await self._show.store.events(episode)
            if event.seq > seen and isinstance(event.what, MessageSeen)
        }
        view = await self._drafting.chat_view(episode)
        labels = {one.id: one for one in find.items(view.episode, view.titles)}
        new = [labels[item.id] for item in view.episode.items() if item.message in fresh]
        if not new:
            return [say("history.nothing-new", request.language)]
        items = {item.id: item for item in view.episode.items()}
        shown = [
            f"{one.number} {one.label}{_recurs(items[one.id], view.earlier, request.language)}"
            for one in new[-LAST:]
        ]
        return [say("history.new", request.language), *shown, ""]

    async def _did(self, one: Deed, deeds: Deeds, seen: int | None, request: Request) -> str:
        """Say who did what by command, and whether that is new."""
        event, done = one.event, deeds.words(one, request.language)
        people = await self._show.people.names()
        when = self._show.profile.moment(event.at)
        if one in deeds.are(undone=True):
            done = say("history.undone", request.language, deed=done)
        new = say("history.mark", request.language) if seen is not None and event.seq > seen else ""
        return f"{one.number}. {when:%m-%d %H:%M} {people.get(event.by, event.by)}: {done}{new}"

    async def choices(self, kind: Kind, typed: str, *, request: Request) -> list[tuple[str, str]]:
        """Return at most 25 (label, value) pairs that complete what a host typed."""
        if kind == "field":
            names = dict.fromkeys((*FIELDS, *self._show.profile.fields))
            called = [(field_name(one, request.language), one) for one in names]
            wanted = typed.lower()
            return [each for each in called if any(one.startswith(wanted) for one in each)][
                :MOST_CHOICES
            ]
        if kind == "words":
            from bot.services.site_index.lines import hit_choice

            hits = await self._show.memory.choices(typed, MOST_CHOICES)
            return [hit_choice(hit) for hit in hits]
        if kind in ("mine", "undone"):
            return await self._deeds(kind, request)
        view = await self.view(request.channel)
        episode, titles = view.episode, view.titles
        among: list[Named] = []
        if kind in ("topic", "thing"):
            among += find.topics(episode)
        if kind in ("link", "thing"):
            among += find.items(episode, titles)
        if kind == "removed":
            among = find.removed(episode, titles)
        fitting = find.find(typed, among) if typed.strip() else among
        return [(_choice(one), one.id) for one in fitting[:MOST_CHOICES]]

    async def _deeds(self, kind: Kind, request: Request) -> list[tuple[str, str]]:
        record = await self._show.episodes.current(request.channel)
        deeds = await deeds_of(self._show, self._drafting, record.id)
        found = [
            (
                find.shortened(f"{one.number}. {deeds.words(one, request.language)}"),
                one.event.key,
            )
            for one in reversed(deeds.are(undone=kind == "undone"))
        ]
        return found[:MOST_CHOICES]

    async def rendered(self, channel: str) -> Rendered:
        """Return the whole file of the episode that is open for a channel."""
        return await self._drafting.rendered((await self._show.episodes.current(channel)).id)

    async def episode(self, channel: str) -> Episode:
        """Return the episode that is open for a channel, as it stands."""
        return (await self.view(channel)).episode

    async def view(self, channel: str) -> EpisodeView:
        """Return the episode that is open for a channel, with what is known of its links."""
        return await self._drafting.view((await self._show.episodes.current(channel)).id)


def headline(episode: Episode, language: str) -> str:
    """Return an episode's number, title and date in one line."""
    number = episode.fields.get("number")
    title = episode.fields.get("title")
    if number is None:
        return say("desk.headline-none", language)
    name = "desk.headline" if title else "desk.headline-untitled"
    return say(name, language, number=number, title=title, date=episode.fields.get("date"))


def _outlined(view: EpisodeView, request: Request) -> Iterator[str]:
    items = {one.id: one for one in find.items(view.episode, view.titles)}
    for number, topic in find.numbered_topics(view.episode):
        indent = "  " if number[-1].isalpha() else ""
        name = topic.name or request.say("no-topic")
        yield f"{indent}{number}. {name}{_empty(topic, request)}"
        for item in filter(find.is_listed, topic.items):
            named = items[item.id]
            hint = hint_of(item, view.titles, view.reasons, request.language)
            aside = _aside(hint, request.language) if hint else ""
            aside += _recurs(item, view.earlier, request.language)
            yield f"{indent}   {named.number} {named.label}{aside}"


def hint_of(
    item: Item, titles: Mapping[str, str], reasons: Mapping[str, str], language: str
) -> str | None:
    """Say that a link of an item has no title, and which where the item's line does not show it."""
    for link in links_within(item.content):
        if link.title is None and link.url not in titles:
            hint = _no_title(reasons.get(link.url), language)
            shown = link in links_of(item.content)
            return hint if shown else f"{find.shortened(link.url, 60)}: {hint}"
    return None


def earlier_hint(item: Item, earlier: Mapping[str, Earlier], language: str) -> str | None:
    """Say in which earlier episodes a link of an item was."""
    found = [earlier[link.url] for link in links_within(item.content) if link.url in earlier]
    names = list(dict.fromkeys(name for one in found for name in one.episodes))
    if not names:
        return None
    text = "find.in-many" if len(names) > 1 else "find.in-one"
    shown = find.shortened(names[0], 40)
    return say(text, language, number=shown, others=len(names) - 1)


def _recurs(item: Item, earlier: Mapping[str, Earlier], language: str) -> str:
    hint = earlier_hint(item, earlier, language)
    return _aside(hint, language) if hint else ""


def _no_title(reason: str | None, language: str) -> str:
    """Say that a link has no title, and why where it is known."""
    if reason is None:
        return say("desk.no-title", language)
    return say("desk.no-title-because", language, reason=reason_shown(reason, language))


def _empty(topic: Topic, request: Request) -> str:
    is_bare = find.is_empty(topic)
    return _aside(request.say("topic-empty"), request.language) if is_bare else ""


def _aside(text: str, language: str) -> str:
    return f"（{text}）" if language.startswith("ja") else f" ({text})"


def _choice(named: Named) -> str:
    return find.shortened(f"{named.number} {named.label}")


def _number(typed: str | None) -> int:
    """Read the number of a deed; 0 where none was given.

    Raises CommandError for what is no number.
    """
    if typed is None:
        return 0
    number = unicodedata.normalize("NFKC", typed).strip().rstrip(".")
    if not number.isdecimal() or not int(number[:9]) > 0:
        raise CommandError("desk.no-such-deed", typed=find.shortened(typed))
    return int(number[:9])
