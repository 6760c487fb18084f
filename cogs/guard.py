"""What Discord sends and the library cannot read: it may be newer than the library."""

import logging
from collections.abc import Callable
from typing import Any

import discord

_log = logging.getLogger(__name__)

_READ = {
    "id", "channel_id", "type", "content", "author", "webhook_id", "timestamp", "edited_timestamp",
    "mentions", "mention_roles", "embeds", "reactions", "message_reference", "message_snapshots",
    "flags",
}  # fmt: skip
"""What the bot reads of a message."""

_WANTED: dict[str, Any] = {
    "mentions": [],
    "mention_roles": [],
    "mention_everyone": False,
    "attachments": [],
    "components": [],
    "embeds": [],
    "pinned": False,
    "tts": False,
}
"""What the library wants of a message, and the bot does not need."""


def guard(client: discord.Client, read_again: Callable[[str, object], None]) -> None:
    """Let nothing that cannot be read end the connection, or keep the rest from being read.

    Of a message whose event cannot be read, its current state is asked for by `read_again`.
    """
    connection: Any = client._connection
    _guard_events(connection.parsers, read_again)
    connection.create_message = _reading(connection.create_message)


def _guard_events(
    parsers: dict[str, Callable[[Any], Any]], read_again: Callable[[str, object], None]
) -> None:
    def guarded(event: str, parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def read(data: Any) -> None:  # noqa: ANN401 - as the library has it
            if event == "INTERACTION_CREATE":
                _complete(data)
            try:
                if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
                    data = with_forwarded_names(data)
                parse(data)
            except Exception as error:  # noqa: BLE001 - whatever it is, others must still come
                _log.warning(
                    "event not read", extra={"event": event, "cause": type(error).__name__}
                )
                read_again(event, data)

        return read

    for event, parse in list(parsers.items()):
        if event not in ("READY", "RESUMED"):
            parsers[event] = guarded(event, parse)


def _reading(create: Callable[..., discord.Message]) -> Callable[..., discord.Message]:
    def read(*, channel: Any, data: Any) -> discord.Message:  # noqa: ANN401 - as the library has it
        try:
            return create(channel=channel, data=with_forwarded_names(data))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is tried without it
            identity = str(data.get("id"))
            _log.info("read in part", extra={"id": identity, "cause": type(error).__name__})
            return create(channel=channel, data=needed(data))

    return read


def with_forwarded_names(data: dict[str, Any]) -> dict[str, Any]:
    """Return a message that names also those whom the messages mention that it forwards.

    Discord names them in each snapshot, whose mentions the library leaves out
    (https://discord.com/developers/docs/resources/message#message-snapshot-object).
    """
    carried = [one.get("message") or {} for one in data.get("message_snapshots") or ()]
    named = [user for one in carried for user in one.get("mentions") or () if "username" in user]
    roles = [role for one in carried for role in one.get("mention_roles") or ()]
    if not named and not roles:
        return data
    unnamed = {"discriminator": "0", "avatar": None}
    users = {user["id"]: unnamed | user for user in (*named, *(data.get("mentions") or ()))}
    roles = list(dict.fromkeys([*(data.get("mention_roles") or ()), *roles]))
    return {**data, "mentions": list(users.values()), "mention_roles": roles}


def needed(data: dict[str, Any]) -> dict[str, Any]:
    """Return of a message what the bot reads, and of the rest what the library cannot do without.

    Polls, calls, files and whatever comes to be are left out: one that the library cannot read
    would keep a whole page of history from being read.
    """
    kept = _WANTED | {name: one for name, one in data.items() if name in _READ}
    if "message_snapshots" in kept:
        carried = [one["message"] for one in kept["message_snapshots"] if "message" in one]
        kept["message_snapshots"] = [{"message": needed(one)} for one in carried]
    return kept


def _complete(data: dict[str, Any]) -> None:
    """Fill in what the library wants of an interaction and not every server sends."""
    data.setdefault("version", 1)
    data.setdefault("attachment_size_limit", 10 * 1024 * 1024)
    data.setdefault("entitlements", [])
