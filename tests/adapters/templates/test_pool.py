"""Shows share the machine and not their profiles' faults."""

import asyncio
from pathlib import Path

import pytest

from bot.adapters.templates.client import TemplateWorker
from bot.adapters.templates.pool import TemplatePool
from bot.core.model import Job
from tests.patience import LONGEST

SLOW = "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}"


def job(template: str) -> Job:
    return Job(template, {}, "draft.md.j2", 1)


async def test_slow_renders_of_one_show_keep_no_other_from_rendering():
    async with TemplatePool(at_once=2, seconds=LONGEST) as pool:
        slow = [asyncio.create_task(pool.of("slow").render([job(SLOW)])) for _ in range(5)]
        await asyncio.sleep(0.05)
        assert await pool.of("quick").render([job("here")]) == ["here"]
        assert not any(task.done() for task in slow[1:])
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)


async def test_as_many_shows_render_at_once_as_there_are_turns():
    async with TemplatePool(at_once=2, kept=3, seconds=0.5) as pool:
        renders = (pool.of(f"show {n}").render([job(f"{n}")]) for n in range(9))
        assert await asyncio.gather(*renders) == [[f"{n}"] for n in range(9)]
        assert len(pool._workers) == 3
        assert pool._queues.keys() <= pool._workers.keys()


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="no /proc to look at")
async def test_the_system_ends_what_uses_more_processor_time_than_it_may():
    async with TemplateWorker(seconds=1.0) as worker:
        await worker.render([job("a")])
        assert worker._process is not None
        limits = Path(f"/proc/{worker._process.pid}/limits").read_text()  # noqa: ASYNC240
    (line,) = [one for one in limits.splitlines() if one.startswith("Max cpu time")]
    assert 2 <= int(line.split()[3]) <= 5
