"""Who is named as a host on Slack, and what becomes of what others post."""

import asyncio
from pathlib import Path

import pytest

from bot.services.desk import draft_scheduler
from tests.patience import LONGEST
from tests.slack.front import PROFILE, Front, front, needs_network

pytestmark = needs_network

PAPER, TALK = (f"https://example.org/{one}" for one in ("paper", "talk"))


async def limited(home: Front, hosts: str = "<!subteam^SHOSTS|@hosts>") -> None:
    """Make Jonas a host by his group, and whoever else is named."""
    home.slack.groups["SHOSTS"] = [home.jonas.id]
    said = await home.command(f"/rundown setup hosts:{hosts}", by=home.boss)
    assert "What others post waits" in said.words


async def test_what_others_post_waits_until_a_host_marks_it(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await limited(home)
        raw = await home.say(f"[A]({PAPER})")
        await home.say(f"[B]({TALK})", by=home.jonas)
        assert await home.body() == f"- [B]({TALK})"
        assert home.mark(raw) == "hourglass_flowing_sand"
        await home.slack.react(home.jonas, raw, "memo")
        await home.settled()
        assert await home.body() == f"- [A]({PAPER})\n- [B]({TALK})"
        assert home.mark(raw) == "white_check_mark"


async def test_single_people_are_hosts_beside_a_group(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await limited(home, f"<!subteam^SHOSTS|@hosts>, <@{home.mika.id}|mika>")
        await home.say(f"[A]({PAPER})")
        assert await home.body() == f"- [A]({PAPER})"


async def test_a_writer_may_always_leave_out_what_is_theirs(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        raw = await home.say(f"[A]({PAPER})")
        await limited(home)
        await home.slack.react(home.mika, raw, "no_entry_sign")
        await home.settled()
        assert await home.body() == ""


async def test_a_mark_that_counted_stays_when_its_host_is_none_any_more(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await limited(home)
        raw = await home.say(f"[A]({PAPER})", by=home.jonas)
        await home.slack.react(home.jonas, raw, "lock")
        await home.settled()
        home.slack.groups["SHOSTS"] = [home.boss.id]
        await home.restart()
        assert await home.body() == ""


async def test_a_group_that_was_disabled_has_no_hosts_and_stops_nothing(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await limited(home)
        del home.slack.groups["SHOSTS"]  # as Slack has it from then on
        await home.slack.change_group("SHOSTS")
        raw = await home.say(f"[A]({PAPER})", by=home.jonas)
        assert home.mark(raw) == "hourglass_flowing_sand"
        assert await home.body() == ""
        said = await home.command(f"/rundown setup hosts:<@{home.mika.id}|mika>", by=home.boss)
        assert "Hosts are" in said.words
        await home.say(f"[B]({TALK})")
        assert await home.body() == f"- [B]({TALK})"


async def test_single_people_are_named_where_the_plan_has_no_groups(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        home.slack.has_groups = False
        said = await home.command(f"/rundown setup hosts:<@{home.mika.id}|mika>", by=home.boss)
        assert "Hosts are" in said.words
        await home.say(f"[A]({PAPER})", by=home.jonas)
        await home.say(f"[B]({TALK})")
        assert await home.body() == f"- [B]({TALK})"


async def test_who_is_of_several_workspaces_of_an_organisation_is_of_this_one(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        ours = home.slack.user("Grid", teams=("T0000OTHER", home.slack.team))
        other = home.slack.user("Else", teams=("T0000OTHER",))
        await home.say(f"[A]({PAPER})", by=ours)
        await home.say(f"[B]({TALK})", by=other)
        assert await home.body() == f"- [A]({PAPER})"


async def test_a_fence_of_somebody_else_s_never_gets_into_the_page(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await limited(home)
        fence = "```html\n<script>alert(1)</script>\n```"
        theirs = await home.say(fence)
        await home.slack.react(home.jonas, theirs, "memo")
        await home.settled()
        assert "<script" not in await home.body()
        await home.say(fence, by=home.jonas)
        assert "<script" in await home.body()


async def test_what_somebody_of_another_workspace_posts_waits_where_no_hosts_are_named(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        stranger = home.slack.user("Stranger", stranger=True)
        raw = await home.say(f"[A]({PAPER})", by=stranger)
        await home.say(f"[B]({TALK})")
        assert await home.body() == f"- [B]({TALK})"
        await home.slack.react(stranger, raw, "memo")
        await home.settled()
        assert await home.body() == f"- [B]({TALK})"
        await home.slack.react(home.mika, raw, "memo")
        await home.settled()
        assert await home.body() == f"- [A]({PAPER})\n- [B]({TALK})"


async def test_what_was_posted_while_nobody_ran_waits_as_well(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await limited(home)
        await home.stop()
        home.slack.socket.forgetful = True
        await home.slack.say(home.mika, home.channel, f"[A]({PAPER})")
        await home.slack.say(home.jonas, home.channel, f"[B]({TALK})")
        await home.start()
        assert await home.body() == f"- [B]({TALK})"


async def test_a_lost_place_in_the_group_counts_at_once_for_what_is_new(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await limited(home)
        await home.say(f"[A]({PAPER})", by=home.jonas)
        home.slack.groups["SHOSTS"] = [home.boss.id]
        await home.slack.change_group("SHOSTS")
        await home.say(f"[B]({TALK})", by=home.jonas)
        assert await home.body() == f"- [A]({PAPER})"


async def test_a_draft_that_makes_itself_holds_what_hosts_said_or_took_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_scheduler, "PATIENCE", 0.1)
    async with front(tmp_path, profile=f"{PROFILE}autodraft: 1s\n") as home:
        await limited(home)
        await home.say(f"[A]({PAPER})")
        taken_in = await home.say(f"[B]({TALK})")
        before = home.committed_id()
        await asyncio.sleep(1.5)  # of what others say alone, nothing is drafted
        await home.settled()
        assert home.committed_id() == before
        await home.slack.react(home.jonas, taken_in, "memo")
        async with asyncio.timeout(LONGEST):
            while home.committed_id() == before:  # noqa: ASYNC110 - nobody asked for it
                await asyncio.sleep(0.1)
        text = home.committed("_drafts/ep1.md")
        assert [url in text for url in (PAPER, TALK)] == [False, True]
