"""What somebody wrote who is no host: words and links, and nothing that acts on the page.

A host may take a guest's message in (📝), but sees it in the chat, where a script, a Liquid tag or
an attribute list of kramdown's looks like text. So each is written as the text that it looks like.
"""

import re
from dataclasses import replace

from bot.core.model import Block, Bullet, Heading, Line, Link, Note, Paragraph

# HTML and autolinks, Liquid and kramdown's `{: …}`, links, images, footnotes and abbreviations of
# Markdown's own, and mathematics, whose macros can link.
_ACTS = {"<": "&lt;", "{": "&#123;", "[": r"\[", "]": r"\]", "$": r"\$", "\\": "&#92;"}
_ACTING = re.compile(r"[<{\[\]$\\]")


def as_text(words: str) -> str:
    """Return the Markdown of words in which none of these acts."""
    return _ACTING.sub(lambda found: _ACTS[found[0]], words)


def harmless(block: Block) -> Block:
    """Return a block of a guest's message with its words as text; its links stay links."""
    match block:
        case Heading(level, name):
            return Heading(level, as_text(name))
        case Bullet(line, notes):
            return Bullet(_line(line), tuple(map(harmless_note, notes)))
        case Paragraph(lines):
            return Paragraph(tuple(map(_line, lines)))
        case _:  # the grammar makes no verbatim block of a guest's
            raise AssertionError(block)


def harmless_note(note: Note) -> Note:
    """Return a note of a guest's message with its words as text."""
    return replace(note, line=_line(note.line))


def _line(line: Line) -> Line:
    return tuple(_link(part) if isinstance(part, Link) else as_text(part) for part in line)


def _link(link: Link) -> Link:
    return replace(link, title=as_text(link.title)) if link.title else link
