"""What Discord sends, as it shapes it: users, channels, messages, guilds, interactions."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

EPOCH = 1_420_070_400_000
"""The millisecond at which Discord's ids begin."""

HOST = 0x0000_0000_0000_0800 | 0x400 | 0x1_0000  # send, view, read history
MANAGER = HOST | 0x20


def stamp(identity: int) -> str:
    """The time that an id tells."""
    at = ((identity >> 22) + EPOCH) / 1000
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")


@dataclass
class User:
    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    roles: tuple[int, ...] = ()
    permissions: int = HOST

    def shape(self) -> dict[str, Any]:
        shape: dict[str, Any] = {
            "id": str(self.id),
            "username": f"user{self.id}",
            "avatar": None,
            "discriminator": "0",
            "public_flags": 0,
            "flags": 0,
            "global_name": self.name,
            "primary_guild": None,
        }
        return shape | ({"bot": True} if self.bot else {})

    def member(self, *, inside: bool = False) -> dict[str, Any]:
        shape: dict[str, Any] = {
            "avatar": None,
            "banner": None,
            "communication_disabled_until": None,
            "flags": 0,
            "joined_at": "2026-01-01T00:00:00.000000+00:00",
            "nick": None,
            "pending": False,
            "premium_since": None,
            "roles": [str(one) for one in self.roles],
            "mute": False,
            "deaf": False,
        }
        return shape if inside else shape | {"user": self.shape()}


@dataclass
class Channel:
    id: int
    guild: int
    name: str
    type: int = 0
    parent: int | None = None
    archived: bool = False
    archived_at: str = "2026-01-01T00:00:00.000000+00:00"
    closed: bool = False
    hidden: bool = False
    mute: bool = False
    """Whether the bot lacks Send Messages there."""
    last: int | None = None
    count: int = 0

    def shape(self) -> dict[str, Any]:
        shape: dict[str, Any] = {
            "id": str(self.id),
            "type": self.type,
            "flags": 0,
            "guild_id": str(self.guild),
            "name": self.name,
        }
        if self.type in (10, 11, 12):
            return shape | {
                "parent_id": str(self.parent),
                "owner_id": "901",
                "thread_metadata": {
                    "archived": self.archived,
                    "archive_timestamp": self.archived_at,
                    "auto_archive_duration": 1440,
                    "locked": False,
                    "create_timestamp": self.archived_at,
                },
                "message_count": self.count,
                "member_count": 1,
                "total_message_sent": self.count,
                "rate_limit_per_user": 0,
                "last_message_id": None if self.last is None else str(self.last),
            }
        return shape | {
            "position": 0,
            "permission_overwrites": [
                {"id": str(self.guild), "type": 0, "allow": "0", "deny": str(0x400)}
            ]
            * self.hidden,
            "parent_id": None,
            "topic": None,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "last_message_id": None,
        }


@dataclass
class Post:
    """A message; `reactions` are who put which emoji, in the order in which the emoji came.

    `bursts` are super reactions, which Discord counts together with the others and lists apart.
    """

    id: int
    channel: int
    author: User
    content: str
    edited: str | None = None
    type: int = 0
    reply_to: int | None = None
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    reactions: dict[str, list[int]] = field(default_factory=dict)
    bursts: dict[str, list[int]] = field(default_factory=dict)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    mentions: tuple[User, ...] = ()
    flags: int = 0
    forwarded: str | None = None

    def shape(self, me: int) -> dict[str, Any]:
        shape: dict[str, Any] = {
            "id": str(self.id),
            "type": self.type,
            "content": self.content,
            "channel_id": str(self.channel),
            "author": self.author.shape(),
            "timestamp": stamp(self.id),
            "edited_timestamp": self.edited,
            "mentions": [] if self.forwarded else [one.shape() for one in self.mentions],
            "mention_roles": [],
            "attachments": self.attachments,
            "embeds": self.embeds,
            "components": self.components,
            "flags": self.flags,
            "pinned": False,
            "mention_everyone": False,
            "tts": False,
        }
        if self.reply_to is not None:
            shape["message_reference"] = {
                "type": 0,
                "channel_id": str(self.channel),
                "message_id": str(self.reply_to),
            }
        if self.forwarded is not None:
            shape["message_reference"] = {"type": 1, "channel_id": "1", "message_id": "1"}
            shape["message_snapshots"] = [
                {"message": _forward(self.forwarded, self.id, self.mentions)}
            ]
        shown = [
            _reaction(emoji, self.reactions.get(emoji, []), self.bursts.get(emoji, []), me)
            for emoji in {**self.reactions, **self.bursts}
        ]
        if shown := [one for one in shown if one["count"]]:
            shape["reactions"] = shown
        return shape


def _forward(text: str, identity: int, mentions: tuple[User, ...]) -> dict[str, Any]:
    return {
        "type": 0,
        "content": text,
        "mentions": [one.shape() for one in mentions],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "timestamp": stamp(identity),
        "edited_timestamp": None,
        "flags": 0,
        "components": [],
    }


def _reaction(emoji: str, users: list[int], bursts: list[int], me: int) -> dict[str, Any]:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(users) + len(bursts),
        "count_details": {"normal": len(users), "burst": len(bursts)},
        "burst_colors": [],
        "me_burst": False,
        "me": me in users,
    }


@dataclass
class Guild:
    id: int
    name: str
    locale: str = "en-US"
    roles: dict[int, str] = field(default_factory=dict)
    everyone: int = HOST

    def shape(self, channels: list[Channel], me: User) -> dict[str, Any]:
        """A whole guild, as GUILD_CREATE tells it."""
        threads = [one for one in channels if one.type in (10, 11, 12) and not one.archived]
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "splash": None,
            "discovery_splash": None,
            "owner_id": "901",
            "region": "deprecated",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "roles": [self._role(self.id, "@everyone", self.everyone)]
            + [self._role(role, name, 0) for role, name in self.roles.items()],
            "emojis": [],
            "stickers": [],
            "features": [],
            "mfa_level": 0,
            "application_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "max_members": 500000,
            "vanity_url_code": None,
            "description": None,
            "banner": None,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": self.locale,
            "public_updates_channel_id": None,
            "nsfw_level": 0,
            "premium_progress_bar_enabled": False,
            "safety_alerts_channel_id": None,
            "widget_enabled": False,
            "widget_channel_id": None,
            "max_presences": None,
            "max_video_channel_users": 25,
            "max_stage_video_channel_users": 25,
            "home_header": None,
            "nsfw": False,
            "joined_at": "2026-01-01T00:00:00.000000+00:00",
            "large": False,
            "unavailable": False,
            "member_count": 5,
            "voice_states": [],
            "members": [me.member()],
            "channels": [one.shape() for one in channels if one.type not in (10, 11, 12)],
            "threads": [one.shape() for one in threads],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    def _role(self, identity: int, name: str, permissions: int) -> dict[str, Any]:
        return {
            "id": str(identity),
            "name": name,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "icon": None,
            "unicode_emoji": None,
            "position": 0,
            "permissions": str(permissions),
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }
