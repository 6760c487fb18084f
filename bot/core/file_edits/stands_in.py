"""Where the words stand that people took away as what they were: in another line, or a heading."""

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.core.document.pieces import links_in, words_of
from bot.core.merge.words import words_in

_SCANT = 0.25
"""A word alone that is all but this share of what was said may stand there by chance."""


def stands_in(
    gone: Mapping[str, str], was: Mapping[str, str], written: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """Return by what is `gone`, with its text, the id of what says the same by now.

    `written` has what people wrote or rewrote, by id; only what they put into it counts, over what
    it `was`. That is the first address of what is gone, or more than half of its first line.
    """
    new = [(one, text, was.get(one, "")) for one, text in written] if gone else []
    found = {}
    for identity, text in gone.items():
        holder = next((one for one, now, before in new if _says(now, before, text)), None)
        if holder is not None:
            found[identity] = holder
    return found


def _says(text: str, before: str, gone: str) -> bool:
    first = gone.partition("\n")[0]
    if links := links_in(first):
        return links[0].canonical in _addresses(text) - _addresses(before)
    said = Counter(words_in(words_of(first).casefold()))
    new = Counter(words_in(words_of(text).casefold()))
    new.subtract(words_in(words_of(before).casefold()))
    same = [word for word, count in (said & new).items() for _ in range(count)]
    letters, known = sum(len(word) * count for word, count in said.items()), sum(map(len, same))
    is_scant = len(said) > 1 and known - max(map(len, same), default=0) < _SCANT * letters
    return 2 * known > letters and not is_scant


def _addresses(text: str) -> set[str]:
    return {link.canonical for line in text.split("\n") for link in links_in(line)}
