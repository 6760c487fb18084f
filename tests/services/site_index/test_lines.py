"""How what was found in earlier episodes reads. Pure."""

from bot.core.episode.find import LONGEST_LABEL
from bot.core.site_index.model import SiteEntry, SitePage
from bot.services.site_index.lines import (
    LONGEST,
    entry_line,
    episode_name,
    found_lines,
    hit_choice,
    hit_lines,
)
from bot.services.site_index.memory import named
from bot.services.site_index_port import FoundEntries, Hit
from bot.texts import say

PAGE = SitePage("a.md", "7", "Bread", "7: Bread", "2026-01-02", address="https://pod.example/7")
BARE = SitePage("b.md")
TOPIC, WHOLE = SiteEntry("topic", "Rolls", time="1:30"), SiteEntry("episode", "7: Bread")
ITEM = SiteEntry("item", "A paper", topic="Rolls", notes="a fine one")


def test_an_episode_is_named_once_above_all_that_was_found_in_it() -> None:
    hits = [Hit(PAGE, WHOLE), Hit(PAGE, ITEM), Hit(PAGE, TOPIC), Hit(BARE, ITEM), Hit(PAGE, ITEM)]
    head = "7: Bread (2026-01-02): https://pod.example/7"
    item = "  Rolls: A paper – a fine one"
    lines = [head, item, "  1:30 # Rolls", "b.md: b.md", item, head, item]
    assert list(hit_lines(hits, "en")) == lines
    assert found_lines(FoundEntries(tuple(hits)), "en") == lines
    assert found_lines(FoundEntries(tuple(hits), more=True), "en") == [
        *lines, "", say("find.more", "en"),
    ]  # fmt: skip
    assert found_lines(FoundEntries(), "en") == []


def test_an_episode_is_called_by_its_number_and_title_as_far_as_it_has_them() -> None:
    assert episode_name(PAGE, "en") == "7: Bread (2026-01-02)"
    assert episode_name(SitePage("a.md", "7", "", "Seven"), "en") == "Seven"
    assert episode_name(SitePage("a.md", "", "Bread", "Bread, again"), "en") == "Bread, again"
    assert episode_name(SitePage("a.md", "7"), "en") == "a.md"
    draft = episode_name(SitePage("a.md", full_title="T", is_draft=True), "en")
    assert draft == say("find.draft", "en", episode="T")
    long = episode_name(SitePage("a.md", full_title="x" * (LONGEST + 1)), "en")
    assert len(long) == LONGEST
    assert [named(Hit(one, ITEM)) for one in (PAGE, SitePage("a.md", full_title="T"), BARE)] == [
        "7", "T", "b.md",
    ]  # fmt: skip


def test_an_entry_reads_as_it_stands_under_its_topic() -> None:
    assert entry_line(SiteEntry("item", "A paper")) == "A paper"
    assert entry_line(SiteEntry("topic", "Rolls")) == "# Rolls"
    assert entry_line(SiteEntry("item", "A paper", notes="n")) == "A paper – n"
    assert entry_line(SiteEntry("item", "A paper", topic="T")) == "T: A paper"


def test_a_hit_is_chosen_by_its_words_and_found_again_by_them() -> None:
    assert hit_choice(Hit(PAGE, ITEM)) == ("7 · A paper", "A paper")
    assert hit_choice(Hit(PAGE, WHOLE)) == ("7 · 7: Bread", "7: Bread")
    assert hit_choice(Hit(BARE, ITEM)) == ("b.md · A paper", "A paper")
    words = "w " * LONGEST_LABEL
    label, value = hit_choice(Hit(PAGE, SiteEntry("item", words)))
    assert len(label) == LONGEST_LABEL
    assert value == words[:LONGEST_LABEL].strip()
