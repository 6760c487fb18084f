"""Each key of a profile: what it is read as, and the last value that is taken and the first not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.model import Link
from bot.core.profile.expression import Budget
from bot.core.profile.profile import LONGEST_TEMPLATE, Profile, load
from bot.core.profile.yaml_nodes import DEEPEST, LONGEST_FILE, MOST_ENTRIES, one_line
from bot.errors import ProfileError


def site(text: str) -> Profile:
    return load(text, "{{ body }}")


def refused(text: str) -> ProfileError:
    with pytest.raises(ProfileError) as caught:
        site(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("language: en", "language", "en"),
        ("language: pt-BR", "language", "pt-BR"),
        ("language: zh-Hant-TW", "language", "zh-Hant-TW"),
        ("headings: {topic: 1}", "headings", (1, 2)),
        ("headings: {topic: 5, subtopic: 6}", "headings", (5, 6)),
        ("headings: {subtopic: 6}", "headings", (3, 6)),
        ("headings: {topic: 2, subtopic: 4}", "headings", (2, 4)),
        ("title_from: [h1, title, h1]", "title_from", ("h1", "title")),
        ("clean_urls: yes", "clean_urls", True),
        ("clean_urls: Off", "clean_urls", False),
        ("link_titles: on", "link_titles", True),
        ("around_links: keep", "around_links", "keep"),
        ("around_links: labels", "around_links", "labels"),
        ("liquid: keep", "keep_liquid", True),
        ("liquid: escape", "keep_liquid", False),
        ("pipes: keep", "keep_pipes", True),
        ("pipes: escape", "keep_pipes", False),
        ("branch: main", "branch", "main"),
        ("draft: pull_request", "draft", "pull_request"),
        ("autodraft: 1s", "autodraft", timedelta(seconds=1)),
        ("autodraft: 90 m", "autodraft", timedelta(minutes=90)),
        ("autodraft: 99999d", "autodraft", timedelta(days=99_999)),
        ("autodraft: No", "autodraft", None),
        ("fields: {guests: list, _x1: date, sponsor: text}", "fields",
         {"guests": "list", "_x1": "date", "sponsor": "text"}),
        (f"fields: {{{'n' * 61}: number}}", "fields", {"n" * 61: "number"}),
        ("site_url: https://show.example", "site_url", ("https://show.example",)),
        ("site_url: ['http://a.example/b', 'https://c.example']", "site_url",
         ("http://a.example/b", "https://c.example")),
        ("defaults: {a: 1, b: yes, c: [x, 2], d: {e: ~}, f: 1.5, g: -3, h: 007, i: off}",
         "defaults",
         {"a": 1, "b": True, "c": ["x", 2], "d": {"e": None}, "f": "1.5", "g": -3, "h": "007",
          "i": False}),
        ("name:\nbranch: ~", "branch", None),
    ],
)  # fmt: skip
def test_a_key_is_read_as_what_it_says(text, name, value):
    assert getattr(site(text), name) == value


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("language: e", 1, "language"),
        ("language: pt-B", 1, "language"),
        ("headings: {topic: 0}", 1, "1 to 6"),
        ("headings: {topic: 6}", 1, "1 to 6"),
        ("headings: {topic: 2, subtopic: 7}", 1, "1 to 6"),
        ("headings: {topic: 3, subtopic: 2}", 1, "1 to 6"),
        ("autodraft: 0m", 1, "autodraft"),
        ("autodraft: 100000m", 1, "autodraft"),
        ("autodraft: 10", 1, "autodraft"),
        ("fields: {Guests: list}", 1, "Guests"),
        (f"fields: {{{'n' * 62}: number}}", 1, "nnn"),
        ("fields: {guests: people}", 1, "people"),
        ("name: x\nsite_url: show.example", 2, "site_url"),
        ("site_url: 'https://show.example/a b'", 1, "site_url"),
        ("site_url: {a: b}", 1, "list"),
        ("titles: [{match: x, replace: y, hosts: a.example}]", 1, "list"),
        ("embeds:\n- {match: x}", 2, "html"),
        ("embeds:\n- {html: x}", 2, "match"),
        ("notes: {limit: 1000001}", 1, "1000000"),
        ("notes: {limit: -1}", 1, "limit"),
        ("notes: {limit: 0000000001}", 1, "limit"),
        ("notes: {limit: ４}", 1, "limit"),
        ("notes:\n  lines:\n  - {match: x}", 3, "replace"),
        ("notes:\n  lines:\n  - {match: '(a)', replace: '\\2'}", 3, "replace"),
        ("times: x", 1, "times"),
        ("times: {heading: '{time} {title}'}", 1, "headings"),
        ("files:\n- {path: a}", 2, "text"),
        ("files:\n- {text: a}", 2, "path"),
        ("files: [" + "{path: a, text: b}, " * 6 + "]", 1, "5"),
        ("files: [{path: a, text: b, repository: one}]", 1, "one"),
        ("files: [{path: a, text: b, repository: a/..}]", 1, "a/.."),
        ("files: [{path: a, text: b, repository: -a/b}]", 1, "-a/b"),
        (f"files: [{{path: a, text: b, repository: {'o' * 40}/b}}]", 1, "ooo"),
        (f"files: [{{path: a, text: b, repository: o/{'b' * 101}}}]", 1, "o/bbb"),
        (f"ignore: ['{'x' * 1001}']", 1, "1000"),
        (f"title_from: [{'h1, ' * (MOST_ENTRIES + 1)}]", 1, str(MOST_ENTRIES)),
        ("name: ~\nname: x", 2, "twice"),
        ("headings: 3", 1, "headings"),
    ],
)
def test_what_a_key_does_not_take_is_told_with_its_line(text, line, what):
    error = refused(text)
    assert error.values["line"] == line
    assert what in str(error)


def test_what_is_just_within_a_bound_is_taken():
    assert site("notes: {limit: 1000000}").notes.limit == 1_000_000
    assert site("notes: {limit: 0}").notes.limit == 0
    assert len(site("files: [" + "{path: a, text: b}, " * 5 + "]").files) == 5
    name = f"{'o' * 39}/{'b' * 100}"
    [file] = site(f"files: [{{path: a, text: b, repository: {name.upper()}}}]").files
    assert (file.path.source, file.text.source, file.repository) == ("a", "b", name)
    assert site("files: [{path: a, text: b, repository: o/..b}]").files[0].repository == "o/..b"
    assert site(f"ignore: ['{'x' * 1000}']").ignore[0].source == "x" * 1000
    assert site(f"title_from: [{'h1, ' * MOST_ENTRIES}]").title_from == ("h1",)
    deep = DEEPEST - 2  # within the key itself, in the file
    assert site(f"defaults: {{a: {'[' * deep}{']' * deep}}}").defaults
    assert "deep" in str(refused(f"defaults: {{a: {'[' * (deep + 1)}{']' * (deep + 1)}}}"))


@pytest.mark.parametrize(
    ("text", "headings", "items"),
    [
        ("times: '{time} {title}'", "{time} {title}", None),
        ("times: {headings: '[{time}] {title}'}", "[{time}] {title}", None),
        ("times: {items: '{title} ({time})'}", None, "{title} ({time})"),
        ("times: {headings: '{time} {title}', items: '{time}: {title}'}",
         "{time} {title}", "{time}: {title}"),
    ],
)  # fmt: skip
def test_times_stand_at_headings_at_items_or_at_both(text, headings, items):
    profile, default = site(text), site("")
    assert profile.times.pattern == (headings or default.times.pattern)
    assert (profile.item_times and profile.item_times.pattern) == items
    assert profile.rules.item_times is (items is not None)


def test_short_notes_have_their_rules():
    notes = site(
        "notes:\n  limit: 4000\n  leave_out: ['^Appendix']\n  keep: ['shop\\.example']\n"
        "  lines: [{match: ' \\(No\\.(\\d+)\\)', replace: ' #\\1'}]"
    ).notes
    assert notes.limit == 4000
    assert [one.source for one in (*notes.leave_out, *notes.keep)] == [
        "^Appendix",
        r"shop\.example",
    ]
    [rule] = notes.lines
    assert rule.match.sub(rule.replace, "a (No.12)") == "a #12"


def test_a_title_rule_is_for_its_hosts_and_those_below_them():
    everywhere, some = site(
        "titles: [{match: a, replace: b}, {match: a, replace: b, hosts: [A.example, b.example]}]"
    ).titles
    assert everywhere.applies_to("any.example")
    assert [
        some.applies_to(host) for host in ("a.example", "www.a.example", "b.example", "ba.example")
    ] == [True, True, True, False]


EMBEDS = r"""
embeds:
- {match: 'https://v\.example/(?P<id>\d+)(?P<more>/x)?', html: '<v>', oembed: 'https://v.example/o'}
- {match: 'https://v\.example/.*', html: '<w>', title: '{{ author }}: {{- title }}'}
"""


def test_an_embed_is_the_first_that_matches_the_whole_address():
    profile = site(EMBEDS)
    embed, groups = profile.embed_for("https://v.example/12")
    assert (embed.html.source, groups) == ("<v>", {"id": "12"})
    embed, groups = profile.embed_for("https://v.example/12/x")
    assert (embed.html.source, groups) == ("<v>", {"id": "12", "more": "/x"})
    embed, groups = profile.embed_for("https://v.example/12/y")
    assert (embed.html.source, groups, embed.needs) == ("<w>", {}, {"author", "title"})
    assert profile.embed_for("see https://v.example/12") is None


def test_a_link_is_looked_up_for_its_title_or_its_providers_embed():
    profile = site(EMBEDS)

    def asks(url, title=None, *, quiet=False):
        return profile.asks_for(Link(url, url, title, quiet))

    assert asks("https://a.example/")
    assert asks("https://v.example/12", quiet=True)
    assert asks("https://v.example/12", "T")
    assert not asks("https://v.example/12", "T", quiet=True)
    assert not asks("https://v.example/12/y", "T")  # an embed of its own
    assert not asks("https://a.example/", "T")


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\nb  c", "a b c"), ("x" * 120, "x" * 120), ("x" * 121, "x" * 119 + "…"), (" \x00 ", "")],
)
def test_what_an_error_shows_is_one_short_line(text, line):
    assert one_line(text) == line


def test_a_template_has_a_longest_length():
    assert load("", "x" * LONGEST_TEMPLATE).draft_template.source[-1:] == "x"
    for name in ("draft.md.j2", "notes.md.j2"):
        texts = {"draft.md.j2": "x", name: "x" * (LONGEST_TEMPLATE + 1)}
        with pytest.raises(ProfileError) as caught:
            load("", texts.pop("draft.md.j2"), further=texts)
        assert caught.value.values["file"] == f".rundown/{name}"
    assert site("#" + "x" * (LONGEST_FILE - 1)).name == ""
    assert "65536" in str(refused("#" + "x" * LONGEST_FILE))


def test_words_of_templates_and_defaults_are_names_of_fields():
    profile = load(
        "path: 'p/{{ number }}.md'\ndefaults: {sponsor: x}\n"
        "files: [{path: 'd/{{ slug }}', text: '{{ cast }}'}]",
        "layout: post\n{# subtitle #}{% if\nguests %}{{ body }}\n{% endif %}",
        further={"announce.md.j2": "{{ mood }}"},
    )
    assert {"number", "sponsor", "slug", "cast", "guests", "mood"} <= profile.field_names
    assert not {"layout", "post", "subtitle"} & profile.field_names
    assert not profile.files_have_notes
    for text in ("{{ notes }}", "{{ notes_html }}"):
        assert site(f"files: [{{path: a, text: '{text}'}}]").files_have_notes


def test_expressions_that_share_a_budget_share_the_seconds_that_they_take_and_no_others():
    now = 0.0
    profile = replace(site("ignore: ['x']"), timer=lambda: now)
    budget = profile.budget(2)
    now = 10
    with budget.spending():
        now += 1.5
    now = 20
    assert budget.left == 0.5


def test_without_a_timer_nothing_is_taken_from_a_budget():
    budget = site("ignore: ['x']").budget(1)
    with budget.spending():
        pass
    assert budget.left == Budget().left
    assert not budget.is_measured
