"""Who is named as a host on Discord, and what becomes of what others post."""

import asyncio
from pathlib import Path

import pytest

from bot.services.desk import draft_scheduler
from tests.cogs.front import PROFILE, Front, front, needs_network
from tests.fakes.discord import User
from tests.patience import LONGEST
from tests.services.desk.house import stored

pytestmark = needs_network

PAPER, TALK = (f"https://example.org/{one}" for one in ("paper", "talk"))
ROLE, OTHER_ROLE = 5555, 6666


async def limited(home: Front, hosts: str) -> User:
    """Name the hosts; return somebody with the first role."""
    home.guild.roles |= {ROLE: "Hosts", OTHER_ROLE: "Editors"}
    await home.restart()
    told = await home.setup(hosts=hosts)
    assert "What others post waits" in told.text
    return home.discord.user("Host", roles=(ROLE,))


async def test_what_others_post_waits_until_a_host_marks_it(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        host = await limited(home, f"<@&{ROLE}>")
        await home.say("# Ours", by=host)
        await home.say("# Theirs")
        post = await home.say(f"[A]({PAPER})")
        await home.say(f"[B]({TALK})", by=host)
        assert await home.body() == f"### Ours\n\n- [B]({TALK})"
        assert home.mark(post) == "⏳"
        await home.discord.react(home.mika, post.id, "📝")
        await home.settled()
        assert await home.body() == f"### Ours\n\n- [B]({TALK})"
        await home.discord.react(host, post.id, "📝")
        await home.settled()
        assert await home.body() == f"### Ours\n\n- [A]({PAPER})\n- [B]({TALK})"
        assert home.mark(post) == "✅"


async def test_a_host_takes_it_in_by_the_message_s_menu_too(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        host = await limited(home, f"<@&{ROLE}>")
        post = await home.say(f"[A]({PAPER})")
        assert "Only hosts" in (await home.discord.menu(home.mika, post, "Add to draft")).text
        await home.discord.menu(host, post, "Add to draft")
        await home.settled()
        assert await home.body() == f"- [A]({PAPER})"


async def test_a_fence_of_somebody_else_s_never_gets_into_the_page(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        host = await limited(home, f"<@&{ROLE}>")
        post = await home.say("```html\n<script>alert(1)</script>\n```")
        await home.discord.react(host, post.id, "📝")
        await home.settled()
        assert "<script" not in await home.body()


async def test_what_was_posted_while_nobody_ran_waits_as_well(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        host = await limited(home, f"<@&{ROLE}>")
        await home.stop()
        await home.discord.say(home.mika, home.channel, f"[A]({PAPER})")
        await home.discord.say(host, home.channel, f"[B]({TALK})")
        await home.start()
        assert await home.body() == f"- [B]({TALK})"


async def test_a_writer_may_always_leave_out_what_is_theirs(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        post = await home.say(f"[A]({PAPER})")
        other = await home.say(f"[B]({TALK})")
        await limited(home, f"<@&{ROLE}>")
        await home.discord.react(home.mika, post.id, "🚫")
        await home.settled()
        assert await home.body() == f"- [B]({TALK})"
        await home.discord.menu(home.mika, other, "Off the record")
        await home.settled()
        assert await home.body() == ""


async def test_a_mark_that_counted_stays_when_its_host_is_none_any_more(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        host = await limited(home, f"<@&{ROLE}>")
        post = await home.say(f"[A]({PAPER})", by=host)
        await home.discord.react(host, post.id, "🔒")
        await home.settled()
        assert await home.body() == ""
        host.roles = ()
        await home.restart()
        await home.restart()
        assert await home.body() == ""


async def test_a_lost_role_counts_for_what_is_read_of_a_time_without_a_session(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        host = await limited(home, f"<@&{ROLE}>")
        await home.stop()
        first = await home.discord.say(home.mika, home.channel, f"[A]({PAPER})")
        await home.discord.react(host, first.id, "📝")
        await home.start()
        assert await home.body() == f"- [A]({PAPER})"
        host.roles = ()
        home.bot.began.clear()
        await home.discord.gateway.forget()
        await home.discord.say(host, home.channel, f"[B]({TALK})")
        await home.discord.react(host, first.id, "🚫")
        await home.bot.began.wait()
        await home.settled()
        assert await home.body() == f"- [A]({PAPER})"


async def test_a_writer_s_mark_counts_where_discord_does_not_say_who_wrote(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        post = await home.say(f"[A]({PAPER})")
        other = await home.say(f"[B]({TALK})", by=home.jonas)
        await limited(home, f"<@&{ROLE}>")
        await home.discord.react(home.mika, post.id, "🔒", names_author=False)
        await home.discord.react(home.mika, other.id, "🔒", names_author=False)
        await home.settled()
        assert await home.body() == f"- [B]({TALK})"


@pytest.mark.parametrize(
    "typed",
    [
        "<@&{role}>, <@{user}>",
        "<@&{role}> <@{user}>",
        "@Hosts, <@{user}>",
        "Hosts、<@{user}>",
        "{role} {user}",
    ],
)
async def test_hosts_are_roles_and_single_people_however_they_are_typed(
    tmp_path: Path, typed: str
) -> None:
    async with front(tmp_path) as home:
        aoi = home.discord.user("Aoi")
        host = await limited(home, typed.format(role=ROLE, user=aoi.id))
        await home.say(f"[A]({PAPER})", by=aoi)
        await home.say(f"[B]({TALK})", by=host)
        await home.say("[C](https://example.org/c)")
        assert await home.body() == f"- [A]({PAPER})\n- [B]({TALK})"


async def test_nobody_of_that_name_is_told_and_changes_nothing(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        told = await home.setup(hosts="@Nobody, @everybody-else")
        assert "Nobody here is called “Nobody”" in told.text
        await home.say(f"[A]({PAPER})")
        assert await home.body() == f"- [A]({PAPER})"


async def test_a_preview_of_what_a_guest_s_edit_says_waits_with_it_and_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        host = await limited(home, f"<@&{ROLE}>")
        post = await home.say(PAPER)
        await home.discord.react(host, post.id, "📝")
        await home.settled()
        await home.discord.edit(post, TALK)
        await home.discord.unfurl(post, TALK, "Whispered")
        await home.settled()
        assert await home.body() == f"- <{PAPER}>"
        assert "Whispered" not in stored(home.folder)
        await home.discord.unreact(host, post.id, "📝")
        await home.discord.react(host, post.id, "📝")
        await home.settled()
        assert await home.body() == f"- [Whispered]({TALK})"
        await home.discord.react(host, post.id, "🔒")
        await home.settled()
        assert "Whispered" not in stored(home.folder)


async def test_a_draft_that_makes_itself_holds_what_hosts_said_or_took_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_scheduler, "PATIENCE", 0.1)
    async with front(tmp_path, profile=f"{PROFILE}autodraft: 1s\n") as home:
        host = await limited(home, f"<@&{ROLE}>")
        await home.say(f"[A]({PAPER})")
        taken_in = await home.say(f"[B]({TALK})")
        await home.say("```html\n<script>alert(1)</script>\n```")
        before = home.committed_id()
        await asyncio.sleep(1.5)  # of what others say alone, nothing is drafted
        await home.settled()
        assert home.committed_id() == before
        await home.discord.react(host, taken_in.id, "📝")
        async with asyncio.timeout(LONGEST):
            while home.committed_id() == before:  # noqa: ASYNC110 - nobody asked for it
                await asyncio.sleep(0.1)
        text = home.committed("_drafts/ep1.md")
        assert [url in text for url in (PAPER, TALK, "script")] == [False, True, False]
