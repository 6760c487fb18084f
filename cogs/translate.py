"""Discord's objects as the values that the desk takes, and Discord's errors as ours."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo

import aiohttp
import discord

from bot import mentions
from bot.core.events import Message, Thread
from bot.core.markup import discord as discord_markup
from bot.errors import ChatClosed, ChatError
from bot.services.ports import Person, Preview, Reaction, Snapshot
from bot.services.request import Request
from bot.services.watched_channels import Caller
from bot.texts import Text

PLATFORM = "discord"
UNREACHABLE = (aiohttp.ClientError, OSError)
"""What the library raises where a connection breaks, or takes too long (TimeoutError is one)."""

READ = (discord.MessageType.default, discord.MessageType.reply)
"""The types of message that people write; all others are the system's or an app's."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """Return a time in microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def snowflake(at: int) -> int:
    """Return the id that a message of that time (in microseconds since 1970) would begin with."""
    return max(0, discord.utils.time_snowflake(_EPOCH + timedelta(microseconds=at)))


def workspace_of(guild: int | None) -> str:
    """Return the name of a server in what is stored."""
    return f"{PLATFORM}:{guild or 0}"


def guild_of(workspace: str) -> int:
    """Return the server that a name means in what is stored."""
    return int(workspace.rpartition(":")[2])


def person(user: discord.User | discord.Member) -> Person:
    """Return somebody with the name that is shown of them."""
    return Person(str(user.id), user.display_name)


def language(locale: discord.Locale) -> str:
    """Return the language of ours that is nearest to a user's."""
    return "ja" if locale is discord.Locale.japanese else "en"


def from_person(message: discord.Message) -> bool:
    """Return whether a person wrote a message in a server; bots and the system are not read."""
    is_theirs = not message.author.bot and message.webhook_id is None
    return is_theirs and message.type in READ and message.guild is not None


def text_of(message: discord.Message, zone: tzinfo) -> str:
    """Return what a message says in plain Markdown; a forwarded one says what it carries."""
    carrying = list[discord.Message | discord.MessageSnapshot]([message])
    carrying += message.message_snapshots
    mentioned = [channel for one in carrying for channel in one.raw_channel_mentions]
    find = message.guild.get_channel_or_thread if message.guild else lambda _: None
    channels = {str(one.id): one.name for one in map(find, mentioned) if one is not None}
    return discord_markup.to_markdown(
        "\n".join(one.content for one in carrying if one.content),
        users={str(one.id): one.display_name for one in message.mentions},
        roles={str(one.id): one.name for one in message.role_mentions},
        channels=channels,
        zone=zone,
    )


def snapshot(
    message: discord.Message,
    zone: tzinfo,
    *,
    thread: Thread | None,
    guest: bool,
    reactions: tuple[Reaction, ...] | None = None,
) -> Snapshot:
    """Return a message's state; `reactions` are None where nothing is known of them."""
    at = microseconds(message.created_at)
    edited = microseconds(message.edited_at) if message.edited_at else at
    reference = message.reference if message.type is discord.MessageType.reply else None
    forwarded = [embed for one in message.message_snapshots for embed in one.embeds]
    return Snapshot(
        message=Message(
            id=str(message.id),
            channel=str(message.channel.id),
            at=at,
            by=str(message.author.id),
            text=text_of(message, zone),
            stamp=max(at, edited),
            reply_to=str(reference.message_id) if reference and reference.message_id else None,
            thread=thread,
            guest=guest,
        ),
        author=person(message.author),
        reactions=reactions,
        previews=tuple(_previews([*message.embeds, *forwarded])),
    )


def _previews(embeds: list[discord.Embed]) -> Iterator[Preview]:
    for embed in embeds:
        if embed.url and embed.title and embed.title.strip():
            yield Preview(embed.url, embed.title.strip())


def request(interaction: discord.Interaction, channel: int) -> Request:
    """Return what somebody asks for; `channel` is a thread's parent."""
    here = interaction.channel_id
    return Request(
        key=f"i{interaction.id}",
        person=person(interaction.user),
        channel=str(channel),
        at=microseconds(interaction.created_at),
        language=language(interaction.locale),
        thread=str(here) if here is not None and here != channel else None,
    )


def caller(interaction: discord.Interaction, owners: frozenset[int]) -> Caller:
    """Return who asks, and what they may do in the channel, as Discord says it."""
    user, allowed = interaction.user, interaction.permissions
    guild = interaction.guild
    is_owner = guild is not None and guild.owner_id == user.id
    # Nobody who may give a command has no rights at all: where none are told, writing is one.
    unknown = allowed.value == 0
    roles = user.roles if isinstance(user, discord.Member) else []
    return Caller(
        workspace=workspace_of(interaction.guild_id),
        roles=frozenset(str(role.id) for role in roles),
        manages=allowed.manage_guild or allowed.administrator or is_owner,
        writes=allowed.send_messages or allowed.send_messages_in_threads or unknown,
        owns=user.id in owners,
        user=str(user.id),
    )


RIGHTS = {
    "view_channel": Text("rights.view-channel"),
    "send_messages": Text("rights.send-messages"),
    "send_messages_in_threads": Text("rights.send-messages-in-threads"),
    "embed_links": Text("rights.embed-links"),
    "attach_files": Text("rights.attach-files"),
    "read_message_history": Text("rights.read-message-history"),
    "add_reactions": Text("rights.add-reactions"),
}
"""What the bot asks for, by the words that Discord shows."""


def lacking(client: discord.Client, channel: int, rights: Iterable[str]) -> list[Text]:
    """Return which of some rights the bot lacks in a channel, as Discord calls them.

    Where Discord did not tell of the channel, or nothing seems to be missing, it is all of them.
    """
    known = client.get_channel(channel)
    wanted = ["view_channel", *rights]
    if isinstance(known, discord.abc.GuildChannel | discord.Thread) and known.guild.me:
        allowed = known.permissions_for(known.guild.me)
        missing = [RIGHTS[one] for one in wanted if not getattr(allowed, one)]
        if missing:
            return missing
    return [RIGHTS[one] for one in wanted]


@contextmanager
def explained(what: object, *rights: str, where: discord.Client | None = None) -> Iterator[None]:
    """Turn Discord's refusals and failures about `what` into errors of ours.

    `what` is a channel's id, or what the request was for. A refusal names which of the `rights`
    that it takes are missing, found out with the client `where`.
    """
    name = mentions.channel(what) if str(what).isdecimal() else what
    try:
        yield
    except discord.NotFound as error:
        raise ChatClosed("discord.unknown", what=name, code=error.code) from error
    except discord.Forbidden as error:
        wanted = rights or ("read_message_history",)
        needed = (
            lacking(where, int(str(what)), wanted)
            if where is not None and str(what).isdecimal()
            else [RIGHTS[one] for one in ("view_channel", *wanted)]
        )
        values = {"rights": needed, "code": error.code}
        raise ChatClosed("discord.closed", what=name, **values) from error
    except discord.HTTPException as error:
        raise ChatError("discord.failed", what=name, status=error.status) from error
    except (*UNREACHABLE, discord.RateLimited) as error:
        raise ChatError("discord.unreachable", what=name, why=type(error).__name__) from error
