"""What hosts write, mark and take back in Slack, and what comes of it."""

import asyncio
from pathlib import Path

import pytest

from bot.core.model import Lookup
from tests.slack.front import front, needs_network

pytestmark = needs_network


async def test_of_several_edits_within_a_second_the_last_one_counts(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        slack = home.slack
        raw = await home.say("[A](https://example.org/a)")
        for name in "BCD":  # Slack tells the whole second of an edit, as of the posting's
            await slack.edit(raw, f"[{name}](https://example.org/a)")
            await home.settled()
            assert await home.body() == f"- [{name}](https://example.org/a)"
        first = slack.edited(raw, "[E](https://example.org/a)")
        second = slack.edited(raw, "[F](https://example.org/a)")
        await slack.send_change(second)  # they arrive in the wrong order
        await slack.send_change(first)
        await home.settled()
        assert await home.body() == "- [F](https://example.org/a)"
        await home.stop()
        slack.socket.forgetful = True
        await slack.edit(raw, "[G](https://example.org/a)")
        await home.start()
        await home.settled()
        assert await home.body() == "- [G](https://example.org/a)"


async def test_a_forwarded_message_brings_its_links(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        shared = {
            "is_share": True,
            "is_msg_unfurl": True,
            "text": "<https://example.org/s|S>",
            "from_url": "https://local.slack.com/archives/C9/p1",
            "ts": "1700000000.000100",
        }
        await home.say("", attachments=[shared])
        await home.say("https://local.slack.com/docs/T1/F1 https://local.slack.com/lists/T1/F1")
        assert await home.body() == "- [S](https://example.org/s)"


async def test_a_link_is_kept_with_one_quiet_reaction_and_talk_without(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        kept = await home.say("[A](https://example.org/a)")
        again = await home.say("https://example.org/a", by=home.jonas)
        talk = await home.say("see you on Friday")
        bare = await home.say("https://example.org/none")
        assert [home.mark(one) for one in (kept, again, talk, bare)] == [
            "white_check_mark",
            "recycle",
            "",
            "question",
        ]
        assert len(home.slack.shown) == 1  # the answer to /rundown setup: no chatter


async def test_lists_quotes_and_names_become_notes(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say(
            "# Robots\n[A](https://example.org/a)\n- first\n  - deeper **bold**\n> a quotation"
        )
        body = await home.body()
        assert "- [A](https://example.org/a)\n  - first\n    - deeper **bold**" in body
        assert "> a quotation" in body


async def test_whoever_locks_a_committed_message_is_told_where_it_still_stands(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        raw = await home.say("[A](https://example.org/a)")
        await home.command("/draft")
        shown = len(home.slack.shown)
        await home.slack.react(home.jonas, raw, "lock")
        await home.settled()
        (said,) = home.slack.shown[shown:]
        assert home.committed_id()[:7] in said.words
        assert said.user == home.jonas.id


@pytest.mark.parametrize("by_menu", [True, False])
async def test_a_mark_names_every_commit_that_holds_it_also_those_of_people(
    tmp_path: Path, by_menu: bool
) -> None:
    async with front(tmp_path) as home:
        await home.say("[A](https://example.org/a)")
        raw = await home.say("[B](https://example.org/b)\nit comes out in March")
        await home.command("/draft")
        held = [home.committed_id()[:10]]
        held.append(home.commit_by_hand("_drafts/ep1.md", "\nit comes out in March, says Jo\n"))
        if by_menu:
            told = await home.slack.shortcut(home.jonas, raw, "off-record")
        else:
            shown = len(home.slack.shown)
            await home.slack.react(home.jonas, raw, "lock")
            await home.settled()
            (told,) = home.slack.shown[shown:]
        assert all(commit in told.words for commit in held)
        assert "March" not in told.words


async def test_old_messages_without_blocks_are_read_too(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("<https://example.org/a|A &amp; B>\n• first", plain=True)
        assert "- [A & B](https://example.org/a)\n  - first" in await home.body()


async def test_an_edit_replaces_and_a_deletion_takes_away(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        raw = await home.say("[A](https://example.org/a)")
        await home.slack.edit(raw, "[B](https://example.org/b)")
        await home.settled()
        assert await home.body() == "- [B](https://example.org/b)"
        await home.slack.delete(raw)
        await home.settled()
        assert await home.body() == ""


async def test_a_parent_that_is_deleted_leaves_the_draft_and_its_replies_stay(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        root = await home.say("[A](https://example.org/a)")
        await home.say("[B](https://example.org/b)", thread=root)
        await home.slack.delete(root)
        await home.settled()
        assert await home.body() == "- [B](https://example.org/b)"


async def test_a_thread_goes_behind_what_it_replies_to(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots")
        root = await home.say("[A](https://example.org/a)")
        await home.say("# Crystals")
        await home.say("[C](https://example.org/c)")
        await home.say("[B](https://example.org/b)", thread=root)
        await home.say("[D](https://example.org/d)", thread=root, broadcast=True)
        body = await home.body()
        robots = body.split("### Crystals")[0]
        assert robots.index("/a") < robots.index("/b") < robots.index("/d")


async def test_an_unfurl_is_a_preview_and_no_edit(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        raw = await home.say("https://example.org/a")
        await home.slack.unfurl(raw, "https://example.org/a", "Its title")
        await home.settled()
        assert await home.body() == "- [Its title](https://example.org/a)"


async def test_reactions_keep_leave_out_and_take_off_the_record(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        talk = await home.say("My cat does this without a grant.")
        link = await home.say("[A](https://example.org/a)")
        secret = await home.say("[S](https://example.org/s)")
        await home.slack.react(home.jonas, talk, "memo")
        await home.slack.react(home.jonas, link, "no_entry_sign")
        await home.slack.react(home.jonas, secret, "lock")
        await home.settled()
        assert await home.body() == "My cat does this without a grant."
        await home.slack.react(home.jonas, link, "no_entry_sign", on=False)
        await home.slack.react(home.jonas, secret, "lock", on=False)
        await home.settled()
        body = await home.body()
        assert "example.org/a" in body
        assert "example.org/s" in body


@pytest.mark.parametrize("shows_parents", [False, True])
async def test_a_mark_on_a_reply_counts_however_slack_answers_for_the_reply(
    tmp_path: Path, *, shows_parents: bool
) -> None:
    async with front(tmp_path) as home:
        home.slack.shows_parents = shows_parents
        root = await home.say("[A](https://example.org/a)")
        reply = await home.say("only talk", thread=root)
        await home.slack.react(home.mika, reply, "memo")
        await home.settled()
        assert "only talk" in await home.body()
        await home.stop()
        await home.start()
        assert "only talk" in await home.body()


async def test_marks_count_only_from_hosts(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        home.slack.groups["SHOSTS"] = [home.jonas.id]
        await home.command("/rundown setup hosts:<!subteam^SHOSTS|@hosts>", by=home.boss)
        raw = await home.say("[A](https://example.org/a)", by=home.jonas)
        await home.slack.react(home.mika, raw, "no_entry_sign")
        await home.settled()
        assert "example.org/a" in await home.body()
        await home.slack.react(home.jonas, raw, "no_entry_sign")
        await home.settled()
        assert await home.body() == ""


async def test_a_channel_that_nobody_watches_costs_no_request(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        other = home.slack.channel("random")
        before = len(home.slack.api.asked)
        await home.say("[A](https://example.org/a)", channel=other)
        assert len(home.slack.api.asked) == before


async def test_an_address_with_a_secret_is_left_out_and_its_writer_told(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("https://example.org/doc?token=abcdefgh12345678")
        said = home.slack.shown[-1]
        assert not said.public
        assert said.user == home.mika.id


async def test_an_event_that_is_sent_again_is_stored_once(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        home.slack.socket.twice = True
        raw = await home.say("[A](https://example.org/a)")
        await home.slack.react(home.jonas, raw, "memo")
        await home.settled()
        assert await home.body() == "- [A](https://example.org/a)"
        desk = await home.desk()
        assert list((await desk.capture.known_in(home.channel.id))[home.channel.id]) == [
            f"{home.channel.id}:{raw['ts']}"
        ]


async def test_an_event_is_acknowledged_in_time_though_slack_lets_the_app_wait(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        home.slack.api.slow["users.info"] = asyncio.Event()
        await home.slack.say(home.jonas, home.channel, "[A](https://example.org/a)")
        await home.slack.quiet()
        assert home.slack.socket.redelivered == 0
        assert await home.body() == ""
        home.slack.api.slow.pop("users.info").set()
        await home.settled()
        assert "example.org/a" in await home.body()


@pytest.mark.parametrize("menu", ["keep", "leave-out", "off-record"])
async def test_a_messages_shortcut_sets_its_mark_in_threads_too(tmp_path: Path, menu: str) -> None:
    async with front(tmp_path) as home:
        root = await home.say("[A](https://example.org/a)")
        reply = await home.say(
            "a word" if menu == "keep" else "[B](https://example.org/b)", thread=root
        )
        said = await home.slack.shortcut(home.jonas, reply, menu)
        assert not said.public
        await home.settled()
        body = await home.body()
        assert ("a word" in body) if menu == "keep" else ("example.org/b" not in body)


async def test_in_a_thread_a_command_is_typed_in_a_window(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        root = await home.say("[A](https://example.org/a)")
        slack = home.slack
        payload = slack.shortcut_payload(home.mika, root, "command")
        await slack.socket.tell("interactive", payload)
        form = await slack.window()
        await slack.submit(home.mika, form, "link retitle A The letter A")
        await slack.until(lambda: "The letter A" in slack.shown[-1].words)
        assert slack.shown[-1].thread == root["ts"]
        assert "[The letter A](https://example.org/a)" in await home.body()


async def test_titles_that_are_known_are_used(tmp_path: Path) -> None:
    lookup = Lookup("https://example.org/a", title="Known", source="file")
    async with front(tmp_path, lookups=[lookup]) as home:
        raw = await home.say("https://example.org/a")
        assert home.mark(raw) == "white_check_mark"
        assert "[Known]" in await home.body()
