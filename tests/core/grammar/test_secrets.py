"""Addresses that are not for a draft."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.grammar.secrets import (
    SHIPPED_IGNORE,
    carries_secret,
    host_as_written,
)
from bot.core.urls import find_urls
from tests.needs import sample

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"


@pytest.mark.parametrize(
    "url",
    [
        "https://zoom.us/j/8123?pwd=abc",
        "https://us02web.zoom.us/w/8123?tk=abc",
        "https://teams.live.com/meet/9312345?p=Ab1",
        "https://a.example/1?access_token=abcdef0123456789",
        "https://a.example/1#access_token=x",
        "https://a.example/1?token=0123abcd",
        "https://a.example/1?a=b&amp;api_key=x",
        "https://a.example/1?key=AIzb1234567890abcdef",
        "https://a.example/1?password=x",
        "https://a.example/1?auth=0a1b2c3d4e",
        "https://a.example/reset?reset_password_token=a1b2c3d4e5",
        "https://a.example/callback?code=4f0a9b8c7d&state=1",
        "https://user:word@a.example/",
        "https://b.s3.amazonaws.com/f?X-Amz-Credential=a&X-Amz-Signature=b",
        "https://storage.googleapis.com/f?X-Goog-Signature=b",
        "https://b.blob.core.windows.net/f?sv=2022&sig=a1b2c3d4%2B",
        "https://d1.cloudfront.net/f?Expires=1&Signature=a1b2c3d4e5&Key-Pair-Id=K",
        "https://cdn.discordapp.com/attachments/1/2/f.png?ex=1&is=2&hm=abc",
        "https://onedrive.live.com/?authkey=x&id=y",
        "https://note.com/preview/n1?prev_access_key=abc",
        "https://hooks.slack.com/services/T0/B0/x",
        "https://discord.com/api/webhooks/123/abc",
        "https://api.telegram.org/bot123:abc/send",
        f"https://a.example/login/{TOKEN}",
        "https://a.example/?u=https%3A%2F%2Fzoom.us%2Fj%2F1%3Fpwd%3Dabc",
        "https://a.example/1?access\\_token=abcdef",
        "HTTPS://A.EXAMPLE/1?ACCESS_TOKEN=ABC",
    ],
)
def test_a_secret_is_seen(url: str) -> None:
    assert carries_secret(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/password-managers/token?page=2",
        "https://a.example/?key=introduction&tag=x",
        "https://a.example/?token=bitcoin",
        "https://a.example/?pageToken=CAUQAA123",
        "https://www.nature.com/articles/1?error=cookies_not_supported&code=1f2e3d4c-5b6a-7988",
        "https://x.com/who/status/1?t=5q-h_SGiLDhEPG-jqHbiQw&s=19",
        "https://youtu.be/abcdefghijk?si=44ol0fLPosZb29RK",
        "https://a.example/?access_token=",
        "https://medium.com/@user:name/post-1",
        "https://note.com/who/m/m1?magazine_key=m1234567890abcdef",
        "https://meet.google.com/abc-defg-hij",
        "https://ja.wikipedia.org/wiki/Key_(software)",
    ],
)
def test_an_ordinary_address_is_none(url: str) -> None:
    assert not carries_secret(url)


def addresses_of_the_first_site() -> Iterator[str]:
    for path in sample("interaxion").rglob("*"):
        if path.suffix in {".md", ".jsonl", ".yml"}:
            text = path.read_text("utf-8")
            yield from (text[start:end] for start, end in find_urls(text))
        elif path.suffix == ".json":
            for message in json.loads(path.read_text("utf-8"))["messages"]:
                text = message["content"]
                yield from (text[start:end] for start, end in find_urls(text))


def test_nothing_of_the_first_site_is_taken_for_a_secret_or_for_talk() -> None:
    urls = set(addresses_of_the_first_site())
    assert len(urls) > 500
    assert [url for url in urls if carries_secret(url) or SHIPPED_IGNORE.match(url)] == []


@pytest.mark.parametrize(
    "url",
    [
        "https://tenor.com/view/cat-123",
        "https://media.giphy.com/media/x/giphy.gif",
        "https://discord.gg/abc",
        "https://ptb.discord.com/channels/1/2/3",
        "https://discord.com/invite/abc",
        "https://team.slack.com/archives/C0/p1",
        "https://team.slack.com/docs/T0/F0",
        "https://team.slack.com/files/U0/F0/notes.pdf",
        "https://team.slack.com/lists/T0/F0?record_id=R0",
        "https://team.slack.com/canvas/C0",
        "https://app.slack.com/huddle/T0/C0",
        "https://files.slack.com/files-pri/T0-F0/x.png",
        "https://team.enterprise.slack.com/archives/C0/p1",
        "https://join.slack.com/t/team/shared_invite/x",
        "https://us02web.zoom.us/j/8123",
        "https://meet.google.com/abc-defg-hij",
        "https://teams.microsoft.com/l/meetup-join/x",
        "http://TENOR.com/view/x",
    ],
)
def test_pickers_invitations_the_chat_itself_and_meetings_are_talk(url: str) -> None:
    assert SHIPPED_IGNORE.match(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://zoom.us/blog/",
        "https://slack.com/blog",
        "https://discord.com/blog/how",
        "https://tenor.com.a.example/",
        "https://a.example/?u=https://discord.gg/abc",
        "https://notenor.com/view/x",
    ],
)
def test_what_only_looks_like_them_is_not(url: str) -> None:
    assert not SHIPPED_IGNORE.match(url)


def test_a_host_is_told_without_name_password_and_port() -> None:
    assert host_as_written("https://me:word@A.example:8080/x?y#z") == "a.example"


names = st.sampled_from(["access_token", "pwd", "X-Amz-Signature", "api-key", "password", "jwt"])


@given(names, st.text("abc123", min_size=1), st.sampled_from(["", "a=b&", "utm_source=x&amp;"]))
def test_a_secret_is_seen_wherever_it_stands(name: str, value: str, before: str) -> None:
    address = f"https://a.example/x?{before}{name}={value}"
    assert carries_secret(address)
    assert carries_secret(address + "&more=1#end")
    assert carries_secret(f"https://b.example/?to={address}")


@pytest.mark.parametrize(
    "piece", ["eyJ-", "https://a:", "&token=a", "%3D", "/ical/", "code=a&", "a@", "xox"]
)
def test_an_endless_address_is_taken(piece: str) -> None:
    assert not carries_secret("https://a.example/?" + piece * (100_000 // len(piece)))
