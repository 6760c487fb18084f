"""Times after cutting: markers of each editor, for each of the published episodes."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chapters.heading_time import HeadingTime
from bot.core.chapters.markers import CUT, MarkersError, read_markers
from bot.core.chapters.read import read_chapters
from bot.core.chapters.retime import Question, matched, retimed, topics_of, with_leading_times
from tests.core.chapters.editors import EDITORS, NOT_MARKERS
from tests.core.chapters.strategies import TITLES
from tests.needs import sample

EPISODES = ("ep30", "ep40", "ep50", "ep57", "ep63", "ep66")
SMALL = "### 0:00 A\n\n### 1:00 B\n\n### 2:00 C\n\n### D\n"


def published(episode):
    return sample("interaxion", "published", episode, "site.md").read_text("utf-8")


def cut(pairs, chance):
    """Return the markers as they stand once pieces of the recording are cut out, and the cuts."""
    end = pairs[-1][0] + 60_000
    cuts = sorted(chance.sample(range(0, end, 40), 2 * chance.randint(1, 6)))
    pieces = list(zip(cuts[::2], cuts[1::2], strict=True))

    def moved(at):
        return at - sum(min(at, stop) - start for start, stop in pieces if start < at)

    return [(moved(at), name) for at, name in pairs]


def asked(topics, markers):
    found = matched(topics, markers)
    return [
        (one.marker.name if one.marker else None, one.topic.title if one.topic else None)
        for one in found.questions
    ]


@given(st.lists(st.tuples(st.integers(0, 359_000_000), TITLES), min_size=1, max_size=12))
@pytest.mark.parametrize("editor", EDITORS)
def test_markers_are_read_as_each_editor_writes_them(editor, pairs):
    pairs = sorted((at - at % 40, " ".join(name.split())) for at, name in pairs)
    if editor == "spotify":  # whole seconds
        pairs = [(at - at % 1000, name) for at, name in pairs]
    if editor == "resolve":  # its frames are less than a second, and its hours have two digits
        pairs = [(at % 80_000_000, name.replace("|", "")) for at, name in pairs]
        pairs = sorted((at - at % 1000, " ".join(name.split())) for at, name in pairs)
    back = [(one.at, one.name) for one in read_markers(EDITORS[editor](pairs))]
    assert sorted(back) == sorted(pair for pair in pairs if not pair[1].startswith(CUT))


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("episode", EPISODES)
def test_after_cuts_at_random_each_topic_has_its_right_time(episode, editor):
    text = published(episode)
    chapters, topics, words = read_chapters(text).chapters, topics_of(text), untimed(text)
    for turn in range(20):
        chance = random.Random(f"{episode} {editor} {turn}")  # noqa: S311 - alike each time
        pairs = cut([(one.start, one.title) for one in chapters], chance)
        found = matched(topics, read_markers(EDITORS[editor](pairs)))
        assert found.questions == ()
        made = retimed(text, {topic.line: marker.at for topic, marker in found.sure})
        back = [(one.start, one.title) for one in read_chapters(made).chapters]
        assert back == [(at - at % 1000, name) for at, name in pairs]
        assert untimed(made) == words


def untimed(text):
    return re.sub(r"^(#+) \d[\d:]*[ ]+", r"\1 ", text, flags=re.MULTILINE)


@pytest.mark.parametrize("episode", EPISODES)
def test_a_renamed_an_added_and_a_removed_marker_are_asked_about_never_guessed(episode):
    text = published(episode)
    topics = topics_of(text)
    chapters = [(one.start, one.title) for one in read_chapters(text).chapters]
    for turn in range(20):
        chance = random.Random(f"{episode} {turn}")  # noqa: S311 - alike each time
        place = chance.randrange(len(chapters))
        title = chapters[place][1]
        renamed = [*chapters[:place], (chapters[place][0], "another name"), *chapters[place + 1 :]]
        added = sorted([*chapters, (chapters[place][0] + 500, "a new one")])
        removed = chapters[:place] + chapters[place + 1 :]
        for pairs, question in (
            (renamed, ("another name", title)),
            (added, ("a new one", None)),
            (removed, (None, title)),
        ):
            found = asked(topics, read_markers(EDITORS["audacity"](pairs)))
            assert found in ([question], [("a new one", "お知らせ")])


def test_of_names_that_are_there_twice_each_gets_its_own_or_both_are_asked_about():
    topics = topics_of("### 0:00 A\n### 1:00 B\n### 2:00 A\n### A\n")
    two = read_markers("0:01 A\n0:59 B\n1:50 A\n")
    assert [(topic.line, one.at) for topic, one in matched(topics, two).sure] == [
        (0, 1_000),
        (1, 59_000),
        (2, 110_000),
    ]
    one = read_markers("0:59 B\n1:50 A\n")
    assert asked(topics, one) == [("A", "A"), (None, "A")]


def test_of_a_topic_and_its_sub_topic_of_one_name_the_topic_is_asked_about():
    topics = topics_of("### 0:00 A\n### News\n#### News\n### 9:00 Z\n")
    (question,) = matched(topics, read_markers("0:00 A\n5:00 News\n9:00 Z\n")).questions
    assert (question.marker.at, question.topic.line) == (300_000, 1)
    topics = topics_of("### A\n### News\n#### News\n#### More\n### Z\n")
    assert asked(topics, read_markers("0:00 A\n2:00 Intro\n3:00 News\n9:00 Z\n")) == [
        ("Intro", None),
        ("News", "News"),
    ]


def test_a_renamed_marker_goes_to_the_topic_between_the_same_neighbours_if_hosts_say_so():
    (question,) = matched(topics_of(SMALL), read_markers("0:00 A\n0:50 b!\n1:40 C\n")).questions
    assert (question.marker.name, question.topic.title) == ("b!", "B")
    (question,) = matched(
        topics_of(SMALL), read_markers("0:00 A\n0:50 B\n1:40 C\n1:50 x\n")
    ).questions
    assert question == Question(question.marker, topics_of(SMALL)[3])


def test_what_is_for_cutting_is_no_topic():
    assert [one.name for one in read_markers(f"0:00 A\n0:10 {CUT} cough\n0:20 B\n")] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("", "no-markers", 0),
        ("hello\n", "line", 1),
        ("0:00 A\nhello\n", "line", 2),
        ("0:00 A\n0:75 B\n", "time", 2),
        ("#,Name,Start,End,Length\nM1,A,5.1.00,,\n", "beats", 2),
        ("#,Name,Start,End,Length\nM1,A,48000,,\n", "frames", 2),
        ("#,Name,Start,End,Length\nM1,A,0:01:30:00,,\n", "frames", 2),
        ("#,Name,Start,End,Length\nM1\n", "line", 2),
        (
            "Name\tStart\tDuration\tTime Format\tType\tDescription\nA\t?\t\tdecimal\tCue\t\n",
            "time",
            2,
        ),
        ("<a><b></a>", "not-read", 1),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "not-read", 0),
        ("<a/>", "no-markers", 0),
        ('{"chapters": [1]}', "not-read", 0),
        ("{", "not-read", 1),
        ('{\n\n"a"', "not-read", 3),
        ('{"a": ' + "[" * 100_000, "not-read", 0),
        ('{"a": ' + "9" * 5_000 + "}", "not-read", 0),
        ("90.0\t90.0\tA\nx\ty\tB\n", "time", 2),
        (NOT_MARKERS([(0, "A")]), "line", 1),
        ("x" * 5_000_000, "too-long", 0),
    ],
)
def test_what_cannot_be_read_says_why_and_where(text, reason, line):
    with pytest.raises(MarkersError) as told:
        read_markers(text)
    assert (told.value.reason, told.value.line) == (reason, line)


def test_auditions_samples_and_frames_are_times():
    head = "Name\tStart\tDuration\tTime Format\tType\tDescription\n"
    samples = read_markers(f"{head}A\t72000\t0\t48000 Hz\tCue\t\n")
    frames = read_markers(f"{head}A\t1:30:12\t0:00:00\t25 fps\tCue\t\n")
    assert [one.at for one in samples + frames] == [1_500, 90_480]


@given(st.text("# 0:19abc\r\n-`", max_size=80))
def test_without_times_nothing_of_a_file_changes(text):
    assert retimed(text, {}) == text
    lines = {topic.line: None for topic in topics_of(text) if not topic.time}
    assert retimed(text, lines) == text


@given(
    st.sampled_from(["{time} {title}", "{title} ({time})", "[{time}] {title}", "{title} - {time}"])
)
def test_times_stand_before_the_titles_wherever_the_site_has_them(pattern):
    shape = HeadingTime(pattern)
    text = "---\ntitle: x\n---\n\n### {} ###\r\n\n- a\n\n### No time\n\n#### {}"
    shown = text.format(shape.join("1:30", "A"), shape.join("1:02:03", "B"))
    assert with_leading_times(shown, shape) == text.format("1:30 A", "1:02:03 B")
