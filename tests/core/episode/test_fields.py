import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.fields import LONGEST, from_mapping, parse_field, with_field
from bot.errors import CommandError


@pytest.mark.parametrize(
    ("name", "typed", "read"),
    [
        ("title", "  超伝導\n 入門 ", "超伝導 入門"),
        ("title", "", None),
        ("tags", "a, b、c，d,,", ["a", "b", "c", "d"]),
        ("starring", "ミカ", ["ミカ"]),
        ("number", "#５７", "57"),
        ("number", "50.5", "50.5"),
        ("date", "2026年7月4日", "2026-07-04"),
        ("date", "2026/7/4", "2026-07-04"),
        ("location", "12", "12"),
    ],
)
def test_a_field_is_read_as_hosts_type_it(name, typed, read):
    assert parse_field(name, typed) == read


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [
        ("number", "-12.50", "-12.50"),
        ("boolean", "はい", "true"),
        ("boolean", "No", "false"),
        ("date", "2026.12.1", "2026-12-01"),
        ("list", "a、b", ["a", "b"]),
        ("text", "a、b", "a、b"),
    ],
)
def test_a_site_s_own_field_holds_what_its_profile_says(kind, typed, read):
    assert parse_field("mood", typed, {"mood": kind}) == read


@pytest.mark.parametrize(
    ("name", "typed", "error"),
    [
        ("number", "fifty", "desk.no-number"),
        ("date", "2026-02-30", "desk.no-date"),
        ("date", "soon", "desk.no-date"),
        ("body", "x", "desk.no-such-field"),
        ("Two words", "x", "desk.no-such-field"),
        ("title", "x" * (LONGEST + 1), "desk.field-too-long"),
        ("count", "many", "desk.no-count"),
        ("count", "1.", "desk.no-count"),
        ("live", "perhaps", "desk.no-truth"),
        ("first", "soon", "desk.no-date"),
    ],
)
def test_what_cannot_be_is_refused_and_named(name, typed, error):
    kinds = {"count": "number", "live": "boolean", "first": "date"}
    with pytest.raises(CommandError) as raised:
        parse_field(name, typed, kinds)
    assert raised.value.name == error


def test_of_a_long_answer_that_is_refused_sixty_letters_are_told():
    with pytest.raises(CommandError) as raised:
        parse_field("live", "x" * 61, {"live": "boolean"})
    assert raised.value.values["value"] == "x" * 60


def test_a_text_of_just_the_length_is_taken():
    assert parse_field("title", "x" * LONGEST) == "x" * LONGEST


PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3)


@given(st.dictionaries(st.sampled_from("abc"), st.text(max_size=2)), PATHS, st.text(max_size=2))
def test_what_was_set_stands_there_and_goes_again(fields, path, value):
    once = with_field(fields, path, value)
    found = once
    for name in path:
        found = found[name]
    assert found == value
    assert with_field(once, path, value) == once
    others = {name: kept for name, kept in fields.items() if name != path[0]}
    assert with_field(once, path, None) == others


def test_the_fields_of_a_file_are_checked_where_they_count():
    assert from_mapping({"number": 57, "date": "2026/7/4", "tags": ["a"], "x": None}) == {
        "number": "57", "date": "2026-07-04", "tags": ["a"], "x": None,
    }  # fmt: skip
    assert from_mapping({"date": None}) == {"date": None}
    for wrong in ({"number": None}, {"number": ""}, {"number": "x"}, {"date": "soon"}):
        with pytest.raises(CommandError):
            from_mapping(wrong)
