"""Who is named as a host: what people type for roles, groups and people, one or several."""

import re
from collections.abc import Callable

from bot.errors import CommandError
from bot.services.watched_channels import PERSON

EVERYBODY = frozenset({"", "everyone", "channel", "here", "全員"})

# A mention as a platform writes it, with what it shows behind a stroke on Slack.
_MENTION = re.compile(r"<(?P<kind>@&|@!?|!subteam\^)(?P<id>[A-Za-z0-9]+)(?:\|[^<>]*)?>")

Find = Callable[[str], str | None]
"""Returns what somebody's or a role's name stands for among the hosts, None for nobody."""


def named_hosts(typed: str, find: Find) -> list[str]:
    """Return the hosts that are named, as WatchedChannels keeps them; none where all may write.

    `find` knows names and ids, without their `@`. Raises CommandError for a name of nobody.
    """
    found = [_mentioned(mention) for mention in _MENTION.finditer(typed)]
    rest = re.split(r"[,、，]", _MENTION.sub(",", typed))
    names = [name.strip().lstrip("@＠").strip() for name in rest]
    for name in filter(None, names):
        found += _by_name(name, find)
    return list(dict.fromkeys(found))


def _mentioned(mention: re.Match[str]) -> str:
    is_person = mention["kind"].startswith("@") and mention["kind"] != "@&"
    return PERSON + mention["id"] if is_person else mention["id"]


def _by_name(name: str, find: Find) -> list[str]:
    """Return what a name stands for, or names with blanks between them that stand for something."""
    for words in ([name], re.split(r"[\s　]+@?", name)):
        known = [(word, find(word)) for word in words if word.casefold() not in EVERYBODY]
        if all(one is not None for _, one in known):
            return [one for _, one in known if one is not None]
    raise CommandError("shows.no-such-host", typed=name[:40])
