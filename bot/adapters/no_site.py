"""What stands in where a command has no site repository, or no chat that could be asked."""

from bot.core.events import Message
from bot.errors import SiteError
from bot.services.ports import Commit


class NoSite:
    """A site without files, to which nothing can be committed."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    async def head(self) -> str:
        raise SiteError("cli.no-repository")

    async def paths(self) -> list[str]:
        return []

    async def read(self, path: str) -> bytes | None:
        return None

    async def ours(self, path: str) -> bool:
        return True

    async def find(self, draft: str) -> Commit | None:
        return None

    async def merge(self, base: str, ours: str, theirs: str, *, prefer_ours: bool) -> str | None:
        raise SiteError("cli.no-repository")

    async def commit(self, *, path: str, text: str, message: str, head: str) -> Commit:
        raise SiteError("cli.no-repository")


class NoRoom:
    """A chat that is over: an export cannot be asked for what is not in it."""

    async def fetch(self, channel: str, message: str) -> Message | None:
        return None
