"""What of a platform's channels is known to have been read, kept in the store's state."""

from bot.services.ports import Store


class BackfillState:
    """Until when nothing was missed, and the channels of which something is left to be read."""

    def __init__(self, store: Store, platform: str) -> None:
        self._store = store
        self._platform = platform
        self._owed: dict[str, int] | None = None

    async def alive(self) -> int | None:
        """Return the time until which nothing was missed; None before the first start."""
        noted = (await self._store.state("alive")).get(self._platform)
        return int(noted) if noted is not None else None

    async def note_alive(self, at: int) -> None:
        """Note that nothing was missed until a time, but for what is owed."""
        await self._store.put_state("alive", self._platform, str(at))

    async def owed(self) -> dict[str, int]:
        """Return the channels that were not read whole, each with the time since when."""
        if self._owed is None:
            noted = await self._store.state(self._area)
            self._owed = {channel: int(since) for channel, since in noted.items()}
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
        return f"owed {self._platform}"
