"""Where what people put into another line stands by now."""

from collections.abc import Mapping

from bot.core.episode.builder import EpisodeBuilder
from bot.core.episode.item_index import links_of
from bot.core.events import Event
from bot.core.file_events import StandsIn


def holder(builder: EpisodeBuilder, put: Mapping[str, Event], item: str) -> str | None:
    """Return the item or topic in which people have an item's words, or its link, by now.

    `put` has by item the event of where they put its words.
    """
    if (line := line_of(builder, put, item)) is not None:
        return line
    entry = builder.entries.get(item)
    links = links_of(entry.item.content) if entry else ()
    first = builder.first_with(links[0].canonical) if len(links) == 1 else None
    known = {getattr(event.what, "into", None) for event in put.values()}
    is_other = first is not None and first is not entry and first.item.id in known
    return first.item.id if first is not None and is_other else None


def line_of(builder: EpisodeBuilder, put: Mapping[str, Event], item: str) -> str | None:
    """Return the item or topic that is shown and into which people put an item's words."""
    seen = set[str]()
    while item in put and item not in seen:
        seen.add(item)
        what = put[item].what
        assert isinstance(what, StandsIn)  # noqa: S101 - only these are kept
        item = what.into
        if builder.is_shown(item):
            return item
    return None
