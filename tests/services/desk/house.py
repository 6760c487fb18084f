"""A whole desk for tests: real SQLite, real git, real template process, and a chat that answers."""

import itertools
import subprocess
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import Path

from bot import config
from bot.adapters.git.site import LocalSite
from bot.app.app import App, clock
from bot.app.sites import Sites
from bot.core.events import Message
from bot.core.model import Lookup
from bot.core.profile.profile import Profile, load
from bot.core.urls import canonical
from bot.services.capture.receipts import Receipt
from bot.services.desk.desk import Desk
from bot.services.ports import Fetcher, Person, Preview, Reaction, Snapshot
from bot.services.profile_renewal import ProfileRenewal
from bot.services.request import Answer, Request
from bot.services.site_port import Site
from storage.store import SqliteStore
from tests.made_once import copy_to

SECOND = 1_000_000
MONDAY = 1_700_000_000 * SECOND
SITE_YML = "name: Test\npath: '_drafts/ep{{ number }}.md'\naround_links: keep\n"
TEMPLATE = "---\ntitle: {{ title | yaml }}\nnumber: {{ number | yaml }}\n---\n\n{{ body }}\n"


@dataclass
class Chat:
    """A chat platform in small: it keeps its messages, and can be asked for one."""

    messages: dict[str, Message] = field(default_factory=dict)

    previews: dict[str, tuple[Preview, ...]] = field(default_factory=dict)

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        found = self.messages.get(message)
        author = Person(found.by, found.by.title()) if found else None
        previews = self.previews.get(message, ())
        return Snapshot(found, author, None, previews) if found and author else None


def message_id(second: int) -> str:
    """Name the message of a second: by their names, the later of two comes first as often."""
    return f"m{second * 3701 % 10_000:04}"


@dataclass
class House:
    """A desk and all around it; a second passes between two things. `receipt` is the last one."""

    desk: Desk
    store: SqliteStore
    chat: Chat
    site: Path
    folder: Path
    receipt: Receipt
    seconds: Iterator[int]

    async def say(
        self,
        text: str,
        *,
        by: str = "buka",
        channel: str = "notes",
        reply_to: str | None = None,
        previews: tuple[Preview, ...] = (),
        marks: str = "",
        guest: bool = False,
    ) -> str:
        """Post a message; return its id."""
        second = next(self.seconds)
        at = MONDAY + second * SECOND
        message = Message(message_id(second), channel, at, by, text, at, reply_to, guest=guest)
        self.chat.messages[message.id] = message
        self.chat.previews[message.id] = previews
        reactions = tuple(Reaction(mark, "oka") for mark in marks)
        self.receipt = await self.desk.capture.message(
            Snapshot(message, Person(by, by.title()), reactions, previews)
        )
        return message.id

    async def edit(self, message: str, text: str) -> Receipt:
        """Say something else in a message that was posted."""
        at = MONDAY + next(self.seconds) * SECOND
        edited = replace(self.chat.messages[message], text=text, stamp=at)
        self.chat.messages[message] = edited
        return await self.see(message)

    async def see(self, message: str, *, marks: str | None = None) -> Receipt:
        """Have a message read as it is now, with these marks if any are told."""
        seen = self.chat.messages[message]
        shown = None if marks is None else tuple(Reaction(mark, "oka") for mark in marks)
        author = Person(seen.by, seen.by.title())
        self.receipt = await self.desk.capture.message(Snapshot(seen, author, shown))
        return self.receipt

    async def mark(self, message: str, emoji: str, *, on: bool = True) -> Receipt:
        at = MONDAY + next(self.seconds) * SECOND
        person = Person("oka", "Oka")
        return await self.desk.capture.mark(
            message, emoji, on=on, channel="notes", person=person, at=at
        )

    def request(self, *, by: str = "oka", channel: str = "notes", language: str = "en") -> Request:
        second = next(self.seconds)
        at = MONDAY + second * SECOND
        return Request(f"c{second}", Person(by, by.title()), channel, at, language)

    async def know(self, url: str, title: str) -> None:
        """Have a title come from the web."""
        await self.store.put_lookups({canonical(url): Lookup(url, title)})

    async def draft(self) -> Answer:
        return await self.desk.drafts.draft(self.request())

    async def body(self, channel: str = "notes") -> str:
        """The draft without its front matter."""
        return (await self.desk.views.rendered(channel)).body.text

    def git(self, *arguments: str) -> str:
        return git(self.site, *arguments)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout


def make_site(folder: Path) -> Path:
    """A site's repository with one commit and a committer."""
    copy_to(folder, _make_site, "site")
    return folder


def _make_site(folder: Path) -> None:
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Host")
    git(folder, "config", "user.email", "host@example.org")
    (folder / "_config.yml").write_text("title: Test\n", encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=begin")


def app(
    db: Path, *, environment: Mapping[str, str] | None = None, web: Fetcher | None = None
) -> App:
    """The app on a database, as the commands build it, with the same keys in each run."""
    settings = config.read(environment or {})
    sites = Sites(settings=settings, environment={}, clock=clock)
    keys = (f"{number:064x}" for number in itertools.count())
    return App(
        settings=settings, sites=sites, clock=clock, db=db, web=nullcontext(web),
        new_key=keys.__next__,
    )  # fmt: skip


def stored(folder: Path) -> str:
    """What is in the raw bytes of the database's files in a folder."""
    files = folder.glob("rundown.db*")
    return "".join(one.read_bytes().decode("utf-8", "replace") for one in files)


def profile(settings: str = SITE_YML, template: str = TEMPLATE) -> Profile:
    return load(settings, template)


@asynccontextmanager
async def house(
    folder: Path,
    *,
    settings: str = SITE_YML,
    template: str = TEMPLATE,
    web: Fetcher | None = None,
    begin: int = 1,
    known: Iterable[Message] = (),
    timer: Callable[[], float] = float,
    environment: Mapping[str, str] | None = None,
) -> AsyncIterator[House]:
    """Open a house in a folder; opened again there, it goes on, at the second `begin`.

    `known` are messages that its chat has already; by `timer` the profile's expressions are
    bounded, which by itself stands still. `environment` holds settings.
    """
    root = folder / "site"
    if not root.exists():
        make_site(root)
    site: Site = await LocalSite.open(root)
    identity = str(root.resolve()) if environment else None
    chat = Chat({one.id: one for one in known})
    renewal = ProfileRenewal(replace(profile(settings, template), timer=timer))
    async with house_on(
        site, folder, renewal, root=root, chat=chat, begin=begin, web=web,
        environment=environment, identity=identity,
    ) as home:  # fmt: skip
        yield home


@asynccontextmanager
async def house_on(
    site: Site,
    folder: Path,
    renewal: ProfileRenewal | None = None,
    *,
    root: Path | None = None,
    chat: Chat | None = None,
    begin: int = 1,
    web: Fetcher | None = None,
    environment: Mapping[str, str] | None = None,
    identity: str | None = None,
) -> AsyncIterator[House]:
    """Open a house on a site; without a `renewal` it has the profile of SITE_YML for good.

    `root` is its repository, for one that is not on GitHub. With an `identity`, its pages are kept
    in an index.
    """
    chat = chat or Chat()
    renewal = renewal or ProfileRenewal(profile())
    async with (
        app(folder / "rundown.db", web=web, environment=environment) as opened,
        opened.desk(site=site, renewal=renewal, room=chat, identity=identity) as desk,
    ):
        yield House(
            desk, opened.store, chat, root or folder, folder, Receipt("talk"),
            itertools.count(begin),
        )  # fmt: skip
