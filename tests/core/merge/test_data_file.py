"""A data file is merged by key: both sides' changes are in it, and it can be read."""

import json
import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.core.merge.data_file import data_fault, merge_file

NAMES = st.sampled_from(["a", "b", "title", "c d", "é"])
VALUES = st.sampled_from(["", "x", "a: b", "'", '"', "060", "no", "- y", "日本", "[", "#"])
TREES = st.dictionaries(NAMES, VALUES | st.lists(VALUES, max_size=2), min_size=1, max_size=4)


def written(tree, ending):
    if ending == "toml":
        return "".join(
            f"{json.dumps(k, ensure_ascii=False)} = {json.dumps(v, ensure_ascii=False)}\n"
            for k, v in tree.items()
        )
    if ending == "json":
        return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


def read(text, ending):
    return {"toml": tomllib.loads, "json": json.loads, "yml": yaml.safe_load}[ending](text)


@pytest.mark.parametrize("ending", ["yml", "toml", "json"])
@given(TREES, TREES, TREES)
def test_whatever_both_sides_do_it_can_be_read(ending, base, ours, theirs):
    texts = [written(one, ending) for one in (base, ours, theirs)]
    merged = merge_file(*texts, path=f"x.{ending}")
    assert data_fault(merged, f"x.{ending}") is None
    found = read(merged, ending)
    for name in {*base, *ours, *theirs}:
        sides = [one.get(name) for one in (base, ours, theirs)]
        if sides[0] == sides[1]:
            assert found.get(name) == sides[2]
        elif sides[0] == sides[2]:
            assert found.get(name) == sides[1]


@pytest.mark.parametrize("ending", ["yml", "toml", "json", "txt", "md"])
@given(TREES, TREES)
def test_a_side_that_did_nothing_leaves_the_others_bytes(ending, base, other):
    one, two = written(base, "yml" if ending in ("txt", "md") else ending), None
    two = written(other, "yml" if ending in ("txt", "md") else ending)
    assert merge_file(one, two, one, path=f"x.{ending}") == two
    assert merge_file(one, one, two, path=f"x.{ending}") == two


@pytest.mark.parametrize(
    ("text", "path", "is_right"),
    [
        ("- a\n- b\n", "x.yml", True), ("- a\n b: [\n", "x.yml", False),
        ('["a", 1]\n', "x.json", True), ('["a", 1\n', "x.json", False),
        ("a = 1\n", "x.toml", True), ("a = \n", "x.toml", False),
        ("a: [\n", "x.txt", True), ("---\na: [\n---\n", "x.md", False), ("", "x.yml", True),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_known_by_the_files_name(text, path, is_right):
    assert (data_fault(text, path) is None) == is_right


def test_lists_are_merged_as_text():
    base, ours, theirs = "- a\n- b\n", "- a\n- b\n- c\n", "- z\n- a\n- b\n"
    assert merge_file(base, ours, theirs, path="x.yml") == "- z\n- a\n- b\n- c\n"
