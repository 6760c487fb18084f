"""An episode that takes a number which another had: neither's file, nor review, becomes both's."""

from pathlib import Path

import pytest

from bot.errors import FileChanged
from tests.adapters.github.github_house import github_house
from tests.services.desk.house import House, house, house_on

A, B = "- <https://example.org/a>\n", "- <https://example.org/b>\n"


def file(home: House, name: str) -> str:
    return (home.site / "_drafts" / name).read_text("utf-8").partition("\n---\n\n")[2]


async def two_of_one_number(home: House) -> None:
    """Draft an episode, give it another number, and begin another with its old one."""
    await home.say("https://example.org/a")
    await home.draft()
    await home.desk.edits.episode_set(home.request(), field="number", value="2")
    await home.desk.edits.episode_start(home.request(channel="other"), number="1")
    await home.say("https://example.org/b", channel="other")


async def draft_other(home: House) -> str:
    return (await home.desk.drafts.draft(home.request(channel="other"))).text


async def test_a_file_that_is_still_anothers_draft_is_not_joined(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await two_of_one_number(home)
        with pytest.raises(FileChanged) as refused:
            await draft_other(home)
        assert "still the draft of episode 2" in refused.value.say("en")
        assert file(home, "ep1.md") == A
        await home.draft()
        await draft_other(home)
        assert (file(home, "ep1.md"), file(home, "ep2.md")) == (B, A)


async def test_nor_is_that_of_an_episode_that_was_begun_later(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.desk.edits.episode_start(home.request(), number="5")
        await home.say("https://example.org/a")
        await home.desk.edits.episode_start(home.request(channel="other"), number="7")
        await home.say("https://example.org/b", channel="other")
        await draft_other(home)
        await home.desk.edits.episode_set(home.request(channel="other"), field="number", value="8")
        await home.desk.edits.episode_set(home.request(), field="number", value="7")
        with pytest.raises(FileChanged) as refused:
            await home.draft()
        assert "still the draft of episode 8" in refused.value.say("en")
        assert file(home, "ep7.md") == B


async def test_a_draft_that_people_began_where_anothers_had_been_is_gone_on_with(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await two_of_one_number(home)
        began = (home.site / "_drafts/ep1.md").read_text("utf-8").replace(A, "By hand.\n")
        home.git("mv", "_drafts/ep1.md", "_drafts/elsewhere.md")
        home.git("commit", "--quiet", "--message=moved")
        (home.site / "_drafts/ep1.md").write_text(began, "utf-8")
        home.git("add", "--all")
        home.git("commit", "--quiet", "--message=begun")
        await draft_other(home)
        assert B in file(home, "ep1.md") and "By hand.\n" in file(home, "ep1.md")
        assert file(home, "elsewhere.md") == A


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("closed", [False, True])
async def test_a_review_that_is_anothers_is_not_joined(tmp_path: Path, closed: bool) -> None:
    async with (
        github_house(tmp_path) as github,
        house_on(github.site(review=True), tmp_path) as home,
    ):
        await two_of_one_number(home)
        site = github.local.site
        if closed:
            site.close(site.pulls[0])
        await draft_other(home)
        if closed:
            site.reopen(site.pulls[0])
        await home.say("https://example.org/c")
        await home.draft()
        await home.say("https://example.org/d", channel="other")
        await draft_other(home)
        assert [pull.head for pull in site.pulls] == ["rundown/ep1", "rundown/ep1b"]
        assert [pull.title for pull in site.pulls] == ["Draft of episode 1"] * 2
        one = site.read("_drafts/ep1.md", "rundown/ep1") or site.read(
            "_drafts/ep2.md", "rundown/ep1"
        )
        other = site.read("_drafts/ep1.md", "rundown/ep1b")
        assert [name for name in "abcd" if f"example.org/{name}" in (one or "")] == ["a", "c"]
        assert [name for name in "abcd" if f"example.org/{name}" in (other or "")] == ["b", "d"]
