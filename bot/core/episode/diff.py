"""What changed in an episode between two drafts, as its commit says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.grammar.topic_name import same_name
from bot.core.model import Episode, Item, Topic, links_within


@dataclass(frozen=True, slots=True)
class Changes:
    """Counts and names of what changed; empty where nothing did.

    `links` are those added, by the name of their topic; `titled` counts the titles that were found
    since; `fields` are the names of those set anew.
    """

    links: Mapping[str, int] = field(default_factory=dict)
    removed: int = 0
    changed: int = 0
    moved: int = 0
    titled: int = 0
    topics: tuple[str, ...] = ()
    topics_gone: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    reordered: bool = False
    fields: tuple[str, ...] = ()


def changes(before: Episode, now: Episode) -> Changes:
    """Compare an episode with what it was."""
    former, items = _placed(before), _placed(now)
    old, new = _topics(before), _topics(now)
    kept = [one for one in old if one in new]
    return Changes(
        links=_added(former, items),
        removed=sum(_weight(former[one][1]) for one in former if one not in items),
        changed=sum(
            former[one][1].content != item.content
            for one, (_, item) in items.items()
            if one in former
        ),
        moved=_moved(former, items),
        topics=_without(new, old),
        topics_gone=_without(old, new),
        renamed=tuple(
            new[one].name for one in kept if same_name(old[one].name) != same_name(new[one].name)
        ),
        reordered=kept != [one for one in new if one in old],
        fields=tuple(
            name
            for name in dict.fromkeys((*now.fields, *before.fields))
            if now.fields.get(name) != before.fields.get(name)
        ),
    )


def _placed(episode: Episode) -> dict[str, tuple[Topic, Item]]:
    """Return each item with its topic, by id, in the order of the draft."""
    return {item.id: (topic, item) for topic in episode.sections() for item in topic.items}


def _topics(episode: Episode) -> dict[str, Topic]:
    return {topic.id: topic for topic in episode.sections() if topic.name}


def _without(here: Mapping[str, Topic], there: Mapping[str, Topic]) -> tuple[str, ...]:
    """Return the names of topics that are here alone: another message may open one again."""
    names = {same_name(topic.name) for topic in there.values()}
    return tuple(
        topic.name
        for one, topic in here.items()
        if one not in there and same_name(topic.name) not in names
    )


def _weight(item: Item) -> int:
    """Return the number of links of an item; one without is counted as one."""
    return len(links_within(item.content)) or 1


def _added(
    former: Mapping[str, tuple[Topic, Item]], items: Mapping[str, tuple[Topic, Item]]
) -> dict[str, int]:
    added: dict[str, int] = {}
    for identity, (topic, item) in items.items():
        if identity not in former:
            added[topic.name] = added.get(topic.name, 0) + _weight(item)
    return added


def _moved(
    former: Mapping[str, tuple[Topic, Item]], items: Mapping[str, tuple[Topic, Item]]
) -> int:
    """Count the items that stand under another topic now, which is not called the same."""
    pairs = ((former[one][0], topic) for one, (topic, _) in items.items() if one in former)
    return sum(
        was.id != topic.id and same_name(was.name) != same_name(topic.name) for was, topic in pairs
    )
