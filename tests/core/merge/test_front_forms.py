"""What hosts set goes into the form that people gave the front matter; theirs stays."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.front_matter.values import values_in
from tests.core.merge.test_merge_front_matter import (
    NAMES,
    TOML,
    WORDS,
    YAML,
    as_json,
    as_toml,
    as_yaml,
    edited,
    merged,
    plain,
)


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_what_one_side_changed_goes_into_the_form_that_the_other_gave_the_file(prefer):
    ours = edited(TOML, ('"Old"', '"New"'))
    theirs = '---\ntitle: "Old" # by Sam\nguest: Kim\n---\n\nbody\n'
    result = merged(TOML, ours, theirs, prefer)
    assert result.text == theirs.replace("Old", "New")
    assert not result.conflicts
    assert merged(TOML, theirs, ours, prefer).text == result.text


def test_what_both_sides_changed_in_two_forms_is_told_and_no_mixture():
    ours = edited(TOML, ('"Old"', '"New"'))
    theirs = '---\ntitle: "By Sam"\nguest: Kim\n---\n\nbody\n'
    result = merged(TOML, ours, theirs)
    assert result.text == theirs
    [conflict] = result.conflicts
    assert (conflict.kind, conflict.name) == ("front-matter", "title")
    assert merged(TOML, ours, theirs, "ours").text == theirs.replace("By Sam", "New")


@pytest.mark.parametrize(
    "theirs",
    [
        '{"title": "Old", "guest": "Kim",\n "tags": ["x"]}\n\nbody\n',
        "---\n{title: Old, guest: Kim, tags: [x]}\n---\n\nbody\n",
        '---json\n{"title": "Old", "guest": "Kim"}\n---\n\nbody\n',
        '+++\r\ntitle = "Old"\r\nguest = "Kim"\r\n+++\r\n\r\nbody\r\n',
    ],
)
def test_what_people_wrote_in_another_form_stays(theirs):
    ours = edited(YAML, ("Old", "New"))
    for prefer in ("ours", "theirs"):
        result = merged(YAML, ours, theirs, prefer)
        assert plain(values_in(result.text)) == {**plain(values_in(theirs)), "title": "New"}
        assert result.text.count("\r") == theirs.count("\r")


def test_the_name_of_a_value_may_go_and_the_value_stays():
    base = '---\ntitle: "Old"\n---\n'
    ours = '---\ntitle: "New"\n---\n'
    theirs = '---\ntitle: &it "Old"\nsummary: *it # the same\nguest: Kim\n---\n'
    result = merged(base, ours, theirs, "ours")
    assert result.text == '---\ntitle: "New"\nsummary: "Old" # the same\nguest: Kim\n---\n'


@given(
    *[st.sampled_from([as_yaml, as_toml, as_json])] * 2,
    st.dictionaries(NAMES, WORDS, min_size=1, max_size=5),
    st.dictionaries(NAMES, WORDS, max_size=3),
    st.dictionaries(st.sampled_from(["guest", "place"]), WORDS, min_size=1),
)
def test_in_any_two_forms_nothing_that_people_wrote_is_lost(write, other, base, changes, own):
    texts = write(base), write({**base, **changes}), other({**base, **own})
    for prefer in ("ours", "theirs"):
        result = merged(*texts, prefer)
        assert plain(values_in(result.text)) == {**base, **changes, **own}


LISTS = st.lists(st.sampled_from(["a", "b", "c d", "060"]), unique=True, min_size=1, max_size=4)


@given(LISTS, LISTS, st.sampled_from(["ours", "theirs"]))
def test_a_list_is_one_list_whether_people_write_it_on_one_line_or_below(old, new, prefer):
    def below(entries):
        return "---\ntags:\n" + "".join(f'  - "{one}"\n' for one in entries) + "---\n"

    base, ours = below(old), below(new)
    theirs = f"---\ntags: {json.dumps([*old, 'by Sam'])} # mine\n---\n"
    result = merged(base, ours, theirs, prefer)
    tags = [one.text for one in values_in(result.text)["tags"]]
    assert sorted(tags) == sorted([*new, "by Sam"])
    assert "# mine" in result.text
    assert not result.conflicts
