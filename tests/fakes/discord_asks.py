"""What users ask of the bot on the local Discord, and all that it answers."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.discord_gateway import Gateway
from tests.fakes.discord_rest import Refused
from tests.fakes.discord_shapes import Channel, Guild, Post, User
from tests.patience import LONGEST

if TYPE_CHECKING:
    from tests.fakes.discord import LocalDiscord

FIRST_ANSWER = 3.0
"""Seconds in which the first word is due."""


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
            self.done.set()  # nothing more will come
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
        self._check()
        if self.kind == 5 and self.original is None:
            return await self.edit(body)
        self.private = bool(body.get("flags", 0) & 64) or self.private
        return await self._post(body)

    def _check(self) -> None:
        if self.discord.tokens_run_out:
            self.done.set()
            raise Refused(404, 10015, "Unknown Webhook")

    async def edit(self, body: dict[str, Any]) -> Post:
        self._check()
        if self.original is None:
            self.original = await self._post(body)
        else:
            self.discord.fill(self.original, body)
            await self._updated(self.original)
        self.done.set()
        return self.original

    async def take_back(self) -> None:
        self._check()
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


class Asks:
    """Slash commands, taps, forms and menus: mixed into LocalDiscord."""

    me: User
    commands: list[dict[str, Any]]
    guilds: dict[int, Guild]
    channels: dict[int, Channel]
    interactions: dict[str, "Interaction"]
    gateway: Gateway
    uploaded: dict[str, dict[str, Any]]

    if TYPE_CHECKING:

        def shown(self, post: Post) -> dict[str, Any]: ...
        def next_id(self, at: float | None = None) -> int: ...

    async def command(
        self, user: User, channel: Channel, name: str, /, **options: Any
    ) -> Interaction:
        """Return a slash command, and wait for what it answers."""
        return await self._ask(user, channel, 2, self._command_data(name, options))

    async def complete(
        self, user: User, channel: Channel, name: str, option: str, typed: str
    ) -> list[dict[str, Any]]:
        """Type into an option; return the choices."""
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
        channels, roles, files = {}, {}, {}
        for one in given:
            if one["type"] == 11:
                files[one["value"]] = self.uploaded[one["value"]]
            if one["type"] == 7:
                channel = self.channels[int(one["value"])]
                channels[one["value"]] = channel.shape() | {"permissions": "0"}
            if one["type"] == 8:
                guild = next(iter(self.guilds.values()))
                roles[one["value"]] = guild._role(int(one["value"]), "role", 0)
        return {"channels": channels, "roles": roles, "attachments": files}

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

    async def submit(self, asked: Interaction, typed: str | dict[str, str]) -> Interaction:
        """Fill in the form that was opened, by labels or its first field, and send it."""
        assert asked.modal is not None
        fields = [
            row["components"][0] if "components" in row else row["component"]
            for row in asked.modal["components"]
        ]
        if isinstance(typed, str):
            typed = {fields[0]["label"]: typed}
        assert typed.keys() <= {one["label"] for one in fields}
        rows = []
        for number, one in enumerate(fields):
            value = typed.get(one["label"], one.get("value") or "")
            assert value or not one["required"], "a field that is required is empty"
            sent = {"type": 4, "custom_id": one["custom_id"], "value": value}
            row = {"type": 1, "id": 2 * number + 1}
            rows.append(row | {"components": [sent | {"id": 2 * number + 2}]})
        data = {"custom_id": asked.modal["custom_id"], "components": rows}
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
        async with asyncio.timeout(LONGEST):
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


def parts(post: Post) -> Iterator[dict[str, Any]]:
    """All components of a message, rows opened."""
    for row in post.components:
        yield from row.get("components", [row])


def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return components the numbers that Discord gives them."""
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
