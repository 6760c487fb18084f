"""What is asked of the index of a site (site_index.py)."""

VERSION = 1
APPLICATION = 0x52756E49  # "RunI"

# An entry's number is made of its page's time, the page and its place on it: what is newer comes
# behind, so that the newest are found first without sorting.
SCHEMA = (
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
    "CREATE TABLE state (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE pages (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        blob TEXT NOT NULL,
        number TEXT NOT NULL,
        title TEXT NOT NULL,
        full_title TEXT NOT NULL,
        date TEXT NOT NULL,
        at INTEGER NOT NULL,
        is_draft INTEGER NOT NULL,
        address TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE places (
        place TEXT NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (place, page)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX places_of_page ON places (page)",
    """
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        topic TEXT NOT NULL,
        time TEXT NOT NULL,
        notes TEXT NOT NULL,
        urls TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE links (
        key INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (key, entry)
    ) STRICT, WITHOUT ROWID
    """,
    # Beginnings of words are looked up by themselves, as long as many words share them.
    """
    CREATE VIRTUAL TABLE search USING fts5(
        words, topic, content = '', columnsize = 0, prefix = '1 2 3 4 5 6',
        tokenize = 'porter unicode61 remove_diacritics 2'
    )
    """,
)
TABLES = ("search", "links", "entries", "places", "pages", "state")

STATE = "SELECT name, body FROM state"
PUT_STATE = "INSERT OR REPLACE INTO state VALUES (?, ?)"
DROP_STATE = "DELETE FROM state WHERE name = ?"
BLOBS = "SELECT path, blob FROM pages"

PAGE_AT = "SELECT id, at FROM pages WHERE path = ?"
NEXT_PAGE = "SELECT coalesce(max(id), 0) + 1 FROM pages"
PAGE = """
    SELECT path, number, title, full_title, date, at, is_draft, address FROM pages WHERE id = ?
"""
PAGE_OF_PLACE = """
    SELECT path, number, title, full_title, date, at, is_draft, address
    FROM pages JOIN places ON page = id WHERE place = ? ORDER BY at DESC LIMIT 1
"""
ADD_PAGE = "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
ADD_PLACE = "INSERT OR IGNORE INTO places VALUES (?, ?)"
DROP_PAGE = "DELETE FROM pages WHERE id = ?"
DROP_PLACES = "DELETE FROM places WHERE page = ?"

ENTRY = "SELECT kind, text, topic, time, notes, urls FROM entries WHERE id = ?"
ENTRIES = """
    SELECT id, kind, text, topic, time, notes, urls FROM entries WHERE id BETWEEN ? AND ?
"""
ADD_ENTRY = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)"
DROP_ENTRIES = "DELETE FROM entries WHERE id BETWEEN ? AND ?"
ADD_LINK = "INSERT OR IGNORE INTO links VALUES (?, ?)"
DROP_LINK = "DELETE FROM links WHERE key = ? AND entry = ?"
ADD_WORDS = "INSERT INTO search (rowid, words, topic) VALUES (?, ?, ?)"
# The index holds no text of its own, so that it is told what it had.
DROP_WORDS = "INSERT INTO search (search, rowid, words, topic) VALUES ('delete', ?, ?, ?)"

# Words that were taken out stay in the file until its parts are merged.
OPTIMIZE = "INSERT INTO search (search) VALUES ('optimize')"

LINKS = "SELECT key, entry FROM links ORDER BY key, entry"
PUBLISHED = "SELECT id, number FROM pages WHERE NOT is_draft"
LINKED = "SELECT entry FROM links WHERE key = ? ORDER BY entry LIMIT ?"
FIND = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?"
