"""The statements of queries.py, as PostgreSQL has them."""

import re
from functools import cache

from storage import queries

_PLACE = re.compile(r"\?(\d+)")
_LIST = re.compile(r"json_each\((\?\d+)\)")

# An index takes no text of more than 2,700 bytes, and addresses are longer: look-ups are known by
# a digest. A body is never read as JSON: PostgreSQL refuses what Python writes of half a pair.
_DIGEST = "sha256(convert_to(value, 'UTF8'))"
_OWN = {
    queries.NOW: "SELECT extract(epoch FROM clock_timestamp())",
    queries.PUT_LOOKUPS: """
        INSERT INTO lookups (digest, canonical, rank, body, at, is_given)
        SELECT sha256(convert_to(value ->> 0, 'UTF8')), value ->> 0,
            CAST(value ->> 1 AS INTEGER), value ->> 2,
            CAST(value ->> 3 AS BIGINT), CAST(value ->> 4 AS BOOLEAN)
        FROM json_each(?1)
        ON CONFLICT (digest) DO UPDATE SET
            rank = excluded.rank, body = excluded.body,
            at = excluded.at, is_given = excluded.is_given
        WHERE excluded.rank >= lookups.rank
    """,
    queries.LOOKUPS: f"""
        SELECT canonical, body FROM lookups WHERE digest IN (SELECT {_DIGEST} FROM json_each(?1))
    """,  # noqa: S608 - our own constant
    queries.PRUNE_LOOKUPS: "DELETE FROM lookups WHERE at < ?1 AND NOT is_given",
    queries.ERASE_LOOKUPS: f"""
        DELETE FROM lookups WHERE digest IN (SELECT {_DIGEST} FROM json_each(?1))
    """,  # noqa: S608 - our own constant
    # Each erasure by itself, with the transaction that made it: one may come while others are
    # scrubbed, and readers of a time before it are known by that.
    queries.SCRUB_LATER: """
        INSERT INTO chores (name) VALUES ('scrub ' || CAST(pg_current_xact_id() AS xid))
        ON CONFLICT (name) DO NOTHING
    """,
    queries.SCRUB_DUE: "SELECT 1 FROM chores WHERE name LIKE 'scrub %' LIMIT 1",
}


@cache
def postgresql(sql: str) -> str:
    """Return a statement of queries.py with PostgreSQL's placeholders and lists.

    A list's rows are taken apart by `value ->>`, its plain texts are `value` itself.
    """
    sql = _OWN.get(sql, sql)
    elements = "json_array_elements" + ("" if "value ->>" in sql else "_text")
    return _PLACE.sub(r"$\1", _LIST.sub(rf"{elements}(CAST(\1 AS json))", sql))
