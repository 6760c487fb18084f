"""What hosts moved, and people moved elsewhere in the file: there it stands."""

from collections.abc import Iterable, Iterator, Sequence

from bot.core.episode.find import label_of
from bot.core.events import ItemMoved, TopicMoved, What
from bot.core.model import Episode


def moved_in_both(episode: Episode, hosts: Iterable[What], people: Iterable[What]) -> list[str]:
    """Return the names of what stands elsewhere than hosts said, as people moved it, too.

    The `episode` is as it stands after both.
    """
    wanted = {_moved(what): what for what in hosts if isinstance(what, ItemMoved | TopicMoved)}
    found = dict.fromkeys(_moved(one) for one in people if isinstance(one, ItemMoved | TopicMoved))
    rows = list(_rows(episode))
    return [
        next(names[one] for _, names in rows if one in names)
        for one in found
        if one in wanted and not _stands_there(wanted[one], rows)
    ]


def _moved(what: ItemMoved | TopicMoved) -> str:
    return what.item if isinstance(what, ItemMoved) else what.topic


_Row = tuple[str | None, dict[str, str]]
"""What stands under a topic, by id with its name, in order; None is the episode's topics."""


def _rows(episode: Episode) -> Iterator[_Row]:
    yield None, {one.id: one.name for one in episode.topics}
    for topic in episode.sections():
        yield topic.id, {one.id: label_of(one.content, {}) for one in topic.items}
        yield topic.id, {one.id: one.name for one in topic.subtopics}


def _stands_there(what: ItemMoved | TopicMoved, rows: Sequence[_Row]) -> bool:
    """Return whether something stands where it was moved; also if it is nowhere any more."""
    one = _moved(what)
    under, row = next(((under, [*names]) for under, names in rows if one in names), (None, []))
    if not row:
        return True
    if isinstance(what, ItemMoved) and under != what.topic:
        return all(what.topic != known for known, _ in rows)  # that is merged, or gone
    if any(anchor in names for anchor in (what.after, what.before) if anchor not in row
           for _, names in rows):  # fmt: skip
        return False
    at = row.index(one)
    is_behind = what.after not in row or row.index(what.after) < at
    return is_behind and (what.before not in row or at < row.index(what.before))
