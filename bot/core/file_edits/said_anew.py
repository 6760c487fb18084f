"""What people made part of another line, or a heading, with what the chat says of it by now."""

from collections.abc import Iterable

from bot.core.document.definitions import only_defines
from bot.core.document.list_marks import item_mark, split_marks
from bot.core.document.nesting import without_lines
from bot.core.document.pieces import links_in
from bot.core.grammar.line import spans
from bot.core.merge.sequences import matched
from bot.core.merge.words import merge_line, words_in
from bot.core.model import Link


def said_anew(text: str, was: str, now: str, *, parts: Iterable[str] = ()) -> str | None:
    """Return a text in which something stands that `was`, and is `now` another; "" if it is gone.

    Its `parts`, what people put below it, stay. None where it says the same already, or what was
    said is not found there any more.
    """
    lines = text.split("\n")
    old, new = _said(was), _said(now)
    dropped = {*old[1:]}.difference(new, *map(_said, parts))
    at = _place(lines, old[0])
    if at is None or (new[0] and all(one in text for one in new)):
        return None
    line = lines[at] if new[0] and new[0] in lines[at] else _put(lines[at], old[0], new[0])
    if line is None:
        return None
    mark = item_mark(line)
    indent = " " * (mark.column if mark else len(line) - len(line.lstrip()) + 2)
    marks, words = split_marks(line)
    fresh = [one for one in new[1:] if one not in old and one not in text]
    more = [f"{indent}- {one}" for one in fresh if marks.strip()]
    gone = {one for one in range(at + 1, len(lines)) if split_marks(lines[one])[1] in dropped}
    gone |= set() if words else {at}
    left = without_lines([*lines[:at], line.rstrip(), *lines[at + 1 :]], gone)
    kept = [*left[: at + 1], *more, *left[at + 1 :]]
    result = "\n".join(one for one in kept if one is not None).strip("\n")
    return result if result != text else None


def _said(text: str) -> list[str]:
    """Return the words of each line, without bullets and other marks."""
    return [split_marks(line)[1] for line in text.split("\n")]


def _place(lines: list[str], said: str) -> int | None:
    """Return the line that says it, or most of it."""
    for at, line in enumerate(lines):
        if said in line:
            return at
    if links := {link.canonical for link in links_in(said)}:
        held = (links & {link.canonical for link in links_in(line)} for line in lines)
        return next((at for at, one in enumerate(held) if one), None)
    words = words_in(said.casefold())
    counts = [len(matched(words, words_in(line.casefold()))) for line in lines]
    best = max(counts, default=0)
    return counts.index(best) if words and 2 * best > len(words) else None


def _put(line: str, old: str, new: str) -> str | None:
    """Return a line with other words in the place of old ones; None where that is not plain."""
    if old in line:
        return line.replace(old, new, 1)
    marks, words = split_marks(line)
    if new:
        return marks + merge_line(old, new, words, prefer="ours")[0]
    gone = {link.canonical for link in links_in(old)}
    if only_defines(line) and gone.issuperset(link.canonical for link in links_in(line)):
        return ""  # without its address it defines nothing
    spans_of = [(start, end) for start, end, part in spans(line)
                if isinstance(part, Link) and part.canonical in gone]  # fmt: skip
    for start, end in reversed(spans_of):
        line = line[:start] + line[end:]
    return line if spans_of else None
