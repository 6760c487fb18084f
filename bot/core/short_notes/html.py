"""Short notes as an app shows them: CommonMark's HTML, and plain text."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_BREAKS = re.compile(r"[\r\n]+")
_ADDRESS = re.compile(r'(?<= href=")[^"]*')


@cache
def _markdown() -> "MarkdownIt":
    # Loaded where it is asked for: most of what runs needs no parser, which takes 3 MB.
    from markdown_it import MarkdownIt

    # Raw HTML is shown as it was typed, never as mark-up: text comes from wherever hosts copied it.
    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True})


def html_of(markdown: str) -> str:
    """Return the HTML of Markdown, in one line: its line breaks would mean nothing.

    An apostrophe in an address is escaped, as CommonMark's own programs do: limits count that.
    """
    shown = _BREAKS.sub(" ", _markdown().render(markdown).replace(">\n", ">")).strip()
    return _ADDRESS.sub(lambda found: found[0].replace("'", "&#x27;"), shown)


def plain_of(markdown: str) -> str:
    """Return Markdown as plain text: a line each, with addresses behind their words."""
    lines: list[str] = []
    depth = 0
    opens = False
    for token in _markdown().parse(markdown):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            if not depth:
                lines.append("")
        elif token.type == "list_item_open":
            opens = True
        elif token.type in ("inline", "fence", "code_block"):
            first = "  " * (depth - 1) + ("- " if opens else "  ") if depth else ""
            text = _plain(token).rstrip("\n").split("\n")
            lines += [(first if not n else " " * len(first)) + one for n, one in enumerate(text)]
            opens = False
        if token.type in ("heading_close", "paragraph_close") and not depth:
            lines.append("")
    return "\n".join(lines).strip("\n") + "\n"


def _plain(token: "Token") -> str:
    shown: list[str] = []
    opened: list[tuple[str, int]] = []
    for part in token.children or [token]:
        if part.type == "link_open":
            opened.append((str(part.attrs.get("href", "")), len(shown)))
        elif part.type == "link_close":
            address, at = opened.pop()
            if address and "".join(shown[at:]) != address:
                shown.append(f" <{address}>")
        elif part.type in ("softbreak", "hardbreak"):
            shown.append("\n")
        else:
            shown.append(part.content)
    return "".join(shown)
