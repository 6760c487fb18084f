"""What people call a topic stands, and what its message calls it is kept until hosts choose."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.written_name import WrittenName
from bot.core.grammar.topic_name import joined

WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), min_size=1, max_size=4)
NAMES = WORDS.map(" ".join)
TIMES = st.sampled_from(["1:30 ", "14:31 ", "1:02:03 "])


@given(NAMES, NAMES, NAMES)
def test_where_the_message_is_not_edited_people_name_it(was: str, now: str, name: str) -> None:
    found = WrittenName(was).reworded(was, now, is_edited=False)
    assert found == WrittenName(now)
    assert not found.reworded(now, name, is_edited=True).is_disputed


def test_names_that_meet_are_kept_both() -> None:
    found = WrittenName("A second").reworded("A", "A by hand", is_edited=True)
    assert found == WrittenName("A by hand", "A second", "A second")


@given(NAMES, st.lists(NAMES, min_size=1))
def test_however_often_people_reword_it_then_it_is_one_question(
    said: str, names: list[str]
) -> None:
    known = first = WrittenName("as people said", f"chat {said}", f"chat {said}")
    for name in names:
        known = known.reworded(known.now, name, is_edited=True)
        assert (known.now, known.asked) == (name, first.asked)
        assert known.ours  # the chat's name is not lost, whatever people write over it


@given(NAMES, TIMES)
def test_a_time_that_people_put_before_it_goes_before_both(name: str, time: str) -> None:
    known = WrittenName("as people said", f"chat {name}", f"chat {name}")
    found = known.reworded(known.now, time + known.now, is_edited=True)
    assert (found.now, found.ours) == (time + known.now, joined(time, known.ours))


@given(NAMES, NAMES)
def test_the_name_that_was_chosen_is_asked_about_no_more(theirs: str, ours: str) -> None:
    known = WrittenName(f"by hand {theirs}", ours, ours)
    assert not known.reworded(known.now, ours, is_edited=True).is_disputed
