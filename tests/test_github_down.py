"""GitHub down at a start: what needs no GitHub goes on, by the profile that was read last."""

import time
from pathlib import Path

import pytest

from bot.core.events import Message
from bot.errors import SiteError
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Snapshot
from bot.services.request import Request
from bot.services.shows import FIRST
from tests.adapters.github.github_house import environment
from tests.fakes.github import LocalGitHub
from tests.services.desk.house import app

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

MIKA = Person("1", "Mika")


def files(path: str) -> dict[str, bytes | None]:
    settings = f"name: Test\npath: '{path}'\naround_links: keep\n"
    template = "---\ntitle: {{ title | yaml }}\n---\n\n{{ body }}\n"
    return {
        ".rundown/site.yml": settings.encode(),
        ".rundown/draft.md.j2": template.encode(),
    }


async def say(desk: Desk, identity: str, text: str) -> str:
    at = time.time_ns() // 1000
    message = Message(identity, "c", at, MIKA.id, text, at)
    return (await desk.capture.message(Snapshot(message, MIKA))).outcome


def request(key: str) -> Request:
    return Request(key, MIKA, "c", time.time_ns() // 1000)


async def test_without_github_messages_and_outlines_go_on(tmp_path: Path) -> None:
    async with LocalGitHub(tmp_path, time.time) as github:
        github.site.commit(files("_drafts/ep{{ number }}.md"))
        settings = environment(github)
        async with app(tmp_path / "db", environment=settings) as opened:
            desk = await opened.shows.open(FIRST)
            assert await say(desk, "1", "[A](https://example.org/a)") == "kept"
    # The server is gone: nothing can even be connected to.
    async with app(tmp_path / "db", environment=settings) as opened:
        desk = await opened.shows.open(FIRST)
        assert await say(desk, "2", "[B](https://example.org/b)") == "kept"
        outline = (await desk.views.outline(request("o"))).text
        assert "A" in outline
        assert "B" in outline
        assert (await desk.views.history(request("h"))).text


async def test_the_profile_is_read_anew_once_github_answers(tmp_path: Path) -> None:
    async with LocalGitHub(tmp_path, time.time) as github:
        github.site.commit(files("_drafts/ep{{ number }}.md"))
        settings = environment(github)
        async with app(tmp_path / "db", environment=settings) as opened:
            await opened.shows.open(FIRST)
        github.site.commit(files("_drafts/episode{{ number }}.md"))
        github.trouble("Profile", status=502, times=1000)
        async with app(tmp_path / "db", environment=settings) as opened:
            desk = await opened.shows.open(FIRST)
            github.end_troubles()
            await say(desk, "1", "[A](https://example.org/a)")
            await desk.drafts.draft(request("d"))
        assert "[A]" in github.site.read("_drafts/episode1.md")


async def test_a_site_that_was_never_opened_needs_github(tmp_path: Path) -> None:
    async with LocalGitHub(tmp_path, time.time) as github:
        github.site.commit(files("_drafts/ep{{ number }}.md"))
        github.trouble("Profile", status=404, times=1000)
        async with app(tmp_path / "db", environment=environment(github)) as opened:
            with pytest.raises(SiteError):
                await opened.shows.open(FIRST)
