"""Comments that people put behind values in front matter stay, whatever hosts do to the value."""

import pytest

from bot.core.document.version import Side
from bot.core.merge.merge import merge


def merged(base, ours, theirs, prefer):
    return merge(Side(base), Side(ours), Side(theirs), prefer=prefer)


@pytest.mark.parametrize("ruler", ["---", "+++"])
@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_a_comment_behind_brackets_stays_where_the_other_side_changes_what_is_in_them(
    prefer, ruler
):
    key = "tags: " if ruler == "---" else "tags = "
    base, ours, theirs = (
        f"{ruler}\n{key}{value}\n{ruler}\n" for value in ('["a"]', '["a", "b"]', '["a"] # Sam\'s')
    )
    for one, other in ((ours, theirs), (theirs, ours)):
        both = merged(base, one, other, prefer)
        assert both.text == f'{ruler}\n{key}["a", "b"] # Sam\'s\n{ruler}\n'
        assert both.conflicts == ()


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
@pytest.mark.parametrize(
    ("ours", "wanted"),
    [
        ("- a\n- b2", "- a # Sam's\n- b2"),
        ("- a2\n- b", "- a2 # Sam's\n- b"),
        ("- a\n- b\n- c", "- a # Sam's\n- b\n- c"),
        ("- b\n- a", "- b\n- a # Sam's"),
    ],
)
def test_a_comment_behind_an_entry_stays_where_the_other_side_changes_the_list(
    prefer, ours, wanted
):
    base, ours, theirs, wanted = (
        f"---\ntags:\n{text}\n---\n" for text in ("- a\n- b", ours, "- a # Sam's\n- b", wanted)
    )
    for one, other in ((ours, theirs), (theirs, ours)):
        assert merged(base, one, other, prefer).text == wanted
