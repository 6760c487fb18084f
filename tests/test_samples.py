"""The samples of a real podcast, through the real parts: from messages to the file."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from bot.core.episode.fold import Outline
from bot.core.model import Found, Item, Link
from bot.core.profile.profile import Profile, load
from bot.core.render import render
from tests.needs import SAMPLES
from tests.talk import EPISODE, fold, marked, said

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples beside the repository")


def _cases() -> list[Any]:
    if not SAMPLES.is_dir():
        return []
    text = (SAMPLES / "grammar.yml").read_text(encoding="utf-8")
    return [pytest.param(case, id=case["name"]) for case in yaml.safe_load(text)]


@pytest.mark.parametrize("case", _cases())
def test_the_chat_grammar_by_example(case: dict[str, Any]) -> None:
    around = case.get("around_links", "keep")
    profile = load(f"name: Samples\naround_links: {around}\n", "{{ body }}")
    outline = fold(*_events(case["chat"]), rules=profile.rules)
    assert _body(outline, profile) == case["body"]


def _events(chat: Any) -> Iterator[Any]:
    for number, message in enumerate([chat] if isinstance(chat, str) else chat, 1):
        if isinstance(message, str):
            yield said(number, message)
        else:
            yield said(number, message["text"])
            yield marked(number, message["mark"])


def _body(outline: Outline, profile: Profile) -> str:
    episode = outline.episode
    assert episode.id == EPISODE
    found = {link.url: _found(link) for item in episode.items() for link in _links(item)}
    return render.body(episode, found, profile).text


def _links(item: Item) -> Iterator[Link]:
    return render.links_of(item)


def _found(link: Link) -> Found:
    """The look-ups that grammar.yml supposes: a.example has titles, nothing else has."""
    if link.canonical.startswith("https://a.example/"):
        return Found(f"Title {link.canonical.rsplit('/', 1)[1]}")
    return Found()
