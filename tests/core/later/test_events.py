"""What waits for the next episode has a register there, whose newest state counts."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.later.events import (
    ItemCarried,
    TopicCarried,
    TopicPostponed,
    carried_key,
    gone,
    register_of,
    thing_of,
)

EPISODES = st.sampled_from(["show#1", "show#2", "a:b#12"])
PLACES = st.integers(0, 99_999)
CARRIED = st.one_of(
    st.builds(ItemCarried, state=st.none() | st.just({"at": 1})), st.builds(TopicCarried)
)


@given(EPISODES, st.lists(st.tuples(PLACES, PLACES), unique=True, max_size=9))
def test_keys_sort_by_their_place_and_then_by_their_age(episode, counted):
    keys = [carried_key(episode, place, count) for place, count in sorted(counted)]
    assert keys == sorted(keys)
    assert len({*keys}) == len(keys)


@given(EPISODES, EPISODES, PLACES, PLACES, PLACES, PLACES)
def test_states_are_of_one_register_just_where_episode_and_place_are_the_same(
    episode, other, place, second, count, newer
):
    one, two = carried_key(episode, place, count), carried_key(other, second, newer)
    same = (episode, place) == (other, second)
    assert (register_of(one) == register_of(two)) is same
    assert one.startswith(register_of(one))


@given(CARRIED)
def test_what_is_gone_is_nothing_any_more_and_stays_so_in_its_register(what):
    left = gone(what)
    assert thing_of(left) is None
    assert gone(left) == left
    assert (type(left), left.origin, left.postponed) == (type(what), what.origin, what.postponed)


@given(CARRIED)
def test_what_is_there_is_known_by_the_id_that_it_came_with(what):
    is_item = isinstance(what, ItemCarried)
    is_there = (what.state if is_item else what.name) is not None
    assert thing_of(what) == ((what.item if is_item else what.topic) if is_there else None)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_what_a_topic_held_is_the_same_from_json_as_from_the_chat(topic, items):
    assert TopicPostponed(topic, items) == TopicPostponed(topic, tuple(items))
    assert hash(TopicPostponed(topic, items)) == hash(TopicPostponed(topic, tuple(items)))
