"""Several shows in one repository: a profile each, and drafts that never meet."""

import itertools
from pathlib import Path

import pytest

from bot import config
from bot.adapters.github.new_profile import propose
from bot.adapters.new_profile import init
from bot.app.app import clock
from bot.app.sites import Sites
from bot.cli.run import shown
from bot.config import Repository
from bot.errors import ProfileError, SiteError
from bot.services.capture.receipts import Receipt
from bot.services.watched_channels import site_key
from tests.adapters.github.github_house import environment, github_house
from tests.core.survey.made_sites import links
from tests.services.desk.house import Chat, House, app, git, make_site

FILES = {f"{show}/{show}-{n}.md": links(n)
         for show, count in (("alpha", 24), ("beta", 20)) for n in range(1, count + 1)}  # fmt: skip


def made(folder: Path) -> Path:
    site = make_site(folder / "site")
    (site / "_config.yml").unlink()  # nothing hides a page here
    for path, text in FILES.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_text(text)
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message=episodes")
    return site


async def drafted(sites: Sites, where: Path | Repository, folder: Path) -> tuple[str, str]:
    """Say something and draft it; return the podcast's name, and what was answered."""
    async with (
        sites.open(where) as opened,
        app(folder / f"{opened.profile.name}.db") as running,
        running.desk(
            site=opened.site, renewal=opened.renewal, room=(chat := Chat()),
            identity=opened.identity,
        ) as desk,
    ):  # fmt: skip
        home = House(desk, running.store, chat, folder, folder, Receipt("talk"),
                     itertools.count(1))  # fmt: skip
        await home.say(f"- [about {opened.profile.name}](https://example.org/a)")
        return opened.profile.name, (await home.draft()).text


async def test_each_gets_a_profile_of_its_own_and_drafts_by_it(tmp_path):
    site = made(tmp_path)
    for show in ("alpha", "beta"):
        written = await init(site, show=show)
        assert written.paths[0] == site / f".rundown/{show}/site.yml"
        with pytest.raises(SiteError, match="is there already"):
            await init(site, show=show)
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message=profiles")
    sites = Sites(settings=config.read({}), environment={}, clock=clock)
    for show, number in (("alpha", 25), ("beta", 21)):
        name, _ = await drafted(sites, site / ".rundown" / show, tmp_path)
        assert name == show
        text = (site / f"{show}/{show}-{number}.md").read_text()
        assert f"about {show}" in text
    with pytest.raises(ProfileError, match=r"site\.yml"):
        async with sites.open(site / ".rundown/gamma"):
            pass


async def test_a_changed_profile_is_seen_in_its_folder(tmp_path):
    site = made(tmp_path)
    await init(site, show="beta")
    sites = Sites(settings=config.read({}), environment={}, clock=clock)
    async with sites.open(site / ".rundown/beta") as opened:
        before = (await opened.site.look("beta/beta-21.md", number="21")).rules
        settings = site / ".rundown/beta/site.yml"
        settings.write_text(settings.read_text() + "\nclean_urls: true\n")
        after = (await opened.site.look("beta/beta-21.md", number="21")).rules
        assert before != after
        assert not await opened.renewal.renew(before)
        assert await opened.renewal.renew(after)
        assert opened.profile.clean_urls


@pytest.mark.allow_hosts(["127.0.0.1"])
async def test_on_github_each_has_a_proposal_a_profile_and_branches(tmp_path):
    async with github_house(tmp_path) as house:
        site = house.local.site
        for path, text in FILES.items():
            site.edit(path, text, by="ada")
        for show in ("alpha", "beta"):
            await propose(house.github, None, show=show, language="en")
        assert [pull.head for pull in site.pulls] == [
            "rundown/profile-alpha", "rundown/profile-beta",
        ]  # fmt: skip
        for pull in list(site.pulls):
            site.merge(pull)
        settings = config.read(environment(house.local))
        sites = Sites(settings=settings, environment={}, clock=clock)
        for show in ("alpha", "beta"):
            where = config.repository_named(f"{site.full_name}/.rundown/{show}")
            await drafted(sites, where, tmp_path)
        heads = [pull.head for pull in site.pulls][2:]
        assert heads == ["rundown/alpha-ep25", "rundown/beta-ep21"]
        assert "about beta" in site.read("beta/beta-21.md", heads[1])


def test_a_show_is_named_behind_its_site():
    named = config.repository_named("Ada/Shows/.rundown/beta@main")
    assert named == Repository("Ada", "Shows", "main", "beta")
    assert config.repository_named("Ada/Shows@main").show is None
    for text in ("Ada/Shows/.rundown/beta@main", "Ada/Shows/.rundown/beta", "Ada/Shows@main"):
        assert shown(config.repository_named(text)) == text
    keys = [site_key(f"Ada/Shows{rest}") for rest in ("", "@x", "/.rundown/Beta@x", "/.rundown/b")]
    assert keys == ["ada/shows", "ada/shows", "ada/shows/.rundown/beta", "ada/shows/.rundown/b"]
