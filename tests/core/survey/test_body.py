"""What the bodies of a site's pages have in common."""

import pytest

from bot.core.survey.body import body
from bot.core.survey.context import Context
from bot.core.survey.page import page


def shape_of(texts, ending="md"):
    """Return the shape of pages with these bodies, the newest first."""
    pages = [page(f"p/{at}.{ending}", text) for at, text in enumerate(texts)]
    return body(pages, [Context() for _ in pages])


def own(text, count=10):
    """Return so many bodies, each with words of its own for every `{}`."""
    words = ["".join("bcdfghjklm"[int(digit)] for digit in f"{at:03}") for at in range(count * 9)]
    return [text.format(*words[at * 9 :]) for at in range(count)]


@pytest.mark.parametrize(
    ("texts", "heading", "headed", "fixed"),
    [
        (own("- {}\n"), None, 0, 0),
        (own("## {}\n\n- {}\n"), 2, 10, 0),
        (own("# {}\n\n### {}\n\n- {}\n"), 3, 10, 0),  # the first is the page's title
        (own("words {}\n\n# {}\n\n- {}\n"), 1, 10, 0),
        (own("## {}\n\n### {}\n\n### {}\n"), 2, 10, 0),  # of as many pages, the outer ones
        (own("### {}\n\n- {}\n", 8) + own("## {}\n", 2), 3, 10, 0),
        (own("- {}\n", 8) + own("## {}\n", 2), 2, 2, 0),
        (own("- {}\n", 9) + own("## {}\n", 1), None, 1, 0),
        (own("## Links\n\n- {}\n"), 2, 10, 2),
        (own("## Links\n\n### {}\n\n- {}\n"), 3, 10, 2),
        (own("## {} {{#id}}\n\n- {}\n"), 2, 10, 0),
    ],
)
def test_topics_are_headings_of_one_level(texts, heading, headed, fixed):
    shape = shape_of(texts)
    assert (shape.heading, shape.headed, shape.fixed_heading) == (heading, headed, fixed)


@pytest.mark.parametrize(
    ("texts", "marker", "listed", "indent", "is_numbered"),
    [
        (own("words {}\n"), None, 0, None, False),
        (own("- {}\n- {}\n"), "- ", 10, None, False),
        (own("*   {}\n    * {}\n"), "*   ", 10, 4, False),
        (own("1. {}\n2. {}\n   - {}\n"), "1. ", 10, 3, True),
        (own(" * {}\n * {}\n"), " * ", 10, None, False),
        (own("    - {}\n"), None, 10, None, False),  # that is code
        (own("- {}\n  * {}\n", 3) + own("* {}\n", 7), "- ", 10, 2, False),  # the newest do so now
        (own("- {}\n", 1) + own("* {}\n", 9), "* ", 10, None, False),
        (own("- {}\n", 1) + own("* {}\n", 1) + own("- {}\n", 8), "- ", 10, None, False),
        (own("- {}\n", 9) + own("- {}\n  - {}\n", 1), "- ", 10, None, False),  # once is by chance
        (own("- {}\n", 8) + own("- {}\n  - {}\n", 2), "- ", 10, 2, False),
    ],
)
def test_items_have_one_mark_and_nested_ones_their_columns(
    texts, marker, listed, indent, is_numbered
):
    shape = shape_of(texts)
    assert (shape.marker, shape.listed, shape.indent) == (marker, listed, indent)
    assert shape.is_numbered is is_numbered


@pytest.mark.parametrize(
    ("texts", "where", "shape", "pattern"),
    [
        (own("## {}\n\n- {}\n"), "none", "", ""),
        (own("## 1:30 {}\n\n- {}\n"), "headings", "0:00", "{time} {title}"),
        (own("## {} (12:30)\n\n- {}\n"), "headings", "(00:00)", "{title} ({time})"),
        (own("## [01:02:03] {}\n\n- {}\n"), "headings", "[00:00:00]", "[{time}] {title}"),
        (own("- 1:30 - {}\n- {}\n"), "items", "0:00", "{time} - {title}"),
        (own("## 1:30 {}\n\n- 1:31 {}\n"), "headings", "0:00", "{time} {title}"),
        (own("## {}\n", 7) + own("## 1:30 {}\n", 3), "headings", "0:00", "{time} {title}"),
        (own("## {}\n", 8) + own("## 1:30 {}\n", 2), "none", "", ""),
        (own("## 1:30 {}\n\n- {}\n", 4) + own("- 1:30 {}\n", 6), "items", "0:00", "{time} {title}"),
    ],
)
def test_times_stand_where_three_tenths_of_the_pages_have_them(texts, where, shape, pattern):
    found = shape_of(texts)
    assert (found.times, found.time_shape, found.time_pattern) == (where, shape, pattern)


def test_what_else_pages_do_is_counted():
    liquid = own("{{{{% include {}.html %}}}} {}\n\n- {}\n", 3)
    titled = own('- [{0}](https://a.example/{1} "{0}")\n', 4)
    piped = own("- [{}](https://a.example/) | {}\n", 2)
    plain = own("words {}\n", 1)
    shape = shape_of([*liquid, *titled, *piped, *plain])
    assert (shape.liquid, shape.titled, shape.piped) == (3, 4, 2)
    assert (shape.linked, shape.listed, shape.markup) == (6, 9, "markdown")


@pytest.mark.parametrize(
    ("ending", "text", "markup", "heading", "marker"),
    [
        ("adoc", "=== {}\n\n* {}\n** {}\n", "asciidoc", 3, "* "),
        ("asciidoc", "== {}\n\n. {}\n", "asciidoc", 2, ". "),
        ("org", "words {}\n\n** {}\n\n- {}\n", "org", 2, "- "),
        ("org", "words {}\n\n* {}\n\n1. {}\n", "org", 1, "1. "),
        ("markdown", "## {}\n\n+ {}\n", "markdown", 2, "+ "),
    ],
)
def test_other_markups_have_marks_of_their_own(ending, text, markup, heading, marker):
    shape = shape_of(own(text), ending)
    assert (shape.markup, shape.heading, shape.marker) == (markup, heading, marker)


def test_what_stands_in_a_fence_is_no_heading_and_no_item():
    shape = shape_of(own("## {}\n\n```\n# {}\n- {}\n```\n\n~~~\n* {}\n~~~\n"))
    assert (shape.heading, shape.marker) == (2, None)
