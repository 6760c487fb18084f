"""What a message gives keeps its id over edits, and with it what hosts did to it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import ItemMoved, ItemRemoved, TopicRenamed
from bot.core.file_events import ItemWritten
from bot.core.model import Paragraph
from bot.core.urls import fingerprint
from tests.talk import did, fold, marked, said, told, url


def items(outline):
    return outline.episode.items()


def test_a_move_stays_with_a_bullet_that_was_reworded():
    first = [said(1, "# A\n- one"), said(2, "- two")]
    one = items(fold(*first))[0]
    topic = fold(*first).episode.topics[0].id
    moved = did(10, ItemMoved(one.id, topic, items(fold(*first))[1].id, None))
    outline = fold(*first, moved, said(1, "# A\n- one, reworded", edited=1))
    assert told(outline.episode) == ["# A", "two", "one, reworded"]


def test_a_removal_outlives_a_correction_but_hides_no_other_link():
    removed = did(10, ItemRemoved(items(fold(said(1, "- one")))[0].id))
    assert told(fold(said(1, "- one"), removed, said(1, "- one!", edited=99)).episode) == []
    link = did(10, ItemRemoved(items(fold(said(1, url(1))))[0].id))
    assert told(fold(said(1, url(1)), link, said(1, url(2), edited=10**9)).episode) == ["2"]


def test_what_people_wrote_stays_with_a_link_whose_address_was_corrected():
    one = items(fold(said(1, url(1))))[0]
    wrote = did(10, ItemWritten(one.id, f"- <{url(1)}>", f"- <{url(1)}>\n  - by hand"))
    outline = fold(said(1, url(1)), wrote, said(1, url(2), edited=1))
    assert [step.now for step in items(outline)[0].steps] == [f"- <{url(1)}>\n  - by hand"]


def test_a_heading_keeps_its_new_name_when_a_line_is_put_before_it():
    first = said(1, "# A\n" + url(1))
    topic = fold(first).episode.topics[0].id
    renamed = did(10, TopicRenamed(topic, "B"))
    outline = fold(first, renamed, said(1, f"- before\n\n# A\n{url(1)}", edited=1))
    assert told(outline.episode) == ["before", "# B", "1"]


LINES = st.sampled_from([url(1), url(2), "- one", "- two", "# A", "# B", "#### S", "talk"])
TEXTS = st.lists(LINES, max_size=6).map("\n\n".join)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_ids_are_distinct_and_the_same_however_the_states_arrive(texts, random):
    states = [said(1, text, edited=number) for number, text in enumerate(texts)]
    outline = fold(*states)
    ids = [item.id for item in items(outline)]
    assert len(ids) == len(set(ids))
    random.shuffle(states)
    assert fold(*states).episode == outline.episode


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_the_newest_state_gives_what_it_would_give_alone(texts):
    states = [said(1, text, edited=number) for number, text in enumerate(texts)]
    alone = fold(said(1, texts[-1], edited=len(texts) - 1))
    assert told(fold(*states).episode) == told(alone.episode)


def test_what_was_done_to_an_item_is_not_done_to_one_that_its_edit_repeats():
    talk = (said(1, url(1)), said(2, url(2)))
    second = items(fold(*talk))[1]
    wrote = did(10, ItemWritten(second.id, f"- <{url(2)}>", f"- [Two]({url(2)})"))
    removed = did(11, ItemRemoved(second.id))
    outline = fold(*talk, wrote, removed, said(2, url(1), edited=10**9))
    assert told(outline.episode) == ["1"]
    assert items(outline)[0].steps == ()


def test_a_links_line_is_the_same_item_where_a_mark_makes_a_paragraph_of_it():
    talk = said(1, url(1) + " look at this, all of you!")
    one = items(fold(talk))[0]
    wrote = did(10, ItemWritten(one.id, f"- <{url(1)}>", f"- [By Sam]({url(1)})"))
    kept = items(fold(talk, wrote, marked(1, "📝")))[0]
    assert isinstance(kept.content, Paragraph)
    assert kept.id == one.id
    assert [step.now for step in kept.steps] == [f"- [By Sam]({url(1)})"]


def test_what_was_done_to_such_a_paragraph_by_the_id_of_older_versions_is_done_to_it():
    talk, mark = said(1, url(1) + " look at this, all of you!"), marked(1, "📝")
    one = items(fold(talk, mark))[0]
    older = f"{one.message}/{fingerprint(repr(one.content))}/0"
    assert items(fold(talk, mark, did(10, ItemRemoved(older)))) == ()
    assert items(fold(talk, mark, did(10, ItemRemoved(f"{one.message}/other/0")))) == (one,)
