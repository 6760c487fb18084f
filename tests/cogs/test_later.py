"""A link put off by a tap, and one that came too late, on Discord."""

import time
from pathlib import Path

import pytest

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
        await (await home.desk())._watch.look()
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


DAY = 24 * 3600


@pytest.mark.parametrize("when", ["live", "in a gap", "in a gap, older than what is read"])
@pytest.mark.parametrize("next_is_open", [False, True])
async def test_what_becomes_of_messages_whose_links_wait_is_followed(
    tmp_path: Path, next_is_open: bool, when: str
) -> None:
    is_old = when.endswith("read")
    ago = time.time() - 9 * DAY if is_old else None
    async with front(tmp_path) as home:
        said = [
            await home.say(f"[{one}](https://example.org/{one})", at=ago and ago + place)
            for place, one in enumerate("ABCD")
        ]
        note = await home.say("comes in March", reply_to=said[3].id, at=ago and ago + 9)
        await home.discord.react(home.jonas, note.id, "📝")
        await home.settled()
        for one in "ABCD":
            await home.command("later", what=one)
        await home.command("episode close")
        if next_is_open:
            await home.say("[N](https://example.org/n)")
            assert "March" in await home.body()
        if when != "live":
            await home.stop()
        if is_old:
            for place in range(100):
                talk = home.discord.new_post(
                    home.channel.id, home.mika, "talk", at=ago + DAY + place
                )
                home.discord.posts[home.channel.id][talk.id] = talk
        await home.discord.edit(said[0], "[edited](https://example.org/A)")
        await home.discord.delete(said[1].id)
        await home.discord.react(home.jonas, said[2].id, "🔒")
        await home.discord.delete(note.id)
        await (home.settled() if when == "live" else home.start())
        if not next_is_open:
            waits = (await home.command("later")).text.replace("\\", "")
            assert waits == "Waiting for the next episode:\nFrom episode 1:\n- edited\n- D"
            await home.say("[N](https://example.org/n)")
        assert await home.body() == (
            "- [edited](https://example.org/A)\n- [D](https://example.org/D)\n"
            "- [N](https://example.org/n)"
        )


async def test_what_is_in_no_file_and_was_deleted_meanwhile_is_offered_no_more(
    tmp_path: Path,
) -> None:
    async with front(tmp_path, profile=SITE_YML, template=TEMPLATE) as home:
        await home.say("[A](https://example.org/a)")
        late = await home.say("[Late](https://example.org/late)", at=time.time() - 9 * DAY)
        told = await home.command("episode close")
        assert "Late" in told.text
        await home.stop()
        for place in range(100):
            at = time.time() - DAY + place
            talk = home.discord.new_post(home.channel.id, home.mika, "talk", at=at)
            home.discord.posts[home.channel.id][talk.id] = talk
        await home.discord.delete(late.id)
        await home.start()
        waits = (await home.command("later")).text.replace("\\", "")
        assert waits.startswith("1 thing kept for episode 1 is in no file:\n- A\n")
        assert "Late" not in waits


async def test_an_edit_is_found_although_the_episode_was_published_meanwhile(
    tmp_path: Path,
) -> None:
    async with front(tmp_path, profile=SITE_YML, template=TEMPLATE) as home:
        old = await home.say("[A](https://example.org/a)", at=time.time() - 9 * DAY)
        await home.command("draft")
        await home.stop()
        for place in range(100):
            at = time.time() - DAY + place
            talk = home.discord.new_post(home.channel.id, home.mika, "talk", at=at)
            home.discord.posts[home.channel.id][talk.id] = talk
        await home.discord.edit(old, "[A](https://example.org/a)\n\nhttps://example.org/b")
        page = home.site / "_posts/ep1.md"
        text = page.read_text("utf-8").replace("layout: draft", "layout: podcast")
        page.write_text(text, "utf-8")
        git(home.site, "commit", "--quiet", "--all", "--message=publish")
        await home.start()
        await (await home.desk())._watch.look()
        waits = (await home.command("later")).text.replace("\\", "")
        assert "1 thing kept for episode 1 is in no file:\n- https://example.org/b" in waits
