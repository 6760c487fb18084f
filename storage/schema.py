"""The tables, as numbered migrations: `PRAGMA user_version` tells how many a database has had.

A migration that was released is never changed: a new one goes behind it.
"""

from collections.abc import Sequence

import aiosqlite

from bot.errors import StoreNewer, StoreUnusable
from storage.sqlite import explained

APPLICATION = 0x52756E64  # "Rund": tells our databases from other programs'

MIGRATIONS: Sequence[Sequence[str]] = (
    (
        f"PRAGMA application_id = {APPLICATION}",
        """
        CREATE TABLE episodes (
            id INTEGER PRIMARY KEY,
            show TEXT NOT NULL,
            name TEXT NOT NULL UNIQUE
        ) STRICT
        """,
        "CREATE INDEX episodes_of_show ON episodes (show)",
        # Besides the kinds of events.py there are `talk`, a message without text, and `erased`,
        # of which nothing but the key counts. `about` is the message that an event tells
        # of, `refers` the one that it replies to, `starter` the one that its thread hangs on.
        """
        CREATE TABLE events (
            seq INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            episode INTEGER NOT NULL REFERENCES episodes,
            kind TEXT NOT NULL,
            at INTEGER NOT NULL,
            by TEXT NOT NULL,
            about TEXT,
            refers TEXT,
            starter TEXT,
            version INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX events_about ON events (about) WHERE about IS NOT NULL",
        "CREATE INDEX events_refers ON events (episode, refers) WHERE refers IS NOT NULL",
        "CREATE INDEX events_starter ON events (starter) WHERE starter IS NOT NULL",
        "CREATE INDEX events_kept ON events (episode, kind) WHERE kind <> 'talk'",
        """
        CREATE VIEW log AS
        SELECT seq, key, name AS episode, kind, events.at, by,
            about, refers, starter, version, body
        FROM events JOIN episodes ON episodes.id = events.episode
        """,
        # `rank` is that of the title's source, 0 where there is no title.
        """
        CREATE TABLE lookups (
            canonical TEXT PRIMARY KEY,
            rank INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE people (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE drafts (
            place INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            episode TEXT NOT NULL,
            at INTEGER NOT NULL,
            settled INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX drafts_of_episode ON drafts (episode, at)",
        # What is still to be done, over restarts: `scrub`.
        "CREATE TABLE chores (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    ),
    (
        # What the services remember beside the log, by area: which channels are watched, where a
        # panel stands, how far somebody looked. JSON, small, and each read as a whole area.
        """
        CREATE TABLE notes (
            area TEXT NOT NULL,
            name TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (area, name)
        ) STRICT, WITHOUT ROWID
        """,
    ),
    (
        # Drafts are kept as what they were rendered of, no more as what was rendered: the next
        # draft of an episode is merged with its file as with one that people began.
        "DELETE FROM drafts",
    ),
    (
        # A provider's answer without a title ranks above a preview, which counted as much.
        """
        UPDATE lookups SET rank = rank + 1
        WHERE rank > 1 OR (rank = 1 AND body ->> 'title' IS NULL)
        """,
    ),
)


async def check(
    db: aiosqlite.Connection, file: str, migrations: Sequence[Sequence[str]] = MIGRATIONS
) -> int:
    """Return the number of migrations that a database has had, without changing it.

    Raises StoreNewer where that is more than we know, StoreUnusable where it is none of ours.
    """
    with explained(file):
        version = await _pragma(db, "user_version")
        application = await _pragma(db, "application_id")
        tables = await db.execute_fetchall("SELECT 1 FROM sqlite_schema LIMIT 1")
    if version > len(migrations):
        raise StoreNewer("store.newer", file=file, theirs=version, ours=len(migrations))
    if tables and application != APPLICATION:
        raise StoreUnusable("store.foreign", file=file)
    return version


async def migrate(
    db: aiosqlite.Connection, file: str, migrations: Sequence[Sequence[str]] = MIGRATIONS
) -> None:
    """Bring a database up to date, each migration in one transaction."""
    version = await check(db, file, migrations)
    with explained(file):
        for number, statements in enumerate(migrations[version:], version + 1):
            await db.execute("BEGIN IMMEDIATE")
            try:
                for statement in statements:
                    await db.execute(statement)
                await db.execute(f"PRAGMA user_version = {number}")
                await db.commit()
            except BaseException:
                await db.rollback()
                raise


async def _pragma(db: aiosqlite.Connection, name: str) -> int:
    ((value,),) = await db.execute_fetchall(f"PRAGMA {name}")
    return int(value)
