"""Where addresses end, when two are the same, and what is tracking."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.urls import (
    canonical,
    clean,
    find_urls,
    fingerprint,
    has_wide_address,
    host_of,
    url_end,
)
from tests.needs import sample

HUGE = 100_000


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in find_urls(text)]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("see https://a.example/1, then", "https://a.example/1"),
        ("https://a.example/1.", "https://a.example/1"),
        ("(https://a.example/1)", "https://a.example/1"),
        ("(https://a.example/1)で話した", "https://a.example/1"),
        ("https://a.example/Spin_(physics)", "https://a.example/Spin_(physics)"),
        ("(https://a.example/Spin_(physics))", "https://a.example/Spin_(physics)"),
        ("これ https://a.example/1。", "https://a.example/1"),
        ("「https://a.example/1」", "https://a.example/1"),
        ("（https://a.example/1）", "https://a.example/1"),
        ("https://a.example/1、次", "https://a.example/1"),
        ("https://a.example/1→これ", "https://a.example/1"),
        ('"https://a.example/1"', "https://a.example/1"),
        ("<https://a.example/1>", "https://a.example/1"),
        ("**https://a.example/1**", "https://a.example/1"),
        ("https://a.example/*", "https://a.example/*"),
        (" _https://a.example/1_", "https://a.example/1"),
        (". _https://a.example/1_", "https://a.example/1"),
        ("a_b https://a.example/1_", "https://a.example/1_"),
        ("https://a.example/1([b](https://b.example))", "https://a.example/1"),
        ("リンクhttps://a.example/日本語", "https://a.example/日本語"),
        ("HTTPS://A.example/1", "HTTPS://A.example/1"),
        ("https://a.example/baz?", "https://a.example/baz?"),
        ("https://a.example/1\u200b", "https://a.example/1"),
        ("https://a.example/1\u202e", "https://a.example/1"),
    ],
)
def test_an_address_ends_where_discord_ends_it(text: str, url: str) -> None:
    assert found(text)[0] == url


@pytest.mark.parametrize(
    "text", ["http://", "http://.", "https:///a", "ftp://a.example", "a.example"]
)
def test_what_has_no_scheme_or_no_host_is_no_address(text: str) -> None:
    assert found(text) == []


NOT_AS_OTHERS_SAY = {
    # Discord leaves a bracket that was never closed in, and knows of no wrong hosts.
    "https://foo.bar/test(test",
    "https://foo.bar./",
    # It stands in the text all the same; whether it may be fetched is for the fetcher to say.
    "http://root:'some%pass'@hostname/database",
    "http://a:%p@c",
    "http://a:%p@example.com",
    "http://test@example.com",
    # Discord makes a link of it, and a link that a host sees must not be lost.
    "testhttp://example.com/sjis",
}


@pytest.mark.parametrize(
    ("text", "is_wide"),
    [
        ("見て ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｏｒｇ", True),
        ("https：//a.example/1", True),
        ("HTTPS:／／a.example/1", True),
        ("Ｈttp://a.example/1", True),
        ("https://a.example/1（ｈｔｔｐ の話）", False),
        ("時刻は 10：30／11：00", False),
    ],
)
def test_an_address_in_full_width_letters_is_known_as_one(text: str, is_wide: bool) -> None:
    assert has_wide_address(text) is is_wide


def test_other_chats_agree_on_all_but_seven_cases() -> None:
    lines = sample("addresses", "urls-in-text.jsonl").read_text("utf-8").splitlines()
    differ = {case["text"] for case in map(json.loads, lines) if not agrees(case)}
    assert differ == NOT_AS_OTHERS_SAY
    assert len(lines) - len(differ) >= 65


def agrees(case: dict[str, object]) -> bool:
    text = str(case["text"])
    if "expect_whole_match" in case:
        return (found(text) == [text]) is case["expect_whole_match"]
    if "expect_found" in case:
        return found(text) == [case["expect_found"]]
    return bool(found(text)) is case["expect_fetch"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/1", "http://www.a.example/1/?utm_source=x"),
        ("https://a.example/1", "HTTPS://A.EXAMPLE:443/1#:~:text=word"),
        ("https://a.example/1", "https://mobile.a.example/1?fbclid=x&gclid=y"),
        ("https://a.example/1?b=2", "https://m.a.example/1/?utm_medium=x&b=2#"),
        ("https://a.example/%e4%ba%ac", "https://a.example/京"), ("https://a.example/~x",
        "https://a.example/%7Ex"), ("https://例え.example/", "https://xn--r8jz45g.example"),
        ("https://twitter.com/who/status/12?s=20", "https://x.com/other/status/12/photo/1"),
        ("https://vxtwitter.com/who/status/12", "https://mobile.twitter.com/i/web/status/12"),
        ("https://nitter.net/who/status/12#m", "https://x.com/i/status/12"),
        ("https://youtu.be/abcdefghijk?si=x", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://youtu.be/abcdefghijk?t=9", "https://m.youtube.com/watch?t=9&v=abcdefghijk"),
        ("https://music.youtube.com/watch?v=abcdefghijk", "https://youtube.com/watch?v=abcdefghijk"),
        ("https://a.example/b/./c", "https://a.example/b/c"),
        ("https://a.example/./b/x/../c/.", "https://a.example/b/c"),
        ("https://a.example/../../b", "https://a.example/b"),
        ("https://a.example/%2e/b/%2E%2e", "https://a.example/"),
        ("https://youtube.com/live/abcdefghijk",
        "https://youtube.com/shorts/abcdefghijk?feature=x"),
        ("https://www.amazon.co.jp/dp/4000000000",
        "https://amazon.co.jp/題/dp/4000000000/ref=sr_1?tag=x"),
        ("https://www.amazon.co.jp/gp/product/B0ABCDEFGH?th=1",
        "https://amazon.co.jp/dp/b0abcdefgh"), ("https://ja.m.wikipedia.org/wiki/X",
        "https://ja.wikipedia.org/wiki/X"), ("https://old.reddit.com/r/x/",
        "https://www.reddit.com/r/x?share_id=1"),
    ],
)  # fmt: skip
def test_two_addresses_of_one_page_are_the_same(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/1", "https://a.example/2"),
        ("https://a.example/1?t=1", "https://a.example/1?t=2"),  # tracking on x.com alone
        ("https://a.example/?ref=v1", "https://a.example/?ref=v2"),
        ("https://a.example/1#a", "https://a.example/1#b"),
        ("https://a.example:8080/", "https://a.example/"),
        ("https://a.example/A", "https://a.example/a"),
        ("https://music.youtube.com/channel/UCx", "https://www.youtube.com/channel/UCx"),
        ("https://a.example/.well-known/b", "https://a.example/well-known/b"),
        ("https://a.example/b...c", "https://a.example/b/c"),
        ("https://a.example/b?x=/./c", "https://a.example/b?x=/c"),
        ("https://youtu.be/abcdefghijk?t=9", "https://youtu.be/abcdefghijk"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://www.amazon.co.jp/dp/4000000000", "https://www.amazon.com/dp/4000000000"),
    ],
)
def test_what_may_mean_something_is_kept_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("http://www.a.example/1/?utm_source=x", "http://www.a.example/1/"),
        ("https://a.example/?b=2&fbclid=1&c=3#d", "https://a.example/?b=2&c=3#d"),
        ("https://x.com/who/status/1?s=20&t=abc", "https://x.com/who/status/1"),
        ("https://youtu.be/abcdefghijk?si=x&t=9", "https://youtu.be/abcdefghijk?t=9"),
        ("https://www.amazon.co.jp/題/dp/4000000000/ref=sr_1?tag=x",
        "https://www.amazon.co.jp/題/dp/4000000000"), ("https://a.example/?t=1&s=2",
        "https://a.example/?t=1&s=2"), ("https://a.example/?", "https://a.example/?"),
        ("no address", "no address"),
    ],
)  # fmt: skip
def test_cleaning_takes_out_tracking_and_nothing_else(typed: str, written: str) -> None:
    assert clean(typed) == written


def test_a_fingerprint_is_twelve_digits_and_takes_any_text() -> None:
    assert fingerprint("https://a.example/1") == "dde8911ab2c4"
    assert fingerprint("https://a.example/1") != fingerprint("https://a.example/2")
    assert len(fingerprint("\ud800")) == 12


pieces = st.sampled_from(
    [
        "https://", "http://", "www.", "m.", "x.com", "twitter.com", "youtu.be",
        "youtube.com/live", "/./", "/..", "%2e",
        "amazon.co.jp", "/dp/", "/status/", "a.example", "ﷺ", "。", "例え",
        ":80", ":443", ":", ".", "@", "/", "?", "&", "=", "#", "%", "%41", "%e3", "utm_a",
        "v=", "abcdefghijk", "12", " ", "[", "](", "(", ")", "{", "*", "~", "'", '"', "<",
        "\\", "\n", "\ud800", ":~:text=", "ref=1", "i", "℀",
    ]
)  # fmt: skip
addresses = st.lists(pieces, max_size=14).map("".join) | st.text(max_size=40)


@given(addresses, st.booleans())
@example("x.com。", True)
@example("例え:", True)
def test_the_canonical_form_is_its_own(text: str, whole: bool) -> None:
    url = "https://" + text if whole else text
    assert canonical(canonical(url)) == canonical(url)


@given(addresses)
def test_cleaning_changes_neither_the_page_nor_a_clean_address(text: str) -> None:
    url = clean("https://" + text)
    assert clean(url) == url
    assert canonical(url) == canonical("https://" + text)


@given(addresses)
def test_addresses_lie_in_order_and_hold_no_white_space(text: str) -> None:
    done = 0
    for start, end in find_urls(text):
        assert done <= start < end <= len(text)
        assert not set(text[start:end]) & set(" \n<>")
        assert url_end(text, start) == end
        done = end


@pytest.mark.parametrize(
    "piece",
    ["https://a)", "https://a(", "https://a[b](", "https://", "%41", "a.", ":", "&a", "/ref="],
)
def test_an_endless_text_is_taken(piece: str) -> None:
    text = "https://a.example/?" + piece * (HUGE // len(piece))
    assert canonical(canonical(text)) == canonical(text)
    assert canonical(clean(text)) == canonical(text)
    assert find_urls(text)[0][0] == 0


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://WWW.A.example:80/x", "www.a.example"),
        ("https://u:p@a.example", "a.example"),
        ("https://[::1]/", "::1"),
        ("https://[::1/", ""),
        ("mailto:a@b.example", ""),
        ("", ""),
    ],
)
def test_an_address_has_a_host_or_none(url, host):
    assert host_of(url) == host
