"""When a Slack message got its state: several edits in one second keep their order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup.slack_message import edited_at, stamp_of, time_of

BEGIN = 1_700_000_000_000_000
MOMENTS = st.integers(BEGIN, BEGIN + 5_000_000)


def raw(posted: int, edited: int) -> dict[str, Any]:
    """A message as Slack gives it: of its edit, the whole second."""
    whole = edited // 1_000_000 * 1_000_000
    return {"ts": stamp_of(posted), "edited": {"user": "U1", "ts": stamp_of(whole)}}


@given(st.lists(MOMENTS, min_size=3, max_size=6, unique=True).map(sorted))
def test_states_that_events_bring_come_in_the_order_of_the_events(moments: list[int]) -> None:
    posted, *edits = moments
    stamps = [posted]
    stamps += [edited_at(raw(posted, one), event_time=stamp_of(one)) for one in edits]
    assert stamps == sorted(set(stamps))


@given(st.lists(MOMENTS, min_size=2, max_size=6, unique=True).map(sorted), st.integers(1, 10**7))
def test_a_state_that_is_read_later_is_not_older_than_the_event_of_it(
    moments: list[int], later: int
) -> None:
    posted, edited = moments[0], moments[-1]
    told = edited_at(raw(posted, edited), event_time=stamp_of(edited))
    read = edited_at(raw(posted, edited), before=edited + later)
    assert told <= read
    assert edited_at({"ts": stamp_of(posted)}, before=edited) == posted


@pytest.mark.parametrize(
    ("edited", "event", "before", "state"),
    [
        (None, None, None, "1700000100.000005"),
        (None, "1700000100.500000", None, "1700000100.000005"),
        ("1700000101.000000", None, None, "1700000101.999999"),
        ("1700000101.000000", "1700000101.300000", None, "1700000101.300000"),
        ("1700000101.000000", "1700000101.999999", None, "1700000101.999999"),
        (
            "1700000101.000000",
            "1700000102.000000",
            None,
            "1700000101.999999",
        ),  # it tells of something later
        ("1700000101.000000", "1700000100.300000", None, "1700000101.000000"),
        ("1700000101.000000", None, "1700000101.700000", "1700000101.700000"),
        ("1700000101.000000", None, "1700000101.000000", "1700000101.000000"),
        ("1700000101.000000", None, "1700000100.900000", "1700000101.000000"),
        ("1700000101.000000", None, "1700000107.000000", "1700000101.999999"),
        ("1700000101.000000", "1700000102.000000", "1700000101.700000", "1700000101.700000"),
        ("1700000099.000000", None, None, "1700000100.000005"),
        ("no time", None, None, "1700000100.000005"),
    ],
)
def test_a_state_is_of_its_second_and_no_later_than_what_is_known(
    edited: str | None, event: str | None, before: str | None, state: str
) -> None:
    raw = {"ts": "1700000100.000005", **({"edited": {"ts": edited}} if edited else {})}
    found = edited_at(raw, event_time=event, before=time_of(before))
    assert found == time_of(state)


def test_a_message_without_a_time_has_none() -> None:
    assert edited_at({}) == 0
