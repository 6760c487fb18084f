"""Which links people put into the template's own lines, before the episode's and after them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.pieces import read
from bot.core.document.version import Side
from bot.core.file_edits.sections import KnownIds, shape
from bot.core.file_edits.template_links import lines_with_links
from bot.core.urls import canonical, fingerprint

BEFORE, AFTER = "- Write to us: [mail](https://t.example/mail)", "- Home: <https://t.example/home>"
BODY = (("- <https://a.example/1>", "1"), ("- <https://a.example/2>", "2"))


def side(before: str, after: str, body: tuple[tuple[str, str | None], ...] = BODY) -> Side:
    lines = [(before, None), ("", None), ("### A", "a"), ("", None), *body, ("", None)]
    lines += [("### Links", None), ("", None), (after, None)]
    return Side("".join(f"{line}\n" for line, _ in lines), tuple(owner for _, owner in lines))


def put_in(file: Side, rendered: Side | None = None) -> frozenset[str]:
    ours = rendered or side(BEFORE, AFTER)
    known = KnownIds({"a"}, {"1", "2"})
    sides = [read(one.text, one.owners) for one in (file, ours)]
    return shape(*sides, known=known, sub_level=4).in_template


def prints(*links: str) -> frozenset[str]:
    return frozenset(fingerprint(canonical(link)) for link in links)


KIM = "https://a.example/kim"


def test_what_the_template_writes_itself_is_none() -> None:
    assert put_in(side(BEFORE, AFTER)) == frozenset()
    moved = side(f"{BEFORE} or [home](https://t.example/home)", AFTER)
    assert put_in(moved) == frozenset()
    assert put_in(side(BEFORE.replace("Write", "Say hello"), AFTER)) == frozenset()


def test_what_people_put_before_or_after_the_body_is_found() -> None:
    assert put_in(side(f"{BEFORE} and [Kim]({KIM})", AFTER)) == prints(KIM)
    assert put_in(side(BEFORE, f"{AFTER}, see <{KIM}>")) == prints(KIM)
    both = side(f"{BEFORE} and [Kim]({KIM})", f"{AFTER}, see <https://a.example/two>")
    assert put_in(both) == prints(KIM, "https://a.example/two")


def test_what_stands_in_an_item_too_is_the_item_s() -> None:
    assert put_in(side(f"{BEFORE} and [one](https://a.example/1)", AFTER)) == frozenset()
    without = side(f"{BEFORE} and [one](https://a.example/1)", AFTER, BODY[1:])
    assert put_in(without) == prints("https://a.example/1")
    by_hand = side(f"{BEFORE} and [Kim]({KIM})", AFTER, (*BODY, (f"- <{KIM}>", None)))
    assert put_in(by_hand) == frozenset()


def test_a_line_that_has_another_link_first_is_people_s_own() -> None:
    assert put_in(side(f"- Write to [Kim]({KIM})", AFTER)) == frozenset()


@given(st.lists(st.tuples(st.sampled_from("123"), st.booleans()), max_size=4))
def test_each_link_is_told_that_stands_in_such_a_line_and_nowhere_else(
    added: list[tuple[str, bool]],
) -> None:
    before, after = BEFORE, AFTER
    for number, first in added:
        words = f" and [T](https://a.example/{number})"
        before, after = (before + words, after) if first else (before, after + words)
    file = side(before, after)
    wanted = {f"https://a.example/{number}" for number, _ in added} - {
        "https://a.example/1",
        "https://a.example/2",
    }
    assert put_in(file) == prints(*wanted)
    for link in wanted:
        line, words = lines_with_links(file.text).get(fingerprint(canonical(link)), (0, ""))
        assert link in file.text.splitlines()[line - 1]
        assert words.startswith(("Write to us", "Home"))
