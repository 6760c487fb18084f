"""What was stored is there after kill -9, whole and once, whenever it comes."""

import random
import time

import pytest

from tests.storage.happenings import running

APPEND = """
import asyncio, itertools, sys
from tests.storage.databases import database_at
from tests.storage.happenings import seen

async def main(where, first):
    async with database_at(where) as store:
        for n in itertools.count(first):
            batch = [seen(f"m{n}", "text " * 40), seen(f"n{n}"), seen(f"o{n}", reply_to=f"n{n}")]
            for event in await store.append(batch[: 1 + n % 3]):
                print(event.key, flush=True)

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


async def kill_while_storing(database, *, times, seed):
    """Store, kill, and look, again and again on the same database."""
    chance = random.Random(seed)  # noqa: S311 - a seed makes the same test of it again
    told = []
    for turn in range(times):
        with running(APPEND, database.where, turn * 100_000) as process:
            told.append(process.stdout.readline().strip())
            time.sleep(chance.expovariate(1 / 0.03))  # noqa: ASYNC251 - nothing else runs here
            process.kill()
            lines = process.stdout.read().split("\n")
        told += lines[:-1]  # behind the last line break, a line may be cut short
        await database.forget()
        async with database.open():
            stored = [key for (key,) in await database.rows("SELECT key FROM events")]
            assert set(told) <= set(stored)
            assert len(stored) == len(set(stored))
            check_whole(stored)


def check_whole(stored):
    """See that of each batch all is there or nothing."""
    for key in stored:
        n = int(key[1:].split(":")[0])
        assert {f"{letter}{n}:1" for letter in "mno"[: 1 + n % 3]} <= set(stored)


@pytest.mark.long
async def test_nothing_that_was_stored_is_lost_to_a_kill(database):
    await kill_while_storing(database, times=5, seed=1)


@pytest.mark.soak
async def test_nothing_that_was_stored_is_lost_to_a_hundred_kills(database):
    await kill_while_storing(database, times=100, seed=2)
