"""What was fetched from an address -> its title, and where more may be had. Takes any bytes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from bot.core import urls
from bot.core.page import charset, file_kind, json_ld, pdf, title_text, walls
from bot.core.page.html_head import ORDER, Scan, Scanner

_PLENTY = 32 * 1024  # bytes by which a charset that nobody declared can be told
_HEAD_ENDS = re.compile(rb"(?i)</head[^>]{0,200}>|<body[^>]{0,1000}>")
_REFRESH = re.compile(  # within a few seconds: a page that renews itself says so in minutes
    rb"(?i)\s*[0-5]?(?:\.\d{0,9})?\s*[;,\s]\s*(?:url\s*=\s*)?(?:\"([^\"]+)\"?|'([^']+)'?|([^\"'\s].*))",
    re.DOTALL,
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.+-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself.

    `title` is plain text of one line; `source` is where it stood: one of `title`, `og`,
    `twitter`, `citation`, `jsonld`, `h1`, `pdf`, or `address` for a file's name, and "" with no
    title. `oembed` is the absolute address of the page's own oEmbed answer, `moved` the one that
    the page sends its readers to at once. With no title, `wall` says why: `challenge`, `consent`,
    `login`, `error` or `empty`.
    """

    title: str | None = None
    source: str = ""
    site_name: str | None = None
    oembed: str | None = None
    wall: str | None = None
    moved: str | None = None


class PageReader:
    """Reads a page as it comes: tells a fetcher when there is enough of it, then what it says.

    `order` are the sources of a title as in a profile's `title_from`; others are passed over.
    """

    def __init__(self, content_type: str | None = None, *, order: Sequence[str] = ORDER) -> None:
        self._type = content_type
        self._order = order
        self._pieces: list[bytes] = []
        self._size = 0
        self._last = b""
        self._next = 2 * _PLENTY
        self._is_at_end = False
        self._scanned: _Scanned | None = None

    def feed(self, chunk: bytes) -> bool:
        """Take the next bytes; True once the title can be told, or nothing more can matter."""
        is_first = not self._pieces
        self._pieces.append(chunk)
        self._size += len(chunk)
        seen = self._last + chunk
        self._last = seen[-1024:]
        # Most heads come with the first piece. One seems to end in a script too: what looks like
        # an end is looked at once, then what is four times as much.
        if not is_first and not self._seems_to_end(seen) and self._size < self._next:
            return False
        self._next = max(self._next, 4 * self._size)
        self._pieces = [b"".join(self._pieces)]
        return self._is_enough(self._pieces[0])

    def _seems_to_end(self, seen: bytes) -> bool:
        """Return whether the first end of a head is seen."""
        if self._is_at_end:
            return False
        self._is_at_end = _HEAD_ENDS.search(seen) is not None
        return self._is_at_end

    def _is_enough(self, data: bytes) -> bool:
        kind = file_kind.kind_of(data, self._type)
        if kind != "html":
            return kind == "file" or (kind == "unknown" and len(data) >= file_kind.START)
        scanned = self._scan(data)
        found = scanned.found
        if not found.enough or scanned.charset or found.charsets or _declared(self._type):
            return found.enough
        return len(data) >= _PLENTY or charset.is_utf_8(_sample(found, scanned.straight))

    def _scan(self, data: bytes) -> "_Scanned":
        """Scan a page's head, unless these very bytes were scanned last."""
        if (before := self._scanned) is not None and before.data == data:
            return before
        straight, known = charset.straighten(data)
        goes_on = before is not None and straight.startswith(before.straight)
        scanner = before.scanner if before and goes_on else Scanner(self._order)
        self._scanned = _Scanned(data, straight, known, scanner, scanner.scan(straight))
        return self._scanned

    def page(
        self, data: bytes, *, content_type: str | None, url: str, status: int, asked: str = ""
    ) -> Page:
        """Return what a page says: `data` is the body or its beginning, `url` where it came from.

        `asked` is the address that led there, where that was another.
        Never raises, whatever the bytes; takes time in proportion to them.
        """
        kind = file_kind.kind_of(data, content_type)
        if kind == "html":
            return _Html(self._scan(data), content_type, url, status, self._order).page(asked)
        if wall := walls.wall_of_status(status):
            return Page(wall=wall)
        if kind == "pdf" and (title := pdf.title(data)):
            return Page(title, "pdf")
        name = file_kind.label(url) if kind != "unknown" else None
        return Page(name, "address") if name else Page(wall="empty")


def read_page(
    data: bytes,
    *,
    content_type: str | None,
    url: str,
    status: int,
    order: Sequence[str] = ORDER,
    asked: str = "",
) -> Page:
    """Return what a page says that came in one piece; see `PageReader`."""
    reader = PageReader(order=order)
    return reader.page(data, content_type=content_type, url=url, status=status, asked=asked)


@dataclass(slots=True)
class _Scanned:
    """A body, what `charset.straighten` made of it, and what was found by scanning that."""

    data: bytes
    straight: bytes
    charset: str | None
    scanner: Scanner
    found: Scan


class _Html:
    """An HTML page that is being read."""

    def __init__(
        self,
        scanned: _Scanned,
        content_type: str | None,
        url: str,
        status: int,
        order: Sequence[str],
    ) -> None:
        self._data, self._found = scanned.straight, scanned.found
        self._url, self._status, self._order = url, status, order
        self._charset = scanned.charset or self._choose(content_type)
        self._titles_of: dict[str, tuple[str, ...]] = {}
        self._site = next(self._values("site_name"), None)

    def _choose(self, content_type: str | None) -> str:
        sample = _sample(self._found, self._data)
        if not sample:
            return "utf-8"
        labels = [label.decode("ascii", "replace") for label in self._found.charsets]
        labels += _declared(content_type)
        return charset.choose(sample, labels, domain=urls.host_of(self._url).rpartition(".")[2])

    def page(self, asked: str) -> Page:
        judge = walls.Judge(self._url, self._site, is_article=self._is_article())
        wall = judge.wall_of_address(asked) or self._wall(judge)
        title, source = (None, "") if wall else self._title(judge)
        if title is None and not wall:
            wall = walls.wall_of_body(self._data) or "empty"
        return Page(title, source, self._site, self._oembed(), wall, self._moved())

    def _title(self, judge: walls.Judge) -> tuple[str | None, str]:
        """Return the first title that says something, and where it stood."""
        for source in self._order:
            for text in self._titles(source):
                if not judge.says_nothing(text):
                    return title_text.site_name_once(text, judge.is_site), source
        return None, ""

    def _wall(self, judge: walls.Judge) -> str | None:
        """Return the reason why the page has no title at all, by its status or its titles."""
        by_status = walls.wall_of_status(self._status)
        for title in dict.fromkeys(self._titles("title") + self._titles("og")):
            if reason := judge.wall(title):
                return reason
        return by_status and (walls.wall_of_body(self._data) or by_status)

    def _titles(self, source: str) -> tuple[str, ...]:
        if source not in self._titles_of:
            self._titles_of[source] = tuple(self._read_titles(source))
        return self._titles_of[source]

    def _read_titles(self, source: str) -> Iterator[str]:
        if source == "jsonld":
            texts = [charset.decode(data, self._charset) for data in self._found.data]
            yield from filter(None, map(title_text.read, json_ld.titles(texts)))
            return
        yield from self._values(source)
        if source == "citation":
            yield from self._values("dc")

    def _values(self, kind: str) -> Iterator[str]:
        for value in self._found.values.get(kind, ()):
            if text := title_text.read(charset.decode(value, self._charset)):
                yield text

    def _is_article(self) -> bool:
        kinds = self._found.values.get("type", ())
        return b"article" in kinds or any(b'"headline"' in data for data in self._found.data)

    def _oembed(self) -> str | None:
        return next(filter(None, map(self._address, self._found.oembed)), None)

    def _moved(self) -> str | None:
        """Return where a `<meta refresh>` leads, unless that is this page again.

        See https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-refresh
        """
        for value in self._found.values.get("refresh", ()):
            to = _REFRESH.match(value)
            address = self._address(next(filter(None, to.groups()), b"")) if to else None
            if address is not None and address.partition("#")[0] != self._url.partition("#")[0]:
                return address
        return None

    def _address(self, value: bytes) -> str | None:
        """Return the absolute address that a page names, http(s) alone."""
        address = title_text.decode_attribute(charset.decode(value, self._charset))
        try:
            whole = urljoin(self._url, address.strip())
        except ValueError:
            return None
        if not whole.startswith(("http://", "https://")):
            return None
        return whole.encode("utf-8", "replace").decode()


def _sample(found: Scan, data: bytes) -> bytes:
    """Return the bytes by which the charset is told; none where all that matters is ASCII."""
    values = [value for kind in found.values.values() for value in kind]
    if all(value.isascii() for value in (*values, *found.data, *found.oembed)):
        return b""
    return b"\n".join([*values, data[:_PLENTY]])


def _declared(content_type: str | None) -> list[str]:
    return _CHARSET.findall(content_type or "")
