"""Short names become emoji."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup.emoji import character, plain


@pytest.mark.parametrize(
    ("name", "emoji"),
    [
        ("memo", "📝"), ("pencil", "📝"), ("no_entry_sign", "🚫"), ("lock", "🔒"), ("+1", "👍"),
        ("wave::skin-tone-2", "👋🏻"), ("flag-jp", "🇯🇵"), ("flag_fr", "🇫🇷"), ("octopus", "🐙"),
        ("dog", "🐶"), ("party_parrot", None), ("space", None), ("null", None), ("30", None),
        ("", None),
    ],
)  # fmt: skip
def test_names_in_use_and_unicodes_own_are_known(name: str, emoji: str | None) -> None:
    assert character(name) == emoji


def test_looks_are_taken_off() -> None:
    assert plain("✏️") == "✏"
    assert plain("👋🏻") == "👋"


@given(st.text())
def test_any_name_is_taken(name: str) -> None:
    character(name)
    assert plain(plain(name)) == plain(name)
