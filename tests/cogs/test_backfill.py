"""Nothing is missed: what happened while the bot was away is read when it is back."""

import asyncio
from pathlib import Path

import discord
import pytest

from bot.services.chat import backfill_worker
from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_rest import refuse
from tests.fakes.discord_shapes import MANAGER, Channel
from tests.patience import LONGEST

pytestmark = needs_network

PAPER, TALK, NOTE = (f"https://example.org/{one}" for one in ("paper", "talk", "note"))


def last_words(home: Front) -> str:
    return home.discord.of_bot(home.channel)[-1].content


async def test_what_was_said_while_it_was_away_is_read(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots")
        await home.stop()
        await home.discord.say(home.mika, home.channel, f"[A]({PAPER})")
        await home.start()
        assert PAPER in await home.body()
        assert last_words(home) == "Read the messages from while Rundown was away: 1 new."


async def test_a_draft_wanted_while_a_session_begins_has_what_was_missed(tmp_path: Path) -> None:
    """Discord tells of commands at once; the library says seconds later that a session began."""
    async with front(tmp_path) as home:
        await home.say("# Robots")
        await home.stop()
        await home.discord.say(home.mika, home.channel, f"[A]({PAPER})")
        home.patience = 0.3
        starting = asyncio.create_task(home.start())
        await home.discord.gateway.connected()
        drafted = await home.command("draft")
        assert "1 topic, 1 link" in drafted.text
        await starting


async def test_no_channel_is_looked_for_through_all_servers(tmp_path: Path, monkeypatch) -> None:
    """The library's `get_channel` does, which with 20,000 servers is a third of all CPU."""
    asked: list[int] = []
    monkeypatch.setattr(discord.Client, "get_channel", lambda _, channel: asked.append(channel))
    async with front(tmp_path) as home:
        await home.say("# Robots")
        await home.stop()
        await home.discord.say(home.mika, home.channel, f"[A]({PAPER})")
        await home.start()
        assert PAPER in await home.body()
    assert asked == []


async def test_edits_deletions_and_marks_of_the_meantime_are_found(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        paper, talk, note = [await home.say(f"[{one[-4:]}]({one})") for one in (PAPER, TALK, NOTE)]
        words = await home.say("words to keep")
        await home.say("the end")
        await home.stop()
        await home.discord.edit(paper, f"[new title]({PAPER})")
        await home.discord.delete(talk.id)
        await home.discord.react(home.jonas, note.id, "🚫")
        await home.discord.react(home.jonas, words.id, "📝")
        await home.start()
        assert await home.body() == f"- [new title]({PAPER})\n\nwords to keep"
        assert last_words(home) == (
            "Read the messages from while Rundown was away: 1 new, 1 changed, 2 removed."
        )


async def test_a_mark_that_was_taken_away_meanwhile_counts_no_more(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        post = await home.say(f"[A]({PAPER})")
        await home.discord.react(home.jonas, post.id, "🚫")
        await home.settled()
        assert await home.body() == ""
        await home.stop()
        await home.discord.unreact(home.jonas, post.id, "🚫")
        await home.start()
        assert await home.body() == f"- [A]({PAPER})"


async def test_super_reactions_are_marks_too_also_those_of_the_meantime(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        secret = await home.say(f"[A]({PAPER})")
        await home.discord.react(home.mika, secret.id, "🔒", burst=True)
        post = await home.say("[B](https://example.org/b)")
        both = await home.say("[C](https://example.org/c)")
        await home.stop()
        await home.discord.react(home.jonas, post.id, "🚫", burst=True)
        await home.discord.react(home.mika, both.id, "🚫")
        await home.discord.react(home.jonas, both.id, "🚫", burst=True)
        await home.start()
        assert await home.body() == ""
        await home.discord.unreact(home.jonas, post.id, "🚫", burst=True)
        await home.discord.unreact(home.jonas, both.id, "🚫", burst=True)
        await home.settled()
        assert await home.body() == "- [B](https://example.org/b)"


async def test_the_newest_message_is_known_to_be_gone_only_if_discord_says_so(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        first, last = await home.say(f"[A]({PAPER})"), await home.say(f"[B]({TALK})")
        await home.stop()
        await home.discord.delete(last.id)
        await home.start()
        assert await home.body() == f"- [A]({PAPER})"
        await home.stop()
        await home.discord.delete(first.id)
        home.channel.closed = True  # 403: it stays as it is known
        await home.start()
        assert await home.body() == f"- [A]({PAPER})"


async def test_threads_are_read_too_archived_ones_as_well(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        start = await home.say(f"[A]({PAPER})")
        await home.stop()
        thread = await home.discord.thread(home.channel, "Crystals", on=start.id)
        await home.discord.say(home.mika, thread, f"[B]({TALK})")
        old = await home.discord.thread(home.channel, "Waves")
        await home.discord.say(home.mika, old, f"[C]({NOTE})")
        old.archived, old.archived_at = True, "2099-01-01T00:00:00+00:00"
        await home.start()
        body = await home.body()
        assert "### Crystals" in body
        assert TALK in body
        assert "### Waves" in body
        assert NOTE in body


async def test_more_than_one_page_is_read(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.stop()
        for number in range(250):
            await home.discord.say(home.mika, home.channel, f"[{number}]({PAPER}/{number})")
        await home.start()
        desk = await home.desk()
        assert len((await desk.views.episode(str(home.channel.id))).items()) == 250


async def test_no_reactions_are_put_while_catching_up(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.stop()
        post = await home.discord.say(home.mika, home.channel, f"[A]({PAPER})")
        await home.start()
        assert home.mark(post) == ""


@pytest.mark.parametrize("trouble", ["forgotten", "not resumable"])
async def test_a_session_that_is_lost_is_made_up_for(tmp_path: Path, trouble: str) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots")
        home.bot.began.clear()
        if trouble == "forgotten":
            await home.discord.gateway.forget()
        else:
            await home.discord.gateway.invalidate(resumable=False)
        await home.discord.say(home.mika, home.channel, f"[A]({PAPER})")
        await home.bot.began.wait()
        await home.settled()
        assert PAPER in await home.body()


async def test_a_thread_that_is_renamed_after_a_session_was_lost_keeps_its_new_name(
    tmp_path: Path,
) -> None:
    """What is read before the first command was under the name that the list of threads had."""
    async with front(tmp_path) as home:
        start = await home.say("hello")
        thread = await home.discord.thread(home.channel, "Crystals", on=start.id)
        await home.say(f"[A]({PAPER})", channel=thread)
        home.bot.began.clear()
        await home.discord.gateway.forget()
        await home.bot.began.wait()
        await home.settled()
        await home.discord.rename_thread(thread, "Waves")
        await home.settled()
        for _ in range(2):
            await home.command("draft")
            assert await home.body() == f"### Waves\n\n- [A]({PAPER})"


@pytest.mark.parametrize("trouble", ["dropped", "asked to reconnect", "resumable"])
async def test_a_session_that_can_be_resumed_misses_nothing(tmp_path: Path, trouble: str) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots")
        resumed = home.discord.gateway.resumed
        await {
            "dropped": home.discord.gateway.drop,
            "asked to reconnect": home.discord.gateway.ask_to_reconnect,
            "resumable": lambda: home.discord.gateway.invalidate(resumable=True),
        }[trouble]()
        await home.discord.say(home.mika, home.channel, f"[A]({PAPER})")
        gateway = home.discord.gateway
        async with gateway.changed:
            await gateway.changed.wait_for(lambda: gateway.resumed > resumed)
        await home.settled()
        assert PAPER in await home.body()
        assert gateway.identified == 1


async def test_history_that_cannot_be_had_now_is_read_a_little_later(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots")
        await home.stop()
        await home.discord.say(home.mika, home.channel, f"[A]({PAPER})")
        answers = iter([refuse("GET", "messages", 500, 0)("GET", "messages")] * 1)

        def trouble(method: str, path: str) -> object:
            return next(answers, None) if method == "GET" and path.endswith("/messages") else None

        home.discord.rest.trouble = trouble  # type: ignore[assignment]
        await home.start()
        assert PAPER in await home.body()


async def test_setup_reads_what_the_episode_has_missed_in_a_channel_added_late(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots")
        other = home.discord.channel(home.guild, "more-notes")
        await home.restart()
        await home.discord.say(home.mika, other, f"[A]({PAPER})")
        told = await home.setup(channel=str(other.id))
        assert "Reading earlier messages" in told.text
        await home.settled()
        assert PAPER in await home.body()
        welcome, read = (one.content for one in home.discord.of_bot(other))
        assert welcome.startswith("Write as usual")
        assert read == "Read the messages from while Rundown was away: 1 new."


async def test_setup_reads_a_channels_past_when_asked(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        await home.discord.say(home.mika, home.channel, f"[A]({PAPER})")
        told = await home.setup()
        await home.settled()
        assert await home.body() == ""
        await home.discord.press(home.boss, told.answers[0], "Read the last 7 days")
        await home.settled()
        assert await home.body() == f"- [A]({PAPER})"
        await home.setup(past="all")
        await home.settled()
        assert last_words(home) == "Read the earlier messages: nothing new."


async def test_a_server_that_was_away_is_read_from_where_it_went(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots")
        gateway = home.discord.gateway
        away = {"id": str(home.guild.id), "unavailable": True}
        await gateway.send("GUILD_DELETE", away, guild=home.guild.id)
        await home.settled()
        gateway.held = []  # of what is said there, nothing is told
        await home.discord.say(home.mika, home.channel, f"[A]({PAPER})")
        gateway.held = None
        assert not home.bot.front.backfill.is_whole()  # so that the time is kept at which it went
        back = home.guild.shape([home.channel], home.discord.me)
        await gateway.send("GUILD_CREATE", back, guild=home.guild.id)
        await home.settled()
        assert PAPER in await home.body()
        assert home.bot.front.backfill.is_whole()


async def test_a_start_costs_a_request_for_each_channel_in_which_nothing_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is read slowly afterwards begins by the clock, on a busy machine while this waits.
    monkeypatch.setattr(backfill_worker, "SECOND_PASS", 100 * LONGEST)
    async with front(tmp_path) as home:
        others = [home.discord.channel(home.guild, f"channel-{n}") for n in range(9)]
        await home.restart()
        for channel in others:
            await home.setup(channel=str(channel.id))
        for channel in (home.channel, *others):
            post = await home.discord.say(home.mika, channel, f"[A]({PAPER})")
            thread = await home.discord.thread(channel, "Thread", on=post.id)
            await home.discord.say(home.mika, thread, f"[B]({TALK})")
        await home.settled()
        asked = home.discord.rest.asked
        asked.clear()
        await home.restart()
        history = [one for one in asked if one[1] == "/channels/{channel_id}/messages"]
        assert len(history) <= 12
        assert len(asked) <= 20


async def test_what_a_start_does_not_read_is_read_before_a_draft(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        first = await home.say(f"[A]({PAPER})")
        old = await home.discord.thread(home.channel, "Waves")
        await home.say(f"[C]({NOTE})", channel=old)
        for n in range(120):
            await home.discord.say(home.mika, home.channel, f"talk {n}")
        await home.settled()
        await home.stop()
        await home.discord.edit(first, f"[edited]({PAPER})")
        await home.discord.say(home.mika, old, f"[D]({TALK})")
        old.archived, old.archived_at = True, "2099-01-01T00:00:00+00:00"
        await home.start()
        told = await home.command("draft")
        assert "3 links" in told.text
        assert "[edited]" in home.committed("_drafts/ep1.md")


async def test_a_forums_posts_that_were_archived_meanwhile_are_read_before_a_draft(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        forum = home.discord.channel(home.guild, "ideas", type=15)
        await home.restart()
        await home.setup(channel=str(forum.id))
        await home.discord.forum_post(home.mika, forum, "Robots", f"[A]({PAPER})")
        await home.settled()
        await home.stop()
        old = await home.discord.forum_post(home.mika, forum, "Waves", f"[C]({NOTE})")
        old.archived, old.archived_at = True, "2099-01-01T00:00:00+00:00"
        await home.start()
        assert "2 topics, 2 links" in (await home.command("draft")).text
        assert NOTE in home.committed("_drafts/ep1.md")


async def test_what_cannot_be_read_before_a_draft_is_named(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say(f"[A]({PAPER})")
        other = home.discord.channel(home.guild, "other")
        await home.restart()
        await home.setup(channel=str(other.id))
        other.closed = True
        await home.restart()
        told = await home.command("draft")
        assert f"Not all that was said in <#{other.id}> has been read yet" in told.text
        other.closed = False
        await home.say(f"[B]({TALK})")
        assert "has been read yet" not in (await home.command("draft")).text


async def test_a_channel_that_was_hidden_is_read_when_it_is_shown(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        other = home.discord.channel(home.guild, "other")
        await home.restart()
        await home.setup(channel=str(other.id))
        await home.say(f"[A]({PAPER})", channel=other)
        await home.discord.hide(other, hidden=True)
        await home.settled()
        assert f"<#{other.id}>" in last_words(home)
        post = await home.discord.say(home.mika, other, f"[B]({TALK})")
        await home.restart()  # a restart meanwhile takes nothing for deleted, and forgets nothing
        assert PAPER in await home.body()
        assert TALK not in await home.body()
        await home.discord.hide(other, hidden=False)
        await home.settled()
        body = await home.body()
        assert PAPER in body
        assert TALK in body
        assert post.id in home.discord.posts[other.id]


async def test_a_failure_has_its_own_channel_read_and_no_other(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.setup(channel=str(home.discord.channel(home.guild, "other").id))
        post = await home.say(f"[A]({PAPER})")
        await home.discord.react(home.jonas, post.id, "🚫")
        await home.settled()
        asked = home.discord.rest.asked
        asked.clear()
        home.discord.rest.trouble = refuse("POST", "messages", 403, 50013)
        await home.say(f"[Zoom](https://zoom.us/j/123?pwd=secret) [B]({TALK})")
        assert ("GET", "/channels/{channel_id}/messages") not in asked
        home.discord.rest.trouble = lambda method, path: None
        await home.discord.clear_reactions(post.id)
        await home.settled()
        assert ("GET", "/channels/{channel_id}/messages") not in asked
        assert PAPER in await home.body()


async def test_several_shards_each_tell_of_their_servers(tmp_path: Path) -> None:
    async with front(tmp_path, shards=3) as home:
        home.discord.owner.permissions = MANAGER
        for number in range(3):
            guild = home.discord.guild(f"Server {number}")
            other = home.discord.channel(guild)
            await home.restart()
            await home.discord.command(home.discord.owner, other, "setup")
            await home.discord.say(home.mika, other, f"[{number}]({PAPER}/{number})")
            await home.discord.until(lambda channel=other: marked(home, channel))
        await home.settled()
        assert home.discord.gateway.identified == 12
        desk = await home.desk()
        assert len((await desk.views.episode("")).items()) == 3


def marked(home: Front, channel: Channel) -> bool:
    return any(one.reactions for one in home.discord.posts[channel.id].values())
