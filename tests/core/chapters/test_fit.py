import pytest

from bot.core.chapters.fit import LONGEST_MP4_TITLE, fitted
from bot.core.chapters.read import Chapter


def titles(name: str, *chapters: Chapter, length: int = 3_600_000) -> list[str]:
    return [one.title for one in fitted(chapters, name, opening="始", length=length).chapters]


@pytest.mark.parametrize("title", ["x" * LONGEST_MP4_TITLE, "超" * 85])
def test_a_title_that_just_fits_into_an_mp4_file_is_whole(title):
    assert len(title.encode()) == LONGEST_MP4_TITLE
    assert titles("mp4", Chapter(0, title)) == [title]


@pytest.mark.parametrize("title", ["x" * (LONGEST_MP4_TITLE + 1), "超" * 85 + "x"])
def test_a_longer_one_is_cut_between_characters_and_says_so(title):
    (cut,) = titles("mp4", Chapter(0, title))
    assert len(cut.encode()) <= LONGEST_MP4_TITLE
    assert cut.endswith("…")
    assert title.startswith(cut[:-1])


def test_of_a_topic_and_its_sub_topic_that_begin_together_the_topic_stays():
    topic, below = Chapter(60_000, "topic", level=3), Chapter(62_000, "below", level=4)
    assert titles("youtube", Chapter(0, "a"), topic, below) == ["a", "topic"]


def test_a_sub_topic_right_before_a_topic_makes_room_for_it():
    below, topic = Chapter(60_000, "below", level=4), Chapter(62_000, "topic", level=3)
    assert titles("youtube", Chapter(0, "a"), below, topic) == ["a", "topic"]


def test_ten_seconds_apart_are_enough():
    assert titles("youtube", Chapter(0, "a"), Chapter(10_000, "b")) == ["a", "b"]
    assert titles("youtube", Chapter(0, "a"), Chapter(9_999, "b")) == ["a"]


def test_a_chapter_of_less_than_ten_seconds_at_the_end_is_left_out_but_never_the_only_one():
    long_enough = [Chapter(0, "a"), Chapter(50_000, "b")]
    assert titles("youtube", *long_enough, length=60_000) == ["a", "b"]
    assert titles("youtube", *long_enough, length=59_999) == ["a"]
    assert titles("youtube", Chapter(0, "a"), length=5_000) == ["a"]


@pytest.mark.parametrize(("count", "what"), [(254, None), (255, None), (256, "too-many")])
def test_id3_counts_its_chapters_in_one_byte(count, what):
    made = [Chapter(number * 1000, str(number)) for number in range(count)]
    faults = fitted(made, "id3", opening="", length=None).faults
    assert [(one.what, one.time, one.other) for one in faults] == (
        [(what, str(count), "255")] if what else []
    )


@pytest.mark.parametrize("name", ["youtube", "spotify"])
def test_three_are_the_fewest_and_who_has_less_is_told_how_many_there_are(name):
    made = [Chapter(number * 20_000, str(number)) for number in range(3)]
    assert fitted(made, name, opening="", length=None).faults == ()
    (fault,) = fitted(made[:2], name, opening="", length=None).faults
    assert (fault.what, fault.time, fault.other) == ("too-few", "2", "3")
