"""What is put off in an episode, and what comes into one from another, in its builder."""

from collections.abc import Collection

from bot.core.episode.builder import EpisodeBuilder
from bot.core.episode.item_index import links_of
from bot.core.episode.sections import TOP, InsertionPoint, Section, followed
from bot.core.events import born_of
from bot.core.later.events import ItemCarried, TopicCarried, TopicPostponed
from bot.core.model import Bullet, Topic, Waiting


def postpone_item(builder: EpisodeBuilder, item: str, key: str, *, headings: bool = False) -> None:
    """Put an item off, by the event of that key; what is gone cannot wait.

    What people had put below it in the file was to go along, and does where it is gone itself.
    """
    entry = builder.meant(item)
    is_there = entry is not None and entry.alive
    for one in (entry,) if is_there else map(builder.meant, builder.below(item)):
        if one is not None and one.alive:
            one.alive, one.waits = False, True
            one.section.items = None
            builder.waits[one.item.id] = key, one
            if headings:
                builder.headed.add(key)


def postpone_topic(builder: EpisodeBuilder, what: TopicPostponed, key: str) -> None:
    """Put a topic off with all it holds; what follows in its channel goes to the topic before.

    So is what it held then and stands elsewhere by now, since a heading came late or is gone.
    """
    section = builder.section(what.topic)
    if section is not None and section is not builder.top:
        _postpone_section(builder, section, key)
    for item in what.items:
        entry = builder.meant(item)
        if entry is not None and not entry.section.gone:
            postpone_item(builder, item, key)


def _postpone_section(builder: EpisodeBuilder, section: Section, key: str) -> None:
    siblings = builder.siblings(section)
    index = siblings.index(section)
    before = siblings[index - 1] if index else section.parent or builder.top
    siblings.remove(section)
    parts = (section, *section.subs)
    for part in parts:
        part.follow, part.gone = before, True
    builder.named = {name: found for name, found in builder.named.items() if found not in parts}
    builder.waiting_topics.append((key, section))


def put_off_again(builder: EpisodeBuilder, item: str) -> None:
    """Let an item wait again that people's words in the file had brought back."""
    entry = builder.meant(item)
    if entry is None or entry.called_back is None or not entry.alive:
        return
    key, section = entry.called_back
    entry.called_back, here = None, entry.section
    if key:
        postpone_item(builder, item, key)
    else:
        here.take(entry)
        section.add(entry)
    builder.leave(here)


def waiting(builder: EpisodeBuilder) -> tuple[Waiting, ...]:
    """Return what waits: items alone in the order in which they were put off, then topics."""
    loose = tuple(
        Waiting(
            key,
            Topic(TOP, "", (entry.item,)),
            _headings(entry.section) if key in builder.headed else (),
            builder.nested((entry.item,)),
        )
        for key, entry in builder.waits.values()
    )
    topics = (
        Waiting(key, topic := section.view(), nested=builder.nested(topic.every_item()))
        for key, section in builder.waiting_topics
        if not _all_called_back(builder, section)
    )
    return (*loose, *topics)


def told_by(builder: EpisodeBuilder, things: Collection[str]) -> set[str]:
    """Return the messages of which some items and topics that wait are made, notes included."""
    notes = {message for message, entry in builder.lasts.items() if entry.item.id in things}
    items = {one.item.message for one in builder.entries.values() if one.item.id in things}
    return notes | items | {born_of(one) for one in things}


def _headings(section: Section) -> tuple[Topic, ...]:
    """Return the headings that a section stands under, and its own, the outer one first."""
    found: list[Topic] = []
    at: Section | None = section
    while at is not None and at.name:
        found.insert(0, Topic(at.id, at.name))
        at = at.parent
    return tuple(found)


def _all_called_back(builder: EpisodeBuilder, section: Section) -> bool:
    """Return whether all that a topic held is back in the episode: its heading alone is nothing."""
    parts = (section, *section.subs)
    if any(entry.alive for part in parts for entry in part.entries):
        return False
    back = (one.called_back for one in builder.entries.values())
    return any(one is not None and one[1] in parts for one in back)


def carry_topic(builder: EpisodeBuilder, what: TopicCarried) -> None:
    """Put in a topic that came from another episode, before those of this one."""
    if what.name is None:
        return
    above = builder.section(what.under)
    under = builder.over(above) if above else None
    section = builder.topic_named(what.name, under)
    if section is None:
        builder.new_topic(what.topic, what.name, under)
    else:
        section.unsaid = False
        builder.sections.setdefault(what.topic, section)


def carry_item(builder: EpisodeBuilder, what: ItemCarried) -> None:
    """Put in an item that came from another episode, or onto the one that has its link already."""
    if what.state is None or what.item in builder.entries:
        return
    # Loaded where something was put off: most chats hold nothing of the kind.
    from bot.core.later.item_state import item_of

    item = item_of(what.item, what.state)
    links = links_of(item.content)
    twin = builder.first_with(links[0].canonical) if len(links) == 1 else None
    if twin is None:
        builder.put(item, links, InsertionPoint(_home(builder, what.topic)))
        if isinstance(under := what.state.get("under"), str):
            builder.nest(item.id, under)
        return
    notes = item.content.notes if isinstance(item.content, Bullet) else ()
    if not builder.say_of(twin, item, notes):
        builder.entries[item.id] = builder.lasts[item.message] = twin


def _home(builder: EpisodeBuilder, topic: str | None) -> Section:
    found = builder.sections.get(topic) if topic else None
    return followed(found) if found is not None else builder.top
