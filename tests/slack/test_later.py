"""A link put off by a tap, and one that came too late, on Slack."""

from pathlib import Path

from tests.services.desk.house import git
from tests.services.desk.test_late_links import SITE_YML, TEMPLATE
from tests.slack.front import front, needs_network

pytestmark = needs_network


async def test_a_link_is_put_off_and_a_late_one_by_the_line_that_names_it(tmp_path: Path) -> None:
    async with front(tmp_path, profile=SITE_YML, template=TEMPLATE) as home:
        for text in ("# Robots", "[A](https://example.org/a)", "[B](https://example.org/b)"):
            await home.say(text)
        assert "“A” waits" in (await home.command("/rundown later 1.1")).words
        assert "From episode 1:\n- A" in (await home.command("/rundown later")).words
        await home.command("/draft")
        await home.say("[Late](https://example.org/late)")
        page = home.site / "_posts/ep1.md"
        page.write_text(
            page.read_text("utf-8").replace("layout: draft", "layout: podcast"), "utf-8"
        )
        git(home.site, "commit", "--quiet", "--all", "--message=publish")
        await (await home.desk())._publication.look()
        await (await home.desk()).late.wait_idle()

        def told() -> list[dict[str, object]]:
            posts = home.slack.messages[home.channel.id].values()
            return [post for post in posts if "in no file" in str(post.get("text"))]

        await home.slack.until(lambda: bool(told()))
        await home.slack.tap(home.jonas, told()[0], "To the next episode")
        await home.slack.until(lambda: "put off until" in home.slack.answers[-1].words)
        await home.say("[C](https://example.org/c)")
        assert await home.body() == (
            "- [A](https://example.org/a)\n- [C](https://example.org/c)\n\n"
            "### Robots\n\n- [Late](https://example.org/late)"
        )
