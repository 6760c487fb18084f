"""What two texts have in common that differ in their form alone.

Formatters, editors and content systems write a line in another way that says the same: another
bullet, other escapes, breaks, quotation marks, blanks, a table's columns. No person meant anything
by it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import unescape

from bot.core.document.hard_break import hard_break
from bot.core.document.list_marks import item_mark
from bot.core.grammar.line import read_line
from bot.core.model import Link

_BLOCK = tuple[int, str, tuple[object, ...]]
"""How deep something stands, the mark that it begins with, and its words and links."""

_FENCE = re.compile(r"^[ \t]*(?:`{3}|~{3})", re.MULTILINE)
_AROUND_TAGS = re.compile(r" ?(<[^<>]*>) ?")
_DELIMITERS = re.compile(r"\|?(?::?-+:?\|)*:?-+:?\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_HEADING = re.compile(r"#{1,6}(?=[ \t\u3000])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_WIDE = r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
_SPACED = re.compile(rf"(?<={_WIDE}) | (?={_WIDE})")
_OTHER = re.compile(r"[>|]|<(?!https?://)")  # what no paragraph goes on with
_QUOTES = str.maketrans("“”„‘’‚", "\"\"\"'''")


def same_but_for_form(one: str, other: str) -> bool:
    """Return whether two texts say the same: how they are written may differ."""
    if one == other:
        return True
    if _FENCE.search(one) or _FENCE.search(other):  # what stands in a fence is meant to the letter
        return False
    if one.lstrip()[:1] == "<" and other.lstrip()[:1] == "<":
        return _tags(one) == _tags(other)
    return list(_blocks(one.split("\n"))) == list(_blocks(other.split("\n")))


def without_form(line: str) -> str:
    """Return what a line says, as a text that is the same in each form of it."""
    said = [mark_and_words for _, *mark_and_words in _blocks([line.strip()])]
    return str(said)


def _tags(text: str) -> str:
    """Return HTML without the white space that stands beside its tags."""
    return _AROUND_TAGS.sub(r"\1", " ".join(text.split()))


def unwrapped(lines: Sequence[str]) -> tuple[str, int]:
    """Return the first lines as one, up to where a reader sees an end, and how many they are."""
    joined: list[str] = []
    for line in lines:
        bare = line.strip()
        if joined and (not bare or item_mark(line) or _OTHER.match(bare)):
            break
        ending = hard_break(line)
        joined.append(line.removesuffix(ending).strip())
        if ending:
            break
    return " ".join(joined), len(joined)


def _blocks(lines: Sequence[str]) -> Iterator[_BLOCK]:
    """Yield what a text is made of: items, quotations, rows and paragraphs, each on one line."""
    is_table = any(map(_parts_a_table, lines))
    indents: list[int] = []
    begun: _BLOCK | None = None
    words: list[str] = []
    is_below = False
    for line in (line.expandtabs(4) for line in lines):
        is_row = is_table and "|" in line
        mark, said = ("|", line) if is_row else _mark(line)
        goes_on = begun is not None and begun[1][:1] != "#" and mark in ("", begun[1])
        if goes_on and line.strip() and mark in ("", ">"):
            words.append(said)
            continue
        if begun:
            yield *begun[:2], words_shown(" ".join(words))
        begun, words = None, [said]
        if is_row:
            yield from _row(line)
        elif line.strip():
            # An item further in than a paragraph is a part of it.
            is_inside = is_below and line[0] == " "
            is_below = is_below or not item_mark(line)
            begun = _depth(line, indents) + is_inside, mark, ()
    if begun:
        yield *begun[:2], words_shown(" ".join(words))


def _parts_a_table(line: str) -> bool:
    """Return whether a line parts a table's head from its rows."""
    return "|" in line and "-" in line and _DELIMITERS.fullmatch("".join(line.split())) is not None


def _row(line: str) -> Iterator[_BLOCK]:
    """Yield a table's row by its cells; what parts the head from the others says nothing."""
    if not _parts_a_table(line):
        cells = _PIPE.split(line.strip().strip("|"))
        yield 0, "|", tuple(words_shown(cell.strip()) for cell in cells)


def _mark(line: str) -> tuple[str, str]:
    """Return what a line begins with, one bullet like the other, and its words."""
    bare = line.strip()
    bare = bare.removesuffix("\\") if hard_break(bare) else bare
    if mark := item_mark(line):
        bullet = mark.bullet if mark.bullet[0].isdigit() else "-"
        return bullet, bare[mark.width :]
    if quote := _QUOTE.match(bare):
        return ">", bare[quote.end() :]
    if heading := _HEADING.match(bare):
        return heading[0], bare[heading.end() :].rstrip("#").strip()
    return "", bare


def _depth(line: str, indents: list[int]) -> int:
    """Return how many lists a line stands in; `indents` are those of the ones that are open."""
    indent = len(line) - len(line.lstrip())
    while indents and indents[-1] >= indent:
        indents.pop()
    if item_mark(line):
        indents.append(indent)
        return len(indents) - 1
    return len(indents)


def words_shown(text: str) -> tuple[object, ...]:
    """Return the words and links of a line, however they are written."""
    found: list[object] = []
    for part in read_line(text):
        if isinstance(part, Link):
            found.append((part.canonical, _plain(part.title or "")))
        elif words := _plain(part):
            found.append(words)
    return tuple(found)


def _plain(text: str) -> str:
    shown = unescape(_ESCAPED.sub(r"\1", text))
    shown = unicodedata.normalize("NFKC", shown).translate(_QUOTES)
    starred = _EMPHASIS.sub(lambda found: "*" * len(found[0]), shown)
    return _SPACED.sub("", " ".join(starred.split()))
