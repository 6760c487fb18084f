"""What Slack's raw messages and users say, the same in an export, an event and a history."""

import re
from collections.abc import Iterator
from typing import Any

from bot.core.markup import emoji
from bot.core.markup.slack_inline import unescape

READ = frozenset({None, "me_message", "file_share", "thread_broadcast", "reply_broadcast"})
"""The subtypes of messages that people write."""

SLACKBOT = "USLACKBOT"
"""A bot which says of itself that it is none."""

SECOND = 1_000_000

MOST_TEXT = 100_000
"""Characters in a message; Slack's own limit is 40,000."""

_TIME = re.compile(r"(\d{9,10})\.(\d{1,6})")  # from 1973 to 2286


def time_of(value: object) -> int | None:
    """Return a time of Slack's in microseconds since 1970; None for what is none."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) * 1_000_000 + int(match[2].ljust(6, "0")) if match else None


def edited_at(raw: dict[str, Any], *, event_time: object = None, before: int | None = None) -> int:
    """Return when a message got the state that it has, in microseconds since 1970; 0 for no time.

    Slack tells the whole second of an edit alone. An event's own time (`event_time`) within that
    second tells more; else the state is the last one of its second, or of the time `before` which
    it was read, so that of several edits in a second the last one counts.
    """
    at = time_of(raw.get("ts")) or 0
    edited = time_of(dict_of(raw.get("edited")).get("ts"))
    if edited is None:
        return at
    end = edited // SECOND * SECOND + SECOND - 1
    moment = time_of(event_time)
    if moment is not None and moment <= end:
        end = max(edited, moment)
    elif before is not None:
        end = max(edited, min(end, before))
    return max(at, end)


def stamp_of(at: int) -> str:
    """Write a time in microseconds since 1970 as Slack does."""
    return f"{at // 1_000_000:010}.{at % 1_000_000:06}"


def id_of(channel: str, stamp: str) -> str:
    """Return the id of a message: Slack's times are its own within a channel alone."""
    return f"{channel}:{stamp}"


def split_id(message: str) -> tuple[str, str] | None:
    """Return channel and time of a message's id; None for another platform's."""
    channel, colon, stamp = message.partition(":")
    return (channel, stamp) if colon and time_of(stamp) is not None else None


def thread_of(raw: dict[str, Any]) -> str | None:
    """Return the time of the message that a thread's message replies to; None for any other."""
    root = raw.get("thread_ts")
    return root if isinstance(root, str) and root != raw.get("ts") else None


def shown(user: dict[str, Any]) -> str:
    """Return the name that Slack shows of somebody; most of it stands in the profile."""
    profile = dict_of(user.get("profile"))
    names = (
        profile.get("display_name"),
        user.get("display_name"),
        profile.get("real_name"),
        user.get("real_name"),
        user.get("name"),
    )
    return next((name for name in names if isinstance(name, str) and name.strip()), "")


def previews(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield address and title of the links that Slack shows previews of."""
    for part in dicts_of(raw.get("attachments")):
        title = part.get("title")
        addresses = (part.get(key) for key in ("from_url", "original_url", "title_link"))
        url = next((address for address in addresses if isinstance(address, str) and address), None)
        if url is not None and isinstance(title, str) and title.strip():
            yield unescape(url), unescape(title.strip())


def mark_of(name: object) -> str | None:
    """Return the character of a reaction by its name; None for a workspace's own."""
    mark = emoji.character(name) if isinstance(name, str) else None
    return emoji.plain(mark) if mark is not None else None


def dict_of(value: object) -> dict[str, Any]:
    """Return a JSON object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def dicts_of(value: object) -> list[dict[str, Any]]:
    """Return the objects in a JSON array, none for anything else."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
