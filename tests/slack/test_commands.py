"""Commands as hosts type them on Slack: the same words, answers in their language and eyes."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError

from bot.app.app import clock
from bot.services.chat.front import Backend
from bot.slack.app import PASSING, SlackFront, web_client
from tests.fakes.slack import local_slack
from tests.fakes.slack_api import broken
from tests.slack.front import Front, front, needs_network

pytestmark = needs_network


async def test_help_lists_all_commands_as_they_are_typed_here(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        said = await home.command("/rundown help")
        assert not said.public
        for name in ("/draft", "/outline", "/rundown topic move", "/rundown setup"):
            assert name in said.words
        assert (await home.command("/rundown")).words == said.words
        assert "/rundown link move LINK" in (await home.command("/rundown help link move")).words


async def test_answers_come_in_the_language_of_who_asks(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        aoi = home.slack.user("Aoi", locale="ja-JP")
        assert "コマンド" in (await home.command("/rundown nonsense", by=aoi)).words
        said = await home.command("/rundown nonsense")
        assert "/rundown help" in said.words or "help" in said.words


async def test_what_cannot_be_read_is_told_with_the_usage(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots")
        assert "/rundown topic move" in (await home.command("/rundown topic moev Robots")).words
        assert "TOPIC" in (await home.command("/rundown topic move")).words
        assert not (await home.command('/rundown topic rename "Robots')).public
        assert "Robots" in await home.body()


async def test_names_addresses_and_marks_are_taken_as_they_were_typed(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# R &amp; D *now*".replace("&amp;", "&"))
        await home.say("[A](https://example.org/a)")
        await home.command("/rundown topic rename R &amp; D *now* to:x")
        await home.command("/rundown link retitle <https://example.org/a> 1 &lt; 2 <#C1|notes>")
        assert "1" in await home.body()


async def test_nothing_that_hosts_typed_pings_or_marks_up(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.command("/rundown topic add &lt;!channel&gt; *loud* <@U1>")
        said = await home.command("/rundown topic remove 1")
        texts = [
            one for block in said.blocks for part in block["elements"] for one in part["elements"]
        ]
        assert {one["type"] for one in texts} == {"text"}
        assert "<!channel>" not in said.text


async def test_a_command_that_comes_twice_is_done_and_answered_once(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        home.slack.socket.twice = True
        before = len(home.slack.answers)
        await home.command("/rundown topic add Robots")
        await home.settled()
        assert len(home.slack.answers) == before + 1
        assert (await home.body()).count("Robots") == 1
        raw = await home.say("[A](https://example.org/a)")
        await home.slack.shortcut(home.mika, raw, "leave-out")
        await home.settled()
        assert "example.org/a" not in await home.body()


async def test_a_short_file_is_shown_a_long_one_opened_and_a_very_long_one_sent(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots\n[A](https://example.org/a)")
        said = await home.command("/preview")
        assert "- [A](https://example.org/a)" in said.words
        assert not said.public
        for n in range(30):
            await home.slack.say(home.mika, home.channel, f"- {'long ' * 80}{n}")
        await home.settled()
        await home.slack.give(home.mika, home.channel, "/preview")
        window = await home.slack.window()
        assert "long 29" in home.slack.words(window)
        assert window["title"]["text"] == "ep1.md"
        home.slack.triggers_expire = True
        said = await home.command("/preview")
        assert "sent to you as a file" in said.words
        assert "long 29" in home.slack.files["F0"][1]
        home.slack.triggers_expire = False
        for n in range(30, 200):
            await home.slack.say(home.mika, home.channel, f"- {'long ' * 80}{n}")
        await home.settled()
        said = await home.command("/preview")
        assert "sent to you as a file" in said.words
        assert "long 199" in home.slack.files["F1"][1]


async def test_a_window_that_comes_too_late_is_told_as_that(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        post = await home.say("[A](https://example.org/a)")
        home.slack.triggers_expire = True
        said = await home.slack.shortcut(home.mika, post, "change")
        assert "within 3 seconds only" in said.words
        assert "trigger" not in said.words


async def test_a_channel_is_set_up_by_a_button_but_only_by_who_manages(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        refused = await home.command("/rundown setup")
        assert not refused.public
        await home.say("[A](https://example.org/a)")
        assert not home.shows.watches(home.channel.id)
        offered = await home.command("/draft", by=home.boss)
        where = {"blocks": offered.blocks, "channel": home.channel.id, "ts": "1.1"}
        await home.slack.tap(home.boss, where, "Collect links here")
        await home.slack.until(lambda: "now collects links here" in home.slack.shown[-1].words)
        assert home.shows.watches(home.channel.id)


async def test_the_app_comes_into_public_channels_and_asks_to_be_invited_to_private_ones(
    tmp_path: Path,
) -> None:
    async with front(tmp_path, setup=False) as home:
        home.channel.member = False
        said = await home.command("/rundown setup", by=home.boss)
        assert home.channel.member
        assert "/invite" not in said.words
        secret = home.slack.channel("secret", private=True, member=False)
        said = await home.slack.command(home.boss, secret, "/rundown setup")
        assert "/invite @Rundown" in said.words


async def test_a_conversation_of_two_is_no_channel(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        for identity in ("D0001TEAM", "mpdm-a-b"):
            home.channel.id = identity
            said = await home.command("/rundown setup", by=home.boss)
            assert "Only channels can be watched" in said.words
        assert home.shows.channels.watched() == []


async def test_a_private_channel_is_read_from_its_set_up_on_once_the_app_is_invited(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots")
        secret = home.slack.channel("secret", private=True, member=False)
        await home.slack.say(home.mika, secret, "[A](https://example.org/a)")
        await home.slack.command(home.boss, secret, "/rundown setup")
        await home.slack.say(home.mika, secret, "[B](https://example.org/b)")
        await home.settled()
        assert "example.org" not in await home.body()
        await home.slack.invite(secret)
        await home.settled()
        body = await home.body()
        assert "example.org/a" in body  # said while the episode was open
        assert "example.org/b" in body
        ours = [one for one in home.slack.messages[secret.id].values() if one.get("bot_id")]
        assert sum("✅ kept" in one["text"] for one in ours) == 1


async def test_a_public_channel_is_entered_before_its_past_is_read(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        home.channel.member = False
        await home.slack.say(home.mika, home.channel, "[A](https://example.org/a)")
        await home.command("/rundown setup past:7", by=home.boss)
        await home.settled()
        assert "example.org/a" in await home.body()
        asked = [method for method, _ in home.slack.api.asked]
        assert asked.index("conversations.join") < asked.index("conversations.history")


async def test_being_taken_out_of_a_channel_is_said_elsewhere_and_made_up_for(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        other = home.slack.channel("links")
        await home.slack.command(home.boss, other, "/rundown setup")
        await home.slack.kick(other)
        await home.settled()
        told = [one.words for one in home.slack.shown if "was taken out of" in one.words]
        assert told == [
            f"Rundown was taken out of #{other.id}. What is said there is read when it "
            "is let in again; /rundown setup leave:True there ends it."
        ]
        await home.slack.say(home.mika, other, "[A](https://example.org/a)")
        await home.restart()
        assert "example.org/a" not in await home.body()
        await home.slack.invite(other)
        await home.settled()
        assert "example.org/a" in await home.body()


async def test_a_command_may_be_given_in_a_thread_by_mentioning_the_app(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        root = await home.say("# Robots")
        await home.say("[A](https://example.org/a)", thread=root)
        said = await home.slack.mention(home.mika, home.channel, "draft", thread=root)
        assert "1 link" in said.words
        assert said.raw is not None
        assert said.raw["thread_ts"] == root["ts"]
        said = await home.slack.mention(
            home.mika, home.channel, "link note 1.1 see https://example.org/b", thread=root
        )
        body = await home.body()
        assert body.count("example.org/b") == 1
        assert "see <https://example.org/b>" in body
        shown = len(home.slack.shown)
        await home.slack.say(home.mika, home.channel, f"<@{home.slack.me.id}> thanks!", plain=True)
        await home.settled()
        assert len(home.slack.shown) == shown


async def test_another_channel_is_set_up_by_its_name(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        other = home.slack.channel("links")
        said = await home.command(f"/rundown setup channel:<#{other.id}|links>", by=home.boss)
        assert f"#{home.channel.id}" in said.words
        assert home.shows.watches(other.id)
        said = await home.command("/rundown setup channel:links", by=home.boss)
        assert "no channel “links”" in said.words


async def test_a_group_of_hosts_is_named_by_its_handle(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        home.slack.groups["SHOSTS"] = [home.jonas.id]
        said = await home.command("/rundown setup hosts:@nobody", by=home.boss)
        assert "Nobody here is called “nobody”" in said.words
        await home.command("/rundown setup hosts:@hosts", by=home.boss)
        assert "Only hosts" in (await home.command("/rundown topic add X")).words
        assert "Only hosts" not in (await home.command("/rundown topic add X", by=home.jonas)).words
        await home.command("/rundown setup hosts:everyone", by=home.boss)
        assert "Only hosts" not in (await home.command("/rundown topic add Y")).words


async def test_two_workspaces_feed_one_episode_each_by_its_own_app(tmp_path: Path) -> None:
    async with (
        front(tmp_path) as home,
        local_slack("T0001TEAM2") as other,
        aiohttp.ClientSession() as session,
    ):
        channel = other.channel()
        boss = other.user("Chief", admin=True)
        backend = Backend(shows=home.shows, store=home.store, clock=clock, site=str(home.site))
        client = web_client(other.bot_token, other.url, session)
        app = await SlackFront.open(backend, client=client, app_token=other.app_token, ping=0.5)
        try:
            await app.connection.greeted.wait()
            await other.command(boss, channel, "/rundown setup")
            await home.say("[A](https://example.org/a)")
            raw = await other.say(boss, channel, "[B](https://example.org/b)")
            await other.quiet()
            await app.wait_idle()
            assert await home.body() == "- [A](https://example.org/a)\n- [B](https://example.org/b)"
            assert other.reactions[channel.id, raw["ts"]] == {"white_check_mark": [other.me.id]}
            await home.command("/outline")
            assert "1.2" in home.slack.words(home.slack.panel(home.channel)) or "B" in (
                home.slack.words(home.slack.panel(home.channel))
            )
        finally:
            await app.aclose()
        assert other.faults == []


def failing_once(home: Front, answer: Callable[[], web.Response]) -> list[str]:
    """Have a read and a post fail, once each; return the methods that are called from now on."""
    failing = {"users.info", "chat.postMessage"}
    tried: list[str] = []

    def trouble(method: str) -> web.Response | None:
        tried.append(method)
        if method not in failing:
            return None
        failing.remove(method)
        return answer()

    home.slack.api.trouble = trouble
    return tried


@pytest.mark.parametrize("status", [502, 504])
async def test_what_a_gateway_fails_to_bring_is_asked_again_and_nothing_is_posted_twice(
    tmp_path: Path, status: int
) -> None:
    async with front(tmp_path) as home, aiohttp.ClientSession() as session:
        tried = failing_once(home, lambda: broken(status))
        said = await home.command("/rundown topic add Robots", by=home.slack.user("Newcomer"))
        assert "Robots" in said.words
        assert tried.count("users.info") == 2
        client = web_client(home.slack.bot_token, home.slack.url, session)
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel=home.channel.id, text="once")
        assert tried.count("chat.postMessage") == 1


@pytest.mark.parametrize("code", [*PASSING, "ratelimited"])
async def test_what_slack_fails_to_bring_by_its_own_word_is_asked_again(
    tmp_path: Path, code: str
) -> None:
    async with front(tmp_path) as home, aiohttp.ClientSession() as session:
        tried = failing_once(home, lambda: web.json_response({"ok": False, "error": code}))
        said = await home.command("/rundown topic add Robots", by=home.slack.user("Newcomer"))
        assert "Robots" in said.words
        assert tried.count("users.info") == 2
        client = web_client(home.slack.bot_token, home.slack.url, session)
        if code == "ratelimited":  # nothing was done, so this is sent again too
            await client.chat_postMessage(channel=home.channel.id, text="once")
            assert tried.count("chat.postMessage") == 2
            return
        with pytest.raises(SlackApiError, match=code):
            await client.chat_postMessage(channel=home.channel.id, text="once")
        assert tried.count("chat.postMessage") == 1


async def test_a_refusal_names_people_and_channels_by_mentions(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        newcomer = home.slack.user("Newcomer")
        home.slack.api.trouble = lambda method: (
            web.json_response({"ok": False, "error": "internal_error"})
            if method == "users.info"
            else None
        )
        said = await home.command("/rundown topic add Robots", by=newcomer)
        assert said.text.startswith(f"Slack answered @{newcomer.id} with internal_error;")
        drawn = said.blocks[0]["elements"][0]["elements"]
        assert {"type": "user", "user_id": newcomer.id} in drawn


async def test_what_is_not_answered_by_the_end_is_stopped_before_the_connection_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.slack.app.LAST_WORDS", 0.01)
    began, stopped = asyncio.Event(), asyncio.Event()

    async def work(ask: object) -> None:
        try:
            began.set()
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async with front(tmp_path) as home:
        body = {"command": "/draft", "channel_id": home.channel.id, "user_id": home.mika.id}
        home.app.asking.begin({**body, "trigger_id": "t1"}, work)
        await began.wait()
        await home.stop()
        assert stopped.is_set()
        (line,) = [one for one in caplog.records if one.levelname in ("WARNING", "ERROR")]
        assert line.getMessage() == "stopped before it was answered"
        assert vars(line)["requests"] == "/draft"
        await home.start()
