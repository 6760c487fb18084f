"""Who may change what: hosts of the workspace in which a channel is watched, and nobody else."""

from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

from bot import mentions
from bot.app.app import clock
from bot.errors import ChatError, CommandError
from bot.services.chat.backfill import Stretch
from bot.services.chat.router import CommandRouter
from bot.services.watched_channels import Caller, Watched, WatchedChannels
from bot.texts import say
from storage.store import SqliteStore
from tests.services.chat.station import OURS, host, station


@pytest.fixture
async def router(tmp_path: Path) -> AsyncIterator[CommandRouter]:
    async with SqliteStore.open(tmp_path / "rundown.db", clock=clock) as store:
        channels = await WatchedChannels.open(store)
        await channels.watch(Watched(channel="notes", workspace="ours", show="show"))
        unused: Any = None
        yield CommandRouter(
            shows=SimpleNamespace(channels=channels),  # type: ignore[arg-type]
            setup=unused,
            panels=unused,
            enter=unused,
            backfill=unused,
            complete=unused,
            heard=unused,
        )


def caller(workspace: str, **more: Any) -> Caller:
    return Caller(workspace=workspace, user="U1", writes=True, **more)


def test_a_host_of_the_workspace_may(router: CommandRouter) -> None:
    router.check_host("notes", caller("ours"))


@pytest.mark.parametrize("manages", [False, True])
def test_a_host_of_another_workspace_may_not(router: CommandRouter, manages: bool) -> None:
    with pytest.raises(CommandError) as refused:
        router.check_host("notes", caller("theirs", manages=manages))
    assert refused.value.args[0] == "shows.no-host"


def test_nobody_is_a_host_where_nothing_is_watched(router: CommandRouter) -> None:
    with pytest.raises(CommandError):
        router.check_host("elsewhere", caller("ours", manages=True))


# --- commands ------------------------------------------------------------------------------------


def stranger(**more: Any) -> Caller:
    return host(writes=False, **more)


async def refusal(asking: Awaitable[object]) -> str:
    with pytest.raises(CommandError) as refused:
        await asking
    return str(refused.value.args[0])


async def test_help_is_for_everybody_and_begins_with_how_to_write(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        all_of_it = await at.run("help", stranger(), channel="elsewhere")
        assert all_of_it.text.startswith(say("shows.welcome", "en"))
        assert "/setup" in all_of_it.text
        one = await at.run("help", stranger(), command="topic move")
        assert one.text.startswith("/topic move")


async def test_where_nothing_is_watched_a_manager_is_offered_it_and_others_are_told(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as at:
        offered = await at.run("find", host(manages=True), channel="elsewhere")
        (choice,) = offered.choices
        assert (choice.command, choice.values) == ("setup", {"channel": "elsewhere"})
        assert await refusal(at.run("find", channel="elsewhere")) == "shows.not-watched"
        watched = await at.run("find", host(manages=True))
        assert watched.choices != offered.choices


async def test_anybody_may_look_and_hosts_alone_may_change(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        assert (await at.run("episode show", stranger())).text
        assert await refusal(at.run("topic add", stranger(), name="Bread")) == "shows.no-host"
        assert await refusal(at.run("draft", stranger())) == "shows.no-host"
        assert "Bread" in (await at.run("topic add", name="Bread")).text


async def test_the_outline_is_posted_and_its_address_told(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        answer = await at.run("outline", stranger())
        assert answer.text == say("panel.posted", "en", link="https://chat.test/notes/notes/p1")
        assert list(at.port.panels) == [("notes", "p1")]
        at.port.has_threads_alone = True
        with pytest.raises(ChatError):
            await at.run("outline")
        request = replace(at.home.request(), thread="t7")
        answer = await at.run("outline", request=request)
        assert "https://chat.test/notes/t7/p2" in answer.text
        assert list(at.port.panels) == [("t7", "p2")]


@pytest.mark.parametrize("command", ["draft", "later", "notes", "outline", "preview", "publish"])
async def test_before_what_hosts_go_by_all_is_read_that_was_missed(
    tmp_path: Path, command: str
) -> None:
    async with station(tmp_path) as at:
        await at.home.say("- a line")
        await at.run("draft" if command in ("notes", "publish") else "find")
        assert at.past.asked == []
        await at.front.backfill.owe("notes", 1)
        await (at.run(command, what="0.1") if command == "later" else at.run(command))
        assert at.past.asked == ["all of notes"]


async def test_of_what_could_not_be_read_a_command_says_that_it_is_missing(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as at:
        await at.home.say("- a line")
        at.past.fails = ChatError("shows.no-thread", channel="notes")
        await at.front.backfill.owe("notes", 1)
        answer = await at.run("draft")
        unread = say("shows.unread", "en", channels=mentions.channels(["notes"]))
        assert answer.text.endswith(f"\n{unread}")
        assert "ep" in answer.text.removesuffix(unread)
        preview = await at.run("preview")
        assert preview.file is not None
        assert unread not in preview.text
        at.past.fails = None
        assert unread not in (await at.run("draft")).text


async def test_what_a_command_names_is_looked_for_among_what_was_missed(tmp_path: Path) -> None:
    async with station(tmp_path) as at:

        async def stretches(conversation: str, *, since: int) -> AsyncIterator[Stretch]:
            await at.home.say("# Bread")
            for one in ():
                yield one

        assert await refusal(at.run("topic remove", topic="Bread")) == "desk.no-such-topic"
        assert at.past.asked == []  # nothing was missed
        await at.front.backfill.owe("notes", 1)
        with patch.object(at.past, "stretches", stretches):
            answer = await at.run("topic rename", topic="Bread", name="Cake")
        assert "Cake" in answer.text


async def test_what_a_command_names_may_stand_where_nothing_can_be_read(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        await at.home.say("# Bread")
        at.past.fails = ChatError("shows.no-thread", channel="notes")
        await at.front.backfill.owe("notes", 1)
        for language, why in ("en", "No link matches “https://ex"), ("ja", "「https://ex"):
            with pytest.raises(CommandError) as refused:
                await at.run("link remove", link="https://example.org/")
            assert refused.value.say(language).startswith(why)
            assert mentions.channels(["notes"]) in refused.value.say(language)
        asked = [*at.past.asked]
        assert await refusal(at.run("episode set", field="bogus", value="x")) != "shows.unread"
        assert at.past.asked == asked  # no other refusal has anything read
        at.past.fails = None
        asking = at.run("link remove", link="https://example.org/")
        assert await refusal(asking) == "desk.no-such-link"


async def test_what_there_is_to_draft_may_stand_where_nothing_can_be_read(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        at.past.fails = ChatError("shows.no-thread", channel="notes")
        await at.front.backfill.owe("notes", 1)
        assert await refusal(at.run("draft")) == "shows.refused-unread"
        at.past.fails = None
        assert await refusal(at.run("draft")) == "desk.nothing-to-draft"


async def test_a_command_that_is_done_does_not_say_what_could_not_be_read(tmp_path: Path) -> None:
    async with station(tmp_path) as at:

        async def stretches(conversation: str, *, since: int) -> AsyncIterator[Stretch]:
            await at.home.say("# Bread")
            for one in ():
                yield one
            raise ChatError("shows.no-thread", channel="notes")

        await at.front.backfill.owe("notes", 1)
        with patch.object(at.past, "stretches", stretches):
            answer = await at.run("topic rename", topic="Bread", name="Cake")
        assert await at.front.backfill.is_owed("notes")
        assert "Cake" in answer.text
        assert mentions.channels(["notes"]) not in answer.text


# --- setting up ----------------------------------------------------------------------------------

MANAGER = host(manages=True, owns=True)


async def test_a_channel_is_entered_welcomed_and_read_once_it_is_set_up(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        await at.home.say("- open")
        await at.run("setup", MANAGER, channel="more")
        assert at.entered == ["more"]
        await at.idle()
        welcome = ("more", say("shows.welcome", "en"), ())
        assert at.port.said[0] == welcome
        assert at.past.asked == ["all of more"]  # back to when the episode was opened
        again = await at.run("setup", MANAGER, channel="more")
        assert again.choices
        assert at.port.said.count(welcome) == 1
        assert at.past.asked == ["all of more"]


async def test_the_past_that_somebody_asks_for_is_read(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        await at.run("setup", MANAGER, past="7")
        await at.idle()
        assert at.entered == ["notes"]
        assert at.past.asked == ["all of notes"]
        assert at.port.said == [("notes", say("shows.caught-nothing", "en"), ())]


async def test_where_the_app_must_be_invited_it_is_asked_for_and_all_is_said_and_read_then(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as at:
        await at.home.say("- open")
        at.lets_in = False
        answer = await at.run("setup", MANAGER, channel="more")
        assert answer.text.endswith("\n" + say("slack.invite", "en"))
        await at.idle()
        assert at.port.said == []
        assert at.past.asked == []
        assert await at.front.backfill.is_owed("more")
        await at.front.let_in("more")
        await at.front.let_in("more")
        await at.idle()
        assert [one for one in at.port.said if one[1] == say("shows.welcome", "en")] == [
            ("more", say("shows.welcome", "en"), ())
        ]
        assert "more" in at.past.asked
        again = await at.run("setup", MANAGER)  # `notes`, which was welcomed long ago
        assert again.text.endswith("\n" + say("slack.invite", "en"))
        await at.front.let_in("notes")
        await at.idle()
        assert [one[0] for one in at.port.said] == ["more"]


async def test_nobody_but_a_manager_has_the_app_enter_or_leave(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        assert await refusal(at.run("setup", channel="more")) == "shows.no-manager"
        assert await refusal(at.run("setup", leave="yes")) == "shows.no-manager"
        assert at.entered == []
        left = await at.run("setup", MANAGER, leave="yes")
        assert left.text == say("shows.unwatched", "en")
        assert at.entered == []
        assert not at.shows.watches("notes")


# --- the menu of a message -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("menu", "by", "is_author", "may"),
    [
        ("keep", "host", False, True),
        ("off-record", "host", False, True),
        ("keep", "stranger", False, False),
        ("off-record", "stranger", False, False),
        ("leave-out", "stranger", False, False),
        ("leave-out", "stranger", True, True),
        ("off-record", "stranger", True, True),
        ("keep", "stranger", True, False),  # nobody puts his own words into the notes
    ],
)
async def test_who_may_do_what_a_messages_menu_offers(
    tmp_path: Path, menu: str, by: str, is_author: bool, may: bool
) -> None:
    async with station(tmp_path) as at:
        message = await at.home.say("- words", by="oka" if is_author else "buka")
        author = "oka" if is_author else "buka"
        doing = at.front.router.mark(
            menu, message, at.home.request(), host() if by == "host" else stranger(),
            channel="notes", author=author,
        )  # fmt: skip
        if may:
            assert (await doing).text
            kept = at.home.desk.views.rendered
            assert ("words" in (await kept("notes")).body.text) == (menu == "keep")
        else:
            assert await refusal(doing) == "shows.no-host"


async def test_of_a_message_whose_author_is_not_told_nobody_is_the_author(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        message = await at.home.say("- words")
        nobody = Caller(OURS, writes=False)
        doing = at.front.router.mark(
            "leave-out", message, at.home.request(), nobody, channel="notes", author=""
        )
        assert await refusal(doing) == "shows.no-host"
