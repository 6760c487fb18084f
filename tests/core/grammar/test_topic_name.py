"""A topic's name is the same however it is typed, and whenever the topic begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.grammar.topic_name import joined, same_name, split_time

TIMES = st.sampled_from(["1:30 ", "01:02:03  ", "12：30 ", "１２：３０　", "100:00\t"])
NAMES = st.sampled_from(
    ["Black holes", "黒い 穴", "Launch at 12:30 sharp", "2:1 odds", "1:30", "X"]
)


@given(TIMES, NAMES)
def test_the_time_at_which_a_topic_begins_is_no_part_of_its_name(time, name):
    assert same_name(time + name) == same_name(name)
    assert joined(time + name, "New") == f"{time}New"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Launch at 12:30 sharp", "Launch at 14:00 sharp"),
        ("Launch at 12:30 sharp", "Launch at sharp"),
        ("1:00 12:30 sharp", "1:00 sharp"),
        ("1:30", "2:30"),
    ],
)
def test_another_time_in_a_name_is_part_of_it(one, other):
    assert same_name(one) != same_name(other)


@given(st.lists(st.sampled_from(["Black", "ＨＯＬＥＳ", "ß", "黒い穴"]), min_size=1))
def test_case_width_and_spaces_make_no_other_name(words):
    spaced = "\u3000 ".join(word.upper() for word in words)
    assert same_name(f"  {spaced} ") == same_name(" ".join(words))


@given(
    st.sampled_from(["", "1:30 ", "１：３０　", "01:02:03  "]).flatmap(
        lambda time: st.tuples(st.just(time), st.sampled_from(["A", "B c", "12:x"]))
    ),
    st.sampled_from(["New", "２nd", "0:15 New"]),
)
def test_a_new_name_takes_over_the_time_unless_it_brings_its_own(
    former: tuple[str, str], name: str
) -> None:
    time, words = split_time(joined("".join(former), name))
    own, bare = split_time(name)
    assert (time, words) == (own or split_time("".join(former))[0], bare)
