"""A Discord of our own: REST and gateway on 127.0.0.1, and people who use it.

Every request and reply is checked by Discord's own OpenAPI description (`faults` lists what broke
it). What the bot posts is kept as it came, so that panels and answers can be looked at.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.discord_gateway import Gateway, Session
from tests.fakes.discord_rest import Refused, Rest
from tests.fakes.discord_shapes import EPOCH, Channel, Guild, Post, User, stamp

TOKEN = "MTIz.local.token"
FIRST_ANSWER = 3.0


@dataclass
class Interaction:
    """Something that a user asked of the bot, and all that it answered."""

    discord: "LocalDiscord"
    id: int
    token: str
    user: User
    channel: Channel
    began: float
    message: Post | None = None
    kind: int | None = None
    original: Post | None = None
    answers: list[Post] = field(default_factory=list)
    modal: dict[str, Any] | None = None
    choices: list[dict[str, Any]] | None = None
    private: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)
    late: bool = False

    @property
    def text(self) -> str:
        """All that was answered, files too."""
        parts = []
        for post in self.answers:
            parts += [post.content, *(one.get("_text", "") for one in post.attachments)]
        return "\n".join(part for part in parts if part)

    async def first(self, body: dict[str, Any]) -> dict[str, Any]:
        if self.kind is not None:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        self.late = time.monotonic() - self.began > FIRST_ANSWER
        if self.late:
            raise Refused(404, 10062, "Unknown interaction")
        self.kind = body["type"]
        data = body.get("data") or {}
        resource: dict[str, Any] | None = None
        if self.kind in (4, 5):
            self.private = bool(data.get("flags", 0) & 64)
        if self.kind == 4:
            self.original = await self._post(data | _files(body))
            resource = {"type": 4, "message": self.discord.shown(self.original)}
        elif self.kind == 7:
            assert self.message is not None
            self.discord.fill(self.message, data)
            await self._updated(self.message)
            resource = {"type": 7, "message": self.discord.shown(self.message)}
        elif self.kind == 6:
            self.original = self.message
        elif self.kind == 8:
            self.choices = data["choices"]
        elif self.kind == 9:
            self.modal = data
        if self.kind not in (5, 6):
            self.done.set()
        told: dict[str, Any] = {
            "id": str(self.id),
            "type": 2,
            "response_message_loading": self.kind == 5,
            "response_message_ephemeral": self.private,
        }
        reply: dict[str, Any] = {"interaction": told}
        return reply | ({"resource": resource} if resource else {})

    async def follow(self, body: dict[str, Any]) -> Post:
        """A follow-up; the first one after a deferral takes its place."""
        if self.kind == 5 and self.original is None:
            return await self.edit(body)
        self.private = bool(body.get("flags", 0) & 64) or self.private
        return await self._post(body)

    async def edit(self, body: dict[str, Any]) -> Post:
        if self.original is None:
            self.original = await self._post(body)
        else:
            self.discord.fill(self.original, body)
            await self._updated(self.original)
        self.done.set()
        return self.original

    async def take_back(self) -> None:
        self.kind = 4
        self.private = False

    async def _post(self, body: dict[str, Any]) -> Post:
        post = self.discord.new_post(self.channel.id, self.discord.me, "")
        post.flags = (64 if self.private or body.get("flags", 0) & 64 else 0) | (
            body.get("flags", 0) & 4
        )
        self.discord.fill(post, body)
        self.answers.append(post)
        if not post.flags & 64:
            await self.discord.published(post)
        else:
            self.discord.whispers[post.id] = post
        self.done.set()
        return post

    async def _updated(self, post: Post) -> None:
        if post not in self.answers:
            self.answers.append(post)
        if not post.flags & 64:
            await self.discord.changed_post(post)
        self.done.set()


def _files(body: dict[str, Any]) -> dict[str, Any]:
    return {"_files": body["_files"]} if "_files" in body else {}


class LocalDiscord:
    """The server's world. People do things by its methods; the bot by REST."""

    def __init__(self, *, shards: int = 1) -> None:
        self.token = TOKEN
        self.shards = shards
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.posts: dict[int, dict[int, Post]] = {}
        self.whispers: dict[int, Post] = {}
        self.commands: list[dict[str, Any]] = []
        self.interactions: dict[str, Interaction] = {}
        self.port = 0
        self.me = self.user("Rundown", bot=True, identity=900)
        self.owner = self.user("Owner", identity=901)
        self.rest = Rest(self)
        self.gateway = Gateway(token=TOKEN, begin=self._begin, address=lambda: self.gateway_url)
        self._count = 0
        self._last = 0
        self.happened = asyncio.Condition()

    @property
    def faults(self) -> list[str]:
        return self.rest.faults

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    # --- setting the stage ---------------------------------------------------------------------

    def next_id(self, at: float | None = None) -> int:
        """An id of now, or of a time, later than all before it."""
        ms = int((at if at is not None else time.time()) * 1000) - EPOCH
        self._last = max(ms << 22, self._last + 1) if at is None else (ms << 22) + self._count
        self._count += 1
        return self._last

    def user(self, name: str, *, identity: int | None = None, **more: Any) -> User:
        user = User(identity or 1000 + len(self.users), name, **more)
        self.users[user.id] = user
        return user

    def guild(self, name: str = "Podcast", **more: Any) -> Guild:
        guild = Guild(self.next_id(), name, **more)
        self.guilds[guild.id] = guild
        return guild

    def channel(self, guild: Guild, name: str = "show-notes", **more: Any) -> Channel:
        channel = Channel(self.next_id(), guild.id, name, **more)
        self.channels[channel.id] = channel
        self.posts[channel.id] = {}
        return channel

    async def thread(
        self, parent: Channel, name: str, *, on: int | None = None, identity: int | None = None
    ) -> Channel:
        """Open a thread, on a message or by itself."""
        thread = Channel(on or identity or self.next_id(), parent.guild, name, 11, parent.id)
        self.channels[thread.id] = thread
        self.posts[thread.id] = {}
        await self.gateway.send(
            "THREAD_CREATE", thread.shape() | {"newly_created": True}, guild=parent.guild
        )
        return thread

    async def forum_post(self, user: User, forum: Channel, name: str, text: str) -> Channel:
        """Open a forum post: its first message has its id."""
        thread = await self.thread(forum, name)
        await self.say(user, thread, text, identity=thread.id)
        return thread

    def application(self) -> dict[str, Any]:
        return {
            "id": str(self.me.id),
            "name": "Rundown",
            "icon": None,
            "description": "",
            "type": None,
            "verify_key": "0" * 64,
            "flags": 1 << 19,
            "flags_new": str(1 << 19),
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": self.owner.shape(),
            "approximate_guild_count": len(self.guilds),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": None,
            "eligible_oauth2_scopes": [],
            "bot_public": True,
            "bot_require_code_grant": False,
        }

    def _begin(self, session: Session) -> list[tuple[str, dict[str, Any]]]:
        guilds = [one for one in self.guilds.values() if session.hears_of(one.id)]
        ready = {
            "v": 10,
            "user": self.me.shape() | {"bot": True, "verified": True, "mfa_enabled": False},
            "guilds": [{"id": str(one.id), "unavailable": True} for one in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.gateway_url,
            "shard": list(session.shard),
            "application": {"id": str(self.me.id), "flags": 1 << 19},
            "private_channels": [],
            "relationships": [],
        }
        return [("READY", ready), *(("GUILD_CREATE", self._whole(one)) for one in guilds)]

    def _whole(self, guild: Guild) -> dict[str, Any]:
        channels = [one for one in self.channels.values() if one.guild == guild.id]
        return guild.shape(channels, self.me)

    # --- what people do ------------------------------------------------------------------------

    def new_post(self, channel: int, user: User, text: str, **more: Any) -> Post:
        identity = more.pop("identity", None) or self.next_id(more.pop("at", None))
        more.pop("at", None)
        return Post(identity, channel, user, text, **more)

    def shown(self, post: Post) -> dict[str, Any]:
        shape = post.shape(self.me.id)
        return shape | {
            "attachments": [
                {name: value for name, value in one.items() if name != "_text"}
                for one in shape["attachments"]
            ]
        }

    def _event(self, post: Post) -> dict[str, Any]:
        channel = self.channels[post.channel]
        return self.shown(post) | {
            "guild_id": str(channel.guild),
            "member": post.author.member(inside=True),
            "channel_type": channel.type,
        }

    async def say(self, user: User, channel: Channel, text: str, **more: Any) -> Post:
        """Post a message."""
        if "reply_to" in more:
            more.setdefault("type", 19)
        post = self.new_post(channel.id, user, text, **more)
        await self.published(post)
        return post

    async def published(self, post: Post) -> None:
        self.posts[post.channel][post.id] = post
        await self.gateway.send(
            "MESSAGE_CREATE", self._event(post), guild=self.channels[post.channel].guild
        )
        await self._tell()

    async def changed_post(self, post: Post) -> None:
        await self.gateway.send(
            "MESSAGE_UPDATE", self._event(post), guild=self.channels[post.channel].guild
        )
        await self._tell()

    async def edit(self, post: Post, text: str) -> None:
        post.content = text
        post.edited = stamp(self.next_id())
        await self.changed_post(post)

    async def unfurl(self, post: Post, url: str, title: str) -> None:
        """Have a link's preview arrive: a MESSAGE_UPDATE that is no edit."""
        post.embeds = [*post.embeds, {"type": "link", "url": url, "title": title}]
        await self.changed_post(post)

    def find(self, identity: int) -> Post:
        return next(posts[identity] for posts in self.posts.values() if identity in posts)

    async def delete(self, *identities: int) -> None:
        """Delete a message, or several at once."""
        post = self.find(identities[0])
        guild = self.channels[post.channel].guild
        for one in identities:
            del self.posts[post.channel][one]
        where = {"channel_id": str(post.channel), "guild_id": str(guild)}
        if len(identities) == 1:
            await self.gateway.send("MESSAGE_DELETE", {"id": str(post.id), **where}, guild=guild)
        else:
            ids = [str(one) for one in identities]
            await self.gateway.send("MESSAGE_DELETE_BULK", {"ids": ids, **where}, guild=guild)
        await self._tell()

    async def react(self, user: User, identity: int, emoji: str) -> None:
        post = self.find(identity)
        users = post.reactions.setdefault(emoji, [])
        if user.id not in users:
            users.append(user.id)
            more = {"member": user.member(), "message_author_id": str(post.author.id)}
            await self._reaction("MESSAGE_REACTION_ADD", user, post, emoji, more)

    async def unreact(self, user: User, identity: int, emoji: str) -> None:
        post = self.find(identity)
        if user.id in post.reactions.get(emoji, []):
            post.reactions[emoji].remove(user.id)
            await self._reaction("MESSAGE_REACTION_REMOVE", user, post, emoji, {})

    async def _reaction(
        self, event: str, user: User, post: Post, emoji: str, more: dict[str, Any]
    ) -> None:
        guild = self.channels[post.channel].guild
        told = {
            "user_id": str(user.id),
            "channel_id": str(post.channel),
            "message_id": str(post.id),
            "guild_id": str(guild),
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        }
        await self.gateway.send(event, told | more, guild=guild)
        await self._tell()

    async def _tell(self) -> None:
        async with self.happened:
            self.happened.notify_all()

    async def until(self, holds: Any, seconds: float = 10) -> None:
        """Wait until something holds of the world; it is looked at whenever something happens."""
        async with asyncio.timeout(seconds):
            async with self.happened:
                await self.happened.wait_for(holds)

    # --- what users ask of the bot -------------------------------------------------------------

    async def command(self, user: User, channel: Channel, name: str, **options: Any) -> Interaction:
        """Give a slash command, and wait for what it answers."""
        return await self._ask(user, channel, 2, self._command_data(name, options))

    async def complete(
        self, user: User, channel: Channel, name: str, option: str, typed: str
    ) -> list[dict[str, Any]]:
        """Type into an option; give the choices."""
        data = self._command_data(name, {option: typed})
        inner = data
        while inner.get("options") and "value" not in inner["options"][0]:
            inner = inner["options"][0]
        inner["options"][0]["focused"] = True
        asked = await self._ask(user, channel, 4, data)
        return asked.choices or []

    def _command_data(self, name: str, options: dict[str, Any]) -> dict[str, Any]:
        first, _, second = name.partition(" ")
        known = next(one for one in self.commands if one["name"] == first)
        described = known
        if second:
            described = next(one for one in known["options"] if one["name"] == second)
        types = {one["name"]: one["type"] for one in described.get("options") or []}
        given = [
            {"name": name, "type": types[name], "value": value} for name, value in options.items()
        ]
        data = {"id": known["id"], "name": first, "type": 1, "resolved": self._resolved(given)}
        if second:
            given = [{"name": second, "type": 1, "options": given}]
        return data | {"options": given}

    def _resolved(self, given: list[dict[str, Any]]) -> dict[str, Any]:
        channels, roles = {}, {}
        for one in given:
            if one["type"] == 7:
                channel = self.channels[int(one["value"])]
                channels[one["value"]] = channel.shape() | {"permissions": "0"}
            if one["type"] == 8:
                guild = next(iter(self.guilds.values()))
                roles[one["value"]] = guild._role(int(one["value"]), "role", 0)
        return {"channels": channels, "roles": roles}

    async def menu(self, user: User, post: Post, name: str) -> Interaction:
        """Choose something in a message's own menu."""
        known = next(one for one in self.commands if one["name"] == name)
        data = {
            "id": known["id"],
            "name": name,
            "type": 3,
            "target_id": str(post.id),
            "resolved": {"messages": {str(post.id): self.shown(post)}},
        }
        return await self._ask(user, self.channels[post.channel], 2, data)

    async def press(self, user: User, post: Post, label: str) -> Interaction:
        """Press the button of a message with that label, or select with that placeholder."""
        button = next(one for one in parts(post) if one.get("label") == label)
        assert not button.get("disabled"), f"{label} is off"
        data = {"custom_id": button["custom_id"], "component_type": 2}
        return await self._ask(user, self.channels[post.channel], 3, data, message=post)

    async def pick(self, user: User, post: Post, label: str) -> Interaction:
        """Pick the option of a select whose label has these words."""
        for select in [one for one in parts(post) if one["type"] == 3]:
            for option in select["options"]:
                if label in option["label"]:
                    data = {
                        "custom_id": select["custom_id"],
                        "component_type": 3,
                        "values": [option["value"]],
                    }
                    channel = self.channels[post.channel]
                    return await self._ask(user, channel, 3, data, message=post)
        raise AssertionError(f"no option {label}")

    async def submit(self, asked: Interaction, typed: str) -> Interaction:
        """Send the form that an interaction opened."""
        assert asked.modal is not None
        row = asked.modal["components"][0]
        field = row["components"][0] if "components" in row else row["component"]
        value = {"type": 4, "custom_id": field["custom_id"], "value": typed, "id": 2}
        data = {
            "custom_id": asked.modal["custom_id"],
            "components": [{"type": 1, "components": [value], "id": 1}],
        }
        return await self._ask(asked.user, asked.channel, 5, data, message=asked.message)

    async def tap(
        self, user: User, channel: Channel, custom_id: str, post: Post, *values: str
    ) -> Interaction:
        """Send a component's id as it is, whatever the message has now."""
        kind = 3 if values else 2
        data = {"custom_id": custom_id, "component_type": kind, "values": list(values)}
        return await self._ask(user, channel, 3, data, message=post)

    async def _ask(
        self,
        user: User,
        channel: Channel,
        kind: int,
        data: dict[str, Any],
        *,
        message: Post | None = None,
    ) -> Interaction:
        asked = self.start(user, channel, kind, data, message=message)
        await self.gateway.send("INTERACTION_CREATE", asked[1], guild=channel.guild)
        async with asyncio.timeout(20):
            await asked[0].done.wait()
        return asked[0]

    def start(
        self,
        user: User,
        channel: Channel,
        kind: int,
        data: dict[str, Any],
        *,
        message: Post | None = None,
    ) -> tuple[Interaction, dict[str, Any]]:
        identity = self.next_id()
        asked = Interaction(
            self, identity, f"token{identity}", user, channel, time.monotonic(), message
        )
        self.interactions[asked.token] = asked
        guild = self.guilds[channel.guild]
        told = {
            "id": str(identity),
            "application_id": str(self.me.id),
            "type": kind,
            "data": data,
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_id": str(guild.id),
            "channel": channel.shape() | {"permissions": str(user.permissions)},
            "channel_id": str(channel.id),
            "member": user.member() | {"permissions": str(user.permissions)},
            "token": asked.token,
            "version": 1,
            "app_permissions": "0",
            "locale": user.locale,
            "guild_locale": guild.locale,
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(guild.id)},
            "context": 0,
            "attachment_size_limit": 10485760,
        }
        if message is not None:
            told["message"] = self.shown(message)
        return asked, told

    def interaction(self, token: str) -> Interaction:
        if token not in self.interactions:
            raise Refused(404, 10015, "Unknown Webhook")
        return self.interactions[token]

    # --- what the bot does ---------------------------------------------------------------------

    def fill(self, post: Post, body: dict[str, Any]) -> None:
        if "content" in body:
            post.content = body["content"] or ""
        if "embeds" in body:
            post.embeds = [{"type": "rich", **one} for one in body["embeds"] or []]
        if "components" in body:
            post.components = _numbered(body["components"] or [])
        if "attachments" in body:
            texts = body.get("_files") or {}
            post.attachments = [
                {
                    "id": str(600 + number),
                    "filename": one["filename"],
                    "size": len(texts.get(str(one["id"]), "")),
                    "url": "https://cdn.invalid/x",
                    "proxy_url": "https://cdn.invalid/x",
                    "_text": texts.get(str(one["id"]), ""),
                }
                for number, one in enumerate(body["attachments"] or [])
            ]

    async def bot_says(self, channel: int, body: dict[str, Any]) -> Post:
        reply = (body.get("message_reference") or {}).get("message_id")
        post = self.new_post(channel, self.me, "", reply_to=int(reply) if reply else None)
        self.fill(post, body)
        await self.published(post)
        return post

    async def bot_edits(self, post: Post, body: dict[str, Any]) -> None:
        self.fill(post, body)
        post.edited = stamp(self.next_id())
        await self.changed_post(post)

    def of_bot(self, channel: Channel) -> list[Post]:
        """What stands in a channel of the bot's, oldest first."""
        posts = sorted(self.posts[channel.id].values(), key=lambda one: one.id)
        return [one for one in posts if one.author is self.me]

    def panel(self, channel: Channel) -> Post:
        """The live outline of a channel."""
        return next(one for one in reversed(self.of_bot(channel)) if one.embeds and one.components)


def parts(post: Post) -> Iterator[dict[str, Any]]:
    """All components of a message, rows opened."""
    for row in post.components:
        yield from row.get("components", [row])


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give components the numbers that Discord gives them."""
    count = iter(range(1, 1000))
    return [
        {
            **row,
            "id": next(count),
            "components": [_complete(one, next(count)) for one in row["components"]],
        }
        for row in rows
    ]


def _complete(component: dict[str, Any], number: int) -> dict[str, Any]:
    return {**component, "id": number}


@asynccontextmanager
async def local_discord(**more: Any) -> AsyncIterator[LocalDiscord]:
    """Open a Discord on a free port."""
    discord = LocalDiscord(**more)
    app = web.Application(client_max_size=32 * 1024 * 1024)
    app.add_routes(discord.rest.routes())
    app.router.add_get("/gateway", discord.gateway.connect)
    app.router.add_get("/gateway/", discord.gateway.connect)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    discord.port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    try:
        yield discord
    finally:
        await discord.gateway.aclose()
        await runner.cleanup()
