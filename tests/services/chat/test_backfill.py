"""Reading again after a gap: what counts as deleted, and what stays as it is known."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Bullet, Episode, Item, Topic
from bot.services.chat.backfill import Caught, Stretch, beyond, difference, missing


def stretch(after: int, *ids: int) -> Stretch:
    return Stretch(tuple(map(str, ids)), (), 0, after=str(after))


def test_gone_is_what_a_whole_stretch_lacks_and_nothing_before_or_behind_it() -> None:
    known = ["90", "101", "102", "150", "200"]
    assert missing(known, stretch(100, 101, 150)) == ["102"]
    assert missing(known, stretch(100)) == []
    assert beyond(known, stretch(100, 101, 150)) == ["200"]


def test_ids_grow_in_length() -> None:
    assert missing(["99", "100", "1000"], stretch(98, 99, 1001)) == ["100", "1000"]


def test_nothing_older_than_what_the_platform_returned_is_judged() -> None:
    newest = Stretch(("150", "170"), (), 0)
    assert missing(["90", "149", "160", "180"], newest) == ["160"]
    assert beyond(["90", "160", "180"], newest) == ["180"]
    nothing = Stretch((), (), 0)
    assert missing(["90"], nothing) == []
    assert beyond(["90"], nothing) == []


@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)), st.integers(1, 7))
def test_read_in_pages_of_any_size_just_the_deleted_are_found(
    said: set[int], deleted: set[int], size: int
) -> None:
    left = sorted(said - deleted)
    gone: list[str] = []
    after = 0
    last = 0
    for start in range(0, len(left), size):
        part = left[start : start + size]
        gone += missing(map(str, sorted(said)), stretch(after, *part))
        after = last = part[-1]
    expected = [one for one in sorted(said & deleted) if one < last]
    assert [int(one) for one in gone] == expected
    rest = [one for one in sorted(said & deleted) if one > last]
    assert [int(one) for one in beyond(map(str, sorted(said)), stretch(last))] == rest


def whole(**items: str) -> Episode:
    made = tuple(Item(one, Bullet((text,)), "m", "b", 0) for one, text in items.items())
    return Episode("show#1", (Topic("t", "", made),))


def test_what_was_caught_up_is_counted_and_said_in_one_line() -> None:
    caught = difference(
        whole(a="1", b="2", c="3", f="6"), whole(b="2", c="other", d="4", e="5", f="6")
    )
    assert caught == Caught(added=2, changed=1, removed=1)
    assert caught.report("en") == (
        "Read the messages from while Rundown was away: 2 new, 1 changed, 1 removed."
    )
    assert "新規 2 件、" in caught.report("ja")
    assert not Caught()
    assert "nothing" in Caught().report("en")
