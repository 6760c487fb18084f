"""Whose bot it is, as Discord or the settings say."""

from pathlib import Path

from tests.cogs.front import front, needs_network
from tests.cogs.test_setup import elsewhere
from tests.fakes.discord_shapes import MANAGER

pytestmark = needs_network


async def test_a_manager_who_does_not_own_the_bot_binds_nothing(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        other = home.discord.user("Manager", permissions=MANAGER)
        told = await home.command("setup", by=other)
        assert "only the bot's owner can say" in told.text
        assert not home.shows.channels.watched()
        assert (await home.setup()).text.startswith("Rundown now collects links here")


async def test_the_settings_name_owners_in_place_of_the_application_s(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        other = home.discord.user("Manager", permissions=MANAGER)
        home.owners = frozenset({str(other.id)})
        await home.restart()
        assert "only the bot's owner can say" in (await home.setup()).text
        told = await home.command("setup", by=other)
        assert told.text.startswith("Rundown now collects links here")


async def test_trust_stays_with_the_server_that_has_it_also_when_the_app_was_taken_out(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        channel, stranger = await elsewhere(home)
        manager = home.discord.user("Manager", permissions=MANAGER)
        gateway, guild = home.discord.gateway, home.guild
        await gateway.send("GUILD_DELETE", {"id": str(guild.id)}, guild=guild.id)
        await home.settled()
        told = await home.discord.command(stranger, channel, "setup")
        assert "only the bot's owner" in told.text
        back = guild.shape([home.channel], home.discord.me)
        await gateway.send("GUILD_CREATE", back, guild=guild.id)
        await home.settled()
        told = await home.discord.command(manager, home.channel, "setup")
        assert "only the bot's owner" not in told.text
        await home.say("[A](https://example.org/a)")
        assert await home.body() == "- [A](https://example.org/a)"
