"""When a Slack message got its state: several edits in one second keep their order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup.slack_message import (
    edited_at,
    id_of,
    mark_of,
    previews,
    shown,
    split_id,
    stamp_of,
    thread_of,
    time_of,
)

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


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("C1:1700000100.000005", ("C1", "1700000100.000005")),
        ("1234567890", None),
        ("C1:soon", None),
        ("C1:", None),
    ],
)
def test_an_id_is_a_channel_and_a_time(message: str, parts: tuple[str, str] | None) -> None:
    assert split_id(message) == parts
    assert parts is None or id_of(*parts) == message


def test_a_reply_is_one_to_another_message() -> None:
    assert thread_of({"ts": "2", "thread_ts": "1"}) == "1"
    for raw in ({"ts": "1", "thread_ts": "1"}, {"ts": "1"}, {"ts": "1", "thread_ts": None}):
        assert thread_of(raw) is None


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"display_name": "oka", "real_name": "Oka O."}, "name": "o"}, "oka"),
        ({"profile": {"display_name": " ", "real_name": "Oka O."}, "name": "o"}, "Oka O."),
        ({"profile": {"real_name": "Oka O."}, "display_name": "oka"}, "oka"),
        ({"profile": {"real_name": "Oka O."}, "real_name": "Oka"}, "Oka O."),
        ({"profile": None, "real_name": "Oka O.", "name": "o"}, "Oka O."),
        ({"real_name": 5, "name": "o"}, "o"),
        ({}, ""),
    ],
)
def test_somebody_is_called_as_slack_shows_them(user: dict[str, Any], name: str) -> None:
    assert shown(user) == name


def test_previews_are_the_titles_of_links() -> None:
    raw = {
        "attachments": [
            {"title": " A &amp; B ", "from_url": "https://a.example/?x=1&amp;y=2"},
            {"title": "C", "from_url": "", "original_url": "https://c.example/"},
            {"title": "D", "title_link": "https://d.example/", "original_url": 5},
            {"title": " ", "from_url": "https://e.example/"},
            {"title": 5, "from_url": "https://f.example/"},
            {"title": "G"},
            "H",
        ]
    }
    assert list(previews(raw)) == [
        ("https://a.example/?x=1&y=2", "A & B"),
        ("https://c.example/", "C"),
        ("https://d.example/", "D"),
    ]
    assert list(previews({})) == list(previews({"attachments": "x"})) == []


def test_a_reaction_is_a_character_unless_it_is_a_workspaces_own() -> None:
    assert mark_of("lock") == "🔒"
    assert mark_of("our-own-emoji") is None
    assert mark_of(None) is None
