"""What one episode hands over to the next, and how the two stay in step."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.episode.fold import Outline
from bot.core.episode.hand_over import hand_over, taken_back
from bot.core.events import Event, ItemRemoved, ItemRestored
from bot.core.file_events import ConflictFound, ConflictSettled, ItemWritten
from bot.core.later.events import ItemCarried, ItemPostponed, TopicPostponed, carried_key
from bot.core.later.item_state import item_of, state_of
from tests.core.episode.test_fold_laws import EVENTS, MESSAGES
from tests.talk import did, fold, gone, marked, said, told, url

NEXT = "show#2"


def handed(source: Outline, target: Outline, *, takes: set[str] | None = None) -> list[Event]:
    waiting = source.episode.waiting
    keys = {one.postponed for one in waiting} if takes is None else takes
    return hand_over("show#1", waiting, NEXT, target.carried(), at=5, takes=keys)


def taken(source: Outline) -> Outline:
    target = Outline(NEXT, source.rules)
    target.extend(handed(source, target))
    return target


def test_an_item_waits_and_comes_back_with_its_title_note_and_author():
    source = fold(
        said(1, f"# A\n[Own]({url(1)})\n- note\n\n{url(2)}"),
        did(2, ItemPostponed(fold(said(1, f"# A\n{url(1)}")).episode.items()[0].id)),
    )
    assert told(source.episode) == ["# A", url(2).removeprefix("https://a.example/")]
    episode = taken(source).episode
    assert told(episode) == ["[Own]", "  - note"]
    (item,) = episode.items()
    assert (item.message, item.by) == ("0001", "buka")


def test_a_topic_waits_with_all_it_holds_and_what_follows_goes_to_the_topic_before():
    talk = [said(1, f"# A\n{url(1)}"), said(2, f"# B\n{url(2)}\n#### S\n{url(3)}")]
    topic = fold(*talk).episode.topics[1].id
    source = fold(*talk, did(3, TopicPostponed(topic)), said(4, url(4)))
    assert told(source.episode) == ["# A", "1", "4"]
    assert told(taken(source).episode) == ["# B", "2", "## S", "3"]
    again = fold(*talk, did(3, TopicPostponed(topic)), said(4, f"# B\n{url(4)}"))
    assert told(again.episode) == ["# A", "1", "# B", "4"]


def test_what_a_topic_held_waits_though_a_heading_comes_late_between_them():
    talk = [said(1, f"# A\n{url(1)}"), said(3, url(3))]
    episode = fold(*talk).episode
    put_off = TopicPostponed(episode.topics[0].id, tuple(one.id for one in episode.items()))
    source = fold(*talk, did(4, put_off), said(2, f"# Late\n{url(2)}"))
    assert told(source.episode) == ["# Late", "2"]
    assert sorted(told(taken(source).episode)) == ["# A", "1", "3"]


def test_an_item_put_off_with_its_headings_stands_under_them_again():
    talk = [said(1, f"# A\n{url(1)}\n#### S\n{url(2)}\n\n{url(3)}")]
    items = [one.id for one in fold(*talk).episode.items()]
    put_off = [did(n, ItemPostponed(one, headings=True)) for n, one in enumerate(items[:2], 2)]
    source = fold(*talk, *put_off)
    assert told(source.episode) == ["# A", "## S", "3"]
    target = taken(source)
    assert told(target.episode) == ["# A", "1", "## S", "2"]
    source.apply(said(1, f"# B\n{url(1)}\n#### S\n{url(2)}\n\n{url(3)}", edited=9))
    target.extend(handed(source, target, takes=set()))
    assert told(target.episode) == ["# B", "1", "## S", "2"]


def test_what_waited_stands_at_the_head_and_takes_a_link_that_is_posted_again():
    source = fold(said(1, f"{url(1)}"), did(2, ItemPostponed(_first(said(1, url(1))))))
    target = taken(source)
    target.extend([said(10, f"{url(9)}"), said(11, f"{url(1)}\n- more")])
    assert told(target.episode) == ["1", "  - more", "9"]
    assert target.outcome("0011") == "already"


def test_an_edit_of_the_message_is_followed_and_its_deletion_too():
    source = fold(said(1, url(1)), did(2, ItemPostponed(_first(said(1, url(1))))))
    target = taken(source)
    source.apply(said(1, f"{url(1)}\n- note", edited=1))
    target.extend(handed(source, target, takes=set()))
    assert told(target.episode) == ["1", "  - note"]
    source.apply(gone(1))
    target.extend(handed(source, target, takes=set()))
    assert told(target.episode) == []


def _first(*events: Event) -> str:
    return fold(*events).episode.items()[0].id


@settings(max_examples=150)
@given(EVENTS)
def test_an_item_is_the_same_after_it_was_written_into_a_log(events: list[Event]) -> None:
    episode = fold(*{event.key: event for event in events}.values()).episode
    for item in (*episode.items(), *episode.removed, *episode.waiting_items()):
        assert item_of(item.id, state_of(item)) == item


@settings(max_examples=150)
@given(EVENTS)
def test_nothing_is_handed_over_twice(events: list[Event]) -> None:
    source = fold(*{event.key: event for event in events}.values())
    target = taken(source)
    assert handed(source, target) == []
    assert {one.id for one in target.episode.items()} <= {
        one.id for one in source.episode.waiting_items()
    }


@settings(max_examples=150)
@given(EVENTS, st.lists(MESSAGES, max_size=5), st.randoms(use_true_random=False))
def test_what_was_handed_over_in_steps_is_what_is_handed_over_at_once(
    events: list[Event], later: list[Event], random: Random
) -> None:
    events = list({event.key: event for event in events}.values())
    known = {event.key for event in events}
    later = [event for event in later if event.key not in known]
    source = fold(*events)
    target = taken(source)
    first = [*target.carried()]
    source.extend(later)
    keys = {one.postponed for one in source.episode.waiting}
    second = handed(source, target, takes=keys)
    target.extend(second)
    shuffled = [*first, *second, *first]
    random.shuffle(shuffled)
    other = Outline(NEXT, source.rules)
    other.extend(shuffled)
    assert other.episode == target.episode
    have = {one.id for one in target.episode.items()}
    assert have == {one.id for one in taken(source).episode.items()}


@settings(max_examples=150)
@given(EVENTS)
def test_the_messages_of_what_waits_are_those_without_which_it_would_not_be_there(
    events: list[Event],
) -> None:
    events = list({event.key: event for event in events}.values())
    source = fold(*events)
    items = {one.id: one.message for one in source.episode.waiting_items()}
    told = {one.id for one in source.told_by(items)}
    assert {message for message in items.values() if source.message(message)} <= told
    without = [event for event in events if event.about not in told]
    assert not {one.id for one in fold(*without).episode.waiting_items()} & {
        one for one, message in items.items() if message in told
    }


def test_notes_and_headings_of_what_waits_are_told_by_their_own_messages():
    talk = [
        said(1, "# A"), said(2, url(2)), said(3, "a word", reply_to=2), marked(3, "📝"),
        said(4, f"{url(2)}\n- again"), said(5, url(5)),
    ]  # fmt: skip
    topic = fold(*talk).episode.topics[0].id
    source = fold(*talk, did(9, TopicPostponed(topic)))
    things = {topic, *(one.id for one in source.episode.waiting_items())}
    assert [one.id for one in source.told_by(things)] == ["0001", "0002", "0003", "0004", "0005"]
    assert [one.id for one in source.told_by({source.episode.waiting_items()[0].id})] == [
        "0002", "0003", "0004",
    ]  # fmt: skip


def test_what_a_message_gave_is_taken_back_from_the_episode_that_it_waited_for():
    source = fold(said(1, url(1)), said(2, url(2)))
    one, two = (item.id for item in source.episode.items())
    source.extend([did(5, ItemPostponed(one)), did(6, ItemPostponed(two))])
    target = taken(source)
    assert taken_back("show#0", target.carried(), {"0001", "0002"}) == []
    assert taken_back("show#1", target.carried(), set()) == []
    back = taken_back("show#1", target.carried(), {"0001"})
    assert [event.seq for event in back] == [0]
    target.extend(back)
    assert told(target.episode) == ["2"]
    assert taken_back("show#1", target.carried(), {"0001"}) == []


def test_what_came_from_an_earlier_episode_is_no_affair_of_another_one():
    source = fold(said(1, url(1)))
    source.apply(did(5, ItemPostponed(next(iter(source.episode.items())).id)))
    target = taken(source)
    for origin in ("show#0", "show#10", "a#1"):
        assert hand_over(origin, (), NEXT, target.carried(), at=9, takes=set()) == []
    [back] = hand_over("show#1", (), NEXT, target.carried(), at=9, takes=set())
    assert back.seq == 0


def _chosen(*between: Event) -> Outline:
    """Put an item off, let people's words in the file call it back, and choose that it waits."""
    first = said(1, f"# A\n{url(1)}\n\n{url(2)}")
    item = _first(first)
    text = f"- [Mine]({url(1)})"
    found = ConflictFound("item", item, "1", "", text, later=True)
    back = [did(3, ItemRestored(item)), did(4, ItemWritten(item, None, text))]
    called = [first, did(2, ItemPostponed(item)), *back, did(5, found)]
    assert told(fold(*called).episode) != ["# A", "2"]
    return fold(*called, *between, did(9, ConflictSettled("c00005", ours=True)))


def test_an_item_that_people_called_back_waits_again_once_somebody_chooses_so():
    outline = _chosen()
    assert told(outline.episode) == ["# A", "2"]
    assert [one.postponed for one in outline.episode.waiting] == ["c00002"]


def test_what_was_removed_or_waits_already_is_left_so_by_that_choice():
    item = _first(said(1, f"# A\n{url(1)}\n\n{url(2)}"))
    removed = _chosen(did(6, ItemRemoved(item)))
    assert told(removed.episode) == ["# A", "2"]
    assert removed.episode.waiting == ()
    waits = _chosen(did(6, ItemPostponed(item)))
    assert told(waits.episode) == ["# A", "2"]
    assert [one.postponed for one in waits.episode.waiting] == ["c00006"]


def test_that_choice_about_what_never_waited_or_is_unknown_changes_nothing():
    first = said(1, f"# A\n{url(1)}\n\n{url(2)}")
    for item in (_first(first), "unknown"):
        found = ConflictFound("item", item, "1", "", "words", later=True)
        outline = fold(first, did(4, found), did(9, ConflictSettled("c00004", ours=True)))
        assert outline.episode.topics == fold(first).episode.topics
        assert outline.episode.waiting == ()


def test_the_heading_alone_of_a_topic_whose_item_was_called_back_and_removed_does_not_wait():
    talk = [said(1, f"# A\n{url(1)}"), said(2, f"# B\n{url(2)}")]
    topic = fold(*talk).episode.topics[1]
    (item,) = (one.id for one in topic.items)
    found = ConflictFound("item", item, "2", "", "words", later=True)
    called = [did(3, TopicPostponed(topic.id)), did(4, ItemRestored(item)), did(5, found)]
    chosen = [did(6, ItemRemoved(item)), did(7, ConflictSettled("c00005", ours=True))]
    outline = fold(*talk, *called, *chosen)
    assert told(outline.episode) == ["# A", "1"]
    assert outline.episode.waiting == ()


def carried(place: int, number: int, text: str) -> Event:
    """An item of an earlier episode, as it came over."""
    (item,) = fold(said(number, text)).episode.items()
    what = ItemCarried(item.id, None, "show#0", f"p{place}", state_of(item))
    return Event(carried_key(NEXT, place, 0), NEXT, 0, "", what)


def test_of_two_that_came_over_with_one_link_the_second_goes_onto_the_first():
    target = Outline(NEXT, fold().rules)
    target.extend([carried(0, 1, f"{url(1)}\n- one"), carried(1, 2, f"{url(1)}\n- two")])
    assert told(target.episode) == ["1", "  - one", "  - two"]
    pairs = Outline(NEXT, fold().rules)
    pairs.extend([carried(0, 1, f"{url(1)}, {url(2)}"), carried(1, 2, f"{url(1)}, {url(3)}")])
    assert told(pairs.episode) == ["1, 2", "1, 3"]
