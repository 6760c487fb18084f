"""What the chat took out and a file says still: people put it elsewhere there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape

from bot.core.document.enclosing import uncommented
from bot.core.document.pieces import lines_of
from bot.core.document.traces import bare_line
from bot.core.document.version import Side
from bot.core.episode.find import label_of
from bot.core.model import Item, Link, Note, Patch, Written, links_within, notes_of, words_of
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

    def notes(
        self, thing: str, was: Item | str, now: Item | None = None
    ) -> Iterator[tuple[str, int]]:
        """Yield the words of what a thing had below its line, with the first line that says it.

        That are the notes that it has not `now`; of one that is gone, lines of people's, too.
        """
        kept = set(() if now is None else _notes(now))
        told = set[Said]()
        for note in () if isinstance(was, str) else notes_of(was):
            words = _note(note)
            links = (("link", part.canonical) for part in note.line if isinstance(part, Link))
            is_kept = words in kept or words in self._given
            found = set[Said]() if is_kept else {words, *links} - kept - self._given
            if lines := [self._first[said] for said in found if said in self._first]:
                told.add(words)
                yield words[1], min(lines)
        for said in dict.fromkeys(_by_people(was)) if now is None else ():
            is_others = self._owners.get(said, set()) - {thing}
            is_known = said in told or said in self._given
            if said in self._first and not is_known and not is_others:
                yield said[1], self._first[said]


def _notes(given: Item | str) -> Iterable[Said]:
    return () if isinstance(given, str) else map(_note, notes_of(given))


def _note(note: Note) -> Said:
    return "words", words_of(note.line, {})


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
