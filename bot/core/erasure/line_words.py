"""The words of a line, and how much of them another line says."""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Self

from bot.core.document.enclosing import uncommented
from bot.core.document.list_marks import split_marks
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


def wrapped(
    lines: Sequence[str], found: Set[int], share: Callable[[str], Share], *, others: Set[str]
) -> set[int]:
    """Return the lines over which people wrapped one, of which some may be `found` already.

    Each says words of that one, and none but those that `others` say too; and it goes on with the
    line before. Together they say most of it, where none is found. `share` tells how much of it a
    line says.
    """
    runs: list[list[int]] = []
    for at, line in enumerate(lines):
        if not line:
            continue
        marks, words = split_marks(line)
        if at not in found and not _is_of(words_in(words) - others, share(words)):
            continue
        if runs and runs[-1][-1] == at - 1 and not marks.strip() and not line.startswith("#"):
            runs[-1].append(at)
        else:
            runs.append([at])
    return {
        at
        for run in runs
        if len(run) > 1
        and (not found.isdisjoint(run) or share("\n".join(lines[at] for at in run)).is_most)
        for at in run
    }


def _is_of(words: Set[str], share: Share) -> bool:
    return bool(words) and sum(map(len, words)) == share.known
