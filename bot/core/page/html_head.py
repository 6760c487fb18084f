"""What the head of an HTML page says of its title: one pass over the bytes, linear in their number.

Bytes, because the marks of HTML are the same in every encoding that reaches this place (charset.py
sees to that), and only the few values that matter have to be decoded. Hostile pages make tree
parsers take seconds; here the tags that do not matter are skipped by one regular expression
without backtracking.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

ORDER = ("title", "og", "twitter", "citation", "jsonld", "oembed", "h1")
"""Which of a page's titles to take, first what the browser's tab shows (docs/profile.md)."""

LONGEST_VALUE = 4_000
"""Bytes of one title that are looked at, mark-up and entities included."""

_MOST_TAGS = 20_000
_MOST_VALUES = 4
_MOST_HEADINGS = 32
_MOST_DATA = 16
_LONGEST_DATA = 256 * 1024

# Up to the tag's `>`. A quote counts only behind `=`, as in browsers: content='Jack's words'.
_VALUE = rb"=(?:\"[^\"]*+\"|\s*+(?>(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+)?))"
_ATTRIBUTES = rb"[^>=]*+(?>(?:" + _VALUE + rb"[^>=]*+){0,2000})"
# Most tags of a head are metas and links that say nothing of a title: they are passed by. Each
# name begins with a class: by that the others are passed over without being tried.
_IDLE_META = (
    rb"\s(?i:name|property)=[\"'][^\"'>\s]*+(?<!(?i:title))(?<!(?i:type))(?<!(?i:site_name))[\"'>]"
)
_IDLE_LINK = rb"[^>+]*+(?>(?:\+(?!oembed)[^>+]*+){0,99})(?!\+)"
_NAMES = (
    rb"(?:[mM](?i:eta(?!" + _IDLE_META + rb")|ath)|[lL](?i:ink(?!" + _IDLE_LINK + rb"))"
    rb"|[sS](?i:cript|tyle|vg)|[tT](?i:itle|extarea|emplate)|[nN](?i:oscript|oembed|oframes)"
    rb"|[iI](?i:frame)|[xX](?i:mp)|[hH]1|[bB](?i:ody)|[fF](?i:rameset)"
    rb"|/(?i:head|svg|math|template))(?=[\s/>])"
)
_SKIPPED = (
    rb"[^<]*+(?>(?:<(?:(?!" + _NAMES + rb")[a-zA-Z/]" + _ATTRIBUTES + rb">"
    rb"|(?!!--)[!?][^>]*+>"
    rb"|!--(?:-?>|(?s:.*?)--!?>)"
    rb"|(?![a-zA-Z/!?])"
    rb")[^<]*+){0,999})"
)
_NEXT_TAG = re.compile(_SKIPPED + rb"(?:<(" + _NAMES + rb")(" + _ATTRIBUTES + rb")>)?")
_ATTRIBUTE = re.compile(
    rb"([^\s/>=][^\s/>=]*+)(?>(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?)"
)
_CLOSING = {
    name: re.compile(rb"(?i)</" + name + rb"(?=[\s/>])")
    for name in (
        b"title", b"script", b"style", b"noscript", b"textarea", b"iframe", b"xmp", b"noembed",
        b"noframes", b"h1",
    )
}  # fmt: skip
_CHARSET = re.compile(rb"(?i)charset\s*=\s*[\"']?\s*([\w:.+-]{1,40})")
_HEAD_ENDS = (b"/head", b"body", b"frameset")
_META = re.compile(rb"(?i)<meta([^<>]*+)>")
_XML = re.compile(rb"(?i)\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.+-]{1,40})")
_TAGS = re.compile(rb"<[^>]*+>")

_TITLES = {
    b"og:title": "og",
    b"twitter:title": "twitter",
    b"citation_title": "citation",
    b"dc.title": "dc",
    b"dcterms.title": "dc",
    b"og:site_name": "site_name",
    b"og:type": "type",
}
# What editors and frameworks leave where nobody wrote a title.
_WEAK = frozenset({
    b"", b"untitled", b"untitled document", b"document", b"loading...", b"loading", b"x", b"home",
    b"index", b"new page 1", b"react app", b"vite app", b"youtube", b"&nbsp;",
})  # fmt: skip


@dataclass(slots=True)
class Scan:
    """What was found, as bytes that are still encoded; at most a few values of each kind.

    `values` are by source (`title`, `og`, `twitter`, `citation`, `dc`, `h1`) and for `site_name`,
    `type` and `refresh`; `data` is JSON-LD; `oembed` the addresses of the page's oEmbed answers,
    JSON first. `end` is how far the scan went; `enough` tells that nothing behind it can matter.
    `unclosed` are elements that no closing tag follows any more: it is looked for once. `tags` and
    `headings` count those that were come by, `foreign` the pictures and templates around.
    """

    values: dict[str, list[bytes]] = field(default_factory=dict)
    data: list[bytes] = field(default_factory=list)
    oembed: list[bytes] = field(default_factory=list)
    charsets: list[bytes] = field(default_factory=list)
    end: int = 0
    enough: bool = False
    unclosed: set[bytes] = field(default_factory=set)
    tags: int = 0
    headings: int = 0
    foreign: int = 0

    def copy(self) -> "Scan":
        """Return a scan that goes on from here by itself."""
        values = {kind: [*values] for kind, values in self.values.items()}
        lists = [*self.data], [*self.oembed], [*self.charsets]
        counts = self.tags, self.headings, self.foreign
        return Scan(values, *lists, self.end, self.enough, {*self.unclosed}, *counts)

    def add(self, kind: str, value: bytes) -> None:
        """Keep a value, unless it is empty or there are enough of its kind."""
        values = self.values.setdefault(kind, [])
        value = value[:LONGEST_VALUE].strip()
        if value and len(values) < _MOST_VALUES:
            values.append(value)

    def add_data(self, data: bytes) -> None:
        """Keep JSON-LD, as long as there is not too much of it."""
        if len(self.data) < _MOST_DATA and sum(map(len, self.data)) + len(data) <= _LONGEST_DATA:
            self.data.append(data)

    def has(self, source: str) -> bool:
        """Return whether there is a title from this source that is worth a look."""
        if source == "jsonld":
            return bool(self.data)
        values = self.values.get(source, []) + (
            self.values.get("dc", []) if source == "citation" else []
        )
        return any(value.lower() not in _WEAK for value in values)

    def is_settled(self, order: Sequence[str]) -> bool:
        """Return whether no title that comes first in `order` can follow, at the head's end."""
        for source in order:
            if self.has(source):
                return True
            if source in ("jsonld", "h1"):
                return False
        return False


class Scanner:
    """Scans a page as it comes: what more of it cannot change is gone through once."""

    def __init__(self, order: Sequence[str] = ORDER) -> None:
        self._order = order
        self._found = Scan()

    def scan(self, data: bytes) -> Scan:
        """Read a page's head, and its body where the head has no title; takes any bytes.

        `data` goes on from what was given before, all of which it begins with.
        """
        if not self._found.end and (xml := _XML.match(data)):
            self._found.charsets[:] = [xml[1]]
        self._read(self._found, data, _sure_end(data), is_all=False)
        if self._found.enough:
            return self._found
        found = self._found.copy()
        self._read(found, data, len(data), is_all=True)
        return found

    def _read(self, found: Scan, data: bytes, limit: int, *, is_all: bool) -> None:
        """Go on with a scan up to `limit`, and no further than is sure unless this `is_all`."""
        end = found.end
        while found.tags < _MOST_TAGS:
            start, tag = end, _NEXT_TAG.match(data, end)
            if tag is None or (end := tag.end()) == start or end > limit:
                return
            if tag[1] is None:  # so many that do not matter
                continue
            name = tag[1].lower()
            if name in _CLOSING:
                read = _read_heading if name == b"h1" else _read_text
                end = read(found, data, name, tag, is_all=is_all)
                if end < 0:
                    return
            elif name == b"meta":
                if not found.foreign:
                    _read_meta(found, tag[2])
            elif name in _HEAD_ENDS:
                found.foreign = 0
                if found.is_settled(self._order):
                    found.end, found.enough = end, True
                    return
            else:
                _read_tag(found, name, tag[2])
            found.end = end
            found.tags += 1
        found.enough = True  # what comes behind so many tags is never looked at


def _sure_end(data: bytes) -> int:
    """Return up to where every value that begins with a quote has its other one."""
    sure = len(data)
    for quote in (b'"', b"'"):
        end = data.rfind(quote)
        if end >= 0 and data[max(0, end - 99) : end].rstrip()[-1:] in b"=":
            sure = min(sure, end)
    return sure


def _read_heading(
    found: Scan, data: bytes, name: bytes, tag: re.Match[bytes], *, is_all: bool
) -> int:
    """Read an `<h1>`, in which tags do count: it is gone through again. See `_read_text`."""
    start = tag.end()
    closing = _CLOSING[name].search(data, start, start + LONGEST_VALUE)
    if closing is None and not is_all and len(data) < start + LONGEST_VALUE:
        return -1
    found.headings += 1
    if not found.foreign and found.headings <= _MOST_HEADINGS:
        end = closing.start() if closing else start
        found.add("h1", _TAGS.sub(b"", data[start:end]))
    return start


def _read_text(found: Scan, data: bytes, name: bytes, tag: re.Match[bytes], *, is_all: bool) -> int:
    """Read an element in which no tag counts; return where to go on.

    Unless this `is_all` of the page, that is -1 where more of it could tell otherwise.
    """
    start = tag.end()
    closing = None if name in found.unclosed else _CLOSING[name].search(data, start)
    end = closing.start() if closing else len(data)
    if closing is None:
        if not is_all:
            return -1
        found.unclosed.add(name)
    if found.foreign:  # what stands in a picture or a template is not the page's
        return end
    if name == b"title":
        if closing is None:  # browsers take all the rest for the title, we what stands before a tag
            end = len(data[start : start + LONGEST_VALUE].partition(b"<")[0]) + start
        found.add("title", data[start : min(end, start + LONGEST_VALUE)])
    elif name == b"script" and b"ld+json" in tag[2].lower():
        found.add_data(data[start:end])
    elif name == b"noscript":
        _read_noscript(found, data[start : min(end, start + LONGEST_VALUE)])
    return end


def _read_noscript(found: Scan, data: bytes) -> None:
    """Read where a page sends those on who run no script."""
    if b"refresh" in data.lower():
        for meta in _META.finditer(data):
            _read_refresh(found, meta[1])


def _read_refresh(found: Scan, text: bytes) -> None:
    given = attributes(text)
    if given.get(b"http-equiv", b"").strip().lower() == b"refresh":
        found.add("refresh", given.get(b"content", b""))


def _read_tag(found: Scan, name: bytes, text: bytes) -> None:
    """Read a `<link>`, or where a picture or a template begins and ends."""
    if name in (b"svg", b"math", b"template"):
        found.foreign += not text.endswith(b"/")
    elif name in (b"/svg", b"/math", b"/template"):
        found.foreign = max(0, found.foreign - 1)
    elif not found.foreign and b"oembed" in text[:LONGEST_VALUE].lower():
        _read_link(found, attributes(text))


def _read_meta(found: Scan, text: bytes) -> None:
    low = text[:LONGEST_VALUE].lower()
    if b"charset" in low and len(found.charsets) < _MOST_VALUES:
        found.charsets += _CHARSET.findall(text[:LONGEST_VALUE])[:1]
    if b"refresh" in low:
        _read_refresh(found, text)
    if b"title" in low or b"og:" in low:
        given = attributes(text)
        kind = _TITLES.get(given.get(b"property", b"").strip().lower()) or _TITLES.get(
            given.get(b"name", b"").strip().lower()
        )
        if kind:
            found.add(kind, given.get(b"content", b""))


def _read_link(found: Scan, given: dict[bytes, bytes]) -> None:
    kind = given.get(b"type", b"").strip().lower()
    address = given.get(b"href", b"").strip()
    if address and len(address) <= LONGEST_VALUE and len(found.oembed) < _MOST_VALUES:
        if kind == b"application/json+oembed":
            found.oembed.insert(0, address)
        elif kind in (b"text/xml+oembed", b"application/xml+oembed"):
            found.oembed.append(address)


def attributes(text: bytes) -> dict[bytes, bytes]:
    """Return a tag's attributes, names in lower case, values still encoded; the first counts."""
    given: dict[bytes, bytes] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text[: 4 * LONGEST_VALUE]):
        given.setdefault(name.lower(), double or single or bare)
    return given
