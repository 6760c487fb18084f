"""People change the site's profile while the app runs: the next draft goes by it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.adapters.git.site import LocalSite
from bot.app.sites import profile_of
from bot.errors import ProfileError, TemplateError
from bot.services.profile_renewal import ProfileRenewal
from tests.services.desk.house import SITE_YML, TEMPLATE, House, house_on, make_site

PAPER = "https://example.org/paper"
FILE = "_drafts/ep1.md"


def put(home: Path, settings: str = SITE_YML, template: str = TEMPLATE) -> None:
    (home / ".rundown").mkdir(exist_ok=True)
    (home / ".rundown/site.yml").write_text(settings, encoding="utf-8")
    (home / ".rundown/draft.md.j2").write_text(template, encoding="utf-8")


@asynccontextmanager
async def show(folder: Path) -> AsyncIterator[House]:
    root = folder / "site"
    make_site(root)
    put(root)
    site = await LocalSite.open(root)
    read = partial(asyncio.to_thread, profile_of, root)
    renewal = ProfileRenewal(profile_of(root), reload=read)
    async with house_on(site, folder, renewal, root=root) as home:
        yield home


def text(home: House) -> str:
    return (home.site / FILE).read_text(encoding="utf-8")


async def test_the_next_draft_goes_by_the_new_profile_and_keeps_what_people_wrote(tmp_path: Path):
    async with show(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        file = home.site / FILE
        file.write_text(text(home).replace("### A", "### 1:30 A") + "\nMine.\n", encoding="utf-8")
        put(home.site, template=TEMPLATE.replace("{{ body }}", "Hello.\n\n{{ body }}"))
        await home.draft()
        assert "Hello.\n\n### 1:30 A\n" in text(home)
        assert text(home).endswith("\nMine.\n")


async def test_a_mistake_is_told_commits_nothing_and_can_be_mended(tmp_path: Path):
    async with show(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        head = home.git("rev-parse", "HEAD")
        put(home.site, settings="name: [")
        await home.say("https://example.org/more")
        with pytest.raises(ProfileError, match=r"site\.yml"):
            await home.draft()
        assert home.git("rev-parse", "HEAD") == head
        put(home.site)
        await home.draft()
        assert "https://example.org/more" in text(home)


async def test_a_template_that_fails_is_read_again_once_people_mended_it(tmp_path: Path):
    async with show(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        put(home.site, template="{{ 1 / 0 }}")
        with pytest.raises(TemplateError):
            await home.draft()
        with pytest.raises(TemplateError):
            await home.draft()
        put(home.site)
        assert "no changes since the last draft" in (await home.draft()).text
