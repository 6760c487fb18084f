"""Whether all is well on Slack is told from the first moment on, also before it is connected."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from bot.services.tasks import Supervisor
from bot.slack import run as slack_run
from tests.patience import until


class Leases:
    """A store of which another process may have the lease; `asked` is set when it was asked for."""

    def __init__(self, *, free: bool) -> None:
        self.free = free
        self.asked = asyncio.Event()
        self.answers = asyncio.Event()

    async def take(self, lease: str) -> bool:
        self.asked.set()
        await self.answers.wait()
        return self.free


@pytest.mark.parametrize("free", [True, False])
async def test_a_workspace_is_well_once_it_is_connected_or_another_process_is_in_it(
    monkeypatch: pytest.MonkeyPatch, free: bool
) -> None:
    connecting = asyncio.Event()

    async def never(*given: object, **more: object) -> object:
        connecting.set()
        return await asyncio.get_running_loop().create_future()

    monkeypatch.setattr(slack_run.SlackFront, "open", never)
    monkeypatch.setattr(slack_run, "TURN", 0.01)
    leases, told, stop = Leases(free=free), list[Callable[[], bool]](), asyncio.Event()
    backend: Any = SimpleNamespace(store=leases, supervisor=Supervisor(timer=lambda: 0))
    running = asyncio.create_task(
        slack_run.run(
            backend,
            pairs=[("xoxb-1", "xapp-1")],
            api="http://127.0.0.1:9",
            stop=stop,
            rooms=lambda name, room: None,
            state=told.append,
        )
    )
    await leases.asked.wait()
    (is_well,) = told
    assert not is_well()
    leases.answers.set()
    if not free:
        await until(is_well)
        leases.free = True
    await until(connecting.is_set)
    assert not is_well()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
