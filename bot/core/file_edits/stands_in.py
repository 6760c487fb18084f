"""Where the words stand that people took away as what they were: in another line, or a heading."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.core.document.pieces import links_in, words_of
from bot.core.document.sense import addresses_of
from bot.core.events import What
from bot.core.file_events import ItemAdded, ItemWritten, TopicFound, TopicWritten
from bot.core.merge.words import words_in

_BY_CHANCE = 0.25
"""A word alone that is all but this share of what was said may stand there by chance."""


def stands_in(
    gone: Mapping[str, str], was: Mapping[str, str], written: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """Return by what is `gone`, with its text, the id of what says the same by now.

    `written` has what people wrote or rewrote, by id; only what they put into it counts, over what
    it `was`. That is the first address of what is gone, or more than half of its first line.
    """
    new = [(one, _PutIn.over(was.get(one, ""), text)) for one, text in written] if gone else []
    found = {}
    for identity, text in gone.items():
        first = text.partition("\n")[0]
        links, said = links_in(first), _words(first)
        for one, put_in in new:
            if links[0].canonical in put_in.addresses if links else put_in.says(said):
                found[identity] = one
                break
    return found


def stands_in_written(gone: Mapping[str, str], deeds: Iterable[tuple[str, What]]) -> dict[str, str]:
    """Return by what is `gone`, with its text, the id of what people wrote that says the same."""
    was, written = dict[str, str](), list[tuple[str, str]]()
    for key, what in deeds:
        if isinstance(what, ItemAdded | TopicFound):
            written.append((key, what.text if isinstance(what, ItemAdded) else what.name))
        elif isinstance(what, ItemWritten | TopicWritten):
            one = what.item if isinstance(what, ItemWritten) else what.topic
            was[one] = what.was or ""
            written.append((one, what.now))
    return stands_in(gone, was, written)


class _PutIn(NamedTuple):
    """The addresses and words that people put into a text."""

    addresses: set[str]
    words: Counter[str]

    @classmethod
    def over(cls, before: str, text: str) -> "_PutIn":
        return cls(addresses_of(text) - addresses_of(before), _words(text) - _words(before))

    def says(self, said: Counter[str]) -> bool:
        same = [*(said & self.words).elements()]
        letters, known = sum(map(len, said.elements())), sum(map(len, same))
        is_scant = len(said) > 1 and known - max(map(len, same), default=0) < _BY_CHANCE * letters
        return 2 * known > letters and not is_scant


def _words(text: str) -> Counter[str]:
    return Counter(words_in(words_of(text).casefold()))
