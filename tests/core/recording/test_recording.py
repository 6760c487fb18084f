from hypothesis import given
from hypothesis import strategies as st

from bot.core.recording.recording import Recording

SECOND = 1_000_000
steps = st.lists(
    st.tuples(
        st.integers(0, 600),
        st.sampled_from(["on", "paused", "over", "a", "b", "c", "cut", "skip"]),
    ),
    max_size=30,
)


def played(moves):
    at, recording = 1, Recording()
    for seconds, move in moves:
        at += seconds * SECOND
        if move in ("on", "paused", "over"):
            recording = recording.put(move, at)
        elif move == "cut":
            recording = recording.marked("x", at)
        elif move == "skip":
            recording = recording.skip("c")
        else:
            recording = recording.timed(move, at, None)
    return recording, at


@given(steps)
def test_the_clock_never_runs_backwards_and_stands_while_it_waits(moves):
    recording, at = played(moves)
    later = recording.clock(at + 60 * SECOND)
    assert later - recording.clock(at) == (60_000 if recording.state == "on" else 0)
    assert all(0 <= time <= recording.clock(at) for time in recording.times.values())
    assert [mark.at for mark in recording.marks] == sorted(mark.at for mark in recording.marks)


@given(st.lists(st.tuples(st.integers(1, 999), st.booleans()), max_size=9))
def test_the_clock_shows_the_sum_of_the_times_in_which_it_ran(stretches):
    at, recording, ran = 1, Recording("on", since=1), 0
    for seconds, runs in stretches:
        recording = recording.put("on" if runs else "paused", at)
        at += seconds * SECOND
        ran += 1000 * seconds * runs
    assert recording.clock(at) == ran


@given(steps)
def test_what_waited_does_not_count(moves):
    recording, at = played([(0, "on"), *[one for one in moves if one[1] not in ("on", "over")]])
    waited = recording.put("paused", at).put("on", at + 3600 * SECOND)
    if recording.state == "on":
        assert waited.clock(at + 3600 * SECOND) == recording.clock(at)


@given(steps, st.sampled_from("abc"))
def test_the_topic_that_is_talked_about_keeps_its_time_however_often_it_is_tapped(moves, topic):
    recording, at = played([*moves, (0, "over"), (1, "on"), (5, topic)])
    again = recording.timed(topic, at + 7 * SECOND, None)
    assert again.times[topic] == recording.times[topic] == 5_000


@given(steps, st.sampled_from(["off", "paused", "over"]))
def test_what_does_not_run_can_only_be_started(moves, state):
    recording, at = played([*moves, (0, "over")])
    over = Recording() if recording.state == "off" else recording
    assert over.put(state, at + SECOND) == over
    assert over.clock(at + SECOND) == over.clock(at)


@given(steps)
def test_a_topic_that_was_left_out_comes_after_all_when_it_has_a_time(moves):
    recording, at = played([*moves, (0, "over"), (1, "on"), (1, "skip"), (1, "a")])
    assert recording.skipped == {"c"}
    assert not recording.timed("c", at, None).skipped
    assert not recording.timed("c", at, 5_000).skipped


def test_a_new_start_begins_with_nothing():
    recording, at = played([(0, "on"), (5, "a"), (5, "over"), (50, "on")])
    assert recording == Recording("on", since=at)
    off = Recording()
    assert off.put("paused", 1) == off.timed("a", 1, None) == off.marked("x", 1) == off
    assert off.timed("a", 1, 90_000).times == {"a": 90_000}


@given(st.lists(st.sampled_from("abc"), max_size=6))
def test_a_topic_that_was_skipped_stays_so_until_it_is_begun(topics):
    recording = Recording().put("on", SECOND)
    for topic in topics:
        recording = recording.skip(topic)
    assert recording.skipped == set(topics)
    assert recording.timed("a", 2 * SECOND, None).skipped == set(topics) - {"a"}
