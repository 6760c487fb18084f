"""Front matter is merged by key in YAML, TOML and JSON; it can be read again, or is as a side's."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.version import Side
from bot.core.front_matter.toml_tree import toml_tree
from bot.core.front_matter.tree import numbered
from bot.core.front_matter.values import FrontMatterFault, text_at, values_in
from bot.core.front_matter.yaml_tree import yaml_tree
from bot.core.merge.merge import merge

YAML = """---
# about the episode
title: Old # for now
episode: 060
hosts:
  - name: Ann
    url: https://example.org/ann
  - name: Bo
    url: https://example.org/bo
params:
  explicit: false
  links:
  - a
  - b
tags: [x, "y, z"]
---

body
"""
TOML = """+++
title = "Old" # for now
date = 2024-11-29T11:54:00+10:30
episode = 60
tags = ["x",
  "y, z", # last
]

# what players ask for
[params]
explicit = "no"

[[guests]]
name = "Ann"
url = "https://example.org/ann"

[[guests]]
name = "Bo"
[guests.links]
site = "https://example.org/bo"
+++

body
"""
JSON = """{
  "title": "Old",
  "episode": 60,
  "hosts": [
    {"name": "Ann"},
    {"name": "Bo"}
  ],
  "params": {"explicit": false}
}

body
"""


def merged(base, ours, theirs, prefer="theirs"):
    return merge(Side(base), Side(ours), Side(theirs), prefer=prefer)


def clean(base, ours, theirs):
    for prefer in ("ours", "theirs"):
        result = merged(base, ours, theirs, prefer)
        assert result.conflicts == ()
    values_in(result.text)
    return result.text


def edited(text, *changes):
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def test_keys_of_nested_tables_are_merged_each_for_itself():
    ours = edited(YAML, ("Old #", "New #"), ("url: https://example.org/bo", "url: https://bo.dev"))
    theirs = edited(
        YAML, ("explicit: false", "explicit: true"), ("  - a\n", ""), ("name: Bo\n", "name: Bob\n")
    )
    assert clean(YAML, ours, theirs) == edited(
        YAML, ("Old #", "New #"), ("https://example.org/bo", "https://bo.dev"),
        ("explicit: false", "explicit: true"), ("  - a\n", ""), ("name: Bo\n", "name: Bob\n"),
    )  # fmt: skip


def test_toml_is_merged_by_key_and_by_table():
    ours = edited(
        TOML, ('"Old"', '"New"'), ("episode = 60\n", "episode = 60\nseason = 2\n"),
        ('  "y, z", # last\n', '  "y, z", # last\n  "w",\n'),
    )  # fmt: skip
    theirs = edited(
        TOML, ("[params]\n", "[params]\nrating = 5\n"), ("https://example.org/bo", "https://bo.dev"),
        ('tags = ["x",\n', 'tags = ["v", "x",\n'),
        ('\n[[guests]]\nname = "Ann"', '\n[[guests]]\nname = "Al"\n\n[[guests]]\nname = "Ann"'),
    )  # fmt: skip
    text = clean(TOML, ours, theirs)
    assert text == edited(
        TOML, ('"Old"', '"New"'), ("episode = 60\n", "episode = 60\nseason = 2\n"),
        ('  "y, z", # last\n', '  "y, z", # last\n  "w",\n'),
        ("[params]\n", "[params]\nrating = 5\n"), ("https://example.org/bo", "https://bo.dev"),
        ('tags = ["x",\n', 'tags = ["v", "x",\n'),
        ('\n[[guests]]\nname = "Ann"', '\n[[guests]]\nname = "Al"\n\n[[guests]]\nname = "Ann"'),
    )  # fmt: skip


def test_a_new_toml_key_never_falls_into_a_table_above_it():
    base = '+++\ntitle = "x"\n+++\n'
    ours = edited(base, ('"x"\n', '"x"\ndate = 2024-11-29\n'))
    theirs = edited(base, ('"x"\n', '"x"\n[params]\na = 1\n'))
    for one, other in ((ours, theirs), (theirs, ours)):
        assert text_at(values_in(clean(base, one, other)), "date") == "2024-11-29"


def test_json_is_merged_by_key_with_its_commas():
    ours = edited(JSON, ('"Old"', '"New"'), ('{"name": "Bo"}', '{"name": "Bo"},\n    "Cy"'))
    theirs = edited(
        JSON, ('  "title": "Old",\n', '  "season": 2,\n  "title": "Old",\n'),
        ("false}\n", 'false, "rating": 5},\n  "last": null\n'), ('    {"name": "Ann"},\n', ""),
    )  # fmt: skip
    assert clean(JSON, ours, theirs) == edited(
        JSON, ('  "title": "Old"', '  "season": 2,\n  "title": "New"'),
        ("false}\n", 'false, "rating": 5},\n  "last": null\n'), ('    {"name": "Ann"},\n', ""),
        ('{"name": "Bo"}', '{"name": "Bo"},\n    "Cy"'),
    )  # fmt: skip
    base = '{"a": 1, "b": [1, 2]}\nbody\n'
    text = clean(base, edited(base, ("[1", "[0, 1")), edited(base, ('"a": 1', '"a": 2')))
    assert text == '{"a": 2, "b": [0, 1, 2]}\nbody\n'


def test_json_between_rulers_is_merged_by_key():
    for blank in ("", "\n"):
        base = f'---json\n{{\n  "title": "Old",\n  "episode": 60\n}}\n{blank}---\n\nbody\n'
        text = clean(base, edited(base, ("Old", "New")), edited(base, ("60", "61")))
        assert text == edited(base, ("Old", "New"), ("60", "61"))


def test_a_list_keeps_the_blanks_that_the_first_side_has_inside_its_brackets():
    base = "---\ntags: [a, b]\nnone: []\n---\n"
    ours = edited(base, ("[a, b]", "[ a, b, c ]"))
    theirs = edited(base, ("[a, b]", "[a, d, b]"), ("[]", "[ x ]"))
    text = merged(base, ours, theirs, "ours").text
    assert text == edited(base, ("[a, b]", "[ a, d, b, c ]"), ("[]", "[ x ]"))


def test_what_stands_behind_a_key_goes_with_the_side_that_wrote_it_whatever_is_below():
    ours = edited(YAML, ("params:\n", "params: # for players\n"))
    theirs = edited(YAML, ("explicit: false", "explicit: true"))
    both = edited(ours, ("explicit: false", "explicit: true"))
    assert clean(YAML, ours, theirs) == clean(YAML, theirs, ours) == both


@pytest.mark.parametrize(
    ("text", "old", "newer", "noted"),
    [
        (YAML, "Old # for now", "New # for now", "Old # for good"),
        (YAML, "Old # for now", "New # for now", "Old"),
        (YAML, "episode: 060", 'episode: "61"', "episode: 060 # of 100"),
        (YAML, "explicit: false", "explicit: true", "explicit: false\t# ask Bo"),
        (
            YAML,
            "url: https://example.org/bo",
            "url: https://bo.dev",
            "url: https://example.org/bo #x",
        ),
        (TOML, '"Old" # for now', '"New" # for now', '"Old" # for good'),
        (TOML, 'explicit = "no"', 'explicit = "yes"', 'explicit = "no"# ask Bo'),
        (TOML, "episode = 60", "episode = 61", "episode = 60 # of 100"),
    ],
)
def test_what_one_side_notes_behind_a_value_that_the_other_sets_stays(text, old, newer, noted):
    ours, theirs = edited(text, (old, newer)), edited(text, (old, noted))
    value, note = newer.partition("#")[0].rstrip(), noted[len(old.partition("#")[0].rstrip()) :]
    both = edited(text, (old, value + note))
    assert clean(text, ours, theirs) == clean(text, theirs, ours) == both


@pytest.mark.parametrize("text", [YAML, TOML])
def test_a_comment_before_the_end_of_front_matter_stays_there(text):
    ruler = text[:3]
    base = edited(text, (f"\n{ruler}\n", f"\n# that is all\n{ruler}\n"))
    theirs = edited(base, ("ann", "annie"))
    assert clean(base, edited(base, ("Old", "New")), theirs) == edited(theirs, ("Old", "New"))


@pytest.mark.parametrize(
    ("base", "old", "ours", "theirs", "name"),
    [
        (YAML, "Old #", "Mine #", "Theirs #", "title"),
        (YAML, "explicit: false", "explicit: true", "explicit: maybe", "params.explicit"),
        (YAML, "https://example.org/bo", "https://a.dev", "https://b.dev", "hosts.url"),
        (TOML, '"Old"', '"Mine"', '"Theirs"', "title"),
        (TOML, '"no"', '"yes"', '"clean"', "params.explicit"),
        (TOML, "2024-11-29T11", "2024-11-30T11", "2024-12-01T11", "date"),
        (JSON, '"Old"', '"Mine"', '"Theirs"', "title"),
        (JSON, '"explicit": false', '"explicit": true', '"explicit": 1', "params.explicit"),
    ],
)
@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_a_disagreement_is_told_with_its_key_and_place(base, old, ours, theirs, name, prefer):
    ours, theirs = edited(base, (old, ours)), edited(base, (old, theirs))
    result = merged(base, ours, theirs, prefer)
    [conflict] = result.conflicts
    assert (conflict.kind, conflict.name) == ("front-matter", name)
    assert result.text == (ours if prefer == "ours" else theirs)
    [shown] = result.text.split("\n")[conflict.line : conflict.line + conflict.height]
    side = conflict.ours if prefer == "ours" else conflict.theirs
    assert side.strip() in shown


def test_a_word_taken_out_of_a_title_that_we_wrote_anew_is_told():
    base = '---\ntitle: "Layoffs!"\n---\n'
    [conflict] = merged(base, base.replace("Layoffs!", "Mine"), base.replace("!", "")).conflicts
    assert conflict.theirs == 'title: "Layoffs"'


def test_a_value_that_was_only_written_otherwise_gives_way_to_one_that_was_changed():
    base = '---\ntitle: "Old: a title"\ndate: 2024-01-02\n---\n'
    theirs = "---\ndate: 2024-01-02\ntitle: 'Old:\n  a title'\n---\n"
    text = clean(base, base.replace("Old: a title", "New"), theirs)
    assert text == '---\ndate: 2024-01-02\ntitle: "New"\n---\n'


def test_a_text_of_several_lines_is_merged_by_its_lines():
    base = "---\nabout: |\n  One.\n  Two.\n  Three.\n---\n"
    ours, theirs = edited(base, ("One", "1")), edited(base, ("  Three.\n", "  Three.\n  Four.\n"))
    assert clean(base, ours, theirs) == edited(theirs, ("One", "1"))
    [conflict] = merged(base, ours, edited(base, ("One", "I"))).conflicts
    assert conflict.name == "about"


def test_a_key_that_only_one_side_took_out_is_gone_with_its_comment():
    theirs = edited(TOML, ('\n# what players ask for\n[params]\nexplicit = "no"\n', ""))
    ours = edited(TOML, ('"Old"', '"New"'))
    assert clean(TOML, ours, theirs) == edited(theirs, ('"Old"', '"New"'))


def test_a_comment_goes_with_the_key_below_it():
    base = "---\na: 1\n# of b\nb: 2\n\nc: 3\n---\n"
    ours, theirs = edited(base, ("# of b\nb: 2\n", "")), edited(base, ("a: 1\n", "a: 1\nd: 4\n"))
    assert clean(base, ours, theirs) == "---\na: 1\nd: 4\n\nc: 3\n---\n"


def test_line_ends_stay_what_they_are():
    base = TOML.replace("\n", "\r\n")
    ours = edited(base, ('"Old"', '"New"'))
    theirs = edited(base, ("episode = 60\r\n", "episode = 60\r\nseason = 2\r\n"))
    text = clean(base, ours, theirs)
    assert "\n" not in text.replace("\r\n", "")


# --- laws ----------------------------------------------------------------------------------------

WORDS = st.sampled_from(["a", "b c", "060", "50.5", "2024-01-02", "x: y", "#z", "日本", ""])
NAMES = st.sampled_from(["title", "date", "tags", "params", "hosts", "draft"])
SCALARS = WORDS | st.integers(-9, 99) | st.booleans()
TABLES = st.dictionaries(NAMES, SCALARS | st.lists(WORDS, max_size=3), max_size=3)
DATA = st.dictionaries(
    NAMES, SCALARS | st.lists(SCALARS, max_size=3) | TABLES | st.lists(TABLES, max_size=3),
    min_size=1, max_size=5,
)  # fmt: skip


def as_toml(data):
    keys = [f"{name} = {_inline(value)}\n" for name, value in data.items() if not _is_table(value)]
    tables = []
    for name, value in data.items():
        if _is_table(value):
            many = isinstance(value, list)
            for table in value if many else [value]:
                tables.append(f"\n[[{name}]]\n" if many else f"\n# of {name}\n[{name}]\n")
                tables += [f"{key} = {_inline(one)}\n" for key, one in table.items()]
    return f"+++\n{''.join([*keys, *tables])}+++\n\nbody\n"


def _is_table(value):
    return isinstance(value, dict) or (
        isinstance(value, list) and value != [] and all(isinstance(one, dict) for one in value)
    )


def _inline(value):
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    return json.dumps(value, ensure_ascii=False)


def as_yaml(data):
    lines = ["---"]
    for name, value in data.items():
        if isinstance(value, dict) and value:
            lines += [f"{name}:", *(f"  {key}: {_inline(one)}" for key, one in value.items())]
        elif isinstance(value, list) and value and len(name) % 2:
            lines.append(f"{name}: # some")
            for one in value:
                if isinstance(one, dict) and one:
                    inner = [f"{key}: {_inline(part)}" for key, part in one.items()]
                    lines += [f"- {inner[0]}", *(f"  {line}" for line in inner[1:])]
                else:
                    lines.append(f"- {_inline(one)}")
        else:
            lines.append(f"{name}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join([*lines, "---", "", "body", ""])


def as_json(data):
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n\nbody\n"


WRITERS = st.sampled_from([as_yaml, as_toml, as_json])


@given(WRITERS, DATA, DATA, DATA, st.sampled_from(["ours", "theirs"]))
def test_whatever_both_sides_do_the_result_can_be_read(write, base, ours, theirs, prefer):
    sides = [write(data) for data in (base, ours, theirs)]
    result = merged(*sides, prefer)
    one, two, three = map(values_in, sides)
    found = values_in(result.text)
    told = {conflict.name.partition(".")[0] for conflict in result.conflicts}
    for name in {**one, **two, **three}:
        if name in told or "front matter" in told:
            continue
        if two.get(name) == one.get(name):
            assert found.get(name) == three.get(name)
        elif three.get(name) in (one.get(name), two.get(name)):
            assert found.get(name) == two.get(name)


def as_flow(data):
    rows = [f"{name}: {json.dumps(value)}" for name, value in data.items()]
    return "\n".join(["---", *rows, "---", "", "body", ""])


@st.composite
def guests(draw):
    """Return guests as they were and as each side has them: changed, named anew, gone, or new."""
    every = [{"name": f"n{at}", "url": f"u{at}", "at": at}
             for at in range(draw(st.integers(1, 4)))]  # fmt: skip
    sides = []
    for who in ("ours", "theirs"):
        side = []
        for at, one in enumerate(every):
            what = draw(st.sampled_from(["as it was", "as it was", "name", "url", "more", "gone"]))
            if what in ("name", "url"):
                side.append({**one, what: f"{who} {what} {at}"})
            elif what != "gone":
                side.append({**one, who: at} if what == "more" else one)
        if draw(st.booleans()):
            side.insert(draw(st.integers(0, len(side))), {"name": f"{who} new", "url": who})
        sides.append(side)
    return [{"title": "x", "guests": one} for one in (every, *sides)]


@given(st.sampled_from([as_yaml, as_flow, as_toml, as_json]), guests())
def test_a_guest_whom_both_sides_changed_is_there_once_with_both_changes_or_told(write, sides):
    result = merged(*map(write, sides))
    found = json.dumps([plain(one) for one in values_in(result.text).get("guests", ())])
    told = bool(result.conflicts)
    base, ours, theirs = ([*one["guests"]] for one in sides)
    for side in (ours, theirs):
        for one in side:
            for value in one.values():
                if isinstance(value, str) and value.startswith(("ours", "theirs")):
                    assert told or json.dumps(value) in found
    for one in base:
        assert told or found.count(json.dumps(one["url"])) <= 1
        kept = [
            any(row["at"] == one["at"] for row in side if "at" in row) for side in (ours, theirs)
        ]
        if not any(kept):
            assert json.dumps(one["url"]) not in found


def plain(value):
    return {name: getattr(one, "text", "") for name, one in value.items()}


@given(st.text(alphabet="ab:-#=[]{}\"' \n|"), st.sampled_from(["---", "+++"]))
def test_trees_give_their_text_again(text, ruler):
    lines = text.split("\n")
    tree = yaml_tree(numbered(lines)) if ruler == "---" else toml_tree(numbered(lines))
    assert [line.text for entry in tree for line in entry.lines] == lines


@given(st.lists(st.text(alphabet="ab:-#=[]{}\"' \n"), min_size=3, max_size=3), st.booleans())
def test_what_could_be_read_is_never_broken(texts, is_yaml):
    ruler = "---" if is_yaml else "+++"
    sides = [f"{ruler}\nx{' :'[is_yaml]} {text}\n{ruler}\n" for text in texts]
    try:
        for side in sides[1:]:
            values_in(side)
    except FrontMatterFault:
        return
    for prefer in ("ours", "theirs"):
        values_in(merged(*sides, prefer).text)


def test_a_table_that_one_side_took_out_and_the_other_wrote_otherwise_and_changed_is_told():
    base = '+++\nx = 1\nhosts.c = "w"\n+++\n'
    ours = "+++\nx = 1\n+++\n"
    theirs = '+++\nx = 1\n\n[hosts]\nc = "w"\nk = "new"\n+++\n'
    for prefer in ("ours", "theirs"):
        result = merged(base, ours, theirs, prefer)
        assert result.conflicts
        values_in(result.text)


@pytest.mark.parametrize("end", ["first", "middle", "last"])
@pytest.mark.parametrize("prefer", ["ours", "theirs"])
@pytest.mark.parametrize("changes", ["ours", "theirs"])
def test_a_key_that_one_side_took_out_and_the_other_changed_is_as_the_preferred_has_it(
    end, prefer, changes
):
    keys = {"first": "bac", "middle": "abc", "last": "acb"}[end]
    base = "".join(f"{key}: 1\n" for key in keys)
    sides = {
        name: base.replace("b: 1", "b: 2") if name == changes else base.replace("b: 1\n", "")
        for name in ("ours", "theirs")
    }
    base, ours, theirs = (f"---\n{text}---\n" for text in (base, *sides.values()))
    result = merge(Side(base), Side(ours), Side(theirs), prefer=prefer)
    assert result.text == (ours if prefer == "ours" else theirs)
    assert len(result.conflicts) == 1
