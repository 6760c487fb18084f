"""A whole chat front for tests, of either platform: its real client, SQLite and git.

What the platforms differ in stands in tests/cogs/front.py and tests/slack/front.py.
"""

from abc import ABC, abstractmethod
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.app.app import clock
from bot.app.rooms import Rooms
from bot.services.chat.front import Backend
from bot.services.desk.desk import Desk
from bot.services.ports import Fetcher
from bot.services.shows import FIRST, Shows
from storage.store import SqliteStore
from tests.made_once import copy_to
from tests.patience import LONGEST
from tests.services.desk.house import app, git, make_site

needs_network = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

PROFILE = "name: Test\npath: '_drafts/ep{{ number }}.md'\naround_links: keep\n"
TEMPLATE = "---\ntitle: {{ title | yaml }}\n---\n\n{{ body }}\n"


def profiled_site(folder: Path, profile: str, template: str, branch: str) -> Path:
    """A repository with a profile; the one that stands in the folder, if one does."""

    def make(site: Path) -> None:
        make_site(site)
        (site / ".rundown").mkdir()
        (site / ".rundown/site.yml").write_text(profile, encoding="utf-8")
        (site / ".rundown/draft.md.j2").write_text(template, encoding="utf-8")
        git(site, "add", "--all")
        git(site, "commit", "--quiet", "--message=profile")
        git(site, "branch", "--move", branch)

    site = folder / "site"
    if not site.exists():
        copy_to(site, make, (profile, template, branch))
    return site


class Home(ABC):
    """The app on one local platform, on a site in a folder."""

    store: SqliteStore
    shows: Shows
    rooms: Rooms
    backend: Backend
    owners: frozenset[str] = frozenset()
    """Whom RUNDOWN_OWNERS names, from the next start on."""

    def __init__(self, folder: Path, site: Path, web: Fetcher | None) -> None:
        self.folder = folder
        self.site = site
        self.web = web
        self.stack = AsyncExitStack()

    async def start(self) -> None:
        """Start the app, as `rundown run` does."""
        self.stack = AsyncExitStack()
        environment = {"RUNDOWN_SITE": str(self.site)}
        db = self.folder / "rundown.db"
        opened = await self.stack.enter_async_context(
            app(db, environment=environment, web=self.web)
        )
        self.store, self.shows, self.rooms = opened.store, opened.shows, opened.rooms
        self.backend = Backend(
            shows=self.shows,
            store=self.store,
            clock=clock,
            site=str(self.site),
            owners=self.owners,
            supervisor=opened.supervisor,
        )
        await self.connect()

    @abstractmethod
    async def connect(self) -> None:
        """Connect to the platform."""

    @abstractmethod
    async def disconnect(self) -> None:
        """Finish what was begun, and disconnect."""

    @abstractmethod
    async def break_off(self) -> None:
        """Disconnect as kill -9 does: nothing is finished, nothing noted."""

    @abstractmethod
    async def settled(self) -> None:
        """Wait until the app has done all that it was told of."""

    @property
    @abstractmethod
    def watched(self) -> str:
        """The channel that is watched."""

    async def stop(self) -> None:
        """Stop it, as SIGTERM does."""
        await self.disconnect()
        await self.stack.aclose()

    async def kill(self) -> None:
        """Stop it as kill -9 does."""
        await self.break_off()
        await self.stack.aclose()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def body(self) -> str:
        """The draft without its front matter, when all is read that is read before a draft."""
        await self.backend.complete(self.watched, seconds=LONGEST)
        return (await (await self.desk()).views.rendered(self.watched)).body.text

    async def desk(self) -> Desk:
        return await self.shows.open(FIRST)

    def committed_id(self) -> str:
        return git(self.site, "rev-parse", "HEAD").strip()

    def commit_by_hand(self, path: str, text: str) -> str:
        """Add to a file as a person does; return the commit as it is shown."""
        with (self.site / path).open("a", encoding="utf-8") as file:
            file.write(text)
        git(self.site, "commit", "--quiet", "--all", "--message=by hand")
        return self.committed_id()[:10]

    def committed(self, path: str) -> str:
        return git(self.site, "show", f"HEAD:{path}")
