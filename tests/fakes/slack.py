"""A Slack of our own: Web API and Socket Mode on 127.0.0.1, and people who use it.

What the app shows is kept as it came; `faults` lists what Slack would not have taken.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.core.markup.slack_composer import as_text, compose
from tests.fakes.slack_api import Api, RefusedError
from tests.fakes.slack_asks import Asks
from tests.fakes.slack_rules import faults_of_blocks
from tests.fakes.slack_shapes import TEAM, Channel, Said, User, elements_of, words_of
from tests.fakes.slack_socket import SocketMode
from tests.patience import LONGEST

Raw = dict[str, Any]


class LocalSlack(Asks):
    """A workspace. People do things by its methods; the app by the Web API."""

    def __init__(self, team: str = TEAM) -> None:
        self.team = team
        self.bot_token = f"xoxb-local-{team}"
        self.app_token = f"xapp-local-{team}"
        self.port = 0
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, list[str]] = {}
        self.is_org_wide = False
        """Whether the app is installed for a whole organisation."""
        self.has_groups = True
        """Whether the workspace's plan has user groups."""
        self.shows_parents = False
        """Whether a reply that is asked for by its time comes behind the first of its thread."""
        self.messages: dict[str, dict[str, Raw]] = {}
        self.reactions: dict[tuple[str, str], dict[str, list[str]]] = {}
        self.views: dict[str, Raw] = {}
        self.homes: dict[str, Raw] = {}
        self.files: dict[str, list[str]] = {}
        self.shared: dict[str, bytes] = {}
        self.shown: list[Said] = []
        self.answers: list[Said] = []
        self.cut_lists = False
        self.triggers_expire = False
        self.api = Api(self)
        self.socket = SocketMode()
        self.me = self.user("Rundown", bot=True)
        self.count = itertools.count(1)
        self.responses: dict[str, tuple[str, str, int]] = {}
        self.triggers: set[str] = set()
        self._last = time.time_ns() // 1000
        self._happened = asyncio.Condition()

    @property
    def faults(self) -> list[str]:
        return self.api.faults

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def identity(self) -> Raw:
        return {
            "url": "https://local.slack.com/",
            "team": "Local",
            "user": "rundown",
            "team_id": self.team,
            "user_id": self.me.id,
            "bot_id": "B0000BOT",
            "is_enterprise_install": self.is_org_wide,
        }

    # --- setting the stage ---------------------------------------------------------------------

    def user(self, name: str, **more: Any) -> User:
        user = User(f"U{len(self.users):04}{self.team[1:5]}", name, team=self.team, **more)
        self.users[user.id] = user
        return user

    def channel(self, name: str = "show-notes", **more: Any) -> Channel:
        channel = Channel(f"C{len(self.channels):04}{self.team[1:5]}", name, **more)
        self.channels[channel.id] = channel
        self.messages[channel.id] = {}
        return channel

    def stamp(self) -> str:
        """A time of now, later than all before it."""
        self._last = max(time.time_ns() // 1000, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06}"

    async def notify(self) -> None:
        async with self._happened:
            self._happened.notify_all()

    async def until(self, so: Callable[[], object], seconds: float = LONGEST) -> None:
        """Wait until something is so; it is looked at whenever the app did something."""
        async with asyncio.timeout(seconds), self._happened:
            await self._happened.wait_for(lambda: bool(so()))

    def show(self, said: Said) -> None:
        self.shown.append(said)
        asyncio.get_running_loop().call_soon(lambda: asyncio.ensure_future(self.notify()))

    def shape(self, raw: Raw, *, full: bool = False) -> Raw:
        """A message as the Web API gives it, with its reactions and what hangs on it."""
        channel = raw["channel"]
        told = {name: one for name, one in raw.items() if name not in ("channel", "event_ts")}
        given = self.reactions.get((channel, raw["ts"]), {})
        listed = [
            {
                "name": name,
                "users": users if full or not self.cut_lists else [],
                "count": len(users),
            }
            for name, users in given.items()
            if users
        ]
        if listed:
            told["reactions"] = listed
        replies = [
            one["ts"]
            for one in self.messages[channel].values()
            if one.get("thread_ts") == raw["ts"] and one["ts"] != raw["ts"]
        ]
        if replies:
            told |= {"thread_ts": raw["ts"], "reply_count": len(replies)}
            told |= {"latest_reply": max(replies)}
        return told

    # --- what people do ------------------------------------------------------------------------

    async def say(
        self,
        user: User,
        channel: Channel,
        text: str,
        *,
        thread: Raw | None = None,
        broadcast: bool = False,
        plain: bool = False,
        **more: Any,
    ) -> Raw:
        """Write a message in the composer (`plain`: as old messages are, without blocks)."""
        blocks = None if plain else compose(text)
        raw: Raw = {
            "type": "message",
            "channel": channel.id,
            "user": user.id,
            "team": self.team,
            "ts": self.stamp(),
            "text": text if blocks is None else as_text(blocks),
            **more,
        }
        if blocks is not None:
            raw["blocks"] = blocks
        if thread is not None:
            raw |= {"thread_ts": thread.get("thread_ts", thread["ts"])}
            if broadcast:
                raw["subtype"] = "thread_broadcast"
        self.messages[channel.id][raw["ts"]] = raw
        await self._event(channel, raw | {"event_ts": raw["ts"], "channel_type": "channel"})
        return raw

    async def edit(self, raw: Raw, text: str) -> None:
        await self.send_change(self.edited(raw, text))

    def edited(self, raw: Raw, text: str) -> Raw:
        """Edit a message, whose whole second Slack tells; return the event of it."""
        before = dict(raw)
        blocks = compose(text)
        stamp = self.stamp()
        raw |= {"text": as_text(blocks), "blocks": blocks}
        raw |= {"edited": {"user": raw["user"], "ts": f"{stamp.partition('.')[0]}.000000"}}
        return self._change(raw, before, stamp)

    async def send_change(self, event: Raw) -> None:
        await self._event(self.channels[event["channel"]], event)

    async def unfurl(self, raw: Raw, url: str, title: str) -> None:
        """Have a preview appear below a message, which is no edit."""
        before = dict(raw)
        raw["attachments"] = [{"from_url": url, "original_url": url, "title": title, "id": 1}]
        await self._changed(raw, before, self.stamp())

    async def _changed(self, raw: Raw, before: Raw, stamp: str) -> None:
        await self.send_change(self._change(raw, before, stamp))

    def _change(self, raw: Raw, before: Raw, stamp: str) -> Raw:
        told = {name: one for name, one in raw.items() if name != "channel"}
        return {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "channel": raw["channel"],
            "message": told,
            "previous_message": before,
            "ts": stamp,
            "event_ts": stamp,
        }

    async def delete(self, raw: Raw) -> None:
        channel, stamp = raw["channel"], self.stamp()
        messages = self.messages[channel]
        if any(one.get("thread_ts") == raw["ts"] for one in messages.values() if one is not raw):
            before = dict(raw)
            for name in ("blocks", "edited", "attachments"):
                raw.pop(name, None)
            raw |= {"subtype": "tombstone", "text": "This message was deleted."}
            raw |= {"user": "USLACKBOT", "hidden": True}
            await self._changed(raw, before, stamp)
            return
        messages.pop(raw["ts"], None)
        event = {
            "type": "message",
            "subtype": "message_deleted",
            "hidden": True,
            "channel": channel,
            "deleted_ts": raw["ts"],
            "previous_message": raw,
            "ts": stamp,
            "event_ts": stamp,
        }
        await self._event(self.channels[channel], event)

    async def react(self, user: User, raw: Raw, name: str, *, on: bool = True) -> None:
        users = self.reactions.setdefault((raw["channel"], raw["ts"]), {}).setdefault(name, [])
        if (user.id in users) is on:
            return
        (users.append if on else users.remove)(user.id)
        event = {
            "type": "reaction_added" if on else "reaction_removed",
            "user": user.id,
            "reaction": name,
            "item": {"type": "message", "channel": raw["channel"], "ts": raw["ts"]},
            "item_user": raw["user"],
            "event_ts": self.stamp(),
        }
        await self._event(self.channels[raw["channel"]], event)

    async def _event(self, channel: Channel | None, event: Raw) -> None:
        if channel is not None and not channel.member:
            return
        payload = {
            "token": "local",
            "team_id": self.team,
            "api_app_id": "A0000APP",
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{next(self.count)}",
            "event_time": int(float(event["event_ts"])),
            "authorizations": [
                {"team_id": self.team, "user_id": self.me.id, "is_bot": True, "enterprise_id": None}
            ],
            "is_ext_shared_channel": False,
        }
        await self.socket.tell("events_api", payload)

    async def invite(self, channel: Channel) -> None:
        """Let the app into a channel."""
        channel.member = True
        event = {"type": "member_joined_channel", "user": self.me.id, "channel": channel.id}
        await self._event(channel, event | {"team": self.team, "event_ts": self.stamp()})

    async def kick(self, channel: Channel) -> None:
        """Take the app out of a channel: Slack tells that in two ways."""
        channel.member = False
        for kind in ("member_left_channel", "channel_left"):
            event = {"type": kind, "channel": channel.id, "event_ts": self.stamp()}
            if kind == "member_left_channel":
                event |= {"user": self.me.id, "channel_type": "C", "team": self.team}
            await self._event(None, event)

    async def change_group(self, group: str) -> None:
        """Tell that a user group is another than it was, as when it was disabled."""
        users = self.groups.get(group)
        told = {"id": group, "handle": group.lower()[1:], "date_delete": 0 if users else 1}
        await self._event(
            None, {"type": "subteam_updated", "subteam": told, "event_ts": self.stamp()}
        )

    async def revoke(self) -> None:
        """Take the app's tokens from it."""
        event = {"type": "tokens_revoked", "tokens": {"bot": [self.me.id]}}
        await self._event(None, event | {"event_ts": self.stamp()})
        self.bot_token = self.app_token = "revoked"

    async def mention(
        self,
        user: User,
        channel: Channel,
        text: str,
        *,
        thread: Raw | None = None,
        files: Sequence[Raw] = (),
    ) -> Said:
        """Write to the app, in a thread: the message comes in two events."""
        before = len(self.shown)
        more: Raw = {"subtype": "file_share", "files": list(files)} if files else {}
        raw = await self.say(
            user, channel, f"<@{self.me.id}> {text}", thread=thread, plain=True, **more
        )
        event = raw | {"type": "app_mention", "event_ts": raw["ts"]}
        event.pop("subtype", None)
        await self._event(channel, event)
        await self.until(lambda: len(self.shown) > before)
        return self.shown[-1]

    async def open_home(self, user: User) -> None:
        event = {"type": "app_home_opened", "user": user.id, "channel": f"D{user.id}"}
        await self._event(None, event | {"tab": "home", "event_ts": self.stamp()})

    # --- what the app shows --------------------------------------------------------------------

    def panels(self, channel: Channel) -> list[Raw]:
        """The app's panels in a channel, oldest first."""
        own = [raw for raw in self.messages[channel.id].values() if raw["user"] == self.me.id]
        return [raw for raw in own if elements_of(raw.get("blocks"), "button")]

    def panel(self, channel: Channel) -> Raw:
        return self.panels(channel)[-1]

    def words(self, where: Raw) -> str:
        return words_of(where["blocks"])

    def windows(self) -> list[Raw]:
        return list(self.views.values())

    async def window(self, so: Callable[[Raw], bool] = lambda view: True) -> Raw:
        """Wait for the newest window for which something is so."""
        await self.until(lambda: self.views and so(self.windows()[-1]))
        return self.windows()[-1]

    async def posted(self, channel: Channel, given: Raw) -> Raw:
        raw = {
            "type": "message",
            "channel": channel.id,
            "user": self.me.id,
            "bot_id": "B0000BOT",
            "ts": self.stamp(),
            "text": given.get("text", ""),
            "blocks": given.get("blocks") or [],
        }
        if given.get("thread_ts"):
            raw["thread_ts"] = given["thread_ts"]
        self.messages[channel.id][raw["ts"]] = raw
        self.show(Said(raw["text"], raw["blocks"], raw=raw))
        await self._event(channel, raw | {"event_ts": raw["ts"], "channel_type": "channel"})
        return raw

    def opened(self, given: Raw, *, on_top: bool) -> Raw:
        if self.triggers_expire:
            raise RefusedError("expired_trigger_id")
        if given["trigger_id"] not in self.triggers:
            self.api.faults.append("a trigger that is unknown, or was used")
        self.triggers.discard(given["trigger_id"])
        view = given["view"] | {"id": f"V{next(self.count)}", "team_id": self.team}
        if on_top and not self.views:
            self.api.faults.append("views.push on no window")
        self.views[view["id"]] = view
        asyncio.get_running_loop().call_soon(lambda: asyncio.ensure_future(self.notify()))
        return view

    async def respond(self, request: web.Request) -> web.Response:
        """Take an answer to a response_url: five times, and as strict as the Web API."""
        name = request.match_info["name"]
        channel, user, used = self.responses[name]
        if used == 5:
            return web.Response(status=404, text="used_url")
        self.responses[name] = (channel, user, used + 1)
        given = await request.json()
        self.api.faults += list(faults_of_blocks(given.get("blocks") or []))
        public = given.get("response_type") == "in_channel"
        said = Said(given.get("text", ""), given.get("blocks") or [], user, public=public)
        said.answers = name
        self.answers.append(said)
        if public:
            await self.posted(self.channels[channel], given)
        else:
            self.show(said)
        return web.Response(text="ok")

    async def upload(self, request: web.Request) -> web.Response:
        self.files[request.match_info["name"]][1] = (await request.read()).decode()
        return web.Response(text="OK")

    def file(self, name: str, data: bytes) -> Raw:
        """A file that somebody uploaded, as messages have it."""
        self.shared[name] = data
        url = f"http://127.0.0.1:{self.port}/files/{name}"
        return {
            "id": f"F{len(self.shared):04}",
            "name": name,
            "mimetype": "text/plain",
            "size": len(data),
            "url_private": url,
            "url_private_download": url,
        }

    async def download(self, request: web.Request) -> web.Response:
        """Give a file to the app; whoever has no token sees the log-in page."""
        if request.headers.get("Authorization") != f"Bearer {self.bot_token}":
            return web.Response(text="<html>Log in</html>", content_type="text/html")
        return web.Response(body=self.shared[request.match_info["name"]])

    async def quiet(self) -> None:
        await self.socket.quiet()


@asynccontextmanager
async def local_slack(team: str = TEAM) -> AsyncIterator[LocalSlack]:
    """Open a Slack on a free port."""
    slack = LocalSlack(team)
    app = web.Application(client_max_size=1 << 24)
    app.router.add_route("*", "/api/{method}", slack.api.handle)
    app.router.add_get("/link", slack.socket.handle)
    app.router.add_post("/respond/{name}", slack.respond)
    app.router.add_post("/upload/{name}", slack.upload)
    app.router.add_get("/files/{name}", slack.download)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.port = runner.addresses[0][1]
    try:
        yield slack
    finally:
        await slack.socket.aclose()
        await runner.cleanup()
