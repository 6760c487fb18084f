"""Titles in a chat: they come by themselves, delay nothing, and never argue with a person."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.web.fetcher import Web
from bot.core.grammar.message import OFF_RECORD
from bot.errors import CommandError
from tests.fakes.pages import Pages, pages
from tests.patience import LONGEST
from tests.services.desk.house import house

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture
async def served() -> AsyncIterator[Pages]:
    async with pages() as site:
        yield site


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with Web(allow_private=True) as opened:
        yield opened


async def test_a_message_is_taken_in_at_once_and_its_title_comes_when_it_comes(
    tmp_path: Path, served: Pages, web: Web
) -> None:
    address = served.put("/a", "<title>Slow but sure</title>")
    held = served.hold("/a")
    async with house(tmp_path, web=web) as home:
        told: list[str | None] = []
        home.desk.on_title(lambda lookup: told.append(lookup.title))
        await home.say(address)
        assert home.receipt.outcome == "untitled"
        assert await home.body() == f"- <{address}>"
        held.go.set()
        await home.desk.look_up("notes", seconds=LONGEST)
        assert told == ["Slow but sure"]
        assert await home.body() == f"- [Slow but sure]({address})"


async def test_a_draft_waits_a_little_for_titles_that_are_on_their_way(
    tmp_path: Path, served: Pages, web: Web
) -> None:
    address = served.put("/a", "<title>In time</title>")
    async with house(tmp_path, web=web) as home:
        await home.say(address)
        assert "wait" not in (await home.draft()).text
        assert "[In time]" in (home.site / "_drafts/ep1.md").read_text(encoding="utf-8")


async def test_a_title_that_a_host_set_stays_whatever_is_found_later(
    tmp_path: Path, served: Pages, web: Web
) -> None:
    address = served.put("/a", "<title>The page's</title>")
    held = served.hold("/a")
    async with house(tmp_path, web=web) as home:
        await home.say(address)
        await home.desk.edits.link_retitle(home.request(), link="0.1", title="The host's")
        held.go.set()
        await home.desk.look_up("notes", seconds=LONGEST)
        assert await home.body() == f"- [The host's]({address})"
        with pytest.raises(CommandError, match="keeps the title that a host gave it"):
            await home.desk.edits.link_refresh(home.request(), link="0.1")


async def test_a_host_can_have_a_title_looked_up_again(
    tmp_path: Path, served: Pages, web: Web
) -> None:
    address = served.put("/a", "<title>Just a moment...</title>", status=403)
    async with house(tmp_path, web=web) as home:
        await home.say(address)
        await home.desk.look_up("notes", seconds=LONGEST)
        outline = (await home.desk.views.outline(home.request())).text
        assert "(no title: the site answers 403)" in outline
        answer = (await home.desk.edits.link_refresh(home.request(), link="0.1")).text
        assert answer.startswith(f"No title found for {address}: the site answers 403")
        served.put("/a", "<title>Open now</title>")
        answer = (await home.desk.edits.link_refresh(home.request(), link="0.1")).text
        assert answer == f"New title for {address}: Open now"
        assert await home.body() == f"- [Open now]({address})"


async def test_off_the_record_stops_a_look_up_that_is_under_way(
    tmp_path: Path, served: Pages, web: Web
) -> None:
    address = served.put("/a", "<title>Nobody may know</title>")
    held = served.hold("/a")
    async with house(tmp_path, web=web) as home:
        message = await home.say(address)
        await held.asked.wait()
        await home.mark(message, OFF_RECORD)
        held.go.set()
        await home.desk.look_up("notes", seconds=LONGEST)
        assert not _kept(tmp_path, "Nobody may know")
        assert not _kept(tmp_path, address)


async def test_what_was_not_found_before_a_stop_is_looked_up_after_it(
    tmp_path: Path, served: Pages, web: Web
) -> None:
    address = served.put("/a", "<title>Later</title>")
    served.hold("/a")
    async with house(tmp_path, web=web) as home:
        await home.say(address)
    served.hold("/a").go.set()
    async with house(tmp_path, web=web) as home:
        await home.desk.look_up("notes", seconds=LONGEST)
        assert await home.body() == f"- [Later]({address})"


def _kept(folder: Path, text: str) -> bool:
    """Return whether a text is in the bytes of a database's files."""
    return any(text.encode() in one.read_bytes() for one in folder.iterdir() if one.is_file())
