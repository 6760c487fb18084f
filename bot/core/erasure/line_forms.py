"""What a line is known by: its words in each form that a tool may give them, its addresses."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from bot.core.document.enclosing import uncommented
from bot.core.document.form import without_form
from bot.core.document.sense import addresses_in

_KIND = re.compile(r"[#>-]+(?=\s|\Z)|[*+]\s|\d{1,9}[.)]\s")


def unmarked(line: str) -> str:
    """Return a line without its marks: a sub-topic whose topic goes becomes one itself."""
    line = line.strip()
    kind = _KIND.match(line)
    return line[kind.end() :].strip() if kind else line


def forms_of(line: str) -> list[str]:
    """Return a line as it is looked for: as it stands, and in whatever form a tool gave it."""
    return [bare := uncommented(line).strip(), without_form(bare)]


def canonicals_in(line: str) -> list[str]:
    """Return the addresses of a line, in the form in which two are the same."""
    return list(addresses_in(uncommented(line)))


def places_among(
    lines: Sequence[str], gone: Collection[int], kind: Callable[[str], Iterable[str]]
) -> Iterator[tuple[str, int, int]]:
    """Yield the words of lines that go, with their place and count among all that have them."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        for words in dict.fromkeys(kind(line)):
            places[words].append(at)
    for words, all_of_them in places.items():
        for place, at in enumerate(all_of_them):
            if at in gone:
                yield words, place, len(all_of_them)
