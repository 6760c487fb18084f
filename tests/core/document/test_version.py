"""How the lines of a version of a file end."""

import pytest

from bot.core.document.version import Side, Version


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
