"""What a site's template leaves out of an episode: links, and words that hosts kept."""

import re
from dataclasses import dataclass

from bot.core.model import Bullet, Episode, Line, Link, Paragraph
from bot.core.render.escape import address
from bot.core.render.topic_data import links_of

_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many links, and how many notes and lines of words, are not in a draft's text."""

    links: int = 0
    words: int = 0


def left_out(episode: Episode, body: str, text: str) -> LeftOut:
    """Return what is not in the text of a file that does not have the whole body."""
    if not body or body in text:
        return LeftOut()
    said = _bare(text)
    links = [link for item in episode.items() for link in links_of(item)]
    lines = [line for item in episode.items() for line in _lines(item.content)]
    return LeftOut(
        sum(link.url not in text and address(link.url) not in text for link in links),
        sum(any(_bare(part) not in said for part in line if isinstance(part, str))
            for line in lines),
    )  # fmt: skip


def _lines(content: object) -> list[Line]:
    """Return the lines of words of an item: its notes, talk, and a bullet without a link."""
    if isinstance(content, Bullet):
        own = [] if any(isinstance(part, Link) for part in content.line) else [content.line]
        return [*own, *(note.line for note in content.notes)]
    return list(content.lines) if isinstance(content, Paragraph) else []


def _bare(text: str) -> str:
    return _NO_WORD.sub("", text)
