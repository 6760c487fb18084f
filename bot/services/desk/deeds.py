"""What hosts did by command, in a few words, with the names of what it was about."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.core.episode import find
from bot.core.episode.file_text import written
from bot.core.episode.fold import Outline
from bot.core.episode.undo import EDITS
from bot.core.events import (
    Event,
    FieldSet,
    ItemMoved,
    ItemNoted,
    ItemReaddressed,
    ItemRemoved,
    ItemRestored,
    ItemRetitled,
    TopicAdded,
    TopicMerged,
    TopicMoved,
    TopicRemoved,
    TopicRenamed,
)
from bot.core.file_events import (
    ConflictSettled,
    ItemAdded,
    ItemNested,
    ItemWritten,
    TopicFound,
    TopicWritten,
)
from bot.core.later.events import ItemPostponed, TopicPostponed
from bot.core.model import Topic, words_of
from bot.core.recording.events import CutMarked, RecordingSet, TopicSkipped, TopicTimed
from bot.services.drafting.rendering import Drafting, EpisodeView
from bot.services.field_names import field_name
from bot.services.show import Show
from bot.texts import say

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Deed:
    """A command that changed an episode, and its number in the history, from 1."""

    number: int
    event: Event


class Deeds:
    """What was done to one episode; `names` are those of its topics and items, by id."""

    def __init__(self, outline: Outline, names: Mapping[str, str]) -> None:
        self._names = names
        done = [event for event in outline.commands() if isinstance(event.what, EDITS)]
        self.all = tuple(Deed(number, event) for number, event in enumerate(done, 1))
        self._outline = outline

    def are(self, *, undone: bool) -> list[Deed]:
        """Return those that are undone, or those that count; oldest first."""
        return [one for one in self.all if self._outline.undone(one.event.key) is undone]

    def together(self, deed: Deed, *, undone: bool) -> list[Deed]:
        """Return all that one command did at once: `/times` gives many topics their time."""
        if not isinstance(deed.event.what, TopicTimed):
            return [deed]
        return [one for one in self.are(undone=undone) if _command(one) == _command(deed)]

    def words(self, deed: Deed, language: str) -> str:
        """Say what was done."""
        name, values = _TEXTS[type(deed.event.what)](deed.event.what)
        if isinstance(field := values.get("field"), str):
            values["field"] = field_name(field, language)
        about = values.pop("about", None)
        if about is None:
            return say(f"history.did-{name}", language, **values)
        if (named := self._names.get(str(about))) is None:
            return say(f"history.did-{name}", language, **values)
        return say(f"history.did-{name}-named", language, name=named, **values)


def _command(deed: Deed) -> tuple[type, str, int, str]:
    """Return what all that a command did has in common, such as its key without a number."""
    event = deed.event
    return type(event.what), event.by, event.at, event.key.rpartition(":")[0] or event.key


async def deeds_of(show: Show, drafting: Drafting, episode: str) -> Deeds:
    """Return what was done to an episode by command."""
    outline = await show.log.outline(episode)
    names = _names(await drafting.view(episode))
    about = {getattr(event.what, "topic", None) for event in outline.commands()}
    if gone := {one for one in about if isinstance(one, str) and one not in names}:
        names |= _names_of_gone(gone, await show.store.events(episode), outline)
    return Deeds(outline, names)


def _names(view: EpisodeView) -> dict[str, str]:
    episode, titles = view.episode, view.titles
    items = [*find.every_item(episode, titles), *find.removed(episode, titles)]
    names = {one.id: find.shortened(one.label, LONGEST_NAME) for one in items}
    names |= {
        one.id: find.shortened(find.label_of(one.content, titles), LONGEST_NAME)
        for one in (*episode.waiting_items(), *(one.item for one in episode.nested))
    }
    waiting = _all(one.topic for one in episode.waiting)
    names |= {one.id: find.shortened(one.name, LONGEST_NAME) for one in waiting if one.name}
    return names | {one.id: find.shortened(one.label, LONGEST_NAME) for one in find.topics(episode)}


def _names_of_gone(gone: set[str], events: Iterable[Event], outline: Outline) -> dict[str, str]:
    """Return the last names of topics that are not there any more."""
    names: dict[str, str] = {}
    past = Outline("", outline.rules)
    for event in events:
        if isinstance(event.what, TopicRemoved | TopicMerged) and event.what.topic in gone:
            names |= {one.id: one.name for one in _all(past.episode.topics) if one.id in gone}
        past.apply(event)
    return {one: find.shortened(name, LONGEST_NAME) for one, name in names.items() if name}


def _all(topics: Iterable[Topic]) -> Iterable[Topic]:
    for topic in topics:
        yield topic
        yield from topic.subtopics


def plain_value(value: object) -> str | list[str]:
    """Return a field's value as words, or a list of them."""
    if isinstance(value, Mapping):
        return [f"{name}: {find.shortened(str(one), 200)}" for name, one in value.items()]
    if isinstance(value, list | tuple):
        return [find.shortened(str(one), 200) for one in value]
    return find.shortened(str(value), 200)


# For what a deed is `about`, there is a text with its name, and one without.
_TEXTS: dict[type, Callable[..., tuple[str, dict[str, object]]]] = {
    FieldSet: lambda one: ("field", {"field": one.name, "value": plain_value(one.value or "–")}),
    TopicAdded: lambda one: ("topic-added", {"topic": one.name}),
    TopicRenamed: lambda one: ("topic-renamed", {"name": one.name}),
    TopicMoved: lambda one: ("topic-moved", {"about": one.topic}),
    TopicMerged: lambda one: ("topic-merged", {"about": one.topic}),
    TopicRemoved: lambda one: ("topic-removed", {"about": one.topic}),
    ItemMoved: lambda one: ("link-moved", {"about": one.item}),
    ItemRetitled: lambda one: ("link-retitled", {"title": one.title}),
    ItemReaddressed: lambda one: ("link-readdressed", {"url": find.shortened(one.url, 80)}),
    ItemNoted: lambda one: ("link-noted", {"text": find.shortened(one.text, 40)}),
    ItemRemoved: lambda one: ("link-removed", {"about": one.item}),
    ItemRestored: lambda one: ("link-restored", {"about": one.item}),
    ItemPostponed: lambda one: ("link-postponed", {"about": one.item}),
    TopicPostponed: lambda one: ("topic-postponed", {"about": one.topic}),
    ItemWritten: lambda one: ("file-link-written", {"text": _words(one.now)}),
    ItemAdded: lambda one: ("file-link-added", {"text": _words(one.text)}),
    ItemNested: lambda one: ("file-link-nested", {"about": one.item}),
    TopicFound: lambda one: ("file-topic-added", {"topic": one.name}),
    TopicWritten: lambda one: ("file-topic-renamed", {"name": one.now}),
    RecordingSet: lambda one: (f"recording-{one.state}", {}),
    TopicTimed: lambda _: ("topic-timed", {}),
    TopicSkipped: lambda _: ("topic-skipped", {}),
    CutMarked: lambda one: ("cut-marked", {"text": find.shortened(one.text, 40) or "–"}),
    ConflictSettled: lambda one: ("chosen-chat" if one.ours else "chosen-file", {}),
}


def _words(text: str) -> str:
    return find.shortened(words_of(written(text).line, {}), 40)
