"""Slack: more inputs of the kinds of report that a terminal cannot show.

What people wrote under a heading that goes, marks whose setter is no host any more, the life of a
mark while nobody runs, history that Slack hides, edits within a second, links in whatever Slack
makes of them, and names. What is right was written down before any was run.
"""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.slack import Raw
from tests.services.desk.house import git, stored
from tests.slack.front import Front, front, needs_network
from tests.slack.test_backfill import away, back
from tests.slack.test_guests import limited

pytestmark = needs_network

PAPER, TALK, NOTE = (f"https://example.org/{one}" for one in ("paper", "talk", "note"))
FILE = "_drafts/ep1.md"
SECRET = "https://example.org/whispered"


async def drafted(home: Front) -> str:
    """Draft; return the body of the file as the site has it."""
    await home.command("/draft")
    return home.committed(FILE).partition("\n---\n\n")[2].rstrip("\n")


# --- a heading goes, and what people wrote below it stays ----------------------------------------


@pytest.mark.parametrize("way", ["delete", "no_entry_sign", "lock", "talk"])
@pytest.mark.parametrize("replies", [False, True])
async def test_a_heading_leaves_people_s_words(tmp_path: Path, way: str, *, replies: bool) -> None:
    async with front(tmp_path) as home:
        await home.say(f"# A\n[A]({PAPER})")
        heading = await home.say("# B")
        await home.say(f"[B]({TALK})", thread=heading if replies else None)
        await drafted(home)
        words = "> said by Sam\n\n<details>\n<summary>More</summary>\n\nWords.\n\n</details>"
        home.commit_by_hand(FILE, f"\n{words}\n")
        await drafted(home)
        if way == "delete":
            await home.slack.delete(heading)
        elif way == "talk":
            await home.slack.edit(heading, "just talk")
        else:
            await home.slack.react(home.mika, heading, way)
        await home.settled()
        assert await drafted(home) == f"### A\n\n- [A]({PAPER})\n- [B]({TALK})\n\n{words}"


async def test_a_heading_within_a_thread_leaves_people_s_words(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        root = await home.say(f"# A\n[A]({PAPER})")
        heading = await home.say("# Own", thread=root)
        await home.say(f"[B]({TALK})", thread=root)
        await drafted(home)
        home.commit_by_hand(FILE, "\n- one\n  - two\n\n![A harbour](/harbour.png)\n")
        await drafted(home)
        await home.slack.delete(heading)
        await home.settled()
        body = await drafted(home)
        assert "Own" not in body
        assert f"- [A]({PAPER})\n- [B]({TALK})\n" in body
        assert "- one\n  - two\n\n![A harbour](/harbour.png)" in body


# --- marks that stand, whoever set them ----------------------------------------------------------


@pytest.mark.parametrize("way", ["restart", "kill", "edit", "away"])
async def test_marks_of_a_former_host_stay(tmp_path: Path, way: str) -> None:
    async with front(tmp_path) as home:
        await limited(home)
        talk = await home.say("a word worth keeping", by=home.jonas)
        link = await home.say(f"[A]({PAPER})", by=home.jonas)
        secret = await home.say(f"[S]({SECRET})", by=home.jonas)
        marks = ((talk, "memo"), (link, "no_entry_sign"), (secret, "lock"))
        for raw, name in marks:
            await home.slack.react(home.jonas, raw, name)
        await home.settled()
        home.slack.groups["SHOSTS"] = [home.boss.id]
        if way == "restart":
            await home.restart()
        elif way == "kill":
            await home.kill()
            await home.start()
        elif way == "away":
            await away(home)
            await home.slack.edit(secret, f"[T]({SECRET})")
            await back(home)
        else:
            await home.slack.edit(secret, f"[T]({SECRET})")
        await home.settled()
        assert await home.body() == "a word worth keeping"
        assert SECRET not in stored(home.folder)
        for raw, name in marks:
            await home.slack.react(home.jonas, raw, name, on=False)
        await home.settled()
        assert "a word worth keeping" not in await home.body()


# --- a mark's life while nobody runs -------------------------------------------------------------


@pytest.mark.parametrize("order", ["edit lock", "lock edit", "lock edit unlock", "unlock"])
async def test_locks_hold_and_end_though_they_happened_while_nobody_ran(
    tmp_path: Path, order: str
) -> None:
    async with front(tmp_path) as home:
        await home.say(f"[A]({PAPER})")
        raw = await home.say(f"[S]({SECRET}1)")
        await drafted(home)
        if order == "unlock":
            await home.slack.react(home.mika, raw, "lock")
            await home.settled()
        await away(home)
        for step in order.split():
            if step == "edit":
                await home.slack.edit(raw, f"[S]({SECRET}2)")
            else:
                await home.slack.react(home.mika, raw, "lock", on=step == "lock")
        await back(home)
        body = await drafted(home)
        if order.endswith("unlock"):
            assert f"- [S]({SECRET}{2 if 'edit' in order else 1})" in body
        else:
            assert body == f"- [A]({PAPER})"
            assert SECRET not in stored(home.folder)


@pytest.mark.parametrize("kept", [False, True])
async def test_talk_that_was_locked_for_a_while_holds_no_start_up(
    tmp_path: Path, *, kept: bool
) -> None:
    """It has no text here, so a start asks for it: that waited for the start, for ever."""
    async with front(tmp_path) as home:
        raw = await home.say("just talk")
        await home.slack.react(home.mika, raw, "lock")
        await home.settled()
        await home.slack.react(home.mika, raw, "lock", on=False)
        await home.settled()
        await away(home)
        if kept:
            await home.slack.react(home.mika, raw, "memo")
        async with asyncio.timeout(60):
            await back(home)
            await home.say(f"[A]({PAPER})")
            assert await drafted(home) == ("just talk\n\n" if kept else "") + f"- [A]({PAPER})"


@pytest.mark.parametrize("is_away", [False, True])
async def test_a_message_that_two_hosts_locked_is_off_until_both_took_theirs_away(
    tmp_path: Path, *, is_away: bool
) -> None:
    async with front(tmp_path) as home:
        raw = await home.say(f"[S]({SECRET})")
        for host in (home.mika, home.jonas):
            await home.slack.react(host, raw, "lock")
        await home.settled()
        if is_away:
            await away(home)
        await home.slack.react(home.mika, raw, "lock", on=False)
        await home.slack.edit(raw, f"[T]({SECRET})")
        if is_away:
            await back(home)
        await home.settled()
        assert await home.body() == ""
        assert SECRET not in stored(home.folder)
        await home.slack.react(home.jonas, raw, "lock", on=False)
        await home.settled()
        assert await home.body() == f"- [T]({SECRET})"


# --- not being shown is not being deleted --------------------------------------------------------


@pytest.mark.parametrize("hidden", [1, 2, 3, 5])
@pytest.mark.parametrize("deleted", [False, True])
async def test_what_slack_hides_stays(tmp_path: Path, hidden: int, *, deleted: bool) -> None:
    async with front(tmp_path) as home:
        said = [
            await home.say(text)
            for text in ("# A", f"[A]({PAPER})", f"[B]({TALK})", f"[C]({NOTE})", "talk alone")
        ]
        before = await home.body()
        await away(home)
        for raw in said[:hidden]:
            del home.slack.messages[home.channel.id][raw["ts"]]
        if deleted:  # where nothing that is shown stands before it, nobody can know
            home.slack.messages[home.channel.id].pop(said[3]["ts"], None)
        await back(home)
        known = deleted and hidden < 3
        assert await home.body() == (before.replace(f"\n- [C]({NOTE})", "") if known else before)


# --- edits within a second, links as Slack has them ----------------------------------------------


@pytest.mark.parametrize("texts", [("B",), ("B", "C"), ("B", "C", "A")])
@pytest.mark.parametrize("is_away", [False, True])
async def test_edits_within_the_second_of_posting_count(
    tmp_path: Path, texts: tuple[str, ...], *, is_away: bool
) -> None:
    async with front(tmp_path) as home:
        raw = await home.say(f"[A]({PAPER})")
        await home.body()
        if is_away:
            await away(home)
        for text in texts:
            await home.slack.edit(raw, f"[{text}]({PAPER})")
        if is_away:
            await back(home)
        await home.settled()
        assert await home.body() == f"- [{texts[-1]}]({PAPER})"


def section(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": list(elements)}],
        }
    ]


@pytest.mark.parametrize(
    ("blocks", "line"),
    [
        (
            section({"type": "link", "url": "http://arxiv.org/abs/1", "text": "arxiv.org/abs/1"}),
            "<http://arxiv.org/abs/1>",
        ),
        (
            section(
                {"type": "text", "text": "Paper: ", "style": {"bold": True}},
                {"type": "link", "url": PAPER},
            ),
            f"**Paper:** <{PAPER}>",
        ),
        (
            section({"type": "link", "url": PAPER, "text": "words", "style": {"italic": True}}),
            f"*[words]({PAPER})*",
        ),
        (
            [{"type": "section", "text": {"type": "mrkdwn", "text": f"<{PAPER}|words>"}}],
            f"[words]({PAPER})",
        ),
        (
            [{"type": "markdown", "text": f"[words]({PAPER})"}],
            f"[words]({PAPER})",
        ),
    ],
)
async def test_links_are_kept_in_whatever_slack_makes_of_them(
    tmp_path: Path, blocks: list[dict[str, Any]], line: str
) -> None:
    async with front(tmp_path) as home:
        # The text is what notifications show; it serves where people wrote no block.
        await home.say(f"<{PAPER}|words>", plain=True, blocks=blocks)
        assert await home.body() == f"- {line}"


async def test_a_forwarded_message_with_several_links_brings_them_all(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        shared = {
            "is_share": True,
            "is_msg_unfurl": True,
            "text": f"<{PAPER}|P>\n<{TALK}|T>",
            "from_url": "https://local.slack.com/archives/C9/p1",
            "ts": "1700000000.000100",
        }
        await home.say("", attachments=[shared])
        assert await home.body() == f"- [P]({PAPER})\n- [T]({TALK})"


# --- names, and previews -------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 5, 9])
async def test_everybody_is_named_though_all_speak_at_once(tmp_path: Path, count: int) -> None:
    async with front(tmp_path) as home:
        users = [home.slack.user(f"Person {number}") for number in range(count)]

        async def speak(number: int) -> Raw:
            text = f"[L{number}](https://example.org/{number})"
            return await home.slack.say(users[number], home.channel, text)

        await asyncio.gather(*map(speak, range(count)))
        await home.settled()
        await drafted(home)
        told = git(home.site, "log", "-1", "--format=%B")
        assert [f"Person {number}" in told for number in range(count)] == [True] * count


async def test_previews_that_follow_each_other_take_nothing_back(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        raw = await home.say(PAPER)
        await home.slack.unfurl(raw, PAPER, "Its title")
        await home.settled()
        await home.slack.unfurl(raw, PAPER, "Just a moment...")
        await home.settled()
        assert await home.body() == f"- [Its title]({PAPER})"
        await home.slack.edit(raw, f"[Ours]({PAPER})")
        await home.slack.unfurl(raw, PAPER, "A third")
        await home.settled()
        assert await home.body() == f"- [Ours]({PAPER})"
