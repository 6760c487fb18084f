"""Which of Discord's shards a process holds, where several share the work."""

import re
from dataclasses import dataclass
from typing import Self

from bot.errors import SettingsError

MOST = 65_536
"""How many shards there may be; Discord asks for one for every 1,000 servers or so."""

_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})")
_ANY = re.compile(r"any:(\d{1,5})/(\d{1,5})")


def shard_of(guild: int, count: int) -> int:
    """Return on which of so many shards a server is, as Discord has it."""
    return (guild >> 22) % count


@dataclass(frozen=True, slots=True)
class Shards:
    """Some shards of so many."""

    held: tuple[int, ...]
    count: int

    def has(self, guild: int) -> bool:
        """Return whether a server is on one of them."""
        return shard_of(guild, self.count) in self.held

    def has_workspace(self, workspace: str) -> bool:
        """Return whether a workspace may be ours: shards cut Discord's servers alone."""
        platform, _, identity = workspace.partition(":")
        return platform != "discord" or self.has(int(identity))

    def __str__(self) -> str:
        return f"{self.held[0]}-{self.held[-1]}/{self.count}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `--shards` asks for: the shards to be held, or some to choose from."""

    choices: tuple[Shards, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `0-3/16`, `3/16`, or `any:4/16`, which is four that nobody holds.

        Raises SettingsError for anything else.
        """
        if found := _RANGE.fullmatch(text):
            first, count = int(found[1]), int(found[3])
            last = int(found[2]) if found[2] else first
            if first <= last < count <= MOST:
                return cls((Shards(tuple(range(first, last + 1)), count),))
        if found := _ANY.fullmatch(text):
            many, count = int(found[1]), int(found[2])
            if 0 < many <= count <= MOST:
                starts = range(0, count, many)
                return cls(
                    tuple(Shards(tuple(range(at, min(at + many, count))), count) for at in starts)
                )
        raise SettingsError("settings.shards", given=text)
