"""Slack's messages as the values that the desk takes, and Slack's errors as ours."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unicodedata import normalize

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import mentions
from bot.core.events import Message
from bot.core.markup.slack import written_in
from bot.core.markup.slack_inline import Workspace
from bot.core.markup.slack_message import (
    MOST_TEXT,
    READ,
    SLACKBOT,
    edited_at,
    id_of,
    previews,
    thread_of,
    time_of,
)
from bot.errors import ChatClosed, ChatError, network_cause
from bot.services.chat.router import ALL
from bot.services.ports import Person, Preview, Reaction, Snapshot

PLATFORM = "slack"

# What Slack says where a thing may not be had, or is not there; all else may pass.
_CLOSED = frozenset({
    "cant_delete_message", "cant_update_message", "channel_not_found", "ekm_access_denied",
    "is_archived", "message_not_found", "missing_scope", "no_permission", "no_such_subteam",
    "not_in_channel", "plan_upgrade_required", "restricted_action", "thread_not_found",
    "user_not_found", "user_not_visible",
})  # fmt: skip

_BAD_TOKEN = frozenset({
    "account_inactive", "invalid_auth", "not_allowed_token_type", "not_authed", "token_expired",
    "token_revoked",
})  # fmt: skip

_WINDOW_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_exchanged"})

SOCKET_SCOPE = "connections:write"
"""The one scope that the app's own token wants; all others are the bot's."""

COMMAND_WORDS = frozenset(command.name.split()[0] for command in ALL)

_MENTIONED = re.compile(r"<@([A-Z0-9]{1,32})")
_ANGLE = re.compile(r"<([^<>]*)>")
_ID = re.compile(r"[A-Za-z0-9]{1,64}")
_CHANNEL, _USER = re.compile(r"[CG][A-Z0-9]{8,}"), re.compile(r"[UW][A-Z0-9]{8,}")


def workspace_of(team: str) -> str:
    """Return the name of a workspace in what is stored."""
    return f"{PLATFORM}:{team}"


def language(locale: object) -> str:
    """Return the language of ours that is nearest to a user's."""
    return "ja" if isinstance(locale, str) and locale.lower().startswith("ja") else "en"


def from_person(raw: Mapping[str, Any], me: str) -> bool:
    """Return whether a person wrote a message; bots and the system are not read."""
    by = raw.get("user")
    is_theirs = isinstance(by, str) and _ID.fullmatch(by) and by not in (me, SLACKBOT)
    return bool(is_theirs) and not raw.get("bot_id") and raw.get("subtype") in READ


def is_gone(raw: Mapping[str, Any]) -> bool:
    """Return whether a message is what Slack leaves of one that was deleted and has replies."""
    return raw.get("subtype") == "tombstone"


def mentioned(raw: Mapping[str, Any]) -> set[str]:
    """Return the users whom a message names, in its text and its blocks."""
    return set(_MENTIONED.findall(str(raw.get("text")))) | set(_named(raw.get("blocks"), "user_id"))


def channels_in(raw: Mapping[str, Any]) -> set[str]:
    """Return the channels that a message names in its blocks."""
    return set(_named(raw.get("blocks"), "channel_id"))


def _named(value: object, key: str) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _named(one, key)
    elif isinstance(value, dict):
        if isinstance(value.get(key), str) and _ID.fullmatch(value[key]):
            yield value[key]
        yield from _named(value.get("elements"), key)


def snapshot(
    raw: dict[str, Any],
    channel: str,
    workspace: Workspace,
    *,
    author: Person,
    guest: bool,
    reactions: tuple[Reaction, ...] | None = None,
    event_time: object = None,
    before: int | None = None,
) -> Snapshot | None:
    """Return a message's state, None for one without a time; `reactions` None: nothing is known.

    `event_time` is that of the event that brought it, `before` that at which it was asked for.
    """
    at = time_of(raw.get("ts"))
    if at is None:
        return None
    root = thread_of(raw)
    return Snapshot(
        message=Message(
            id=id_of(channel, raw["ts"]),
            channel=channel,
            at=at,
            by=author.id,
            text=written_in(raw, workspace)[:MOST_TEXT],
            stamp=edited_at(raw, event_time=event_time, before=before),
            reply_to=id_of(channel, root) if root else None,
            threaded=root is not None,
            guest=guest,
        ),
        author=author,
        reactions=reactions,
        previews=tuple(Preview(url, title) for url, title in previews(raw)),
    )


def trace(raw: Mapping[str, Any], channel: str) -> Snapshot | None:
    """Return what is left of a deleted message with replies: where it stood, and no more."""
    at = time_of(raw.get("ts"))
    if at is None:
        return None
    message = Message(id_of(channel, raw["ts"]), channel, at, SLACKBOT, "", at)
    return Snapshot(message, Person(SLACKBOT, "Slackbot"), reactions=None)


def typed(text: str) -> str:
    """Return what was typed behind a command, where Slack put ids and entities in its place."""

    def plain(found: re.Match[str]) -> str:
        named, _, shown = found[1].partition("|")
        if named.startswith("#"):
            return named[1:]
        if named.startswith("!subteam^"):
            return named.removeprefix("!subteam^")
        if named.startswith(("@", "!")):
            return "@" + (shown.removeprefix("@") or named[1:])
        return shown or named

    text = _ANGLE.sub(plain, text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def people_in(text: str) -> dict[str, str]:
    """Return the ids of the people mentioned in a command, by the name that `typed` leaves."""
    mentions = (found[1].partition("|") for found in _ANGLE.finditer(text))
    return {
        (shown.removeprefix("@") or named[1:]).casefold(): named[1:]
        for named, _, shown in mentions
        if named.startswith("@")
    }


def command_of(raw: Mapping[str, Any], me: str) -> str | None:
    """Return the command that a message gives by mentioning the app; None for any other message.

    It begins with the mention, and a command's first word follows.
    """
    named, _, text = str(raw.get("text") or "").strip().partition(">")
    if named.partition("|")[0] != f"<@{me}":
        return None
    line = typed(text).strip().lstrip("/／")
    words = line.removeprefix("rundown ").split(maxsplit=1)
    is_command = bool(words) and normalize("NFKC", words[0]).lower() in COMMAND_WORDS
    return f"/{line.removeprefix('rundown ')}" if is_command else None


def code_of(error: SlackApiError) -> str:
    """Return Slack's word for what went wrong, or the status of an answer without one."""
    response: Any = error.response
    data = getattr(response, "data", response)
    if isinstance(data, dict) and isinstance(data.get("error"), str):
        return str(data["error"])
    status = getattr(response, "status_code", getattr(response, "status", "?"))
    return str(status)


def _named_in_answers(what: str) -> str:
    if _CHANNEL.fullmatch(what):
        return mentions.channel(what)
    return mentions.hosts((), [what]) if _USER.fullmatch(what) else what


@contextmanager
def explained(what: object) -> Iterator[None]:
    """Turn Slack's refusals and failures about `what` into errors of ours.

    `what` is the id of a channel or of somebody, or what the request was for.
    """
    what = _named_in_answers(str(what))
    try:
        yield
    except SlackApiError as error:
        code = code_of(error)
        if code in _BAD_TOKEN:
            raise ChatError("slack.bad-token", code=code) from error
        scope = error.response.get("needed") if code == "missing_scope" else None
        if scope == SOCKET_SCOPE:
            raise ChatClosed("slack.app-scope") from error
        if scope:
            raise ChatClosed("slack.scope", what=what, scope=scope) from error
        if code in _WINDOW_LATE:
            raise ChatError("slack.window-late", code=code) from error
        if code in _CLOSED:
            raise ChatClosed("slack.closed", what=what, code=code) from error
        raise ChatError("slack.failed", what=what, code=code) from error
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        raise ChatError("slack.unreachable", what=what, why=network_cause(error)) from error
