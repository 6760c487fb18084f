"""A link that stands twice is two things: each goes, or is changed, by itself."""

import pytest

from bot.core.document.version import Side
from bot.core.merge.merge import merge

NOTED, OTHER, LAST = "- <https://a.example/>  \n  a note\n", "- <https://a.example/>\n", "- last\n"
RETITLED = "- [Host](https://a.example/)  \n  a note\n"
BASE = Side(f"{NOTED}{LAST}{OTHER}", ("one", "one", "last", "two"))


@pytest.mark.parametrize("owned", [True, False])
def test_what_hosts_retitle_and_people_take_out_is_asked_about_though_hosts_take_out_the_other(
    owned: bool,
) -> None:
    ours = Side(f"{RETITLED}{LAST}", ("one", "one", "last"))
    theirs = Side(f"{LAST}{OTHER}", ("last", "two") if owned else ())
    merged = merge(BASE, ours, theirs)
    assert merged.text == LAST
    assert [(one.owner, one.ours, one.theirs) for one in merged.conflicts] == [
        ("one", RETITLED.rstrip(), "")
    ]


def test_the_other_one_takes_over_where_it_is_new() -> None:
    merged = merge(
        Side(f"{NOTED}{LAST}", ("one", "one", "last")),
        Side(f"{LAST}{OTHER}", ("last", "two")),
        Side(f"{NOTED.replace('a note', 'by people')}{LAST}"),
    )
    assert merged.text.count("https://a.example/") == 1
    assert "by people" in merged.text
