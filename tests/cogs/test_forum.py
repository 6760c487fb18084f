"""Forums, which hold posts alone: what is written into them goes into a post."""

from pathlib import Path

from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_shapes import Channel

pytestmark = needs_network

PAPER, TALK = (f"https://example.org/{one}" for one in ("paper", "talk"))
FORUM = 15


async def forum_of(home: Front) -> Channel:
    """A forum that is watched."""
    forum = home.discord.channel(home.guild, "ideas", type=FORUM)
    await home.restart()
    await home.setup(channel=str(forum.id))
    return forum


async def test_the_panel_of_a_forum_stands_in_the_post_where_it_was_asked_for(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        forum = await forum_of(home)
        post = await home.discord.forum_post(home.mika, forum, "Robots", f"[A]({PAPER})")
        await home.settled()
        told = await home.command("outline", where=post)
        assert f"/{post.id}/" in told.text
        assert "Robots" in home.discord.panel(post).embeds[0]["description"]
        await home.say(f"[B]({TALK})", channel=post)
        await home.discord.until(
            lambda: "B" in home.discord.panel(post).embeds[0]["description"], 20
        )
        panel = home.discord.panel(post)
        card = (await home.discord.pick(home.mika, panel, "1.2 B")).answers[0]
        await home.discord.press(home.mika, card, "Remove")
        assert TALK not in await home.body()


async def test_lines_of_the_bots_own_go_into_the_newest_post(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        forum = await forum_of(home)
        await home.discord.forum_post(home.mika, forum, "Robots", "talk")
        await home.stop()
        post = await home.discord.forum_post(home.mika, forum, "Waves", f"[A]({PAPER})")
        await home.start()
        assert PAPER in await home.body()
        said = [one.content for one in home.discord.of_bot(post)]
        assert said == ["Read the messages from while Rundown was away: 1 new."]


async def test_a_forum_without_posts_says_where_to_ask(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        forum = await forum_of(home)
        told = await home.command("outline", where=forum)
        assert "holds posts alone" in told.text
        assert "/outline in a post" in told.text


async def test_a_refusal_names_the_permission_that_is_missing(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        home.channel.mute = True
        told = await home.command("outline")
        assert "Send Messages" in told.text
        assert f"<#{home.channel.id}>" in told.text
        assert "500" not in told.text.replace(str(home.channel.id), "")
