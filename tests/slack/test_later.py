"""A link put off by a tap, and one that came too late, on Slack."""

import time
from pathlib import Path

import pytest

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
        await (await home.desk())._watch.look()
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


DAY = 24 * 3600


@pytest.mark.parametrize("when", ["live", "in a gap", "in a gap, older than what is read"])
@pytest.mark.parametrize("next_is_open", [False, True])
async def test_what_becomes_of_messages_whose_links_wait_is_followed(
    tmp_path: Path, next_is_open: bool, when: str
) -> None:
    is_old = when.endswith("read")
    ago = time.time() - 60 * DAY
    async with front(tmp_path) as home:

        def at(place: int) -> dict[str, str]:
            return {"ts": f"{ago + place:.6f}"} if is_old else {}

        said = [
            await home.say(f"[{one}](https://example.org/{one})", **at(place))
            for place, one in enumerate("ABCD")
        ]
        note = await home.say("comes in March", thread=said[3], **at(9))
        await home.slack.react(home.jonas, note, "memo")
        await home.settled()
        for one in "ABCD":
            await home.command(f"/rundown later {one}")
        await home.command("/rundown episode close")
        if next_is_open:
            await home.say("[N](https://example.org/n)")
            assert "March" in await home.body()
        if when != "live":
            await home.stop()
            home.slack.socket.forgetful = True
        if is_old:
            for place in range(200):
                stamp = f"{ago + DAY + place:.6f}"
                talk = {**said[0], "ts": stamp, "text": "talk", "blocks": []}
                home.slack.messages[home.channel.id][stamp] = talk
        await home.slack.edit(said[0], "[edited](https://example.org/A)")
        await home.slack.delete(said[1])
        await home.slack.react(home.jonas, said[2], "lock")
        await home.slack.delete(note)
        if when != "live":
            await home.start()
        await home.settled()
        if not next_is_open:
            waits = (await home.command("/rundown later")).words
            assert waits == "Waiting for the next episode:\nFrom episode 1:\n- edited\n- D"
            await home.say("[N](https://example.org/n)")
        assert await home.body() == (
            "- [edited](https://example.org/A)\n- [D](https://example.org/D)\n"
            "- [N](https://example.org/n)"
        )


async def test_what_slack_hides_is_not_taken_for_deleted(tmp_path: Path) -> None:
    ago = time.time() - 99 * DAY
    async with front(tmp_path) as home:
        await home.say("first", ts=f"{ago - 1:.6f}")
        said = await home.say("[A](https://example.org/A)", ts=f"{ago:.6f}")
        await home.command("/rundown later A")
        await home.command("/rundown episode close")
        await home.say("[N](https://example.org/n)")
        await home.stop()
        home.slack.socket.forgetful = True
        messages = home.slack.messages[home.channel.id]
        hidden = {one: messages.pop(one) for one in sorted(messages)[:2]}
        await home.start()
        assert "example.org/A" in await home.body()
        await home.stop()
        messages.update(hidden)
        await home.slack.delete(said)
        await home.start()
        assert await home.body() == "- [N](https://example.org/n)"
