"""Markdown that MDX can read: there `{` begins an expression, `<` a tag that has to end.

MDX has no addresses in angle brackets, no comments of HTML, and takes a paragraph that begins with
`import` or `export` for code. Any of them stops the site's build.
"""

import re
from collections.abc import Iterator, Mapping

from bot.core.render.escape import code_spans

_MAY_NEED = re.compile(r"[{<]")
_SPECIAL = re.compile(r"\\.|[{<`]", re.DOTALL)
_TAG = re.compile(
    r"""
    \\. | < (?P<end> /? ) (?P<name> [A-Za-z] [\w-]* )
    (?P<rest> (?: \s+ [A-Za-z_] [\w-]* (?: = (?: "[^"<>]*" | '[^'<>]*' ) )? )* \s* /? ) >
    """,
    re.VERBOSE | re.DOTALL,
)
_EMPTY = frozenset({"br", "hr", "img", "wbr"})
_CODE = re.compile(r"(?=(?:import|export)\b)")


def mdx(text: str) -> str:
    """Return a line of Markdown as MDX shows it, too: hosts' tags are kept where they end."""
    if not _MAY_NEED.search(text):
        return text
    code = code_spans(text)
    tags = _tags("".join(_outside(text, code)))
    shown: list[str] = []
    at = 0
    while found := _SPECIAL.search(text, at):
        start = found.start()
        shown.append(text[at:start])
        if start in code:
            at = code[start]
            shown.append(text[start:at])
        elif start in tags:
            at, tag = tags[start]
            shown.append(tag)
        else:
            at = found.end()
            shown.append("\\" + found[0] if found[0] in "{<" else found[0])
    shown.append(text[at:])
    return "".join(shown)


def paragraph_start(text: str) -> str:
    """Return the first line of a paragraph so that it is no code of MDX's."""
    return f"&#{ord(text[0])};{text[1:]}" if _CODE.match(text) else text


def _outside(text: str, code: Mapping[int, int]) -> Iterator[str]:
    """Give a text in pieces, with blanks for its code."""
    at = 0
    for start, end in code.items():
        yield text[at:start] + " " * (end - start)
        at = end
    yield text[at:]


def _tags(text: str) -> dict[int, tuple[int, str]]:
    """Return where tags begin that end as they should: where each ends, and how it is written."""
    kept: dict[int, tuple[int, str]] = {}
    opened: list[re.Match[str]] = []
    for found in _TAG.finditer(text):
        name, rest = found["name"], found["rest"]
        if name is None or (found["end"] and rest.strip()):  # a letter that is escaped; no end
            continue
        if rest.endswith("/"):
            kept[found.start()] = found.end(), found[0]
        elif name.lower() in _EMPTY and not found["end"]:
            kept[found.start()] = found.end(), f"<{name}{rest.rstrip()} />"
        elif not found["end"]:
            opened.append(found)
        elif opened and opened[-1]["name"] == name:
            begin = opened.pop()
            kept[begin.start()] = begin.end(), begin[0]
            kept[found.start()] = found.end(), found[0]
    return kept
