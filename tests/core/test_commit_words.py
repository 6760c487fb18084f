"""What hosts call themselves and their topics reads as written, and does nothing on GitHub."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commit_words import JOINER, inert, mailbox, on_one_line, person

# What GitHub's pages on autolinked references, mentions and keywords say that it looks for.
ACTING = re.compile(
    r"@[A-Za-z0-9]|#\d|\bGH-\d|\b(?:https?|ftp)://|\bwww\.|\b[0-9a-f]{7,40}\b", re.IGNORECASE
)
signs = st.sampled_from("@#-:/.aw GHgh10feAB") | st.characters(codec="utf-8")
commits = st.text(st.sampled_from("0123456789abcdefABCDEF"), min_size=5, max_size=50)
words = st.lists(st.text(signs, max_size=20) | commits, max_size=4).map("".join)


@given(words)
def test_nothing_is_left_that_github_looks_for_and_all_reads_as_before(text):
    text = text.replace(JOINER, "")
    assert ACTING.search(inert(text)) is None
    assert inert(text).replace(JOINER, "") == text
    assert inert(inert(text)) == inert(text)


@pytest.mark.parametrize(
    "name",
    [
        "@octocat fixes #1 closes owner/repo#2",
        "GH-12",
        "https://example.org/x",
        "deadbeef0",
        "123456789012345678",
        "DEADBEEF" * 6,
        "オカ",
    ],
)
def test_a_name_stays_readable(name):
    assert person(name).replace(JOINER, "") == name


def test_a_name_brings_no_address_of_its_own():
    assert person("Oka <somebody@example.org>") == f"Oka ‹somebody@{JOINER}example.org›"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("おか", "おか"),
        (" Oka  <oka@b.example>\n", "Oka oka@b.example"),
        ("a\x00b\u2028c\u202ed", "a b c d"),
        ("<>", ""),
    ],
)
def test_a_name_stands_on_one_line_without_what_ends_it(name, line):
    assert on_one_line(name) == line


@pytest.mark.parametrize(
    ("identity", "local"),
    [("U0AB-1_2.x", "U0AB-1_2.x"), ("おか", "--"), ("a@b<c>", "a-b-c-"), ("1²3", "1-3"), ("", "")],
)
def test_a_chat_id_is_the_local_part_of_an_address(identity, local):
    assert mailbox(identity) == local
