"""How a site writes its lists: what may be said of it, and the marks and columns that it gives."""

import pytest

from bot.core.profile.profile import load
from bot.errors import ProfileError


def style(text):
    return load(f"list: {{{text}}}\n", "{{ body }}").list_style


@pytest.mark.parametrize(
    ("text", "mark", "nested", "columns"),
    [
        ("", "- ", "- ", ["", "  ", "    ", "      "]),
        ("marker: '*'", "* ", "* ", ["", "  ", "    "]),
        ("marker: ' -   ', indent: 4", " -   ", "-   ", [" ", "     ", "         "]),
        ("marker: '1.'", "7. ", "7. ", ["", "   ", "      "]),
        ("marker: '  1) '", "  7) ", "7) ", ["  ", "     "]),
        ("indent: 8", "- ", "- ", ["", " " * 8]),
        ("indent: 2", "- ", "- ", ["", " " * 2]),
        ("marker: '1.', indent: 3", "7. ", "7. ", ["", "   "]),
    ],
)
def test_items_have_their_marks_and_nested_ones_their_columns(text, mark, nested, columns):
    found = style(text)
    assert (found.mark(7), found.nested_mark(7)) == (mark, nested)
    assert [found.column(level) for level in range(len(columns))] == columns
    assert found.bullet == (None if "7" in mark else mark)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("indent: 1", "indent"),
        ("indent: 9", "indent"),
        ("indent: -2", "indent"),
        ("indent: two", "indent"),
        ("marker: '1.', indent: 2", "indent"),
        ("marker: '2.'", "marker"),
        ("marker: '    -'", "marker"),
        ("marker: '-     '", "marker"),
        ("marker: '>'", "marker"),
    ],
)
def test_a_marker_or_an_indent_that_makes_no_list_is_an_error(text, key):
    with pytest.raises(ProfileError) as caught:
        style(text)
    assert key in str(caught.value)
