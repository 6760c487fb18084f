"""Background tasks end with their owner and tell of their errors; pauses grow and start over."""

import asyncio
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.services import tasks as module
from bot.services.tasks import (
    LASTING,
    BackgroundTasks,
    Backoff,
    Supervisor,
    cut_off,
    do_until,
    wait_for,
)
from tests.patience import LONGEST


async def forever() -> None:
    await asyncio.Event().wait()


async def test_a_task_runs_by_itself_and_is_forgotten_once_it_is_done():
    tasks, done = BackgroundTasks[None]("test"), asyncio.Event()

    async def work() -> None:
        done.set()

    tasks.start(work())
    assert len(tasks) == 1
    await tasks.wait_idle()
    assert done.is_set()
    assert list(tasks) == []


async def test_an_error_is_logged_with_the_name_of_its_owner(caplog):
    tasks = BackgroundTasks[None]("panels")

    async def work() -> None:
        raise ValueError("broken")

    with caplog.at_level(logging.ERROR):
        tasks.start(work())
        await tasks.wait_idle()
        await asyncio.sleep(0)
    (record,) = caplog.records
    assert record.task == "panels"
    assert isinstance(record.exc_info[1], ValueError)


async def test_an_error_of_what_is_awaited_is_raised_there_and_not_logged_too(caplog):
    async def fail() -> None:
        raise StoreError("store.full", file="db")

    task = BackgroundTasks[None]("test", awaited=True).start(fail())
    with pytest.raises(StoreError):
        await task
    assert caplog.records == []


async def test_a_task_that_was_cancelled_is_no_error(caplog):
    tasks = BackgroundTasks[None]("test")
    tasks.start(forever())
    await tasks.aclose()
    assert caplog.records == []


async def test_a_key_has_one_task_at_a_time():
    tasks = BackgroundTasks[None]("test")
    first = tasks.ensure("a", forever)
    assert tasks.ensure("a", forever) is first
    assert tasks.ensure("b", forever) is not first
    assert "a" in tasks
    await tasks.cancel(["a", "c"])
    assert "a" not in tasks
    assert "b" in tasks
    assert tasks.ensure("a", forever) is not first
    await tasks.aclose()


async def test_a_key_is_free_for_another_task_as_soon_as_its_task_is_done():
    tasks, runs = BackgroundTasks[None]("test"), []

    async def work() -> None:
        runs.append(1)

    await tasks.ensure("a", work)
    await tasks.ensure("a", work)
    assert len(runs) == 2


async def test_nothing_is_held_of_a_task_that_is_done_and_one_that_took_its_key_stays():
    tasks = BackgroundTasks[None]("test")

    async def work() -> None:
        pass

    first = tasks.ensure("a", work)
    first.add_done_callback(lambda _: tasks.ensure("a", forever))
    tasks.start(work())
    await first
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert list(tasks._tasks) == ["a"]
    assert "a" in tasks
    await tasks.aclose()
    await asyncio.sleep(0)
    assert tasks._tasks == {}


async def test_waiting_includes_what_was_started_meanwhile_and_ends_in_time():
    tasks, ended = BackgroundTasks[None]("test"), []

    async def second() -> None:
        await asyncio.sleep(0)
        ended.append(2)

    async def first() -> None:
        tasks.start(second())

    tasks.start(first())
    await tasks.wait_idle()
    assert ended == [2]
    tasks.start(forever())
    await tasks.wait_idle(0.01)
    assert len(tasks) == 1
    await tasks.aclose()


async def test_closing_ends_also_what_a_cancelled_task_starts():
    tasks = BackgroundTasks[None]("test")

    async def stubborn() -> None:
        try:
            await forever()
        finally:
            tasks.start(forever())

    tasks.start(stubborn())
    await asyncio.sleep(0)
    await tasks.aclose()
    assert len(tasks) == 0


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=8), st.integers(1, 20))
def test_pauses_come_in_their_order_and_the_last_one_stays(pauses, count):
    backoff = Backoff(pauses)
    given_out = [backoff.next() for _ in range(count)]
    assert given_out == [*pauses, *[pauses[-1]] * count][:count]


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=8), st.integers(0, 20))
def test_after_a_healthy_while_or_a_success_the_first_pause_comes_again(pauses, failures):
    backoff = Backoff(pauses, healthy=600)
    for _ in range(failures):
        backoff.next(held=600)
    assert backoff.next(held=601) == pauses[0]
    backoff.reset()
    assert backoff.next() == pauses[0]


async def test_what_is_cut_off_ends_although_it_lost_a_cancellation(monkeypatch):
    monkeypatch.setattr(module, "AGAIN", 0.01)
    lost = []

    async def loses_the_first() -> None:
        try:
            await forever()
        except asyncio.CancelledError:
            lost.append(1)
        await forever()

    task = asyncio.create_task(loses_the_first())
    await asyncio.sleep(0)
    async with asyncio.timeout(LONGEST):
        await cut_off([task])
    assert task.cancelled() and lost == [1]


@pytest.mark.parametrize("comes", [True, False])
async def test_waiting_for_an_event_tells_whether_it_came(comes):
    event = asyncio.Event()
    if comes:
        asyncio.get_running_loop().call_soon(event.set)
    assert await wait_for(event, LONGEST if comes else 0.01) is comes


async def test_work_is_done_until_an_event_is_set_or_its_time_is_over():
    stop, ended = asyncio.Event(), list[str]()

    async def work() -> None:
        try:
            await forever()
        finally:
            ended.append("work")

    assert not await do_until(stop, work(), seconds=0.01)
    doing = asyncio.create_task(do_until(stop, work()))
    await asyncio.sleep(0)
    stop.set()
    assert not await asyncio.wait_for(doing, LONGEST)
    assert ended == ["work", "work"]


async def test_work_that_was_done_in_time_is_told_of_with_its_error():
    stop = asyncio.Event()
    assert await do_until(stop, asyncio.sleep(0))

    async def fail() -> None:
        raise KeyError("ours")

    with pytest.raises(KeyError, match="ours"):
        await do_until(stop, fail())


@pytest.mark.parametrize("error", [StoreError("store.full", file="x.db"), KeyError("ours")])
async def test_work_that_fails_is_done_again_until_it_succeeds(error, monkeypatch, caplog):
    monkeypatch.setattr(module, "RETRY_PAUSES", (0.0,))
    supervisor, left = Supervisor(), [error, error]

    async def work() -> str:
        if left:
            raise left.pop()
        return "done"

    assert await supervisor.persist("panels", work) == "done"
    assert [record.task for record in caplog.records] == ["panels", "panels"]
    assert supervisor.is_well()


def test_only_what_fails_for_long_is_told_of_and_no_longer_than_it_fails():
    now = [0.0]
    supervisor = Supervisor(timer=lambda: now[0])
    supervisor.failed("drafts", ValueError("broken"))
    now[0] = LASTING - 1
    assert supervisor.is_well()
    supervisor.failed("panels", ValueError("broken"))
    supervisor.failed("drafts", ValueError("broken"))
    now[0] = LASTING
    assert supervisor.lasting() == ["drafts"]
    supervisor.succeeded("drafts")
    assert supervisor.is_well()
