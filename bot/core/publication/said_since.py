"""What hosts said of an item since its last draft, and whether a file has that."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from bot.core.document.list_marks import split_marks
from bot.core.episode.file_text import links_written
from bot.core.grammar.line import read_line
from bot.core.model import (
    Bullet,
    Content,
    Item,
    Line,
    Link,
    Noted,
    Paragraph,
    Retitled,
    words_of,
)
from bot.core.urls import fingerprint

Said = Line | Retitled


def said_since(now: Item, then: Item | None) -> list[Said]:
    """Return the lines and titles that an item has and had not then, as the chat gave them.

    What people wrote in the file is there, so it is none of them.
    """
    old_lines = set(_lines(then.content)) if then else set[Line]()
    if then is None and isinstance(now.content, Bullet):
        old_lines.add(now.content.line)  # its link is in the file, with whatever title
    old_steps = then.steps if then else ()
    found: list[Said] = [line for line in _lines(now.content) if line not in old_lines]
    for step in now.steps:
        if step in old_steps:
            continue
        if isinstance(step, Noted):
            found += [note.line for note in step.notes]
        elif isinstance(step, Retitled):
            found.append(step)
    return found


def _lines(content: Content) -> Iterator[Line]:
    if isinstance(content, Bullet):
        yield content.line
        yield from (note.line for note in content.notes)
    elif isinstance(content, Paragraph):
        yield from content.lines


class InFile:
    """What a file says, read once something is looked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def without(self, said: Iterable[Said]) -> tuple[str, ...]:
        """Return the words of what the file does not have."""
        return tuple(_shown(one) for one in said if not self._has(one))

    def _has(self, said: Said) -> bool:
        if isinstance(said, Retitled):
            return (said.link, _plain(said.title)) in self._titles
        titled = {
            (fingerprint(part.canonical), _plain(part.title))
            for part in said
            if isinstance(part, Link) and part.title
        }
        return titled <= self._titles and _words(said) in self._lines

    @cached_property
    def _titles(self) -> set[tuple[str, str]]:
        return {
            (fingerprint(link.canonical), _plain(link.title))
            for link in links_written(self._text)
            if link.title
        }

    @cached_property
    def _lines(self) -> set[str]:
        """The lines without their links: a title that was looked up is no one's word."""
        found = {""}
        for line in self._text.split("\n"):
            found.add(_words(read_line(line.strip())))
            found.add(_words(read_line(split_marks(line)[1])))
        return found


def _words(line: Line) -> str:
    return _plain("".join(part if isinstance(part, str) else " " for part in line))


def _plain(text: str) -> str:
    """Return Markdown as words: nothing escaped, no break at its end, any white space alike."""
    return " ".join(words_of((text.rstrip().rstrip("\\"),), {}).split())


def _shown(said: Said) -> str:
    return _plain(said.title) if isinstance(said, Retitled) else words_of(said, {})
