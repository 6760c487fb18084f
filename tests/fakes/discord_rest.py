"""Discord's REST routes over the local server's world, each request and reply checked."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes import discord_rules
from tests.fakes.discord_shapes import Channel, Post

if TYPE_CHECKING:
    from tests.fakes.discord import LocalDiscord

Handler = Callable[[web.Request, Any], Awaitable[tuple[int, Any]]]

LIMIT = 50
"""Requests that a bucket takes before it is empty, as its headers say."""


class Refused(Exception):  # noqa: N818 - what Discord says no to
    def __init__(self, status: int, code: int, message: str) -> None:
        self.status, self.code, self.message = status, code, message


UNKNOWN_CHANNEL = Refused(404, 10003, "Unknown Channel")
UNKNOWN_MESSAGE = Refused(404, 10008, "Unknown Message")
NO_ACCESS = Refused(403, 50001, "Missing Access")
NOT_PRIVATE = Refused(403, 50007, "Cannot send messages to this user")
NO_PERMISSION = Refused(403, 50013, "Missing Permissions")
NO_MESSAGES = Refused(400, 50024, "Cannot execute action on this channel type")


class Rest:
    """Answers requests; what was asked is in `asked`, what broke the rules in `faults`."""

    def __init__(self, discord: "LocalDiscord") -> None:
        self._discord = discord
        self.asked: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self.check = True
        self.trouble: Callable[[str, str], web.Response | None] = lambda method, path: None
        self.after: Callable[[str, str], None] = lambda method, path: None
        self.cuts: list[tuple[str, str, str]] = []
        """Connections that break under requests to come: method, path, and before or after."""

    def routes(self) -> list[web.RouteDef]:
        message = "/channels/{channel_id}/messages/{message_id}"
        hook = "/webhooks/{webhook_id}/{webhook_token}"
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/gateway/bot", self._gateway),
            ("GET", "/users/@me", self._me),
            ("GET", "/oauth2/applications/@me", self._application),
            ("GET", "/applications/@me", self._application),
            ("PUT", "/applications/{application_id}/commands", self._commands),
            ("GET", "/channels/{channel_id}", self._channel),
            ("GET", "/channels/{channel_id}/messages", self._history),
            ("POST", "/channels/{channel_id}/messages", self._send),
            ("GET", message, self._message),
            ("PATCH", message, self._edit),
            ("DELETE", message, self._delete),
            ("PUT", message + "/reactions/{emoji_name}/@me", self._react),
            ("DELETE", message + "/reactions/{emoji_name}/@me", self._unreact),
            ("GET", message + "/reactions/{emoji_name}", self._reactors),
            ("GET", "/channels/{channel_id}/threads/archived/public", self._archived),
            ("GET", "/guilds/{guild_id}", self._guild),
            ("GET", "/guilds/{guild_id}/threads/active", self._active),
            ("GET", "/guilds/{guild_id}/members/{user_id}", self._member),
            ("POST", "/users/@me/channels", self._private),
            ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", self._callback),
            ("POST", hook, self._follow_up),
            ("GET", hook + "/messages/@original", self._original),
            ("PATCH", hook + "/messages/@original", self._edit_original),
            ("DELETE", hook + "/messages/@original", self._delete_original),
        ]
        return [
            web.route(method, "/api/v10" + path, self._checked(method, path, handler))
            for method, path, handler in table
        ]

    def _checked(
        self, method: str, path: str, handler: Handler
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            self.asked.append((method, path))
            body = await _body(request)
            if self._is_cut(request, method, path, "before"):
                return web.Response()
            is_hook = path.startswith(("/webhooks", "/interactions"))
            if not is_hook and request.headers.get("Authorization") != f"Bot {self._discord.token}":
                return _json(401, {"code": 0, "message": "401: Unauthorized"})
            if (trouble := self.trouble(method, path)) is not None:
                return trouble
            files = body.pop("_files", {}) if isinstance(body, dict) else {}
            if body is not None and self.check:
                self._note(f"{method} {path}", discord_rules.faults(path, method, body))
            if files:
                body["_files"] = files
            try:
                status, reply = await handler(request, body)
            except Refused as refused:
                return _json(refused.status, {"code": refused.code, "message": refused.message})
            if reply is not None and self.check:
                what = f"{method} {path} gives {status}"
                self._note(what, discord_rules.faults(path, method, reply, status))
            self.after(method, path)
            if self._is_cut(request, method, path, "after"):
                return web.Response()
            return _json(status, reply, bucket=f"{method}{path}")

        return answer

    def _is_cut(self, request: web.Request, method: str, path: str, when: str) -> bool:
        """Break the connection of a request, if it is told to: `when` it is not done, or done."""
        cut = (method, path, when)
        if cut not in self.cuts:
            return False
        self.cuts.remove(cut)
        assert request.transport is not None
        request.transport.abort()
        return True

    def _note(self, what: str, faults: list[str]) -> None:
        self.faults += [f"{what}: {fault}" for fault in faults]

    # --- the application -----------------------------------------------------------------------

    async def _gateway(self, request: web.Request, body: Any) -> tuple[int, Any]:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        shards = self._discord.shards
        return 200, {
            "url": self._discord.gateway_url,
            "shards": shards,
            "session_start_limit": limit,
        }

    async def _me(self, request: web.Request, body: Any) -> tuple[int, Any]:
        return 200, self._discord.me.shape() | {"mfa_enabled": False, "locale": "en-US"}

    async def _application(self, request: web.Request, body: Any) -> tuple[int, Any]:
        return 200, self._discord.application()

    async def _commands(self, request: web.Request, body: Any) -> tuple[int, Any]:
        commands = [
            {
                "id": str(700 + number),
                "application_id": str(self._discord.me.id),
                "version": "1",
                "type": 1,
                "description": "",
                **{name: value for name, value in one.items() if value is not None},
                "default_member_permissions": _text(one.get("default_member_permissions")),
            }
            for number, one in enumerate(body)
        ]
        self._discord.commands = commands
        return 200, commands

    # --- channels and messages -----------------------------------------------------------------

    def _known(self, request: web.Request) -> Channel:
        channel = self._discord.channels.get(int(request.match_info["channel_id"]))
        if channel is None:
            raise UNKNOWN_CHANNEL
        if channel.closed:
            raise NO_ACCESS
        return channel

    def _post(self, request: web.Request) -> Post:
        channel = self._known(request)
        post = self._discord.posts[channel.id].get(int(request.match_info["message_id"]))
        if post is None:
            raise UNKNOWN_MESSAGE
        return post

    def _shape(self, post: Post) -> dict[str, Any]:
        return self._discord.shown(post)

    async def _channel(self, request: web.Request, body: Any) -> tuple[int, Any]:
        return 200, self._known(request).shape()

    async def _history(self, request: web.Request, body: Any) -> tuple[int, Any]:
        channel = self._known(request)
        if channel.type in (15, 16):
            raise NO_MESSAGES
        posts = sorted(self._discord.posts[channel.id].values(), key=lambda one: one.id)
        limit = int(request.query.get("limit", "50"))
        if (after := request.query.get("after")) is not None:
            page = [one for one in posts if one.id > int(after)][:limit]
        else:
            before = int(request.query.get("before", str(1 << 63)))
            page = [one for one in posts if one.id < before][-limit:]
        return 200, [self._shape(one) for one in reversed(page)]

    async def _send(self, request: web.Request, body: Any) -> tuple[int, Any]:
        channel = self._known(request)
        if channel.type in (15, 16):
            raise NO_MESSAGES
        if channel.mute:
            raise NO_PERMISSION
        if channel.type == 1 and not self._discord.takes_private:
            raise NOT_PRIVATE
        return 200, self._shape(await self._discord.bot_says(channel.id, body))

    async def _message(self, request: web.Request, body: Any) -> tuple[int, Any]:
        return 200, self._shape(self._post(request))

    async def _edit(self, request: web.Request, body: Any) -> tuple[int, Any]:
        post = self._post(request)
        if post.author.id != self._discord.me.id:
            raise Refused(403, 50005, "Cannot edit a message authored by another user")
        await self._discord.bot_edits(post, body)
        return 200, self._shape(post)

    async def _delete(self, request: web.Request, body: Any) -> tuple[int, Any]:
        post = self._post(request)
        await self._discord.delete(post.id)
        return 204, None

    # --- reactions -----------------------------------------------------------------------------

    async def _react(self, request: web.Request, body: Any) -> tuple[int, Any]:
        post = self._post(request)
        await self._discord.react(self._discord.me, post.id, request.match_info["emoji_name"])
        return 204, None

    async def _unreact(self, request: web.Request, body: Any) -> tuple[int, Any]:
        post = self._post(request)
        await self._discord.unreact(self._discord.me, post.id, request.match_info["emoji_name"])
        return 204, None

    async def _reactors(self, request: web.Request, body: Any) -> tuple[int, Any]:
        post, is_burst = self._post(request), request.query.get("type") == "1"
        kind = post.bursts if is_burst else post.reactions
        users = kind.get(request.match_info["emoji_name"], [])
        after = int(request.query.get("after", "0"))
        limit = int(request.query.get("limit", "25"))
        page = sorted(one for one in users if one > after)[:limit]
        return 200, [self._discord.users[one].shape() for one in page]

    # --- threads and members -------------------------------------------------------------------

    async def _archived(self, request: web.Request, body: Any) -> tuple[int, Any]:
        parent = self._known(request)
        found = [
            one.shape()
            for one in self._discord.channels.values()
            if one.parent == parent.id and one.archived
        ]
        return 200, {"threads": found, "members": [], "has_more": False}

    async def _active(self, request: web.Request, body: Any) -> tuple[int, Any]:
        guild = int(request.match_info["guild_id"])
        found = [
            one.shape()
            for one in self._discord.channels.values()
            if one.guild == guild and one.parent is not None and not one.archived
        ]
        return 200, {"threads": found, "members": [], "has_more": False}

    async def _guild(self, request: web.Request, body: Any) -> tuple[int, Any]:
        guild = self._discord.guilds[int(request.match_info["guild_id"])]
        return 200, guild.shape([], self._discord.me) | {"incidents_data": None}

    async def _private(self, request: web.Request, body: Any) -> tuple[int, Any]:
        user = self._discord.users[int(body["recipient_id"])]
        channel = self._discord.private(user)
        return 200, {
            "id": str(channel.id),
            "type": 1,
            "flags": 0,
            "last_message_id": None,
            "recipients": [user.shape()],
        }

    async def _member(self, request: web.Request, body: Any) -> tuple[int, Any]:
        user = self._discord.users.get(int(request.match_info["user_id"]))
        if user is None:
            raise Refused(404, 10007, "Unknown Member")
        return 200, user.member()

    # --- interactions --------------------------------------------------------------------------

    async def _callback(self, request: web.Request, body: Any) -> tuple[int, Any]:
        asked = self._discord.interaction(request.match_info["interaction_token"])
        reply = await asked.first(body)
        if request.query.get("with_response") not in ("true", "1"):
            return 204, None
        return 200, reply

    async def _follow_up(self, request: web.Request, body: Any) -> tuple[int, Any]:
        asked = self._discord.interaction(request.match_info["webhook_token"])
        return 200, self._shape(await asked.follow(body))

    async def _original(self, request: web.Request, body: Any) -> tuple[int, Any]:
        asked = self._discord.interaction(request.match_info["webhook_token"])
        if asked.original is None:
            raise UNKNOWN_MESSAGE
        return 200, self._shape(asked.original)

    async def _edit_original(self, request: web.Request, body: Any) -> tuple[int, Any]:
        asked = self._discord.interaction(request.match_info["webhook_token"])
        return 200, self._shape(await asked.edit(body))

    async def _delete_original(self, request: web.Request, body: Any) -> tuple[int, Any]:
        asked = self._discord.interaction(request.match_info["webhook_token"])
        await asked.take_back()
        return 204, None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


async def _body(request: web.Request) -> Any:
    """Read a body as JSON: by itself, or as the `payload_json` of a form with files.

    Discord takes numbers for ids, its description does not: they are made text here.
    """
    if request.content_type == "application/json":
        text = await request.text()
        body = json.loads(text) if text else None
        if isinstance(body, dict) and "recipient_id" in body:
            body["recipient_id"] = str(body["recipient_id"])
        if isinstance(body, dict) and (reference := body.get("message_reference")):
            for name in ("message_id", "channel_id", "guild_id"):
                if name in reference:
                    reference[name] = str(reference[name])
        return body
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        body = json.loads(str(form.get("payload_json", "{}")))
        files = [one for one in form.values() if isinstance(one, web.FileField)]
        texts = {str(n): one.file.read().decode("utf-8") for n, one in enumerate(files)}
        for part in (body, body.get("data") or {}):
            for attachment in part.get("attachments") or ():
                attachment["id"] = str(attachment["id"])
        return body | {"_files": texts}
    return None


def _json(status: int, reply: Any, *, bucket: str = "none") -> web.Response:
    """Answer as Discord does: exactly `application/json`, with the bucket's headers."""
    headers = {
        "X-RateLimit-Limit": str(LIMIT),
        "X-RateLimit-Remaining": str(LIMIT - 1),
        "X-RateLimit-Reset-After": "1.000",
        "X-RateLimit-Reset": "4000000000.000",
        "X-RateLimit-Bucket": re.sub(r"\W", "", bucket),
        "Via": "1.1 local",
    }
    if reply is None:
        return web.Response(status=status, headers=headers)
    data = json.dumps(reply, ensure_ascii=False).encode()
    return web.Response(
        status=status, body=data, headers=headers | {"Content-Type": "application/json"}
    )


def too_many(seconds: float, *, everywhere: bool = False) -> web.Response:
    """A 429, as Discord gives one."""
    reply = {"message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
    response = _json(429, reply)
    response.headers["Retry-After"] = str(seconds)
    response.headers["X-RateLimit-Remaining"] = "0"
    response.headers["X-RateLimit-Reset-After"] = str(seconds)
    return response


def broken(status: int = 503) -> web.Response:
    return web.Response(status=status, text="upstream connect error")


def refuse(
    method: str, part: str, status: int, code: int
) -> Callable[[str, str], web.Response | None]:
    """Refuse the requests of a method whose path has this part."""

    def trouble(asked: str, path: str) -> web.Response | None:
        if asked == method and part in path:
            return _json(status, {"code": code, "message": "no"})
        return None

    return trouble
