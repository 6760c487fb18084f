"""Lines that say what is known by keyed fingerprints of its words alone.

A mark has them behind how many letters all of those words have: `LETTERS.PRINT.PRINT…`, and may say
after an `@` where they stood. What keeps anybody from trying words is the key, which is forgotten.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from bot.core.document.list_marks import split_marks
from bot.core.erasure.line_words import Share, words_in

_LETTERS = 16
"""Of a word's fingerprint: so many that no two words of a file have the same.

With three, people's line went now and then for a hidden one of which it had no word.
"""


def fingerprint(key: str, words: str) -> str:
    """Return the keyed fingerprint by which a line or address is known without keeping it."""
    data = words.strip().encode("utf-8", "replace")
    return hmac.new(key.encode(), data, hashlib.sha256).hexdigest()


def word_print(key: str, word: str) -> str:
    """Return the fingerprint by which a word of a line is known."""
    return fingerprint(key, word)[:_LETTERS]


def mark_of(key: str, words: Iterable[str]) -> str:
    """Return how many letters some words have, and their fingerprints."""
    words = list(words)
    prints = sorted(word_print(key, word) for word in words)
    return ".".join([str(sum(map(len, words))), *prints])


def letters_and_words(mark: str) -> tuple[int, list[str]]:
    """Return how many letters a hidden line's words have, and their fingerprints."""
    letters, *prints = mark.partition("@")[0].split(".")
    return int(letters), prints


class LinePrints:
    """Lines, in which words are looked for by their fingerprints; each word's is made once."""

    def __init__(self, key: str, lines: Sequence[str]) -> None:
        self.lines = lines
        self._key = key
        self._known: dict[str, str] = {}

    def share(self, line: str, mark: str) -> Share:
        """Return how much a line says of what a mark is of."""
        letters, prints = letters_and_words(mark)
        return Share.of((one for one in words_in(line) if self._print(one) in prints), letters)

    def having(self, mark: str) -> list[int]:
        """Return the places of the lines that have a word of what a mark is of."""
        _, prints = letters_and_words(mark)
        return sorted({at for one in prints for at in self._places.get(one, ())})

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, line in enumerate(self.lines):
            # Behind its marks it is looked at, too: what is put away in a comment has some.
            words = words_in(line) | words_in(split_marks(line)[1])
            for print_ in {self._print(word) for word in words}:
                found[print_].append(at)
        return found

    def _print(self, word: str) -> str:
        if word not in self._known:
            self._known[word] = word_print(self._key, word)
        return self._known[word]
