"""The outline as something to tap: its pages, and what can be done to each thing in it. Pure.

A front draws it with whatever its platform has. A control names a command of the table and its
options, so a tap does what the typed command does. Nothing is kept between two taps: a control
is found again by its name and the id of the thing, also after a restart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.episode import find
from bot.core.model import Bullet, Episode, Topic, links_within
from bot.services.desk.view_commands import earlier_hint, headline, hint_of
from bot.services.field_names import field_name
from bot.services.request import Field, Form
from bot.services.site_index.memory import Earlier
from bot.texts import say, shown

MOST_ENTRIES = 25
"""Entries of a page: Discord's selects take no more (cogs/draw.py)."""

MOST_TEXT = 3_600
"""Characters of a page's entries, escaped: Discord takes 4,096, and the hints need room."""

FORM_FIELDS = ("title", "date", "starring", "summary", "tags")
"""The fields of an episode's form: Discord's forms have room for five."""

NOTHING: Mapping[str, Earlier] = {}

_SPECIAL = frozenset("\\`*_{}[]()#+-.!|~<>:")


@dataclass(frozen=True, slots=True)
class PanelLine:
    """A line of the outline: `depth` 0 for a topic, 1 for a sub-topic and 2 for what they hold.

    `id` is None for what cannot be picked (the part before the first topic).
    """

    id: str | None
    depth: int
    number: str
    label: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """One page of the outline; pages count from 0. `jumps` are topics and their pages."""

    headline: str
    entries: tuple[PanelLine, ...]
    page: int
    pages: int
    language: str
    jumps: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """Something to tap: a command of the table with its options, as far as they are known."""

    name: str
    label: str
    command: str
    values: Mapping[str, str]
    form: Form | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """What can be done to one topic or link. `targets` are places to move it to: label and id."""

    id: str
    kind: Literal["topic", "link"]
    title: str
    controls: tuple[Control, ...]
    targets: tuple[tuple[str, str], ...]
    language: str

    def control(self, name: str) -> Control | None:
        """Find a control by its name."""
        return next((one for one in self.controls if one.name == name), None)

    def move_to(self, target: str) -> Control:
        """Return the control that moves this to one of the targets."""
        place = "topic" if self.kind == "link" else "after"
        label = say("panel.move-to", self.language)
        return Control("move", label, f"{self.kind} move", {self.kind: self.id, place: target})


def panel(
    episode: Episode,
    titles: Mapping[str, str],
    reasons: Mapping[str, str],
    *,
    page: int,
    language: str,
    earlier: Mapping[str, Earlier] = NOTHING,
) -> Panel:
    """Return a page of the outline; the nearest one where there is no such page any more."""
    pages = _pages(_entries(episode, titles, reasons, earlier, language))
    page = max(0, min(page, len(pages) - 1))
    head, jumps = headline(episode, language), _jumps(pages) if len(pages) > 1 else ()
    return Panel(head, tuple(pages[page]), page, len(pages), language, jumps)


def _jumps(pages: list[list[PanelLine]]) -> tuple[tuple[str, int], ...]:
    """Return the topics that one may jump to; where they are too many, some of them."""
    topics = [
        (f"{entry.number} {entry.label}", at)
        for at, entries in enumerate(pages)
        for entry in entries
        if entry.depth == 0
    ]
    return tuple(topics[:: -(-len(topics) // MOST_ENTRIES) or 1])


def _entries(
    episode: Episode,
    titles: Mapping[str, str],
    reasons: Mapping[str, str],
    earlier: Mapping[str, Earlier],
    language: str,
) -> list[PanelLine]:
    items = {one.id: one for one in find.items(episode, titles)}
    found = []
    for number, topic in find.numbered_topics(episode):
        depth = 1 if number[-1].isalpha() else 0
        name = find.shortened(topic.name) or say("desk.no-topic", language)
        hint = say("desk.topic-empty", language) if find.is_empty(topic) else None
        found.append(PanelLine(topic.id if topic.name else None, depth, number, name, hint))
        for item in filter(find.is_listed, topic.items):
            named = items[item.id]
            hints = [
                hint_of(item, titles, reasons, language),
                earlier_hint(item, earlier, language),
            ]
            hint = str(shown([one for one in hints if one], language)) or None
            found.append(PanelLine(item.id, 2, named.number, named.label, hint))
    return found


def _pages(entries: list[PanelLine]) -> list[list[PanelLine]]:
    pages: list[list[PanelLine]] = [[]]
    room = MOST_TEXT
    for entry in entries:
        size = _size(entry)
        if len(pages[-1]) == MOST_ENTRIES or size > room:
            pages.append([])
            room = MOST_TEXT
        pages[-1].append(entry)
        room -= size
    return pages


def _size(entry: PanelLine) -> int:
    text = f"{entry.number} {entry.label} {entry.hint or ''}"
    return len(text) + sum(c in _SPECIAL for c in text) + 12


def card(
    episode: Episode,
    titles: Mapping[str, str],
    identity: str,
    language: str,
    earlier: Mapping[str, Earlier] = NOTHING,
) -> Card | None:
    """Return what can be done to a topic or link; None where it is not there (any more)."""
    for named in find.topics(episode):
        if named.id == identity:
            return _topic_card(episode, named, language)
    for named in find.items(episode, titles):
        if named.id == identity:
            return _link_card(episode, titles, named, language, earlier)
    return None


# --- a topic -----------------------------------------------------------------------------------


def _topic_card(episode: Episode, topic: find.Named, language: str) -> Card:
    row = _siblings(episode, topic.id)
    at = next(index for index, one in enumerate(row) if one.id == topic.id)
    before = row[at - 1].id if at and row[at - 1].name else None
    after = row[at + 1].id if at + 1 < len(row) else None
    named = {"topic": topic.id}
    name = Field("name", say("panel.name", language), topic.words)
    rename = Form(say("panel.rename-topic", language), (name,))
    controls = (
        _control("up", "topic move", language, named | {"before": before or ""}, enabled=before),
        _control("down", "topic move", language, named | {"after": after or ""}, enabled=after),
        _control("rename", "topic rename", language, named, form=rename),
        _control("remove", "topic remove", language, named),
        _control("later", "later", language, {"what": topic.id}),
    )
    targets = [(say("panel.to-front", language), "first")] if before is not None else []
    targets += [
        (say("panel.behind", language, topic=find.shortened(one.name, 80)), one.id)
        for index, one in enumerate(row)
        if one.name and one.id != topic.id and index != at - 1
    ]
    return Card(topic.id, "topic", _title(topic), controls, tuple(targets), language)


def _siblings(episode: Episode, topic: str) -> tuple[Topic, ...]:
    """Return the topics among which one stands: all topics, or the sub-topics of one."""
    for one in episode.topics:
        if any(sub.id == topic for sub in one.subtopics):
            return one.subtopics
    return episode.topics


# --- a link ------------------------------------------------------------------------------------


def _link_card(
    episode: Episode,
    titles: Mapping[str, str],
    link: find.Named,
    language: str,
    earlier: Mapping[str, Earlier],
) -> Card:
    sections = episode.sections()
    at = next(n for n, one in enumerate(sections) if any(i.id == link.id for i in one.items))
    item = next(one for one in sections[at].items if one.id == link.id)
    named = {"link": link.id}
    up, down = _upward(sections, at, link.id), _downward(sections, at, link.id)
    controls = [
        _control("up", "link move", language, named | (up or {}), enabled=up),
        _control("down", "link move", language, named | (down or {}), enabled=down),
    ]
    content = item.content
    if isinstance(content, Bullet) and content.links:
        first = content.links[0]
        known = first.title or titles.get(first.url) or ""
        form = Form(
            say("panel.rename-link", language),
            (Field("title", say("panel.title", language), known),),
        )
        controls.append(_control("rename", "link retitle", language, named, form=form))
    note = Form(
        say("panel.add-note", language),
        (Field("text", say("panel.note-text", language), long=True),),
    )
    controls += [
        _control("note", "link note", language, named, form=note),
        _control("remove", "link remove", language, named),
        _control("later", "later", language, {"what": link.id}),
    ]
    if any(one.url in earlier for one in links_within(content)):
        controls.append(_control("earlier", "link earlier", language, named))
    targets = tuple(
        (find.shortened(f"{one.number} {one.label}"), one.id)
        for one in find.topics(episode)
        if one.id != sections[at].id
    )
    return Card(link.id, "link", _title(link), tuple(controls), targets, language)


def _upward(sections: tuple[Topic, ...], at: int, link: str) -> dict[str, str] | None:
    """Return the place above a link: before the one above it, or the end of the section above."""
    row = [one.id for one in sections[at].items]
    index = row.index(link)
    if index:
        return {"before": row[index - 1]}
    if at == 0:
        return None
    above = sections[at - 1]
    return {"after": above.items[-1].id} if above.items else {"topic": above.id}


def _downward(sections: tuple[Topic, ...], at: int, link: str) -> dict[str, str] | None:
    """Return the place below a link: behind the one below it, or the front of the section below."""
    row = [one.id for one in sections[at].items]
    index = row.index(link)
    if index + 1 < len(row):
        return {"after": row[index + 1]}
    if at + 1 == len(sections):
        return None
    return {"topic": sections[at + 1].id, "after": "first"}


# --- common ------------------------------------------------------------------------------------


def _control(
    name: str,
    command: str,
    language: str,
    values: Mapping[str, str],
    *,
    form: Form | None = None,
    enabled: object = True,
) -> Control:
    label = say(f"panel.{name}", language)
    return Control(name, label, command, values, form, enabled=enabled not in (None, False))


def _title(named: find.Named) -> str:
    return f"{named.number} {named.label}"


def add_topic(language: str) -> Control:
    """Return the control that asks for a topic's name and adds it."""
    form = Form(say("panel.add-topic", language), (Field("name", say("panel.name", language)),))
    return Control("add", say("panel.add-topic", language), "topic add", {}, form)


def episode_form(fields: Mapping[str, object], language: str) -> Control:
    """Return the control that asks for an episode's fields, as they are, and sets them."""
    asked = tuple(
        Field(
            name,
            field_label(name, language),
            shown_value(fields.get(name)),
            long=name == "summary",
            required=False,
        )
        for name in FORM_FIELDS
    )
    label = say("panel.episode", language)
    return Control("episode", label, "episode set", {}, Form(label, asked))


def field_label(name: str, language: str) -> str:
    """Return what a field of an episode is called beside what is typed into it."""
    label = field_name(name, language)
    return label[:1].upper() + label[1:]


def shown_value(value: object) -> str:
    """Return a field's value as somebody would type it."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
