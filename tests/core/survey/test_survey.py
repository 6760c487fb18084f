"""A site is learned from its newest episodes: where the next goes, and how it looks."""

import pytest

from bot.adapters.new_profile import learned
from bot.adapters.templates.client import TemplateWorker
from bot.cli.init import first_files
from bot.core.front_matter.values import values_in
from bot.core.profile.profile import load
from bot.core.render import render
from bot.core.survey.site import looked, survey
from bot.errors import SiteError
from tests.core.survey.made_sites import SITES, TITLES, episodes, links, odd, slugged


def profile_of(files, **options):
    given = {"show": None, "language": "en", "place": "site", **options}
    new = learned(list(files), files.get, {"name": "Made"}, **given)
    assert new is not None
    return new, load(new.settings, new.template)


async def first_draft(profile, number, worker):
    draft = (await first_files(profile, number, worker, day="2026-01-05"))[0]
    return draft.path, draft.text


@pytest.mark.parametrize("name", SITES)
async def test_the_first_draft_looks_like_the_sites_own_episodes(name):
    made = SITES[name]
    new, profile = profile_of(made.files)
    assert (new.site.next, new.site.format, new.site.draft.mark) == (
        made.next, made.format, made.mark,
    )  # fmt: skip
    async with TemplateWorker() as worker:
        path, text = await first_draft(profile, made.next, worker)
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
    files = {f"{show}/{show}-{n}.md": f"Our podcast.\n\n{links(n)}"
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
        {f"articles/{n}.md": f"# Article {n}\n\n{links(n)}" for n in range(1, 21)},
        {f"content/person/p{n}.md": f"---\nname: P{n}\n---\n" for n in range(20)},
    ):  # fmt: skip
        assert survey(files, files.get) is None


def test_a_site_in_a_folder_says_so_and_its_paths_are_seen_from_there():
    settings = profile_of(SITES["hugo_toml"].files)[0].settings
    assert 'root: "hugo"' in settings
    assert "\npath: 'content/episode/" in settings
    assert "'^content/episode/" in settings
    assert "root:" not in profile_of(SITES["jekyll"].files)[0].settings


def test_a_japanese_site_whose_names_need_a_slug_says_that_none_is_made_up():
    words = "きょうは研究のはなしをゆっくりしました。ポッドキャストです。"
    files = {
        f"_posts/{day}-{slugged(title)}.md": f"---\ntitle: {title}\nepisode: {n}\n---\n\n{words}\n"
        for n, day, title in episodes()
    }
    settings = profile_of(files, language="ja")[0].settings
    assert 'language: "ja"' in settings and "推測しません" in settings
    assert "推測" not in profile_of(SITES["hugo_toml"].files, language="ja")[0].settings


def test_only_pages_that_are_counted_under_one_name_are_episodes():
    files = dict(SITES["plain"].files)
    for n in range(1, 25):
        files[f"md/prep-{n}.md"] = f"# Topics for {n}\n\n- https://example.org/{n}\n"
    files["md/2025-04-10-news.md"] = "# News\n\nhttps://a.example episode\n"
    new, _ = profile_of(files)
    assert (new.site.next, len(new.site.paths)) == ("25", 24)
    assert "path: 'md/ep{{ number }}.md'" in new.settings


def test_a_number_before_a_name_is_no_date():
    files = {f"posts/{n}-{name}.md": f"---\ntitle: {name}\naudio: x.mp3\n---\n{links(n)}"
             for n, name in enumerate(["a", "b", "c", "d", "e", "f", "g", "h"], 1)}  # fmt: skip
    files |= {f"posts/2025-04-{day}-news.md": "---\ntitle: x\n---\n" for day in (10, 11)}
    new, profile = profile_of(files)
    assert (new.site.next, profile.next_number(files)) == ("9", "9")


def test_a_paragraph_that_differs_in_a_line_is_no_frame():
    files = {}
    for n in range(1, 25):
        card = f"<div class='row'>\n<p>\n<img src='{n * 7919}.png'>\n</p>\n</div>"
        files[f"md/ep{n}.md"] = f"Welcome!\n\n{card}\n\n{links(n)}\nAn end\nof {n * 31} lines.\n"
    template = profile_of(files)[0].template
    assert "Welcome!" in template
    assert not {"<div class='row'>", "</div>", "An end"} & set(template.split("\n"))


def test_what_was_done_lately_counts():
    files = {f"md/ep{n}.md": f"# Ep. {n}\n\n{links(n, '- ' if n > 20 else '* ')}"
             for n in range(1, 25)}  # fmt: skip
    assert profile_of(files)[1].list_style.marker == "- "
    numbered = {path: text.replace("* [", "1. [", 1) for path, text in files.items()}
    assert profile_of(numbered)[1].list_style.marker == "- "


def test_a_date_called_published_hides_nothing():
    files = {path: text.replace("audio:", "published: 2025-01-01\naudio:")
             for path, text in SITES["members"].files.items() if path != "_config.yml"}  # fmt: skip
    files = {path: text.replace("cast:", "published: 2025-01-01\ncast:")
             for path, text in files.items()}  # fmt: skip
    assert profile_of(files)[0].site.draft.mark == "none"


def test_shortcodes_of_the_episodes_own_are_kept_as_typed():
    files = {path: f"{text}\n{{{{< youtube {odd(n)} >}}}}\n"
             for n, (path, text) in enumerate(SITES["plain"].files.items())}  # fmt: skip
    assert profile_of(files)[1].keep_liquid
    assert not profile_of(SITES["plain"].files)[1].keep_liquid


async def test_a_data_file_of_each_episode_goes_with_its_draft():
    files = dict(SITES["jekyll"].files)
    for n in range(1, 25):
        files[f"_data/episodes/{n:03}.yml"] = (
            f"number: {n}\naudio: https://cdn.example/{n}.mp3\nlength: {odd(n)}\nkind: full\n"
        )
        files[f"meta/{n}.json"] = f'{{"number": {n}, "size": {odd(n)}}}'
    _, profile = profile_of(files)
    assert [file.path.source for file in profile.files] == [
        "_data/episodes/{{ number | pad(3) }}.yml", "meta/{{ number }}.json",
    ]  # fmt: skip
    assert profile.fields["length"] == "number"
    async with TemplateWorker() as worker:
        names = {"number": "25", "title": "T", "date": "2026-01-05"}
        path, text, _, other = await worker.render(render.further(profile, names))
    assert path == "_data/episodes/025.yml"
    assert text.rstrip() == (
        'number: 25\naudio: "https://cdn.example/25.mp3"\nlength: 0\nkind: full'
    )
    assert other.rstrip() == '{\n  "number": 25,\n  "size": 0\n}'
    assert profile_of(SITES["jekyll"].files)[1].files == ()


def test_times_at_items_are_written_as_the_site_does():
    files = {}
    for n in range(1, 25):
        page = f"[Page](https://example.org/{odd(n)}) - *00:{n % 6}7:41*.\n"
        files[f"md/ep{n}.md"] = f"# Ep. {n}\n\n- {page}- Another {page}- A third {page}"
    assert profile_of(files)[1].item_times.pattern == "{title} - *{time}*."
    files = {path: text.replace("- [Page", "- (0:12) [Page") for path, text in
             SITES["plain"].files.items()}  # fmt: skip
    files = {path: text.replace("### 0:00 ", "### ") for path, text in files.items()}
    assert profile_of(files)[1].item_times.pattern == "({time}) {title}"
    assert profile_of(SITES["plain"].files)[1].item_times is None


def test_a_number_with_zeros_in_its_key_keeps_them():
    files = {path: text.replace('episode = "', 'episode = "0') for path, text in
             SITES["hugo_toml"].files.items()}  # fmt: skip
    new, _ = profile_of(files)
    assert "episode = {{ (number | pad(3)) | toml }}" in new.template


def test_a_time_with_an_hour_of_one_digit_is_a_date():
    files = {path: text.replace(" 22:00:00 +0900", " 9:00:00") for path, text in
             SITES["jekyll"].files.items()}  # fmt: skip
    assert "date: {{ date }} 9:00:00\n" in profile_of(files)[0].template


def test_files_beside_each_episode_are_named():
    files = {**SITES["folders"].files,
             **{f"src/episodes/{n}/preview.png": None for n in range(1, 9)}}  # fmt: skip
    assert survey(files, files.get).beside == ("preview.png",)
    assert survey(SITES["jekyll"].files, SITES["jekyll"].files.get).beside == ()


async def test_a_data_file_beside_each_episode_goes_with_its_draft():
    files = {
        f"src/episodes/{n}/{name}": text
        for n, day, title in episodes()
        for name, text in (
            ("index.md", f"## One\n\n{links(n, head='')}"),
            ("index.yml", f"title: {title}\ndate: {day}T09:00\nhosts: [ann, bo{n % 3}]\n"),
            ("cover.png", None),
        )
    }
    new, profile = profile_of(files)
    assert new.site.beside == ("cover.png",)
    assert profile.files[0].path.source == "src/episodes/{{ number }}/index.yml"
    async with TemplateWorker() as worker:
        draft, beside = await first_files(profile, "25", worker, day="2026-01-05")
    assert (draft.path, beside.path) == ("src/episodes/25/index.md", "src/episodes/25/index.yml")
    assert beside.text == 'title: "Title"\ndate: 2026-01-05T09:00\nhosts: []\n'


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


def test_a_folder_that_is_named_has_the_episodes_whatever_its_pages_are_like():
    files = {f"content/person/p{n}.md": f"---\nname: P{n}\n---\n" for n in range(20)}
    files["hugo.toml"] = 'title = "x"\n'
    assert looked(files) == "content/person (20)"
    assert survey(files, files.get) is None
    site = survey(files, files.get, show="content/person/")
    assert (site.folder, len(site.paths), site.format) == ("content/person", 20, "yaml")
    assert survey(files, files.get, show="content/nobody") is None
    many = {f"f{n}/page.md": "x" for n in range(9)}
    assert looked(many).count(" (1)") == 6 and looked(many).endswith(", …")
    assert looked({"README.md": "x"}) == "-"


def test_a_mark_that_only_the_newest_have_is_the_sites_new_one():
    files = {f"md/ep{n}.md": f"# {n}: podcast\n\n{links(n, '* ' if n < 23 else '- ')}"
             for n in range(1, 25)}  # fmt: skip
    assert profile_of(files)[1].list_style.marker == "- "
    files["md/ep4.md"] = f"# 4: podcast\n\n{links(4, '- ')}"  # beyond the newest twenty
    assert profile_of(files)[1].list_style.marker == "- "
    files["md/ep9.md"] = f"# 9: podcast\n\n{links(9, '- ')}"  # it came and went
    assert profile_of(files)[1].list_style.marker == "* "


async def test_lists_that_are_indented_and_links_with_titles_are_written_so():
    def page(n):
        rows = "".join(
            f'  * [Page {odd(n, k)}](https://x.example/{odd(n, k)} "Page {odd(n, k)}") | words\n'
            for k in range(4)
        )
        return f"# Podcast {n}\n\n## Hosts\n* [Ann](https://ann.example)\n\n## Links\n\n{rows}"

    files = {f"docs/ep{n}.md": page(n) for n in range(1, 25)}
    new, profile = profile_of(files)
    assert 'list: {marker: "  * ", indent: 2}' in new.settings
    assert "link_titles: true" in new.settings and "pipes: keep" in new.settings
    async with TemplateWorker() as worker:
        _, text = await first_draft(profile, "25", worker)
    assert '\n  * [Example](https://example.org/ "Example")\n' in text
    settings = profile_of({**files, "_config.yml": "title: x\n"})[0].settings
    assert "pipes:" not in settings  # kramdown makes a table of them


@pytest.mark.parametrize(
    ("mark", "style"), [("1. ", "1. "), ("2) ", "1) "), ("-   ", "-   "), (" * ", " * ")]
)
def test_items_are_marked_as_the_sites_own(mark, style):
    files = {f"md/ep{n}.md": f"# {n}: podcast\n\n{links(n, mark)}" for n in range(1, 25)}
    assert profile_of(files)[1].list_style.marker == style


@pytest.mark.parametrize(("listed", "lead_at"), [(0, 0), (3, 0), (9, None)])
def test_words_come_first_where_few_pages_have_a_list_there(listed, lead_at):
    files = {
        f"posts/ep{n}.md": f"---\ntitle: Podcast {n}\n---\n\nWe talk of {TITLES[n % 24]}.\n\n"
        f"{links(n + 50, head='') if n > 24 - listed else ''}\n"
        f"### Show Notes\n{links(n, head='')}\n### Follow us\n\n[We](https://we.example)\n"
        for n in range(1, 25)
    }
    assert profile_of(files)[0].site.body.lead_at == lead_at
