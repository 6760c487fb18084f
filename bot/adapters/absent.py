"""What stands in where a command has no site repository, or no chat that could be asked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo

from bot.errors import SiteError
from bot.services.ports import Snapshot
from bot.services.site_port import Change, Commit, Holding, PullRequest, Seen


class NoSite:
    """A site without files, to which nothing can be committed."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    async def paths(self) -> list[str]:
        return []

    async def texts(self, paths: Sequence[str]) -> list[str]:
        return []

    async def blobs(self) -> Mapping[str, str]:
        return {}

    async def contents(self, blobs: Sequence[str], *, most: int) -> list[bytes | None]:
        return [None] * len(blobs)

    async def look(
        self, path: str, *, number: str, until: str | None = None, recreate: bool = False
    ) -> Seen:
        raise SiteError("cli.no-repository")

    async def moved(self, path: str, *, blob: str, seen: Seen) -> str | None:
        return None

    async def find(self, draft: str, *, path: str, number: str) -> Commit | None:
        return None

    async def holding(
        self, paths: Sequence[str], *, number: str, holds: Callable[[bytes], bool]
    ) -> Holding:
        return Holding(())

    async def commit(self, change: Change) -> Commit:
        raise SiteError("cli.no-repository")

    async def open_review(
        self, path: str, *, number: str, named: str, is_page: bool = False
    ) -> PullRequest | None:
        return None


class NoRoom:
    """A chat that is over: an export cannot be asked for what is not in it."""

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        return None
