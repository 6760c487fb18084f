"""The live outline: what hosts tap, and that every panel shows what there is."""

from pathlib import Path

from bot.services.ports import Person
from bot.services.request import Request
from bot.services.watched_channels import Caller
from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_asks import parts
from tests.fakes.discord_shapes import Post

pytestmark = needs_network

PAPER, TALK, NOTE = (f"https://example.org/{one}" for one in ("paper", "talk", "note"))


async def filled(home: Front) -> Post:
    """Two topics with three links, and their panel."""
    for text in ("# One", f"[A]({PAPER})", f"[B]({TALK})", "# Two", f"[C]({NOTE})"):
        await home.discord.say(home.mika, home.channel, text)
    await home.settled()
    await home.command("outline")
    return home.discord.panel(home.channel)


def shown(post: Post) -> list[str]:
    return [line.strip("\u2003*") for line in post.embeds[0]["description"].split("\n")]


async def outline(home: Front) -> list[str]:
    desk = await home.desk()
    panel = await desk.panels.panel(str(home.channel.id))
    return [one.label for one in panel.entries]


async def test_the_panel_shows_topics_and_links_and_what_can_be_done(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        panel = await filled(home)
        assert shown(panel) == ["1. One", "1.1 A", "1.2 B", "2. Two", "2.1 C"]
        labels = [one.get("label") for one in parts(panel) if one["type"] == 2]
        assert labels == ["Add topic", "Episode details", "Undo", "Commit draft"]
        assert panel.content == ""


async def test_up_down_rename_note_move_and_remove_of_a_link(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        panel = await filled(home)
        card = (await home.discord.pick(home.mika, panel, "1.2 B")).answers[0]
        assert card.flags & 64
        card = (await home.discord.press(home.mika, card, "Up")).answers[-1]
        assert await outline(home) == ["One", "B", "A", "Two", "C"]
        card = (await home.discord.press(home.mika, card, "Down")).answers[-1]
        card = (await home.discord.press(home.mika, card, "Down")).answers[-1]
        assert await outline(home) == ["One", "A", "Two", "B", "C"]
        card = (await home.discord.pick(home.mika, card, "1 One")).answers[-1]
        assert await outline(home) == ["One", "A", "B", "Two", "C"]
        form = await home.discord.press(home.mika, card, "Rename")
        card = (await home.discord.submit(form, "Bee")).answers[-1]
        form = await home.discord.press(home.mika, card, "Add note")
        card = (await home.discord.submit(form, "first line\nsecond")).answers[-1]
        assert f"- [Bee]({TALK})  \n  first line  \n  second" in await home.body()
        gone = (await home.discord.press(home.mika, card, "Remove")).answers[-1]
        assert await outline(home) == ["One", "A", "Two", "C"]
        await home.discord.press(home.mika, gone, "Undo")
        assert await outline(home) == ["One", "A", "Bee", "Two", "C"]


async def test_up_rename_move_and_remove_of_a_topic(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        panel = await filled(home)
        card = (await home.discord.pick(home.mika, panel, "2 Two")).answers[0]
        card = (await home.discord.press(home.mika, card, "Up")).answers[-1]
        assert await outline(home) == ["Two", "C", "One", "A", "B"]
        card = (await home.discord.pick(home.mika, card, "One")).answers[-1]
        assert await outline(home) == ["One", "A", "B", "Two", "C"]
        form = await home.discord.press(home.mika, card, "Rename")
        card = (await home.discord.submit(form, "Zwei")).answers[-1]
        await home.discord.press(home.mika, card, "Remove")
        assert await outline(home) == ["One", "A", "B", "C"]


async def test_who_taps_a_moment_after_another_is_told_that_it_is_gone(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        desk, actions = await home.desk(), home.bot.front.actions
        panel = await desk.panels.panel(home.watched)
        (link,) = (one.id or "" for one in panel.entries if one.label == "B")
        person = Person(str(home.mika.id), "Mika")
        first, second = (Request(key, person, home.watched, 0) for key in ("1", "2"))
        control = await actions.control(first, "remove", link)
        assert control == await actions.control(second, "remove", link)
        caller = Caller(f"discord:{home.guild.id}")
        _, done = await actions.act(first, caller, control, link)
        assert "Removed “B”" in done.text
        card, told = await actions.act(second, caller, control, link)
        assert card is None
        assert "no longer there" in told.text


async def test_a_topic_is_added_and_a_draft_is_made_by_a_tap(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        panel = await filled(home)
        form = await home.discord.press(home.jonas, panel, "Add topic")
        assert (await home.discord.submit(form, "Three")).private
        drafted = await home.discord.press(home.jonas, panel, "Commit draft")
        assert not drafted.private
        assert "3 topics, 3 links" in drafted.text
        assert "### Three" in home.committed("_drafts/ep1.md")


async def test_every_panel_follows_by_itself_and_is_edited_no_more_than_needed(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        panel = await filled(home)
        before = home.discord.rest.asked.count(EDIT)
        for number in range(20):
            await home.discord.say(home.mika, home.channel, f"[{number}]({PAPER}/{number})")
        await home.settled()
        await home.bot.front.panels.wait_idle()
        assert len(shown(panel)) == 25
        assert home.discord.rest.asked.count(EDIT) - before <= 2


EDIT = ("PATCH", "/channels/{channel_id}/messages/{message_id}")


async def test_taps_work_after_a_restart(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        panel = await filled(home)
        card = (await home.discord.pick(home.mika, panel, "1.2 B")).answers[0]
        form = await home.discord.press(home.mika, card, "Rename")
        await home.restart()
        await home.discord.submit(form, "Bee")
        card = (await home.discord.press(home.mika, card, "Up")).answers[-1]
        assert await outline(home) == ["One", "Bee", "A", "Two", "C"]
        await home.bot.front.panels.wait_idle()
        assert shown(panel) == ["1. One", "1.1 Bee", "1.2 A", "2. Two", "2.1 C"]


async def test_two_hosts_at_once_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        panel = await filled(home)
        hers = (await home.discord.pick(home.mika, panel, "1.2 B")).answers[0]
        his = (await home.discord.pick(home.jonas, panel, "1.2 B")).answers[0]
        await home.discord.press(home.mika, hers, "Remove")
        late = await home.discord.press(home.jonas, his, "Up")
        assert "no longer there" in late.text
        other = (await home.discord.pick(home.jonas, panel, "1.1 A")).answers[0]
        await home.discord.press(home.jonas, other, "Down")
        assert await outline(home) == ["One", "Two", "A", "C"]


async def test_a_panel_of_a_hundred_links_and_twenty_five_topics_has_pages(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        for topic in range(25):
            await home.discord.say(home.mika, home.channel, f"# Topic {topic} {'x' * 80}")
            for link in range(4):
                text = f"[{topic}-{link} {'long ' * 30}]({PAPER}/{topic}/{link})"
                await home.discord.say(home.mika, home.channel, text)
        await home.settled()
        await home.command("outline")
        panel = home.discord.panel(home.channel)
        seen = []
        for _ in range(30):
            seen += [line.split(" ")[0] for line in shown(panel)]
            forward = next(one for one in parts(panel) if one.get("label") == "▶")
            if forward["disabled"]:
                break
            await home.discord.press(home.mika, panel, "▶")
        assert len(seen) == 125
        card = (await home.discord.pick(home.mika, panel, "25.4")).answers[0]
        card = (await home.discord.pick(home.mika, card, "1 Topic 0")).answers[-1]
        assert (await outline(home))[5].startswith("24-3")


async def test_a_new_panel_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        old = await filled(home)
        told = await home.command("outline")
        assert old.id not in home.discord.posts[home.channel.id]
        new = home.discord.panel(home.channel)
        assert told.text.endswith(f"/{home.guild.id}/{home.channel.id}/{new.id}")


async def test_a_panel_that_grew_old_is_posted_anew(tmp_path: Path) -> None:
    from dataclasses import replace

    from bot.services.chat.posted_panels import OLD

    async with front(tmp_path) as home:
        old = await filled(home)
        posted = home.bot.front.panels._posted
        panel = posted.of(str(home.channel.id))
        assert panel is not None
        await posted.put(replace(panel, posted=panel.posted - OLD - 1))
        await home.say(f"[D]({PAPER}/d)")
        await home.bot.front.panels.wait_idle()
        new = home.discord.panel(home.channel)
        assert new.id != old.id
        assert old.id not in home.discord.posts[home.channel.id]
        assert shown(new)[-1] == "2.2 D"


async def test_a_panel_that_somebody_deleted_is_given_up_until_it_is_asked_for(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        panel = await filled(home)
        await home.discord.delete(panel.id)
        await home.say(f"[D]({PAPER}/d)")
        await home.bot.front.panels.wait_idle()
        assert home.discord.of_bot(home.channel) == []
        await home.command("outline")
        assert shown(home.discord.panel(home.channel))[-1] == "2.2 D"
