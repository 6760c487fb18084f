"""Laws of reading a file, over any text; and that no text takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.pieces import lines_of, read

LINES = st.sampled_from(
    [
        "", " ", "\t", "---", "...", "===", "***", "title: x", "tags:", "- a", "  - b", "- ",
        "1. c", "    d", "e", "> f", ">", "### g", "#### 1:30 h", "#tag", "<details>", "<br>",
        "</details>",
        "<!-- i", "-->", "{% comment %}", "{%- endcomment -%}",
        "```", "~~~~", "[j](https://example.org/j)", "{:toc}", "\ufeff",
        "k\u2028l",
    ]
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
FILES = st.lists(st.builds(str.__add__, LINES, ENDS)).map("".join) | st.lists(LINES).map("\n".join)
TEXTS = FILES | st.text() | st.text(st.sampled_from("-#<>`~ \t\r\n\ufeffa:/h"))
OWNERS = st.lists(st.sampled_from([None, "x", "y"]))


@given(TEXTS)
def test_lines_give_the_text_again(text):
    lines = lines_of(text)
    assert "".join(lines) == text
    assert all(line.rstrip("\r\n") == line[: len(line.rstrip("\r\n"))] and line for line in lines)


@given(TEXTS, OWNERS)
def test_pieces_give_the_text_again_line_by_line(text, owners):
    pieces = read(text, owners)
    assert "".join(one.text for one in pieces) == text
    line = 0
    for one in pieces:
        assert one.line == line
        assert lines_of(one.text) == lines_of(text)[line : line + one.height]
        line += one.height


@given(TEXTS, OWNERS)
def test_a_piece_is_one_owners(text, owners):
    lines = lines_of(text)
    owners = [*owners, *[None] * len(lines)][: len(lines)]
    for one in read(text, owners):
        if one.kind not in ("gap", "front"):
            inside = range(one.line, one.line + one.height)
            assert {owners[line] for line in inside if lines[line].strip(" \t\r\n")} == {one.owner}


@given(TEXTS)
def test_gaps_are_blank_and_nothing_else_begins_or_ends_with_a_blank_line(text):
    for one in read(text):
        lines = lines_of(one.text)
        blank = [not line.strip(" \t\r\n") for line in lines]
        assert all(blank) if one.kind == "gap" else not (blank[0] or blank[-1])


@given(FILES)
def test_line_ends_change_nothing_in_what_is_seen(text):
    unified = "".join(line.rstrip("\r\n") + "\n" for line in lines_of(text))
    windows = unified.replace("\n", "\r\n")
    for one, other in zip(read(unified), read(windows), strict=True):
        assert (one.kind, one.level, one.title, one.links) == (
            other.kind, other.level, other.title, other.links,
        )  # fmt: skip


@given(st.integers(1, 200))
def test_a_name_is_whole_up_to_its_length_and_cut_beyond(length):
    words = "w" * length
    whole = words if length <= 80 else "w" * 79 + "…"
    for text in (f"- {words}\n", f"### {words}\n", f"### 1:30 {words}\n"):
        [piece] = read(text)
        assert piece.name == whole


@given(TEXTS)
def test_every_piece_can_be_named_in_one_line(text):
    for one in read(text):
        assert len(one.name) <= 80
        assert len(one.name.splitlines()) <= 1
        assert isinstance(one.links, tuple)
        assert isinstance(one.words, str)


@pytest.mark.parametrize(
    "text",
    [
        "- \n" * 50_000,
        "- a\n\n" * 25_000,
        "".join(" " * (n % 3000) + "- a\n" for n in range(2_000)),
        "<div>\n" * 50_000,
        "<div>\n</table>\n" * 25_000,
        "<!--\n" * 50_000,
        "<!--\n" * 25_000 + "-->\n" * 25_000,
        "{% comment %}" * 25_000 + "{%" + " " * 25_000 + "\n{% endcomment %}",
        "```\n````\n" * 25_000 + "~" * 50_000,
        "".join("`" * (n % 50 + 3) + "x\n" for n in range(50_000)),
        "a\n" * 50_000,
        "---\n" + "a: b\n" * 50_000,
        "---\n" + "\n" * 50_000,
        "#" + " " * 500_000 + "x",
        "### " + "# " * 250_000,
        "- " * 250_000 + "x",
        "a" * 500_000,
        "<" * 500_000,
        "[" * 50_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_text_takes_long(text):
    started = time.process_time()
    pieces = read(text, ["x", "y"] * 10)
    for one in pieces[:100]:
        assert one.name is not None
        assert one.links is not None
    assert time.process_time() - started < 2
