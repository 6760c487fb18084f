"""A site is learned from its newest episodes: where the next goes, and how it looks."""

import pytest

from bot.adapters.new_profile import learned
from bot.adapters.templates.client import TemplateWorker
from bot.cli.init import first_draft
from bot.core.front_matter.values import values_in
from bot.core.render.profile import load
from bot.core.survey.site import survey
from bot.errors import SiteError
from tests.core.survey.made_sites import SITES, links


def profile_of(files, **options):
    given = {"show": None, "language": "en", "place": "site", **options}
    new = learned(list(files), files.get, {"name": "Made"}, **given)
    assert new is not None
    return new, load(new.settings, new.template)


@pytest.mark.parametrize("name", SITES)
async def test_the_first_draft_looks_like_the_sites_own_episodes(name):
    made = SITES[name]
    new, profile = profile_of(made.files)
    assert (new.site.next, new.site.format, new.site.draft.mark) == (
        made.next, made.format, made.mark,
    )  # fmt: skip
    async with TemplateWorker() as worker:
        path, text = await first_draft(profile, made.next, worker, day="2026-01-05")
    assert path == made.path
    assert text.startswith(made.draft)
    values_in(text)
    for key, value in made.settings.items():
        thing = profile
        for part in key.split("."):
            thing = getattr(thing, part)
        assert thing == value


@pytest.mark.parametrize("name", SITES)
def test_the_profile_finds_the_next_number_by_itself(name):
    made = SITES[name]
    _, profile = profile_of(made.files)
    source = profile.number_from
    texts = list(made.files)
    if source.front_matter:
        texts = [made.files[path] for path in source.pages(texts)]
    assert profile.next_number(texts) == made.next


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", SITES)
def test_comments_are_in_the_language_asked_for(name, language):
    new, _ = profile_of(SITES[name].files, language=language)
    assert ("newest" in new.settings) == (language == "en")
    assert ("新しい" in new.settings) == (language == "ja")


def test_several_shows_are_listed_and_one_is_taken():
    files = {f"{show}/{show}-{n}.md": links(n)
             for show, count in (("alpha", 24), ("beta", 20), ("gamma", 12))
             for n in range(1, count + 1)}  # fmt: skip
    site = survey(files, files.get)
    assert (site.folder, site.others) == ("alpha", ("beta", "gamma"))
    assert survey(files, files.get, show="beta").next == "21"
    with pytest.raises(SiteError, match="no show called delta in site; there are: alpha, beta"):
        profile_of(files, show="delta")


def test_what_is_no_podcast_has_no_episodes():
    notes = {f"docs/e{n:03}-script.md": f"# {n}\n\nA podcast: https://a https://b https://c\n"
             for n in range(30)}  # fmt: skip
    for files in (
        {}, {"README.md": "# x\n"}, notes,
        {f"guide/chapter-{n}.md": f"# Chapter {n}\n\nWords.\n" for n in range(20)},
        {f"content/person/p{n}.md": f"---\nname: P{n}\n---\n" for n in range(20)},
    ):  # fmt: skip
        assert survey(files, files.get) is None


def test_files_beside_each_episode_are_named():
    files = {**SITES["folders"].files,
             **{f"src/episodes/{n}/preview.png": None for n in range(1, 9)}}  # fmt: skip
    assert survey(files, files.get).beside == ("preview.png",)
    assert survey(SITES["jekyll"].files, SITES["jekyll"].files.get).beside == ()


def test_a_page_that_cannot_be_read_is_passed_over():
    files = dict(SITES["jekyll"].files)
    path = max(files)
    files[path] = files[path].replace("hosts:", "hosts:\n\t- tab")
    new, _ = profile_of(files)
    assert new.site.next == "25"
    assert new.site.read == 19
    files[path] = None
    assert profile_of(files)[0].site.next == "25"


def test_half_numbers_and_odd_names_do_not_count_for_the_next():
    files = dict(SITES["plain"].files)
    files["md/ep24.5.md"] = files["md/ep99-special-2024.md"] = files["md/ep3.md"]
    new, _ = profile_of(files)
    assert new.site.next == "25"


def test_what_was_seen_is_said():
    settings = profile_of(SITES["jekyll"].files)[0].settings
    assert "# Where a draft goes: 20 of 20 are called so" in settings
    assert '  - {name: "ann"}' in settings


def test_slugs_keep_the_letters_that_the_sites_own_keep():
    files = {path.replace("episode-", "回-"): text for path, text in
             {f"posts/{n:03}-第{n}話-題.md": f"---\ntitle: 題{n}\naudio: x.mp3\n---\n{links(n)}"
              for n in range(1, 24)}.items()}  # fmt: skip
    assert "(title | slug(true))" in profile_of(files)[0].settings
    assert "(title | slug)" in profile_of(SITES["members"].files)[0].settings
