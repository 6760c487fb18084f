"""The further files of an episode (`files` of the profile), merged with what people made of them.

What the episode gives now is merged with the file as it is, over what it gave at the last draft. No
event is made of what people write there: it stays as they left it.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from bot.core.document.pieces import lines_of
from bot.core.merge.data_file import data_fault, merge_file
from bot.core.render.draft_path import check_place
from bot.core.render.further_files import FileText
from bot.core.render.profile import Profile
from bot.errors import FileChanged, SiteMoved, TemplateError
from bot.services.drafting.draft_file import text_of
from bot.services.drafting.hidden_lines import KEYS, holds_hidden, key_name
from bot.services.drafting.proposal import Proposal
from bot.services.drafting.rendering import Drafting
from bot.services.ports import Draft
from bot.services.show import Show
from bot.services.site_port import FileChange, Seen

_NO_FILE = FileText("", "")
_BY_LINES = (".md", ".markdown", ".txt")
IsHidden = Callable[..., bool]


class FurtherFiles:
    """Says what a draft makes of an episode's further files."""

    def __init__(self, *, show: Show, drafting: Drafting) -> None:
        self._show = show
        self._drafting = drafting

    async def changes(
        self, proposal: Proposal, last: Draft | None, *, recreate: bool, publishes: bool | None
    ) -> tuple[FileChange, ...]:
        """Return what goes into the commit of a draft beside its file.

        Nothing that went off the record since the `last` draft stays in it. `publishes` tells
        that a page is made of the draft (True), or a draft of the page (False).

        Raises SiteMoved where the branch moved since the draft's file was seen, TemplateError or
        FileChanged where a file could not be read afterwards.
        """
        now, former = proposal.rendered, proposal.former
        files = await self._drafting.published_files(now) if publishes else now.files
        before = former.files if former else ()
        if former and publishes is False:
            before = await self._drafting.published_files(former)
        self._check_paths(proposal, files, self._show.profile)
        is_hidden = await self._hidden(last)
        found = []
        for at, file in enumerate(files):
            then = before[at] if at < len(before) else _NO_FILE
            change = file.path and await self._change(
                proposal, at, file, then, recreate=recreate, is_hidden=is_hidden
            )
            if change:
                found.append(change)
        return tuple(found)

    async def _hidden(self, last: Draft | None) -> IsHidden | None:
        """Return what tells of a line that it went off the record; None where none did."""
        if last is None or not last.hidden:
            return None
        key = (await self._show.store.state(KEYS)).get(key_name(last), last.id)
        return partial(holds_hidden, last, key=key)

    @staticmethod
    def _check_paths(proposal: Proposal, files: Sequence[FileText], profile: Profile) -> None:
        """Refuse two files at one path, and one that is hidden: nobody would look there."""
        taken = {proposal.path, proposal.moved_from}
        for file, templates in zip(files, profile.files, strict=True):
            if not file.path:
                continue
            check_place(file.path, templates.path)
            name = file.path.rpartition("/")[2]
            if file.path in taken or not name or name.startswith("."):
                raise TemplateError("draft_file.further-path", path=file.path)
            taken.add(file.path)

    async def _change(
        self,
        proposal: Proposal,
        at: int,
        file: FileText,
        then: FileText,
        *,
        recreate: bool,
        is_hidden: IsHidden | None,
    ) -> FileChange | None:
        path = then.path or file.path
        seen = await self._seen(proposal, path)
        theirs = text_of(seen, path)
        if theirs is None:
            if then.path and not recreate:
                return None  # people took it away
            path = file.path
            text = file.text
        else:
            base = then.text if then.path else await self._bare(proposal, at)
            left = _without(is_hidden, theirs, file.text, path) if is_hidden else theirs
            text = await asyncio.to_thread(merge_file, base, file.text, left, path=path)
        if fault := data_fault(text, file.path):
            values = {"path": path, "line": fault.line, "shown": fault.shown}
            if theirs is not None and data_fault(theirs, path):
                raise FileChanged("draft_file.further-broken", **values)
            raise TemplateError("draft_file.further-invalid", **values)
        moves = path != file.path and (await self._seen(proposal, file.path)).data is None
        if text == theirs and not moves:
            return None
        if moves:
            return FileChange(file.path, text, seen.blob, former=path)
        return FileChange(path, text, seen.blob)

    async def _seen(self, proposal: Proposal, path: str) -> Seen:
        seen = await self._show.site.look(path, number=proposal.number)
        if seen.head != proposal.seen.head:
            raise SiteMoved("site.head-moved", branch=seen.branch)
        return seen

    async def _bare(self, proposal: Proposal, at: int) -> str:
        """Return what a file's template alone gives: the base of one that people began by hand."""
        bare = replace(proposal.rendered.episode, topics=(), removed=())
        files = (await self._drafting.render(bare)).files
        return files[at].text if at < len(files) else ""


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
