"""What the services need of a podcast's site repository, as a protocol; adapters fulfil it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.errors import SiteError


@dataclass(frozen=True, slots=True)
class Edit:
    """A commit that changed a draft's file: who made it, and which of our drafts it carries.

    `by` is the login where the platform knows one, else the author's name; `blob` the id of the
    file's content in it, None where it took the file away; `drafts` the ids in its
    `Rundown-Draft` trailers, wherever in the message they stand.
    """

    commit: str
    by: str
    blob: str | None
    drafts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A branch and one file of it as they were at one moment.

    `head` is the branch's newest commit, all zeros while it has none; `data` the whole file, None
    where there is none, and `blob` the id of that content. `edits` are the commits that changed
    the file since the content that was asked for (`until`), newest first; `known` tells whether
    that content was found in the file's history at all (by its id, not by ancestry). `rules` tells
    one state of the site's profile from another; None where it has none of its own.
    """

    branch: str
    head: str
    data: bytes | None
    blob: str | None
    edits: tuple[Edit, ...] = ()
    known: bool = True
    rules: str | None = None


@dataclass(frozen=True, slots=True)
class FileChange:
    """A further file of a commit: its whole text, merged with the content `blob` that was seen.

    With a `former` path, that is where it was seen: the commit takes it away from there. `data`
    are the bytes of one that is no text.
    """

    path: str
    text: str
    blob: str | None
    former: str | None = None
    data: bytes | None = None

    @property
    def watched(self) -> str:
        """The path that was seen."""
        return self.path if self.former is None else self.former

    def content(self) -> bytes:
        """Return its bytes; raise SiteError where its text holds half a character."""
        return encoded(self.path, self.text) if self.data is None else self.data


@dataclass(frozen=True, slots=True)
class Change:
    """One draft's part of a commit: the whole text of its file, merged with what was `seen`.

    With a `former` path, that is where it was seen: the commit takes it away from there.

    `subject` says in a line what changed; `trailers` are whole lines (`Co-authored-by: …`,
    `Rundown-Draft: …`). `files` go into the same commit. `is_page` tells that it makes a page: a
    pull request that it is part of has nothing left to wait for. `number` is the episode's, for
    people to read.
    """

    path: str
    text: str
    seen: Seen
    subject: str
    trailers: tuple[str, ...]
    former: str | None = None
    files: tuple[FileChange, ...] = ()
    is_page: bool = False
    number: str = ""

    @property
    def watched(self) -> str:
        """The path that was `seen`."""
        return self.path if self.former is None else self.former

    @property
    def all_files(self) -> tuple[FileChange, ...]:
        """The file and those that go with it."""
        return (FileChange(self.path, self.text, self.seen.blob, self.former), *self.files)

    def content(self) -> bytes:
        """Return the file's bytes; raise SiteError where its text holds half a character."""
        return encoded(self.path, self.text)


def encoded(path: str, text: str) -> bytes:
    """Return the bytes of a text; raise SiteError where it holds half a character."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise SiteError("site.not-text", path=path) from None


@dataclass(frozen=True, slots=True)
class PullRequest:
    """Where a commit waits to be merged: the page of its pull request.

    With an `error`, none could be opened, and `page` is that on which a person can.
    """

    page: str
    error: SiteError | None = None


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that was made: its id, where to see it (a URL, or the short id), and the file's id.

    `review` is the pull request that the commit is part of.
    """

    id: str
    where: str
    blob: str
    review: PullRequest | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """The commits in which a file holds some words, newest first, as they are shown.

    `whole` tells whether all of the file's history was looked at: it may be too long for that.
    """

    commits: tuple[str, ...]
    whole: bool = True


class FurtherRepositories(Protocol):
    """The repositories beside the site's that its profile may put files of an episode into."""

    async def site(self, name: str) -> "Site":
        """Open one; raise SiteError where who runs the bot did not bind it to this site."""


class Site(Protocol):
    """The podcast's site repository, at the branch that drafts go to."""

    @property
    def name(self) -> str:
        """The repository's name, as a podcast without a `name` is called."""

    async def paths(self) -> list[str]:
        """Return the paths of all files at the head, with `/`, from the root."""

    async def texts(self, paths: Sequence[str]) -> list[str]:
        """Return the texts of files at the head; of what is no text, or too long, an empty one."""

    async def blobs(self) -> Mapping[str, str]:
        """Return the ids of all files' contents at the head, by path: one request or process."""

    async def contents(self, blobs: Sequence[str], *, most: int) -> list[bytes | None]:
        """Return the contents with these ids; None for one of more bytes, or that is no text."""

    async def look(
        self, path: str, *, number: str, until: str | None = None, recreate: bool = False
    ) -> Seen:
        """Look at the branch and a file of it, with edits that nobody committed yet.

        `number` is the episode's, of which a draft that is reviewed has a branch of its own;
        `until` the id of the content that we committed last. With `recreate`, what people
        removed or closed is made again. Raises SiteError where there is nothing that can be
        trusted: the branch is gone, the pull request was closed, the file was not read whole.
        """

    async def moved(self, path: str, *, blob: str, seen: Seen) -> str | None:
        """Return where people moved a file that left `path`; `blob` is its last id."""

    async def find(self, draft: str, *, path: str, number: str) -> Commit | None:
        """Return the commit that carries the trailer `Rundown-Draft: <draft>`, if it was made."""

    async def holding(
        self, paths: Sequence[str], *, number: str, holds: Callable[[bytes], bool]
    ) -> Holding:
        """Return the commits that changed a file and in which it `holds` what is asked about.

        The file is that at any of `paths`, and where it was before people renamed it.
        """

    async def commit(self, change: Change) -> Commit:
        """Commit this file with this whole text, moved if it has a former path, and its `files`.

        Raises SiteMoved when the file is not what was `seen` any more (look and merge again),
        CommitUnknown when the answer was lost and cannot be had (the draft stays open, for `find`),
        and any other SiteError where it cannot be done; nothing is changed then.
        """

    async def open_review(
        self, path: str, *, number: str, named: str, is_page: bool = False
    ) -> PullRequest | None:
        """Return the pull request in which a file waits, opened now where none is; else None.

        It is opened with a commit; but the process may have ended before, or been refused. `number`
        is that by which the site knows the episode, `named` the one that people read in the title.
        One of a page (`is_page`) is made ready, too.
        """
