"""The titles that other projects expect of real pages (samples/titles/README.md)."""

import importlib.util
import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from bot.core.page.oembed import read_answer
from bot.core.page.page import Page, PageReader, read_page
from tests.needs import sample

FOLDER = sample("titles")

# What no page of its own can tell us, and why.
NOT_ACCEPTED = {
    "onebox-youtube-embed": "its title is a bare YouTube: the provider's oEmbed answer has it",
}


def cases() -> list[dict[str, Any]]:
    lines = (FOLDER / "cases.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


CASES = {case["id"]: case for case in cases()}
CHARSETS = [case["id"] for case in CASES.values() if "charset" in case["tags"]]


@cache
def verdict_of() -> Any:
    spec = importlib.util.spec_from_file_location("compare", FOLDER / "compare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.verdict


def body(case: dict[str, Any]) -> bytes:
    return (FOLDER / case["body"]).read_bytes()


def page_of(case: dict[str, Any], data: bytes) -> Page:
    content_type = case["headers"].get("Content-Type")
    return read_page(data, content_type=content_type, url=case["url"], status=case["status"])


def title_of(case: dict[str, Any]) -> str | None:
    """Return the title as the app would find it, the page's own oEmbed answer included."""
    if case["kind"].startswith("oembed"):
        return read_answer(body(case), case["headers"].get("Content-Type")).get("title")
    page = page_of(case, body(case))
    for answer in case.get("extra_responses", ()):
        if page.title is None and answer["url"] == page.oembed:
            return read_answer(body(answer), answer["headers"].get("Content-Type")).get("title")
    return page.title


def test_at_least_97_in_100_titles_are_accepted():
    verdicts = {name: verdict_of()(case, title_of(case)) for name, case in CASES.items()}
    counts = Counter(verdict != "fail" for verdict in verdicts.values())
    assert counts[True] >= 0.97 * len(CASES)
    assert {name for name, verdict in verdicts.items() if verdict == "fail"} == set(NOT_ACCEPTED)


@pytest.mark.parametrize("name", CHARSETS)
def test_every_charset_is_read_right(name):
    assert verdict_of()(CASES[name], title_of(CASES[name])) != "fail"


def test_what_is_enough_gives_the_same_title_as_all():
    for name, case in CASES.items():
        if not case["kind"].startswith("oembed"):
            data, head = body(case), PageReader(case["headers"].get("Content-Type"))
            ends = range(4096, len(data), 4096)
            enough = next((end for end in ends if head.feed(data[end - 4096 : end])), len(data))
            assert page_of(case, data[:enough]) == page_of(case, data), name
