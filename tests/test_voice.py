"""One voice in two languages: the terms and marks of docs' style, and the platforms' limits."""

import re
from collections.abc import Collection

import yaml

from tests.needs import ROOT
from tests.test_texts import TEXTS

JAPANESE = "[ぁ-ヿ一-鿿ー]"
LIMITS = {"menus": 32, "panel": 75}  # Discord's menus, Slack's buttons
WINDOWS = (
    "panel.rename-topic", "panel.rename-link", "panel.add-topic", "panel.add-note",
    "panel.episode", "slack.card-title", "slack.command-title", "slack.send", "slack.close",
)  # fmt: skip
"""What stands above a window, and on its buttons: Slack takes 24 characters, Discord 45."""

FIELDS = (
    "panel.name", "panel.title", "panel.note-text", "desk.field-title",
    "desk.field-date", "desk.field-starring", "desk.field-summary", "desk.field-tags",
    "desk.field-audio",
)  # fmt: skip
"""The labels of a form's fields: Discord takes 45 characters."""

LONGEST_NAME = "値" * 30
"""What a button names is cut to so much."""

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


def test_a_figure_in_japanese_has_a_space_on_either_side_or_none():
    pattern = rf"{JAPANESE}\{{\w+\}} {JAPANESE}"
    found = {name for name, (_, japanese) in TEXTS.items() if re.search(pattern, japanese)}
    assert found == set()


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


def longer(names: Collection[str], most: int, value: str = LONGEST_NAME) -> set[str]:
    """Return those of these texts that are longer than a platform takes."""
    return {
        name
        for name, pair in TEXTS.items()
        if name in names
        if max(len(re.sub(r"\{\w+\}", value, text)) for text in pair) > most
    }


def test_every_window_and_field_has_room_for_its_words():
    assert longer(WINDOWS, 24) == set()
    assert longer(FIELDS, 45) == set()


def test_every_button_below_an_answer_has_room_for_its_words():
    buttons = {name for name in TEXTS if re.search(r"\.do-", name)}
    assert len(buttons) > 10
    assert longer(buttons, 75) == set()  # Slack's; Discord takes 80


def test_the_shortcuts_of_both_manifests_are_short_enough():
    for name in ("slack-manifest.yml", "slack-manifest.ja.yml"):
        features = yaml.safe_load((ROOT / name).read_text("utf-8"))["features"]
        assert len(features["shortcuts"]) <= 10
        assert max(len(one["name"]) for one in features["shortcuts"]) <= 24
        assert max(len(one["description"]) for one in features["shortcuts"]) <= 150
