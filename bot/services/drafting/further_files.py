"""The further files of an episode (`files` of the profile), merged with what people made of them.

What the episode gives now is merged with the file as it is, over what it gave at the last draft. No
event is made of what people write there: it stays as they left it.
"""

import asyncio
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.core.document.damage import damage_of
from bot.core.document.pieces import lines_of
from bot.core.merge.data_file import data_fault, merge_file
from bot.core.profile.further_files import FileText
from bot.core.profile.profile import Profile
from bot.core.render.draft_path import check_file, is_in_way
from bot.errors import FileChanged, SiteMoved, TemplateError
from bot.services.drafting.draft_file import check_resolved, text_of
from bot.services.drafting.hidden_lines import KEYS, holds_hidden, key_name
from bot.services.drafting.proposal import Proposal
from bot.services.drafting.rendering import Drafting, Rendered
from bot.services.ports import Draft
from bot.services.show import Show
from bot.services.site_port import FileChange, Seen, Site

_NO_FILE = FileText("", "")
_BY_LINES = (".md", ".markdown", ".txt")
IsHidden = Callable[..., bool]


@dataclass(frozen=True, slots=True)
class Given:
    """What an episode gives to its files in one repository, and what it gave before.

    `rendered` is what they are rendered of, `number` that by which the site knows the draft;
    `taken` are paths that other files of it have. `is_hidden` tells of a line that it went off the
    record.
    """

    rendered: Rendered
    files: Sequence[FileText]
    before: Sequence[FileText]
    number: str
    repository: str = ""
    taken: Collection[str | None] = ()
    recreate: bool = False
    is_hidden: IsHidden | None = None

    def pairs(self) -> Iterator[tuple[int, FileText, FileText]]:
        """Yield the place of each file of the repository, the file, and what it was."""
        for at, file in enumerate(self.files):
            then = self.before[at] if at < len(self.before) else _NO_FILE
            if file.path and file.repository == self.repository:
                yield at, file, then if then.repository == file.repository else _NO_FILE


class FurtherFiles:
    """Says what a draft makes of an episode's further files."""

    def __init__(self, *, show: Show, drafting: Drafting) -> None:
        self._show = show
        self._drafting = drafting

    async def changes(
        self,
        proposal: Proposal,
        last: Draft | None,
        *,
        before: Rendered | None,
        recreate: bool,
        publishes: bool | None,
    ) -> tuple[FileChange, ...]:
        """Return what goes into the commit of a draft beside its file, in the site's repository.

        Nothing that went off the record since the `last` draft stays in it, which was given what
        `before` has. `publishes` tells that a page is made of the draft (True), or a draft of the
        page (False).

        Raises SiteMoved where the branch moved since the draft's file was seen, TemplateError or
        FileChanged where a file could not be read afterwards.
        """
        now = proposal.rendered
        files = await self._drafting.published_files(now) if publishes else now.files
        then = before.files if before else ()
        if before and publishes is False:
            then = await self._drafting.published_files(before)
        taken = (proposal.path, proposal.moved_from)
        hidden = await hidden_of(self._show, last)
        given = Given(now, files, then, proposal.number, "", taken, recreate, _teller(*hidden))
        found = await self.merged(given, self._show.site, head=proposal.seen.head)
        return tuple(change for change, _ in found)

    async def merged(
        self, given: Given, site: Site, *, head: str | None = None
    ) -> list[tuple[FileChange, Seen]]:
        """Return what changes of files in a repository, each with the file as it was seen.

        Raises SiteMoved where the branch is not at `head`, or moved while they were looked at.
        """
        _check_paths(given, self._show.profile)
        merging = _Merging(self._drafting, given, site, head)
        found = [await merging.change(*one) for one in given.pairs()]
        return [one for one in found if one is not None]


async def hidden_of(show: Show, last: Draft | None) -> tuple[tuple[str, ...], str]:
    """Return the marks of what went off the record since a draft, and their key."""
    if last is None or not last.hidden:
        return (), ""
    return last.hidden, (await show.store.state(KEYS)).get(key_name(last), last.id)


def _teller(hidden: Sequence[str], key: str) -> IsHidden | None:
    return partial(holds_hidden, hidden, key=key) if hidden else None


def _check_paths(given: Given, profile: Profile) -> None:
    """Refuse files that cannot both be, and one that is hidden: nobody would look there."""
    taken = {path for path in given.taken if path is not None}
    templates = [one.path for one in profile.files]
    for at, file, _ in given.pairs():
        path, template = file.path, templates[at] if at < len(templates) else profile.path
        check_file(path, template)
        is_hidden = path.rpartition("/")[2].startswith(".")
        if is_hidden or any(is_in_way(path, other) for other in taken):
            where = {"file": template.file, "line": template.line}
            raise TemplateError("draft_file.further-path", path=path, **where)
        taken.add(path)


class _Merging:
    """Merges what is given with the files of a repository, all as they are at one head."""

    def __init__(self, drafting: Drafting, given: Given, site: Site, head: str | None) -> None:
        self._drafting = drafting
        self._given = given
        self._site = site
        self._head = head

    async def change(
        self, at: int, file: FileText, then: FileText
    ) -> tuple[FileChange, Seen] | None:
        given = self._given
        path = then.path or file.path
        seen = await self._seen(path)
        theirs = text_of(seen, path)
        if theirs is None or _is_emptied(theirs, then):
            if then.path and not given.recreate:
                return None  # people took it away
            path = file.path if theirs is None else path
            text = file.text
        else:
            base = then.text if then.path else await self._bare(at)
            check_resolved(theirs, path, known=None if given.recreate else base)
            is_cut = damage_of(base, theirs) == "cut"
            if is_cut and not given.recreate:
                raise FileChanged("draft_file.file-cut", path=path)
            left, hidden = base if is_cut else theirs, given.is_hidden
            left = _without(hidden, left, file.text, path) if hidden else left
            text = await asyncio.to_thread(merge_file, base, file.text, left, path=path)
        if fault := data_fault(text, file.path):
            values = {"path": path, "line": fault.line, "shown": fault.shown}
            if theirs is not None and data_fault(theirs, path):
                raise FileChanged("draft_file.further-broken", **values)
            raise TemplateError("draft_file.further-invalid", **values)
        moves = path != file.path and (await self._seen(file.path)).data is None
        if text == theirs and not moves:
            return None
        if moves:
            return FileChange(file.path, text, seen.blob, former=path), seen
        return FileChange(path, text, seen.blob), seen

    async def _seen(self, path: str) -> Seen:
        seen = await self._site.look(path, number=self._given.number)
        if self._head not in (None, seen.head):
            raise SiteMoved("site.head-moved", branch=seen.branch)
        self._head = seen.head
        return seen

    async def _bare(self, at: int) -> str:
        """Return what a file's template alone gives: the base of one that people began by hand."""
        bare = replace(self._given.rendered.episode, topics=(), removed=())
        files = (await self._drafting.render(bare)).files
        return files[at].text if at < len(files) else ""


def _is_emptied(theirs: str, then: FileText) -> bool:
    """Return whether people left nothing in a file; its template may give nothing, too."""
    return not theirs.strip() and (not then.path or bool(then.text.strip()))


def _without(is_hidden: IsHidden, theirs: str, ours: str, path: str) -> str:
    """Return a file as people left it, without lines that went off the record.

    What the episode still gives stays. Where a thing is more than a line, the file is written anew.
    """
    given = set(lines_of(ours))
    lines = lines_of(theirs)
    gone = [line not in given and is_hidden(line) for line in lines]
    if any(gone) and not path.endswith(_BY_LINES):
        return ours
    return "".join(line for line, goes in zip(lines, gone, strict=True) if not goes)
