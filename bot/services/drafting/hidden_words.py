"""What of hidden lines a file may hold still, and whether people's own words go along with them."""

from collections import Counter
from typing import NamedTuple

from bot.core.document.pieces import lines_of
from bot.core.document.sense import addresses_of
from bot.core.erasure.line_prints import fingerprint, letters_and_words, word_print
from bot.core.erasure.line_words import words_in
from bot.core.erasure.own_words import is_own
from bot.core.grammar.topic_name import without_heading
from bot.services.drafting.hidden_lines import marks_of_words, may_hold, without_hidden
from bot.services.ports import Draft


class HiddenWords(NamedTuple):
    """Lines that may be what people made of hidden ones, and whether `own` words go."""

    may_hold: tuple[str, ...] = ()
    own: bool = False


def hidden_words(draft: Draft, text: str, *, key: str) -> tuple[str, HiddenWords]:
    """Return a file without what a draft hides, and what is to be told of that."""
    left = without_hidden(draft, text, key=key)
    may = tuple(may_hold(draft, text, left, key=key))
    return left, HiddenWords(may, _goes_own(draft, text, left, key))


def _goes_own(draft: Draft, text: str, left: str, key: str) -> bool:
    """Return whether a line goes that has words, or an address, which no hidden line had.

    What a draft hides has all words of its lines but for those that others have, too.
    """
    lines = Counter(lines_of(text)) - Counter(lines_of(left))
    if not draft.hidden or not lines:
        return False
    prints = {one for mark, _ in marks_of_words(draft) for one in letters_and_words(mark)[1]}
    whole = {mark.rpartition(":")[2] for mark in draft.hidden}
    staying = [*lines_of(left), *lines_of(draft.committed)]
    known = {word for line in staying for word in words_in(line)}
    others = addresses_of(left) | addresses_of(draft.committed)
    changed = [line for line in lines if fingerprint(key, line.strip()) not in whole]
    addresses = set().union(*map(addresses_of, changed)) - others
    return any(fingerprint(key, one) not in whole for one in addresses) or any(
        is_own(
            word
            for word in words_in(without_heading(line)) - known
            if word_print(key, word) not in prints
        )
        for line in changed
    )
