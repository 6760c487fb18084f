"""Episodes that are published at a time: which are due, when the next one is, and what is told."""

from pathlib import Path

import pytest

from bot.errors import CommandError
from bot.services.episode_areas import PUBLISH_AT
from tests.services.desk.house import SECOND, House, house
from tests.services.desk.test_publish import FIRST, SITE_YML, filled, publish

NO_PLAYER = SITE_YML.replace(", player]\n  player: player", "]")
READY = FIRST | {"settings": NO_PLAYER}
TIME = "at 2033-05-18 03:33"
THEN = 2_000_000_000 // 60 * 60 * SECOND


async def due(home: House, at: int) -> float | None:
    """Look at a time what is due, and return how long the next one is off."""
    home.desk.publishing._clock = lambda: at
    return await home.desk.publishing.publish_due()


async def noted(home: House) -> dict[str, int]:
    state = await home.store.state(PUBLISH_AT)
    return {episode: int(at) for episode, at in state.items() if at}


async def test_it_is_published_at_its_time_and_not_before(tmp_path: Path) -> None:
    async with house(tmp_path, **READY) as home:
        await filled(home)
        assert await due(home, THEN) is None
        told = await publish(home, TIME)
        assert "2033-05-18 03:33" in told.text
        assert await noted(home) == {"show#1": THEN}
        assert await due(home, THEN - 90 * SECOND) == 90
        assert await due(home, THEN - SECOND // 2) == 1  # never at once, again and again
        assert home.git("log", "--format=%s").strip() == "begin"
        heard: list[str] = []
        home.desk.listen(lambda news: heard.append(news.text("en") if news.text else ""))
        assert await due(home, THEN) is None
        assert any("Episode 1 is published: _posts/2033-05-18-ep1.md" in one for one in heard)
        assert await noted(home) == {}


async def test_what_was_missed_is_read_before_it_is_published(tmp_path: Path) -> None:
    async with house(tmp_path, **READY) as home:
        await filled(home)
        await publish(home, TIME)

        async def complete(seconds: float) -> None:
            await home.say("- [missed](https://example.org/missed)")

        home.desk.publishing._complete = complete
        await due(home, THEN - SECOND)
        await due(home, THEN)
        page = (home.site / "_posts/2033-05-18-ep1.md").read_text()
        assert page.count("[missed]") == 1


async def test_the_next_of_several_is_waited_for_and_none_that_is_closed(tmp_path: Path) -> None:
    async with house(tmp_path, **FIRST) as home:
        await filled(home)
        await publish(home, TIME)
        await home.desk.edits.episode_close(home.request())
        await home.say("# B")
        assert await due(home, THEN - 5 * SECOND) is None
        await publish(home, "at 2033-05-18 03:34")
        await home.store.put_state(PUBLISH_AT, "show#9", str(THEN - 10 * SECOND))  # none of ours
        assert await due(home, THEN - 5 * SECOND) == 65
        assert await noted(home) == {"show#1": THEN, "show#2": THEN + 60 * SECOND}
        assert await due(home, THEN) == 60
        assert await noted(home) == {"show#2": THEN + 60 * SECOND}
        other = home.request(channel="other")
        await home.desk.edits.episode_start(other)
        await home.desk.publishing.publish(other, what="at 2033-05-18 03:36")
        assert await due(home, THEN) == 60
        assert home.git("log", "--format=%s").strip() == "begin"


async def test_a_time_that_is_set_again_or_taken_back_counts(tmp_path: Path) -> None:
    async with house(tmp_path, **FIRST) as home:
        await filled(home)
        await publish(home, TIME)
        await publish(home, "2033-05-18 03:34")
        assert await due(home, THEN) == 60
        told = await publish(home, "never")
        assert not told.private
        assert await noted(home) == {}
        assert await due(home, THEN + 60 * SECOND) is None
        assert home.git("log", "--format=%s").strip() == "begin"


async def test_a_time_is_to_come_by_the_clock_of_whoever_asks(tmp_path: Path) -> None:
    async with house(tmp_path, **FIRST) as home:
        await filled(home)
        with pytest.raises(CommandError) as refused:
            await publish(home, TIME, at=THEN)
        assert refused.value.name == "publish.past"
        await publish(home, TIME, at=THEN - 1)
        assert await noted(home) == {"show#1": THEN}


async def test_what_is_missing_still_is_named_when_a_time_is_set_and_when_it_has_come(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, **READY) as home:
        await home.say("# A\n- words")
        told = await publish(home, TIME)
        assert "- Title: not set yet" in told.text
        heard: list[str] = []
        home.desk.listen(lambda news: heard.append(news.text("en") if news.text else ""))
        assert await due(home, THEN) is None
        (text,) = [one for one in heard if one]
        assert "It was time to publish" in text
        assert "- Title: not set yet" in text
        assert home.git("log", "--format=%s").strip() == "begin"
        await filled(home)
        assert "not set yet" not in (await publish(home, TIME)).text


async def test_of_several_that_were_published_the_last_is_taken_back_once(tmp_path: Path) -> None:
    async with house(tmp_path, **FIRST) as home:
        for name in ("A", "B"):
            await home.say(f"# {name}\n- words of {name}")
            await publish(home, "anyway")
        with pytest.raises(CommandError) as refused:
            await publish(home, "undo #1")
        assert refused.value.name == "publish.nothing-to-undo"
        assert "Episode 2 is a draft again" in (await publish(home, "undo #2")).text
        await home.desk.edits.episode_close(home.request())
        assert "Episode 1 is a draft again" in (await publish(home, "undo")).text
