"""What a reader sees of a line of Markdown: its text without mark-up."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LIQUID = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
_ATTRIBUTES = re.compile(r"\s*\{[:#][^{}]*\}\s*$")  # kramdown's, behind a heading
_UNSHOWN = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


@cache
def _markdown() -> "MarkdownIt":
    # Loaded where it is asked for: most of what runs needs no parser, which takes 3 MB.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


def plain_text(line: str) -> str:
    """Return the text of a line: emphasis, links, tags, Liquid and escapes are taken away."""
    bare = _ATTRIBUTES.sub("", _LIQUID.sub("", line))
    tokens = _markdown().parseInline(bare)
    return _UNSHOWN.sub(" ", "".join(map(_shown, tokens))).strip()


def _shown(token: "Token") -> str:
    if token.children:
        return "".join(map(_shown, token.children))
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline") else ""
