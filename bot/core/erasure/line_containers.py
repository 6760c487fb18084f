"""What a line says whatever people put it into: a list, a quotation, a heading, a table's cell.

So a line that went off the record is known where people made of a bullet a paragraph, or the like.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from bot.core.document.enclosing import uncommented
from bot.core.document.form import words_shown
from bot.core.document.list_marks import split_marks
from bot.core.document.pieces import links_in
from bot.core.erasure.line_places import place_of
from bot.core.erasure.line_prints import fingerprint
from bot.core.erasure.line_words import Share, words_in

_ELEMENTS = "p|li|td|th|dd|dt|b|i|em|strong|small|span|div|blockquote|h[1-6]"
_AROUND = re.compile(
    rf"\A\[[ xX]\][ \t]+|\A</?(?:{_ELEMENTS})\b[^<>]*>\s*|\s*</?(?:{_ELEMENTS})\b[^<>]*>\Z"
    r"|[ \t]+#+\Z",
    re.IGNORECASE,
)
_PIPE = re.compile(r"(?<!\\)\|")


def said_in(line: str) -> list[str]:
    """Return what a line says without what it is in, and what each of its cells says."""
    text = uncommented(line)
    cells = _PIPE.split(text.strip().strip("|")) if "|" in text else []
    said = [_said(one) for one in (text, *cells)]
    return list(dict.fromkeys(one for one in said if one))


def in_other_containers(
    lines: Sequence[str],
    hidden: Iterable[tuple[str, str]],
    kept: Iterable[str],
    gone: Collection[int],
    *,
    key: str,
) -> set[int]:
    """Return the lines that say the same as `hidden` ones which are not among the `gone`.

    Of each of these there is the fingerprint of what it says, and its place. Lines that are `kept`
    stay, each as often as it is kept. One word alone counts only where the hidden line stood.
    """
    known = Counter(one for at in gone for one in _prints(key, lines[at]))
    missing = [one for one in hidden if not _counted_off(known, one[0])]
    if not missing:
        return set()
    rest = [at for at in range(len(lines)) if at not in gone]
    there: defaultdict[str, list[int]] = defaultdict(list)
    for at in rest:
        for print_ in _prints(key, lines[at]):
            there[print_].append(at)
    stays = Counter(line.strip() for line in kept)
    free = Counter(lines[at].strip() for at in rest) - stays
    found: set[int] = set()
    for print_, place in missing:
        may_go = [at for at in there[print_] if at not in found and free[lines[at].strip()] > 0]
        near = [(-_nearness(key, lines, at, stays.keys(), place), at) for at in may_go]
        sure = [(far, at) for far, at in near if far or not is_scant(lines[at])]
        if sure:
            _, at = min(sure)
            found.add(at)
            free[lines[at].strip()] -= 1
    return found


def _prints(key: str, line: str) -> set[str]:
    return {fingerprint(key, one) for one in said_in(line)}


def _counted_off(known: Counter[str], print_: str) -> bool:
    """Return whether a fingerprint is there, which is one fewer then."""
    is_known = known[print_] > 0
    known[print_] -= is_known
    return is_known


def _said(text: str) -> str:
    """Return what a text says, the same in each form of it; nothing where it has no word."""
    before = None
    while text != before:
        before, text = text, _AROUND.sub("", split_marks(text)[1])
    return str(words_shown(text)) if links_in(text) or words_in(text) else ""


def _nearness(key: str, lines: Sequence[str], at: int, kept: Collection[str], place: str) -> int:
    """Return on how many sides a line has the neighbours that another had."""
    now = place_of(key, lines, at, kept).split(".")
    return sum(was == it for was, it in zip(place.split("."), now, strict=True))


def is_scant(line: str) -> bool:
    """Return whether a line has no link, and one word says nearly all of it."""
    words = words_in(line)
    return not links_in(line) and Share.of(words, sum(map(len, words))).is_scant
