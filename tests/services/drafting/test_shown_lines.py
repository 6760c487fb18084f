"""What people took out of a file together with a line of it that goes off the record."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.merge.merge import Merged
from bot.services.drafting.hidden_lines import hide, written_by
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


def test_a_link_that_people_took_out_was_there_though_its_title_is_hidden() -> None:
    shown = shown_by(LOCKED, f"{OTHER}{OTHER}", key="a key")
    assert (shown.text, shown.owners) == (f"{OTHER}{BARE}{OTHER}", ("m3/1", "m1/1", "m4/1"))


@given(
    st.sampled_from(
        [TITLED, BARE, "- [By Sam](https://e.example/a)\n", "see http://www.e.example/a/ there\n"]
    )
)
def test_one_that_stands_in_the_file_in_whatever_form_is_put_there_by_the_next_draft(
    line: str,
) -> None:
    assert shown_by(LOCKED, f"{OTHER}{line}{OTHER}", key="a key") == written_by(LOCKED)


@given(st.text())
def test_where_nothing_is_hidden_it_is_what_was_committed(text: str) -> None:
    assert shown_by(DRAFT, text, key="a key") == written_by(DRAFT)
    assert (
        shown_by(replace(LOCKED, written=None, writers=()), text, key="a key").text
        == LOCKED.committed
    )


def test_a_link_that_stood_in_no_hidden_line_is_put_there_whatever_people_changed() -> None:
    other = "- <https://e.example/another>\n"
    merged = Merged(f"{OTHER}{other}{OTHER}", ("m3/1", "m1/1", "m4/1"), ())
    locked = hide(DRAFT, merged, "m2", key="a key")
    assert shown_by(locked, f"{OTHER}{OTHER}", key="a key") == written_by(locked)


def test_a_hidden_line_has_its_link_though_others_have_all_of_its_words() -> None:
    draft = replace(DRAFT, committed=f"- Kim\n{TITLED}{OTHER}")
    merged = Merged(f"- Kim\n{BARE}{OTHER}", draft.owners, ())
    locked = hide(draft, merged, "m2", key="a key")
    assert shown_by(locked, f"- Kim\n{OTHER}", key="a key").text == merged.text
