"""What one side puts below another line, while the other side adds to what it was."""

import pytest

from bot.core.merge.lines import merge_lines
from tests.core.merge.test_merge import clean

ITEM = "- [second](https://example.org/b)\n  - two\n"
ADDED = "- [other](https://example.org/b)\n  - two\n  - three\n"


def below(text: str, indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in text.splitlines())


@pytest.mark.parametrize("indent", ["  ", "    "])
@pytest.mark.parametrize("more", ["", "  - four\n"])
def test_what_the_other_adds_goes_along_below_it(indent: str, more: str) -> None:
    """What was a note is a line of its own by now, and has the link below it."""
    put = "- one\n" + below(ITEM, indent) + more
    merged, disagree = merge_lines(ITEM, ADDED, put, prefer="theirs")
    assert merged == "- one\n" + below(ADDED, indent) + more and not disagree


def test_what_one_adds_further_in_stands_before_what_the_other_adds_further_out() -> None:
    base = "- a\n  - b\n"
    for ours, theirs in (("    - c\n", "  - d\n"), ("  - d\n", "    - c\n")):
        assert clean(base + ours, base + theirs, base=base) == "- a\n  - b\n    - c\n  - d\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_title_that_hosts_take_back_is_so_below_what_people_put_above_it(end: str) -> None:
    was, now = "- [one](https://example.org/b)", "- [two](https://example.org/b)"
    put = f"- over{end}  {was}{end}  - four{end}"
    merged, disagree = merge_lines(was + end, now + end, put, prefer="theirs")
    assert merged == put.replace("one", "two") and not disagree
