"""One voice in two languages: the terms and marks of docs' style, and the platforms' limits."""

import re

from tests.test_texts import TEXTS

JAPANESE = "[ぁ-ヿ一-鿿ー]"
LIMITS = {"menus": 32, "panel": 75}  # Discord's menus, Slack's buttons
LONGEST_VALUE = "値" * 100
LONGEST_MESSAGE = 2_000


def plain(text: str) -> str:
    """Return a text without its code and values."""
    return re.sub(r"`[^`]*`|\{\w+\}|\( \)", "", text)


def wrong(check) -> set[str]:
    return {name for name, pair in TEXTS.items() if check(*map(plain, pair))}


def test_english_uses_the_shortest_everyday_words():
    pattern = (
        r"\bshall\b|\banew\b|\bsomebody\b|(?<!here )\bis no (?!longer|one|such)[a-z]+ (?:of|that)?"
    )
    assert wrong(lambda english, _: re.search(pattern, english)) == set()


def test_japanese_uses_one_word_for_one_thing():
    pattern = r"フォルダ(?!ー)|ルックアップ|もう一度どうぞ|もう一度試して"
    assert wrong(lambda _, japanese: re.search(pattern, japanese)) == set()


def test_japanese_brackets_are_wide():
    pattern = rf"{JAPANESE} ?\([^()]*\)|\([^()]*{JAPANESE}[^()]*\)"
    assert wrong(lambda _, japanese: re.search(pattern, japanese)) == set()


def test_every_label_fits_its_platform():
    long = {
        name
        for name, pair in TEXTS.items()
        for text in pair
        if (most := LIMITS.get(name.partition(".")[0])) and len(plain(text)) > most
        if name.count("-") < 2 and not text.endswith((".", "。"))
    }
    assert long == set()


def test_every_answer_fits_a_message_with_its_values_at_their_longest():
    filled = {
        name: max(len(re.sub(r"\{\w+\}", LONGEST_VALUE, text)) for text in pair)
        for name, pair in TEXTS.items()
    }
    assert {name for name, length in filled.items() if length > LONGEST_MESSAGE} == set()
