"""Several processes with one token write to GitHub no faster than one may, and wait together."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from unittest.mock import patch

import pytest

from bot.adapters.github.rate_limit import MINUTE, STEP, Time
from bot.adapters.github.shared_rate import HELD, WRITES, SharedRateLimiter
from bot.errors import StoreError
from bot.services.shards import Wanted
from bot.services.tasks import Supervisor
from storage.postgresql import shared
from storage.postgresql.shared import SharedStore
from tests.adapters.github.github_house import VirtualClock
from tests.patience import until
from tests.storage.databases import OnServer


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "_PAUSE", 0.02)


@asynccontextmanager
async def limiters(
    database: OnServer, clock: VirtualClock, ahead: Sequence[int], **most: int
) -> AsyncIterator[list[SharedRateLimiter]]:
    """Open limiters, each as in a process of its own, whose clock is so many seconds ahead."""

    async def now() -> float:
        return clock.now()

    async with AsyncExitStack() as stack:
        found = []
        for number, seconds in enumerate(ahead):
            wanted = Wanted.parse(f"{number}/{len(ahead)}")
            store = await stack.enter_async_context(SharedStore.join(database.where, wanted))
            stack.enter_context(patch.object(store, "now", now))
            time = Time(lambda more=seconds: clock() + more * 1_000_000, clock.sleep)
            one = SharedRateLimiter(time, store=store, supervisor=Supervisor(), **most)
            stack.push_async_callback(one.aclose)
            found.append(one)
        yield found


async def test_writes_of_all_processes_count_together(on_server: OnServer) -> None:
    clock, made = VirtualClock(), []
    async with limiters(on_server, clock, (0, 0, 0), a_minute=6, an_hour=1000) as three:

        async def write(limiter: SharedRateLimiter) -> None:
            for _ in range(7):
                await limiter.write()
                made.append(clock.now())

        await asyncio.gather(*map(write, three))
    made.sort()
    assert len(made) == 21
    for number, at in enumerate(made):
        assert sum(at <= other < at + MINUTE for other in made[number:]) <= 6


async def test_what_github_asks_of_one_all_do(on_server: OnServer) -> None:
    clock = VirtualClock()
    async with limiters(on_server, clock, (0, 0)) as (first, second):
        first.hold(120)
        await until(lambda: second.held() > 0)
        assert second.held() == pytest.approx(120)
        await second.write()
        assert clock.slept == [pytest.approx(120)]
        second.hold(10 * STEP)
        await until(lambda: first.held() > 0)
        assert first.held() <= STEP


async def test_who_starts_later_waits_with_the_others(on_server: OnServer) -> None:
    clock = VirtualClock()
    async with limiters(on_server, clock, (0,)) as (first,):
        first.hold(120)
        await until(lambda: not first._tasks)
    async with limiters(on_server, clock, (0,)) as (later,):
        await until(lambda: later.held() > 0)


async def test_clocks_of_several_machines_need_not_agree(on_server: OnServer) -> None:
    clock = VirtualClock()
    async with limiters(on_server, clock, (9_000, 0, -9_000), a_minute=2) as three:
        for limiter in three:
            await limiter.write()
        assert clock.slept == [pytest.approx(MINUTE)]
        three[0].hold(120)
        await until(lambda: all(one.held() > 0 for one in three))
        assert [one.held() for one in three] == [pytest.approx(120)] * 3


async def test_while_the_database_is_away_each_counts_for_itself(
    on_server: OnServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = VirtualClock()
    async with limiters(on_server, clock, (0,), a_minute=2) as (limiter,):
        await limiter.write()

        async def away(*_: object) -> None:
            raise StoreError("store.away", file="PostgreSQL")

        monkeypatch.setattr(limiter._store, "state", away)
        await limiter.write()
        assert clock.slept == []
        await limiter.write()
        assert clock.slept == [pytest.approx(MINUTE)]
    assert await on_server.rows(
        f"SELECT count(*) FROM notes WHERE area IN ('{WRITES}', '{HELD}')"  # noqa: S608
    ) == [(1,)]
