"""What the chat took out and a file says still: people put it elsewhere there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape

from bot.core.document.enclosing import uncommented
from bot.core.document.pieces import lines_of
from bot.core.document.traces import bare_line
from bot.core.document.version import Side
from bot.core.episode.find import label_of
from bot.core.model import Bullet, Item, Noted, Patch, Written, links_within, words_of
from bot.core.urls import canonical, find_urls

Said = tuple[str, str]
"""An address, or words, of which of both it is."""


class LeftInFile:
    """Finds things in a file, each of whose lines is read once however many they are.

    What is `given` still may be the others'; so may be what stood elsewhere in the `last` draft's
    file.
    """

    def __init__(self, file: str, last: Side, given: Iterable[Item]) -> None:
        self._first: dict[Said, int] = {}
        for at, line in enumerate(lines_of(file), 1):
            for said in _in_line(line):
                self._first.setdefault(said, at)
        self._owners: defaultdict[Said, set[str | None]] = defaultdict(set)
        for line, owner in zip(lines_of(last.text), last.owners, strict=False):
            for said in _in_line(line):
                self._owners[said].add(owner)
        self._given = {
            said for item in given for said in (*_links(item), _words(item), *_notes(item))
        }

    def line(self, thing: str, was: Item | str, *, was_there: bool) -> tuple[str, int] | None:
        """Return the words of what was taken out, with the first line that says it still.

        `was_there` tells that it had lines of its own in the last draft's file.
        """
        words = _words(was)
        found = (_links(was) or {words}) - self._given
        if was_there:
            found = {said for said in found if not self._owners.get(said, set()) - {thing}}
        lines = [self._first[said] for said in found if said in self._first]
        return (words[1], min(lines)) if lines else None

    def notes(self, thing: str, was: Item | str) -> Iterator[tuple[str, int]]:
        """Yield the words of what a thing had below its line, with the first line that says it."""
        theirs = (said for said in _by_people(was) if not self._owners.get(said, set()) - {thing})
        for said in dict.fromkeys((*_notes(was), *theirs)):
            if said in self._first and said not in self._given:
                yield said[1], self._first[said]


def _notes(given: Item | str) -> Iterator[Said]:
    if isinstance(given, str):
        return
    content = given.content
    own = content.notes if isinstance(content, Bullet) else ()
    added = (note for step in given.steps if isinstance(step, Noted) for note in step.notes)
    for note in (*own, *added):
        yield "words", words_of(note.line, {})


def _by_people(given: Item | str) -> Iterator[Said]:
    """Yield the lines that people had below a thing's first one in the file."""
    if isinstance(given, str):
        return
    texts = [given.content.text] if isinstance(given.content, Written) else []
    texts += [step.now for step in given.steps if isinstance(step, Patch)]
    for line in filter(str.strip, texts[-1].split("\n")[1:] if texts else ()):
        yield "words", bare_line(line)


def _words(given: Item | str) -> Said:
    return "words", given if isinstance(given, str) else label_of(given.content, {})


def _links(given: Item | str) -> set[Said]:
    links = () if isinstance(given, str) else links_within(given.content)
    return {("link", link.canonical) for link in links}


def _in_line(line: str) -> Iterator[Said]:
    """Yield what a line says, and the cells of a table's row do; addresses in tags, too."""
    if "://" in line:
        text = unescape(line)
        yield from (("link", canonical(text[start:end])) for start, end in find_urls(text))
    line = uncommented(line)
    yield from (("words", bare_line(part).lstrip("# ")) for part in (line, *line.split("|")))
