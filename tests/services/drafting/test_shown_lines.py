"""What people took out of a file together with a line of it that goes off the record."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.version import Side
from bot.core.merge.merge import Merged
from bot.services.drafting.hidden_lines import hide, without_hidden, written_by
from bot.services.drafting.shown_lines import shown_by
from bot.services.ports import Draft

TITLED, BARE, OTHER = "- [Kim](https://e.example/a)\n", "- <https://e.example/a>\n", "- b\n"
DRAFT = Draft(
    "d", "e", 1, 1, "a.md", f"{OTHER}{TITLED}{OTHER}", ("m3/1", "m1/1", "m4/1"), "", "", {}
)
LOCKED = hide(
    DRAFT, Merged(f"{OTHER}{BARE}{OTHER}", ("m3/1", "m1/1", "m4/1"), ()), "m2", key="a key"
)
"""The link is that of one message, its title that of another, which is locked."""


def shown(draft: Draft, file: str) -> Side:
    return shown_by(draft, file, without_hidden(draft, file, key="a key"), key="a key")


def test_a_link_that_people_took_out_was_there_though_its_title_is_hidden() -> None:
    there = shown(LOCKED, f"{OTHER}{OTHER}")
    assert (there.text, there.owners) == (f"{OTHER}{BARE}{OTHER}", ("m3/1", "m1/1", "m4/1"))


@given(
    st.sampled_from(
        ["- [By Sam](https://e.example/a)\n", "see http://www.e.example/a/ there\n"],
    )
)
def test_one_that_people_gave_another_form_is_put_there_by_the_next_draft(line: str) -> None:
    assert shown(LOCKED, f"{OTHER}{line}{OTHER}") == written_by(LOCKED)


@given(
    st.lists(st.sampled_from([TITLED, OTHER, "- note\n", "\n"])).filter(
        lambda lines: lines.count(TITLED) < 2
    ),
    st.booleans(),
)
def test_what_people_left_as_it_was_is_no_edit_whatever_takes_a_line_s_place(
    lines: list[str], is_same: bool
) -> None:
    text = "".join(lines)
    owners = tuple("m2/1" if line == TITLED else "m3/1" for line in text.splitlines(keepends=True))
    after = tuple(owner if is_same else owner.replace("m2", "m1") for owner in owners)
    locked = hide(
        replace(DRAFT, committed=text, owners=owners),
        Merged(text.replace(TITLED, BARE), after, ()),
        "m2",
        key="a key",
    )
    there = shown(locked, text)
    assert there.text == without_hidden(locked, text, key="a key")


@given(st.text())
def test_where_nothing_is_hidden_it_is_what_was_committed(text: str) -> None:
    assert shown(DRAFT, text) == written_by(DRAFT)
    assert shown(replace(LOCKED, written=None, writers=()), text).text == LOCKED.committed


def test_a_link_that_stood_in_no_hidden_line_is_put_there_whatever_people_changed() -> None:
    other = "- <https://e.example/another>\n"
    merged = Merged(f"{OTHER}{other}{OTHER}", ("m3/1", "m1/1", "m4/1"), ())
    locked = hide(DRAFT, merged, "m2", key="a key")
    assert shown(locked, f"{OTHER}{OTHER}") == written_by(locked)


def test_a_hidden_line_has_its_link_though_others_have_all_of_its_words() -> None:
    draft = replace(DRAFT, committed=f"- Kim\n{TITLED}{OTHER}")
    merged = Merged(f"- Kim\n{BARE}{OTHER}", draft.owners, ())
    locked = hide(draft, merged, "m2", key="a key")
    assert shown(locked, f"- Kim\n{OTHER}").text == merged.text
