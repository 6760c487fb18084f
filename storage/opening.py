"""Opens the store wherever it is kept: in a file, in memory, or on a server by its address."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import SettingsError, StoreUnusable
from storage.metered import Metered, MeteredStore
from storage.store import SqliteStore

if TYPE_CHECKING:
    from bot.services.shards import Wanted
    from storage.postgresql.metered import MeteredPostgres


def on_server() -> "type[MeteredPostgres]":
    """Return the store on a server; raise StoreUnusable where its driver is not installed."""
    # Loaded here: a small machine does not have it.
    try:
        from storage.postgresql.metered import MeteredPostgres
    except ModuleNotFoundError as error:
        if error.name != "asyncpg":
            raise
        raise StoreUnusable("store.no-driver") from error
    return MeteredPostgres


def opened(
    where: Path | str | None, *, clock: Callable[[], int], shards: "Wanted | None" = None
) -> AbstractAsyncContextManager[Metered]:
    """Hold the database in a file, at the address of a server, or (None) in memory alone.

    `clock` gives microseconds since 1970. With `shards`, other processes have it, too, and others
    of the shards; only a server's can be shared. Raises StoreBusy if another process has it,
    StoreNewer if a newer version wrote it, StoreError if it cannot be used.
    """
    if isinstance(where, str):
        store = on_server()
        if shards is None:
            return store.open(where)
        # Loaded here: most have one process.
        from storage.postgresql.shared import SharedStore

        return SharedStore.join(where, shards)
    if shards is not None:
        raise SettingsError("settings.shards-need-server")
    return MeteredStore.open(where, clock=clock)


@asynccontextmanager
async def glanced(where: Path | str) -> AsyncIterator[SqliteStore | Metered]:
    """Look into a database that another process may have; nothing is to be written.

    Raises StoreError where it is none, or is not there yet.
    """
    if isinstance(where, str):
        async with on_server().glance(where) as store:
            yield store
        return
    async with SqliteStore.glance(where) as in_file:
        yield in_file
