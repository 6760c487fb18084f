"""A Discord of our own: REST and gateway on 127.0.0.1, and people who use it.

Every request and reply is checked by Discord's own OpenAPI description (`faults` lists what broke
it). What the bot posts is kept as it came, so that panels and answers can be looked at.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from tests.fakes.descriptions import DISCORD, need_descriptions
from tests.fakes.discord_asks import Asks, Interaction, numbered
from tests.fakes.discord_gateway import Gateway, Session
from tests.fakes.discord_rest import Rest
from tests.fakes.discord_shapes import EPOCH, Channel, Guild, Post, User
from tests.patience import LONGEST

TOKEN = "MTIz.local.token"


class LocalDiscord(Asks):
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
        self.uploaded: dict[str, dict[str, Any]] = {}
        self.cdn: dict[str, bytes] = {}
        self.interactions: dict[str, Interaction] = {}
        self.port = 0
        self.me = self.user("Rundown", bot=True, identity=900)
        self.owner = self.user("Owner", identity=901)
        self.rest = Rest(self)
        self.gateway = Gateway(token=TOKEN, begin=self._begin, address=lambda: self.gateway_url)
        self._count = 0
        self._last = 0
        self._edits = 0
        self.standing: dict[int, int] = {}
        self.marked: dict[int, float] = {}
        self.content_intent = True
        self.tokens_run_out = False
        self.takes_private = True
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

    def _later(self) -> str:
        """A time of now, later than all before it: no two edits have the same."""
        self._edits += 1
        at = (self.next_id() >> 22) + EPOCH + 1
        moment = datetime.fromtimestamp(at / 1000, UTC) + timedelta(milliseconds=self._edits)
        return moment.isoformat(timespec="microseconds")

    def user(self, name: str, *, identity: int | None = None, **more: Any) -> User:
        user = User(identity or 1000 + len(self.users), name, **more)
        self.users[user.id] = user
        return user

    def guild(self, name: str = "Podcast", *, identity: int | None = None, **more: Any) -> Guild:
        guild = Guild(identity or self.next_id(), name, **more)
        self.guilds[guild.id] = guild
        return guild

    def channel(self, guild: Guild, name: str = "show-notes", **more: Any) -> Channel:
        channel = Channel(self.next_id(), guild.id, name, **more)
        self.channels[channel.id] = channel
        self.posts[channel.id] = {}
        return channel

    def private(self, user: User) -> Channel:
        """The channel in which the bot writes to one person."""
        identity = user.id + 1_000_000
        if identity not in self.channels:
            self.channels[identity] = Channel(identity, 0, "", 1)
            self.posts[identity] = {}
        return self.channels[identity]

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

    async def rename_thread(self, thread: Channel, name: str) -> None:
        """Rename a thread: Discord says so in it, too."""
        thread.name = name
        await self.gateway.send("THREAD_UPDATE", thread.shape(), guild=thread.guild)
        await self.say(self.owner, thread, name, type=4)

    async def delete_thread(self, thread: Channel) -> None:
        """Delete a thread: of the messages in it nothing is told."""
        del self.channels[thread.id], self.posts[thread.id]
        told = thread.shape()
        kept = {name: told[name] for name in ("id", "guild_id", "parent_id", "type")}
        await self.gateway.send("THREAD_DELETE", kept, guild=thread.guild)
        await self._tell()

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
            "flags": (1 << 19) * self.content_intent,
            "flags_new": str((1 << 19) * self.content_intent),
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
        inside: dict[int, list[Channel]] = {one.id: [] for one in guilds}
        for channel in self.channels.values():
            if channel.guild in inside:
                inside[channel.guild].append(channel)
        created = [("GUILD_CREATE", one.shape(inside[one.id], self.me)) for one in guilds]
        return [("READY", ready), *created]

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
        channel = self.channels[post.channel]
        channel.last = post.id
        channel.count += post.id != channel.id
        self.posts[post.channel][post.id] = post
        self.standing[post.id] = post.channel
        if channel.hidden:
            return  # of what is said there, the bot hears nothing
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
        post.edited = self._later()
        await self.changed_post(post)

    async def unfurl(self, post: Post, url: str, title: str) -> None:
        """Have a link's preview arrive: a MESSAGE_UPDATE that is no edit."""
        post.embeds = [*post.embeds, {"type": "link", "url": url, "title": title}]
        await self.changed_post(post)

    def find(self, identity: int) -> Post:
        return self.posts[self.standing[identity]][identity]

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

    async def react(
        self,
        user: User,
        identity: int,
        emoji: str,
        *,
        burst: bool = False,
        names_author: bool = True,
    ) -> None:
        """React to a message; Discord need not say with it who wrote that."""
        post = self.find(identity)
        users = (post.bursts if burst else post.reactions).setdefault(emoji, [])
        if user.id not in users:
            users.append(user.id)
            self.marked.setdefault(identity, time.monotonic())
            more = {"member": user.member()}
            more |= {"message_author_id": str(post.author.id)} if names_author else {}
            await self._reaction("MESSAGE_REACTION_ADD", user, post, emoji, more, burst=burst)

    async def unreact(self, user: User, identity: int, emoji: str, *, burst: bool = False) -> None:
        post = self.find(identity)
        kind = post.bursts if burst else post.reactions
        if user.id in kind.get(emoji, []):
            kind[emoji].remove(user.id)
            await self._reaction("MESSAGE_REACTION_REMOVE", user, post, emoji, {}, burst=burst)

    async def hide(self, channel: Channel, *, hidden: bool) -> None:
        """Hide a channel from the bot, or show it again."""
        channel.hidden = channel.closed = hidden
        await self.gateway.send("CHANNEL_UPDATE", channel.shape(), guild=channel.guild)

    async def clear_reactions(self, identity: int) -> None:
        """Take all reactions away, as a moderator does: one event for all of them."""
        post = self.find(identity)
        post.reactions.clear()
        post.bursts.clear()
        guild = self.channels[post.channel].guild
        told = {
            "channel_id": str(post.channel),
            "message_id": str(identity),
            "guild_id": str(guild),
        }
        await self.gateway.send("MESSAGE_REACTION_REMOVE_ALL", told, guild=guild)
        await self._tell()

    async def _reaction(
        self,
        event: str,
        user: User,
        post: Post,
        emoji: str,
        more: dict[str, Any],
        *,
        burst: bool,
    ) -> None:
        guild = self.channels[post.channel].guild
        told = {
            "user_id": str(user.id),
            "channel_id": str(post.channel),
            "message_id": str(post.id),
            "guild_id": str(guild),
            "emoji": {"id": None, "name": emoji},
            "burst": burst,
            "type": int(burst),
        }
        await self.gateway.send(event, told | more, guild=guild)
        await self._tell()

    async def _tell(self) -> None:
        async with self.happened:
            self.happened.notify_all()

    async def until(self, holds: Any, seconds: float = LONGEST) -> None:
        """Wait until something holds of the world; it is looked at whenever something happens."""
        async with asyncio.timeout(seconds):
            async with self.happened:
                await self.happened.wait_for(holds)

    def file(self, name: str, data: bytes, *, size: int | None = None) -> str:
        """Upload a file for a command's option; return its id."""
        identity = str(self.next_id())
        self.cdn[identity] = data
        url = f"http://127.0.0.1:{self.port}/cdn/{identity}"
        self.uploaded[identity] = {
            "id": identity,
            "filename": name,
            "size": len(data) if size is None else size,
            "url": url,
            "proxy_url": url,
        }
        return identity

    async def download(self, request: web.Request) -> web.Response:
        return web.Response(body=self.cdn[request.match_info["name"]])

    # --- what the bot does ---------------------------------------------------------------------

    def fill(self, post: Post, body: dict[str, Any]) -> None:
        if "content" in body:
            post.content = body["content"] or ""
        if "embeds" in body:
            post.embeds = [{"type": "rich", **one} for one in body["embeds"] or []]
        if "components" in body:
            post.components = numbered(body["components"] or [])
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
        post.edited = self._later()
        await self.changed_post(post)

    def of_bot(self, channel: Channel) -> list[Post]:
        """What stands in a channel of the bot's, oldest first."""
        posts = sorted(self.posts[channel.id].values(), key=lambda one: one.id)
        return [one for one in posts if one.author is self.me]

    def panel(self, channel: Channel) -> Post:
        """The live outline of a channel."""
        return next(one for one in reversed(self.of_bot(channel)) if one.embeds and one.components)


@asynccontextmanager
async def local_discord(**more: Any) -> AsyncIterator[LocalDiscord]:
    """Open a Discord on a free port."""
    need_descriptions(DISCORD)
    discord = LocalDiscord(**more)
    app = web.Application(client_max_size=32 * 1024 * 1024)
    app.add_routes(discord.rest.routes())
    app.router.add_get("/gateway", discord.gateway.connect)
    app.router.add_get("/gateway/", discord.gateway.connect)
    app.router.add_get("/cdn/{name}", discord.download)
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
