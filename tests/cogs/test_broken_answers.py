"""A connection that breaks under an answer: it is said all the same, and nothing false is.

discord.py 2.6 sends no request again where a server ends a connection that was kept open, or where
Linux says that it was reset.
"""

import asyncio
from pathlib import Path

import pytest

from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_asks import Interaction

pytestmark = needs_network

PAPER, TALK = (f"https://example.org/{one}" for one in ("paper", "talk"))
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
HOOK = "/webhooks/{webhook_id}/{webhook_token}"
FILE = "shows/ep1.md"
whenever = pytest.mark.parametrize("when", ["before", "after"])


async def filled(home: Front) -> None:
    for text in ("# One", f"[A]({PAPER})", f"[B]({TALK})"):
        await home.discord.say(home.mika, home.channel, text)
    await home.settled()


def cut(
    home: Front, when: str, *, method: str = "POST", path: str = CALLBACK, times: int = 1
) -> None:
    home.discord.rest.cuts += [(method, path, when)] * times


def told(asked: Interaction) -> list[str]:
    assert not any("Something went wrong" in post.content for post in asked.answers)
    return [post.content for post in asked.answers]


@whenever
@pytest.mark.parametrize("times", [1, 2])
async def test_an_answer_is_said_again_and_what_was_asked_for_is_done_once(
    tmp_path: Path, when: str, times: int
) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        cut(home, when, times=times)
        asked = await home.command("link note", link="A", text="a note")
        assert told(asked) == ["Added a note under “A”."]
        assert (await home.command("preview")).text.count("a note") == 1


@whenever
@pytest.mark.parametrize("path", [CALLBACK, HOOK])
async def test_work_that_takes_its_time_is_announced_and_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str, path: str
) -> None:
    monkeypatch.setattr("cogs.answers.PATIENCE", 0.0)
    async with front(tmp_path) as home:
        await filled(home)
        cut(home, when, path=path)
        asked = await home.command("draft")
        await home.settled()
        answers = told(asked)
        assert "2 links" in answers[0]
        assert answers == answers[:1] * len(answers)  # what follows may be said twice


@whenever
async def test_a_file_comes_whole(tmp_path: Path, when: str) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        cut(home, when)
        assert f"- [B]({TALK})" in (await home.command("preview")).text


@whenever
async def test_a_form_opens_and_a_card_shows_what_became_of_it(tmp_path: Path, when: str) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        await home.command("outline")
        panel = home.discord.panel(home.channel)
        cut(home, when)
        card = await home.discord.pick(home.mika, panel, "A")
        cut(home, when)
        form = await home.discord.press(home.mika, card.answers[-1], "Add note")
        cut(home, when)
        done = await home.discord.submit(form, "a note")
        await home.settled()
        assert "a note" in done.text
        assert (await home.command("preview")).text.count("a note") == 1


async def test_where_no_word_comes_through_nothing_is_done_as_discord_says(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        cut(home, "before", times=3)
        asked = asyncio.create_task(home.command("link note", link="A", text="a note"))
        while home.discord.rest.cuts:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)
        await home.settled()
        assert "not done, as its announcement was not taken" in caplog.text
        assert "a request failed" not in caplog.text
        asked.cancel()
        assert "a note" not in (await home.command("preview")).text
