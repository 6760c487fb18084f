"""A page of a site, as it is known afterwards."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.profile.profile import load
from bot.core.site_index.addresses import SiteSettings
from bot.core.site_index.model import MOST_ENTRIES, SitePage
from bot.core.site_index.profile_rules import episode_paths, reading, state_of
from bot.core.site_index.reader import bare_title, read_page

SETTINGS = SiteSettings(("https://show.example",), "jekyll")
PROFILE = load("path: '_posts/{{ date }}-ep{{ number }}.md'\n", "")
PATH = "_posts/2026-03-20-ep57.md"


def page(text: str, path: str = PATH) -> SitePage:
    return read_page(path, text, reading(PROFILE, SETTINGS))


def test_a_page_has_its_number_title_date_and_address():
    found = page("---\ntitle: '57: A day'\npermalink: /57\n---\n")
    assert (found.number, found.title, found.full_title) == ("57", "A day", "57: A day")
    assert (found.date, found.address) == ("2026-03-20", "https://show.example/57")
    assert found.addresses == ("/57",)
    assert not found.is_draft


def test_links_have_their_topic_time_and_the_notes_below():
    body = "### 1:30 Robots\n\n- [A robot](https://a.example/r)\n  - it *falls*\n"
    _, topic, item = page(body).entries
    assert (topic.kind, topic.text, topic.time) == ("topic", "Robots", "1:30")
    assert (item.text, item.notes, item.topic) == ("A robot", "it falls", "Robots")
    assert item.urls == ("https://a.example/r",)


def test_times_are_also_found_at_the_end_of_an_item():
    item = page("- [News](https://a.example/n) - *00:12:39*.\n").entries[1]
    assert item.time == "00:12:39"


@pytest.mark.parametrize(
    "line",
    [
        "Some prose with [a link](https://a.example/x) in it.",
        "- [a link][1]\n\n[1]: https://a.example/x",
        "- [a link][]\n\n[a link]: <https://a.example/x>",
        "see https://a.example/x for a link",
        "- [ ] <https://a.example/x> a link",
        '<p>the <a class="x" href="https://a.example/x">a link</a></p>',
        "> [a link](https://a.example/x)",
        "#### [a link](https://a.example/x)",
        "1. [a link](https://a.example/x)",
    ],
)
def test_links_are_known_however_they_are_written(line):
    assert [entry.urls for entry in page(line + "\n").entries if entry.urls] == [
        ("https://a.example/x",)
    ]
    assert any("link" in entry.text for entry in page(line + "\n").entries)


@pytest.mark.parametrize(
    "line",
    [
        "![a picture](https://a.example/x.png)",
        '<iframe src="https://a.example/embed"></iframe>',
        '<script async src="https://a.example/s.js"></script>',
        "```\nhttps://a.example/code\n```",
        "<!--\n### A\n- https://a.example/away\n-->",
        "{% comment %}\n- https://a.example/away\n{% endcomment %}",
        "<!-- https://a.example/hidden -->",
    ],
)
def test_what_is_no_link_is_none(line):
    assert not any(entry.urls for entry in page(line + "\n").entries)


def test_front_matter_in_other_formats_is_read_too():
    toml = page('+++\ntitle = "A day"\ndate = 2026-03-21T10:30:00\ntags = ["x", "robots"]\n+++\n')
    assert (toml.title, toml.date) == ("A day", "2026-03-21")
    assert "robots" in toml.entries[0].notes
    assert page('{"title": "A day"}\n').title == "A day"


def test_a_page_without_front_matter_has_its_first_heading_as_title():
    assert page("# A day\n\n- x\n").title == "A day"


def test_a_page_whose_front_matter_is_broken_still_has_its_links():
    found = page("---\ntitle: 'a\nb: [\n---\n- [x](https://a.example/x)\n")
    assert found.number == "57"
    assert any(entry.urls for entry in found.entries)


def test_drafts_are_told_from_pages():
    assert page("---\npublished: false\n---\n").is_draft
    assert page("---\ndraft: true\n---\n").is_draft


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("57: A day", "A day"),
        ("057 - A day", "A day"),
        ("Ep. 57: A day", "A day"),
        ("第57回: ある日", "ある日"),
        ("Show #57 | A day", "A day"),
        ("57 years", "57 years"),
        ("157: A day", "157: A day"),
        ("A day", "A day"),
        ("57", "57"),
        ("57.5: A day", "57.5: A day"),
    ],
)
def test_the_number_at_a_titles_beginning_is_no_part_of_it(title, bare):
    assert bare_title(title, "57") == bare


def test_only_pages_of_the_profiles_shape_are_episodes():
    paths = [PATH, "_posts/2021/2021-01-01-ep1.md", "README.md", "_posts/2026-03-20-news.md"]
    paths += ["_posts/2026-03-20-ep57.png", "other/2026-03-20-ep57.md"]
    assert list(episode_paths(PROFILE, paths)) == paths[:2]
    slugs = load("path: 'content/{{ title | slug }}.md'\n", "")
    assert list(episode_paths(slugs, ["content/a-day.md", "a-day.md"])) == ["content/a-day.md"]
    keyed = "path: 'e/{{ title | slug }}.md'\nnumber_from: {front_matter: ep, match: '(\\d+)'}\n"
    assert list(episode_paths(load(keyed, ""), ["e/x.md", "f/x.md"])) == ["e/x.md"]


def test_pages_of_a_site_in_a_folder_of_its_repository_are_seen_from_there():
    by_path = "root: web\npath: 'p/{{ number }}.md'\nnumber_from: '^p/(\\d+)\\.md$'\n"
    by_key = "root: web\npath: 'p/{{ slug }}.md'\nnumber_from: {front_matter: n}\n"
    unnumbered = "root: web\npath: 'p/{{ title }}.md'\n"
    for settings in (by_path, by_key, unnumbered):
        profile = load(settings, "")
        assert list(episode_paths(profile, ["web/p/7.md", "p/8.md", "other/p/9.md"])) == [
            "web/p/7.md"
        ]
    assert reading(load(by_path, ""), SiteSettings()).number("web/p/7.md", "") == "7"


def test_another_way_of_reading_has_another_name():
    assert state_of(PROFILE, SETTINGS) == state_of(load(PROFILE.site_yml, ""), SETTINGS)
    assert state_of(PROFILE, SETTINGS) != state_of(PROFILE, SiteSettings())
    assert state_of(PROFILE, SETTINGS) != state_of(
        load("path: 'x/{{ number }}.md'\n", ""), SETTINGS
    )


_PARTS = st.sampled_from([
    "---\n", "title: x\n", "# h\n", "- ", "  - ", "[a](https://a.example/x)", "[a][b]", "\n",
    "[b]: https://b.example/\n", "<a href='https://c.example/'>", "```\n", "> ", "1:30 ", "{%",
    "<!--", "|", "超伝導", "\x00", "\ud7ff", "*", "(", "https://d.example/(x", "{:toc}", "\r\n",
])  # fmt: skip


@given(st.lists(_PARTS, max_size=30).map("".join))
def test_any_text_is_read_and_every_part_is_one_bounded_line(text):
    found = page(text)
    assert found.entries[0].kind == "episode"
    for entry in found.entries:
        for words in (entry.text, entry.topic, entry.notes):
            assert "\n" not in words
            assert len(words) <= 2_000
        assert all(url.startswith(("http://", "https://")) for url in entry.urls)


@given(*[st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1))] * 2)
def test_pages_stand_in_the_order_of_their_days_and_minutes(one, other):
    def at(when):
        return page(f"---\ndate: {when:%Y-%m-%d %H:%M:%S +0900}\n---\n").at

    first, second = (when.replace(second=0, microsecond=0) for when in (one, other))
    assert (at(one) < at(other), at(one) == at(other)) == (first < second, first == second)


def test_pages_are_in_the_order_of_their_days_and_times_and_those_without_by_number():
    texts = [
        ("pages/ep2.md", ""),
        ("pages/ep10.md", ""),
        ("_posts/1999-12-31-ep57.md", ""),
        ("_posts/2026-03-19-ep57.md", "---\ndate: 2026-03-19 23:59\n---\n"),
        (PATH, ""),
        (PATH, "---\ndate: 2026-03-20 00:01\n---\n"),
        (PATH, "---\ndate: 2026-03-20T01:00:00\n---\n"),
        (PATH, "---\ndate: 2026-03-20 22:59\n---\n"),
        (PATH, "---\ndate: 2026-03-20 23:00\n---\n"),
        (PATH, "---\npublishdate: 2026-03-20 23:59\n---\n"),
        ("_posts/2026-03-21-ep57.md", ""),
    ]
    places = [page(text, path).at for path, text in texts]
    assert places == sorted(places)
    assert len(set(places[2:])) == len(places) - 2
    assert places[-1] < 2**31  # it is a column of a database


def test_of_a_page_without_end_the_first_entries_are_kept():
    body = "".join(f"- [{at}](https://a.example/{at})\n" for at in range(MOST_ENTRIES + 5))
    entries = page(body).entries
    assert len(entries) == MOST_ENTRIES
    assert entries[-1].text == str(MOST_ENTRIES - 2)  # the first is the episode itself
    few = "".join(f"- {at}\n" for at in range(MOST_ENTRIES - 1))
    assert page(few).entries[-1].text == str(MOST_ENTRIES - 2)
