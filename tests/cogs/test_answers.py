"""Text from elsewhere is text in an answer: never a link that masks, a mention, or mark-up."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import mentions
from bot.texts import say
from cogs.answers import plain

ADDRESS = re.compile(r"https?://[^\s<>\[\]`|\\*]+")
fragments = st.sampled_from(
    ["[", "](", "]", ")", "https://a.example", "<@&123>", "<@1>", "<#7>", "<t:1:R>", "</x:1>",
     "<:x:1>", "@everyone", "@here", "*", "_", "__", "~~", "`", "```", "||", "> ", "# ", "-# ",
     "- ", "1. ", "\n", "\\", " ", "a", "題", "\x02#1\x03", "\x02", "\x03", "<", ">"]
)  # fmt: skip
texts = st.lists(fragments, max_size=14).map("".join)


def dangers(drawn: str) -> list[str]:
    """Return what of a drawn text Discord would take for mark-up, by its own documents."""
    left = re.sub(rf"{ADDRESS.pattern}|\\[\\*_`~|<>\[\].#+-]", "x", drawn)
    found = re.findall(r"[*_`~|<>\[\]]", left)
    return found + re.findall(r"^\s*(?:#{1,3} |-# |[-+] |\d+\. )", left, re.MULTILINE)


@settings(max_examples=500)
@given(texts)
@example("[https://bank.example](https://evil.example)")
@example("<@&5> `x` **y**")
def test_nothing_in_a_text_from_elsewhere_is_mark_up(text):
    drawn = plain(mentions.bare(text))
    assert dangers(drawn) == []


@settings(max_examples=500)
@given(texts)
def test_what_is_read_is_what_was_there(text):
    assert unescaped(plain(mentions.bare(text))) == mentions.bare(text)


def unescaped(drawn: str) -> str:
    return re.sub(rf"({ADDRESS.pattern})|\\([\\*_`~|<>\[\].#+-])", lambda m: m[1] or m[2], drawn)


def test_our_own_mentions_are_mentions_and_no_one_else_s():
    text = say("shows.others", channels=mentions.channels(["7", "8"]))
    assert "<#7> <#8>" in plain(text)
    forged = say("shows.others", channels="\x02#7\x03 <#8>")
    assert "<#" not in plain(forged).replace("\\<#", "")


@pytest.mark.parametrize("text", ["https://example.org/a_b_(c)", "see https://example.org/*x"])
def test_an_address_stays_an_address(text):
    assert text.partition("*")[0] in plain(text)
