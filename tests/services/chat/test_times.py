"""When panels are shown anew, and how far back a channel is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CommandError
from bot.services.chat.posted_panels import EVERY, OLD, SOON, PostedPanel, due, is_old
from bot.services.chat.setup import DAY, LONGEST_PAST, past_since

NOW = 1_800_000_000_000_000
moments = st.integers(0, 10**12)


@given(moments, moments)
def test_a_panel_waits_for_what_comes_with_a_change_and_for_its_turn(
    changed: int, edited: int
) -> None:
    at = due(changed=changed, edited=edited)
    assert at - changed >= SOON
    assert at - edited >= EVERY
    assert at in (changed + SOON, edited + EVERY)


def test_a_panel_is_posted_anew_once_edits_of_it_are_limited() -> None:
    panel = PostedPanel("c", "1", posted=NOW)
    assert not is_old(panel, NOW)
    assert not is_old(panel, NOW + OLD)
    assert is_old(panel, NOW + OLD + 1)


def test_a_panel_is_posted_anew_before_an_hour_is_over_and_not_all_the_time() -> None:
    minute = 60_000_000
    panel = PostedPanel("c", "1", posted=NOW)
    assert is_old(panel, NOW + 59 * minute)  # from an hour on, Discord limits edits
    assert not is_old(panel, NOW + 45 * minute)
    assert minute > EVERY > SOON >= 1_000_000 // 2


@pytest.mark.parametrize("days", [1, 9, 30, LONGEST_PAST])
def test_a_past_is_a_number_of_days(days: int) -> None:
    for typed in (str(days), f" {days} ", f"0{days}"):
        assert past_since(typed, NOW) == NOW - days * DAY


@pytest.mark.parametrize("typed", ["all", " ALL", "全部", "すべて"])
def test_all_of_the_past_is_meant_by_a_word(typed: str) -> None:
    assert past_since(typed, NOW) == 0


def test_a_day_has_86_400_seconds() -> None:
    assert past_since("1", NOW) == NOW - 86_400_000_000


def test_without_a_past_nothing_of_it_is_read() -> None:
    assert past_since(None, NOW) is None
    assert past_since("", NOW) is None


@pytest.mark.parametrize(
    "typed",
    [
        "0",
        "-1",
        "1.5",
        "x",
        "7 days",
        "７",
        "²",
        str(LONGEST_PAST + 1),
        "0" * 6 + "7" * 9,
        "9" * 5000,
    ],
)
def test_what_is_no_number_of_days_is_told_to_whoever_typed_it(typed: str) -> None:
    with pytest.raises(CommandError):
        past_since(typed, NOW)
