import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chapters.clock import LONGEST, ClockError, long_clock, read_clock, short_clock


@given(st.integers(0, LONGEST - 1))
def test_a_time_is_read_as_it_was_written(at):
    assert read_clock(long_clock(at)) == at
    assert read_clock(short_clock(at)) == at - at % 1000


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("0:00", 0),
        ("1:30", 90_000),
        ("01:48:25", 6_505_000),
        ("1：02：03", 3_723_000),
        ("1:02:03.5", 3_723_500),
        ("00:01,500", 1_500),
        ("99:59:59.999", LONGEST - 1),
    ],
)
def test_times_are_read_as_people_and_programs_type_them(typed, at):
    assert read_clock(typed) == at


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1:75", "seconds"),
        ("75:00", "minutes"),
        ("1:75:00", "minutes"),
        ("100:00:00", "hours"),
        ("90", "form"),
        ("1:2", "form"),
        ("1:02:03:04", "form"),
        ("-1:00", "form"),
        ("١:٠٠", "form"),
        ("", "form"),
    ],
)
def test_what_is_not_a_time_says_why(typed, reason):
    with pytest.raises(ClockError) as told:
        read_clock(typed)
    assert told.value.reason == reason
