"""What Discord tells somebody that it failed has not been done: given again, it is done once.

Discord says so where the first word to an interaction is not there within 3 seconds, and refuses
that word then (https://discord.com/developers/docs/interactions/receiving-and-responding).
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.services.request import Answer
from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_asks import Interaction
from tests.fakes.discord_rest import refuse
from tests.fakes.discord_shapes import Post
from tests.patience import LONGEST, until

pytestmark = needs_network

PAPER, TALK = (f"https://example.org/{one}" for one in ("paper", "talk"))
LATE, TAKEN = (404, 10062), (400, 40060)
Way = Callable[[Front, Post], Awaitable[Callable[[], Awaitable[Interaction]]]]
"""Prepares something that somebody can ask for; what it returns asks for it."""


async def a_command(home: Front, post: Post) -> Callable[[], Awaitable[Interaction]]:
    return lambda: home.command("link note", link="A", text="a note")


async def a_menu(home: Front, post: Post) -> Callable[[], Awaitable[Interaction]]:
    return lambda: home.discord.menu(home.mika, post, "Leave out of draft")


async def _card(home: Front) -> Post:
    await home.command("outline")
    panel = home.discord.panel(home.channel)
    return (await home.discord.pick(home.mika, panel, "A")).answers[-1]


async def a_button(home: Front, post: Post) -> Callable[[], Awaitable[Interaction]]:
    card = await _card(home)
    return lambda: home.discord.press(home.mika, card, "Down")


async def a_pick(home: Front, post: Post) -> Callable[[], Awaitable[Interaction]]:
    await home.say("# Two")
    card = await _card(home)
    return lambda: home.discord.pick(home.mika, card, "Two")


async def a_form(home: Front, post: Post) -> Callable[[], Awaitable[Interaction]]:
    form = await home.discord.press(home.mika, await _card(home), "Add note")
    return lambda: home.discord.submit(form, "a note")


async def a_form_of_a_message(home: Front, post: Post) -> Callable[[], Awaitable[Interaction]]:
    form = await home.discord.menu(home.mika, post, "Note…")
    return lambda: home.discord.submit(form, "a note")


async def a_form_of_the_panel(home: Front, post: Post) -> Callable[[], Awaitable[Interaction]]:
    await home.command("outline")
    form = await home.discord.press(home.mika, home.discord.panel(home.channel), "Episode details")
    return lambda: home.discord.submit(form, "Eggs")


async def a_button_of_the_panel(home: Front, post: Post) -> Callable[[], Awaitable[Interaction]]:
    await home.command("link retitle", link="A", title="Another")
    await home.command("outline")
    panel = home.discord.panel(home.channel)
    return lambda: home.discord.press(home.mika, panel, "Undo")


WAYS = (
    a_command,
    a_menu,
    a_button,
    a_pick,
    a_form,
    a_form_of_a_message,
    a_form_of_the_panel,
    a_button_of_the_panel,
)


def refused(home: Front, status: int, code: int) -> asyncio.Event:
    """Have Discord refuse the next first word; tell when it has."""
    done, refusing = asyncio.Event(), refuse("POST", "/callback", status, code)

    def trouble(method: str, path: str) -> web.Response | None:
        response = None if done.is_set() else refusing(method, path)
        if response is not None:
            done.set()
        return response

    home.discord.rest.trouble = trouble
    return done


async def asked_in_vain(
    home: Front, ask: Callable[[], Awaitable[Interaction]], status: int, code: int
) -> None:
    """Ask for something while Discord refuses the first word to it."""
    is_refused = refused(home, status, code)
    asking = asyncio.ensure_future(ask())
    await asyncio.wait_for(is_refused.wait(), LONGEST)
    await home.settled()
    asking.cancel()


async def filled(home: Front) -> Post:
    await home.say("# One")
    post = await home.say(f"[A]({PAPER})")
    await home.say(f"[B]({TALK})")
    return post


@pytest.mark.parametrize("refusal", [LATE, TAKEN], ids=["late", "given to another process, too"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_what_discord_tells_that_it_failed_is_not_done(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, way: Way, refusal: tuple[int, int]
) -> None:
    async with front(tmp_path) as home:
        ask = await way(home, await filled(home))
        before = await home.body(), await home.store.events("show#1")
        await asked_in_vain(home, ask, *refusal)
        assert (await home.body(), await home.store.events("show#1")) == before
        assert "not done" in caplog.text
        assert "a request failed" not in caplog.text
        assert (await ask()).text
        assert len(await home.store.events("show#1")) == len(before[1]) + 1


async def test_a_draft_is_not_made_either_and_nothing_is_said_of_it(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        await asked_in_vain(home, lambda: home.command("draft"), *LATE)
        assert home.discord.of_bot(home.channel) == []
        assert "2 links" in (await home.command("draft")).text


async def test_what_only_shows_is_given_again_without_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        for patience in (0.8, 0.0):
            monkeypatch.setattr("cogs.answers.PATIENCE", patience)
            await asked_in_vain(home, lambda: home.command("preview"), *LATE)
            assert PAPER in (await home.command("preview")).text


async def test_discord_takes_the_first_word_before_a_file_is_fetched_or_anything_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        router, kinds = home.bot.front.router, list[Any]()
        run = router.run

        async def noting(*given: Any) -> Answer:
            kinds.extend(one.kind for one in home.discord.interactions.values())
            return await run(*given)

        monkeypatch.setattr(router, "run", noting)
        home.discord.interactions.clear()
        asked = await home.command("link note", link="A", text="a note")
        assert kinds == [5]
        assert asked.private


async def test_what_is_for_one_is_not_said_to_all_where_the_announcement_cannot_be_taken_back(
    tmp_path: Path,
) -> None:
    async with front(tmp_path) as home:
        gone, refusing = asyncio.Event(), refuse("DELETE", "/messages/@original", 404, 10008)

        def trouble(method: str, path: str) -> web.Response | None:
            if (response := refusing(method, path)) is not None:
                gone.set()
            return response

        home.discord.rest.trouble = trouble
        asking = asyncio.ensure_future(home.command("draft"))  # there is nothing to draft
        await asyncio.wait_for(gone.wait(), LONGEST)
        await home.settled()
        assert home.discord.of_bot(home.channel) == []
        asking.cancel()


@pytest.mark.parametrize("refusal", [(404, 10015), (401, 50027), (404, 10008)])
async def test_what_is_done_is_told_in_private_where_discord_takes_no_answer(
    tmp_path: Path, refusal: tuple[int, int]
) -> None:
    """Whoever had asked saw that the bot was thinking, and nothing else ever."""
    async with front(tmp_path) as home:
        await filled(home)
        private = home.discord.private(home.mika)
        home.discord.rest.trouble = refuse("POST", "/webhooks", *refusal)
        asking = asyncio.ensure_future(home.command("link note", link="A", text="a note"))
        await until(lambda: home.discord.of_bot(private))
        asking.cancel()
        await home.settled()
        assert "a note" in await home.body()
        (told,) = home.discord.of_bot(private)
        assert "A" in told.content
        assert home.discord.of_bot(home.channel) == []


async def test_one_who_takes_no_direct_message_is_told_nowhere_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with front(tmp_path) as home:
        await filled(home)
        home.discord.takes_private = False
        home.discord.rest.trouble = refuse("POST", "/webhooks", 404, 10015)
        asking = asyncio.ensure_future(home.command("link note", link="A", text="a note"))
        await until(lambda: "not said at all" in caplog.text)
        asking.cancel()
        await home.settled()
        assert "Traceback" not in caplog.text
        assert home.discord.of_bot(home.channel) == []
