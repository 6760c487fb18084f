"""The chat platforms that can be asked for a message."""

from datetime import tzinfo

from bot.services.ports import Room, Snapshot


class Rooms:
    """The platforms that can be asked for a message, joined as they come up. Fulfils ports.Room."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}

    def join(self, platform: str, room: Room) -> None:
        """Have a platform asked, in place of its former connection."""
        self._rooms[platform] = room

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        """Return a message as it is now, from the platform that has it."""
        for room in self._rooms.values():
            found = await room.fetch(channel, message, zone)
            if found is not None:
                return found
        return None
