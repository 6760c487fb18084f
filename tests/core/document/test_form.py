"""The same thing in another form, as formatters and editors write it, and what is another thing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.form import same_but_for_form, unwrapped, without_form

ALIKE = [
    ("- [a](https://x.example/)\n  - n\n    - m", "* [a](https://x.example/)\n   * n\n      * m"),
    ("- a\n  - n", "- a\n\t- n"),
    ("- a  \n  goes\n  on", "+ a\\\n  goes on"),
    ("2 * 3 and _b_", r"2 \* 3 and *b*"),
    ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    ("- <https://x.example/>", "- [https://x.example/](https://x.example/)"),
    ("[a_b](https://x.example/a_b)", r"[a\_b](https://x.example/a\_b)"),
    ("[one two](https://x.example/)", "[one\ntwo](https://x.example/)"),
    ("> a\n> b", "> a b"),
    ("| a | b |\n|---|---|\n| c | 2 |", "| a     |  b |\n| :---- | -: |\n| c     |  2 |"),
    ("<p>a<br>b</p>\n</blockquote>", "<p>\n  a<br>b\n</p>\n\n</blockquote>"),
    ("X線(前編)!", "X 線（前編）！"),
    ('"a" it\'s', "“a” it’s"),
    ("### A", "### A ###"),
    ("a\nb", "a b"),
]  # fmt: skip

OTHERS = [
    ("- a\n- b", "- a\n  - b"),
    ("- a", "1. a"),
    ("a\n  - b", "a\n- b"),
    ("- a", "> - a"),
    ("a b", "ab"),
    ("into", "in to"),
    ("a", "A"),
    ("*a*", "a"),
    ("[a](https://x.example/)", "[a](https://y.example/)"),
    ("[a](https://x.example/)", "a https://x.example/"),
    ("### A", "#### A"),
    ("| a | b |\n|---|---|\n| c | 2 |", "| a | b |\n|---|---|\n| c | 3 |"),
    ("```\na  b\n```", "```\na b\n```"),
    ("<p>a b</p>", "<p>ab</p>"),
    ("第3回", "第4回"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_another_form_says_the_same(one: str, other: str) -> None:
    assert same_but_for_form(one, other)
    assert same_but_for_form(other, one)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_another_word_mark_or_level_is_another_thing(one: str, other: str) -> None:
    assert not same_but_for_form(one, other)
    assert not same_but_for_form(other, one)


WORDS = st.sampled_from(
    ["kim", "_b_", "*c*", "話題", "X線", "1 < 2", "[d](https://e.org/d_e)", "!"]
)
LINES = st.lists(WORDS, min_size=1, max_size=5)


@given(st.lists(LINES, min_size=1, max_size=4), st.sampled_from("*+"), st.integers(1, 3))
def test_any_bullet_gap_and_wrap_is_form_and_a_word_more_or_less_is_not(
    rows: list[list[str]], bullet: str, gap: int
) -> None:
    was = "\n".join(f"{'  ' * at}- {' '.join(row)}" for at, row in enumerate(rows))
    wide = " " * (1 + gap)
    now = "\n".join(
        f"{wide * at}{bullet}{' ' * gap}" + f"\n{wide * (at + 1)}".join(row)
        for at, row in enumerate(rows)
    )
    assert same_but_for_form(was, now)
    assert not same_but_for_form(was, f"{now} more")
    assert not same_but_for_form(was, "\n".join(now.split("\n")[:-1]))


@given(LINES, st.sampled_from(["- ", "*   ", "+ ", "  - "]))
def test_a_line_in_one_form_is_the_same_for_each_bullet(words: list[str], mark: str) -> None:
    line = " ".join(words)
    assert without_form(mark + line) == without_form(f"- {line}")
    assert without_form(f"{mark}{line} more") != without_form(f"- {line}")


@pytest.mark.parametrize(
    ("lines", "whole", "height"),
    [
        (["- one", "  two", "  - note"], "- one two", 2),
        (["one  ", "two"], "one", 1),
        (["one\\", "two"], "one", 1),
        (["one", "> two"], "one", 1),
        (["one", "<https://x.example/>"], "one <https://x.example/>", 2),
        (["one", "<b>two</b>"], "one", 1),
        (["one", "", "two"], "one", 1),
        ([], "", 0),
    ],
)
def test_lines_are_one_up_to_where_a_reader_sees_an_end(
    lines: list[str], whole: str, height: int
) -> None:
    assert unwrapped(lines) == (whole, height)


@pytest.mark.parametrize(
    "part", ["- ", "> ", "| ", "|-", " ", "<", "\\_", "_a", "[a](", "話 ", "&lt", "\t"]
)
def test_no_text_takes_long(part: str) -> None:
    text = part * 20_000
    start = time.process_time()
    same_but_for_form(text, text + "a")
    same_but_for_form("|-|\n" + text, "|-|\n" + text + "a")
    without_form(text)
    assert time.process_time() - start < 2
