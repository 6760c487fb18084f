"""What is noted behind a value is told from the value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.front_matter.comment import comment_behind, with_other_comment
from bot.core.front_matter.values import values_in

BLANKS = st.text(" \t", min_size=1, max_size=3)
NOTES = st.text(st.characters(categories=("L", "N", "P", "Zs", "S")), max_size=20)
YAML = st.sampled_from(
    ["true", "a#b", "12:30", "it's", "'it''s # in'", '"a \\" # in"', "", "2026-11-28"]
)
TOML = st.sampled_from(["true", "'# in'", '"a \\" # in"', "2026-11-28 07:00:00", "1.5"])


@pytest.mark.parametrize(
    ("line", "form", "comment"),
    [
        ("draft: true # until 20:00", "yaml", " # until 20:00"),
        ("title: C# in depth", "yaml", ""),
        ("title: 'a # b'", "yaml", ""),
        ("tags: [a, 'b # c']", "yaml", ""),
        ("  url: https://a.example/#b\t# c", "yaml", "\t# c"),
        ("title: a  b\t c  # d", "yaml", "  # d"),
        pytest.param(f"title: a{' ' * 200_000}b", "yaml", "", id="many blanks"),
        ("# draft: true", "yaml", ""),
        ("draft = true# x", "toml", "# x"),
        ('title = "a # b"', "toml", ""),
        ('"title": "a # b",', "json", ""),
    ],
)
def test_a_comment_is_found_behind_a_value_of_one_line(line, form, comment):
    assert comment_behind(line, form) == comment


@given(YAML, YAML, BLANKS, NOTES, st.booleans())
def test_yaml_keeps_the_value_of_one_side_and_the_comment_of_the_other(
    base, newer, blanks, note, had_one
):
    old = f"key: {base}{' # old' if had_one else ''}"
    mine = f"key: {newer}{' # old' if had_one else ''}"
    made = with_other_comment(old, mine, f"key: {base}{blanks}#{note}", "yaml")
    assert values_in(f"---\n{made}\n---\n") == values_in(f"---\n{mine}\n---\n")
    assert made.endswith(f"{blanks}#{note}")
    bare = with_other_comment(old, mine, f"key: {base}", "yaml")
    assert bare.rstrip() == f"key: {newer}".rstrip()


@given(TOML, TOML, BLANKS, NOTES)
def test_toml_does_as_well(base, newer, blanks, note):
    mine = f"key = {newer}"
    made = with_other_comment(f"key = {base}", mine, f"key = {base}{blanks}#{note}", "toml")
    assert values_in(f"+++\n{made}\n+++\n") == values_in(f"+++\n{mine}\n+++\n")
    assert made == f"{mine}{blanks}#{note}"


def test_what_stands_on_several_lines_or_changed_with_its_value_stays():
    assert with_other_comment("a: |\n  b", "a: c", "a: |\n  b # d", "yaml") == "a: c"
    assert with_other_comment("a: b", "a: c # d", "a: b # e", "yaml") == "a: c # d"


def test_a_comment_is_put_behind_one_line_of_several_that_has_none() -> None:
    base, other = "a:\n- b\n- c", "a:\n- b # d\n- c"
    assert with_other_comment(base, "a:\n- b\n- e", other, "yaml") == "a:\n- b # d\n- e"
    assert with_other_comment(base, "a:\n- b # f\n- e", other, "yaml") == "a:\n- b # f\n- e"
    assert with_other_comment(base, "a:\n- b\n- b", other, "yaml") == "a:\n- b\n- b"
    assert with_other_comment(base, "a: e", other, "yaml") == "a: e"
