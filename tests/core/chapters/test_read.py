import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chapters.clock import read_clock, short_clock
from bot.core.chapters.heading_time import HeadingTime
from bot.core.chapters.read import Chapter, ChapterFault, read_chapters
from tests.needs import sample

EPISODES = ("ep30", "ep40", "ep50", "ep57", "ep63", "ep66")
PATTERNS = ("{time} {title}", "{title} ({time})", "[{time}] {title}", "{title} — {time}")


def shown(text, **options):
    return [(one.start // 1000, one.title) for one in read_chapters(text, **options).chapters]


def faults(text, **options):
    return [(one.line, one.what) for one in read_chapters(text, **options).faults]


@pytest.mark.parametrize("episode", EPISODES)
def test_a_published_episode_has_the_chapters_that_its_hosts_kept(episode):
    folder = sample("interaxion", "published", episode)
    kept = yaml.safe_load((folder / "chapters.yml").read_text("utf-8"))["topics"]
    split = [topic.rpartition("(") for topic in kept]
    hosts = [(read_clock(time.rstrip(")")) // 1000, name.strip()) for name, _, time in split]
    assert shown((folder / "site.md").read_text("utf-8")) == hosts


def test_titles_are_without_mark_up():
    text = "### 0:00 *A* & [b](https://example.org) `c` \\* &amp; <i>d</i> {% x %} {: .y}\n"
    assert shown(text) == [(0, "A & b c * & d")]


def test_a_link_and_a_picture_below_a_heading_are_its_chapters():
    text = """### 0:00 A

<blockquote><a href="https://t.co/1">x</a></blockquote>

![p](https://example.org/p.png)

- [b](https://example.org/b)

#### 1:00 B
"""
    one, two = read_chapters(text).chapters
    assert (one.url, one.picture) == ("https://example.org/b", "https://example.org/p.png")
    assert (two.url, two.picture, two.level, two.line) == (None, None, 4, 9)


def test_what_stands_in_a_fence_or_in_front_matter_is_no_chapter():
    text = "---\ntitle: '### 0:00 A'\n---\n\n```\n### 0:01 B\n```\n\n### 0:02 C\n"
    assert shown(text) == [(2, "C")]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(
    at=st.integers(0, 359_999),
    title=st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30),
)
def test_a_heading_is_read_as_the_profile_has_it_written(pattern, at, title):
    times = HeadingTime(pattern)
    time = short_clock(at * 1000)
    assert times.split(times.join(time, title)) == (time, title)
    assert shown(f"### {times.join(time, title)}\n", times=times) == [(at, title)]


def test_each_time_that_is_wrong_is_told_by_its_line():
    text = "### 1:75 A\n### 0:30 B\n### 0:30 C\n### 75:00 D\n### 100:00:00 E\n### 0:10 F\n"
    assert faults(text) == [
        (1, "seconds"),
        (3, "doubled"),
        (4, "minutes"),
        (5, "hours"),
        (6, "descending"),
    ]
    assert faults("### A\n") == [(0, "none")]
    assert faults("### 0:00 A\n### 1:00 B\n", length=60_000) == [(2, "beyond")]
    assert read_chapters("### 0:00 **\n").chapters == (Chapter(0, "**", level=3, line=1),)
    assert read_chapters("### 0:00 <b>\n").faults == (ChapterFault("untitled", 1, "0:00"),)
