"""Words for the index, and queries."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.site_index.model import SiteEntry
from bot.core.site_index.words import MOST_TERMS, columns, indexed, query

JAPANESE = st.text("超伝導物理学のアイウ", min_size=1, max_size=8)


def is_found(text: str, typed: str) -> bool:
    with sqlite3.connect(":memory:") as db:
        db.execute(
            "CREATE VIRTUAL TABLE search USING fts5(words, topic, prefix = '1 2 3',"
            " tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        db.execute("INSERT INTO search VALUES (?, '')", (indexed(text),))
        asked = query(typed)
        assert asked is not None
        found = [
            db.execute("SELECT 1 FROM search WHERE search MATCH ?", (one,)).fetchone()
            for one in (asked.whole, asked.begun)
        ]
    assert found[1] or not found[0]
    return found[1] is not None


@given(JAPANESE, JAPANESE, JAPANESE)
def test_every_part_of_a_run_of_japanese_is_found(before, part, behind):
    assert is_found(f"A {before}{part}{behind}、b", part)


@given(JAPANESE, JAPANESE)
def test_what_is_not_in_a_text_of_japanese_is_not_found(text, typed):
    assert is_found(text, typed) == (typed in text)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Superconductivity at last", "superconductivity"),
        ("Superconductivity at last", "supercond"),
        ("two experiments", "experiment "),
        ("The experiment", "experiments"),
        ("Gödel, Escher, Bach", "godel bach"),
        ("ＡＩ の話", "ai"),
        ("ﾛﾎﾞｯﾄ", "ロボット"),
        ("ダークマター", "マタ"),
        ("ダーク・マター", "マター"),
        ("C++ and Rust", "c++ rust"),
        ("Линукс победил", "линукс"),
        ("한국어 단어", "한국"),
        ("arXiv:2112.08957", "2112.08957"),
    ],
)
def test_words_are_found_in_any_script(text, typed):
    assert is_found(text, typed)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Superconductivity", "conductivity"),
        ("two experiments", "experimen "),
        ("物理、学校", "理学"),
        ("one two", "one three"),
    ],
)
def test_what_is_not_there_is_not_found(text, typed):
    assert not is_found(text, typed)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_query_or_none(typed):
    asked = query(typed)
    if asked is not None:
        is_found("x", typed)
        assert asked.begun.count(" AND ") <= MOST_TERMS


def test_without_words_there_is_no_query():
    assert query("") is query("  ") is query('"*()!') is None


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("a", '"a"'),
        ("超", '"超" *'),
        ("超伝", '"超伝"'),
        ("超伝導物理学", '"超伝 伝導 導物 物理 理学"'),
    ],
)
def test_a_run_without_blanks_is_asked_for_by_its_pairs(typed, term):
    asked = query(f"{typed} ")
    assert asked is not None
    assert asked.whole == f"({term}) AND {{words}} : ({term})"


@pytest.mark.parametrize(
    ("entry", "words", "topic"),
    [
        (SiteEntry("item", "A Title", "Topic", notes="note"), "a title | note | ", "topic"),
        (SiteEntry("topic", "Topic", "Topic"), "topic |  | ", ""),
        (SiteEntry("episode", "57", ""), "57 |  | ", ""),
        (
            SiteEntry("item", "x", urls=("https://www.A.example/y", "https://b.example?q", "no")),
            "x |  | a.example b.example",
            "",
        ),
    ],
)
def test_an_entry_is_found_by_its_words_and_hosts_and_an_item_by_its_topic(entry, words, topic):
    assert columns(entry) == (words, topic)
