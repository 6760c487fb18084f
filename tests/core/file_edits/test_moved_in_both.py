"""What hosts and people moved is told where it stands elsewhere than hosts said."""

import pytest

from bot.core.events import ItemMoved, ItemRemoved, TopicMoved, What
from bot.core.file_edits.moved_in_both import moved_in_both
from tests.talk import fold, said

EPISODE = fold(said(1, "# A\n- one\n- two\n#### A1\n- sub\n# B\n- three")).episode
A, B = EPISODE.topics
ONE, TWO = (item.id for item in A.items)
THREE = B.items[0].id
SUB = A.subtopics[0].id


def by_people(one: str) -> What:
    is_topic = one in (A.id, B.id, SUB)
    return TopicMoved(one, None, None) if is_topic else ItemMoved(one, "", None, None)


@pytest.mark.parametrize(
    ("host", "told"),
    [
        (ItemMoved(ONE, A.id, None, TWO), []),
        (ItemMoved(ONE, A.id, TWO, None), ["one"]),
        (ItemMoved(ONE, B.id, None, None), ["one"]),
        (ItemMoved(TWO, A.id, ONE, None), []),
        (ItemMoved(TWO, A.id, THREE, None), ["two"]),
        (ItemMoved(ONE, "merged", None, None), []),
        (ItemMoved("nowhere", A.id, None, None), []),
        (TopicMoved(B.id, A.id, None), []),
        (TopicMoved(B.id, None, A.id), ["B"]),
        (TopicMoved(SUB, B.id, None), ["A1"]),
    ],
)
def test_what_both_moved_is_told_where_it_does_not_stand_as_hosts_said(
    host: ItemMoved | TopicMoved, told: list[str]
) -> None:
    one = host.item if isinstance(host, ItemMoved) else host.topic
    assert moved_in_both(EPISODE, [host], [by_people(one)]) == told
    others = [by_people(other) for other in (ONE, A.id) if other != one]
    assert moved_in_both(EPISODE, [host, ItemRemoved(ONE)], [*others, ItemRemoved(one)]) == []
