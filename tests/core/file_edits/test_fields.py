"""What people made of a field's words in the front matter is what the field is from then on."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import FieldSet
from bot.core.file_edits.fields import fields_set
from bot.core.model import Episode

WORDS = st.lists(
    st.sampled_from(["宇宙", "Black", "holes", "a", "57"]), min_size=1, max_size=4
).map(" ".join)


def file(title: object) -> str:
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n"


def found(field: object, was: object, now: object) -> list[object]:
    episode = Episode("show#1", (), fields={} if field is None else {"title": field})
    sets = [*fields_set(episode, file(was), file(now))]
    assert all(isinstance(one, FieldSet) and one.name == "title" for one in sets)
    return [one.value for one in sets]


@given(
    st.sampled_from(["", "#1: ", "Ep. "]),
    WORDS,
    WORDS,
    st.sampled_from(["", " | Show", " (第1回)"]),
)
def test_what_stands_around_a_fields_words_is_no_part_of_them(before, words, others, after):
    was, now = (f"{before}{one}{after}" for one in (words, others))
    only_once = was.count(words) == 1 and words != others
    assert found(words, was, now) == ([others] if only_once else [])


@pytest.mark.parametrize(
    ("field", "was", "now", "value"),
    [
        ("Old", "57: Old", "New", []),
        ("Old", "Old | Show", "New", []),
        ("Old", "57: Old", "57:", []),
        ("Old", "57: Old | Show", "57:  New  | Show", ["New"]),
        (None, "57: ", "57: New", ["New"]),
        (None, "", "New", ["New"]),
        (None, "Episode 1", "New", ["New"]),
        (None, "Episode 1", "", []),
    ],
)
def test_where_that_is_gone_or_no_words_are_left_the_field_stays(field, was, now, value):
    assert found(field, was, now) == value
