"""The index of a site's episodes: kept, found in, followed, and made again where it is damaged."""

import sqlite3
from pathlib import Path

import pytest

from bot.core.site_index.model import SiteEntry, SitePage
from bot.core.site_index.words import query
from bot.core.urls import canonical
from storage.site_index import SqliteSiteIndex


def page(number: int, *entries: SiteEntry, **other) -> SitePage:
    return SitePage(
        path=other.pop("path", f"ep{number}.md"),
        number=str(number),
        title=f"Title {number}",
        at=number,
        addresses=(f"/{number}",),
        entries=(SiteEntry("episode", f"{number}: Title {number}"), *entries),
        **other,
    )


def link(words: str, url: str, topic: str = "Robots", notes: str = "") -> SiteEntry:
    return SiteEntry("item", words, topic, notes=notes, urls=(url,))


PAGES = [
    ("b36", page(36, link("A paper on robots", "https://a.example/x?utm_source=y"))),
    ("b57", page(57, link("The same paper", "http://www.a.example/x/"), is_draft=True)),
    (
        "b40",
        page(40, SiteEntry("topic", "超伝導の話", "超伝導の話"), link("x", "https://b.example/")),
    ),
]


@pytest.fixture
async def index(tmp_path: Path):
    made = SqliteSiteIndex(tmp_path / "index.db")
    await made.known("state")
    await made.put(PAGES)
    yield made
    await made.aclose()


async def found(index: SqliteSiteIndex, words: str, *, pages: int = 8, entries: int = 3) -> list:
    asked = query(words)
    assert asked is not None
    hits = (await index.find(asked.begun, pages=pages, entries=entries)).hits
    return [(hit.page.number, hit.entry.text) for hit in hits]


async def test_what_was_kept_is_known_after_a_restart(index, tmp_path):
    await index.end_round()
    await index.aclose()
    again = SqliteSiteIndex(tmp_path / "index.db")
    assert await again.known("state") == {"ep36.md": "b36", "ep57.md": "b57", "ep40.md": "b40"}
    assert again.is_whole
    assert await found(again, "paper on robots") == [("36", "A paper on robots")]
    await again.aclose()


async def test_the_newest_episode_is_found_first(index):
    assert await found(index, "paper") == [("57", "The same paper"), ("36", "A paper on robots")]
    assert await found(index, "paper", pages=1) == [("57", "The same paper")]
    assert await found(index, "伝導") == [("40", "超伝導の話")]


async def test_it_is_said_when_there_is_more(index):
    asked = query("title")
    assert (await index.find(asked.begun, pages=2, entries=3)).more
    assert not (await index.find(asked.begun, pages=3, entries=3)).more


async def test_a_topic_alone_is_no_reason_to_show_all_below_it(index):
    assert await found(index, "robots") == [("36", "A paper on robots")]
    assert ("57", "The same paper") in await found(index, "robots same")


async def test_addresses_are_the_same_as_the_grammar_compares_them(index):
    hits = index.linked([canonical("https://a.example/x#"), "https://nothing.example"])
    assert list(hits) == [canonical("https://a.example/x")]
    [places] = hits.values()
    assert [hit.page.number for hit in places] == ["36", "57"]
    assert places[1].page.is_draft


async def test_a_page_is_found_by_its_place(index):
    assert index.at(["/40", "/41"])["/40"].path == "ep40.md"
    assert "/41" not in index.at(["/40", "/41"])


async def test_a_page_that_changed_is_known_as_it_is_now(index):
    version = index.version
    await index.put([("b36b", page(36, link("A report", "https://c.example/")))])
    assert index.version > version
    assert await found(index, "robots") == []
    assert await found(index, "report") == [("36", "A report")]
    assert [len(hits) for hits in index.linked([canonical("https://a.example/x")]).values()] == [1]
    assert (await index.known("state"))["ep36.md"] == "b36b"


async def test_a_page_that_is_gone_leaves_nothing_behind(index, tmp_path):
    await index.put([], ["ep36.md", "ep57.md", "ep40.md", "never.md"])
    assert await found(index, "title") == []
    assert not index.linked([canonical("https://a.example/x")])
    assert not index.at(["/36"])
    with sqlite3.connect(tmp_path / "index.db") as db:
        for table in ("pages", "entries", "links", "places"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608


async def test_a_page_that_moved_is_known_once(index):
    moved = page(36, link("A paper on robots", "https://a.example/x"), path="2020/ep36.md")
    await index.put([("b36", moved)], ["ep36.md"])
    assert await found(index, "robots") == [("36", "A paper on robots")]


async def test_another_way_of_reading_begins_anew(index):
    await index.end_round()
    assert await index.known("other state") == {}
    assert not index.is_whole
    assert await found(index, "paper") == []


async def test_nothing_is_known_before_it_is_asked_for(tmp_path):
    index = SqliteSiteIndex(tmp_path / "index.db")
    assert not index.linked(["https://a.example/x"])
    assert not index.at(["/36"])
    assert await found(index, "paper") == []
    await index.aclose()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"no database at all" * 500, b"", b"SQLite format 3\0" * 99])
async def test_a_file_that_is_no_index_is_made_again(tmp_path, content):
    (tmp_path / "index.db").write_bytes(content)
    index = SqliteSiteIndex(tmp_path / "index.db")
    assert await index.known("state") == {}
    await index.put(PAGES)
    assert len(await found(index, "paper")) == 2
    await index.aclose()


async def test_an_index_of_another_version_is_made_again(index, tmp_path):
    await index.aclose()
    with sqlite3.connect(tmp_path / "index.db") as db:
        db.execute("PRAGMA user_version = 999")
    again = SqliteSiteIndex(tmp_path / "index.db")
    assert await again.known("state") == {}
    await again.aclose()


async def test_a_file_that_is_damaged_meanwhile_knows_nothing_and_is_made_again(index, tmp_path):
    await index.aclose()
    file = tmp_path / "index.db"
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)
    again = SqliteSiteIndex(file)
    with pytest.raises(Exception, match="damaged"):
        await again.known("state")
    assert not again.linked([canonical("https://a.example/x")])
    assert await again.known("state") == {}
    await again.aclose()


async def test_two_processes_may_use_one_index(index, tmp_path):
    other = SqliteSiteIndex(tmp_path / "index.db")
    assert len(await other.known("state")) == 3
    await other.put([("b58", page(58, link("A new paper", "https://a.example/x")))])
    assert (await found(index, "paper"))[0] == ("58", "A new paper")
    assert len(index.linked([canonical("https://a.example/x")])) == 1
    await other.aclose()


async def test_nobody_else_may_read_it(index, tmp_path):
    assert (tmp_path / "index.db").stat().st_mode & 0o077 == 0


async def test_nothing_is_left_of_what_went_off_the_record(index, tmp_path):
    secret = page(36, link("The word is Xyzzyplugh", "https://a.example/x"))
    await index.put([("b36b", secret)])
    await index.owe_scrub()
    await index.put([("b36c", page(36, link("A paper", "https://a.example/x")))])
    assert index.scrub_owed
    await index.scrub(is_last=True)
    assert not index.scrub_owed
    files = list(tmp_path.glob("index.db*"))
    assert files
    assert not any(b"xyzzy" in file.read_bytes().lower() for file in files)
    await index.aclose()
    again = SqliteSiteIndex(tmp_path / "index.db")
    await again.known("state")
    assert await found(again, "paper") == [("57", "The same paper"), ("36", "A paper")]
    await again.aclose()


async def test_a_scrub_that_is_owed_is_remembered(index, tmp_path):
    await index.owe_scrub()
    await index.scrub(is_last=False)
    await index.aclose()
    again = SqliteSiteIndex(tmp_path / "index.db")
    await again.known("state")
    assert again.scrub_owed
    await again.aclose()
