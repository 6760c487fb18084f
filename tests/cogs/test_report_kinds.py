"""Discord: more inputs of the kinds of report that a terminal cannot show.

What people wrote under a heading that goes, marks whose setter is no host any more, the life of a
mark while nobody runs, what is not shown, and previews after a provider's answer. What is right was
written down before any was run.
"""

import asyncio
from pathlib import Path

import pytest

from bot.app.app import clock
from bot.core.model import Lookup
from bot.core.urls import canonical
from tests.cogs.front import Front, front, needs_network
from tests.cogs.test_guests import ROLE, limited
from tests.services.desk.house import git, stored

pytestmark = needs_network

PAPER, TALK, NOTE = (f"https://example.org/{one}" for one in ("paper", "talk", "note"))
FILE = "_drafts/ep1.md"
SECRET = "https://example.org/whispered"


async def drafted(home: Front) -> str:
    """Draft; return the body of the file as the site has it."""
    await home.command("draft")
    return home.committed(FILE).partition("\n---\n\n")[2].rstrip("\n")


# --- a heading goes, and what people wrote below it stays ----------------------------------------


@pytest.mark.parametrize("taken_in", [False, True])
async def test_words_below_a_thread_s_name_stay_when_all_that_was_said_goes(
    tmp_path: Path, *, taken_in: bool
) -> None:
    async with front(tmp_path) as home:
        await home.say(f"[A]({PAPER})")
        thread = await home.discord.thread(home.channel, "Crystals")
        post = await home.say(f"[B]({TALK})", channel=thread)
        await drafted(home)
        home.commit_by_hand(FILE, "\nWords by Sam.\n")
        if taken_in:
            await drafted(home)
        await home.discord.delete(post.id)
        await home.settled()
        # What the episode does not know yet falls to the topic before, as under any heading.
        heading = "### Crystals\n\n" if taken_in else ""
        assert await drafted(home) == f"- [A]({PAPER})\n\n{heading}Words by Sam."


async def test_a_thread_s_name_leaves_the_file_with_the_last_of_it(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say(f"[A]({PAPER})")
        thread = await home.discord.thread(home.channel, "Crystals")
        post = await home.say(f"[B]({TALK})", channel=thread)
        assert "### Crystals" in await drafted(home)
        await home.discord.delete(post.id)
        await home.settled()
        assert await drafted(home) == f"- [A]({PAPER})"
        await home.say(f"[C]({NOTE})", channel=thread)
        assert await drafted(home) == f"- [A]({PAPER})\n\n### Crystals\n\n- [C]({NOTE})"


@pytest.mark.parametrize("way", ["delete", "out", "lock", "talk"])
async def test_a_heading_within_a_thread_leaves_people_s_words_to_the_thread_s_name(
    tmp_path: Path, way: str
) -> None:
    async with front(tmp_path) as home:
        thread = await home.discord.thread(home.channel, "Crystals")
        await home.say(f"[A]({PAPER})", channel=thread)
        heading = await home.say("# Own", channel=thread)
        await home.say(f"[B]({TALK})", channel=thread)
        await drafted(home)
        home.commit_by_hand(FILE, "\n> said by Sam\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
        await drafted(home)
        if way == "delete":
            await home.discord.delete(heading.id)
        elif way == "talk":
            await home.discord.edit(heading, "just talk")
        else:
            await home.discord.react(home.mika, heading.id, "🚫" if way == "out" else "🔒")
        await home.settled()
        assert await drafted(home) == (
            f"### Crystals\n\n- [A]({PAPER})\n- [B]({TALK})\n\n"
            "> said by Sam\n\n| a | b |\n|---|---|\n| 1 | 2 |"
        )


async def test_heading_and_link_deleted_at_once_leave_people_s_words(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say(f"# A\n[A]({PAPER})")
        heading = await home.say("# B")
        link = await home.say(f"[B]({TALK})")
        await drafted(home)
        home.commit_by_hand(FILE, "\nWords[^1] by Sam.\n\n[^1]: A note.\n")
        await home.discord.delete(heading.id, link.id)
        await home.settled()
        assert (
            await drafted(home) == f"### A\n\n- [A]({PAPER})\n\nWords[^1] by Sam.\n\n[^1]: A note."
        )


async def test_a_thread_that_is_deleted_leaves_people_s_words(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say(f"# A\n[A]({PAPER})")
        thread = await home.discord.thread(home.channel, "Crystals")
        await home.say(f"[B]({TALK})", channel=thread)
        await drafted(home)
        home.commit_by_hand(FILE, "\nWords by Sam.\n")
        await drafted(home)
        await home.discord.delete_thread(thread)
        await home.settled()
        body = await drafted(home)
        assert body.startswith(f"### A\n\n- [A]({PAPER})\n")
        assert body.endswith("\nWords by Sam.")
        assert TALK not in body


# --- marks that stand, whoever set them ----------------------------------------------------------


async def host_with_marks(home: Front) -> dict[str, int]:
    """Have a host mark three messages, and be none any more; return their ids."""
    host = await limited(home, f"<@&{ROLE}>")
    posts = {}
    for emoji, text in (
        ("📝", "a word worth keeping"),
        ("🚫", f"[A]({PAPER})"),
        ("🔒", f"[S]({SECRET})"),
    ):
        post = await home.say(text, by=host)
        posts[emoji] = post.id
        await home.discord.react(host, post.id, emoji)
    await home.say(f"[B]({TALK})", by=host)
    await home.settled()
    host.roles = ()
    return posts


MARKED = f"a word worth keeping\n\n- [B]({TALK})"


@pytest.mark.parametrize("way", ["restart", "kill", "lost session", "edit"])
async def test_marks_of_a_former_host_stay(tmp_path: Path, way: str) -> None:
    async with front(tmp_path) as home:
        posts = await host_with_marks(home)
        if way == "restart":
            await home.restart()
        elif way == "kill":
            await home.kill()
            await home.start()
        elif way == "lost session":
            home.bot.began.clear()
            await home.discord.gateway.forget()
            await home.bot.began.wait()
        else:
            await home.discord.edit(home.discord.find(posts["🔒"]), f"[T]({SECRET})")
        await home.settled()
        assert await home.body() == MARKED
        assert SECRET not in stored(home.folder)


async def test_a_former_host_s_marks_go_with_their_reactions(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        posts = await host_with_marks(home)
        await home.restart()
        for identity in posts.values():
            await home.discord.clear_reactions(identity)
        await home.settled()
        body = await home.body()
        assert "a word worth keeping" not in body
        assert PAPER in body


# --- a mark's life while nobody runs -------------------------------------------------------------


@pytest.mark.parametrize("order", ["edit lock", "lock edit", "lock edit unlock", "unlock"])
async def test_locks_hold_and_end_though_they_happened_while_nobody_ran(
    tmp_path: Path, order: str
) -> None:
    async with front(tmp_path) as home:
        await home.say(f"[A]({PAPER})")
        post = await home.say(f"[S]({SECRET}1)")
        await drafted(home)
        if order == "unlock":
            await home.discord.react(home.mika, post.id, "🔒")
            await home.settled()
        await home.stop()
        for step in order.split():
            if step == "lock":
                await home.discord.react(home.mika, post.id, "🔒")
            elif step == "unlock":
                await home.discord.unreact(home.mika, post.id, "🔒")
            else:
                await home.discord.edit(post, f"[S]({SECRET}2)")
        await home.start()
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
        post = await home.say("just talk")
        await home.discord.react(home.mika, post.id, "🔒")
        await home.settled()
        await home.discord.unreact(home.mika, post.id, "🔒")
        await home.settled()
        await home.stop()
        if kept:
            await home.discord.react(home.mika, post.id, "📝")
        async with asyncio.timeout(60):
            await home.start()
            await home.say(f"[A]({PAPER})")
            assert await drafted(home) == ("just talk\n\n" if kept else "") + f"- [A]({PAPER})"


@pytest.mark.parametrize("is_away", [False, True])
async def test_a_message_that_two_hosts_locked_is_off_until_both_took_theirs_away(
    tmp_path: Path, *, is_away: bool
) -> None:
    async with front(tmp_path) as home:
        post = await home.say(f"[S]({SECRET})")
        for host in (home.mika, home.jonas):
            await home.discord.react(host, post.id, "🔒")
        await home.settled()
        if is_away:
            await home.stop()
        await home.discord.unreact(home.mika, post.id, "🔒")
        await home.discord.edit(post, f"[T]({SECRET})")
        if is_away:
            await home.start()
        await home.settled()
        assert await home.body() == ""
        assert SECRET not in stored(home.folder)
        await home.discord.unreact(home.jonas, post.id, "🔒")
        await home.settled()
        assert await home.body() == f"- [T]({SECRET})"


async def test_a_preview_s_title_comes_back_with_its_message(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        post = await home.say(SECRET)
        await home.discord.unfurl(post, SECRET, "Its title")
        await home.settled()
        for _ in range(3):
            await home.discord.react(home.mika, post.id, "🔒")
            await home.settled()
            assert await home.body() == ""
            await home.discord.unreact(home.mika, post.id, "🔒")
            await home.settled()
            assert await home.body() == f"- [Its title]({SECRET})"
        for emoji in ("🔒",) * 5:  # on and off at once, with nothing heard between
            await asyncio.gather(
                home.discord.react(home.mika, post.id, emoji),
                home.discord.unreact(home.mika, post.id, emoji),
            )
        await home.settled()
        assert await home.body() == f"- [Its title]({SECRET})"


# --- not being shown is not being deleted --------------------------------------------------------


async def test_a_thread_that_is_gone_after_a_start_stays_as_it_was(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        thread = await home.discord.thread(home.channel, "Crystals")
        await home.say(f"[A]({PAPER})", channel=thread)
        await home.stop()
        await home.discord.delete_thread(thread)
        await home.start()
        assert await home.body() == f"### Crystals\n\n- [A]({PAPER})"


# --- previews after a provider's answer ----------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("https://www.youtube.com/watch?v=aaaaaaaaaaa", {"title": "The talk"}),
        ("https://vimeo.com/1", {"title": "The talk", "author_name": "Ada"}),
        (
            "https://x.com/ada/status/2",
            {"author_name": "Ada", "html": "<blockquote>w</blockquote>"},
        ),
    ],
)
@pytest.mark.parametrize("previews", [("Another",), ("Another", "A third"), ("YouTube",)])
async def test_previews_take_nothing_from_a_provider(
    tmp_path: Path, url: str, answer: dict[str, str], previews: tuple[str, ...]
) -> None:
    known = Lookup(
        url,
        title=answer.get("title"),
        source="provider",
        answer=answer,
        embed_html="<b>",
        at=clock(),
    )
    async with front(tmp_path, lookups=[known]) as home:
        post = await home.say(url)
        before = await home.body()
        for title in previews:
            await home.discord.unfurl(post, url, title)
            await home.settled()
        await home.restart()
        assert await home.body() == before
        (found,) = (await home.store.lookups([canonical(url)])).values()
        assert (found.answer, found.embed_html) == (answer, "<b>")


# --- names of those who speak at once ------------------------------------------------------------


def authors(home: Front) -> list[str]:
    """Return whom the last commit names beside its author."""
    lines = git(home.site, "log", "-1", "--format=%B").splitlines()
    named = [line.partition(": ")[2] for line in lines if line.startswith("Co-authored-by: ")]
    return [one.partition(" <")[0] for one in named]


async def test_everybody_who_speaks_at_once_is_named_whatever_they_are_called(
    tmp_path: Path,
) -> None:
    names = ["Ann", "Ann", "  ", "b <b@x>", 'Zoë, the "2nd"', "a\nb", "Co-authored-by: Eve"]
    async with front(tmp_path) as home:
        users = [home.discord.user(name) for name in names]
        await asyncio.gather(
            *(
                home.discord.say(user, home.channel, f"https://example.org/{number}")
                for number, user in enumerate(users)
            )
        )
        await home.settled()
        await drafted(home)
        told = authors(home)
    assert len(told) == len(names)
    assert told.count("Ann") == 2
    assert {str(users[2].id), 'Zoë, the "2nd"', "a b", "Co-authored-by: Eve"} <= set(told)


async def test_those_who_speak_in_threads_and_forward_are_named(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        thread = await home.discord.thread(home.channel, "Crystals")
        one, two, three, four = (home.discord.user(f"P{number}") for number in range(4))
        await asyncio.gather(
            home.discord.say(one, home.channel, f"# A\n{PAPER}"),
            home.discord.say(two, thread, TALK),
            home.discord.say(three, home.channel, "", forwarded=NOTE),
            home.discord.say(four, thread, SECRET),
        )
        await home.settled()
        await drafted(home)
        assert sorted(authors(home)) == ["P0", "P1", "P2", "P3"]


async def test_those_who_spoke_while_nobody_ran_are_named(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        users = [home.discord.user(f"Q{number}") for number in range(4)]
        await home.stop()
        for number, user in enumerate(users):
            await home.discord.say(user, home.channel, f"https://example.org/{number}")
        await home.start()
        await home.settled()
        await home.body()
        await drafted(home)
        assert authors(home) == ["Q0", "Q1", "Q2", "Q3"]
