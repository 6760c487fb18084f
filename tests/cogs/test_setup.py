"""Setting up, and who may: roles, strangers, other servers, several shows."""

from pathlib import Path

import pytest

from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_shapes import MANAGER, Channel, User

pytestmark = needs_network

PAPER, TALK = (f"https://example.org/{one}" for one in ("paper", "talk"))
HOSTS = 5555


async def limited(home: Front) -> User:
    """Let only those with a role be hosts; give one of them."""
    home.guild.roles[HOSTS] = "Hosts"
    await home.restart()
    await home.setup(hosts=str(HOSTS))
    return home.discord.user("Host", roles=(HOSTS,))


async def elsewhere(home: Front) -> tuple[Channel, User]:
    """Another server that has the bot, with somebody who manages it."""
    guild = home.discord.guild("Another")
    channel = home.discord.channel(guild, "general")
    await home.restart()
    return channel, home.discord.user("Stranger", permissions=MANAGER)


async def test_setup_has_the_channel_watched_and_says_how_it_is(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        await home.say(f"[A]({PAPER})")
        assert (await home.desk()) is not None
        assert await home.body() == ""
        told = await home.setup()
        assert told.private
        assert told.text.startswith("Rundown now collects links here, for ")
        assert "Everyone who can write here is a host" in told.text
        await home.say(f"[B]({TALK})")
        assert await home.body() == f"- [B]({TALK})"
        assert (await home.setup()).text.startswith("Rundown collects links here, for ")
        assert "no longer collects" in (await home.setup(leave=True)).text
        await home.say(f"[C]({TALK}/c)")
        assert "[C]" not in await home.body()


async def test_only_who_manages_the_server_sets_it_up(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        assert "manage the server" in (await home.command("setup")).text
        assert not home.shows.channels.watched()
        (setup,) = [one for one in home.discord.commands if one["name"] == "setup"]
        assert setup["default_member_permissions"] == "32"


async def test_a_command_where_nothing_is_watched_says_what_to_do(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        assert "does not collect links" in (await home.command("draft")).text
        told = await home.command("draft", by=home.boss)
        done = await home.discord.press(home.boss, told.answers[0], "Collect links here")
        assert done.text.startswith("Rundown now collects links here")
        await home.discord.press(home.boss, told.answers[0], "Collect links here")


async def test_choices_work_after_a_restart_and_for_those_alone_who_may(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        told = await home.command("draft", by=home.boss)
        await home.restart()
        refused = await home.discord.press(home.mika, told.answers[0], "Collect links here")
        assert "manage the server" in refused.text
        done = await home.discord.press(home.boss, told.answers[0], "Collect links here")
        assert done.text.startswith("Rundown now collects links here")


async def test_hosts_by_role_may_and_others_may_not(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        host = await limited(home)
        post = await home.say(f"[A]({PAPER})", by=host)
        for name, options in (("topic add", {"name": "X"}), ("draft", {}), ("undo", {})):
            assert "Only hosts" in (await home.command(name, **options)).text
        assert "Only hosts" in (await home.discord.menu(home.mika, post, "Leave out of draft")).text
        await home.discord.react(home.mika, post.id, "🚫")
        await home.settled()
        assert await home.body() == f"- [A]({PAPER})"
        assert "1 link" not in (await home.command("outline")).text
        await home.discord.react(host, post.id, "🚫")
        await home.settled()
        assert await home.body() == ""
        assert "topic “X”" in (await home.command("topic add", by=host, name="X")).text
        assert "topic “Y”" in (await home.command("topic add", by=home.boss, name="Y")).text


async def test_a_strangers_taps_change_nothing(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        host = await limited(home)
        await home.say("# One", by=host)
        await home.say(f"[A]({PAPER})", by=host)
        await home.command("outline")
        panel = home.discord.panel(home.channel)
        card = (await home.discord.pick(home.mika, panel, "1.1 A")).answers[0]
        for label in ("Remove", "Rename"):
            assert "Only hosts" in (await home.discord.press(home.mika, card, label)).text
        assert "Only hosts" in (await home.discord.press(home.mika, panel, "Commit draft")).text
        assert "Only hosts" in (await home.discord.press(home.mika, panel, "Add topic")).text
        assert await home.body() == f"### One\n\n- [A]({PAPER})"
        card = (await home.discord.pick(host, panel, "1.1 A")).answers[0]
        await home.discord.press(host, card, "Remove")
        assert await home.body() == "### One"


async def test_marks_of_the_meantime_count_from_hosts_alone(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        host = await limited(home)
        first = await home.say(f"[A]({PAPER})", by=host)
        second = await home.say(f"[B]({TALK})", by=host)
        await home.stop()
        await home.discord.react(home.mika, first.id, "🚫")
        await home.discord.react(host, second.id, "🚫")
        await home.start()
        assert await home.body() == f"- [A]({PAPER})"


async def test_another_server_gets_nothing_of_it(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        channel, stranger = await elsewhere(home)
        told = await home.discord.command(stranger, channel, "setup")
        assert "only the bot's owner" in told.text
        told = await home.discord.command(stranger, channel, "setup", site="owner/repo")
        assert "only the bot's owner" in told.text
        for name in ("draft", "outline", "preview"):
            told = await home.discord.command(stranger, channel, name)
            assert "does not collect links" in told.text
        await home.discord.say(stranger, channel, f"[A]({PAPER})")
        await home.settled()
        assert await home.body() == ""


async def test_taps_and_ids_of_one_server_do_nothing_from_another(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# One")
        channel, stranger = await elsewhere(home)
        desk = await home.desk()
        panel = await desk.panels.panel(str(home.channel.id))
        post = await home.discord.say(home.discord.me, channel, "x")
        for verb in ("do:remove:", "to:0:", "form:rename:", "pick:", "page:1", "draft:", "add:"):
            told = await home.discord.tap(
                stranger, channel, f"rd:{verb}{panel.entries[0].id}", post, "first"
            )
            assert told.text
        told = await home.discord.command(stranger, channel, "setup", channel=str(home.channel.id))
        assert told.text
        assert await home.body() == "### One"
        assert home.shows.channels.of(str(home.channel.id)) is not None


@pytest.mark.parametrize("identity", ["rd:", "rd:do:", "rd:do:up:", "rd:choice:x", "rd:page:x"])
async def test_a_tap_on_what_never_was_is_answered(tmp_path: Path, identity: str) -> None:
    async with front(tmp_path) as home:
        await home.say("# One")
        await home.command("outline")
        panel = home.discord.panel(home.channel)
        assert (await home.discord.tap(home.mika, home.channel, identity, panel)).kind is not None


async def test_the_owner_may_set_up_a_second_server_for_the_same_show(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        channel, _ = await elsewhere(home)
        home.discord.owner.permissions = MANAGER
        told = await home.discord.command(home.discord.owner, channel, "setup")
        assert told.text.startswith("Rundown now collects links here")
        await home.say(f"[A]({PAPER})")
        await home.discord.say(home.jonas, channel, f"[B]({TALK})")
        await home.settled()
        assert await home.body() == f"- [A]({PAPER})\n- [B]({TALK})"


async def test_a_site_that_cannot_be_opened_is_told_and_not_noted(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        told = await home.setup(site="../../etc")
        assert told.private
        assert not home.shows.channels.watched()
        told = await home.setup(past="soon")
        assert "number of days" in told.text


async def test_a_profile_with_a_mistake_is_told_and_what_was_said_is_read_later(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        good = (home.site / ".rundown/site.yml").read_text("utf-8")
        await home.stop()
        (home.site / ".rundown/site.yml").write_text("pth: x\n", "utf-8")
        await home.start()
        await home.say(f"[A]({PAPER})")
        assert "site.yml" in (await home.command("outline")).text
        (home.site / ".rundown/site.yml").write_text(good, "utf-8")
        assert (await home.command("preview")).text
        await home.settled()
        assert await home.body() == f"- [A]({PAPER})"
