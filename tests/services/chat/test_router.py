"""Who may change what: hosts of the workspace in which a channel is watched, and nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.app.app import clock
from bot.errors import CommandError
from bot.services.chat.router import CommandRouter
from bot.services.watched_channels import Caller, Watched, WatchedChannels
from storage.store import SqliteStore


@pytest.fixture
async def router(tmp_path: Path) -> AsyncIterator[CommandRouter]:
    async with SqliteStore.open(tmp_path / "rundown.db", clock=clock) as store:
        channels = await WatchedChannels.open(store)
        await channels.watch(Watched(channel="notes", workspace="ours", show="show"))
        unused: Any = None
        yield CommandRouter(
            shows=SimpleNamespace(channels=channels),  # type: ignore[arg-type]
            setup=unused,
            panels=unused,
            enter=unused,
            backfill=unused,
            complete=unused,
        )


def caller(workspace: str, **more: Any) -> Caller:
    return Caller(workspace=workspace, user="U1", writes=True, **more)


def test_a_host_of_the_workspace_may(router: CommandRouter) -> None:
    router.check_host("notes", caller("ours"))


@pytest.mark.parametrize("manages", [False, True])
def test_a_host_of_another_workspace_may_not(router: CommandRouter, manages: bool) -> None:
    with pytest.raises(CommandError) as refused:
        router.check_host("notes", caller("theirs", manages=manages))
    assert refused.value.args[0] == "shows.no-host"


def test_nobody_is_a_host_where_nothing_is_watched(router: CommandRouter) -> None:
    with pytest.raises(CommandError):
        router.check_host("elsewhere", caller("ours", manages=True))
