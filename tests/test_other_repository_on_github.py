"""A file of an episode in another repository on GitHub: bound to this site, or never written."""

import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.core.events import Message
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Snapshot
from bot.services.request import Request
from bot.services.shows import FIRST
from tests.adapters.github.github_house import environment
from tests.fakes.github import LocalGitHub
from tests.services.desk.house import app

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

MIKA = Person("1", "Mika")
SITE_YML = """name: Test
path: '_drafts/ep{{ number }}.md'
around_links: keep
files:
  - {path: 'ep{{ number }}.md', text: '{{ notes }}', repository: hosts/Show-Notes}
"""
TEMPLATE = "---\ntitle: {{ title | yaml }}\n---\n\n{{ body }}\n"
BOUND = {"RUNDOWN_FILES": "hosts/site=hosts/show-notes"}


def profile(**more: str) -> dict[str, bytes | None]:
    settings = SITE_YML + "".join(f"{key}: {value}\n" for key, value in more.items())
    return {".rundown/site.yml": settings.encode(), ".rundown/draft.md.j2": TEMPLATE.encode()}


async def say(desk: Desk, identity: str, text: str) -> None:
    at = time.time_ns() // 1000
    await desk.capture.message(Snapshot(Message(identity, "c", at, MIKA.id, text, at), MIKA))


async def draft(desk: Desk, key: str) -> str:
    return (await desk.drafts.draft(Request(key, MIKA, "c", time.time_ns() // 1000))).text


async def test_it_is_committed_there_and_merged_with_what_people_did(tmp_path: Path) -> None:
    async with LocalGitHub(tmp_path, time.time) as github:
        github.site.commit(profile())
        notes = github.repository("hosts/show-notes")
        notes.edit("README.md", "words\n")
        async with app(tmp_path / "db", environment=environment(github, **BOUND)) as opened:
            desk = await opened.shows.open(FIRST)
            await say(desk, "1", "# A\n- [a](https://example.org/a)")
            assert "Also in hosts/show-notes: http" in await draft(desk, "d1")
            assert "[a]" in (notes.read("ep1.md") or "")
            before = notes.head()
            text = notes.read("ep1.md") or ""
            notes.edit("ep1.md", f"Listen!\n\n{text}", by="mika")
            assert "Also in" not in await draft(desk, "d2")  # nothing is new
            await say(desk, "2", "- [b](https://example.org/b)")
            github.asked.clear()
            await draft(desk, "d3")
            text = notes.read("ep1.md") or ""
            assert text.startswith("Listen!\n")
            assert "[b]" in text
            assert before != notes.head()
            asked = [one.name for one in github.asked if one.name in ("Look", "Commit")]
            assert asked == ["Look", "Commit"] * 2  # in each; the index of the site asks beside


async def test_what_it_cannot_be_written_to_yet_loses_nothing(tmp_path: Path) -> None:
    async with LocalGitHub(tmp_path, time.time) as github:
        github.site.commit(profile())
        async with app(tmp_path / "db", environment=environment(github, **BOUND)) as opened:
            desk = await opened.shows.open(FIRST)
            await say(desk, "1", "# A\n- [a](https://example.org/a)")
            told = await draft(desk, "d1")
            assert "files in hosts/show-notes are not written yet" in told
            assert "[a]" in (github.site.read("_drafts/ep1.md") or "")
            notes = github.repository("hosts/show-notes")
            notes.edit("README.md", "words\n")
            assert "Also in" in await draft(desk, "d2")
            assert "[a]" in (notes.read("ep1.md") or "")


@pytest.mark.parametrize(
    "bound",
    [{}, {"RUNDOWN_FILES": "hosts/another=hosts/show-notes"}, {"RUNDOWN_FILES": "hosts/site=a/b"}],
)
async def test_what_is_not_bound_to_this_site_is_never_even_asked_for(
    tmp_path: Path, bound: Mapping[str, str]
) -> None:
    async with LocalGitHub(tmp_path, time.time) as github:
        github.site.commit(profile())
        notes = github.repository("hosts/show-notes")
        notes.edit("README.md", "words\n")
        head = notes.head()
        async with app(tmp_path / "db", environment=environment(github, **bound)) as opened:
            desk = await opened.shows.open(FIRST)
            await say(desk, "1", "# A\n- [a](https://example.org/a)")
            told = await draft(desk, "d1")
            assert "RUNDOWN_FILES" in told
            assert "[a]" in (github.site.read("_drafts/ep1.md") or "")
        assert notes.head() == head
        assert not [one for one in github.asked if "show-notes" in str(one.body)]


async def test_where_drafts_are_reviewed_it_has_a_pull_request_of_its_own(tmp_path: Path) -> None:
    async with LocalGitHub(tmp_path, time.time) as github:
        github.site.commit(profile(draft="pull_request"))
        notes = github.repository("hosts/show-notes")
        notes.edit("README.md", "words\n")
        async with app(tmp_path / "db", environment=environment(github, **BOUND)) as opened:
            desk = await opened.shows.open(FIRST)
            await say(desk, "1", "# A\n- [a](https://example.org/a)")
            told = await draft(desk, "d1")
            assert notes.read("ep1.md") is None
            assert "[a]" in (notes.read("ep1.md", "rundown/ep1") or "")
            assert f"pull request: {notes.page}/pull/1" in told


async def test_its_pull_request_that_could_not_be_opened_comes_with_the_next(
    tmp_path: Path,
) -> None:
    async with LocalGitHub(tmp_path, time.time) as github:
        github.site.commit(profile(draft="pull_request"))
        notes = github.repository("hosts/show-notes")
        notes.edit("README.md", "words\n")
        notes.rights.discard("pull_requests")
        async with app(tmp_path / "db", environment=environment(github, **BOUND)) as opened:
            desk = await opened.shows.open(FIRST)
            await say(desk, "1", "# A\n- [a](https://example.org/a)")
            told = await draft(desk, "d1")
            assert f"Pull request: {github.site.page}/pull/1" in told
            assert "Also in hosts/show-notes: http" in told
            assert f"or open it here: {notes.page}/pull/new/rundown/ep1" in told
            notes.rights.add("pull_requests")
            told = await draft(desk, "d2")
            assert f"Pull request: {notes.page}/pull/1" in told
            assert await opened.store.state("files-owed") == {}
            assert f"{notes.page}/" not in await draft(desk, "d3")


async def test_what_goes_while_its_pull_request_is_owed_is_no_word_of_people_s(
    tmp_path: Path,
) -> None:
    async with LocalGitHub(tmp_path, time.time) as github:
        github.site.commit(profile(draft="pull_request"))
        notes = github.repository("hosts/show-notes")
        notes.edit("README.md", "words\n")
        notes.rights.discard("pull_requests")
        async with app(tmp_path / "db", environment=environment(github, **BOUND)) as opened:
            desk = await opened.shows.open(FIRST)
            await say(desk, "1", "# A\n- [a](https://example.org/a)")
            await draft(desk, "d1")
            request = Request("r", MIKA, "c", time.time_ns() // 1000)
            await desk.edits.link_remove(request, link="a")
            await say(desk, "2", "- [b](https://example.org/b)")
            await draft(desk, "d2")
            text = notes.read("ep1.md", "rundown/ep1") or ""
            assert ("[a]" in text, "[b]" in text) == (False, True)
