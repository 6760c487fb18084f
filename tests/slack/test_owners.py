"""Who may bind a workspace, with owners in the settings and without."""

from pathlib import Path

from tests.slack.front import front, needs_network

pytestmark = needs_network


async def test_an_admin_may_set_up_the_site_of_the_settings_and_no_other(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        said = await home.command("/rundown setup site:other/show", by=home.boss)
        assert "only the bot's owner can say" in said.words
        assert not home.shows.channels.watched()
        await home.command("/rundown setup", by=home.boss)
        assert len(home.shows.channels.watched()) == 1


async def test_where_owners_are_named_an_admin_is_none(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        team = home.app.me.team
        home.owners = frozenset({f"{team}/{home.mika.id}"})
        await home.restart()
        said = await home.command("/rundown setup", by=home.boss)
        assert "only the bot's owner can say" in said.words
        await home.command("/rundown setup", by=home.mika)
        assert len(home.shows.channels.watched()) == 1
