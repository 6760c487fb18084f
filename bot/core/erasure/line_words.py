"""The words of a line, and how much of them another line says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from bot.core.document.enclosing import uncommented
from bot.core.document.pieces import words_of

_WORD = re.compile(r"[ぁ-ゖ]+|[ァ-ヺー]+|[一-鿿々]+|[^\W_ぁ-ゖァ-ヺー一-鿿々]+")


def words_in(line: str) -> set[str]:
    """Return the words of a line without its addresses: those are what people exchange."""
    return {word.casefold() for word in _WORD.findall(words_of(uncommented(line)))}


@dataclass(frozen=True, slots=True)
class Share:
    """How many letters a line has of what was said, and of how many.

    `rest` are those letters without its longest word.
    """

    known: int
    rest: int
    letters: int

    @classmethod
    def of(cls, same: Iterable[str], letters: int) -> Self:
        """Return the share of the words that are the same."""
        *rest, longest = [0, *sorted(map(len, same))]
        return cls(sum(rest) + longest, sum(rest), letters)

    @property
    def is_most(self) -> bool:
        """Whether it is more than half."""
        return 2 * self.known > self.letters

    @property
    def is_scant(self) -> bool:
        """Whether one word says it all but for less than a quarter."""
        return 4 * self.rest < self.letters
