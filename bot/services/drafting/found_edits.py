"""What people had done to a draft's file, as hosts are told of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bot.core.file_events import ConflictFound

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Apart:
    """The questions by their keys, and the words and names of topics that are shown nowhere.

    Those of what stands within another line are `inside`; `left` is what the chat took out and
    stands in the file still, with its line there, `already` what was not put in, since people have
    its link in a line of the template's, with that.
    """

    asked: tuple[tuple[str, ConflictFound], ...] = ()
    unshown: tuple[str, ...] = ()
    headless: tuple[str, ...] = ()
    left: tuple[tuple[str, int], ...] = ()
    inside: tuple[str, ...] = ()
    already: tuple[tuple[str, int], ...] = ()

    def followed(self, later: "Apart", lines: Mapping[int, int]) -> "Apart":
        """Return these with later ones; `lines` has the lines of the file by what they were."""

        def moved(spots: tuple[tuple[str, int], ...]) -> Iterator[tuple[str, int]]:
            return ((words, lines.get(line, line)) for words, line in spots)

        return Apart(
            (*self.asked, *later.asked),
            _once(self.unshown, later.unshown),
            _once(self.headless, later.headless),
            _once(moved(self.left), later.left),
            _once(self.inside, later.inside),
            _once(moved(self.already), later.already),
        )


@dataclass(frozen=True, slots=True)
class FoundEdits:
    """What people had done to a file: who, to how many links, topics and fields.

    `conflicts` are the keys of the conflicts that hosts are to be told of; `apart` has what they
    said of what people had taken out before, `places` what both moved, and stands as people did.
    """

    people: tuple[str, ...]
    links: int
    topics: int
    fields: int
    conflicts: tuple[str, ...]
    apart: Apart = field(default_factory=Apart)
    places: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.links or self.topics or self.fields)

    def followed(self, later: "FoundEdits", lines: Mapping[int, int]) -> "FoundEdits":
        """Return these with later ones; `lines` has the lines of the file by what they were."""
        return FoundEdits(
            tuple(dict.fromkeys((*self.people, *later.people))),
            self.links + later.links,
            self.topics + later.topics,
            self.fields + later.fields,
            tuple(dict.fromkeys((*self.conflicts, *later.conflicts))),
            self.apart.followed(later.apart, lines),
            (*self.places, *later.places),
        )


def _once(some: Iterable[_T], more: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys((*some, *more)))
