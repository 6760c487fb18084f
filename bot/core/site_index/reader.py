"""A page of a site, read into what is known of an episode."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from itertools import islice

from bot.core.chapters.heading_time import HeadingTime
from bot.core.document.definitions import DEFINITION
from bot.core.document.list_marks import ITEM_MARK
from bot.core.document.pieces import Piece, read
from bot.core.front_matter.region import front_matter
from bot.core.front_matter.values import FrontMatterFault, Scalar, Value, values
from bot.core.grammar.line import read_line
from bot.core.model import Link, words_of
from bot.core.site_index.addresses import SiteSettings, page_paths, place_of
from bot.core.site_index.model import MOST_ENTRIES, SiteEntry, SitePage

LONGEST_TEXT = 1_000
LONGEST_NOTES = 2_000
MOST_LINKS = 50

_ABOUT = (
    *("excerpt", "summary", "description", "subtitle", "tags", "keywords", "categories"),
    *("starring", "hosts", "guests", "guest", "authors", "author", "participants"),
)
_MARK = re.compile(rf"\s*{ITEM_MARK}(?:\s+|\Z)|\s*(?:>\s?)+")
_TAG = re.compile(r"<[^<>]{0,2000}>|\{%[^{}%]{0,500}%\}|\{:[^{}]{0,500}\}")
_ELSEWHERE = re.compile(
    r"!\[[^\[\]]{0,500}\]\([^()]{0,2000}\)|\[([^\[\]]{1,500})\]\([^()\s]{1,2000}\)"
)
_EMPHASIS = re.compile(r"\*+|`+|~~|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")
_ANCHOR = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?(https?://[^\s\"'<>]+)", re.I)
_UNSAID = re.compile(
    r"<(script|style|iframe|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S
)
_REFERRED = re.compile(r"(?<!!)\[([^\[\]]{1,500})\](?:\[([^\[\]]{0,200})\])?(?![(\[:])")
_CLOCK = r"\d{1,3}(?::\d\d){1,2}"
_TIME = re.compile(rf"\A[(\[]?({_CLOCK})(?![:\d])|(?<![:\d])({_CLOCK})[)\].。]*\Z")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/])(\d{1,2})\2(\d{1,2})(?!\d)")
_HOUR = re.compile(r"[T ](\d{1,2}):(\d\d)")


@dataclass(frozen=True, slots=True)
class PageRules:
    """How a site's pages are read: where their number and state stand, and its addresses."""

    number: Callable[[str, str], str]
    is_draft: Callable[[str, str], bool]
    times: HeadingTime
    settings: SiteSettings


def read_page(path: str, text: str, reading: PageRules) -> SitePage:
    """Return what a page of the site says."""
    pieces = read(text)
    said = _front_matter(text)
    full_title = _one_line(_scalar(said.get("title"))) or _first_heading(pieces)
    number = reading.number(path, text)
    title = bare_title(full_title, number)
    day, at = _day(path, said, number)
    paths = page_paths(path, said, title, day, reading.settings)
    about = " ".join(_shown(one) for name in _ABOUT for one in _said(said.get(name)))
    first = SiteEntry("episode", full_title[:LONGEST_TEXT], notes=about[:LONGEST_NOTES])
    below = islice(_entries(pieces, text, reading), MOST_ENTRIES - 1)
    return SitePage(
        path=path,
        number=number,
        title=title,
        full_title=full_title,
        date=day,
        at=at,
        is_draft=reading.is_draft(path, text),
        address=_address(paths, reading.settings),
        addresses=tuple(dict.fromkeys(place_of(one) for one in paths)),
        entries=(first, *below),
    )


def bare_title(title: str, number: str) -> str:
    """Return a title without the episode's number at its beginning: `57: A day` → `A day`."""
    if not number:
        return title
    name = r"(?:[^\d\W][^\d]{0,40}?[\s#.]{0,3})?"
    ending = r"(?:(?:回|話)\s*[:：|｜]?\s*|\s*[:：|｜]\s*|\s*[.–—-]\s+)"
    return re.sub(rf"\A{name}#?第?0*{re.escape(number)}{ending}(?=\S)", "", title, count=1)


# --- front matter --------------------------------------------------------------------------------


def _front_matter(text: str) -> Mapping[str, Value]:
    """Return what front matter says, names in lower case; nothing where it cannot be read."""
    front = front_matter(text)
    try:
        found = values(front) if front else {}
    except FrontMatterFault:
        return {}
    return {name.lower(): value for name, value in found.items()}


def _scalar(value: Value | None) -> str:
    return value.text if isinstance(value, Scalar) else ""


def _said(value: Value | None) -> Iterator[str]:
    """Yield the texts of a value and of what it holds."""
    if isinstance(value, Scalar):
        yield value.text
    elif isinstance(value, Mapping):
        for name in ("name", "title"):
            yield from _said(value.get(name))
    elif value is not None:
        for one in value[:MOST_LINKS]:
            yield from _said(one)


def _first_heading(pieces: Iterable[Piece]) -> str:
    first = next((one for one in pieces if one.kind == "heading" and one.level == 1), None)
    return _plain(first.title)[:LONGEST_TEXT] if first else ""


def _day(path: str, said: Mapping[str, Value], number: str) -> tuple[str, int]:
    """Return a page's date, and a number by which newer pages come behind older ones.

    Pages without a date come before all others, by their number.
    """
    text = _scalar(said.get("date")) or _scalar(said.get("publishdate"))
    for source in (text, path):
        for found in _DATE.finditer(source):
            try:
                day = date(int(found[1]), int(found[3]), int(found[4]))
            except ValueError:
                continue
            hour = _HOUR.match(source, found.end())
            minutes = min(int(hour[1]), 23) * 60 + int(hour[2]) % 60 if hour else 0
            return day.isoformat(), day.toordinal() * 1440 + minutes
    known = re.match(r"\d{1,6}(?:\.\d{1,2})?", number)
    return "", round(float(known[0]) * 100) if known else 0


def _address(paths: list[str], settings: SiteSettings) -> str:
    if not paths or not settings.bases:
        return ""
    return settings.bases[0].rstrip("/") + paths[0].removesuffix("index.html")


# --- what stands below ---------------------------------------------------------------------------


def _entries(pieces: Iterable[Piece], text: str, reading: PageRules) -> Iterator[SiteEntry]:
    defined = dict(_definitions(text)) if "]:" in text else {}
    topic = ""
    for piece in pieces:
        if piece.kind in ("front", "gap"):
            continue
        if piece.kind == "heading":
            time, name = reading.times.split(piece.title)
            line = read_line(_resolved(name, defined))
            topic = _plain(words_of(line, {}))[:LONGEST_TEXT]
            yield SiteEntry("topic", topic, topic, time, urls=_links(line))
        elif piece.kind == "html":
            yield from _of_html(piece.text, topic)
        elif not piece.is_comment and not piece.text.lstrip().startswith(("```", "~~~")):
            yield from _of_lines(piece, topic, defined)


def _of_lines(piece: Piece, topic: str, defined: Mapping[str, str]) -> Iterator[SiteEntry]:
    """Yield an entry for an item or paragraph, and one for each link in the notes below it."""
    lines = [line for line in piece.text.splitlines() if not DEFINITION.match(line)]
    if piece.kind == "block":
        lines = [" ".join(line.strip() for line in lines)]
    last: SiteEntry | None = None
    for line in lines:
        if "<" in line and (found := [*_of_html(line, topic)]) and "](" not in line:
            yield from found
            continue
        parts = read_line(_resolved(_without_mark(line), defined))
        urls, words = _links(parts), _plain(words_of(parts, {}))
        if not words and not urls:
            continue
        if last is None or urls:
            if last is not None:
                yield last
            last = SiteEntry(
                "item", words[:LONGEST_TEXT], topic, _time(words[:LONGEST_TEXT]), urls=urls
            )
        else:
            last = replace(last, notes=f"{last.notes} {words}".strip()[:LONGEST_NOTES])
    if last is not None:
        yield last


def _of_html(html: str, topic: str) -> Iterator[SiteEntry]:
    """Yield an entry for HTML that links somewhere: its words, and the addresses of its links."""
    bare = _UNSAID.sub(" ", html)
    found = dict.fromkeys(unescape(one) for one in islice(_ANCHOR.findall(bare), MOST_LINKS))
    if found:
        yield SiteEntry("item", _plain(bare)[:LONGEST_TEXT], topic, urls=tuple(found))


def _without_mark(line: str) -> str:
    found = _MARK.match(line)
    return line[found.end() :] if found else line.strip()


def _links(parts: Iterable[str | Link]) -> tuple[str, ...]:
    found = dict.fromkeys(part.url for part in parts if isinstance(part, Link))
    return tuple(islice(found, MOST_LINKS))


def _time(words: str) -> str:
    found = _TIME.search(words.strip(" -–—"))
    return (found[1] or found[2]) if found else ""


def _shown(text: str) -> str:
    return _plain(words_of(read_line(text), {}))


def _plain(text: str) -> str:
    """Return the words of a text as a reader sees them, in one line."""
    bare = _TAG.sub(" ", text) if "<" in text or "{" in text else text
    bare = _ELSEWHERE.sub(lambda found: found[1] or "", bare) if "](" in bare else bare
    bare = _EMPHASIS.sub("", bare)
    return _one_line(unescape(bare) if "&" in bare else bare)


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return words if words.isprintable() else "".join(c for c in words if c.isprintable())


# --- links by reference --------------------------------------------------------------------------


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names that the text gives to addresses, and these."""
    for line in text.splitlines():
        if found := DEFINITION.match(line):
            yield _name(found[1]), found[2]


def _resolved(line: str, defined: Mapping[str, str]) -> str:
    """Return a line whose links by reference are links with their address."""
    if not defined or "[" not in line:
        return line

    def address(found: re.Match[str]) -> str:
        url = defined.get(_name(found[2] or found[1]))
        return f"[{found[1]}]({url})" if url else found[0]

    return _REFERRED.sub(address, line)


def _name(text: str) -> str:
    return " ".join(text.split()).casefold()
