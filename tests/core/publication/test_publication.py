import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.front_matter.values import Scalar, values_in
from bot.core.profile.profile import load
from bot.core.publication.checks import missing
from bot.core.publication.front_matter import with_keys

YAML = """---
layout: podcast-draft
title: "57: A" # x
tags:
  - a
permalink: /57-draft
---

body: x
"""
TOML = '+++\ntitle = "57: A"\ndraft = true\ntags = [\n  "a",\n]\n[params]\ndraft = 1\n+++\n\nbody\n'
JSON = '{\n  "title": "57: A",\n  "draft": true,\n  "tags": ["a"]\n}\n\nbody\n'


def test_keys_get_values_as_they_were_written_and_all_else_stays():
    made = with_keys(YAML, {"layout": "podcast", "title": "58", "permalink": "/57", "new": "a: b"})
    head = '---\nlayout: podcast\ntitle: "58" # x\ntags:\n  - a\npermalink: /57\nnew: "a: b"\n'
    assert made == f"{head}---\n\nbody: x\n"
    assert with_keys(YAML, {"tags": None, "none": None}) == YAML.replace("tags:\n  - a\n", "")
    assert with_keys(YAML.replace("\n", "\r\n"), {"layout": "podcast"}) == YAML.replace(
        "podcast-draft", "podcast"
    ).replace("\n", "\r\n")


def test_toml_and_json_are_written_as_they_are():
    made = with_keys(TOML, {"draft": "false", "tags": None, "slug": "57"})
    assert (
        made == '+++\ntitle = "57: A"\ndraft = false\nslug = 57\n[params]\ndraft = 1\n+++\n\nbody\n'
    )
    assert with_keys(JSON, {"draft": "false", "tags": None}) == (
        '{\n  "title": "57: A",\n  "draft": false\n}\n\nbody\n'
    )
    assert with_keys(JSON, {"new": 'é"'}).count(',\n  "new": "é\\""\n}') == 1


@pytest.mark.parametrize(
    ("ruler", "line", "made"),
    [
        ("---", "key: true # until 20:00", "key: new # until 20:00"),
        ("---", "key: a#b: c   #  仮", "key: new   #  仮"),
        ("---", "key: 'it''s # in' # x", 'key: "new" # x'),
        ("---", 'key: "a \\" # in"\t# x', 'key: "new"\t# x'),
        ("---", "key:   # x", "key: new   # x"),
        ("---", "key: a#b", "key: new"),
        ("---", 'key: "# in"', 'key: "new"'),
        ("---", "key: [a, 'b # in']", "key: new"),
        ("---", "key: |\n  # in", "key: new"),
        ("+++", "key = true# x", 'key = "new"# x'),
        ("+++", 'key = "a # in" # x', 'key = "new" # x'),
        ("+++", "key = '# in'", 'key = "new"'),
        ("+++", "key = 2026-11-28 07:00:00 # x", 'key = "new" # x'),
        ("+++", "key = [\n  1, # in\n]", 'key = "new"'),
    ],
)
def test_what_somebody_noted_behind_a_value_stays(ruler, line, made):
    page = f"{ruler}\n{{}}\n{ruler}\n\nbody\n"
    assert with_keys(page.format(line), {"key": "new"}) == page.format(made)


@given(
    st.sampled_from(["true", "a#b", "'it''s # in'", '"a \\" # in"', "12:30", ""]),
    st.text(st.characters(categories=("L", "N", "P", "Zs", "S")), min_size=1, max_size=30),
    st.text(st.characters(categories=("L", "N", "P", "Zs", "S")), max_size=30),
)
def test_whatever_the_value_and_the_comment_neither_becomes_the_other(before, value, comment):
    made = with_keys(f"---\nkey: {before} #{comment}\n---\n", {"key": value})
    found = values_in(made)["key"]
    assert isinstance(found, Scalar)
    assert found.text == value
    assert made.endswith(f" #{comment}\n---\n")


@pytest.mark.parametrize("text", ["", "no front matter\n", "---\n\nrule\n\n---\n"])
def test_without_front_matter_nothing_changes(text):
    assert with_keys(text, {"layout": "podcast"}) == text


@pytest.mark.parametrize("text", [YAML, TOML, JSON])
@given(
    st.sampled_from(["title", "layout", "draft", "permalink", "new"]),
    st.text(st.characters(categories=("L", "N", "P", "Zs", "S")), min_size=1, max_size=30),
)
def test_whatever_the_value_it_is_read_as_it_was_given_and_others_stay(text, key, value):
    made = with_keys(text, {key: value})
    found, before = dict(values_in(made)), dict(values_in(text))
    assert isinstance(found[key], Scalar)
    assert found.pop(key).text == value
    before.pop(key, None)
    assert found == before
    assert made.endswith(text[text.rindex("\n\n") :])
    assert with_keys(made, {key: value}) == made


def checked(text, fields=None, publish="{}", **options):
    profile = load(f"publish: {publish}\n", "{{ body }}")
    fields = {"title": "A", "summary": "b"} if fields is None else fields
    found = missing(text, fields, profile.publish, **options)
    return [(one.what, one.name, one.line) for one in found]


def test_what_is_missing_is_told_with_its_line():
    head = '---\ntitle: A\nplayer: <iframe src=""></iframe>\n---\n\n'
    text = f"{head}### 1:00 A\n\n- TODO x\n\n### 0:30 B\n"
    rules = "{required: [title, tags, player], player: player}"
    assert checked(text, {"title": ""}, rules, dead=["https://example.org/gone"]) == [
        ("field", "title", 0),
        ("field", "tags", 0),
        ("player", "player", 0),
        ("time-descending", "0:30", 10),
        ("left-over", "TODO", 8),
        ("dead", "https://example.org/gone", 0),
    ]


def test_a_whole_episode_lacks_nothing():
    whole = "---\ntitle: A\n---\n\n### A\n\n- https://example.org/TODO XXXL\n"
    assert checked(whole) == []
    assert checked(whole, publish="{required: [times]}") == [("time-none", "", 0)]
    assert checked("---\ntitle: A\n---\n\n- ○○の話\n") == [("left-over", "○○", 5)]
    assert checked("later\n", publish="{leftovers: ['later']}") == [("left-over", "later", 1)]


@pytest.mark.parametrize(
    ("rules", "player", "is_missing"),
    [
        ("{required: [player], player: player}", "player:", True),
        ("{required: [player], player: player}", "other: x", True),
        ("{required: [player], player: player}", "player: <iframe src='x'></iframe>", False),
        ("{required: [title], player: player}", "player:", False),  # nobody asks for it
        ("{required: [player]}", "player:", False),  # nobody knows where it stands
    ],
)
def test_a_player_is_missing_where_it_is_asked_for_and_empty(rules, player, is_missing):
    found = checked(f"---\ntitle: A\n{player}\n---\n\n- a\n", publish=rules)
    assert ("player" in [what for what, _, _ in found]) is is_missing
