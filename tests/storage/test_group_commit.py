"""Appends at the same time share a transaction, and nothing else: each has its own answer."""

import asyncio

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError
from storage.postgresql import group_commit
from storage.postgresql.group_commit import Append, GroupCommit
from storage.postgresql.store import APPEND
from storage.rows import row_of
from tests.storage.databases import OnServer
from tests.storage.happenings import EPISODE, keys, seen


@pytest.fixture
def database(on_server: OnServer) -> OnServer:
    return on_server


def append_of(*names: str) -> Append:
    return Append([row_of(seen(name, "text"), 1) for name in names], frozenset({"show"}))


class Engine:
    """Stores batches in memory, each in a turn of its own, and refuses one key."""

    def __init__(self, refused: str = "", error: Exception | None = None) -> None:
        self.batches: list[list[Append]] = []
        self.rests = 0
        self._stored: dict[str, int] = {}
        self._refused = refused
        self._error = error or StoreError("store.full", file="x")

    async def store(self, appends):
        self.batches.append(list(appends))
        await asyncio.sleep(0)
        rows = [row for append in appends for row in append.rows]
        if any(row.key == self._refused for row in rows):
            raise self._error
        new = {row.key: 0 for row in rows if row.key not in self._stored}
        for key in new:
            new[key] = self._stored[key] = len(self._stored) + 1
        return new

    async def rest(self):
        self.rests += 1


def of_engine(engine: Engine) -> GroupCommit:
    return GroupCommit(engine.store, engine.rest)


@given(
    sizes=st.lists(st.integers(1, 7), min_size=1, max_size=30),
    cut=st.sets(st.integers(0, 29)),
    most=st.integers(1, 10),
)
async def test_all_are_stored_in_their_order_but_those_that_were_cancelled_before(sizes, cut, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(group_commit, "MOST_ROWS", most)
        engine = Engine()
        commits = of_engine(engine)
        appends = [
            append_of(*(f"{number}.{part}" for part in range(size)))
            for number, size in enumerate(sizes)
        ]
        tasks = [asyncio.create_task(commits.append(one)) for one in appends]
        await asyncio.sleep(0)
        for number in cut & set(range(1, len(tasks))):
            tasks[number].cancel()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        await commits.wait_idle()
    went_out = [one for batch in engine.batches for one in batch]
    assert went_out == [one for one in appends if one in went_out]
    for append, answer in zip(appends, answers, strict=True):
        if isinstance(answer, dict):
            assert list(answer) == [row.key for row in append.rows]
            assert append in went_out
    assert all(
        len(batch) == 1 or sum(len(one.rows) for one in batch) <= most for batch in engine.batches
    )
    assert sum(isinstance(answer, dict) for answer in answers) >= len(tasks) - len(cut)


async def test_a_key_that_two_have_is_the_first_s():
    commits = of_engine(Engine())
    first, second = await asyncio.gather(
        commits.append(append_of("a", "b")), commits.append(append_of("b", "c"))
    )
    assert list(first) == ["a:1", "b:1"]
    assert list(second) == ["c:1"]


async def test_what_is_refused_for_its_own_sake_is_refused_alone():
    commits = of_engine(Engine(refused="b:1"))
    answers = await asyncio.gather(
        *(commits.append(append_of(name)) for name in "abc"), return_exceptions=True
    )
    assert [isinstance(answer, StoreError) for answer in answers] == [False, True, False]


async def test_a_server_that_is_away_is_away_for_all_and_not_asked_for_each():
    engine = Engine(refused="b:1", error=StoreError("store.away", file="x"))
    commits = of_engine(engine)
    answers = await asyncio.gather(
        *(commits.append(append_of(name)) for name in "abc"), return_exceptions=True
    )
    assert all(isinstance(answer, StoreError) for answer in answers)
    assert len(engine.batches) == 1


async def test_whoever_stores_rests_once_nothing_waits_any_more():
    engine = Engine()
    commits = of_engine(engine)

    async def write(who: str) -> None:
        for number in range(3):
            await commits.append(append_of(f"{who}{number}"))
            assert engine.rests == 0

    await asyncio.gather(write("a"), write("b"))
    await commits.wait_idle()
    await asyncio.sleep(0)
    assert engine.rests == 1


# --- on a server -------------------------------------------------------------------------------


async def test_at_once_is_one_transaction_and_one_after_another_one_each(store, database: OnServer):
    await store.append([seen("first", "text")])
    await asyncio.gather(*(store.append([seen(f"m{n}", "text")]) for n in range(8)))
    rows = await database.rows("SELECT count(DISTINCT xmin::text) FROM events")
    assert rows == [(2,)]
    assert keys(await store.events(EPISODE)) == ["first:1", *(f"m{n}:1" for n in range(8))]


async def test_what_the_server_cannot_store_keeps_nothing_else_out(store):
    await store.append([seen("first", "text")])
    incompressible = "".join(chr(0x4E00 + n) for n in range(5_000))  # no index takes such a key
    answers = await asyncio.gather(
        store.append([seen("m1", "text")]),
        store.append([seen(incompressible, "text")]),
        store.append([seen("m2", "text")]),
        return_exceptions=True,
    )
    assert [len(one) for one in (answers[0], answers[2])] == [1, 1]
    assert isinstance(answers[1], asyncpg.PostgresError)
    assert keys(await store.events(EPISODE)) == ["first:1", "m1:1", "m2:1"]


async def test_whoever_leaves_waits_for_what_is_under_way(database: OnServer):
    async with database.open() as store:
        await store.append([seen("first", "text")])
        writing = asyncio.create_task(store.append([seen("m1", "text")]))
        await asyncio.sleep(0.001)
        writing.cancel()
    rows = await database.rows("SELECT count(*) FROM pg_stat_activity WHERE state = 'active'")
    assert rows == [(1,)]  # this one


async def test_a_connection_that_is_cut_while_nothing_is_stored_is_not_asked_again(
    store, database: OnServer
):
    await store.append([seen("first", "text")])
    await database.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await asyncio.gather(*(store.append([seen(f"m{n}", "text")]) for n in range(8)))
    assert keys(await store.events(EPISODE)) == ["first:1", *(f"m{n}:1" for n in range(8))]


async def test_an_append_reads_no_whole_table_though_it_was_empty_when_that_was_planned(
    store, database: OnServer
):
    await store.append([seen("first", "text")])
    db = await asyncpg.connect(database.where)
    try:
        for name in ("m1", "m2", "m3", "m4", "m5", "m6"):
            await appended(db, [name])
        await appended(db, [f"more{number}" for number in range(900)])
        async with db.transaction():
            await appended(db, ["m7"])
            assert await db.fetchval(READ_AS_A_WHOLE) == 0
    finally:
        await db.close()


READ_AS_A_WHOLE = "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'events'"


async def appended(db: asyncpg.Connection, names: list[str]) -> None:
    rows = [row_of(seen(name, "text"), 1) for name in names]
    stored = await db.fetch(APPEND, ["show"], *map(list, zip(*rows, strict=True)))
    assert len(stored) == len(names)
