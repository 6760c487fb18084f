"""One line of plain Markdown: the links in it, and the words that are plainly their labels."""

import re
from itertools import groupby
from typing import Literal

from bot.core.model import Line, Link
from bot.core.urls import canonical, find_urls, url_end

# --- links -------------------------------------------------------------------------------------

_SPECIAL = re.compile(r"[\\`<\[{]")
_TOKEN = re.compile(r"\\.|`+|!?\[|\]|<|\{[{%]|[Hh][Tt][Tt][Pp][Ss]?://", re.DOTALL)
_HOST = r"(?=[\w\[]|[^\x00-\x7f])"
_QUIET = re.compile(rf"<(https?://{_HOST}[^\s<>]+)>", re.I)
_TAG = re.compile(
    r"<(?:(/?[a-z][a-z0-9-]*+)|[!?])[^<>\"']*+(?>(?:(?:\"[^<\"]*\"|'[^<']*')[^<>\"']*+)*)>", re.I
)
# An address and its words have a bound, so that nested ones are not read to their end again and
# again; a longer one is read as a bare address.
_INSIDE = re.compile(
    rf"\s*+(?:<(?P<quiet>https?://{_HOST}[^\s<>]+)>|(?P<url>https?://{_HOST}\S{{1,4000}}+))"
    r"(?:\s++(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|\([^()]{0,1000}\)))?\s*+",
    re.I,
)
_PAREN = re.compile(r"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CLOSING = {"{{": "}}", "{%": "%}", "<!--": "-->"}
# What stands in these is no running text, so an address in it is not a link of ours.
_OPAQUE = frozenset({"a", "code", "pre", "script", "style", "textarea"})
_LETTER = re.compile(r"\w")
_SENTENCE_END = re.compile(r"[。．！？]|[.!?](?=\s|\Z)")
_PROSE, _SENTENCE = 60, 12
"""Letters beside its links that make prose of a line: without the end of a sentence, and with."""


def read_line(text: str) -> Line:
    """Return a line of text as its words and the links among them, in order.

    Addresses in inline code, HTML tags, images and Liquid tags stay text.
    """
    if "://" not in text:
        return (text,) if text else ()
    if not _SPECIAL.search(text):
        return _bare(text)
    return _Reader(text).read()


def spans(text: str) -> list[tuple[int, int, "str | Link"]]:
    """Return what `read_line` gives, each part with its start and end in the text."""
    reader = _Reader(text)
    parts = reader.read()
    starts = [0, *reader.ends]
    return list(zip(starts, reader.ends, parts, strict=False))


def _bare(text: str) -> Line:
    """Read a line in which nothing but bare addresses can be a link."""
    parts: list[str | Link] = []
    done = 0
    for start, end in find_urls(text):
        if start > done:
            parts.append(text[done:start])
        url = text[start:end]
        parts.append(Link(url, canonical(url)))
        done = end
    if done < len(text):
        parts.append(text[done:])
    return tuple(parts)


class _Reader:
    """Reads a line from left to right, each construct by the first that closes it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts: list[str | Link] = []
        self.ends: list[int] = []
        """Where each part ends in the text."""
        self._done = 0  # what lies before is in `_parts`
        self._opened: list[tuple[int, int, int, bool]] = []  # place, parts, done, image
        self._missing: set[str] = set()  # closing marks of which there are no more
        self._pairs: dict[int, int] | None = None
        self._runs: dict[int, list[int]] | None = None

    def read(self) -> Line:
        text, at = self._text, 0
        while (token := _TOKEN.search(text, at)) is not None:
            at = self._step(token)
        self._flush(len(text))
        return tuple(self._parts)

    def _step(self, token: re.Match[str]) -> int:
        """Take in what begins with this token; return where to go on."""
        what, start, end = token[0], token.start(), token.end()
        if what == "[" or what == "![":
            self._opened.append((start, len(self._parts), self._done, what == "!["))
            return end
        if what == "]":
            return self._close(start)
        if what == "<":
            return self._angle(start)
        if what[0] == "`":
            return self._code(start, end)
        if what[0] == "{":
            return self._past(_CLOSING[what], end) or end
        if what[0] == "\\":
            return end
        return self._address(start)

    def _flush(self, end: int) -> None:
        if end > self._done:
            self._parts.append(self._text[self._done : end])
            self.ends.append(end)
        self._done = end

    def _link(self, start: int, end: int, link: Link) -> int:
        self._flush(start)
        self._parts.append(link)
        self.ends.append(end)
        self._done = end
        return end

    def _address(self, start: int) -> int:
        end = url_end(self._text, start)
        if end == start:
            return start + len("http")
        url = self._text[start:end]
        if "{{" in url or "{%" in url or self._text.startswith(("{{", "{%"), end):
            return end  # Liquid makes a part of it
        return self._link(start, end, Link(url, canonical(url)))

    def _angle(self, start: int) -> int:
        text = self._text
        quiet = _QUIET.match(text, start)
        if quiet:
            return self._link(start, quiet.end(), Link(quiet[1], canonical(quiet[1]), quiet=True))
        if text.startswith("<!--", start):
            return self._past("-->", start + 4) or start + 1
        tag = _TAG.match(text, start)
        if tag is None:
            return start + 1
        name = (tag[1] or "").lower()
        return (name in _OPAQUE and self._past(f"</{name}", tag.end())) or tag.end()

    def _past(self, closing: str, start: int) -> int:
        """Return where a construct ends that closes with `closing`, 0 if nothing closes it."""
        if closing in self._missing:
            return 0
        at = self._text.find(closing, start)
        if at < 0:
            self._missing.add(closing)
            return 0
        return at + len(closing)

    def _code(self, start: int, end: int) -> int:
        """Pass over inline code, which a run of as many backticks closes."""
        if self._runs is None:
            self._runs = {}
            for run in re.finditer("`+", self._text):
                self._runs.setdefault(len(run[0]), []).append(run.start())
            for places in self._runs.values():
                places.reverse()
        places = self._runs.get(end - start, [])
        while places and places[-1] < end:
            places.pop()
        return places[-1] + end - start if places else end

    def _close(self, at: int) -> int:
        """Make a link of `[title](address)`, if this bracket closes the title of one."""
        if not self._opened:
            return at + 1
        opened, parts, done, image = self._opened.pop()
        inside = self._inside(at + 1)
        if inside is None:
            return at + 1
        del self._parts[parts:], self.ends[parts:]
        self._done = done
        if image:
            return inside.end() + 1
        self._opened.clear()  # there is no link within a link
        title = self._text[opened + 1 : at]
        url = _ESCAPED.sub(r"\1", inside["quiet"] or inside["url"])
        named = title if title.strip() and not _is_address_of(title, url) else None
        link = Link(url, canonical(url), named, quiet=inside["quiet"] is not None)
        return self._link(opened, inside.end() + 1, link)

    def _inside(self, at: int) -> re.Match[str] | None:
        """Read `(address "words")` from its opening bracket on; None if it is something else."""
        if not self._text.startswith("(", at):
            return None
        if self._pairs is None:
            self._pairs = _paired(self._text)
        end = self._pairs.get(at)
        return _INSIDE.fullmatch(self._text, at + 1, end) if end else None


def _is_address_of(title: str, url: str) -> bool:
    """Return whether a link's title is its address, as bridges from other chats write bare ones."""
    shown = _ESCAPED.sub(r"\1", title).strip().removeprefix("<").removesuffix(">")
    if shown[:4].lower() != "http":
        return False
    if shown.endswith(("…", "...")):
        return url.startswith(shown.rstrip("….")) and "://" in shown
    return url_end(shown, 0) == len(shown) and canonical(shown) == canonical(url)


def _paired(text: str) -> dict[int, int]:
    """Return the place of each round bracket's partner."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for bracket in _PAREN.finditer(text):
        if bracket[0] == "(":
            waiting.append(bracket.start())
        elif bracket[0] == ")" and waiting:
            pairs[waiting.pop()] = bracket.start()
    return pairs


# --- the words around links --------------------------------------------------------------------

_LABEL = re.compile(r"[:：→←(\[{（「『【〈《〔［｛＜“‘](?:\*+|~~)?\s*\Z")
_LABEL_END = " \t\u3000:：→←([{（「『【〈《〔［｛＜“‘"
_WORD = re.compile(r"[^\W_]|[^\x00-\uffff]")
_PAIRED = re.compile(
    r"[()\[\]{}（）「」『』【】〈〉《》〔〕［］｛｝＜＞“”‘’]|\*+|~~|(?<!\w)_+|_+(?!\w)|\""
)
_PARTNER = dict(zip(")]}）」』】〉》〕］｝＞”’", "([{（「『【〈《〔［｛＜“‘", strict=True))
_OPENING = frozenset(_PARTNER.values())
_LOOKS = 4  # at a line whose brackets are a muddle; then its words are talk


def is_prose(line: Line) -> bool:
    """Return whether a line with links is prose that has them, not a link with words beside.

    It is long, or some words with the end of a sentence among them.
    """
    words = [part for part in line if isinstance(part, str)]
    letters = sum(len(_LETTER.findall(part)) for part in words)
    ends = any(_SENTENCE_END.search(part) for part in words)
    return letters >= _PROSE or (letters >= _SENTENCE and ends)


def with_labels(line: Line) -> Line:
    """Keep of a link line its links and what is plainly a label; other words are talk.

    Brackets stay in pairs: one whose partner went with the talk goes too. Words that were a label
    for the sake of such a bracket are looked at again.
    """
    for _ in range(_LOOKS):
        kept = _labelled(line)
        if kept == line:
            return line
        line = kept
    first = line[:1] if isinstance(line[0], str) and _LABEL.search(line[0]) else ()
    links = [part for part in line if isinstance(part, Link)]
    spaced: list[str | Link] = [part for link in links for part in (link, " ")]
    return _trimmed([*first, *spaced])


def _labelled(line: Line) -> Line:
    last = max(index for index, part in enumerate(line) if isinstance(part, Link))
    kept: list[str | Link] = []
    waiting: list[tuple[str, int]] = []
    for index, part in enumerate(line):
        if isinstance(part, Link):
            kept.append(part)
        elif index < last and _LABEL.search(part):
            _in_pairs(part, kept, waiting, keep="all", firm=not index)
        elif kept and not _WORD.search(part):
            _in_pairs(part, kept, waiting, keep="pairs")
        else:
            _in_pairs(part, kept, waiting, keep="partners")
            kept.append(" " if 0 < index < last else "")
    for _, place in waiting:
        if place >= 0:
            kept[place] = ""
    return _trimmed(kept)


def _trimmed(parts: list[str | Link]) -> Line:
    """Put pieces of text together, without white space at the ends of the line."""
    joined: list[str | Link] = []
    for words, same in groupby(parts, key=lambda part: isinstance(part, str)):
        pieces = list(same)
        joined += ["".join(map(str, pieces))] if words else pieces
    if isinstance(joined[0], str):
        joined[0] = joined[0].lstrip()
    if isinstance(joined[-1], str):
        joined[-1] = joined[-1].rstrip()
    return tuple(part for part in joined if part)


def label_in(line: Line) -> str | None:
    """Return the label at the head of a link line, without the marks at its end; None if none."""
    first = line[0] if line else None
    if not isinstance(first, str) or not _LABEL.search(first):
        return None
    return first.rstrip(_LABEL_END).lstrip() or None


def _in_pairs(
    text: str,
    kept: list[str | Link],
    waiting: list[tuple[str, int]],
    *,
    keep: Literal["all", "pairs", "partners"],
    firm: bool = False,
) -> None:
    """Add what stays of the words at a link.

    `waiting` has the brackets kept so far without a partner yet, and their place, or -1 for `firm`
    ones, which stay if none comes. `all` and `pairs` keep all but brackets that close nothing
    (`firm` keeps these too), `partners` nothing but those that close something.
    """
    done = 0
    for mark in _PAIRED.finditer(text):
        what = mark[0]
        partner = _PARTNER.get(what, "" if what in _OPENING else what)
        closes = bool(waiting) and waiting[-1][0] == partner
        opens = not closes and what not in _PARTNER and keep != "partners"
        if keep != "partners":
            kept.append(text[done : mark.start()])
        if closes:
            waiting.pop()
        elif opens:
            waiting.append((what, -1 if firm else len(kept)))
        if closes or opens or firm:
            kept.append(what)
        done = mark.end()
    if keep != "partners":
        kept.append(text[done:])
