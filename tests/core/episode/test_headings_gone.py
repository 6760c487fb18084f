"""A heading goes, in whatever way: what stood under it goes to the topic before, words too."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.episode.file_text import written
from bot.core.events import (
    Event,
    ItemMoved,
    ItemRestored,
    Redone,
    Thread,
    TopicAdded,
    TopicMerged,
    TopicMoved,
    TopicRemoved,
    TopicRenamed,
    Undone,
    What,
)
from bot.core.file_events import ItemAdded, TopicFound, TopicWritten
from bot.core.grammar.message import LEAVE_OUT, OFF_RECORD
from bot.core.later.events import TopicCarried
from bot.core.model import Written
from bot.core.recording.events import TopicTimed
from tests.core.episode.test_fold import topic_of
from tests.core.episode.test_fold_laws import EVENTS, NUMBERS, TOPICS, _first_of_each_key
from tests.talk import did, fold, gone, in_file, marked, said, url

SAID = (said(1, "# A"), said(2, url(1)), said(3, "# B"), said(4, url(2)))
WORDS = did(10, ItemAdded("Words by Sam.", "0003/0", None, None))


def shown(*events: Event) -> list[str]:
    """Return the topics and the items below them, in short."""
    lines = []
    for topic in fold(*events).episode.sections():
        lines += [f"# {topic.name}"] if topic.name else []
        for item in topic.items:
            content = item.content
            text = content.text if isinstance(content, Written) else content.links[0].url
            lines.append(text.removeprefix("https://a.example/"))
    return lines


@pytest.mark.parametrize(
    "end",
    [
        (gone(3),),
        (marked(3, LEAVE_OUT),),
        (marked(3, OFF_RECORD),),
        (said(3, None, edited=1),),
        (said(3, "- a bullet", edited=1), gone(3)),
        (gone(3), marked(3, LEAVE_OUT)),
    ],
)
def test_what_people_wrote_falls_to_the_topic_before(end: tuple[Event, ...]) -> None:
    for events in ((*SAID, WORDS, *end), (*end, WORDS, *reversed(SAID))):
        assert shown(*events) == ["# A", "1", "2", "Words by Sam."]


def test_it_wakes_with_its_heading() -> None:
    back = (marked(3, LEAVE_OUT), marked(3, LEAVE_OUT, on=False, at=901))
    assert shown(*SAID, WORDS, *back) == ["# A", "1", "# B", "2", "Words by Sam."]


def test_without_a_topic_before_it_stands_at_the_top() -> None:
    assert shown(said(3, "# B"), WORDS, gone(3)) == ["Words by Sam."]


def test_the_heading_above_in_the_same_message_is_the_one_before() -> None:
    both, one = "# A\n\n# B\n" + url(1), "# A\ntalk\n" + url(1)
    words = did(10, ItemAdded("Words.", "0003/1", None, None))
    assert shown(said(3, both), words) == ["# A", "# B", "1", "Words."]
    assert shown(said(3, both), words, said(3, one, edited=1)) == ["# A", "1", "Words."]


def test_a_topic_that_others_opened_again_keeps_it_though_its_first_heading_goes() -> None:
    again = (said(5, "# b"), said(6, url(3)))
    assert shown(*SAID, *again, WORDS, gone(3)) == ["# A", "1", "2", "# b", "3", "Words by Sam."]


def test_what_was_done_to_a_topic_holds_though_its_first_heading_goes() -> None:
    again = (said(5, "# B"), said(6, url(3)))
    removed = did(10, TopicRemoved("0003/0"))
    assert shown(*SAID, *again, removed, gone(3)) == ["# A", "1", "2", "3"]
    renamed = did(10, TopicRenamed("0003/0", "Beta"))
    assert "# Beta" in shown(*SAID, *again, renamed, gone(3))


def test_undo_of_the_command_that_made_a_topic_leaves_it_where_that_was_given() -> None:
    add = did(3, TopicAdded("B", "notes"))
    words = did(10, ItemAdded("Words.", add.key, None, None))
    events = (said(1, "# A"), said(2, url(1)), add, said(4, url(2)), words)
    assert shown(*events) == ["# A", "1", "# B", "2", "Words."]
    assert shown(*events, did(11, Undone(add.key))) == ["# A", "1", "2", "Words."]


def test_undo_of_a_topic_that_people_wrote_leaves_their_words_to_the_one_that_it_stood_behind() -> (
    None
):
    found = did(5, TopicFound("C", None, "0001/0", None))
    words = did(10, ItemAdded("Words.", found.key, None, None))
    assert shown(*SAID, found, words, did(11, Undone(found.key))) == [
        "# A", "1", "Words.", "# B", "2",
    ]  # fmt: skip


def test_redo_of_an_older_removal_lets_it_fall() -> None:
    removal = did(5, TopicRemoved("0003/0"))
    undone = did(6, Undone(removal.key))
    assert shown(*SAID, removal, undone, WORDS, did(11, Redone(removal.key))) == [
        "# A", "1", "2", "Words by Sam.",
    ]  # fmt: skip


def test_a_topic_that_was_merged_before_its_heading_went_loses_nothing() -> None:
    merge = did(11, TopicMerged("0003/0", "0001/0"))
    assert shown(*SAID, WORDS, merge, gone(3)) == ["# A", "1", "2", "Words by Sam."]


def test_what_was_moved_to_a_topic_falls_with_it() -> None:
    outline = fold(*SAID, said(5, "# C"))
    moved = did(10, ItemMoved(outline.episode.topics[0].items[0].id, "0003/0", None, None))
    assert shown(*SAID, said(5, "# C"), moved, gone(3)) == ["# A", "2", "1", "# C"]


def test_a_sub_topic_that_people_wrote_under_it_becomes_one_of_the_topic_before() -> None:
    found = did(9, TopicFound("S", "0003/0", None, None))
    words = did(10, ItemAdded("Words.", found.key, None, None))
    outline = fold(*SAID, found, words, gone(3))
    (topic,) = outline.episode.topics
    assert [sub.name for sub in topic.subtopics] == ["S"]
    assert topic_of(outline, "S") == found.key


def test_a_thread_that_loses_its_name_leaves_it_to_the_topic_that_it_hangs_on() -> None:
    named, nameless = (Thread("t", name, "notes", "0002") for name in ("Thread", ""))
    words = did(10, ItemAdded("Words.", "t", None, None))
    begun = (said(1, "# A"), said(2, url(1)))
    assert shown(*begun, said(5, url(2), thread=named), words) == [
        "# A", "1", "# Thread", "2", "Words.",
    ]  # fmt: skip
    assert shown(*begun, said(5, url(2), thread=nameless), words) == ["# A", "1", "2", "Words."]


def test_talk_does_not_tell_where_a_thread_begins() -> None:
    """Most talk is not read, so what is read of it for another's sake has no say in this."""
    nameless, words = Thread("t", "", "notes"), did(10, ItemAdded("Words.", "t", None, None))
    said_there = (said(1, "# A"), said(3, "# B"), said(4, url(2), thread=nameless), words)
    for talk in ((), (said(2, None, thread=nameless),)):
        assert shown(*said_there, *talk) == ["# A", "# B", "2", "Words."]


THREAD = Thread("t", "Thread", "notes")
IN_THREAD = (*SAID, said(5, url(3), thread=THREAD), said(6, url(4), thread=THREAD))


def test_a_thread_s_name_goes_with_the_last_of_what_was_said_in_it() -> None:
    assert shown(*IN_THREAD, gone(5)) == ["# A", "1", "# B", "2", "# Thread", "4"]
    assert shown(*IN_THREAD, gone(5), gone(6)) == ["# A", "1", "# B", "2"]
    assert shown(*IN_THREAD, gone(5), marked(6, LEAVE_OUT)) == ["# A", "1", "# B", "2"]
    later = said(8, url(5), thread=THREAD)
    assert shown(*IN_THREAD, gone(5), gone(6), later)[-2:] == ["# Thread", "5"]


def test_a_thread_s_name_comes_back_with_what_is_brought_back() -> None:
    item = fold(*IN_THREAD).episode.topics[-1].items[-1].id
    back = did(11, ItemRestored(item))
    assert shown(*IN_THREAD, gone(5), gone(6, at=10), back)[-2:] == ["# Thread", "4"]


def test_a_thread_s_name_stays_where_somebody_typed_it_or_wrote_below_it() -> None:
    words = did(10, ItemAdded("Words.", "t", None, None))
    assert shown(*IN_THREAD, gone(5), gone(6), words)[-2:] == ["# Thread", "Words."]
    assert shown(*IN_THREAD, gone(5), gone(6), said(7, "# thread"))[-1] == "# Thread"
    found = did(10, TopicFound("Thread", None, "0001/0", None))
    assert shown(*IN_THREAD, gone(5), gone(6), found) == ["# A", "1", "# Thread", "# B", "2"]


@pytest.mark.parametrize(
    ("done", "name"),
    [
        (TopicRenamed("t", "Robots"), "Robots"),
        (TopicWritten("t", "Thread", "12:30 Thread"), "12:30 Thread"),
        (TopicWritten("t", "Thread", "Robots"), "Robots"),
        (TopicTimed("t", time=750_000), "12:30 Thread"),
        (TopicCarried("later", None, "ep2", "later", "Thread"), "Thread"),
    ],
)
def test_a_thread_s_name_that_somebody_reworded_or_timed_stays(done: What, name: str) -> None:
    assert shown(*IN_THREAD, did(10, done), gone(5), gone(6))[-1] == f"# {name}"


def test_a_topic_with_the_name_of_an_empty_thread_is_put_where_it_is_wanted() -> None:
    added = did(10, TopicAdded("Thread", "notes", after="0001/0"))
    assert shown(*IN_THREAD, gone(5), gone(6), added) == ["# A", "1", "# Thread", "# B", "2"]


def test_a_topic_below_what_is_a_sub_topic_by_now_stands_beside_it() -> None:
    added = did(8, TopicAdded("S", "notes"))
    below = did(9, TopicMoved(added.key, None, None, under="0003/0"))
    words = did(10, ItemAdded("Words.", added.key, None, None))
    assert shown(said(3, "#### Sub"), added, below, words) == ["# Sub", "# S", "Words."]
    late = (said(1, "# A"), said(2, url(1)))
    outline = fold(said(3, "#### Sub"), added, below, words, *late)
    (topic,) = outline.episode.topics
    assert [sub.name for sub in topic.subtopics] == ["Sub", "S"]
    assert [item.content.text for item in topic.subtopics[1].items] == ["Words."]


ADDED = st.builds(
    lambda second, topic, before: did(second, ItemAdded(f"Words {second}.", topic, None, before)),
    st.integers(40, 60),
    TOPICS | st.builds("c{:05}".format, NUMBERS),
    st.none(),
)


@settings(max_examples=300)
@given(EVENTS, st.lists(ADDED, unique_by=lambda event: event.key))
def test_what_people_wrote_always_stands_somewhere_once(
    events: list[Event], added: list[Event]
) -> None:
    everything = _first_of_each_key([*events, *added])
    texts = [
        item.content.text
        for item in fold(*everything).episode.items()
        if isinstance(item.content, Written)
    ]
    for event in added:
        assert isinstance(event.what, ItemAdded)
        assert texts.count(written(event.what.text).text) == 1


@pytest.mark.parametrize(
    "went",
    [TopicMerged("0003/0", "0001/0"), TopicRemoved("0003/0"), TopicMerged("0001/0", "0003/0")],
)
def test_what_people_made_of_a_heading_is_one_of_its_own_until_that_is_there_again(
    went: TopicMerged | TopicRemoved,
) -> None:
    """A topic that took in the other one is not what people made of that one's heading."""
    merged, other = did(10, went), "A" if went.topic == "0003/0" else "B"
    made = in_file(11, TopicFound("Bee", topic=went.topic))
    for events in ((merged, made), (merged, made, did(12, Undone(merged.key)))):
        names = [line for line in shown(*SAID, *events) if line.startswith("#")]
        assert sorted(names) == sorted([f"# {other}", "# Bee"])
