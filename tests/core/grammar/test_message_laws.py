"""Laws of the grammar, over text at random, and over the worst that we could think of."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.grammar.line import read_line, with_labels
from bot.core.grammar.message import (
    Rules,
    parse,
    parse_note,
    redact,
    secrets_in,
    without_secrets,
)
from bot.core.grammar.secrets import carries_secret
from bot.core.model import Block, Bullet, Heading, Line, Link, Paragraph

HUGE = 50_000
A = "https://a.example/1"

pieces = st.sampled_from(
    [
        A, "https://b.example/x_(y)", "https://a.example/?pwd=1", "https://tenor.com/view/x",
        "http://", "\n", "\n", "\r\n", "  ", "\u3000", "\t", "- ", "・", "1. ", "# ", "#### ",
        "＃ ", "> ", ">", "＞", "@buka ", "```", "```html", "```md\n", "\n```\n", "`", "[",
        "]", "](", "(", ")", "<", ">", "![", "{{", "}}", "{%", "%}", "<a ", "</a>", "<!--",
        "-->", '"', "'", "\\", "|", "$$", "元論文: ", "草", "→", "「", "」", "**", "a", "。",
        "\x00", "\x85", "\u2028", "\ud800", "🎉", "\u200b", "-", "---",
    ]
)  # fmt: skip
chats = st.lists(pieces, max_size=30).map("".join) | st.text(max_size=60)
rules = st.sampled_from([Rules("labels"), Rules("keep")])


def lines_of(block: Block) -> list[Line]:
    if isinstance(block, Bullet):
        return [block.line, *(note.line for note in block.notes)]
    return list(block.lines) if isinstance(block, Paragraph) else []


@given(chats, rules, st.booleans())
def test_blocks_hold_whole_lines_that_a_file_can_hold(text: str, rule: Rules, marked: bool) -> None:
    for block in parse(text, rule, marked=marked).blocks:
        assert marked or not isinstance(block, Paragraph)
        if isinstance(block, Heading):
            assert block.name == block.name.strip() != ""
        for line in lines_of(block):
            for part in line:
                words = (part.title or part.url) if isinstance(part, Link) else part
                assert words
                assert len(words.splitlines()) == 1
                words.encode()
        repr(block).encode()


@given(chats, rules, st.booleans())
def test_reading_what_was_kept_gives_the_same(text: str, rule: Rules, marked: bool) -> None:
    kept = redact(text)
    again = parse(kept, rule, marked=marked)
    assert again.blocks == parse(text, rule, marked=marked).blocks
    assert again.secrets == ()
    assert redact(kept) == kept
    assert parse_note(kept) == parse_note(text)
    assert not any(carries_secret(word) for word in kept.split() if "://" in word)


@given(chats, rules, st.booleans())
def test_a_message_without_secrets_reads_as_before(text: str, rule: Rules, marked: bool) -> None:
    shown = without_secrets(text)
    assert parse(shown, rule, marked=marked) == parse(text, rule, marked=marked)
    assert secrets_in(shown) == secrets_in(text)
    assert without_secrets(shown) == shown


@given(chats, rules)
def test_a_mark_keeps_all_that_is_kept_without_one(text: str, rule: Rules) -> None:
    marked = [link for block in parse(text, rule, marked=True).blocks for link in links_of(block)]
    plain = [link for block in parse(text, rule).blocks for link in links_of(block)]
    rest = iter(marked)
    assert all(link in rest for link in plain)


def links_of(block: Block) -> list[Link]:
    return [part for line in lines_of(block) for part in line if isinstance(part, Link)]


@given(chats)
def test_a_line_of_words_and_bare_links_is_its_parts_joined(text: str) -> None:
    line = re.sub(r"[\r\n\[<]", " ", text)
    parts = read_line(line)
    assert "".join(part.url if isinstance(part, Link) else part for part in parts) == line


@given(chats)
@example("https://a.example/1＞![")  # a bracket that made a label of what closes nothing
@example("https://a.example/1) x (")
def test_labels_keep_the_links_and_do_nothing_twice(text: str) -> None:
    line = read_line(text.replace("\n", " ").replace("\r", " ") + A)
    links = [part for part in line if isinstance(part, Link)]
    if links:
        once = with_labels(line)
        assert [part for part in once if isinstance(part, Link)] == links
        assert with_labels(once) == once


@given(st.from_regex(r"https?://[A-Za-z0-9][\w./%+-]{0,20}[\w/]", fullmatch=True))
def test_the_short_way_for_one_address_leads_where_the_long_one_does(url: str) -> None:
    assert parse(url) == parse(url + "\n")


@pytest.mark.parametrize(
    "piece",
    [
        "[", "](", "[](", "![](", "[a](https://x", "[](https://x [", '[](https://x "', "<",
        "<a ", '<a "', "<!--", "{{", "{%", "`", "`a``", "\\", "(", ")", "https://",
        "https://a)", "https://a[b](", "**", "- x\n", "  - x\n", "> x\n", "```a\n", "```\n",
        "# a\n", "\n", "\r", " ", "\x00", "\ud800", "・", "「", ":", "→ ", "_", "~~", A + "\n",
        f"({A} ", f"**{A}** ", f"[x]({A}) ", f"<{A}>", f"{A}?pwd=1\n",
    ],
)  # fmt: skip
def test_an_endless_message_is_read(piece: str) -> None:
    many = piece * (HUGE // len(piece))
    for text in (many[: HUGE // 10], f"{A} {many} {A}"):
        safe = redact(text)
        for marked in (False, True):
            blocks = parse(text, marked=marked).blocks
            assert safe == text or parse(safe, marked=marked).blocks == blocks


def test_bullets_may_nest_without_end() -> None:
    text = A + "\n" + "\n".join(" " * depth + "- x" for depth in range(440))
    block = parse(text).blocks[0]
    assert isinstance(block, Bullet)
    assert [note.level for note in block.notes] == list(range(1, 441))


INDENTS = st.lists(
    st.one_of(
        st.text(" \t", max_size=6).map(lambda typed: (typed, len(typed.expandtabs(4)))),
        st.text(" \u3000", max_size=4).map(lambda typed: (typed, len(typed.encode("cp932")))),
    ),
    min_size=1,
    max_size=6,
)


@given(INDENTS, st.sampled_from(["- ", "> ", ""]))
def test_a_tab_goes_on_to_the_next_fourth_column_and_a_full_width_space_takes_two(
    indents: list[tuple[str, int]], mark: str
) -> None:
    typed = [f"{indent}- x\n{indent} {mark}y" for indent, _ in indents]
    spaces = [f"{' ' * width}- x\n{' ' * width} {mark}y" for _, width in indents]
    assert parse("\n".join([f"- {A}", *typed])) == parse("\n".join([f"- {A}", *spaces]))
