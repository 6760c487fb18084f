"""What stands beside a message that goes off the record stands where it stood."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.erasure.kept_places import kept_places
from bot.core.events import Event, ItemMoved, ItemRemoved, MessageSeen, TopicMoved
from bot.core.file_events import ItemAdded, ItemNested, TopicFound
from bot.core.urls import fingerprint
from tests.talk import did, fold, said, url

MESSAGES = 6
ITEMS = [f"{number:04}/{fingerprint(url(number))}/0" for number in range(2, MESSAGES + 1)]
TALK = [said(1, "# A"), *(said(number, url(number)) for number in range(2, MESSAGES + 1))]
TOPIC = "0001/0"


def order(events):
    return [item.id for item in fold(*events).episode.items()]


def erased(events, number):
    """Return the events as they are without a message, each thing placed by what stays."""
    before = fold(*events).episode
    placed = {one.key: one for one in kept_places(events, before, f"{number:04}")}
    gone = (f"{number:04}", f"{number:04}/")
    return [
        placed.get(event.key, event)
        for event in events
        if not (isinstance(event.what, MessageSeen) and event.what.message.id == gone[0])
        and not str(getattr(event.what, "item", "")).startswith(gone[1])
        and not str(getattr(event.what, "topic", "")).startswith(gone[1])
    ]


STEPS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["add", "move"]), st.integers(0, 9)), max_size=6
)


@given(STEPS, st.integers(2, MESSAGES))
def test_what_was_put_behind_a_message_stands_behind_what_stood_there(steps, number):
    events = list(TALK)
    for at, (what, kind, after) in enumerate(steps, 900):
        row = order(events)
        anchor = row[after % len(row)]
        if kind == "add":
            events.append(did(at, ItemAdded(f"- by hand {at}", TOPIC, anchor)))
        elif (item := row[what % len(row)]) != anchor:
            events.append(did(at, ItemMoved(item, TOPIC, anchor, None)))
    # Of what a later step moved away, an earlier one has its place by those that were there.
    moved = [event.what.item for event in events if isinstance(event.what, ItemMoved)]
    rest = [one for one in order(events) if not one.startswith(f"{number:04}/")]
    left = order(erased(events, number))
    assert sorted(left) == sorted(rest)
    if not moved:
        assert left == rest


def test_what_was_moved_to_the_head_or_behind_the_last_is_there():
    move = did(900, ItemMoved(ITEMS[3], TOPIC, None, ITEMS[0]))
    assert order(erased([*TALK, move], 2))[0] == ITEMS[3]
    move = did(900, ItemMoved(ITEMS[0], TOPIC, ITEMS[4], None))
    assert order(erased([*TALK, move], 6))[-1] == ITEMS[0]


def test_topics_that_were_put_beside_a_heading_stay_there():
    talk = [said(number, f"# {name}\n{url(number)}") for number, name in enumerate("ABCD", 1)]
    ids = [topic.id for topic in fold(*talk).episode.topics if topic.name]
    events = [
        *talk,
        did(900, TopicMoved(ids[3], ids[1], None)),
        did(901, TopicFound("X", None, ids[1])),
    ]
    names = [topic.name for topic in fold(*events).episode.topics if topic.name]
    assert names == ["A", "B", "X", "D", "C"]
    left = fold(*erased(events, 2)).episode
    assert [topic.name for topic in left.topics if topic.name] == ["A", "X", "D", "C"]


def test_other_events_and_what_stands_below_an_item_are_as_they_were():
    events: list[Event] = [
        *TALK,
        did(900, ItemAdded("- by hand", TOPIC, ITEMS[0])),
        did(901, ItemNested("c00900", ITEMS[0], TOPIC, ITEMS[0])),
        did(902, ItemRemoved(ITEMS[0])),
        did(903, ItemMoved(ITEMS[1], TOPIC, ITEMS[3], None)),
    ]
    assert kept_places(events, fold(*events).episode, "0002") == []
