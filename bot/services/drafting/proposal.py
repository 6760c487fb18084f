"""What a draft would write, and what came of it."""

from dataclasses import dataclass, replace

from bot.core.document.pieces import lines_of
from bot.core.episode.diff import Changes, changes
from bot.core.episode.file_text import links_written
from bot.core.merge.merge import Merged
from bot.core.merge.sequences import matched
from bot.core.model import Episode, Link
from bot.core.profile.template import Template
from bot.errors import RundownError
from bot.services.drafting.found_edits import FoundEdits
from bot.services.drafting.hidden_words import HiddenWords
from bot.services.drafting.rendering import Rendered
from bot.services.ports import Draft
from bot.services.site_port import Commit, FileChange, PullRequest, Seen

_NOTHING = HiddenWords()


def known_as(draft: Draft | None, episode: Episode) -> str:
    """Return the number by which the site knows an episode's draft: that of its first one."""
    return (draft.number if draft else "") or str(episode.fields.get("number", ""))


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page: where it goes, its bytes, and the id of ours that may stand there.

    `template` is what of the profile gave the path.
    """

    path: str
    data: bytes
    ours: str
    template: Template


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """What is made of a draft: path and text of its file, and the picture that comes with it."""

    path: str
    text: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a draft would write: the merge, and all that it was made of.

    `former` is what the episode gave at the last draft, `theirs` the file as it is. Where the file
    goes elsewhere, it is `moved_from` there; where another file has its new name, it `waits_for`
    that. `number` is that by which the site knows the draft.
    `as_what` names the text of the commit's subject; a `picture` goes into it. `hidden` tells of
    what people made of something that went off the record. `of_draft` tells of a page that it is
    made of a draft: a site may have none.
    """

    rendered: Rendered
    former: Rendered | None
    path: str
    seen: Seen
    theirs: str | None
    merged: Merged
    number: str
    published: bool = False
    moved_from: str | None = None
    waits_for: str = ""
    as_what: str = "changes.subject"
    hidden: HiddenWords = _NOTHING
    picture: tuple[FileChange, ...] = ()
    of_draft: bool = False

    @property
    def is_same(self) -> bool:
        """Whether the file is as it would be written."""
        return self.merged.text == self.theirs and self.moved_from is None

    @property
    def is_page(self) -> bool:
        """Whether a page is made of the draft."""
        return self.as_what == "changes.published"

    @property
    def changes(self) -> Changes:
        """What the episode has now that it had not at the last draft."""
        return changes_between(self.former, self.rendered)


def changes_between(former: Rendered | None, rendered: Rendered) -> Changes:
    """Return what an episode has that it had not at a former draft, if there was one."""
    if former is None:
        episode = rendered.episode
        return replace(changes(Episode(episode.id), episode), fields=())
    then, now = former.lookups, rendered.lookups
    titled = sum(
        found.title is not None and (one not in then or then[one].title != found.title)
        for one, found in now.items()
    )
    return replace(changes(former.episode, rendered.episode), titled=titled)


@dataclass(frozen=True, slots=True)
class WrittenElsewhere:
    """What came of an episode's files in another repository: a commit, none, or what failed.

    `review` is the pull request in which they wait.
    """

    repository: str
    commit: Commit | None = None
    error: RundownError | None = None
    review: PullRequest | None = None

    @property
    def is_owed(self) -> bool:
        """Whether they are still to be written, or their pull request is to be opened."""
        return self.error is not None or (self.review is not None and self.review.error is not None)


@dataclass(frozen=True, slots=True)
class Published:
    """What came of a draft: the commit, None where nothing had changed; what people had done.

    `text` is the file as it is now. `review` is the pull request in which it waits, also where
    nothing had changed. `elsewhere` tells of its files in other repositories, where
    there was something to write. The file stays at its path where another one has its new name,
    that it `waits_for`.
    """

    rendered: Rendered
    path: str
    text: str
    commit: Commit | None
    changes: Changes
    file_edits: FoundEdits
    first: bool
    elsewhere: tuple[WrittenElsewhere, ...] = ()
    hidden: HiddenWords = _NOTHING
    review: PullRequest | None = None
    waits_for: str = ""

    def followed(self, later: "Published") -> "Published":
        """Return what came of it and of a later draft that goes with it, as of one."""
        places = matched(lines_of(self.text), lines_of(later.text))
        lines = {was + 1: now + 1 for was, now in places}
        return replace(
            self,
            text=later.text,
            commit=later.commit or self.commit,
            file_edits=self.file_edits.followed(later.file_edits, lines),
            review=later.review or self.review,
        )

    @property
    def untitled(self) -> tuple[Link, ...]:
        """The links that have no title, not in the file either, where people may give them one."""
        links = self.rendered.body.untitled
        if not links:
            return ()
        titled = {link.canonical for link in links_written(self.text) if link.title}
        return tuple(link for link in links if link.canonical not in titled)
