"""A link put off by a tap, and one that came too late, on Discord."""

from pathlib import Path

from tests.cogs.front import front, needs_network
from tests.services.desk.house import git
from tests.services.desk.test_late_links import SITE_YML, TEMPLATE

pytestmark = needs_network


async def test_a_link_is_put_off_on_its_card_and_a_late_one_by_the_line_that_names_it(
    tmp_path: Path,
) -> None:
    async with front(tmp_path, profile=SITE_YML, template=TEMPLATE) as home:
        for text in ("# Robots", "[A](https://example.org/a)", "[B](https://example.org/b)"):
            await home.say(text)
        await home.command("outline")
        card = await home.discord.pick(home.mika, home.discord.panel(home.channel), "1.1 A")
        await home.discord.press(home.mika, card.answers[-1], "Next episode")
        assert "From episode 1:\n- A" in (await home.command("later")).text.replace("\\", "")
        await home.command("draft")
        await home.say("[Late](https://example.org/late)")
        page = home.site / "_posts/ep1.md"
        page.write_text(
            page.read_text("utf-8").replace("layout: draft", "layout: podcast"), "utf-8"
        )
        git(home.site, "commit", "--quiet", "--all", "--message=publish")
        await (await home.desk())._publication.look()
        await (await home.desk()).late.wait_idle()
        await home.settled()
        posts = home.discord.posts[home.channel.id].values()
        told = [post for post in posts if "in no file" in post.content]
        assert [post.content.splitlines()[1] for post in told] == ["\\- Late"]
        tapped = await home.discord.press(home.jonas, told[0], "To the next episode")
        assert "put off until the next episode" in tapped.text
        await home.say("[C](https://example.org/c)")
        assert await home.body() == (
            "- [A](https://example.org/a)\n- [C](https://example.org/c)\n\n"
            "### Robots\n\n- [Late](https://example.org/late)"
        )
