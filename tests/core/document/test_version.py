"""How the lines of a version of a file end."""

import pytest

from bot.core.document.version import Ends, Side, Version


@pytest.mark.parametrize(
    ("text", "ends", "usual", "is_even"),
    [
        ("", [], "\n", True),
        ("a", ["\n"], "\n", True),
        ("a\nb", ["\n", "\n"], "\n", True),
        ("a\r\nb", ["\r\n", "\r\n"], "\r\n", True),
        ("a\rb\r", ["\r", "\r"], "\r", True),
        ("a\nb\r\nc\r\nd", ["\n", "\r\n", "\r\n", "\r\n"], "\r\n", False),
        ("a\nb\nc\r\nd", ["\n", "\n", "\r\n", "\n"], "\n", False),
    ],
)
def test_a_last_line_without_an_end_ends_as_most_lines_do(text, ends, usual, is_even):
    version = Version(Side(text))
    assert (version.ends, version.end, version.is_even) == (ends, usual, is_even)
    assert version.is_ended == (not text or text[-1] in "\r\n")


@pytest.mark.parametrize("prefer", [1, 2])
@pytest.mark.parametrize(
    ("before", "after", "end", "is_ended"),
    [
        ("a\nb\n", "a\r\nb\r\n", "\r\n", True),
        ("a\r\nb\r\n", "a\nb\n", "\n", True),
        ("a\nb\n", "a\nb", "\n", False),
        ("a\nb", "a\nb\n", "\n", True),
    ],
)
def test_what_one_side_made_of_all_line_ends_holds_whichever_is_preferred(
    before, after, end, is_ended, prefer
):
    for texts in ((before, after, before), (before, before, after), (before, after, after)):
        ends = Ends([Version(Side(text)) for text in texts], prefer)
        assert (ends.end, ends.is_ended) == (end, is_ended)
