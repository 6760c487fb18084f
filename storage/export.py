"""All that a database holds, as JSON lines that need no Rundown to be read (docs/operating.md)."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any

from storage import queries
from storage.backup import look_at
from storage.opening import on_server
from storage.sqlite import connected, explained

FORMAT = 1
"""Raised when a line's form changes in a way that its readers would stumble over."""

_PATIENCE = 60.0


async def exported(where: Path | str) -> AsyncGenerator[str]:
    """Yield what a database holds at one moment, a JSON object each, without line breaks.

    `where` is its file, or its address on a server. The first line tells the format. `what` of
    each other names it: `event` (in the order they were stored), `person`, `lookup`, `draft`,
    `state`. Raises StoreError.
    """
    rows = on_server().everything(where) if isinstance(where, str) else _everything(where)
    is_begun = False
    async with aclosing(rows):
        async for what, values in rows:
            if not is_begun:
                yield _line({"what": "rundown", "format": FORMAT})
                is_begun = True
            if what != "state":  # what a service noted is a text of its own
                values["body"] = json.loads(values.pop("body", "null"))
            yield _line({"what": what} | values)
    if not is_begun:
        yield _line({"what": "rundown", "format": FORMAT})


async def _everything(database: Path) -> AsyncGenerator[tuple[str, dict[str, Any]]]:
    await look_at(database)
    file = str(database)
    async with connected(file, patience=_PATIENCE) as db:
        with explained(file):
            await db.execute("BEGIN")
            for what, query in queries.EXPORTS.items():
                async with db.execute(query) as cursor:
                    names = [column[0] for column in cursor.description]
                    async for row in cursor:
                        yield what, dict(zip(names, row, strict=True))


def _line(values: dict[str, object]) -> str:
    kept = {name: value for name, value in values.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False)
