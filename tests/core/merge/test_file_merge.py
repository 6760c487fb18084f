"""What stands within another's text in the file, and elsewhere by the chat, stands once."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.version import Side
from bot.core.merge.file_merge import Parts, merge_with_file
from bot.core.merge.merge import merge
from bot.core.model import Bullet, Episode, Item, Nested, Topic

A, B, C = (f"- [{name}](https://example.org/{name})" for name in "abc")
BASE = Side(f"{A}\n  - b\n{C}\n", ("a", "a", "c"))
PARTS = Parts(stood={"b": "- b"})
TAKEN_OUT = Side(f"- b\n{C}\n", ("b", "c"))


def test_where_people_changed_what_the_chat_took_out_its_parts_stand_there_once() -> None:
    theirs = Side(f"{A}, by hand\n  - b\n{C}\n")
    merged = merge_with_file(BASE, TAKEN_OUT, theirs, PARTS)
    assert merged.text == theirs.text
    assert [one.owner for one in merged.conflicts] == ["a"]


def test_where_they_did_not_its_parts_stand_for_themselves() -> None:
    theirs = Side(f"{A}\n  - b\n{C}, by hand\n")
    merged = merge_with_file(BASE, TAKEN_OUT, theirs, PARTS)
    assert merged == merge(BASE, TAKEN_OUT, theirs)
    assert merged.text == f"- b\n{C}, by hand\n"


def test_what_the_chat_says_of_it_by_now_stands_where_people_have_it() -> None:
    ours = Side(f"- b\n  - a note of it\n{C}\n", ("b", "b", "c"))
    theirs = Side(f"{A}, by hand\n  - b\n{C}\n")
    merged = merge_with_file(BASE, ours, theirs, PARTS)
    assert merged.text == f"{A}, by hand\n  - b\n    - a note of it\n{C}\n"


def test_what_people_took_out_of_it_does_not_come_back() -> None:
    theirs = Side(f"{A}, by hand\n{C}\n")
    assert merge_with_file(BASE, TAKEN_OUT, theirs, PARTS).text == theirs.text


def test_what_the_chat_says_anew_of_what_people_took_out_comes_back() -> None:
    ours = Side(f"- b\n  - a note of it\n{C}\n", ("b", "b", "c"))
    merged = merge_with_file(BASE, ours, Side(f"{A}, by hand\n{C}\n"), PARTS)
    assert "  - a note of it\n" in merged.text


def test_the_same_words_of_somebody_else_stay() -> None:
    base = Side(f"{A}\n  - b\n{C}\n- b\n", ("a", "a", "c", "d"))
    ours = Side(f"- b\n{C}\n- b\n", ("b", "c", "d"))
    theirs = Side(f"{A}, by hand\n  - b\n{C}\n- b\n")
    assert merge_with_file(base, ours, theirs, PARTS).text == theirs.text


@pytest.mark.parametrize("below", ["", "  - a third thing\n"])
def test_what_people_put_below_something_does_not_stand_below_what_comes_back(below: str) -> None:
    base = Side(f"- b\n{C}\n", ("b", "c"))
    deeper = f"  {below}" if below else ""
    ours = Side(f"{A}\n  - b\n{deeper}{C}\n", ("a", "a", *("a" for _ in below[:1]), "c"))
    within = {"b": ("a", "- b"), **({"d": ("a", "- a third thing")} if below else {})}
    merged = merge_with_file(base, ours, Side(f"{C}\n  - b\n"), Parts(within=within))
    assert merged.text == f"{A}\n{below}{C}\n  - b\n"


@pytest.mark.parametrize("mark", ["1.", "####"])
def test_what_people_joined_to_a_line_that_they_changed_does_not_stand_for_itself(
    mark: str,
) -> None:
    base = Side(f"{A} and {B[2:]}\n- last\n", ("a", "c"))
    ours = Side(f"{B}\n- last\n", ("b", "c"))
    theirs = Side(f"{mark} {A[2:]} and {B[2:]}\n\n- last\n")
    assert merge_with_file(base, ours, theirs, Parts(joined={"b"})).text == theirs.text


class _Given(NamedTuple):
    episode: Episode
    nested: dict[str, str]


def test_what_came_below_another_one_since_is_told_of_what_stood_there() -> None:
    items = {one: Item(one, Bullet(one), "m", "jonas", 1) for one in "abcd"}
    topic = (Topic("top", "", (items["a"],)),)
    former = _Given(Episode("1", topic, nested=(Nested("a", items["b"]),)), {"b": "- b"})
    nested = (Nested("a", items["b"]), Nested("b", items["c"]))
    now = _Given(Episode("1", topic, nested=nested), {"b": "- b\n  - c", "c": "- c\n  - n"})
    joined = {"a": None, "d": None}
    parts = Parts.of(former, now, Side("", ()), joined)
    assert parts == Parts({"b": "- b"}, {"a"}, {"c": ("a", "- c")})


def test_what_stood_by_itself_is_told_of_the_line_that_comes_back_with_it() -> None:
    """People had joined it with that one, which was out; the chat took it out meanwhile."""
    a = Item("a", Bullet("a"), "m", "jonas", 1)
    former, now = _Given(Episode("1", ()), {}), _Given(Episode("1", (Topic("top", "", (a,)),)), {})
    base = Side(f"{B}\n  more\n{C}\n- d\n", ("b", "b", "c", "d"))
    parts = Parts.of(former, now, base, {"b": "a", "d": None})
    assert parts == Parts(joined=set(), within={"b": ("a", B)})
    ours = Side(f"{A}\n  {B}\n{C}\n- d\n", ("a", "a", "c", "d"))
    merged = merge_with_file(base, ours, Side(f"{C}\n- d\n"), parts)
    assert merged.text == f"{A}\n{C}\n- d\n"


NAMES = st.lists(st.sampled_from("pqrstuvw"), min_size=2, max_size=6, unique=True)


@given(NAMES, st.data())
def test_wherever_both_have_it_each_thing_stands_once(
    names: list[str], data: st.DataObject
) -> None:
    """A part of an item that goes, which people put anywhere, and what they did to the item."""
    part = "- [part](https://example.org/part)"
    rest = [f"- [{name}](https://example.org/{name})" for name in names]
    host = data.draw(st.integers(0, len(rest) - 1))
    lines = [*rest[: host + 1], f"  {part}", *rest[host + 1 :]]
    owners = (*names[: host + 1], names[host], *names[host + 1 :])
    ours = [*rest[:host], part, *rest[host + 1 :]]
    ours_of = (*names[:host], "part", *names[host + 1 :])
    to = data.draw(st.integers(0, len(rest)))
    changed = [
        line + data.draw(st.sampled_from(["", ", by hand"])) if at == host else line
        for at, line in enumerate(rest)
    ]
    put = [part] if to == 0 or data.draw(st.booleans()) else [f"  {part}"]
    theirs = [*changed[:to], *put, *changed[to:]]
    base, mine, file = ("".join(f"{one}\n" for one in those) for those in (lines, ours, theirs))
    merged = merge_with_file(
        Side(base, owners), Side(mine, ours_of), Side(file), Parts(stood={"part": part})
    )
    for name in ("part", *names[:host], *names[host + 1 :]):
        assert merged.text.count(f"/{name})") == 1, (base, mine, file, merged.text)


def test_what_both_have_for_itself_by_now_is_without_what_one_of_them_put_out_of_it() -> None:
    noted = "- b\n  - of b"
    base = Side(f"{A}\n  - b\n    - of b\n{C}\n", ("a", "a", "a", "c"))
    ours = Side(f"{noted}\n{C}\n", ("b", "b", "c"))
    theirs = Side(f"- b\n{A}\n- of b\n{C}\n")
    merged = merge_with_file(base, ours, theirs, Parts(stood={"b": noted}))
    assert merged.text.count("of b") == 1
    assert merged.text == theirs.text


def test_a_link_that_is_titled_anew_is_not_the_bullet_that_people_changed_and_had_it_below() -> (
    None
):
    link = "<https://example.org/x>"
    base = Side(f"- words\n  - {link}\n{C}\n", ("a", "a", "c"))
    ours = Side(f"- [Anew](https://example.org/x)\n{C}\n", ("x", "c"))
    theirs = Side(f"- [words](https://example.org/by-hand)\n  - {link}\n{C}\n")
    merged = merge_with_file(base, ours, theirs, Parts(stood={"x": f"- {link}"}))
    assert merged.text == theirs.text.replace(link, "[Anew](https://example.org/x)")
    assert [one.owner for one in merged.conflicts] == ["a"]


@pytest.mark.parametrize("mark", ["-", "*"])
def test_a_title_found_for_what_stood_below_another_one_is_there_when_that_one_goes(
    mark: str,
) -> None:
    """It was found before we committed last, and is in no file: what stands there is people's."""
    base = Side(f"{A}\n  {mark} <https://example.org/b>\n{C}\n", ("a", "a", "c"))
    ours = Side(f"{B}\n{C}\n", ("b", "c"))
    theirs = Side(f"- <https://example.org/by-hand>\n  {mark} <https://example.org/b>\n{C}\n")
    merged = merge_with_file(base, ours, theirs, Parts(stood={"b": B}))
    assert merged.text == f"- <https://example.org/by-hand>\n  {mark}{B[1:]}\n{C}\n"


def test_what_people_made_of_it_below_another_one_stays_as_they_have_it() -> None:
    """The chat gives what it gave, and has another mark."""
    base = Side(f"{A}\n  * b\n    * of b\n{C}\n", ("a", "a", "a", "c"))
    ours = Side(f"- b\n  - of b\n{C}\n", ("b", "b", "c"))
    theirs = Side(f"{A}, by hand\n  * b\n    * of b\n{C}\n")
    merged = merge_with_file(base, ours, theirs, Parts(stood={"b": "- b\n  - of b"}))
    assert merged.text == theirs.text
