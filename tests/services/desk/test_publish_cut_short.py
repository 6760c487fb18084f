"""A page that was made, whoever heard of it: its episode is over, and it can be taken back."""

import asyncio
from pathlib import Path

import pytest

from bot.errors import CommandError, CommitUnknown
from tests.services.desk.house import House, house
from tests.services.desk.test_publish import FIRST, publish
from tests.services.drafting.test_cut_short import unheard

PAGES = {
    "draft_when": FIRST,
    "draft: true": {
        "settings": "name: T\npath: 'notes/ep{{ number }}.md'\naround_links: keep\n",
        "template": "---\ntitle: {{ title | yaml }}\ndraft: true\n---\n\n{{ body }}\n",
    },
    "_drafts": {"settings": "name: T\npath: '_drafts/ep{{ number }}.md'\naround_links: keep\n"},
}
everywhere = pytest.mark.parametrize("site", PAGES)
OVER = "Episode 1 has been published, so it was closed."


def head(home: House) -> str:
    return home.git("rev-parse", "HEAD").strip()


def page(home: House) -> str:
    """The only file of an episode that the site has, as it is."""
    (path,) = [one for one in home.site.rglob("*ep1.md") if ".rundown" not in one.parts]
    return path.read_text()


def heard(home: House) -> list[str]:
    texts: list[str] = []
    home.desk.listen(lambda news: texts.append(news.text("en")) if news.text else None)
    return texts


async def filled(home: House) -> None:
    await home.say("# A\n- [a](https://example.org/a)")
    await home.desk.edits.episode_set(home.request(), field="title", value="An episode")


async def drafted(home: House) -> str:
    await filled(home)
    await home.draft()
    return page(home)


async def cut_short(home: House, *, done: bool = True) -> None:
    """Publish, and hear nothing of the commit."""
    async with unheard(home, done=done):
        with pytest.raises(CommitUnknown):
            await publish(home, "anyway")


def by_hand(home: House, old: str, new: str) -> None:
    (path,) = [one for one in home.site.rglob("*ep1.md") if ".rundown" not in one.parts]
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    home.git("commit", "--quiet", "--all", "--message=by hand")


@everywhere
async def test_a_start_closes_the_episode_of_a_page_and_tells_hosts(
    tmp_path: Path, site: str
) -> None:
    async with house(tmp_path, **PAGES[site]) as home:
        draft = await drafted(home)
        await cut_short(home)
        texts = heard(home)
        await home.desk._watch.look()
        await home.desk._watch.look()
        assert [one for one in texts if OVER in one] == [texts[0]]
        made = head(home)
        await home.say("# B\n- [b](https://example.org/b)")
        assert head(home) == made
        assert (await home.desk.views.episode("notes")).fields["number"] == "2"
        assert "Episode 1 is a draft again" in (await publish(home, "undo")).text
        assert page(home) == draft


@everywhere
async def test_a_draft_finds_the_page_and_writes_nothing_into_it(tmp_path: Path, site: str) -> None:
    async with house(tmp_path, **PAGES[site]) as home:
        await drafted(home)
        await cut_short(home)
        made = head(home)
        await home.say("- [b](https://example.org/b)")
        with pytest.raises(CommandError, match="nothing is committed into a published page"):
            await home.draft()
        assert head(home) == made


@everywhere
async def test_published_once_more_it_is_known_and_taken_back(tmp_path: Path, site: str) -> None:
    async with house(tmp_path, **PAGES[site]) as home:
        draft = await drafted(home)
        await cut_short(home)
        assert "as it was committed before" in (await publish(home, "anyway")).text
        assert "Episode 1 is a draft again" in (await publish(home, "undo")).text
        assert page(home) == draft


async def test_the_page_of_an_episode_without_a_draft_is_known_too(tmp_path: Path) -> None:
    async with house(tmp_path, **FIRST) as home:
        await filled(home)
        await cut_short(home)
        texts = heard(home)
        await home.desk._watch.look()
        assert any(OVER in one for one in texts)


async def test_one_that_was_not_made_leaves_the_episode_open(tmp_path: Path) -> None:
    async with house(tmp_path, **FIRST) as home:
        draft = await drafted(home)
        await cut_short(home, done=False)
        texts = heard(home)
        await home.desk._watch.look()
        assert page(home) == draft
        assert texts == []
        assert "Episode 1 is published" in (await publish(home, "anyway")).text


@everywhere
async def test_given_twice_at_once_it_is_taken_back_once(tmp_path: Path, site: str) -> None:
    async with house(tmp_path, **PAGES[site]) as home:
        draft = await drafted(home)
        both = await asyncio.gather(publish(home, "anyway"), publish(home, "anyway"))
        assert all("Episode 1 is published" in one.text for one in both)
        undone = await asyncio.gather(
            publish(home, "undo"), publish(home, "undo"), return_exceptions=True
        )
        told = sorted(
            one.say("en") if isinstance(one, CommandError) else one.text for one in undone
        )
        assert told[0].startswith("Episode 1 is a draft again")
        assert told[1].startswith("No episode was published")
        assert page(home) == draft


async def test_a_page_of_ours_that_people_make_a_draft_again_opens_its_episode(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, **PAGES["draft: true"]) as home:
        await drafted(home)
        await publish(home, "anyway")
        by_hand(home, "draft: false", "draft: true")
        texts = heard(home)
        await home.desk._watch.look()
        assert any("Episode 1 is a draft in the site again, and open" in one for one in texts)
        by_hand(home, "draft: true", "draft: false")
        await home.say("- [b](https://example.org/b)")
        made = head(home)
        with pytest.raises(CommandError, match="has been published, so it was closed"):
            await home.draft()
        assert head(home) == made
        by_hand(home, "draft: false", "draft: true")
        await home.desk._watch.look()
        await home.draft()
        assert "- [b](https://example.org/b)" in page(home)
        by_hand(home, "draft: true", "draft: false")
        await home.desk._watch.look()
        assert texts[-1].startswith(OVER)


async def test_a_site_without_drafts_goes_on_with_its_pages(tmp_path: Path) -> None:
    settings = "name: T\npath: 'notes/ep{{ number }}.md'\naround_links: keep\n"
    async with house(tmp_path, settings=settings) as home:
        await drafted(home)
        await publish(home, "anyway")
        await home.desk.edits.episode_start(home.request(), number="1")
        await home.say("- [b](https://example.org/b)")
        await home.draft()
        assert "- [b](https://example.org/b)" in page(home)
