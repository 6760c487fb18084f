"""Slack's Web API: the methods that the app uses, as strict as Slack's."""

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.slack_rules import (
    NEEDED_BY_EVENTS,
    REQUIRED,
    SCOPES,
    faults_of_blocks,
    faults_of_view,
)
from tests.fakes.slack_shapes import Said

if TYPE_CHECKING:
    from tests.fakes.slack import LocalSlack

Raw = dict[str, Any]


class RefusedError(Exception):
    """An answer with `ok: false`; `more` is what it says besides its code."""

    def __init__(self, code: str, **more: str) -> None:
        super().__init__(code)
        self.more = more


def _want(scope: str, held: set[str]) -> None:
    if scope not in held:
        raise RefusedError("missing_scope", needed=scope, provided=",".join(sorted(held)))


class Api:
    """Answers methods. `trouble` may answer in their place; `faults` lists what Slack refuses."""

    def __init__(self, slack: "LocalSlack") -> None:
        self._slack = slack
        self.faults: list[str] = []
        self.scopes = {one for one in SCOPES.values() if one} | NEEDED_BY_EVENTS
        self.app_scopes = {"connections:write"}
        self.trouble: Callable[[str], web.Response | None] = lambda method: None
        self.asked: list[tuple[str, Raw]] = []
        self.slow: dict[str, asyncio.Event] = {}
        self._page = 1000
        self.beside: Api | None = None
        """Another workspace behind the same address."""

    def page(self, size: int) -> None:
        """Return no more than so many messages at once."""
        self._page = size

    async def handle(self, request: web.Request) -> web.Response:
        if self.beside is not None and self.beside.knows(request):
            return await self.beside.handle(request)
        method = request.match_info["method"]
        trouble = self.trouble(method)
        if trouble is not None:
            return trouble
        if method in self.slow:
            await self.slow[method].wait()
        given = await _given(request)
        self.asked.append((method, given))
        try:
            answer = self._check(request, method, given)
            if answer is None:
                work = getattr(self, "_" + method.replace(".", "_"))
                answer = await work(given)
            held = {"X-OAuth-Scopes": ",".join(sorted(self.scopes))}
            return web.json_response({"ok": True, **(answer or {})}, headers=held)
        except RefusedError as error:
            return web.json_response({"ok": False, "error": str(error), **error.more})

    def knows(self, request: web.Request) -> bool:
        """Whether a request is for this workspace, by its token."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return token in (self._slack.bot_token, self._slack.app_token)

    def _check(self, request: web.Request, method: str, given: Raw) -> Raw | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        tokens = (self._slack.bot_token, self._slack.app_token)
        if token not in tokens:
            raise RefusedError("invalid_auth")
        if token != tokens[method == "apps.connections.open"]:
            raise RefusedError("not_allowed_token_type")
        if method == "apps.connections.open":
            _want("connections:write", self.app_scopes)
            ticket = self._slack.socket.ticket()
            return {"url": f"ws://127.0.0.1:{self._slack.port}/link?ticket={ticket}"}
        if method not in SCOPES:
            raise self._fault(f"no method {method}", "unknown_method")
        if scope := SCOPES[method]:
            channel = self._slack.channels.get(str(given.get("channel")))
            kind = "groups:" if channel is not None and channel.private else "channels:"
            _want(
                scope.replace("channels:", kind) if scope != "channels:join" else scope, self.scopes
            )
        self._look(method, given)
        return None

    def _look(self, method: str, given: Raw) -> None:
        """Look at what was given, as Slack does before it does anything."""
        missing = [name for name in REQUIRED.get(method, ()) if given.get(name) in (None, "")]
        if missing:
            raise self._fault(f"{method} without {missing}", "invalid_arguments")
        for name in ("blocks", "view"):
            if given.get(name) is not None:
                look = faults_of_blocks if name == "blocks" else faults_of_view
                for fault in look(given[name]):
                    raise self._fault(f"{method}: {fault}", "invalid_blocks")
        if len(str(given.get("text") or "")) > 40_000:
            raise self._fault(f"{method}: text", "msg_too_long")

    def _fault(self, what: str, code: str) -> RefusedError:
        self.faults.append(what)
        return RefusedError(code)

    # --- who and where -------------------------------------------------------------------------

    async def _auth_test(self, given: Raw) -> Raw:
        return self._slack.identity()

    async def _users_info(self, given: Raw) -> Raw:
        user = self._slack.users.get(given["user"])
        if user is None:
            raise RefusedError("user_not_found")
        return {
            "user": user.shape(locale=str(given.get("include_locale")).lower() in ("1", "true"))
        }

    async def _conversations_info(self, given: Raw) -> Raw:
        return {"channel": self._channel(given, member=False).shape()}

    async def _conversations_join(self, given: Raw) -> Raw:
        channel = self._channel(given, member=False)
        if channel.private:
            raise RefusedError("method_not_supported_for_channel_type")
        channel.member = True
        return {"channel": channel.shape()}

    async def _conversations_members(self, given: Raw) -> Raw:
        channel = self._channel(given, member=False)
        if channel.private and not channel.member:
            raise RefusedError("channel_not_found")
        members = sorted(set(self._slack.users) - channel.without)
        begin = int(given.get("cursor") or 0)
        end = begin + min(int(given.get("limit") or 100), self._page)
        after = str(end) if end < len(members) else ""
        return {"members": members[begin:end], "response_metadata": {"next_cursor": after}}

    async def _conversations_open(self, given: Raw) -> Raw:
        return {"channel": {"id": f"D{given['users']}"}}

    async def _usergroups_list(self, given: Raw) -> Raw:
        if not self._slack.has_groups:
            raise RefusedError("plan_upgrade_required")
        groups = self._slack.groups
        return {"usergroups": [{"id": one, "handle": one.lower()[1:]} for one in groups]}

    async def _usergroups_users_list(self, given: Raw) -> Raw:
        if given["usergroup"] not in self._slack.groups:
            raise RefusedError("no_such_subteam")
        return {"users": self._slack.groups[given["usergroup"]]}

    def _channel(self, given: Raw, *, member: bool = True) -> Any:
        channel = self._slack.channels.get(given["channel"])
        if channel is None:
            raise RefusedError("channel_not_found")
        if member and not channel.member:
            raise RefusedError("not_in_channel")
        return channel

    # --- what was said -------------------------------------------------------------------------

    async def _conversations_history(self, given: Raw) -> Raw:
        channel = self._channel(given)
        shown = [
            raw
            for raw in self._slack.messages[channel.id].values()
            if raw.get("thread_ts") in (None, raw["ts"]) or raw.get("subtype") == "thread_broadcast"
        ]
        return self._paged(sorted(shown, key=lambda raw: str(raw["ts"]), reverse=True), given)

    async def _conversations_replies(self, given: Raw) -> Raw:
        channel = self._channel(given)
        messages = self._slack.messages[channel.id]
        if given["ts"] not in messages:
            raise RefusedError("thread_not_found")
        asked = messages[given["ts"]]
        root = asked.get("thread_ts") or given["ts"]
        if root != given["ts"] and not self._slack.shows_parents:
            return self._paged([asked], given)
        if root != given["ts"]:
            most = int(given.get("limit") or 100)
            page = self._paged([asked], given)["messages"] if most > 1 else []
            return {"messages": [messages[root], *page]}
        replies = [raw for raw in messages.values() if raw.get("thread_ts") == given["ts"]]
        others = sorted((raw for raw in replies if raw is not asked), key=lambda raw: raw["ts"])
        page = self._paged(others, given)
        return page | {"messages": [asked, *page["messages"]]}

    def _paged(self, messages: list[Raw], given: Raw) -> Raw:
        inclusive = str(given.get("inclusive")).lower() in ("1", "true")
        oldest, latest = str(given.get("oldest") or "0"), str(given.get("latest") or "9" * 20)

        def fits(ts: str) -> bool:
            return oldest < ts < latest or (inclusive and ts in (oldest, latest))

        fitting = [raw for raw in messages if fits(raw["ts"])]
        start = int(given.get("cursor") or 0)
        end = start + min(int(given.get("limit") or 100), self._page)
        cursor = str(end) if end < len(fitting) else ""
        return {
            "messages": [self._slack.shape(raw) for raw in fitting[start:end]],
            "has_more": bool(cursor),
            "response_metadata": {"next_cursor": cursor},
        }

    # --- saying --------------------------------------------------------------------------------

    async def _chat_postMessage(self, given: Raw) -> Raw:  # noqa: N802 - Slack's name
        channel = self._channel(given)
        raw = await self._slack.posted(channel, given)
        return {"channel": channel.id, "ts": raw["ts"], "message": raw}

    async def _chat_postEphemeral(self, given: Raw) -> Raw:  # noqa: N802 - Slack's name
        self._channel(given)
        if given["user"] not in self._slack.users:
            raise RefusedError("user_not_in_channel")
        said = Said(given.get("text", ""), given.get("blocks") or [], given["user"], public=False)
        said.thread = given.get("thread_ts")
        self._slack.answers.append(said)
        self._slack.show(said)
        return {"message_ts": self._slack.stamp()}

    async def _chat_update(self, given: Raw) -> Raw:
        raw = self._own(given, "cant_update_message")
        raw |= {"text": given.get("text", ""), "blocks": given.get("blocks") or []}
        await self._slack.notify()
        return {"channel": given["channel"], "ts": raw["ts"], "text": raw["text"]}

    async def _chat_delete(self, given: Raw) -> Raw:
        self._own(given, "cant_delete_message")
        del self._slack.messages[given["channel"]][given["ts"]]
        return {"channel": given["channel"], "ts": given["ts"]}

    def _own(self, given: Raw, refusal: str) -> Raw:
        channel = self._channel(given)
        raw = self._slack.messages[channel.id].get(given["ts"])
        if raw is None:
            raise RefusedError("message_not_found")
        if raw.get("user") != self._slack.me.id:
            raise RefusedError(refusal)
        return raw

    # --- reactions -----------------------------------------------------------------------------

    def _reacted(self, given: Raw) -> dict[str, list[str]]:
        channel = self._channel(given)
        if given["timestamp"] not in self._slack.messages[channel.id]:
            raise RefusedError("message_not_found")
        return self._slack.reactions.setdefault((channel.id, given["timestamp"]), {})

    async def _reactions_add(self, given: Raw) -> Raw:
        users = self._reacted(given).setdefault(given["name"], [])
        if self._slack.me.id in users:
            raise RefusedError("already_reacted")
        users.append(self._slack.me.id)
        await self._slack.notify()
        return {}

    async def _reactions_remove(self, given: Raw) -> Raw:
        users = self._reacted(given).get(given["name"], [])
        if self._slack.me.id not in users:
            raise RefusedError("no_reaction")
        users.remove(self._slack.me.id)
        return {}

    async def _reactions_get(self, given: Raw) -> Raw:
        self._reacted(given)
        raw = self._slack.messages[given["channel"]][given["timestamp"]]
        return {"type": "message", "message": self._slack.shape(raw, full=True)}

    # --- windows -------------------------------------------------------------------------------

    async def _views_open(self, given: Raw) -> Raw:
        return {"view": self._slack.opened(given, on_top=False)}

    async def _views_push(self, given: Raw) -> Raw:
        return {"view": self._slack.opened(given, on_top=True)}

    async def _views_update(self, given: Raw) -> Raw:
        view = self._slack.views.get(given.get("view_id") or "")
        if view is None:
            raise RefusedError("not_found")
        view |= given["view"]
        await self._slack.notify()
        return {"view": view}

    async def _views_publish(self, given: Raw) -> Raw:
        view = given["view"]
        if view["type"] != "home":
            raise self._fault("views.publish of no home", "invalid_arguments")
        self._slack.homes[given["user_id"]] = view | {"id": f"H{given['user_id']}"}
        await self._slack.notify()
        return {"view": view}

    # --- files ---------------------------------------------------------------------------------

    async def _files_getUploadURLExternal(self, given: Raw) -> Raw:  # noqa: N802 - Slack's name
        name = f"F{len(self._slack.files)}"
        self._slack.files[name] = [given["filename"], ""]
        return {"upload_url": f"http://127.0.0.1:{self._slack.port}/upload/{name}", "file_id": name}

    async def _files_completeUploadExternal(self, given: Raw) -> Raw:  # noqa: N802 - Slack's name
        return {"files": given["files"]}


async def _given(request: web.Request) -> Raw:
    if request.content_type == "application/json":
        return {name: one for name, one in (await request.json()).items() if one is not None}
    given: Raw = dict(request.query)
    given |= dict((await request.post()).items())
    for name in ("blocks", "view", "files"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    return given


def too_many(seconds: int) -> web.Response:
    return web.json_response(
        {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(seconds)}
    )


def broken(status: int) -> web.Response:
    return web.Response(status=status, text="<html>upstream</html>", content_type="text/html")
