"""All that a database holds, as JSON lines that need no Rundown to be read (docs/operating.md)."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import aiosqlite

from storage import queries
from storage.backup import look_at
from storage.sqlite import connected, explained

FORMAT = 1
"""Raised when a line's form changes in a way that its readers would stumble over."""

_PATIENCE = 60.0


async def exported(database: Path) -> AsyncGenerator[str]:
    """Yield what a database holds at one moment, a JSON object each, without line breaks.

    The first line tells the format. `what` of each other names it: `event` (in the order they were
    stored), `person`, `lookup`, `draft`, `state`. Raises StoreError.
    """
    await look_at(database)
    file = str(database)
    async with connected(file, patience=_PATIENCE) as db:
        with explained(file):
            await db.execute("BEGIN")
            yield _line({"what": "rundown", "format": FORMAT})
            for what, query in queries.EXPORTS.items():
                async for line in _lines(db, what, query):
                    yield line


async def _lines(db: aiosqlite.Connection, what: str, query: str) -> AsyncIterator[str]:
    async with db.execute(query) as cursor:
        names = [column[0] for column in cursor.description]
        async for row in cursor:
            values = dict(zip(names, row, strict=True))
            if what != "state":  # what a service noted is a text of its own
                values["body"] = json.loads(values.pop("body", "null"))
            yield _line({"what": what} | values)


def _line(values: dict[str, object]) -> str:
    kept = {name: value for name, value in values.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False)
