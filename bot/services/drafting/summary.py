"""What changed since the last draft, in a few words."""

from collections.abc import Iterable, Iterator

from bot.core.episode.diff import Changes
from bot.core.episode.find import shortened
from bot.services.field_names import field_name
from bot.texts import say

MOST_TOPICS = 2
"""Topics that are named one by one."""

LONGEST_NAME = 40


def summary(changes: Changes, language: str) -> str:
    """Say what changed, most important first: "3 links in DeepMind GNoME, topics reordered"."""
    parts = [*_links(changes, language), *_topics(changes, language)]
    if changes.fields:
        names = [field_name(one, language) for one in changes.fields]
        parts.append(say("changes.fields", language, fields=joined(names, language)))
    return joined(parts, language) or say("changes.layout", language)


def joined(parts: Iterable[str], language: str) -> str:
    """Return several things in one line."""
    return ("、" if language.startswith("ja") else ", ").join(parts)


def _counted(what: str, count: int, language: str, **values: object) -> str:
    name = f"changes.{what}-{'one' if count == 1 else 'many'}"
    return say(name, language, count=count, **values)


def _links(changes: Changes, language: str) -> Iterator[str]:
    if len(changes.links) > MOST_TOPICS:
        count, topics = sum(changes.links.values()), len(changes.links)
        yield say("changes.links-topics", language, count=count, topics=topics)
    else:
        for topic, count in changes.links.items():
            name = "links" if topic else "links-top"
            yield _counted(name, count, language, topic=_name(topic))
    for what in ("removed", "changed", "moved", "titled"):
        if count := getattr(changes, what):
            yield _counted(what, count, language)


def _topics(changes: Changes, language: str) -> Iterator[str]:
    new = [topic for topic in changes.topics if topic not in changes.links]
    for one, many, names in (
        ("topic", "topics", new),
        ("topic-gone", "topics-gone", changes.topics_gone),
        ("renamed", "renamed-many", changes.renamed),
    ):
        if len(names) > MOST_TOPICS:
            yield say(f"changes.{many}", language, count=len(names))
        else:
            for name in names:
                yield say(f"changes.{one}", language, topic=_name(name))
    if changes.reordered:
        yield say("changes.reordered", language)


def _name(topic: str) -> str:
    return shortened(topic, LONGEST_NAME)
