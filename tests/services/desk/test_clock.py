"""A clock that jumps: what was accepted last counts, whatever the clock said."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from bot.services.ports import Person
from tests.services.desk.house import MONDAY, SECOND, House, house

HOUR = 3600 * SECOND
OKA = Person("oka", "Oka")


def moments(seed: int, count: int) -> list[int]:
    """Times as a clock may show them that people and machines set: any at all."""
    chance = random.Random(seed)  # noqa: S311 - to be the same each time
    return [MONDAY + chance.randint(-24 * HOUR, 24 * HOUR) for _ in range(count)]


async def mark(home: House, message: str, emoji: str, at: int, *, on: bool = True) -> str:
    receipt = await home.desk.capture.mark(
        message, emoji, on=on, channel="notes", person=OKA, at=at, stamped=False
    )
    return receipt.outcome


@pytest.mark.parametrize("seed", range(10))
async def test_the_last_title_counts_whatever_the_clock_says(tmp_path: Path, seed: int) -> None:
    async with house(tmp_path) as home:
        await home.say("[A](https://example.org/a)")
        for number, at in enumerate(moments(seed, 5)):
            await home.desk.edits.link_retitle(
                replace(home.request(), at=at), link="0.1", title=f"Title {number}"
            )
            assert f"[Title {number}]" in await home.body()
    async with house(tmp_path, begin=100) as home:
        assert "[Title 4]" in await home.body()


@pytest.mark.parametrize("seed", range(5))
async def test_the_last_draft_counts_whatever_the_clock_says(tmp_path: Path, seed: int) -> None:
    async with house(tmp_path) as home:
        await home.say("[A](https://example.org/a)")
        for number, at in enumerate(moments(seed, 5)):
            now = replace(home.request(), at=at)
            await home.desk.edits.link_retitle(now, link="0.1", title=f"Title {number}")
            answer = (await home.desk.drafts.draft(replace(home.request(), at=at + 1))).text
            assert "Kept" not in answer
            assert f"[Title {number}]" in (home.site / "_drafts/ep1.md").read_text()


async def test_a_command_counts_after_what_people_did_in_the_file_whatever_the_clock_says(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\n[A](https://example.org/a)")
        await home.desk.drafts.draft(replace(home.request(), at=MONDAY + HOUR))
        file = home.site / "_drafts/ep1.md"
        file.write_text(file.read_text().replace("[A]", "[Sam's]").replace("### A", "### By Sam"))
        home.git("-c", "user.name=Sam", "commit", "--quiet", "--all", "--message=by hand")
        await home.desk.drafts.draft(replace(home.request(), at=MONDAY + 2 * HOUR))
        edits, early = home.desk.edits, MONDAY - HOUR
        await edits.link_retitle(replace(home.request(), at=early), link="1.1", title="Ours")
        await edits.topic_rename(replace(home.request(), at=early), topic="1", name="B")
        assert await home.body() == "### B\n\n- [Ours](https://example.org/a)"
        await home.desk.drafts.draft(replace(home.request(), at=early))
        assert "### B\n\n- [Ours](https://example.org/a)\n" in file.read_text()


@pytest.mark.parametrize("seed", range(10))
async def test_undo_takes_back_the_last_command_whatever_the_clock_says(
    tmp_path: Path, seed: int
) -> None:
    times = moments(seed, 9)
    async with house(tmp_path) as home:
        await home.say("[A](https://example.org/a)")
        for number in range(3):
            request = replace(home.request(), at=times.pop())
            await home.desk.edits.link_retitle(request, link="0.1", title=f"Title {number}")
        for title in ("Title 1", "Title 0", "A"):
            await home.desk.edits.undo(replace(home.request(), at=times.pop()))
            assert f"[{title}]" in await home.body()
        for title in ("Title 0", "Title 1", "Title 2"):
            await home.desk.edits.redo(replace(home.request(), at=times.pop()))
            assert f"[{title}]" in await home.body()


@pytest.mark.parametrize("seed", range(10))
async def test_the_last_of_a_mark_counts_whatever_the_clock_says(tmp_path: Path, seed: int) -> None:
    async with house(tmp_path) as home:
        await home.say("[A](https://example.org/a)")
        secret = await home.say("[S](https://example.org/secret)")
        for at in moments(seed, 6):
            assert await mark(home, secret, "🔒", at) == "erased"
            assert "secret" not in await home.body()
            assert "secret" not in str(await home.store.events("show#1"))
            await mark(home, secret, "🔒", at - HOUR, on=False)
            assert "secret" in await home.body()


async def test_news_of_a_mark_that_comes_late_is_older_where_the_platform_says_when(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        message = await home.say("[A](https://example.org/a)")
        capture, at = home.desk.capture, MONDAY + 100 * SECOND
        await capture.mark(message, "🚫", on=False, channel="notes", person=OKA, at=at)
        await capture.mark(message, "🚫", on=True, channel="notes", person=OKA, at=at - SECOND)
        assert "example.org/a" in await home.body()
