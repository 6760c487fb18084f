"""The index of a site's episodes, in an SQLite file of its own beside the database.

All in it is derived from the site's files. So it is in no backup, and a file that is damaged, or
of another version, is deleted and made again.
"""

import asyncio
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.core.urls import canonical
from bot.services.private_files import make_private
from storage import site_index_queries as sql
from storage.known_links import KnownLinks
from storage.sqlite import code_of, explained

if TYPE_CHECKING:  # loaded where they are used: a chat on a site without episodes needs none
    from bot.core.site_index.model import SiteEntry, SitePage
    from bot.services.site_index_port import FoundEntries, Hit

_log = logging.getLogger(__name__)

T = TypeVar("T")

_PATIENCE = 5.0  # seconds to wait for another process that writes to the index
_LONGEST_SEARCH = 0.5  # seconds
_MOST_ROWS = 400  # entries of which the pages are counted
_MOST_LINKED = 20  # places of one address that are told
_ENTRY_BITS, _PAGE_BITS = 12, 20
_MOST_PAGES = 1 << _PAGE_BITS
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class SqliteSiteIndex:
    """The index of one site (site_index_port.SiteIndex).

    It may be read while it is written, and by several processes. Nothing is known before `open`
    or `known` is called; and where its file cannot be read, nothing is known.
    """

    def __init__(self, path: Path) -> None:
        """Take where the index is; it is made where it is missing."""
        self._path = path
        self._writer: sqlite3.Connection | None = None
        self._reader: sqlite3.Connection | None = None
        self._finder: sqlite3.Connection | None = None
        self._writing = threading.Lock()
        self._finding = threading.Lock()
        self._is_whole = False
        self._links: KnownLinks | None = None  # None while they change
        self.scrub_owed = False
        self.version = 0

    @property
    def is_whole(self) -> bool:
        """Whether all pages of the site have been read at least once."""
        return self._is_whole

    # --- writing -------------------------------------------------------------------------------

    async def open(self) -> None:
        """Open what was kept, if anything was: what it says may be old."""
        if self._path.exists():
            await self._write(self._opened)

    def _opened(self, db: sqlite3.Connection) -> None:
        said = dict(db.execute(sql.STATE))
        self._is_whole, self.scrub_owed = "whole" in said, "scrub" in said
        self._read_links(db)
        self.version += 1

    async def known(self, state: str) -> dict[str, str]:
        """Return the blob that each page was read from; make the file anew where it must be."""
        return await self._write(lambda db: self._known(db, state))

    def _known(self, db: sqlite3.Connection, state: str) -> dict[str, str]:
        said = dict(db.execute(sql.STATE))
        if said.get("state") != state:
            self._links = None
            self._make(db)
            kept = {name: body for name, body in said.items() if name == "scrub"}
            db.executemany(sql.PUT_STATE, [("state", state), *kept.items()])
            self.version += 1
        self._is_whole = said.get("state") == state and "whole" in said
        self.scrub_owed = "scrub" in said
        return dict(db.execute(sql.BLOBS))

    async def put(
        self, pages: "Sequence[tuple[str, SitePage]]", gone: Collection[str] = ()
    ) -> None:
        """Keep pages in one transaction, and forget those that are `gone`."""
        if pages or gone:
            self._links = None
            await self._write(lambda db: _put(db, pages, gone))
            self.version += 1

    async def end_round(self) -> None:
        """Note that the index is as whole as the site was."""
        if self._links is None:
            await self._write(self._read_links)
        if not self._is_whole:
            await self._write(lambda db: db.execute(sql.PUT_STATE, ("whole", "")))
            self._is_whole = True
            self.version += 1

    def _read_links(self, db: sqlite3.Connection) -> None:
        links = ((key, _page_in(entry)) for key, entry in db.execute(sql.LINKS))
        self._links = KnownLinks(links, dict(db.execute(sql.PUBLISHED)))

    async def owe_scrub(self) -> None:
        """Note that something went off the record."""
        await self._write(lambda db: db.execute(sql.PUT_STATE, ("scrub", "")))
        self.scrub_owed = True

    async def scrub(self, *, is_last: bool) -> None:
        """Take what pages do not say any more out of the index, free pages and the WAL."""
        await self._write(lambda db: _scrub(db, is_last=is_last))
        await asyncio.to_thread(self._checkpoint)
        self.scrub_owed = not is_last

    def _checkpoint(self) -> None:
        with self._writing, self._tolerant():
            if self._writer is not None:
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.to_thread(self._write_now, work)

    def _write_now(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._writing, explained(str(self._path)):
            try:
                return self._in_transaction(work)
            except sqlite3.DatabaseError as error:
                if code_of(error) not in _BROKEN:
                    raise
                _log.warning("the site's index is damaged: made again", exc_info=error)
                self._remove()
                raise

    def _in_transaction(self, work: Callable[[sqlite3.Connection], T]) -> T:
        db = self._writer or self._open()
        db.execute("BEGIN IMMEDIATE")
        try:
            result = work(db)
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
        return result

    def _open(self) -> sqlite3.Connection:
        """Open the file for writing and for reading, made again where it cannot be used."""
        try:
            self._writer = self._checked()
        except sqlite3.DatabaseError as error:
            if code_of(error) not in _BROKEN:
                raise
            self._remove()
            self._writer = self._checked()
        self._reader = _connected(self._path, cache=256)
        return self._writer

    def _checked(self) -> sqlite3.Connection:
        make_private(self._path)
        db = _connected(self._path, cache=2_000)
        try:
            db.execute("PRAGMA secure_delete = ON")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            own = db.execute("PRAGMA application_id").fetchone()[0]
            if (version, own) != (sql.VERSION, sql.APPLICATION):
                db.execute("BEGIN IMMEDIATE")
                self._make(db)
                db.execute("COMMIT")
        except BaseException:
            db.close()
            raise
        return db

    def _make(self, db: sqlite3.Connection) -> None:
        """Make the tables, in place of whatever is there."""
        for name in sql.TABLES:
            db.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in sql.SCHEMA:
            db.execute(statement)

    def _remove(self) -> None:
        """Delete the file; whoever else has it open goes on with what it was."""
        self._close()
        for name in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + name).unlink(missing_ok=True)

    # --- reading -------------------------------------------------------------------------------

    def linked(self, canonicals: Collection[str]) -> Mapping[str, "Sequence[Hit]"]:
        """Return where these addresses stand, by one search in an index each."""
        found: dict[str, Sequence[Hit]] = {}
        with self._tolerant():
            for address in canonicals if self._reader else ():
                if hits := tuple(self._linked(address)):
                    found[address] = hits
        return found

    def numbers_linking(self, canonicals: Collection[str]) -> Iterator[str]:
        """Yield the numbers of the published pages on which one of these addresses stands."""
        links = self._links
        if links is None:
            found = self.linked(canonicals).values()
            pages = (hit.page for hits in found for hit in hits)
            yield from (page.number for page in pages if not page.is_draft)
            return
        for address in canonicals:
            yield from links.numbers(_key(address))

    def _linked(self, address: str) -> Iterator["Hit"]:
        assert self._reader is not None  # noqa: S101 - the caller looked
        yield from _hits(self._reader, self._rows(address))

    def _rows(self, address: str) -> Sequence[int]:
        """Return the entries that have an address."""
        key = _key(address)
        if self._reader is None or (self._links is not None and key not in self._links):
            return ()
        return [row[0] for row in self._reader.execute(sql.LINKED, (key, _MOST_LINKED))]

    def at(self, places: Collection[str]) -> Mapping[str, "SitePage"]:
        """Return the pages at these places of the site."""
        found: dict[str, SitePage] = {}
        with self._tolerant():
            for place in places:
                row = self._reader and self._reader.execute(sql.PAGE_OF_PLACE, (place,)).fetchone()
                if row:
                    found[place] = _page_of(row)
        return found

    async def find(self, query: str, *, pages: int, entries: int) -> "FoundEntries":
        """Return what a query finds, the newest first."""
        from bot.services.site_index_port import FoundEntries

        if self._writer is None:
            return FoundEntries()
        return await asyncio.to_thread(self._find, query, pages, entries)

    def _find(self, query: str, pages: int, entries: int) -> "FoundEntries":
        from bot.services.site_index_port import FoundEntries

        with self._finding, self._tolerant():
            if self._finder is None:
                self._finder = _connected(self._path, cache=2_000)
            db, end = self._finder, time.monotonic() + _LONGEST_SEARCH
            db.set_progress_handler(lambda: time.monotonic() > end, 20_000)
            rows = [row[0] for row in db.execute(sql.FIND, (query, _MOST_ROWS + 1))]
            shown, more = _spread(rows[:_MOST_ROWS], pages, entries)
            return FoundEntries(tuple(_hits(db, shown)), more or len(rows) > _MOST_ROWS)
        return FoundEntries()

    @contextmanager
    def _tolerant(self) -> Iterator[None]:
        """Know nothing where the file cannot be read: the next round of writing makes it again."""
        try:
            yield
        except sqlite3.Error as error:
            _log.warning("the site's index cannot be read", extra={"cause": str(error)})

    async def aclose(self) -> None:
        """Let the file go, once nobody works on it."""
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        with self._writing, self._finding:
            self._close()

    def _close(self) -> None:
        for db in (self._reader, self._finder, self._writer):
            if db is not None:
                db.close()
        self._writer = self._reader = self._finder = self._links = None


def _connected(file: Path, *, cache: int) -> sqlite3.Connection:
    """Connect to a file; `cache` is in KiB. Transactions are begun by hand."""
    db = sqlite3.connect(
        file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False, cached_statements=16
    )
    try:
        db.execute(f"PRAGMA cache_size = -{cache}")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        db.close()
        raise
    return db


def _key(address: str) -> int:
    """Return 63 bits that tell a canonical address from any other."""
    digest = blake2b(address.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


# --- pages ---------------------------------------------------------------------------------------


def _put(
    db: sqlite3.Connection, pages: "Iterable[tuple[str, SitePage]]", gone: Iterable[str]
) -> None:
    for path in gone:
        _forget(db, path)
    for blob, page in pages:
        _add(db, blob, page, _forget(db, page.path))


def _scrub(db: sqlite3.Connection, *, is_last: bool) -> None:
    db.execute(sql.OPTIMIZE)
    if is_last:
        db.execute(sql.DROP_STATE, ("scrub",))


def _forget(db: sqlite3.Connection, path: str) -> int | None:
    """Forget a page; return the number that it had."""
    row = db.execute(sql.PAGE_AT, (path,)).fetchone()
    if row is None:
        return None
    from bot.core.site_index.words import columns

    first = _first(*row)
    last = first + (1 << _ENTRY_BITS) - 1
    for number, *stored in db.execute(sql.ENTRIES, (first, last)).fetchall():
        entry = _entry_of(stored)
        db.execute(sql.DROP_WORDS, (number, *columns(entry)))
        keys = [(_key(canonical(url)), number) for url in entry.urls]
        db.executemany(sql.DROP_LINK, keys)
    db.execute(sql.DROP_ENTRIES, (first, last))
    db.execute(sql.DROP_PLACES, (row[0],))
    db.execute(sql.DROP_PAGE, (row[0],))
    return int(row[0])


def _add(db: sqlite3.Connection, blob: str, page: "SitePage", number: int | None) -> None:
    from bot.core.site_index.words import columns

    if number is None:
        (number,) = db.execute(sql.NEXT_PAGE).fetchone()
    if number >= _MOST_PAGES:
        return
    said = (page.number, page.title, page.full_title, page.date, page.at, page.is_draft)
    db.execute(sql.ADD_PAGE, (number, page.path, blob, *said, page.address))
    db.executemany(sql.ADD_PLACE, [(one, number) for one in page.addresses])
    rows = list(enumerate(page.entries[: 1 << _ENTRY_BITS], _first(number, page.at)))
    stored = [
        (at, one.kind, one.text, one.topic, one.time, one.notes, "\n".join(one.urls))
        for at, one in rows
    ]
    db.executemany(sql.ADD_ENTRY, stored)
    db.executemany(sql.ADD_WORDS, [(at, *columns(one)) for at, one in rows])
    links = [(_key(canonical(url)), at) for at, one in rows for url in one.urls]
    db.executemany(sql.ADD_LINK, links)


def _first(page: int, at: int) -> int:
    """Return the number of a page's first entry."""
    return (at << (_PAGE_BITS + _ENTRY_BITS)) | (page << _ENTRY_BITS)


def _page_in(entry: int) -> int:
    return (entry >> _ENTRY_BITS) & (_MOST_PAGES - 1)


def _spread(rows: Sequence[int], pages: int, entries: int) -> tuple[list[int], bool]:
    """Return the first entries of the first pages; and whether that leaves any out."""
    shown: dict[int, list[int]] = {}
    for row in rows:
        page = _page_in(row)
        if page in shown or len(shown) < pages:
            shown.setdefault(page, []).append(row)
    # On a page, what stands first comes first.
    kept = [row for found in shown.values() for row in sorted(found)[:entries]]
    return kept, len(kept) < len(rows)


def _hits(db: sqlite3.Connection, rows: Iterable[int]) -> Iterator["Hit"]:
    from bot.services.site_index_port import Hit

    pages: dict[int, SitePage] = {}
    for row in rows:
        page = _page_in(row)
        if page not in pages:
            found = db.execute(sql.PAGE, (page,)).fetchone()
            if found is None:
                continue
            pages[page] = _page_of(found)
        stored = db.execute(sql.ENTRY, (row,)).fetchone()
        if stored is not None:
            yield Hit(pages[page], _entry_of(stored))


def _page_of(row: Sequence[object]) -> "SitePage":
    from bot.core.site_index.model import SitePage

    path, number, title, full_title, date, at, is_draft, address = row
    return SitePage(
        path=str(path),
        number=str(number),
        title=str(title),
        full_title=str(full_title),
        date=str(date),
        at=int(str(at)),
        is_draft=bool(is_draft),
        address=str(address),
    )


def _entry_of(row: Sequence[str]) -> "SiteEntry":
    from bot.core.site_index.model import SiteEntry

    kind, text, topic, time, notes, urls = row
    return SiteEntry(
        kind,  # type: ignore[arg-type]  # as it was stored
        text,
        topic,
        time,
        notes,
        tuple(urls.split("\n")) if urls else (),
    )
