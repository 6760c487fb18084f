"""Marks on what is said in a thread of Discord, whose name goes with it."""

from pathlib import Path

import pytest

from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_shapes import Channel
from tests.services.desk.house import stored

pytestmark = needs_network

PAPER, TALK = (f"https://example.org/{one}" for one in ("paper", "talk"))
LINE = f"- [A]({PAPER})"


async def threaded(home: Front) -> Channel:
    """Open a thread with a name of its own on a message."""
    starter = await home.say("# Physics")
    return await home.discord.thread(home.channel, "Crystals", on=starter.id)


@pytest.mark.parametrize("way", ["restart", "rename"])
async def test_what_was_locked_in_a_thread_comes_back_whatever_became_of_the_name(
    tmp_path: Path, way: str
) -> None:
    async with front(tmp_path) as home:
        thread = await threaded(home)
        post = await home.say(f"[A]({PAPER})", channel=thread)
        await home.discord.react(home.mika, post.id, "🔒")
        await home.settled()
        if way == "restart":
            await home.restart()
        else:
            await home.discord.rename_thread(thread, "Glass")
        await home.settled()
        await home.discord.unreact(home.mika, post.id, "🔒")
        await home.settled()
        assert LINE in await home.body()
        await home.restart()
        name = "Crystals" if way == "restart" else "Glass"
        assert await home.body() == f"### Physics\n\n### {name}\n\n{LINE}"


@pytest.mark.parametrize("is_first_link", [False, True])
@pytest.mark.parametrize("is_drafted", [False, True])
@pytest.mark.parametrize("way", ["unreact", "clear"])
async def test_a_thread_has_its_name_again_when_its_first_message_is_back(
    tmp_path: Path, way: str, *, is_first_link: bool, is_drafted: bool
) -> None:
    async with front(tmp_path) as home:
        starter = await home.say(f"[T]({TALK})" if is_first_link else "about robots")
        thread = await home.discord.thread(home.channel, "Crystals", on=starter.id)
        await home.say(f"[A]({PAPER})", channel=thread)
        await home.settled()
        before = await home.body()
        await home.discord.react(home.mika, starter.id, "🔒")
        await home.settled()
        assert "Crystals" not in await home.body()
        if is_drafted:
            await home.command("draft")
            await home.settled()
        if way == "unreact":
            await home.discord.unreact(home.mika, starter.id, "🔒")
        else:
            await home.discord.clear_reactions(starter.id)
        await home.settled()
        assert before == await home.body()
        await home.restart()
        assert before == await home.body()


@pytest.mark.parametrize("marked", [False, True])
async def test_talk_is_kept_in_a_thread_that_was_renamed_after_it(
    tmp_path: Path, *, marked: bool
) -> None:
    async with front(tmp_path) as home:
        thread = await threaded(home)
        post = await home.say("a word worth keeping", channel=thread)
        if marked:
            await home.discord.react(home.mika, post.id, "🚫")
            await home.discord.unreact(home.mika, post.id, "🚫")
        await home.discord.rename_thread(thread, "Glass")
        await home.settled()
        await home.discord.react(home.mika, post.id, "📝")
        await home.settled()
        assert await home.body() == "### Physics\n\n### Glass\n\na word worth keeping"


@pytest.mark.parametrize("mark", ["🔒", "📝"])
async def test_a_locked_thread_s_name_is_not_stored_again_with_what_is_read_again_in_it(
    tmp_path: Path, mark: str
) -> None:
    async with front(tmp_path) as home:
        starter = await home.say(f"[B]({TALK})")
        thread = await home.discord.thread(home.channel, "Whispered", on=starter.id)
        text = f"[A]({PAPER})" if mark == "🔒" else "talk"
        post = await home.say(text, channel=thread)
        await home.discord.react(home.mika, starter.id, "🔒")
        await home.settled()
        await home.discord.react(home.mika, post.id, mark)
        await home.settled()
        if mark == "🔒":
            await home.discord.unreact(home.mika, post.id, mark)
            await home.settled()
        assert await home.body() == (LINE if mark == "🔒" else "talk")
        assert "Whispered" not in stored(home.folder)


async def test_a_reply_to_what_was_locked_in_a_thread_stays_in_the_thread(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        thread = await threaded(home)
        post = await home.say(f"[B]({TALK})", channel=thread)
        await home.discord.react(home.mika, post.id, "🔒")
        await home.settled()
        await home.say(f"[A]({PAPER})", channel=thread, reply_to=post.id)
        assert await home.body() == f"### Physics\n\n### Crystals\n\n{LINE}"
