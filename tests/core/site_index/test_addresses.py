"""Where a site shows its episodes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.front_matter.values import values_in
from bot.core.site_index.addresses import (
    SiteSettings,
    own_place,
    page_paths,
    place_of,
    read_settings,
    settings_paths,
)

JEKYLL = read_settings({"_config.yml": "url: https://show.example\nbaseurl: /pod\n"})
HUGO = read_settings({
    "hugo/config.toml": 'baseURL = "https://show.example/"\n[permalinks]\n'
    'posts = "/p/:year/:month/:day/:contentbasename"\n'
})  # fmt: skip


@pytest.mark.parametrize("path", ["/57", "/57/", "/57.html", "57/index.html", "/57?x=1#y", "//57"])
def test_a_place_is_one_however_it_is_written(path):
    assert place_of(path) == "/57"


def test_the_front_page_has_the_empty_place():
    assert place_of("/") == place_of("/index.html") == place_of("") == ""


@given(st.text(max_size=40))
def test_a_place_is_its_own_place(path):
    assert place_of(place_of(path)) == place_of(path)


def test_the_settings_of_generators_give_the_sites_address():
    assert JEKYLL.bases == ("https://show.example/pod",)
    assert HUGO.bases == ("https://show.example",)
    given_first = read_settings({"_config.yml": "url: https://b.example"}, ["https://a.example"])
    assert given_first.bases == ("https://a.example", "https://b.example")
    broken = read_settings({"_config.yml": "url: [", "hugo.toml": "= 1", "config.json": "[]"})
    assert broken.bases == ()


def test_only_settings_above_the_episodes_count():
    paths = ["_config.yml", "hugo/config.toml", "hugo/config/_default/permalinks.toml"]
    others = ["docs/_config.yml", "hugo/content/config.toml.md", "themes/x/hugo.toml"]
    assert sorted(settings_paths([*paths, *others], "hugo/content/posts")) == sorted(paths)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://show.example/pod/57", "/57"),
        ("http://www.show.example/pod/57/?utm_source=x#later", "/57"),
        ("https://show.example/pod", ""),
        ("https://show.example/podcast/57", None),
        ("https://show.example/57", None),
        ("https://other.example/pod/57", None),
        ("no address", None),
    ],
)
def test_an_address_of_the_site_is_told_from_others(url, place):
    assert own_place(url, JEKYLL) == place


def paths_of(path: str, front: str, settings: SiteSettings, date: str = "2026-03-20") -> list[str]:
    return page_paths(path, values_in(f"---\n{front}\n---\n"), "A Day", date, settings)


def test_a_page_says_itself_where_it_is_and_was():
    front = "permalink: /57\nredirect_from: [/57-draft, 'https://show.example/old/57']\n"
    found = paths_of("_posts/2026-03-20-ep57.md", front, JEKYLL)
    assert found == ["/57", "/57-draft", "/old/57"]
    front = "url: /a/day/\naliases: [/b, c]"
    assert paths_of("content/x/day.md", front, HUGO) == ["/a/day/", "/b", "/a/c"]


@pytest.mark.parametrize(
    ("path", "settings", "shown"),
    [
        ("_posts/2026-03-20-a-day.md", JEKYLL, "/2026/03/20/a-day.html"),
        ("hugo/content/posts/podcast-57.md", HUGO, "/p/2026/03/20/podcast-57"),
        ("content/episode/a-day.md", HUGO, "/episode/a-day/"),
        ("content/episode/a-day/index.md", HUGO, "/episode/a-day/"),
    ],
)
def test_else_the_generator_says_where_a_page_is(path, settings, shown):
    assert paths_of(path, "a: b", settings) == [shown]


def test_a_pattern_whose_words_are_not_known_gives_no_address():
    settings = read_settings({"_config.yml": "url: https://a.example\npermalink: weekdate\n"})
    assert paths_of("_posts/2026-03-20-a.md", "a: b", settings) == []
    assert paths_of("pages/a.md", "a: b", SiteSettings()) == []


def test_hugos_rules_are_those_of_sections_and_of_pages():
    for lines in (
        '[permalinks]\nposts = "/p/:slug/"\n[permalinks.page]\nnews = "/n/:slug/"\n',
        '[permalinks.page]\nposts = "/p/:slug/"\nnews = "/n/:slug/"\n[permalinks.term]\nx = "y"\n',
    ):
        found = read_settings({"hugo.toml": lines}, [])
        assert dict(found.permalinks) == {"posts": "/p/:slug/", "news": "/n/:slug/"}
    assert read_settings({"hugo.toml": 'permalinks = "x"\n'}, []).permalinks == ()


@pytest.mark.parametrize(
    ("word", "path", "front", "shown"),
    [
        ("title", "_posts/2026-03-20-ep57.md", "a: b", "/ep57"),
        ("title", "_posts/2026-03-20-ep57.md", "slug: own", "/own"),
        ("slug", "_posts/2026-03-20-ep57.md", "slug: own", "/own"),
        ("slug", "_posts/2026-03-20-ep57.md", "a: b", "/ep57"),
        ("categories", "_posts/2026-03-20-ep57.md", "categories: [A b, c]", "/a-b/c"),
        ("short_year", "_posts/2026-03-20-ep57.md", "a: b", "/26"),
        ("i_month", "_posts/2026-03-20-ep57.md", "a: b", "/3"),
        ("month", "_posts/2026-03-20-ep57.md", "a: b", "/03"),
        ("y_day", "_posts/2026-03-20-ep57.md", "a: b", None),
    ],
)
def test_the_words_of_jekylls_patterns(word, path, front, shown):
    settings = read_settings({"_config.yml": f"url: https://a.example\npermalink: /:{word}\n"})
    assert paths_of(path, front, settings) == ([shown] if shown else [])


@pytest.mark.parametrize(
    ("word", "path", "front", "shown"),
    [
        ("title", "content/posts/ep57.md", "slug: own", "/a-day"),
        ("slug", "content/posts/ep57.md", "slug: own", "/own"),
        ("slug", "content/posts/ep57.md", "a: b", "/a-day"),
        ("filename", "content/posts/ep57.md", "slug: own", "/ep57"),
        ("contentbasename", "content/posts/ep57/index.md", "a: b", "/ep57"),
        ("slugorcontentbasename", "content/posts/ep57.md", "slug: own", "/own"),
        ("slugorfilename", "content/posts/ep57.md", "a: b", "/ep57"),
        ("sections", "content/posts/old/ep57.md", "a: b", "/posts/old"),
        ("section", "content/posts/old/ep57.md", "a: b", "/posts"),
        ("sections", "content/posts/ep57/index.md", "a: b", "/posts"),
        ("categories", "content/posts/ep57.md", "categories: [a]", "/"),
        ("year", "content/posts/ep57.md", "a: b", "/2026"),
    ],
)
def test_the_words_of_hugos_patterns(word, path, front, shown):
    rules = f'baseURL = "https://a.example/"\n[permalinks]\nposts = "/:{word}"\n'
    assert paths_of(path, front, read_settings({"hugo.toml": rules})) == [shown]
