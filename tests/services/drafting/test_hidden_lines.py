"""Which lines a draft hides once their message is off the record."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.erasure.line_prints import fingerprint
from bot.core.merge.merge import Merged
from bot.services.drafting.hidden_lines import hide, without_hidden
from bot.services.ports import Draft


@pytest.mark.parametrize(
    ("locked", "other"),
    [("C# is nice\n", "C is nice\n"), ("Chapter 1. Rome\n", "Chapter 2. Rome\n")],
)
def test_what_looks_like_a_mark_within_a_line_is_a_part_of_it(locked: str, other: str) -> None:
    """Else the two were one: the other was hidden, and the store kept the one that is locked."""
    draft = Draft("d", "e", 1, 1, "a.md", f"{locked}\n{other}", ("m1/1", None, "m2/1"), "", "", {})
    hidden = hide(draft, Merged(other, ("m2/1",), ()), "m1", key="a key")
    assert hidden.written == f"\n{other}"


def test_another_s_link_that_has_its_title_once_the_locked_one_is_gone_is_not_hidden() -> None:
    """Else it was taken out of the file alone, and its note below it, which then stood twice.

    (It stood without a title because people had put it below the locked one.)
    """
    bare, titled = "<https://e.example/a>", "[A](https://e.example/a)"
    text = f"- <https://e.example/x>\n  - {bare}  \n    a note\n"
    draft = Draft("d", "e", 1, 1, "a.md", text, ("m1/1",) * 3, "", "", {})
    cleaned = Merged(f"- {titled}  \n  a note\n", ("m2/1",) * 2, ())
    hidden = hide(draft, cleaned, "m1", key="a key")
    assert hidden.written == f"- {bare}  \n  a note\n"
    assert without_hidden(hidden, text, key="a key") == hidden.written


def test_a_line_that_says_the_locked_title_of_a_link_is_hidden_though_the_link_stays() -> None:
    secret, link = "[Secret](https://e.example/a)", "https://e.example/a"
    draft = Draft("d", "e", 1, 1, "a.md", f"- {secret}\n", ("m2/1",), "", "", {})
    hidden = hide(draft, Merged(f"- <{link}>\n", ("m2/1",), ()), "m1", key="a key")
    assert hidden.written == ""


KEY = "a key"
Line = tuple[str, str | None]


def drafted(*lines: Line) -> Draft:
    text, owners = "".join(f"{line}\n" for line, _ in lines), tuple(owner for _, owner in lines)
    return Draft("d", "e", 1, 1, "a.md", text, owners, "", "", {})


def locked(draft: Draft, message: str) -> Draft:
    """The draft once a message is off the record, of which each line is its own."""
    lines = draft.committed.splitlines(keepends=True)
    kept = [
        (line, owner)
        for line, owner in zip(lines, draft.owners, strict=True)
        if not (owner or "").startswith(f"{message}/")
    ]
    cleaned = Merged("".join(line for line, _ in kept), tuple(owner for _, owner in kept), ())
    return hide(draft, cleaned, message, key=KEY)


def left(draft: Draft, *lines: str) -> list[str]:
    """What of a file's lines the next draft takes for there."""
    return without_hidden(draft, "".join(f"{line}\n" for line in lines), key=KEY).splitlines()


A, A_AGAIN, B = "- [A](https://e.example/a)", "- [Once more](https://e.example/a)", "- b"


@given(
    st.lists(
        st.tuples(
            st.sampled_from([A, A_AGAIN, B, "- c", "words"]),
            st.sampled_from(["m1/1", "m1/2", "m2/1", None]),
        )
    )
)
def test_of_an_untouched_file_what_the_message_gave_is_hidden_and_nothing_else(
    lines: list[Line],
) -> None:
    draft = locked(drafted(*lines), "m1")
    stays = [line for line, owner in lines if not (owner or "").startswith("m1/")]
    assert left(draft, *(line for line, _ in lines)) == stays


def test_of_lines_that_are_alike_the_one_goes_that_stood_there() -> None:
    draft = locked(drafted((B, "m2/1"), ("- c", None), (B, "m1/1")), "m1")
    assert left(draft, B, "- c", B) == [B, "- c"]
    assert left(draft, B, "- new", "- c", B) == [B, "- new", "- c"]


def test_where_people_added_more_that_are_alike_the_first_go() -> None:
    draft = locked(drafted((B, "m1/1"), ("- c", None)), "m1")
    assert left(draft, B, "- c", B) == ["- c", B]
    assert left(draft, "- c", B, B, B) == ["- c", B, B]


def test_of_reworded_links_to_a_hidden_address_as_many_go_as_there_were() -> None:
    draft = locked(drafted((A, "m1/1"), (B, None)), "m1")
    assert left(draft, A_AGAIN, B) == [B]
    assert left(draft, B, A_AGAIN, "- c", f"{A_AGAIN} too") == [B, "- c", f"{A_AGAIN} too"]
    assert left(draft, A, A_AGAIN, B) == [A_AGAIN, B]


def test_marks_of_an_older_version_hide_all_that_is_alike() -> None:
    draft = replace(drafted(("- c", None)), hidden=(fingerprint(KEY, B),))
    assert left(draft, B, "- c", B) == ["- c"]


def test_one_word_is_looked_for_nowhere_else_where_its_heading_stands_reworded() -> None:
    draft = locked(drafted(("### Topic C", "m0/1"), ("", None), ("### Topic A", "m1/1")), "m1")
    here = ["After a rule.", "", "### Topic C by Sam", ""]
    assert left(draft, *here, "### Topic A by Sam") == here[:-1]
    assert left(draft, "### Topic C", "", "After a rule.") == ["### Topic C", ""]  # may be that one


def test_a_link_below_a_hidden_bullet_is_no_note_of_that_reworded() -> None:
    draft = locked(drafted(("- words", "m1/2"), (A, "m1/1"), ("  a note", "m1/1")), "m1")
    theirs = "- [By Sam](https://e.example/b)"
    assert left(draft, "- words", f"  {theirs}") == [theirs]
    assert left(draft, "- words", "  by Sam") == []


@pytest.mark.parametrize("rest", ["- b", "> b", "b"])
def test_what_people_wrote_where_they_took_out_no_note_is_none_of_that_reworded(rest: str) -> None:
    draft = locked(drafted((A, "m1/1"), (rest, "m1/2")), "m1")
    assert left(draft, A, "  - by Sam") == ["- by Sam"]


@pytest.mark.parametrize("end", [(), ("",)])
def test_a_file_ends_as_it_did_where_people_took_out_what_stood_behind_the_last(end) -> None:
    draft = locked(
        drafted((B, "m2/1"), ("", None), (A, "m1/1"), ("", None), ("by Sam", None)), "m1"
    )
    assert left(draft, B, "", A, *end) == [B, *end]
