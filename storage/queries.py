"""Every statement that the store runs; the tables are made in schema.py.

They are in the SQL that SQLite and PostgreSQL have in common, but for placeholders and lists, which
each engine puts in its own way. What only SQLite runs stands with `?` alone.
"""

EPISODES = "SELECT name, id FROM episodes"

NUMBER_EPISODES = """
    INSERT INTO episodes (show, name)
    SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
    ON CONFLICT (name) DO UPDATE SET show = excluded.show
    RETURNING name, id
"""

# --- the log -----------------------------------------------------------------------------------

LAST = "SELECT coalesce(max(seq), 0) FROM events"

APPEND = """
    INSERT INTO events (key, episode, kind, at, by, about, refers, starter, version, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key) DO NOTHING
"""

APPEND_ONE = APPEND + "RETURNING key, seq"

APPENDED_SINCE = "SELECT key, seq FROM events WHERE seq > ?"

# Talk is found by way of what refers to it, which is little: never by looking through talk.
# Live, the same talk counts (bot/core/episode/referred.py).
OF_EPISODE = """
    WITH one AS (SELECT id FROM episodes WHERE name = ?1)
    SELECT * FROM log WHERE kind <> 'erased' AND seq IN (
        SELECT seq FROM events WHERE episode = (SELECT id FROM one) AND kind <> 'talk'
        UNION ALL
        SELECT seq FROM events WHERE kind = 'talk' AND episode = (SELECT id FROM one) AND about IN (
            SELECT about FROM events WHERE episode = (SELECT id FROM one) AND kind <> 'talk'
            UNION ALL
            SELECT starter FROM events WHERE episode = (SELECT id FROM one) AND kind <> 'talk'
            UNION ALL
            SELECT refers FROM events
            WHERE episode = (SELECT id FROM one) AND refers IS NOT NULL
        )
    ) ORDER BY seq
"""

TALK_OF = """
    SELECT * FROM log
    WHERE kind = 'talk' AND about IN (SELECT value FROM json_each(?1)) ORDER BY seq
"""

LIFECYCLE = """
    SELECT log.* FROM log JOIN episodes ON name = episode
    WHERE show = ?1 AND kind <> 'talk'
        AND kind IN ('episode_opened', 'episode_closed', 'episode_reopened')
    ORDER BY seq
"""

FIELD_EVENTS = """
    SELECT log.* FROM log JOIN episodes ON name = episode
    WHERE show = ?1 AND kind <> 'talk'
        AND kind IN (
            'episode_opened', 'field', 'conflict_found', 'conflict_settled', 'undone', 'redone'
        )
    ORDER BY seq
"""

EPISODE_OF = """
    SELECT episode FROM log WHERE about = ?1 AND kind IN ('message', 'talk', 'mark')
    ORDER BY kind = 'mark', seq LIMIT 1
"""

# --- look-ups and people -----------------------------------------------------------------------

PUT_LOOKUPS = """
    INSERT INTO lookups (canonical, rank, body)
    SELECT value ->> 0, CAST(value ->> 1 AS INTEGER), value ->> 2 FROM json_each(?1) WHERE true
    ON CONFLICT (canonical) DO UPDATE SET rank = excluded.rank, body = excluded.body
    WHERE excluded.rank >= lookups.rank
"""

LOOKUPS = """
    SELECT canonical, body FROM lookups WHERE canonical IN (SELECT value FROM json_each(?1))
"""

PRUNE_LOOKUPS = """
    DELETE FROM lookups
    WHERE CAST(body ->> 'at' AS BIGINT) < ?1 AND coalesce(body ->> 'source', '') <> 'file'
"""

PUT_PEOPLE = """
    INSERT INTO people (id, name) SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
    ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE people.name <> excluded.name
"""

PEOPLE = "SELECT id, name FROM people"

# --- state -------------------------------------------------------------------------------------

STATE = "SELECT name, body FROM notes WHERE area = ?1"

PUT_STATE = """
    INSERT INTO notes (area, name, body) VALUES (?1, ?2, ?3)
    ON CONFLICT (area, name) DO UPDATE SET body = excluded.body WHERE notes.body <> excluded.body
"""

DROP_STATE = "DELETE FROM notes WHERE area = ?1 AND name = ?2"

# --- drafts ------------------------------------------------------------------------------------

PUT_DRAFT = """
    INSERT INTO drafts (id, episode, at, settled, body) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (id) DO UPDATE SET
        episode = excluded.episode, at = excluded.at,
        settled = excluded.settled, body = excluded.body
"""

DROP_FORMER_DRAFTS = """
    DELETE FROM drafts WHERE episode = ?1 AND settled = 1 AND place <> (
        SELECT place FROM drafts WHERE episode = ?1 AND settled = 1
        ORDER BY place DESC LIMIT 1
    )
"""

DROP_DRAFT = "DELETE FROM drafts WHERE id = ?1"

# By when they were made, not by the clock, which may have been set back since.
DRAFTS = "SELECT body FROM drafts WHERE episode = ?1 ORDER BY place"

# --- off the record ----------------------------------------------------------------------------

STATES_TO_ERASE = """
    SELECT * FROM log
    WHERE (about = ?1 OR starter = ?1) AND kind IN ('message', 'talk')
"""

ERASE_STATE = "UPDATE events SET kind = ?1, starter = ?2, version = ?3, body = ?4 WHERE seq = ?5"

ERASE_COMMANDS = """
    UPDATE events SET kind = 'erased', body = ''
    WHERE about = ?1 AND kind IN (
        'item_retitled', 'item_readdressed', 'item_noted', 'topic_renamed',
        'item_written', 'topic_written', 'topic_found', 'conflict_found'
    )
"""

ERASE_IN_EVENT = "UPDATE events SET kind = ?1, body = ?2, about = ?3 WHERE key = ?4"

ERASE_LOOKUPS = "DELETE FROM lookups WHERE canonical IN (SELECT value FROM json_each(?1))"

ERASE_IN_DRAFT = "UPDATE drafts SET body = ?1 WHERE id = ?2"

PRUNABLE = """
    SELECT seq FROM events
    WHERE episode = (SELECT id FROM episodes WHERE name = ?1)
        AND (kind <> 'erased' OR by <> '')
        AND key NOT IN (SELECT value FROM json_each(?2))
"""

PRUNE_EVENT = """
    UPDATE events SET kind = 'erased', by = '', refers = NULL, starter = NULL, body = ''
    WHERE seq = ?1
"""

PRUNE_WHO = """
    UPDATE events SET by = ''
    WHERE episode = (SELECT id FROM episodes WHERE name = ?1) AND kind <> 'mark'
"""

PRUNE_DRAFTS = "DELETE FROM drafts WHERE episode = ?1"

PRUNE_PEOPLE = "DELETE FROM people WHERE id NOT IN (SELECT by FROM events)"

SCRUB_DUE = "SELECT 1 FROM chores WHERE name = 'scrub'"
NOW = "SELECT (julianday('now') - 2440587.5) * 86400"

SCRUB_LATER = "INSERT INTO chores (name) VALUES ('scrub') ON CONFLICT (name) DO NOTHING"
SCRUBBED = "DELETE FROM chores WHERE name = 'scrub'"
EMPTY_WAL = "PRAGMA wal_checkpoint(TRUNCATE)"

HALF_MOVED = "SELECT 1 FROM chores WHERE name LIKE 'moving %'"

# --- backups -----------------------------------------------------------------------------------

CONTENTS = "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM episodes)"

OFF_RECORD_MARKS = """
    SELECT show, name, key, kind, at, by, about, refers, starter, version, body
    FROM events JOIN episodes ON episodes.id = events.episode
    WHERE kind = 'mark' AND body ->> 'emoji' = '🔒' ORDER BY seq
"""

NUMBER_EPISODE = "INSERT INTO episodes (show, name) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"

CARRY_OVER = """
    INSERT INTO events (episode, key, kind, at, by, about, refers, starter, version, body)
    SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM episodes WHERE name = ?
    ON CONFLICT (key) DO NOTHING
"""

EXPORTS = {
    "event": """
        SELECT seq, key, show, name AS episode, kind, at, by, about, refers, starter, version, body
        FROM events JOIN episodes ON episodes.id = events.episode ORDER BY seq
    """,
    "person": "SELECT id, name FROM people ORDER BY id",
    "lookup": "SELECT canonical, body FROM lookups ORDER BY canonical",
    "draft": "SELECT id, episode, at, settled, body FROM drafts ORDER BY place",
    "state": "SELECT area, name, body FROM notes ORDER BY area, name",
}
"""What `rundown export` writes of each table, by the word that its lines begin with."""
