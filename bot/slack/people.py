"""Who is who in a workspace: asked of Slack once, and remembered for a while."""

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.grammar.message import OF_AUTHORS
from bot.core.markup.slack_inline import Workspace
from bot.core.markup.slack_message import dict_of, dicts_of, shown
from bot.errors import ChatClosed, ChatError, CommandError
from bot.services.chat.named_hosts import named_hosts
from bot.services.ports import Person
from bot.services.watched_channels import PERSON, Caller, WatchedChannels
from bot.slack.translate import code_of, explained, language, workspace_of

T = TypeVar("T")

MOST = 5_000
REMEMBERED = 15 * 60 * 1_000_000
"""Microseconds after which is asked anew: names, rights and groups change."""

MEMBERSHIP = 5 * 60 * 1_000_000
"""Microseconds for which Slack's word on who is in a channel is believed."""

MOST_MEMBERS = 100_000

_STRANGERS = ("user_not_found", "user_not_visible")
"""What Slack says of somebody who is not of this workspace."""

_NO_GROUPS = ("no_such_subteam", "plan_upgrade_required")
"""What Slack says where a group was disabled, or where the workspace's plan has none."""

_MANAGERS = ("is_admin", "is_owner", "is_primary_owner")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,63}")
_USER = re.compile(r"[UW][A-Z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class KnownUser:
    """Somebody in the workspace, as far as the app needs to know."""

    person: Person
    language: str = "en"
    manages: bool = False
    belongs: bool = True
    is_bot: bool = False


class SlackPeople:
    """Users, channels and groups of one workspace."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        team: str,
        watched: WatchedChannels,
        owners: frozenset[str],
        clock: Callable[[], int],
    ) -> None:
        self.workspace = workspace_of(team)
        self._client = client
        self._team = team
        self._watched = watched
        self._owners = owners
        self._clock = clock
        self._users: OrderedDict[str, tuple[int, KnownUser]] = OrderedDict()
        self._channels: OrderedDict[str, tuple[int, str]] = OrderedDict()
        self._groups: OrderedDict[str, tuple[int, frozenset[str]]] = OrderedDict()
        self._rooms: OrderedDict[str, tuple[int, frozenset[str]]] = OrderedDict()

    async def user(self, identity: str) -> KnownUser:
        """Return somebody; by the id alone where Slack does not say more."""
        known = self._recall(self._users, identity)
        if known is None:
            try:
                with explained(identity):
                    answer: Any = await self._client.users_info(user=identity, include_locale=True)
            except ChatClosed as error:
                if error.values.get("code") not in _STRANGERS:
                    raise
                return KnownUser(Person(identity, identity), belongs=False)
            known = self._read(identity, dict_of(answer.get("user")))
            self._keep(self._users, identity, known)
        return known

    def _read(self, identity: str, raw: dict[str, Any]) -> KnownUser:
        return KnownUser(
            Person(identity, shown(raw) or identity),
            language(raw.get("locale")),
            manages=any(raw.get(key) is True for key in _MANAGERS),
            belongs=self._belongs(raw),
            is_bot=raw.get("is_bot") is True,
        )

    def _belongs(self, raw: dict[str, Any]) -> bool:
        """Return whether somebody is of this workspace, perhaps among others."""
        if raw.get("is_stranger") is True:
            return False
        teams = dict_of(raw.get("enterprise_user")).get("teams")
        is_ours = isinstance(teams, list) and self._team in teams
        return is_ours or raw.get("team_id") in (None, self._team)

    async def names(self, users: Iterable[str], channels: Iterable[str], zone: tzinfo) -> Workspace:
        """Return what the ids in a message mean; what cannot be had has no name."""
        named = {}
        for one in users:
            try:
                named[one] = (await self.user(one)).person.name
            except ChatError:
                continue  # the message counts, also while a name cannot be had
        rooms = {one: await self.channel(one) for one in channels}
        return Workspace(named, {one: name for one, name in rooms.items() if name}, zone=zone)

    async def channel(self, identity: str) -> str:
        """Return a channel's name, "" where it cannot be had."""
        name = self._recall(self._channels, identity)
        if name is None:
            try:
                with explained(identity):
                    answer: Any = await self._client.conversations_info(channel=identity)
            except ChatError:
                return ""
            name = str(dict_of(answer.get("channel")).get("name") or "")
            self._keep(self._channels, identity, name)
        return name

    async def enter(self, channel: str) -> bool:
        """Have the app in a channel, which it may enter by itself where that is public.

        Raises CommandError for a conversation of a few people, which is no channel.
        """
        if not _CHANNEL.fullmatch(channel):
            raise CommandError("slack.no-conversation")
        with explained(channel):
            try:
                answer: Any = await self._client.conversations_info(channel=channel)
                found = dict_of(answer.get("channel"))
                if found.get("is_im") is True or found.get("is_mpim") is True:
                    raise CommandError("slack.no-conversation")
                if found.get("is_member") is True:
                    return True
                await self._client.conversations_join(channel=channel)
            except SlackApiError as error:
                if code_of(error) == "ratelimited":
                    raise
                return False
        return True

    # --- who may -------------------------------------------------------------------------------

    async def caller(self, identity: str) -> Caller:
        """Return who asks.

        Whoever runs the bot chose this workspace by its tokens, so those who manage it may bind it
        to the site of the settings, where no owners are named.
        """
        known = await self.user(identity)
        wanted = self._watched.hosts(self.workspace)
        groups = [
            one
            for one in wanted
            if not one.startswith(PERSON) and identity in await self._members(one)
        ]
        manages = known.manages and known.belongs
        return Caller(
            self.workspace,
            frozenset(groups),
            manages,
            writes=known.belongs and not known.is_bot,
            owns=f"{self._team}/{identity}" in self._owners,
            binds=manages and not self._owners,
            user=identity if known.belongs else "",
        )

    async def is_host(self, identity: str) -> bool:
        """Return whether somebody's marks count."""
        known = await self.user(identity)
        return not known.is_bot and self._watched.is_host(await self.caller(identity))

    async def is_in(self, identity: str, channel: str) -> bool:
        """Return whether somebody is in a channel, as Slack said at most MEMBERSHIP ago."""
        at, members = self._rooms.get(channel, (0, frozenset[str]()))
        is_old = self._clock() - at >= MEMBERSHIP
        if is_old or identity not in members:  # who was not there may have come in meanwhile
            members = await self._ask_members(channel)
            self._keep(self._rooms, channel, members)
        return identity in members

    async def _ask_members(self, channel: str) -> frozenset[str]:
        found: set[str] = set()
        cursor: str | None = None
        while True:
            with explained(channel):
                answer: Any = await self._client.conversations_members(
                    channel=channel, limit=1000, cursor=cursor
                )
            members = answer.get("members")
            found.update(map(str, members if isinstance(members, list) else ()))
            cursor = dict_of(answer.get("response_metadata")).get("next_cursor") or None
            if cursor is None or len(found) > MOST_MEMBERS:
                return frozenset(found)

    async def may_mark(self, identity: str, mark: str, author: object) -> bool:
        """Return whether somebody's mark on a message of `author` counts."""
        return (mark in OF_AUTHORS and identity == author) or await self.is_host(identity)

    async def _members(self, group: str) -> frozenset[str]:
        members = self._recall(self._groups, group)
        if members is None:
            ask = self._client.usergroups_users_list(usergroup=group)
            users = (await _of_groups(group, ask)).get("users")
            members = frozenset(users if isinstance(users, list) else ())
            self._keep(self._groups, group, members)
        return members

    async def named_hosts(self, typed: str, people: Mapping[str, str]) -> list[str]:
        """Return the groups and people that are named; raise CommandError for others.

        `people` are the ids of those whom Slack mentions in what was typed, by name.
        """
        answer = await _of_groups(typed, self._client.usergroups_list())
        groups = dicts_of(answer.get("usergroups"))

        def find(name: str) -> str | None:
            wanted = name.casefold()
            for raw in groups:
                if wanted in (str(raw.get("id")).casefold(), str(raw.get("handle")).casefold()):
                    return str(raw["id"])
            if wanted in people:
                return PERSON + people[wanted]
            return PERSON + name if _USER.fullmatch(name) else None

        return named_hosts(typed, find)

    # --- what is remembered --------------------------------------------------------------------

    def changed(self, raw: dict[str, Any]) -> None:
        """Take in that somebody changed name or rights; the language is not told."""
        identity = str(raw.get("id"))
        known = self._recall(self._users, identity)
        if known is not None:
            new = self._read(identity, raw)
            self._keep(self._users, identity, replace(new, language=known.language))

    def forget_channel(self, identity: str) -> None:
        """Ask anew what a channel is called."""
        self._channels.pop(identity, None)

    def forget_groups(self) -> None:
        """Ask anew who is in which group."""
        self._groups.clear()

    def _recall(self, known: "OrderedDict[str, tuple[int, T]]", key: str) -> T | None:
        if key not in known:
            return None
        at, value = known[key]
        return value if self._clock() - at < REMEMBERED else None

    def _keep(self, known: "OrderedDict[str, tuple[int, T]]", key: str, value: T) -> None:
        known[key] = (self._clock(), value)
        if len(known) > MOST:
            known.popitem(last=False)


async def _of_groups(what: str, ask: Awaitable[Any]) -> Any:  # noqa: ANN401 - any JSON
    """Return what Slack says of user groups; nothing of one that is disabled, or without them."""
    try:
        with explained(what):
            return await ask
    except ChatClosed as error:
        if error.values.get("code") not in _NO_GROUPS:
            raise
        return {}
