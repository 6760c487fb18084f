"""Shows share the machine and not their profiles' faults."""

import asyncio
import resource

import pytest

from bot.adapters.templates.client import TemplateWorker
from bot.adapters.templates.pool import TemplatePool
from bot.core.model import Job
from bot.errors import TemplateError

SLOW = "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}"


def job(template: str) -> Job:
    return Job(template, {}, "draft.md.j2", 1)


async def test_slow_renders_of_one_show_keep_no_other_from_rendering():
    async with TemplatePool(at_once=2, seconds=0.5) as pool:
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
        assert list(pool._workers) == [*pool._queues]


async def test_what_runs_long_in_c_is_ended_by_the_system():
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    async with TemplateWorker(seconds=1.0) as worker:
        with pytest.raises(TemplateError):
            await worker.render([job("{{ 3 ** (3 ** 18) }}")])
        assert await worker.render([job("next")]) == ["next"]
    # One to use, up to two until the system has counted whole seconds, and two starts.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 4.2
