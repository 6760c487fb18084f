"""A Markdown file, read into pieces: what is taken for what, people's slips included."""

import pytest

from bot.core.document.pieces import lines_of, read
from tests.needs import SAMPLES

HISTORY = sorted((SAMPLES / "interaxion" / "history").glob("*/*.md"))


def kinds(text, owners=()):
    """Return the pieces but for the blank lines between them, as (kind, text)."""
    return [(one.kind, one.text) for one in read(text, owners) if one.kind != "gap"]


def test_a_file_of_an_episode():
    text = """---
title: "1: One"
---

<details>
<summary>目次</summary>
<nav>
  * this list is replaced
  {:toc}
</nav>
</details>
<br>

### 1:30 GNoME

- [paper](https://example.org/a)
- text
  goes on
  - note

<blockquote>x
</blockquote> <script></script>

A paragraph.

#### Sub
"""
    assert [(one.kind, one.level, one.line) for one in read(text) if one.kind != "gap"] == [
        ("front", 0, 0), ("html", 0, 4), ("heading", 3, 13), ("item", 0, 15), ("item", 0, 16),
        ("html", 0, 20), ("block", 0, 23), ("heading", 4, 25),
    ]  # fmt: skip


def test_a_line_ends_at_line_feeds_and_carriage_returns_alone():
    text = "a\r\nb\rc\nd\u2028e\x0bf\x85g\x0ch"
    assert lines_of(text) == ["a\r\n", "b\r", "c\n", "d\u2028e\x0bf\x85g\x0ch"]


@pytest.mark.parametrize(
    ("line", "title", "name"),
    [
        ("### 1:30 DeepMind GNoME", "1:30 DeepMind GNoME", "DeepMind GNoME"),
        ("###　1:08:57 うってぃ", "1:08:57 うってぃ", "うってぃ"),
        ("#### 2：04 脳内超伝導", "2：04 脳内超伝導", "脳内超伝導"),
        ("##name", "name", "name"),
        ("### C\\# ###", "C\\#", "C\\#"),
        ("### C#", "C#", "C#"),
        ("Name\n----", "Name", "Name"),
        ("###", "", ""),
        ("   ### three blanks before", "three blanks before", "three blanks before"),
        (f"### {'n' * 80}", "n" * 80, "n" * 80),
        (f"### {'n' * 81}", "n" * 81, "n" * 79 + "…"),
    ],
)
def test_a_heading_has_a_title_and_a_name(line, title, name):
    [heading] = read(line)
    assert (heading.kind, heading.title, heading.name) == ("heading", title, name)


@pytest.mark.parametrize("line", ["#interaxion is our tag", "    ### code", "- ### x", "> ### x"])
def test_what_is_no_heading(line):
    [piece] = read(line)
    assert piece.kind != "heading"


@pytest.mark.parametrize(
    "text",
    [
        "- a\n  - b\n\t- c\n    > d\n  e\n",
        "- a\nlazy [b](https://example.org)\n",
        "- a\n\n  behind a blank line\n\n\n    - b\n",
        "* a\n　- a full-width blank\n",
        "12. a\n    b\n",
        "<div>\n\na\n\n</div>\n",
        "<details>\n<summary>x</summary>\n\n- a\n- b\n\n</details>\n<br>\n",
        "<!-- a\n\n- b\n-->\n",
        "<!--\n### a\n\n- b\n\n```\n## c\n-->\n",
        "  <!-- a -- > b\n### c\n<!-- d -->\n",
        "{% comment %}\n### a\n\n- b\n-->\n{% endcomment %}\n",
        "{%- comment -%} a\n## b\nc {%- endcomment -%} d\n",
        "```\n# a\n\n- b\n```\n",
        *(
            f"{mark * count}\n# a\n\n- b\n{mark * count}\n"
            for mark in "`~"
            for count in (9, 10, 12)
        ),
        "~~~~ md\n```\n\n~~~\n~~~~~\n",
        "a\nb\nc\n",
        "> a\nb\n",
        "| a | b |\n| - | - |\n",
        "- - -\n",
        "   <!-- a\n\n### b\n-->\n",
        "   a\n   ---\n",
        "a\n    ***\n",
        "a\n1984 was a year\n3.5 is no number of a list\n",
        "<div>\n<!-- a -->\n\n- b\n</div>\n",
        "<div><br><p>\n\n- b\n\n</p></div>\n",
    ],
)
def test_what_holds_together(text):
    [(_, held)] = kinds(text)
    assert held == text


@pytest.mark.parametrize(
    "text",
    [
        "- a|<blockquote>b</blockquote>",  # a slip: Markdown wants a blank line
        "<blockquote>b</blockquote>|- a",
        "- a| - b",
        "a|1. b|23) c",
        "<br>||- a||</p>",
        "- a|> b",
        "- a|### b|- c",
        "- a||b",
        "- a|***|- b",
        "a|   ***|b",
        "a|   ### b|c",
        "    <!-- a|### b|-->",
        "a|- b",
        "a|### b|c",
        "<blockquote>never closed||- a||<blockquote>x</blockquote>",
        "<details>|## a|</details>",
        "```||never closed",
        "````||never closed||```||nor this",
        "- a|<!--\n## b\n- c\n-->|- d",
        "a|{% comment %}\nb\n{% endcomment %}|c",
        "<!-- never closed\na|### b|- c",
        "{% comment %}\nnever closed|### a|-->|- b",
        "<!-- a -->|### b|<!-->|### c|- d\n  -->",
        "{% comment %} a {% endcomment %}|### b|- c\n  {% endcomment %}",
        "---||no front matter",
        "---|a: b||never closed",
    ],
)
def test_what_stands_apart(text):
    parts = [part for part in text.split("|") if part]
    assert [one.strip("\n") for _, one in kinds(text.replace("|", "\n"))] == parts


def test_a_comment_of_several_lines_is_one_and_nothing_else_is():
    text = "<!--\n### a\n-->\n{% comment %}\n### b\n{% endcomment %}\n<!-- c -->\n\n<p>\n\nd\n"
    assert [one.is_comment for one in read(text) if one.kind != "gap"] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_a_new_owner_is_a_new_piece_and_blank_lines_are_nobodys():
    text = "- a\nx\n- b\n\n  still b\n\ny\n"
    assert kinds(text, ["1", "2", "3", None, "3", None, "3"]) == [
        ("item", "- a\n"), ("block", "x\n"), ("item", "- b\n\n  still b\n"), ("block", "y\n"),
    ]  # fmt: skip
    assert [one.owner for one in read(text, ["1", "2", "3", None, "3", None, "3"])] == [
        "1", "2", "3", None, "3",
    ]  # fmt: skip


def test_the_links_of_a_piece_are_compared_as_addresses_are():
    [item] = read("- [a](http://www.example.org/a/?utm_source=x)\n  - <https://example.org/b>\n")
    assert item.links == ("https://example.org/a", "https://example.org/b")
    [embed] = read('<iframe src="https://example.org/c"></iframe>\n')
    assert embed.links == ("https://example.org/c",)


def test_an_item_is_known_by_its_first_words():
    [item] = read("- **元論文**: [a [b] c](https://example.org/a) ← d\n  - note\n")
    assert item.name == "元論文 : a b c ← d"


def test_front_matter_is_seen_behind_a_byte_order_mark_and_with_any_line_ends():
    for text in (
        "\ufeff---\na: b\n---\n",
        "---\r\na: b\r\n---\r\n",
        "---\ra: b\r---",
        "---\n---\n",
    ):
        assert [kind for kind, _ in kinds(text)] == ["front"]


@pytest.mark.skipif(not HISTORY, reason="no samples beside the repository")
def test_real_files_come_apart_into_what_they_hold():
    for path in HISTORY:
        text = path.read_bytes().decode()
        pieces = read(text)
        assert "".join(one.text for one in pieces) == text, path
        assert pieces[0].kind == "front", path
        headings = [line for line in text.split("\n") if line.startswith("##")]
        assert [one.text.rstrip("\n") for one in pieces if one.kind == "heading"] == headings, path
        bullets = [line for line in text.split("\n") if line.startswith("- ") and line[2:3] != "<"]
        assert sum(one.kind == "item" for one in pieces) == len(bullets), path
