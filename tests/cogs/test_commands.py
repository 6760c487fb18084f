"""Slash commands and menus: every one answers, in its giver's language, whatever is wrong."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.adapters.web.fetcher import Web
from bot.services.chat.router import ALL
from bot.services.desk.command_table import Option
from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_rest import too_many
from tests.fakes.discord_shapes import Post
from tests.fakes.pages import pages

pytestmark = needs_network

PAPER, TALK = (f"https://example.org/{one}" for one in ("paper", "talk"))
JAPANESE = re.compile("[ぁ-ヿ一-鿿]")
PUBLIC = ("draft", "autodraft", "publish", "record", "times")
GOOD: dict[str, dict[str, Any]] = {
    "topic add": {"name": "Three"},
    "topic rename": {"topic": "One", "name": "Uno"},
    "topic move": {"topic": "Two", "before": "One"},
    "topic merge": {"topic": "Two", "into": "One"},
    "topic remove": {"topic": "Two"},
    "link move": {"link": "A paper", "topic": "Two"},
    "link retitle": {"link": "A paper", "title": "Paper"},
    "link note": {"link": "A paper", "text": "a note"},
    "link refresh": {"link": "1.2"},
    "link remove": {"link": "A paper"},
    "link restore": {"link": "A paper"},
    "episode set": {"field": "title", "value": "Robots"},
    "times": {"markers": "0:00 Uno\n1:30 One\n2:40 Two"},
}


async def filled(home: Front) -> Post:
    for text in ("# One", f"[A paper]({PAPER})", TALK, "# Two", "- a bullet"):
        await home.discord.say(home.mika, home.channel, text)
    await home.settled()
    return next(iter(home.discord.posts[home.channel.id].values()))


def bad(option: Option) -> Any:
    """Something that no option can be."""
    return {"channel": "77", "yes": True}.get(option.kind, "no such thing \U0001f512")


async def test_a_command_knows_what_was_said_in_the_same_instant(tmp_path: Path) -> None:
    """A gateway that resumes a session tells at once what was said and asked meanwhile."""
    async with front(tmp_path) as home:
        await home.discord.say(home.mika, home.channel, "# One")
        await home.discord.say(home.mika, home.channel, f"[A paper]({PAPER})")
        asked = await home.command("draft")
        assert "1 topic, 1 link" in asked.text


async def test_all_commands_are_registered_in_both_languages(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        known = {}
        for top in home.discord.commands:
            known |= {top["name"]: top}
            inner = [one for one in top.get("options") or () if one["type"] == 1]
            known |= {f"{top['name']} {one['name']}": one for one in inner}
        for command in ALL:
            described = known[command.name]
            assert described["description"] == command.about("en")
            assert described["description_localizations"]["ja"] == command.about("ja")
            options = {one["name"]: one for one in described.get("options") or ()}
            assert list(options) == [one.name for one in command.options]
            for option in command.options:
                told = options[option.name]
                assert bool(told.get("required")) is option.required
                assert told["description_localizations"]["ja"] == command.about("ja", option)
        menus = [one for one in home.discord.commands if one["type"] == 3]
        assert [one["name"] for one in menus] == [
            "Add to draft",
            "Leave out of draft",
            "Off the record",
            "Move to topic…",
            "Note…",
        ]
        assert all(one["name_localizations"]["ja"] for one in menus)


async def test_every_command_answers_in_english_and_in_japanese(tmp_path: Path) -> None:
    for locale in ("en-US", "ja"):
        async with front(tmp_path / locale) as home:
            await filled(home)
            home.mika.locale = home.boss.locale = locale
            for command in ALL:
                by = home.boss if command.name == "setup" else home.mika
                given = await home.command(command.name, by=by, **GOOD.get(command.name, {}))
                assert given.text, command.name
                is_ours = command.name not in ("preview", "outline")
                assert bool(JAPANESE.search(given.text)) is (locale == "ja") or not is_ours
                assert given.private is (command.name not in PUBLIC), command.name


async def test_bad_input_is_answered_and_changes_nothing(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        for command in ALL:
            if not await home.body():  # at first, and once one has closed the episode
                await filled(home)
            before = await home.body()
            assert before
            # Discord itself sees to it that a file is one.
            named = [one for one in command.options if one.kind not in ("text", "file", "picture")]
            values = {one.name: bad(one) for one in named}
            values |= {one.name: "\u202e" for one in command.options if one.kind == "text"}
            values |= {"number": "x y"} if "number" in values else {}
            if command.name == "setup":
                values = {"past": "-3", "site": "../../etc"}
            told = await home.command(command.name, by=home.boss, **values)
            assert told.text, command.name
            assert "went wrong in Rundown" not in told.text, command.name
            if values and command.name not in ("topic add", "draft"):
                assert told.private, command.name
                assert await home.body() == before, command.name
            after = await home.command("help", by=home.boss)
            assert "went wrong in Rundown" not in after.text, command.name


async def test_a_command_that_the_client_knows_otherwise_is_answered(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        assert "Reload Discord" in (await home.command("topic rename", topic="One")).text


async def test_the_same_given_twice_at_once_is_done_once(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        told = await asyncio.gather(
            *(home.command("link remove", link="A paper", by=by) for by in (home.mika, home.jonas))
        )
        assert all(one.text for one in told)
        assert await home.body() == f"### One\n\n- <{TALK}>\n\n### Two\n\n- a bullet"


async def test_two_drafts_at_once_make_one_commit(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        told = await asyncio.gather(
            *(home.command("draft", by=by) for by in (home.mika, home.jonas))
        )
        assert all(one.text for one in told)
        committed = [one for one in told if "Commit" in one.text]
        assert len(committed) == 1


async def test_an_interaction_that_comes_twice_counts_once(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        home.discord.gateway.twice = True
        await home.command("topic add", name="Three")
        home.discord.gateway.twice = False
        await home.settled()
        assert (await home.body()).count("### Three") == 1


async def test_long_work_is_announced_and_finished_later(tmp_path: Path) -> None:
    async with pages() as served, Web(allow_private=True) as web:
        address = served.put("/slow", "<title>Slow</title>")
        held = served.hold("/slow")
        async with front(tmp_path, web=web) as home:
            await home.say(address)
            told = await home.command("draft")
            assert told.kind == 5
            assert not told.private
            assert "Commit" in told.text
            held.go.set()


@pytest.mark.long
async def test_an_answer_to_all_that_becomes_an_error_concerns_one(tmp_path: Path) -> None:
    async with pages() as served, Web(allow_private=True) as web:
        address = served.put("/slow", "<title>Slow</title>")
        held = served.hold("/slow")
        async with front(tmp_path, web=web) as home:
            await home.say(address)
            (home.site / ".git/index.lock").touch()
            (home.site / ".git/refs/heads/main.lock").touch()
            told = await home.command("draft")
            assert told.kind in (4, 5)
            assert told.answers[-1].flags & 64
            held.go.set()


async def test_completion_gives_topics_and_links_by_what_they_are_called(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        complete = home.discord.complete
        topics = await complete(home.mika, home.channel, "topic rename", "topic", "")
        assert [one["name"] for one in topics] == ["1 One", "2 Two"]
        links = await complete(home.mika, home.channel, "link move", "link", "pap")
        assert links[0]["name"] == "1.1 A paper"
        moved = await home.command("link move", link=links[0]["value"], topic="Two")
        assert "Two" in moved.text
        fields = await complete(home.mika, home.channel, "episode set", "field", "ti")
        assert fields == [{"name": "title", "value": "title"}]
        helped = await complete(home.mika, home.channel, "help", "command", "topic")
        assert {one["value"] for one in helped} >= {"topic add", "topic move"}
        undone = await complete(home.mika, home.channel, "undo", "what", "")
        assert len(undone) == 1


async def test_menus_add_leave_out_and_take_off_the_record(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        talk, link, secret = [
            await home.say(text) for text in ("words", f"[A]({PAPER})", f"[B]({TALK})")
        ]
        added = await home.discord.menu(home.mika, talk, "Add to draft")
        assert "Added to the draft" in added.text
        assert "Left out" in (await home.discord.menu(home.mika, link, "Leave out of draft")).text
        assert "erased" in (await home.discord.menu(home.mika, secret, "Off the record")).text
        assert await home.body() == "words"
        await home.restart()  # reading the channel again does not take the menus' marks away
        assert await home.body() == "words"
        await home.discord.menu(home.mika, link, "Leave out of draft")
        await home.discord.menu(home.mika, secret, "Off the record")
        await home.discord.menu(home.mika, talk, "Add to draft")
        assert await home.body() == f"- [A]({PAPER})\n- [B]({TALK})"


async def test_the_preview_is_the_file_itself(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        told = await home.command("preview")
        (file,) = told.answers[0].attachments
        assert file["filename"] == "ep1.md"
        assert file["_text"].endswith(await home.body())


async def test_long_answers_are_split_or_become_a_file(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        for number in range(30):
            await home.command("topic add", name=f"{number} {'long ' * 35}")
        told = await home.command("history")
        await home.settled()
        assert told.text.count("\n") >= 19
        assert all(len(one.content) <= 2000 for one in told.answers)


async def test_history_shows_what_is_new_since_somebody_last_looked(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say(f"[A]({PAPER})")
        await home.command("history")
        await home.say(f"[B]({TALK})", by=home.jonas)
        await home.command("topic add", name="Three", by=home.jonas)
        told = (await home.command("history")).text
        assert "New since you last looked:\n1.2 B" in told.replace("\\", "") or "0.2 B" in told
        assert "(new)" in told
        again = (await home.command("history")).text
        assert "No new links" in again
        assert "(new)" not in again


async def test_a_slow_or_failing_discord_loses_no_answer(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        limited = iter([too_many(0.05), too_many(0.05)])

        def trouble(method: str, path: str) -> object:
            return next(limited, None) if path.startswith("/interactions") else None

        home.discord.rest.trouble = trouble  # type: ignore[assignment]
        assert "Two" in (await home.command("topic remove", topic="Two")).text


async def test_a_bug_of_ours_is_told_and_not_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with front(tmp_path) as home:
        desk = await home.desk()

        async def break_down(*_: object, **__: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(desk.edits, "topic_add", break_down)
        assert "went wrong in Rundown" in (await home.command("topic add", name="x")).text


async def test_commands_that_discord_answers_in_an_unknown_shape_stop_nothing(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:

        def odd(method: str, path: str) -> web.Response | None:
            told = method == "PUT" and path.endswith("/commands")
            return (
                web.Response(body=b'[{"id": "1"}]', content_type="application/json")
                if told
                else None
            )

        home.discord.rest.trouble = odd
        await home.restart()
        await home.say("- [A](https://example.org/a)")
        assert await home.body() == "- [A](https://example.org/a)"
