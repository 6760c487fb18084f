"""Who is named as a host on Slack, and what becomes of what others post."""

from pathlib import Path

from tests.slack.front import Front, front, needs_network

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
