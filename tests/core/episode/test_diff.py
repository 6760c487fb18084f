"""What changed between two drafts, as a commit says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.diff import Changes, changes
from bot.core.events import FieldSet, ItemMoved, ItemRemoved, TopicAdded, TopicMoved, TopicRenamed
from bot.services.drafting.summary import summary
from tests.talk import did, fold, said, url

FIRST = (said(1, f"# GNoME\n{url(1)}\n{url(2)}"), said(2, f"# Robots\n{url(3)}"))


def told(*more, language="en"):
    before, now = fold(*FIRST).episode, fold(*FIRST, *more).episode
    return summary(changes(before, now), language)


def ids():
    episode = fold(*FIRST).episode
    return [topic.id for topic in episode.topics], [item.id for item in episode.items()]


TOPICS, ITEMS = ids()


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (said(3, url(4)), "1 link in Robots"),
        (said(3, f"{url(4)}\n{url(5)}"), "2 links in Robots"),
        (said(3, f"# New\n{url(4)}"), "1 link in New"),
        (did(9, TopicAdded("New", "notes")), "topic New"),
        (did(9, ItemRemoved(ITEMS[0])), "1 link removed"),
        (did(9, ItemMoved(ITEMS[0], TOPICS[1], None, None)), "1 link moved"),
        (did(9, TopicMoved(TOPICS[1], None, TOPICS[0])), "topics reordered"),
        (did(9, TopicRenamed(TOPICS[0], "Crystals")), "topic renamed to Crystals"),
        (did(9, TopicRenamed(TOPICS[0], "1:30 GNoME")), "layout"),
        (did(9, FieldSet("title", "Peers")), "title set"),
        (said(1, f"# GNoME\n{url(1)}\n- a note\n{url(2)}", edited=1), "1 link changed"),
    ],
)
def test_each_kind_of_change_has_its_words(event, says):
    assert told(event) == says


def test_a_topic_that_another_message_opens_too_is_neither_gone_nor_new():
    talk = (said(1, f"# A\n{url(1)}"), said(2, "# Robots"), said(3, f"# robots\n{url(2)}"))
    before, now = fold(*talk).episode, fold(*talk, said(2, "no more", edited=1)).episode
    assert summary(changes(before, now), "en") == "layout"
    assert changes(now, before) == Changes()


def test_the_most_important_comes_first_and_many_topics_are_counted():
    more = [said(10 + n, f"# T{n}\n{url(10 + n)}") for n in range(3)]
    moved = did(99, TopicMoved(TOPICS[1], None, TOPICS[0]))
    assert told(*more, moved) == "3 links in 3 topics, topics reordered"
    assert told(*more, moved, language="ja") == "3 話題にリンク 3 件、話題を並べ替え"


TALK = st.lists(st.builds(said, st.integers(1, 9), st.sampled_from([url(1), url(2), "# A", "- b"])))


@given(TALK)
def test_nothing_changed_between_a_thing_and_itself(events):
    episode = fold(*{event.key: event for event in events}.values()).episode
    assert changes(episode, episode) == Changes()
