"""What people write in a watched channel, and the one quiet mark that they see of it."""

import sqlite3
from pathlib import Path

import pytest

from bot.adapters.web.fetcher import Web
from bot.core.model import Lookup
from bot.core.urls import canonical
from tests.cogs.front import Front, front, needs_network
from tests.fakes.pages import pages

pytestmark = needs_network

PAPER, TALK, NOTE = (f"https://example.org/{one}" for one in ("paper", "talk", "note"))


def kept(home: Front) -> str:
    """All that the database holds of messages, as it lies there."""
    with sqlite3.connect(f"file:{home.folder / 'rundown.db'}?mode=ro", uri=True) as db:
        return "\n".join(body for (body,) in db.execute("SELECT body FROM events"))


async def test_one_quiet_mark_says_what_became_of_a_message(tmp_path: Path) -> None:
    async with pages() as served, Web(allow_private=True) as web:
        titled = served.put("/a", "<title>A title</title>")
        async with front(tmp_path, web=web) as home:
            topic = await home.say("# Robots")
            link = await home.say(titled)
            again = await home.say(f"seen this? {titled}", by=home.jonas)
            talk = await home.say("nice one")
            bare = await home.say(f"{served.root}/nothing-here")
            marks = [home.mark(one) for one in (topic, link, again, talk)]
            assert marks == ["✅", "✅", "♻️", ""]
            await home.discord.until(lambda: home.mark(bare) == "❓")
            assert len(home.discord.of_bot(home.channel)) == 0
            assert "nice one" not in kept(home)


async def test_a_mark_follows_when_a_message_is_edited(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        post = await home.say(f"[A paper]({PAPER})")
        assert home.mark(post) == "✅"
        await home.discord.edit(post, "never mind")
        await home.settled()
        assert home.mark(post) == ""
        assert await home.body() == ""


async def test_edits_and_deletions_are_followed_also_many_at_once(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        first, second, third = [
            await home.say(f"[{name}]({PAPER}/{name})") for name in ("one", "two", "three")
        ]
        await home.discord.edit(first, f"[uno]({PAPER}/one)")
        await home.settled()
        assert "[uno]" in await home.body()
        await home.discord.delete(first.id)
        await home.settled()
        assert "one" not in await home.body()
        await home.discord.delete(second.id, third.id)
        await home.settled()
        assert await home.body() == ""


async def test_a_preview_that_arrives_later_is_a_title_and_no_edit(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        post = await home.say(PAPER)
        assert home.mark(post) == "❓"
        await home.discord.unfurl(post, PAPER, "As Discord shows it")
        await home.settled()
        assert await home.body() == f"- [As Discord shows it]({PAPER})"
        assert home.mark(post) == "✅"
        assert kept(home).count(PAPER) == 1


async def test_marks_of_people_keep_leave_out_and_take_off_the_record(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        talk = await home.say("a thought worth keeping")
        paper, secret = await home.say(f"[A]({PAPER})"), await home.say(f"[B]({TALK})")
        for post, emoji in ((talk, "📝"), (paper, "🚫"), (secret, "🔒")):
            await home.discord.react(home.jonas, post.id, emoji)
            await home.settled()
        assert await home.body() == "a thought worth keeping"
        assert [home.mark(one) for one in (talk, paper, secret)] == ["✅", "", ""]
        assert TALK not in kept(home)
        for post, emoji in ((talk, "📝"), (paper, "🚫"), (secret, "🔒")):
            await home.discord.unreact(home.jonas, post.id, emoji)
            await home.settled()
        assert await home.body() == f"- [A]({PAPER})\n- [B]({TALK})"


async def test_the_bots_own_marks_and_messages_of_bots_count_for_nothing(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        robot = home.discord.user("Robot", bot=True)
        await home.say(PAPER, by=robot)
        await home.say(TALK, type=7)
        talk = await home.say("words")
        await home.discord.react(robot, talk.id, "📝")
        await home.settled()
        assert await home.body() == ""


async def test_a_reply_goes_to_what_it_replies_to(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# One")
        first = await home.say(f"[A]({PAPER})")
        await home.say("# Two")
        await home.say(f"[B]({TALK})", reply_to=first.id)
        assert await home.body() == f"### One\n\n- [A]({PAPER})\n- [B]({TALK})\n\n### Two"


async def test_a_forwarded_message_says_what_it_carries(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("", forwarded=f"[From elsewhere]({PAPER})")
        assert await home.body() == f"- [From elsewhere]({PAPER})"


async def test_a_forwarded_message_names_those_whom_it_mentions(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        ada, bo = home.discord.user("Ada"), home.discord.user("Bo")
        told = f"[Met <@{ada.id}> and <@{bo.id}>]({PAPER})\n- in <#{home.channel.id}>, not <@4003>"
        await home.say("", forwarded=told, mentions=(ada, bo))
        assert await home.body() == (
            f"- [Met @Ada and @Bo]({PAPER})\n  - in #{home.channel.name}, not @unknown-user"
        )


async def test_one_that_was_forwarded_while_nobody_ran_names_them_too(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# One")
        await home.stop()
        ada = home.discord.user("Ada")
        words = f"- with <@{ada.id}>"
        await home.discord.say(home.mika, home.channel, "", forwarded=words, mentions=(ada,))
        await home.start()
        await home.settled()
        assert await home.body() == "### One\n\n- with @Ada"


async def test_a_preview_takes_nothing_from_a_providers_answer(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        # A post of X's: its answer has no title, one is made of author and text.
        answer = {"author_name": "Ada", "html": "<blockquote>words</blockquote>"}
        for first in ("answer", "preview"):
            url = f"https://x.com/ada/status/{len(first)}"
            known = Lookup(url, source="provider", answer=answer, embed_html="<blockquote>")
            if first == "answer":
                await home.store.put_lookups({canonical(url): known})
            post = await home.say(url)
            await home.discord.unfurl(post, url, "Ada (@ada) on X")
            await home.settled()
            if first == "preview":
                await home.store.put_lookups({canonical(url): known})
            (kept,) = (await home.store.lookups([canonical(url)])).values()
            assert kept.answer == answer
            assert kept.embed_html == "<blockquote>"


async def test_a_renamed_thread_renames_its_topic(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        start = await home.say("hello")
        thread = await home.discord.thread(home.channel, "Crystals", on=start.id)
        await home.say(f"[A]({PAPER})", channel=thread)
        assert await home.body() == f"### Crystals\n\n- [A]({PAPER})"
        for name in ("Waves", "Crystals", "Waves"):
            await home.discord.rename_thread(thread, name)
            await home.settled()
            assert await home.body() == f"### {name}\n\n- [A]({PAPER})"
        await home.stop()
        await home.discord.rename_thread(thread, "Gravity")
        await home.start()
        assert await home.body() == f"### Gravity\n\n- [A]({PAPER})"


async def test_whoever_locks_a_committed_message_is_told_where_it_still_stands(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        private = home.discord.private(home.jonas)
        post = await home.say(f"[A]({PAPER})")
        await home.discord.react(home.jonas, post.id, "🔒")
        await home.settled()
        assert home.discord.of_bot(private) == []  # nothing was committed: ✅ goes, and that is all
        for takes_private, channel in ((True, private), (False, home.channel)):
            home.discord.takes_private = takes_private
            post = await home.say(f"[B]({TALK}/{takes_private})")
            await home.command("draft")
            commit = home.committed_id()
            await home.discord.react(home.jonas, post.id, "🔒")
            await home.settled()
            assert commit[:7] in home.discord.of_bot(channel)[-1].content


@pytest.mark.parametrize("by_menu", [True, False])
async def test_a_mark_names_every_commit_that_holds_it_also_those_of_people(
    tmp_path: Path, by_menu: bool
) -> None:
    async with front(tmp_path) as home:
        await home.say(f"[A]({PAPER})")
        post = await home.say(f"[B]({TALK})\nit comes out in March")
        await home.command("draft")
        held = [home.committed_id()[:10]]
        held.append(home.commit_by_hand("_drafts/ep1.md", "\nit comes out in March, says Jo\n"))
        if by_menu:
            told = (await home.discord.menu(home.mika, post, "Off the record")).text
        else:
            await home.discord.react(home.jonas, post.id, "🔒")
            await home.settled()
            told = home.discord.of_bot(home.discord.private(home.jonas))[-1].content
        assert all(commit in told for commit in held)
        assert "March" not in told


async def test_threads_and_forum_posts_have_their_own_topic(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        start = await home.say(f"[A]({PAPER})")
        thread = await home.discord.thread(home.channel, "Crystals", on=start.id)
        await home.say(f"[B]({TALK})", channel=thread)
        forum = home.discord.channel(home.guild, "ideas", type=15)
        await home.restart()
        await home.setup(channel=str(forum.id))
        post = await home.discord.forum_post(home.mika, forum, "Robots", f"[C]({NOTE})")
        await home.settled()
        await home.say(f"[D]({NOTE}/2)", channel=post)
        body = await home.body()
        assert body == (
            f"- [A]({PAPER})\n\n### Crystals\n\n- [B]({TALK})\n\n"
            f"### Robots\n\n- [C]({NOTE})\n- [D]({NOTE}/2)"
        )


async def test_what_was_said_in_a_thread_goes_with_the_thread(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say(f"[A]({PAPER})")
        thread = await home.discord.thread(home.channel, "Crystals")
        await home.say(f"[B]({TALK})", channel=thread)
        assert TALK in await home.body()
        await home.discord.delete_thread(thread)
        await home.settled()
        assert TALK not in await home.body()


async def test_a_thread_s_name_stays_off_the_record_with_its_first_message(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        forum = home.discord.channel(home.guild, "ideas", type=15)
        await home.restart()
        await home.setup(channel=str(forum.id))
        post = await home.discord.forum_post(home.mika, forum, "Secret guest", f"[A]({PAPER})")
        await home.settled()
        assert await home.body() == f"### Secret guest\n\n- [A]({PAPER})"
        await home.discord.react(home.mika, post.id, "🔒")
        await home.settled()
        await home.say(f"[B]({TALK})", channel=post)
        assert await home.body() == f"- [B]({TALK})"
        await home.discord.rename_thread(post, "The secret guest")
        late = await home.discord.forum_post(home.mika, forum, "Late guest", f"[C]({NOTE})")
        await home.settled()
        await home.stop()
        await home.discord.react(home.mika, late.id, "🔒")
        await home.discord.say(home.mika, late, f"[D]({NOTE}/2)")
        again = await home.discord.forum_post(home.mika, forum, "Guest unseen", f"[E]({NOTE}/3)")
        await home.discord.react(home.mika, again.id, "🔒")
        await home.discord.say(home.mika, again, f"[F]({NOTE}/4)")
        await home.start()
        body = await home.body()
        assert "guest" not in body.lower()
        assert f"[B]({TALK})" in body
        assert f"[D]({NOTE}/2)" in body
        assert f"[F]({NOTE}/4)" in body


async def test_what_was_said_below_a_first_message_off_the_record_stands_where_the_episode_has_it(
    tmp_path: Path,
) -> None:
    """Not where the heading was that went: that would be taken for what people did in the file."""
    async with front(tmp_path) as home:
        forum = home.discord.channel(home.guild, "ideas", type=15)
        await home.restart()
        await home.setup(channel=str(forum.id))
        await home.say("### A")
        post = await home.discord.forum_post(home.mika, forum, "Robots", f"[B]({PAPER})")
        await home.say(f"[C]({TALK})", channel=post)
        await home.command("draft")
        await home.discord.react(home.mika, post.id, "🔒")
        await home.settled()
        assert "Kept edits" not in (await home.command("draft")).text
        text = home.committed("_drafts/ep1.md")
        assert text.endswith(f"---\n\n- [C]({TALK})\n\n### A\n")
        await home.discord.unreact(home.mika, post.id, "🔒")
        await home.settled()
        await home.command("draft")
        text = home.committed("_drafts/ep1.md")
        assert text.endswith(f"### A\n\n### Robots\n\n- [B]({PAPER})\n- [C]({TALK})\n")


VOICE = {
    "id": "1",
    "filename": "voice.ogg",
    "size": 1,
    "url": "https://cdn.example/voice.ogg",
    "proxy_url": "https://cdn.example/voice.ogg",
    "duration_secs": 1,
    "waveform": "AA",  # which the library cannot read, and so not the message
}


async def test_a_message_that_the_library_cannot_read_is_read_without_what_it_stumbles_over(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        await home.say(f"[A]({PAPER})", attachments=[VOICE])
        assert await home.body() == f"- [A]({PAPER})"
        await home.stop()
        await home.discord.say(home.mika, home.channel, f"[B]({TALK})", attachments=[VOICE])
        await home.start()
        assert await home.body() == f"- [A]({PAPER})\n- [B]({TALK})"


async def test_news_of_a_message_that_is_gone_by_now_are_no_trouble(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with front(tmp_path) as home:
        post = await home.say(f"[A]({PAPER})")
        await home.discord.delete(post.id)
        await home.settled()
        home.discord.rest.asked.clear()
        partial = {"id": str(post.id), "channel_id": str(home.channel.id), "embeds": []}
        await home.discord.gateway.send(
            "MESSAGE_UPDATE", {**partial, "guild_id": str(home.guild.id)}, guild=home.guild.id
        )
        await home.settled()
        asked = [one for one in home.discord.rest.asked if "messages" in one[1]]
        assert [one[1] for one in asked] == ["/channels/{channel_id}/messages/{message_id}"]
        assert await home.body() == ""
        assert not [one for one in caplog.records if one.levelname == "ERROR"]


async def test_names_of_people_and_channels_are_written_and_nobody_is_pinged(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        told = f"- ask <@{home.jonas.id}> in <#{home.channel.id}>"
        await home.say(told, mentions=(home.jonas,))
        assert await home.body() == "- ask @Jonas in #show-notes"
        shown = await home.command("outline")
        assert home.discord.panel(home.channel).content == ""
        assert shown.private


async def test_an_address_with_a_key_is_left_out_and_its_writer_told(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        post = await home.say("https://example.org/paper?access_token=abcdefghijklmnop")
        (told,) = home.discord.of_bot(home.channel)
        assert told.reply_to == post.id
        assert "example.org" in told.content
        assert "abcdefghijklmnop" not in told.content
        assert "abcdefghijklmnop" not in kept(home)


async def test_a_channel_that_nobody_watches_costs_nothing(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        other = home.discord.channel(home.guild, "elsewhere")
        await home.restart()
        asked = len(home.discord.rest.asked)
        changes = home.store._db.total_changes
        post = await home.say(PAPER, channel=other)
        await home.discord.react(home.mika, post.id, "📝")
        await home.discord.edit(post, "# Topic")
        await home.discord.delete(post.id)
        await home.settled()
        assert len(home.discord.rest.asked) == asked
        assert home.store._db.total_changes == changes


async def test_without_the_right_to_react_all_is_kept_all_the_same(tmp_path: Path) -> None:
    from tests.fakes.discord_rest import refuse

    async with front(tmp_path) as home:
        home.discord.rest.trouble = refuse("PUT", "reactions", 403, 50013)
        await home.say(f"[A]({PAPER})")
        assert await home.body() == f"- [A]({PAPER})"


@pytest.mark.parametrize("shape", ["no author", "no content", "nothing"])
async def test_an_event_that_cannot_be_read_stops_nothing(tmp_path: Path, shape: str) -> None:
    async with front(tmp_path) as home:
        post = home.discord.new_post(home.channel.id, home.mika, f"[A]({PAPER})")
        home.discord.posts[home.channel.id][post.id] = post
        home.discord.standing[post.id] = home.channel.id
        event = home.discord._event(post)
        for name in {"no author": ["author"], "no content": ["content"], "nothing": list(event)}[
            shape
        ]:
            if name not in ("id", "channel_id", "guild_id"):
                event.pop(name)
        await home.discord.gateway.send("MESSAGE_CREATE", event, guild=home.guild.id)
        await home.say(f"[B]({TALK})")
        await home.settled()
        assert await home.body() == f"- [A]({PAPER})\n- [B]({TALK})"
