"""No thread waits for a program that we start."""

import asyncio
import os
import sys
import threading

import pytest

from bot.app.child_watcher import watch_by_pidfd


@pytest.fixture(autouse=True)
def _restored():
    before = asyncio.get_event_loop_policy()
    asyncio.set_event_loop_policy(None)
    yield
    asyncio.set_event_loop_policy(before)


async def _end_of_a_program() -> tuple[int, int]:
    """Return the exit code of a program, and how many threads there were while it ran."""
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import sys; sys.exit(int(sys.stdin.read()))",
        stdin=asyncio.subprocess.PIPE,
    )  # fmt: skip
    threads = threading.active_count()
    await program.communicate(b"7")
    assert program.returncode is not None
    return program.returncode, threads


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux alone has it")
def test_a_program_s_end_is_heard_of_without_a_thread():
    before = threading.active_count()
    watch_by_pidfd()
    assert asyncio.run(_end_of_a_program()) == (7, before)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python looks by itself")
def test_where_the_system_does_not_allow_it_a_thread_waits(monkeypatch: pytest.MonkeyPatch):
    def refused(_: int, flags: int = 0) -> int:
        raise PermissionError

    before = threading.active_count()
    monkeypatch.setattr(os, "pidfd_open", refused, raising=False)
    watch_by_pidfd()
    assert asyncio.run(_end_of_a_program()) == (7, before + 1)
