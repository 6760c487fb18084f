"""The place of a topic among the others, as a host names it."""

from bot.core.episode import find
from bot.core.episode.neighbours import between, rows_of
from bot.core.model import Episode
from bot.services.desk.named_thing import named_topic

FRONT = ("first", "top", "0", "最初", "先頭")
"""Words for the first place, where a topic or link to stand behind is asked for."""


def topic_place(
    after: str | None,
    before: str | None,
    episode: Episode,
    *,
    moving: str | None = None,
    under: str | None = None,
) -> tuple[str | None, str | None]:
    """Turn the place that a host names into the ids of the neighbours, all `under` a topic."""
    among = find.topics(episode)
    row = [topic.id for topic in episode.topics if topic.name]
    if under is not None:
        row = next(
            [sub.id for sub in one.subtopics] for one in episode.sections() if one.id == under
        )
        among = [one for one in among if one.id in row]
    if after in FRONT:
        rest = [one for one in row if one != moving]
        return None, rest[0] if rest else None
    behind = named_topic(after, among).id if after else None
    ahead = named_topic(before, among).id if before else None
    row = next((one for one in rows_of(episode) if (behind or ahead) in one), row)
    return between(row, behind, ahead, moving=moving)
