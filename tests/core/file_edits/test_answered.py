"""The chat's side of a question goes where people put its thing since, in their form."""

import pytest

from bot.core.document.version import Side
from bot.core.file_edits.answered import answered, is_elsewhere
from bot.core.file_events import ConflictFound
from tests.talk import url

A, B = url("a"), url("b")
WAS = f"- [one]({A}) and <{B}>\n- last\n"
OWN = f"- <{B}>"
NOTED = f"{OWN}  \n  noted"


def asked(said: str) -> ConflictFound:
    return ConflictFound("item", "m2", "b", "", WAS, said=said, had=OWN)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("said", "there", "now"),
    [
        (NOTED, OWN, NOTED),
        (NOTED, f"2. <{B}>", f"2. <{B}>  \n   noted"),
        (NOTED, f"{OWN}\n  - theirs", f"{OWN}  \n  noted\n  - theirs"),
        (f"- [T]({B})", f"Says <{B}>.", f"Says [T]({B})."),
        (f"- [T]({B})", f"- [By hand]({B})", f"- [By hand]({B})"),
        ("", f"- last, <{B}>", "- last,"),
        ("", f"- [By hand]({B})", f"- [By hand]({B})"),
        ("", f"{OWN}\n  - theirs", "- theirs"),
    ],
)
def test_a_side_goes_where_its_thing_stands_by_now(
    said: str, there: str, now: str, end: str
) -> None:
    file, wanted = (f"- [one]({A})\n\n{one}\n".replace("\n", end) for one in (there, now))
    assert answered(file, WAS, asked(said)) == wanted


def test_a_word_alone_is_known_where_it_stands_by_itself() -> None:
    found = ConflictFound("item", "m2", "a", "", "", said="- b", had="- a")
    was = Side("- plan\n  - a\n- last\n", ("m1", "m1", "m3"))
    moved = Side("- plan\n- last\n- a\n", ("m1", "m3", None))
    assert is_elsewhere(found, was, moved)
    assert answered(moved.text, was.text, found) == "- plan\n- last\n- b\n"
    reworded = Side("- plain\n- last\n- a man\n", ("m1", "m3", None))
    assert not is_elsewhere(found, was, reworded)
    assert answered(reworded.text, was.text, found) == reworded.text


def test_of_a_thing_that_goes_no_line_is_left() -> None:
    assert answered(f"- [one]({A})\n{OWN}\n- last\n", WAS, asked("")) == f"- [one]({A})\n- last\n"


@pytest.mark.parametrize(
    ("lines", "is_so"),
    [
        ([(f"- [one]({A})", "m1"), (OWN, None)], True),
        ([(f"- [one]({A})", "m1"), (f"- last, <{B}>", "m3")], True),
        ([(f"- [uno]({A}) and <{B}>", "m1")], False),
        ([(f"- [one]({A}) and <{B}>", "m1"), (OWN, None)], False),
        ([(f"- [one]({A})", "m1")], False),
    ],
)
def test_it_is_elsewhere_where_another_line_has_it_and_the_former_not(
    lines: list[tuple[str, str | None]], is_so: bool
) -> None:
    now = Side("".join(f"{line}\n" for line, _ in lines), tuple(owner for _, owner in lines))
    assert is_elsewhere(asked(NOTED), Side(WAS, ("m1", "m3")), now) is is_so


@pytest.mark.parametrize("below", ["", "\n  - theirs"])
def test_a_title_that_it_had_when_hosts_were_asked_is_what_they_chose_against(below: str) -> None:
    """It was taken for reworded since: their side was nowhere, and nothing said so."""
    theirs = f"- [one]({A})\n  - [By hand]({B}){below}"
    found = ConflictFound("item", "m2", "b", "", theirs, said=f"- [T]({B})", had=OWN)
    file = f"- [one]({A})\n- [By hand]({B}){below}\n"
    assert answered(file, theirs + "\n", found) == f"- [one]({A})\n- [T]({B}){below}\n"
    since = file.replace("By hand", "By hand since")
    assert answered(since, theirs + "\n", found) == since
