"""What of a platform's channels is known to have been read, kept in the store's state."""

from collections.abc import Callable

from bot.services.ports import Store

ALIVE = "alive"
"""Where the store has until when nothing was missed, by platform."""

OWED = "owed "
"""How the areas begin that have what is left to be read, each of one platform or workspace."""


class BackfillState:
    """Until when nothing was missed, and the channels of which something is left to be read."""

    def __init__(
        self,
        store: Store,
        platform: str,
        *,
        part: str = "",
        has: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """Keep what is known of a platform, or, where others have the rest, of a `part` of it.

        `has` says which channels are ours.
        """
        self._store = store
        self._platform = platform
        self._name = f"{platform} {part}" if part else platform
        self._has = has
        self._owed: dict[str, int] | None = None

    async def alive(self) -> int | None:
        """Return the time until which nothing was missed; None before the first start."""
        noted = await self._store.state(ALIVE)
        if self._name in noted:
            return int(noted[self._name])
        # Parts that were cut otherwise: nothing was missed until the first of them ended.
        others = [at for name, at in noted.items() if name.split(" ")[0] == self._platform]
        return min(map(int, others), default=None)

    async def note_alive(self, at: int) -> None:
        """Note that nothing was missed until a time, but for what is owed."""
        await self._store.put_state(ALIVE, self._name, str(at))

    async def owed(self) -> dict[str, int]:
        """Return the channels that were not read whole, each with the time since when."""
        if self._owed is None:
            noted = await self._store.state(self._area)
            self._owed = {
                channel: int(since) for channel, since in noted.items() if self._has(channel)
            }
        return self._owed

    async def owe(self, channel: str, since: int) -> None:
        """Note that a channel is to be read whole since a time, or since an earlier one noted."""
        owed = await self.owed()
        since = min(since, owed.get(channel, since))
        if owed.get(channel) != since:
            await self._store.put_state(self._area, channel, str(since))
            owed[channel] = since

    async def pay(self, channel: str) -> None:
        """Note that a channel was read whole."""
        owed = await self.owed()
        if channel in owed:
            await self._store.drop_state(self._area, channel)
            owed.pop(channel, None)

    @property
    def _area(self) -> str:
        return f"{OWED}{self._platform}"
