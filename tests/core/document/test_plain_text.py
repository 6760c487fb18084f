"""What a reader sees of a line of Markdown."""

import pytest

from bot.core.document.plain_text import plain_text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a *b* **c** `d` [e *f*](https://a.example/) g", "a b c d e f g"),
        ("\\*a\\* &amp; b", "*a* & b"),
        ("a <b>c</b>", "a c"),
        ("![picture](https://a.example/p.png) a", "picture a"),
        ("<https://a.example/>", "https://a.example/"),
        ("a  \nb\nc", "a b c"),
        ("a {% x %} b {{ y }}", "a b"),
        ("Title {#id .class}", "Title"),
        ("Title {: .class}", "Title"),
        ("{a} b", "{a} b"),
        ("a\tb\x01c\u2028d", "a b c d"),
        ("", ""),
    ],
)
def test_a_line_is_read_without_its_mark_up(line, words):
    assert plain_text(line) == words
