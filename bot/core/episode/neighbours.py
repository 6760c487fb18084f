"""Where a topic or an item comes to stand: between which two others."""

from collections.abc import Sequence

from bot.core.model import Episode, Item


def rows_of(episode: Episode) -> list[list[str]]:
    """Return the ids of the topics, and of each topic's sub-topics, in their order.

    What stands before the first topic is none: nothing stands before or behind it.
    """
    return [[topic.id for topic in episode.topics if topic.name]] + [
        [one.id for one in topic.subtopics] for topic in episode.topics
    ]


def between(
    row: Sequence[str], after: str | None, before: str | None, *, moving: str | None
) -> tuple[str | None, str | None]:
    """Return both neighbours of a place of which one is known; the end where none is.

    Next to itself is where a thing stands already.
    """
    stands = row.index(moving) if moving in row and moving in (after, before) else None
    row = [one for one in row if one != moving]
    if stands is not None:
        index = stands
    elif after in row:
        index = row.index(after) + 1
    elif before in row:
        index = row.index(before)
    else:
        return (row[-1] if row else None), None
    return (row[index - 1] if index else None), (row[index] if index < len(row) else None)


def topic_of(item: str, episode: Episode) -> str:
    """Return the topic that an item stands under."""
    return next(
        topic.id for topic in episode.sections() if any(one.id == item for one in topic.items)
    )


def items_in(topic: str, episode: Episode) -> tuple[Item, ...]:
    """Return the items right under a topic; none where it is not there."""
    return next((one.items for one in episode.sections() if one.id == topic), ())
