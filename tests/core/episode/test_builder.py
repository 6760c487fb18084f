"""What an episode is built of: topics with times, what people add, and nothing made twice."""

from bot.core.episode.sections import Section
from bot.core.events import ItemReaddressed
from bot.core.file_events import ItemAdded
from bot.core.grammar.message import KEEP
from bot.core.model import Noted
from bot.core.recording.events import TopicTimed
from tests.core.episode.test_fold import topic_of
from tests.talk import did, fold, marked, said, told, url

ROBOTS, DOGS = said(1, "# Robots"), said(2, "# Dogs")


def test_a_topic_that_begins_has_its_time_and_what_follows():
    robots = topic_of(fold(ROBOTS, DOGS), "Robots")
    begun, later = (did(at, TopicTimed(robots, "notes", at * 30_000)) for at in (3, 5))
    outline = fold(ROBOTS, DOGS, begun, said(4, url(1)))
    assert told(outline.episode) == ["# 1:30 Robots", "1", "# Dogs"]
    assert told(fold(ROBOTS, begun, later).episode) == ["# 2:30 Robots"]


def test_what_people_add_goes_onto_the_item_with_its_one_link():
    robots = topic_of(fold(ROBOTS), "Robots")
    one, two = f"- [A title]({url(1)})", f"- [A]({url(1)}) and [B]({url(2)})"
    for text, count in ((one, 1), (two, 2)):
        outline = fold(ROBOTS, said(2, url(1)), did(3, ItemAdded(text, robots, None, None)))
        assert len(list(outline.episode.items())) == count


def test_notes_of_a_message_stay_below_what_people_add_for_its_link():
    """It was edited to that after they typed it, or came late: they took out no word of it."""
    robots = topic_of(fold(ROBOTS), "Robots")
    added = did(3, ItemAdded(f"- [A]({url(1)})\n  - theirs", robots, None, None))
    (item,) = fold(ROBOTS, said(2, f"{url(1)}\n- mine\n- theirs"), added).episode.items()
    assert [step.notes[0].line for step in item.steps if isinstance(step, Noted)] == [("mine",)]


def test_a_message_may_have_been_without_its_text_for_a_while():
    once = (said(1, url(1)), said(1, None, edited=1), said(1, url(2), edited=2))
    assert told(fold(*once).episode) == told(fold(said(1, url(2), edited=2)).episode) == ["2"]


def test_a_topic_that_did_not_change_is_not_made_anew():
    topic = Section("a", "A")
    topic.subs.append(Section("b", "B", topic))
    assert topic.view() is topic.view()


def test_what_has_no_link_gets_no_address_that_was_given_to_one():
    code = said(1, "```\ncode\n```")
    (item,) = fold(code, marked(1, KEEP)).episode.items()
    moved = did(2, ItemReaddressed(item.id, "0" * 12, url(5)))
    assert told(fold(code, marked(1, KEEP), moved, said(3, url(5))).episode)[-1] == "5"
