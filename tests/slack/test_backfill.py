"""Nothing missed: what happened while nobody listened is in the draft in the end."""

import asyncio
import sqlite3
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.services.chat import backfill_worker
from tests.fakes.slack_api import too_many
from tests.patience import LONGEST
from tests.slack.front import Front, front, needs_network

pytestmark = needs_network


async def away(home: Front) -> None:
    """Stop the app; what happens now, Slack gives up telling."""
    await home.stop()
    home.slack.socket.forgetful = True


async def back(home: Front) -> None:
    await home.start()
    await home.settled()


async def test_after_a_restart_everything_that_happened_is_read(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        slack, channel = home.slack, home.channel
        await home.say("# Robots")
        edited = await home.say("[A](https://example.org/a)")
        deleted = await home.say("[B](https://example.org/b)")
        marked = await home.say("[C](https://example.org/c)")
        talk = await home.say("a word worth keeping")
        root = await home.say("[D](https://example.org/d)")
        reply = await home.say("[E](https://example.org/e)", thread=root)
        parent = await home.say("[P](https://example.org/p)")
        await home.say("[Q](https://example.org/q)", thread=parent)
        await away(home)
        await slack.edit(edited, "[A2](https://example.org/a2)")
        await slack.delete(deleted)
        await slack.react(home.jonas, marked, "no_entry_sign")
        await slack.react(home.jonas, talk, "memo")
        await slack.delete(reply)
        await slack.delete(parent)
        await slack.say(home.mika, channel, "[F](https://example.org/f)", thread=root)
        await slack.say(home.mika, channel, "# Crystals")
        await slack.say(home.mika, channel, "[G](https://example.org/g)")
        await back(home)
        assert await home.body() == (
            "### Robots\n\n- [A2](https://example.org/a2)\n\na word worth keeping\n\n"
            "- [D](https://example.org/d)\n- [F](https://example.org/f)\n"
            "- [Q](https://example.org/q)\n\n### Crystals\n\n- [G](https://example.org/g)"
        )
        assert "Rundown was away" in home.slack.shown[-1].words


@pytest.mark.parametrize("is_deleted", [True, False])
async def test_what_slack_tells_again_of_a_message_is_taken_in_unless_it_was_deleted_meanwhile(
    tmp_path: Path, *, is_deleted: bool
) -> None:
    """The news of its deletion is on its way still: it stood in the draft until that came."""
    async with front(tmp_path) as home:
        socket = home.slack.socket
        await home.say("[A](https://example.org/a)")
        await away(home)
        socket.held = []
        raw = await home.slack.say(home.jonas, home.channel, "[B](https://example.org/b)")
        if is_deleted:
            await home.slack.delete(raw)
        late, socket.held = socket.held[0], None
        late.attempt = 1
        await back(home)
        socket.held = [late]
        await socket.let_go(list)
        await home.settled()
        assert ("example.org/b" in await home.body()) is not is_deleted


async def test_a_reply_in_a_thread_older_than_the_episode_is_found(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        root = await home.say("what do we talk about?")
        await home.say("[A](https://example.org/a)")
        await away(home)
        await home.slack.say(home.jonas, home.channel, "[B](https://example.org/b)", thread=root)
        await back(home)
        assert "example.org/b" in await home.body()


async def test_replies_to_what_came_and_went_unseen_stay_under_its_topic(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        slack, channel = home.slack, home.channel
        await home.say("# Robots")
        await away(home)
        root = await slack.say(home.mika, channel, "[A](https://example.org/a)")
        await slack.say(home.jonas, channel, "# Crystals")
        await slack.say(home.jonas, channel, "[B](https://example.org/b)", thread=root)
        await slack.delete(root)
        await back(home)
        assert await home.body() == ("### Robots\n\n- [B](https://example.org/b)\n\n### Crystals")


async def test_a_start_costs_a_request_for_each_channel_in_which_nothing_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is read slowly afterwards begins by the clock, on a busy machine while this waits.
    monkeypatch.setattr(backfill_worker, "SECOND_PASS", 100 * LONGEST)
    async with front(tmp_path) as home:
        others = [home.slack.channel(f"channel-{n}") for n in range(9)]
        for channel in others:
            await home.slack.command(home.boss, channel, "/rundown setup")
        for channel in (home.channel, *others):
            raw = await home.slack.say(home.mika, channel, "[A](https://example.org/a)")
            for n in range(3):
                text = f"[{n}](https://example.org/{n})"
                await home.slack.say(home.mika, channel, text, thread=raw)
        await home.settled()
        home.slack.api.asked.clear()
        await home.restart()
        assert len(home.slack.api.asked) <= 14


async def test_what_a_start_does_not_read_is_read_before_a_draft(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        root = await home.say("what do we talk about?")
        reply = await home.say("[A](https://example.org/a)", thread=root)
        await home.say("[B](https://example.org/b)", thread=root)
        await away(home)
        await home.slack.edit(reply, "[edited](https://example.org/a)")
        await back(home)
        assert "2 links" in (await home.command("/draft")).words
        assert "[edited]" in home.committed("_drafts/ep1.md")


async def test_nothing_that_was_not_missed_is_told(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("[A](https://example.org/a)")
        before = len(home.slack.shown)
        await home.restart()
        await home.settled()
        assert len(home.slack.shown) == before


async def test_long_histories_come_in_pages_and_at_slacks_pace(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        slack = home.slack
        await home.say("# Robots")
        await away(home)
        for n in range(40):
            await slack.say(home.mika, home.channel, f"[L{n}](https://example.org/{n})")
        slack.api.page(7)
        refused = iter([True, False, True])

        def trouble(method: str) -> web.Response | None:
            is_read = method == "conversations.history"
            return too_many(0) if is_read and next(refused, False) else None

        slack.api.trouble = trouble
        await back(home)
        assert (await home.body()).count("- [L") == 40


async def test_lists_of_who_reacted_that_come_cut_short_are_asked_for(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        raw = await home.say("[A](https://example.org/a)")
        await away(home)
        await home.slack.react(home.jonas, raw, "no_entry_sign")
        home.slack.cut_lists = True
        await back(home)
        assert await home.body() == ""


async def test_a_channel_that_may_not_be_read_any_more_stays_as_it_is_known(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        raw = await home.say("[A](https://example.org/a)")
        await away(home)
        await home.slack.delete(raw)
        home.channel.member = False
        await back(home)
        assert "example.org/a" in await home.body()


async def test_when_slack_asks_for_another_connection_nothing_is_lost(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        for n in range(3):
            await home.slack.socket.refresh()
            await home.say(f"[L{n}](https://example.org/{n})")
        assert home.slack.socket.opened >= 4
        assert (await home.body()).count("- [L") == 3


async def test_a_connection_that_is_cut_is_made_anew(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        home.app.connection.greeted.clear()
        await home.slack.socket.drop()
        home.slack.socket.forgetful = True
        await home.slack.say(home.mika, home.channel, "[A](https://example.org/a)")
        await home.connected()
        await home.settled()
        assert "example.org/a" in await home.body()


async def test_tokens_that_are_taken_no_more_are_noticed_without_being_told(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        tokens = home.slack.bot_token, home.slack.app_token
        home.slack.bot_token = home.slack.app_token = "revoked"
        await home.slack.socket.drop()
        async with asyncio.timeout(LONGEST):
            await home.app.revoked.wait()
        home.slack.bot_token, home.slack.app_token = tokens


async def test_a_past_is_read_when_asked_for(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        slack = home.slack
        await slack.say(home.mika, home.channel, "[A](https://example.org/a)")
        await home.settled()
        said = await home.command("/rundown setup", by=home.boss)
        past = next(one for one in said.blocks if one["type"] == "actions")
        where: dict[str, Any] = {"blocks": [past], "channel": home.channel.id, "ts": "1.1"}
        await slack.tap(home.boss, where, "Read the last 7 days")
        await slack.until(lambda: "1 new" in slack.shown[-1].words)
        assert "example.org/a" in await home.body()


async def test_what_was_said_is_read_although_the_clock_was_far_ahead_when_it_stopped(
    tmp_path: Path,
) -> None:
    def ago(seconds: int) -> str:
        return f"{time.time() - seconds:.6f}"

    async with front(tmp_path) as home:
        say = partial(home.slack.say, home.mika, home.channel)
        await say("[A](https://example.org/a)", ts=ago(9_000))
        await home.settled()
        await away(home)
        await say("[B](https://example.org/b)", ts=ago(8_000))
        home.slack.api.page(2)  # the newest page is always read: what is behind it is by its time
        for number in range(4):
            await say(f"talk {number}", ts=ago(7_000 - number))
        with closing(sqlite3.connect(home.folder / "rundown.db")) as db, db:
            later = "UPDATE notes SET body = body + 31622400000000 WHERE area = 'alive'"
            assert db.execute(later).rowcount == 1
        await back(home)
        desk = await home.desk()  # at once: nothing waits for the second pass
        assert "example.org/b" in (await desk.views.rendered(home.watched)).body.text
