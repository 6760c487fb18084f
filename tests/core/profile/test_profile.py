"""A site's profile: what it gives, its defaults, and one clear line for each thing wrong in it."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.profile.profile import SOURCES, Profile, load
from bot.errors import ProfileError, TemplateError
from tests.needs import sample


def site(text: str, **values: str) -> Profile:
    return load(text, values.pop("template", "{{ body }}"), **values)


def test_a_profile_with_nothing_in_it_has_every_default():
    for empty in ("", "# nothing\n", "{}"):
        profile = site(empty, default_name="our-site")
        assert (profile.name, profile.language, profile.zone.key) == ("our-site", "en", "UTC")
        assert profile.path.source == "_posts/{{ date }}-ep{{ number }}.md"
        assert (profile.headings, profile.title_from) == ((3, 4), SOURCES)
        assert (profile.around_links, profile.keep_liquid) == ("labels", False)
        assert (profile.branch, profile.draft, profile.autodraft) == (None, "commit", None)
        assert (profile.titles, profile.embeds, profile.members, profile.ignore) == ((),) * 4
        assert profile.defaults == {}


def test_the_first_sites_profile_is_read():
    folder = sample("interaxion", "profile")
    profile = load((folder / "site.yml").read_text(), (folder / "draft.md.j2").read_text())
    assert (profile.name, profile.language, profile.branch) == ("Interaxion", "ja", "master")
    assert (profile.keep_liquid, profile.around_links) == (True, "keep")
    member = profile.member("おか")
    assert member is not None
    assert member.fields() == {
        "name": "oka",
        "called": "おか",
        "url": "https://twitter.com/nowohyeah",
    }
    found = profile.embed_for("https://audiostock.jp/audio/1409484")
    assert found is not None
    assert found[1] == {"id": "1409484"}
    assert profile.embed_for("https://audiostock.jp/audio/1409484/more") is None
    assert profile.draft_state("_posts/x.md", "---\nlayout: podcast-draft\n---\n") == "draft"
    assert profile.draft_state("_posts/x.md", "---\nlayout: podcast\n---\n") == "published"
    assert profile.draft_state("_posts/x.md", "---\r\nlayout: podcast-draft\r\n---\r\n") == "draft"
    assert profile.draft_state("_posts/x.md", "---\r\nlayout: podcast\r\n---\r\n") == "published"


def test_words_that_yaml_would_take_for_something_else_stay_words():
    text = "language: no\nautodraft: off\nname: 99\ndefaults: {time: 1:30, day: 2023-01-02, n: 7}"
    profile = site(text)
    assert (profile.language, profile.autodraft, profile.name) == ("no", None, "99")
    assert profile.defaults == {"time": "1:30", "day": "2023-01-02", "n": 7}


@pytest.mark.parametrize(
    ("text", "line", "names"),
    [
        ("name: x\nnmae: y", 2, ["nmae", "did you mean name?"]),
        ("zzz: x", 1, ["zzz", "timezone"]),
        ("members:\n- {name: a, urll: x}", 2, ["urll", "url?"]),
        ("members:\n- {url: x}", 2, ["members[1].name", "missing"]),
        ("members: [{name: a}, {name: a}]", 1, ["a"]),
        ("name: a\nname: b", 2, ["name", "twice"]),
        ("name: [a", 1, ["YAML"]),
        ("name: a\n\tb: c", 2, ["YAML"]),
        ("a: b\n---\nc: d", 2, ["YAML"]),
        ('name: "\\UFFFFFFFF"', 1, ["YAML"]),
        ('name: "\\ud800"', 1, ["surrogate"]),
        ("name: \x00", 1, ["YAML"]),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", 1, ["alias"]),
        ("defaults: " + "[" * 5000, 1, ["deep"]),
        ("name: !!python/object/apply:os.system [x]", 1, ["python/object"]),
        ("- a\n- b", 1, ["mapping"]),
        ("embeds: 5", 1, ["embeds", "list"]),
        ("name:\n  - a", 2, ["name", "text"]),
        ("clean_urls: perhaps", 1, ["clean_urls", "true or false"]),
        ("liquid: maybe", 1, ["liquid", "maybe", "keep, escape"]),
        ("draft: push", 1, ["draft", "commit, pull_request"]),
        ("title_from: [title, tab]", 1, ["title_from[2]", "tab"]),
        ("timezone: ../../etc/passwd", 1, ["time zone"]),
        ("language: 日本", 1, ["日本"]),
        ("headings: {topic: 4, subtopic: 4}", 1, ["1 to 6"]),
        ("autodraft: soon", 1, ["autodraft", "soon", "10m"]),
        ("embeds:\n- {match: x, html: y, oembed: 'file:///etc'}", 2, ["oembed", "http"]),
        ("name: x\ndraft_when: 'a)'", 2, ["draft_when", "parenthesis"]),
        ("ignore: ['" + "(" * 900 + "']", 1, ["ignore[1]", "nested"]),
        ("number_from: 'ep\\d+'", 1, ["number_from", "group"]),
        ("titles:\n- match: (a)\n  replace: '\\2'", 3, ["replace", "group"]),
        ("name: " + "x" * 70_000, None, ["65536"]),
    ],
)
def test_what_is_wrong_is_told_in_one_line_with_its_place(text, line, names):
    with pytest.raises(ProfileError) as caught:
        site(text, folder="site/.rundown")
    for language in ("en", "ja"):
        said = caught.value.say(language)
        assert len(said.splitlines()) == 1
        assert said.startswith("site/.rundown/site.yml")
    assert line is None or caught.value.values["line"] == line
    assert [name for name in names if name not in str(caught.value)] == []


@given(st.text(max_size=200) | st.lists(st.sampled_from("[]{}:-,&*!|>'\"\n ab")).map("".join))
def test_any_text_is_a_profile_or_a_profile_error(text):
    try:
        site(text)
    except ProfileError as error:
        assert len(str(error).splitlines()) == 1


def test_a_catastrophic_regular_expression_ends_in_one_line():
    started = time.process_time()
    text = "name: x\nignore: ['(a|aa)+$']\ntitles: [{match: '(.*)*x$', replace: ''}]"
    with pytest.raises(TemplateError, match=r"site\.yml, line 2.*ignore"):
        site(text).ignoring()("https://e.example/" + "a" * 200 + "b")
    assert time.process_time() - started < 5


def test_a_sites_own_addresses_are_talk():
    rules = site("ignore: ['^https://meet\\.example/']\naround_links: keep").rules
    assert rules.ignoring()("https://meet.example/x")
    assert not rules.ignoring()("https://e.example/https://meet.example/")
    assert rules.around_links == "keep"


@pytest.mark.parametrize(
    ("path", "files", "number"),
    [
        ("_posts/{{ date }}-ep{{ number }}.md", [], "1"),
        ("_posts/{{ date }}-ep{{ number }}.md", ["_posts/2023/2023-01-01-ep50.5.md"], "51"),
        ("_posts/{{ date }}-ep{{ number }}.md", ["_posts/2023-01-01-ep9.md", "ep99.md"], "10"),
        ("_posts/{{ date }}-ep{{ number }}.md", ["_posts/2024-07-01-ep60.75.md"], "61"),
        ("content/episodes/{{ number }}.md", ["content/episodes/007.md"], "8"),
        ("content/{{ date.year }}/{{ number }}/index.md", ["content/2023/12/index.md"], "13"),
        ("{{ number | replace('.', '-') }}.md", ["60-75.md", "post-99.md"], "61"),
        ("_posts/{{ date }}-{{ title }}.md", ["_posts/2023-01-01-x.md"], "1"),
    ],
)
def test_the_next_number_follows_the_highest_in_the_sites_files(path, files, number):
    assert site(f'path: "{path}"').next_number(files) == number


def test_the_next_number_heeds_numbers_that_are_taken_and_number_from():
    profile = site("number_from: '^shows/no-(\\d+)/'")
    assert profile.next_number(["shows/no-4/x", "shows/no-x/y"], ["7", "6.5"]) == "8"


@given(st.lists(st.integers(0, 10**6) | st.decimals(0, 10**6, places=2), min_size=1))
def test_the_next_number_is_higher_than_all_by_at_most_one(numbers):
    paths = [f"_posts/2023/2023-01-01-ep{number}.md" for number in numbers]
    highest = max(numbers)
    assert highest < int(site("").next_number(paths)) <= highest + 1


@pytest.mark.parametrize(
    ("path", "text", "state"),
    [
        ("_posts/a.md", "---\ndraft: true\n---\nx", "draft"),
        ("_posts/a.md", "---\r\npublished: false # yet\r\n---\r\nx", "draft"),
        ("_drafts/a.md", "x", "draft"),
        ("_posts/a.md", "---\ntitle: x\n---\ndraft: true\n", "published"),
        ("_posts/_drafts", "---\ndraft: false\n---\n", "published"),
    ],
)
def test_a_file_is_a_draft_by_what_is_usual(path, text, state):
    assert site("").draft_state(path, text) == state


@pytest.mark.parametrize(
    ("text", "quiet"),
    [("10m", timedelta(minutes=10)), ("2h", timedelta(hours=2)), ("off", None), ("false", None)],
)
def test_a_draft_by_itself_waits_so_long(text, quiet):
    assert site(f"autodraft: {text}").autodraft == quiet


def test_dates_are_those_of_the_podcasts_zone():
    late = 1_703_775_600_000_000  # 2023-12-28 15:00 UTC
    assert site("").date(late) == date(2023, 12, 28)
    assert site("timezone: Asia/Tokyo").date(late) == date(2023, 12, 29)
    assert site("timezone: Asia/Tokyo").moment(late).isoformat() == "2023-12-29T00:00:00+09:00"


def test_members_are_found_by_name_or_id():
    profile = site(
        "members:\n- {name: oka, called: おか, discord: 123, slack: U1}\n- {name: '123'}"
    )
    for known in ("oka", "OKA", "おか", "@oka", "123", "U1"):
        member = profile.member(known)
        assert member is not None
        assert member.name == "oka"
    assert profile.member("nobody") is None
