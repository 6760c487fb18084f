"""Values that any reader of front matter takes for the same, and what their merge has to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.front_matter.values import Scalar
from bot.core.merge.front_matter import merge_front
from bot.core.merge.front_values import mean_the_same, say_the_same, unquoted_entry, values_of


@pytest.mark.parametrize("word", ["one", "two words", "第3回", "v2", "e-mail"])
def test_a_word_is_the_same_quoted_or_not(word: str) -> None:
    assert mean_the_same(Scalar(word), Scalar(word, quoted=False))


@pytest.mark.parametrize(
    "word", ["3", "007", "1.5", "true", "No", "~", "", "2026-11-28", "1:30", "-1"]
)
def test_a_number_a_date_or_a_truth_value_is_not(word: str) -> None:
    assert not mean_the_same(Scalar(word), Scalar(word, quoted=False))
    assert mean_the_same(Scalar(word), Scalar(word))


def test_entries_and_keys_are_compared_by_what_they_say_and_comments_are_said() -> None:
    assert say_the_same("  - 'one'", "- one")
    assert say_the_same('title: "a"', "title: a")
    assert not say_the_same("- one", "- one # of two")
    assert not say_the_same("- one", "- two")
    assert unquoted_entry("- 'it''s'") == "- it's"
    assert unquoted_entry('- "a b"') == "- a b"
    assert unquoted_entry("- a 'b'") == "- a 'b'"


TAGS = st.lists(st.sampled_from(["one", "two words", "three"]), unique=True, max_size=3)
FORMS = [
    lambda tags: "tags:\n" + "".join(f'  - "{one}"\n' for one in tags),
    lambda tags: "tags:\n" + "".join(f"- {one}\n" for one in tags),
    lambda tags: "tags:\n" + "".join(f"    - '{one}'\n" for one in tags),
    lambda tags: f"tags: [{', '.join(tags)}]\n",
]


@given(
    TAGS.filter(bool),
    TAGS.filter(bool),
    st.sampled_from(FORMS),
    st.sampled_from(["ours", "theirs"]),
)
def test_a_list_in_another_form_is_what_the_other_side_set_it_to(was, now, form, prefer) -> None:
    base, said, formed = (f"---\n{text}---\n" for text in (FORMS[0](was), FORMS[0](now), form(was)))
    for sides in ((said, formed), (formed, said)):
        taken, conflicts = merge_front(base, *sides, prefer)
        merged, wanted = values_of("".join(f"{one.text}\n" for one in taken)), values_of(said)
        assert merged is not None
        assert wanted is not None
        assert mean_the_same(merged, wanted)
        assert conflicts == []
