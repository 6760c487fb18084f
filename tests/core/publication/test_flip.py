"""From the last draft to the first page, in the real history of the first site's episodes."""

import difflib
import re

import pytest

from bot.core.publication.front_matter import with_keys
from tests.needs import sample

EPISODES = ("ep30", "ep36", "ep40", "ep50", "ep63", "ep66")
DRAFT = re.compile(r"^layout: podcast-draft", re.M)


def versions(episode):
    """Return the last draft and the first page of an episode."""
    paths = sorted(sample("interaxion", "history", episode).glob("*.md"))
    texts = [path.read_text("utf-8") for path in paths]
    last = max(at for at, text in enumerate(texts) if DRAFT.search(text))
    return texts[last], texts[last + 1]


def flipped(draft, page):
    """Return the draft as `/publish` makes a page of it; the player is what hosts set by then."""
    number = re.search(r"^permalink: /([\d-]+)", draft, re.M)[1].strip("-")
    player = re.search(r"^anchorEmbedding: (.*)$", page, re.M)
    values = {"layout": "podcast", "permalink": f"/{number}"}
    made = with_keys(draft, values)
    if player:  # a profile writes it as its template has it
        made = re.sub(r"^anchorEmbedding:.*$", lambda _: player[0], made, flags=re.M)
    return made


def changed(before, after):
    """Return the lines that are in one of two texts alone."""
    marks = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in marks if line[:1] in "+-" and line[2:].strip()]


@pytest.mark.parametrize("episode", EPISODES)
def test_what_publish_changes_is_what_hosts_changed_by_hand(episode):
    draft, page = versions(episode)
    made = flipped(draft, page)
    by_itself = changed(draft, made)
    left = changed(made, page)
    assert "layout: podcast" in made.splitlines()
    assert re.search(r"^permalink: /[\d-]+$", made, re.M)
    assert len(by_itself) >= 2
    assert not [line for line in left if line[2:].startswith(("layout", "permalink", "anchorEmb"))]
