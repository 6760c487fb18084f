"""Raw messages read with the names of whom they mention."""

from datetime import tzinfo
from typing import Any

from bot.services.ports import Person, Reaction, Snapshot
from bot.slack.people import SlackPeople
from bot.slack.translate import channels_in, command_of, from_person, mentioned, snapshot


class MessageReader:
    """Reads the messages of one workspace; `me` is the app's own user."""

    def __init__(self, *, people: SlackPeople, me: str) -> None:
        self.people = people
        self.me = me

    async def snapshot(
        self,
        raw: dict[str, Any],
        channel: str,
        zone: tzinfo,
        reactions: tuple[Reaction, ...] | None = None,
        *,
        event_time: object = None,
        before: int | None = None,
    ) -> Snapshot | None:
        """Return a message's state; None for what no person wrote, and for a command.

        `event_time` is that of the event that brought it, `before` that at which it was asked for.
        """
        if not from_person(raw, self.me) or command_of(raw, self.me) is not None:
            return None
        users = {raw["user"], *mentioned(raw)}
        workspace = await self.people.names(users, channels_in(raw), zone)
        author = Person(raw["user"], workspace.users.get(raw["user"], raw["user"]))
        guest = not await self.people.is_host(raw["user"])
        return snapshot(
            raw,
            channel,
            workspace,
            author=author,
            guest=guest,
            reactions=reactions,
            event_time=event_time,
            before=before,
        )
