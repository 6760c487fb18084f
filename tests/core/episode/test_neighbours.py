"""Where a thing comes to stand: right behind the one, or before the other, that is named."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.neighbours import between, items_in, rows_of, topic_of
from tests.talk import fold, said, url

ROWS = st.lists(st.sampled_from("abcdef"), unique=True)
NAMES = st.sampled_from("abcdefx") | st.none()


@given(ROWS, NAMES, NAMES, NAMES)
def test_both_neighbours_stand_side_by_side_without_what_moves(row, after, before, moving):
    above, below = between(row, after, before, moving=moving)
    rest = [one for one in row if one != moving]
    at = rest.index(above) + 1 if above is not None else 0
    assert below == (rest[at] if at < len(rest) else None)


@given(ROWS, NAMES, NAMES, NAMES)
def test_what_is_named_is_a_neighbour(row, after, before, moving):
    above, below = between(row, after, before, moving=moving)
    if moving in row and moving in (after, before):  # next to itself: it stays
        assert [above, moving, below] == around(row, moving)
    elif after in row:
        assert above == after
    elif before in row:
        assert below == before
    else:
        assert below is None


def around(row, name):
    """Return a thing in a row with both its neighbours."""
    return [None, *row, None][row.index(name) : row.index(name) + 3]


def test_an_item_stands_under_its_topic_or_sub_topic():
    episode = fold(said(1, f"# A\n{url(1)}"), said(2, f"#### S\n{url(2)}"), said(3, "# B")).episode
    one, two = (item.id for item in episode.items())
    below = episode.topics[0].subtopics[0]
    assert (topic_of(one, episode), topic_of(two, episode)) == (episode.topics[0].id, below.id)
    assert items_in(below.id, episode) == below.items
    assert items_in("nowhere", episode) == ()
    assert rows_of(episode) == [[one.id for one in episode.topics], [below.id], []]
