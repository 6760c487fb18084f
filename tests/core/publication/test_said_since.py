"""What hosts said of an item since its last draft."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Item
from bot.core.publication.late import late
from bot.core.publication.said_since import InFile, said_since
from tests.talk import fold, said, url

NOTES = st.lists(st.text("abcdé日本", min_size=1, max_size=6), max_size=5, unique=True)


def item(text: str) -> Item:
    return fold(said(1, text)).episode.items()[0]


def noted(notes: list[str]) -> str:
    return "\n".join([f"[T]({url(1)})", *(f"- {note}" for note in notes)])


@given(NOTES, NOTES, NOTES)
def test_notes_are_named_if_and_only_if_they_came_since_and_are_in_no_line(
    before: list[str], after: list[str], by_hand: list[str]
) -> None:
    then, now = item(noted(before)), item(noted(after))
    file = f"- [T]({url(1)})\n" + "".join(f"  - {note}\n" for note in by_hand)
    fresh = tuple(one for one in after if one not in before and one not in by_hand)
    assert InFile(file).without(said_since(now, then)) == fresh
    assert said_since(now, now) == []


def test_a_line_that_only_begins_alike_does_not_have_a_note() -> None:
    then, now = item(noted([])), item(noted(["late"]))
    file = f"- [T]({url(1)})\n  - later than that\n"
    assert InFile(file).without(said_since(now, then)) == ("late",)


def test_a_new_wording_is_named_and_its_mark_up_does_not_matter() -> None:
    then, now = item("- some words"), item("- other <words>")
    assert InFile("- some words\n").without(said_since(now, then)) == ("other <words>",)
    assert InFile("* other &lt;words&gt;\n").without(said_since(now, then)) == ()


def test_a_title_is_there_only_at_its_own_address() -> None:
    then, now = item(url(1)), item(f"[New]({url(1)})")
    assert InFile(f"- [New]({url(2)})\n").without(said_since(now, then)) == ("New",)
    assert InFile(f"- [New]({url(1)})\n").without(said_since(now, then)) == ()


def test_what_is_missing_with_its_link_is_named_once() -> None:
    now = item(noted(["late"]))
    (found,) = late([now], "", chat=[now])
    assert found.missing and found.words == ()


def test_a_link_that_people_put_into_the_file_first_lacks_its_notes_alone() -> None:
    now = item(noted(["late"]))
    (found,) = late([now], f"- [Theirs]({url(1)})\n", chat=[now])
    assert found.words == ("late",)
