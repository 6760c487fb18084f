"""What the services need from the outside, as protocols; adapters and storage fulfil them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.core.events import Event, Message
from bot.core.merge.conflict import Conflict
from bot.core.model import Job, Lookup

if TYPE_CHECKING:  # loaded where there are some
    from bot.services.shards import Shards


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the chat: the platform's id, and the name that is shown."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft of an episode, kept before its commit is asked for and settled after it.

    `seq` is the place in the log that it was rendered at, with the profile (`site_yml`,
    `template`) and the `lookups` of that time, by canonical address. `committed` is what was
    written: what the episode gave, merged with what people had made of the file since the content
    `before`. `owners` names for each of its lines the item or topic that it belongs to, and
    `conflicts` tell where the two disagreed. `path` is the file from the repository's root, `blob`
    the id of what was committed. `people` are those who had changed the file, `edit` the newest
    commit of theirs. `commit` is None until it is settled; what people had done is then in the
    log, under keys that begin with the draft's id. Until then `both` has what items were, and what
    people made of them, where the chat had changed them as well. `hidden` are keyed fingerprints of
    lines that went off the record since: the next draft takes them out of the file. Until then
    `written` is what the file has but for those, and `writers` the owners of its lines; in
    `committed` stands what is to take their place. `number` is the episode's at its first draft,
    by which the site knows it whatever it is called later; drafts of older versions have none.
    `page` tells that the file is a page by now which we made of a draft, `own_went` that words of
    people's went from it with a line that is off the record. Where another file has its new name,
    that is what it `waits_for`: it follows its number, title or date once that is free.
    """

    id: str
    episode: str
    seq: int
    at: int
    path: str
    committed: str
    owners: tuple[str | None, ...]
    site_yml: str
    template: str
    lookups: Mapping[str, Lookup]
    before: str = ""
    blob: str = ""
    people: tuple[str, ...] = ()
    edit: str = ""
    conflicts: tuple[Conflict, ...] = ()
    both: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    commit: str | None = None
    hidden: tuple[str, ...] = ()
    written: str | None = None
    writers: tuple[str | None, ...] = ()
    number: str = ""
    page: bool = False
    own_went: bool = False
    waits_for: str = ""


LOOKUPS = "look-ups"
"""The area of Elsewhere that tells of look-ups."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other processes changed in the store: episodes, and areas of what is noted.

    With `all`, it may be anything.
    """

    episodes: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    all: bool = False


class Store(Protocol):
    """The log, and what is kept beside it. Every method that writes is one durable transaction."""

    async def append(self, events: Sequence[Event]) -> list[Event]:
        """Store the events whose key is new, all or none; return them with their `seq`."""

    async def events(self, episode: str) -> list[Event]:
        """Return the episode's events by `seq`, without talk that nobody replied to or marked."""

    async def talk(self, messages: Collection[str]) -> list[Event]:
        """Return the stored states of these messages that hold no text."""

    async def lifecycle(self, show: str) -> list[Event]:
        """Return the events that opened, closed or reopened the show's episodes, by `seq`."""

    async def field_events(self, show: str) -> list[Event]:
        """Return the events that say what the fields of the show's episodes are, by `seq`."""

    async def episode_of(self, message: str) -> str | None:
        """Return the episode that a message was stored with."""

    async def put_lookups(self, lookups: Mapping[str, Lookup]) -> None:
        """Keep look-ups under their canonical addresses; a better source is never replaced."""

    @property
    def lookups_version(self) -> int:
        """A number that grows when look-ups are written or erased."""

    async def lookups(self, canonicals: Iterable[str]) -> dict[str, Lookup]:
        """Return what is known of these canonical addresses."""

    async def prune_lookups(self, before: int) -> None:
        """Forget what was looked up before a time, in microseconds; what a person gave stays."""

    async def put_people(self, people: Collection[Person]) -> None:
        """Keep the names that people have now."""

    async def people(self) -> dict[str, str]:
        """Return every known person's name by id."""

    async def state(self, area: str) -> dict[str, str]:
        """Return all that is noted in an area, by name."""

    async def put_state(self, area: str, name: str, body: str) -> None:
        """Note something, in place of what was noted under that name."""

    async def drop_state(self, area: str, name: str) -> None:
        """Forget what was noted under a name."""

    async def put_draft(self, draft: Draft) -> None:
        """Keep a draft, open (no commit yet) or settled, in place of the one with its id."""

    async def drop_draft(self, draft: str) -> None:
        """Forget a draft that came to nothing."""

    async def drafts(self, episode: str) -> list[Draft]:
        """Return the episode's drafts, oldest first: the last settled one and those still open."""

    async def erase(
        self,
        message: str,
        *,
        canonicals: Collection[str],
        drafts: Collection[Draft] = (),
        events: Collection[Event] = (),
    ) -> None:
        """Blank all that is stored of a message, and the look-ups of these addresses.

        Its marks, ids and times stay, so that it is not read again. `drafts` and `events` replace
        those of the same id or key (their texts scrubbed by the caller).
        """

    async def prune(self, episode: str, *, keep: Collection[str]) -> bool:
        """Blank an episode's events but those with the keys to `keep`, and drop its drafts.

        Keys, ids of messages and times stay, and of marks that are kept whose they are. Names of
        people who did nothing else go. Returns whether there was anything.
        """

    @property
    def shards(self) -> "Shards | None":
        """The shards that this process holds, where others hold the rest."""

    async def now(self) -> float:
        """Return the seconds since 1970 by the database's clock, which its processes share."""

    async def take(self, name: str) -> bool:
        """Take something for as long as we are alive, if nobody has it; return whether."""

    def follow(self, listener: Callable[[Elsewhere], None]) -> None:
        """Have somebody told of what other processes change, before an append goes on from it."""

    def exclusive(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Hold what one process at a time may do; yields whether others may have just done it.

        Raises StoreBusy where another does not let go of it.
        """

    async def scrub(self) -> bool:
        """Take what was erased out of free pages and the WAL; False while a reader is in the way.

        An erasure that was not scrubbed is remembered over restarts (`scrub_due`).
        """

    async def scrub_due(self) -> bool:
        """Return whether something was erased and not scrubbed yet."""


class Templates(Protocol):
    """Renders the templates of a profile, which are not trusted, within limits."""

    async def render(self, jobs: Sequence[Job]) -> list[str]:
        """Return each job's text, or raise TemplateError for the first that fails."""


class Fetched(Protocol):
    """What came of a request: the address after redirects, and a bounded part of the body."""

    @property
    def url(self) -> str: ...
    @property
    def status(self) -> int: ...
    @property
    def content_type(self) -> str | None: ...
    @property
    def body(self) -> bytes: ...
    @property
    def retry_after(self) -> float | None:
        """Seconds that the server asks to wait."""

    @property
    def size(self) -> int | None:
        """The bytes of the whole body, if the server says so; of sound nothing more is read."""

    @property
    def moved(self) -> str | None:
        """Where redirects for good lead, up to the first that is none."""


class Fetcher(Protocol):
    """Fetches from the web what may be fetched, within limits."""

    async def get(
        self,
        url: str,
        *,
        accept: str,
        language: str | None = None,
        enough: Callable[[bytes], bool] | None = None,
    ) -> Fetched:
        """Fetch an address; stop when `enough` says so of the bytes that it is fed.

        Raises FetchError, whose `reason` is a word of bot/texts/lookup.py.
        """


@dataclass(frozen=True, slots=True)
class Preview:
    """The platform's own preview of a link in a message."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Reaction:
    """A mark on a message as a snapshot shows it; `by` is empty where the platform names nobody.

    `counts` tells whether whoever put it may: that is asked while the mark is new. One that counted
    stays until the reaction itself is gone.
    """

    emoji: str
    by: str
    counts: bool = True


class Snapshot(NamedTuple):
    """A message's whole state as it was read from an export or a channel's history.

    `reactions` are all of its reactions at that time, those of bots taken out; `previews` the
    titles that the platform shows for its links. Nothing is known of reactions where it is None.
    """

    message: Message
    author: Person
    reactions: tuple[Reaction, ...] | None = ()
    previews: tuple[Preview, ...] = ()


class Room(Protocol):
    """The chat platform, asked for what we do not keep."""

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        """Return a message as it is now, its previews too; None if it is gone or cannot be had.

        The dates in it are written in a time zone. A show is asked for nothing: it may be opening,
        and wait for this.
        """
