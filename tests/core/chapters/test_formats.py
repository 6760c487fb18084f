"""Each format, read back by what reads it: a program or library where there is one."""

import io
import json
import re
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import podcastparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3

from bot.core.chapters.clock import read_clock, short_clock
from bot.core.chapters.fit import APART, FEWEST, fitted
from bot.core.chapters.formats import TEXTS
from bot.core.chapters.id3 import chapter_frames, tag, tag_length
from bot.core.chapters.read import Chapter
from tests.core.chapters.strategies import chapters
from tests.needs import need

PSC = "{http://podlove.org/simple-chapters}"
FEED = '<rss version="2.0"><channel><title>t</title><item><guid>1</guid>{}{}</item></channel></rss>'
ENCLOSURE = '<enclosure url="https://example.org/a.mp3" type="audio/mpeg" length="1"/>'


def pairs(made):
    return [(one.start, one.title) for one in made]


@given(chapters())
def test_json_chapters_hold_times_titles_and_links(pair):
    made, length = pair
    read = json.loads(TEXTS["podcast-json"](made, length))
    assert read["version"] == "1.2.0"
    back = [(one["startTime"], one["title"], one.get("url")) for one in read["chapters"]]
    assert back == [(one.start / 1000, one.title, one.url) for one in made]


@given(chapters())
def test_podlove_chapters_are_read_by_an_xml_parser(pair):
    made, length = pair
    read = ET.fromstring(TEXTS["podlove"](made, length))  # noqa: S314 - our own
    back = [
        (one.get("start"), one.get("title"), one.get("href")) for one in read.iter(f"{PSC}chapter")
    ]
    assert [(read_clock(start), title, url) for start, title, url in back] == [
        (one.start, one.title, one.url) for one in made
    ]


@given(chapters())
def test_podlove_chapters_in_a_feed_are_read_by_podcastparser(pair):
    made, length = pair
    feed = FEED.format(ENCLOSURE, TEXTS["podlove"](made, length))
    (episode,) = podcastparser.parse("https://example.org", io.StringIO(feed))["episodes"]
    back = [(one["start"], one["title"]) for one in episode["chapters"]]
    assert back == [(one.start // 1000, podcastparser.squash_whitespace(one.title)) for one in made]


@pytest.mark.long
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(chapters())
def test_ffmetadata_is_read_by_ffmpeg(pair):
    need("ffmpeg")
    made, length = pair
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", "-f", "ffmetadata", "-"]
    data = TEXTS["ffmetadata"](made, length).encode()
    read = json.loads(subprocess.run(command, input=data, capture_output=True, check=True).stdout)
    back = [(one["start"], one["end"], one["tags"]["title"].strip()) for one in read["chapters"]]
    ends = [one.start for one in made[1:]] + [length]
    assert back == [(one.start, end, one.title) for one, end in zip(made, ends, strict=True)]


@given(chapters(most=255))
def test_id3_chapters_are_read_by_mutagen_in_their_order_under_one_table(pair):
    made, length = pair
    made_tag = tag(chapter_frames(made, length), 100)
    assert tag_length(made_tag[:10]) == len(made_tag)
    read = ID3(io.BytesIO(made_tag))
    (table,) = read.getall("CTOC")
    by_id = {one.element_id: one for one in read.getall("CHAP")}
    assert int(table.flags) == 3
    back = [by_id[name] for name in table.child_element_ids]
    ends = [one.start for one in made[1:]] + [length]
    assert [(one.start_time, one.end_time, str(one.sub_frames["TIT2"])) for one in back] == [
        (one.start, end, one.title) for one, end in zip(made, ends, strict=True)
    ]
    in_file = re.findall(rb"CHAP.{6}(chp[0-9]+)\0", made_tag, re.DOTALL)
    assert in_file == [name.encode() for name in table.child_element_ids]


@given(chapters())
def test_audacitys_labels_are_tabs_and_seconds(pair):
    made, length = pair
    lines = TEXTS["audacity"](made, length).splitlines()
    back = [line.split("\t") for line in lines]
    assert [(round(float(a) * 1000), round(float(b) * 1000), title) for a, b, title in back] == [
        (one.start, one.start, one.title) for one in made
    ]


@pytest.mark.parametrize("name", ["youtube", "spotify", "mp4"])
@given(pair=chapters())
def test_lists_for_people_begin_at_zero_and_lose_nothing_else(name, pair):
    made, length = pair
    fit = fitted(made, name, opening="Opening", length=length)
    lines = TEXTS[name](fit.chapters, length).splitlines()
    assert len(lines) == len(fit.chapters)
    times = [read_clock(line.split(" ", 1)[0].strip("()")) for line in lines]
    assert times[0] == 0
    assert times == sorted(times)
    if name == "mp4":
        assert all(len(one.title.encode()) <= 255 for one in fit.chapters)
        assert len(fit.chapters) - len(made) in (0, 1)


@given(chapters(whole_seconds=True))
def test_youtube_gets_chapters_ten_seconds_apart_and_is_told_what_it_does_not_get(pair):
    made, length = pair
    fit = fitted(made, "youtube", opening="Opening", length=length)
    starts = [*(one.start for one in fit.chapters), length]
    gaps = [after - before for before, after in pairwise(starts)]
    assert all(gap >= APART["youtube"] for gap in gaps[:-1])
    assert bool(fit.faults) == (len(fit.chapters) < FEWEST["youtube"])
    opening = [] if made[0].start == 0 else [Chapter(0, "Opening", level=made[0].level)]
    assert sorted([*fit.chapters, *fit.left_out], key=lambda one: one.start) == [*opening, *made]
    assert fitted(fit.chapters, "youtube", opening="", length=length).chapters == fit.chapters


def test_of_a_topic_and_its_first_sub_topic_youtube_gets_the_topic():
    made = [Chapter(0, "A", level=3), Chapter(60_000, "B", level=3), Chapter(65_000, "b", level=4)]
    fit = fitted([*made, Chapter(90_000, "C", level=3)], "youtube", opening="", length=200_000)
    assert pairs(fit.left_out) == [(65_000, "b")]
    later = [replace(made[1], level=4), replace(made[2], level=3), Chapter(90_000, "C")]
    fit = fitted([made[0], *later], "youtube", opening="", length=200_000)
    assert pairs(fit.left_out) == [(60_000, "B")]


def test_what_a_format_cannot_hold_is_told():
    few = fitted([Chapter(0, "A")], "youtube", opening="", length=10_000_000)
    assert [fault.what for fault in few.faults] == ["too-few"]
    many = [Chapter(at * 1000, str(at)) for at in range(256)]
    assert [one.what for one in fitted(many, "id3", opening="", length=None).faults] == ["too-many"]


@given(st.integers(0, 359_999_999))
def test_times_for_people_drop_what_is_less_than_a_second(at):
    line = TEXTS["youtube"]([Chapter(at, "x")], at + 1)
    assert line == f"{short_clock(at)} x\n"
