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
    shown = shown_by(LOCKED, f"{OTHER}{OTHER}")
    assert (shown.text, shown.owners) == (f"{OTHER}{BARE}{OTHER}", ("m3/1", "m1/1", "m4/1"))


@given(
    st.sampled_from(
        [TITLED, BARE, "- [By Sam](https://e.example/a)\n", "see http://www.e.example/a/ there\n"]
    )
)
def test_one_that_stands_in_the_file_in_whatever_form_is_put_there_by_the_next_draft(
    line: str,
) -> None:
    assert shown_by(LOCKED, f"{OTHER}{line}{OTHER}") == written_by(LOCKED)


@given(st.text())
def test_where_nothing_is_hidden_it_is_what_was_committed(text: str) -> None:
    assert shown_by(DRAFT, text) == written_by(DRAFT)
    assert shown_by(replace(LOCKED, written=None, writers=()), text).text == LOCKED.committed
