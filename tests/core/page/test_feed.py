"""What a feed says of a sound file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.page.feed import Enclosure, enclosure

FEED = """<?xml version="1.0"?><rss xmlns:itunes="x"><channel><title>Test</title>
<item><title>2</title><enclosure type="audio/mpeg" url="https://a.example/2.mp3?x=1&amp;y=2"
  length="12345678"/><itunes:duration>01:02:03</itunes:duration></item>
<item><title>1</title><itunes:duration>754</itunes:duration>
<enclosure length='0' url='https://count.example/redirect.mp3/a.example/1.mp3'/></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://a.example/2.mp3", Enclosure(12345678, "1:02:03")),
        ("http://a.example/2.mp3?z#t", Enclosure(12345678, "1:02:03")),
        ("https://a.example/1.mp3", Enclosure(None, "0:12:34")),
        ("https://a.example/3.mp3", None),
        ("https://b.example/2.mp3", None),
        ("", None),
    ],
)
def test_a_file_is_found_by_its_address_whoever_counts_its_downloads(url, found):
    assert enclosure(FEED, url) == found


def test_an_atom_link_is_an_enclosure_too():
    feed = "<entry><link rel='enclosure' href='https://a.example/1.mp3' length='9'/></entry>"
    assert enclosure(feed, "https://a.example/1.mp3") == Enclosure(9, None)


@pytest.mark.parametrize("length", ["", "-1", "1", "x", "9" * 14, "１２"])
def test_a_length_that_is_none_is_not_taken(length):
    feed = f"<item><enclosure url='https://a.example/1' length='{length}'/></item>"
    assert enclosure(feed, "https://a.example/1") == Enclosure(None, None)


@pytest.mark.parametrize("spelled", ["3723", " 1:02:03.5 ", "<![CDATA[01:02:03]]>", "62:03"])
def test_a_duration_is_read_as_feeds_spell_it(spelled):
    tag = f"<itunes:duration>{spelled}</itunes:duration>"
    feed = f"<item><enclosure url='https://a.example/1' length='9'/>{tag}</item>"
    assert enclosure(feed, "https://a.example/1") == Enclosure(9, "1:02:03")


@pytest.mark.parametrize("duration", ["0", "1:2:3:4", ":", "99999999", "a"])
def test_a_duration_that_is_none_is_not_taken(duration):
    tag = f"<itunes:duration>{duration}</itunes:duration>"
    feed = f"<item><enclosure url='https://a.example/1' length='9'/>{tag}</item>"
    assert enclosure(feed, "https://a.example/1") == Enclosure(9, None)


@given(st.text(alphabet="<>enclosure itm/='\"&:0123 url", max_size=300))
def test_laws_any_text_is_read(text):
    enclosure(text, "https://a.example/1")
    enclosure(text + FEED, "https://a.example/2.mp3")


def test_a_feed_of_broken_tags_is_read_in_one_pass():
    assert enclosure("<enclosure " * 90_000 + "<item>" * 90_000, "https://a.example/1") is None
