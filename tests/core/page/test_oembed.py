"""Where providers answer, and what their answers say."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.page.oembed import endpoint, endpoint_of, read_answer

PUBLISH = "https://publish.twitter.com/oembed"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://www.youtube.com/watch?v=BLtI2WdAymy", "https://www.youtube.com/oembed"),
        ("http://M.YouTube.com:80/watch?v=BLtI2WdAymy", "https://www.youtube.com/oembed"),
        ("https://youtu.be/BLtI2WdAymy?t=3", "https://www.youtube.com/oembed"),
        ("https://www.youtube.com/shorts/BLtI2WdAymy", "https://www.youtube.com/oembed"),
        ("https://www.youtube.com/@channel", None),
        ("https://x.com/someone/status/123?s=20", PUBLISH),
        ("https://mobile.twitter.com/someone/status/123", PUBLISH),
        ("https://x.com/someone", None),
        ("https://open.spotify.com/intl-ja/episode/abc", "https://open.spotify.com/oembed"),
        ("https://vimeo.com/158727223", "https://vimeo.com/api/oembed.json"),
        ("https://bsky.app/profile/a.example/post/1", "https://embed.bsky.app/oembed"),
        ("https://www.reddit.com/r/a/comments/1/x", "https://www.reddit.com/oembed"),
        ("https://youtube.com.evil.example/watch?v=1", None),
        ("https://evil.example/?u=https://youtube.com/watch?v=1", None),
        ("https://evil.example#@youtube.com/watch", None),
        ("https://example.com/", None),
        ("ftp://youtube.com/watch?v=1", None),
        ("youtube.com", None),
    ],
)
def test_known_providers_are_known_by_their_addresses(url, wanted):
    assert endpoint(url) == wanted


def test_an_endpoint_is_asked_for_json_with_the_address_escaped():
    url = "https://x.com/a/status/1?s=20&t=é#x"
    escaped = "https%3A%2F%2Fx.com%2Fa%2Fstatus%2F1%3Fs%3D20%26t%3D%C3%A9%23x"
    assert endpoint_of(PUBLISH, url) == f"{PUBLISH}?url={escaped}&format=json"
    for template in ("https://a.example/o.{format}?k=1", "https://a.example/o.json?k=1&#x"):
        assert endpoint_of(template, url) == (
            f"https://a.example/o.json?k=1&url={escaped}&format=json"
        )


def test_an_answer_in_json_is_read():
    html = '<iframe src="https://a.example/"></iframe>\n'
    answer = {"type": "rich", "title": "物理 &amp; more", "width": 550, "html": html, "x": [1]}
    wanted = {name: value for name, value in answer.items() if name != "x"}
    assert read_answer(json.dumps(answer).encode(), "application/json") == wanted
    japanese = json.dumps(answer, ensure_ascii=False)
    for codec in ("utf-8-sig", "utf-16", "cp932"):
        header = "application/json; charset=Shift_JIS"
        assert read_answer(japanese.encode(codec), header) == wanted


def test_an_answer_in_xml_is_read():
    xml = """<?xml version="1.0"?><oembed><type>rich</type><provider-name>A &amp; B</provider-name>
    <title lang="en">T &lt;1&gt;</title><width>3</width>
    <html><![CDATA[<p>a &amp; b</p>]]></html></oembed>"""
    assert read_answer(xml.encode(), "text/xml") == {
        "type": "rich",
        "provider_name": "A & B",
        "title": "T <1>",
        "width": "3",
        "html": "<p>a &amp; b</p>",
    }
    raw = "<oembed><title>T</title><html> <iframe allowfullscreen></iframe> </html></oembed>"
    assert read_answer(raw.encode(), None)["html"] == "<iframe allowfullscreen></iframe>"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b'"x"', b"null", b"{invalid json]", b"[" * 200_000, b'{"a":' * 50_000,
        b"<html><title>no</title>", b"<oembed>", b"<oembed><title>", b"\xff\xfe", b"1" * 5000,
        b'{"title": "x"}' + b" " * 300_000,
    ],
)  # fmt: skip
def test_what_is_no_answer_gives_nothing(data):
    assert read_answer(data, "application/json") == {}


def test_no_entity_is_expanded_that_the_answer_defines():
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><oembed><title>&b;</title></oembed>'
    )
    assert read_answer(bomb.encode(), "text/xml") == {"title": "&b;"}


def test_half_characters_are_taken_out():
    title = read_answer(b'{"title": "a\\ud83d b"}', None)["title"]
    assert title == "a\ufffd b"


PLAIN = st.text(st.characters(exclude_categories=["Cs"])) | st.integers() | st.booleans()


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), PLAIN, max_size=20))
def test_texts_and_numbers_come_back_as_they_were(answer):
    assert read_answer(json.dumps(answer).encode(), None) == answer


@given(st.binary() | st.text(alphabet='<>oembd/title![CDAT]&;"{}: ').map(str.encode))
def test_any_bytes_are_read(data):
    for body in (data, b"<oembed>" + data, b'{"title":' + data + b"}"):
        assert all(isinstance(name, str) for name in read_answer(body, "x; charset=y"))
