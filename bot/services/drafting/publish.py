"""Drafting: render the episode, merge it with what people made of the file, commit, take that in.

Two merges (docs/design.md): what the episode gives now is first merged onto what we committed
last, over what it gave then; the outcome is merged with the file as it is now, over what we
committed. So people's words are never taken for something that the episode dropped.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.core.commit_words import inert, mailbox, on_one_line, person
from bot.core.document.version import Side
from bot.core.episode.fields import FIELDS
from bot.core.file_events import FILE_PERSON
from bot.core.git_ids import TRAILER
from bot.core.merge.merge import Merged, merge
from bot.core.model import Episode
from bot.core.render.draft_path import check_file, check_path, check_place
from bot.core.render.front_matter import check_front_matter, check_merged
from bot.errors import CommitUnknown, FileChanged, RundownError, SiteError, SiteMoved, TemplateError
from bot.services.drafting.draft_file import (
    check_resolved,
    is_draft,
    owners_below,
    state_of,
    text_of,
    was_draft,
    whole,
)
from bot.services.drafting.draft_record import draft_of
from bot.services.drafting.file_edits import FileEdits
from bot.services.drafting.first_draft import check_number, check_path_free, number_of
from bot.services.drafting.further_changes import FurtherChanges
from bot.services.drafting.hidden_words import HiddenWords
from bot.services.drafting.merging import Merging
from bot.services.drafting.past_render import PastRender
from bot.services.drafting.proposal import Proposal, Published, PublishedPage, known_as
from bot.services.drafting.publications import Publications
from bot.services.drafting.pull_requests import PullRequests
from bot.services.drafting.rendering import Drafting, Rendered
from bot.services.drafting.settling import Settling
from bot.services.drafting.summary import summary
from bot.services.ports import Draft
from bot.services.show import Show
from bot.services.site_port import Change, Commit, FileChange, Seen
from bot.texts import say

_log = logging.getLogger(__name__)

PAUSES = (0.0, 0.1, 0.5, 1.0, 2.0, 2.0, 4.0, 4.0)
"""Seconds before each try of a draft: the file changed meanwhile, and is merged anew.

A host waits for the answer, so they are a quarter of a minute in all.
"""

PROFILE = ".rundown/site.yml"
"""A path to look at where no draft's is known."""

SEEN_AS = "rundown.invalid"
"""The domain of the addresses under which hosts are named: chat ids have no e-mail address."""

Flip = Callable[[Rendered, str, str], Awaitable[PublishedPage]]
"""Makes a page of what a draft renders to, its path and its text."""


class Publish:
    """Commits drafts to a show's site, each exactly once."""

    def __init__(
        self,
        *,
        show: Show,
        drafting: Drafting,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._show = show
        self._drafting = drafting
        self._former = PastRender(show=show, drafting=drafting)
        self._merging = Merging(show=show, drafting=drafting, former=self._former)
        self._sleep = sleep
        self.publications = Publications(show)
        self.pull_requests = PullRequests(show)
        former = self._former
        edits = FileEdits(show=show, drafting=drafting, former=former)
        self.settling = Settling(
            show=show,
            former=former,
            edits=edits,
            publications=self.publications,
            pull_requests=self.pull_requests,
        )
        self.further = FurtherChanges(show=show, drafting=drafting, former=former, sleep=sleep)

    # --- what a draft would be -----------------------------------------------------------------

    async def preview(self, episode: str) -> tuple[str, str]:
        """Return path and text of the file as a draft would write it now.

        Where the site cannot be asked, it is merged with what was committed last.
        """
        last = await self.settling.last(episode)
        try:
            proposal = await self._propose(episode, last)
        except SiteError:
            rendered = await self._drafting.rendered(episode)
            if last is None:
                return rendered.path, rendered.text
            return last.path, (await self._merging.ours(last, rendered))[1].text
        return proposal.path, proposal.merged.text

    async def _propose(
        self, episode: str, last: Draft | None, *, recreate: bool = False
    ) -> Proposal:
        """Render, look at the file, and merge; nothing is changed."""
        try:
            rendered = await self._drafting.rendered(episode)
            check_front_matter(rendered.text)
            if last is None:
                check_path(self._show.profile, rendered.episode, rendered.path, names=FIELDS)
                check_file(rendered.path, self._show.profile.path)
            else:  # people may have given it another name
                check_place(rendered.path, self._show.profile.path)
        except TemplateError:
            if await self._is_mended(episode):
                return await self._propose(episode, last, recreate=recreate)
            raise
        number = await number_of(self._show, last, rendered.episode)
        path, seen = await self._look(last, rendered, number, recreate=recreate)
        if await self._show.renewal.renew(seen.rules):
            return await self._propose(episode, last, recreate=recreate)
        theirs = text_of(seen, path)
        if last is None:
            check_resolved(theirs or "", path, known=None if recreate else rendered.text)
            merged = await self._first(rendered, theirs, path, number)
            return Proposal(rendered, None, path, seen, theirs, merged, number)
        former, merged = await self._merging.ours(last, rendered)
        published, words = False, HiddenWords()
        if theirs is not None and (last.page or theirs != last.committed):  # or it is one again
            text = whole(last, theirs, path, recreate=recreate)
            published = await self._is_published(last, text, path)
            merged, words = await self._merging.with_file(last, rendered, text)
        proposal = Proposal(rendered, former, path, seen, theirs, merged, number, published)
        proposal = replace(proposal, hidden=words)
        if published or path == rendered.path:
            return proposal
        return await self._followed(proposal, last)

    async def _followed(self, proposal: Proposal, last: Draft) -> Proposal:
        """Let a file follow its number, title or date, where nobody renamed it and that is free."""
        profile, former, path = self._show.profile, proposal.path, proposal.rendered.path
        has_waited = bool(last.waits_for) and former == last.path
        waiting = replace(proposal, waits_for=path if has_waited else "")
        if proposal.theirs is None or profile.draft_state(former, proposal.merged.text) != "draft":
            return waiting
        if not has_waited and not await self._former.is_own_path(last, former):
            return proposal
        check_file(path, profile.path)
        if (await self._show.site.look(path, number=proposal.number)).data is not None:
            return replace(proposal, waits_for=path)
        return replace(proposal, path=path, moved_from=former)

    async def _is_published(self, last: Draft, text: str, path: str) -> bool:
        """Return whether people made a page of a draft; hosts may open one of ours for more."""
        profile = self._show.profile
        again = last.page and not await self.publications.is_published(last.episode)
        is_draft = again or was_draft(profile, last)
        return is_draft and state_of(profile, path, text, last.committed) == "published"

    async def _is_mended(self, episode: str) -> bool:
        """Return whether people changed the profile whose templates fail."""
        number = str((await self._show.episode(episode)).fields.get("number", ""))
        seen = await self._show.site.look(PROFILE, number=number)
        return await self._show.renewal.renew(seen.rules)

    async def _first(
        self, rendered: Rendered, theirs: str | None, path: str, number: str
    ) -> Merged:
        """Merge with a draft that people began by hand, if any: the template alone is the base."""
        if theirs is None:
            await check_number(self._show, rendered.episode, number)
            return Merged(rendered.text, rendered.owners, ())
        if state_of(self._show.profile, path, theirs, rendered.text) != "draft":
            raise FileChanged("desk.file-is-not-ours", path=path)
        await check_path_free(self._show, rendered.episode, path, number)
        bare = replace(rendered.episode, topics=(), removed=())
        base = await self._drafting.render(bare)
        return await asyncio.to_thread(merge, base.side, rendered.side, Side(theirs))

    async def _look(
        self, last: Draft | None, rendered: Rendered, number: str, *, recreate: bool
    ) -> tuple[str, Seen]:
        """Look at the file, where people moved it, too.

        Absence is no deletion, and a history without our commit no edit (docs/design.md): what
        is not sure is asked.
        """
        site = self._show.site
        if last is None:
            return rendered.path, await site.look(rendered.path, number=number, recreate=recreate)
        path = last.path
        seen = await site.look(path, number=number, until=last.blob or None, recreate=recreate)
        if seen.data is None and not recreate:
            moved = await site.moved(path, blob=last.blob, seen=seen)
            if moved is None:
                raise FileChanged("desk.file-gone", path=path)
            path = moved
            seen = await site.look(path, number=number, until=last.blob or None)
            seen = replace(seen, known=True)  # the rename was found by what it held before
        if not seen.known and not recreate:
            raise FileChanged("desk.history-gone", path=path, branch=seen.branch)
        return path, seen

    # --- drafting ------------------------------------------------------------------------------

    async def draft(
        self,
        episode: str,
        *,
        at: int,
        recreate: bool = False,
        flip: Flip | None = None,
        closes: bool = True,
    ) -> Published:
        """Commit the episode's draft as it stands; `recreate` makes again what people removed.

        With a `flip`, another file is made of it in the same commit; a page `closes` the episode.
        What templates make of what people had done goes into a commit of its own: that is known
        once their edits are taken in, which a page has to have as well.

        Raises FileChanged where only a person can tell what is meant, SiteError where the
        repository refuses, and CommandError where people published the episode; nothing is
        changed then.
        """
        is_page = flip is not None and closes
        async with self._show.file_locks.of(episode):
            if is_page and await self._is_edited(episode):
                await self._tried(episode, at=at, recreate=recreate)
            published = await self._tried(
                episode, at=at, recreate=recreate, flip=flip, closes=closes
            )
            if is_page:
                await self.publications.close(episode)
            elif published.file_edits:
                published = await self._caught_up(episode, published, at=at)
            elsewhere = await self.further.write_owed(episode, turn=closes if flip else None)
            return replace(published, elsewhere=elsewhere)

    async def _is_edited(self, episode: str) -> bool:
        """Return whether people changed a draft of which templates make more than its body."""
        last = await self.settling.last(episode)
        if last is None or last.page or not self._show.profile.makes_more:
            return False
        number = known_as(last, await self._show.episode(episode))
        return (await self._show.site.look(last.path, number=number)).blob != last.blob

    async def _caught_up(self, episode: str, published: Published, *, at: int) -> Published:
        """Commit what templates make of what people had done; what fails goes with the next."""
        last = await self.settling.last(episode)
        if last is None or not await self._former.is_behind(last):
            return published
        try:
            return published.followed(await self._tried(episode, at=at))
        except RundownError as error:
            _log.warning("what people had done is not in all files", extra={"cause": error.name})
            return published

    async def _tried(
        self,
        episode: str,
        *,
        at: int,
        recreate: bool = False,
        flip: Flip | None = None,
        closes: bool = True,
    ) -> Published:
        for pause in PAUSES:
            await self._sleep(pause)
            try:
                return await self._try(episode, at=at, recreate=recreate, flip=flip, closes=closes)
            except SiteMoved:
                continue
        raise SiteError("desk.too-busy", tries=len(PAUSES))

    async def _try(
        self, episode: str, *, at: int, recreate: bool, flip: Flip | None, closes: bool
    ) -> Published:
        last = await self.settling.last(episode)
        is_over = last is not None and last.page and (await self._show.episode(episode)).closed
        if is_over and flip is None:
            raise await self.publications.refusal(episode)
        proposal = await self._propose(episode, last, recreate=recreate)
        if proposal.published:
            raise await self.publications.refusal(episode)
        if flip is not None:
            subject = "changes.published" if closes else "changes.taken-back"
            proposal = replace(await self._flipped(proposal, flip), as_what=subject)
        turn = closes if flip else None
        files = await self.further.changes(proposal, last, recreate=recreate, turn=turn)
        files += proposal.picture
        draft = draft_of(proposal, last, episode=episode, profile=self._show.profile, at=at)
        if proposal.is_same and not files:
            commit = None
            commit_id = draft.edit or (last.commit if last else None) or proposal.seen.head
            blob = await self._committed(proposal, last)
            draft = replace(draft, blob=blob, commit=commit_id)
            review = await self.pull_requests.open(draft, is_page=flip is not None and closes)
        else:
            check_merged(draft.committed, draft.path)
            await self._show.store.put_draft(draft)
            commit = await self._commit(proposal, draft, files)
            draft = replace(draft, commit=commit.id, blob=commit.blob)
            review = commit.review
            await self.pull_requests.note(episode, review)
        _, found = await self.settling.finish(draft, proposal.rendered, last=last)
        first, path = proposal.former is None, proposal.path
        rendered, words, text = proposal.rendered, proposal.hidden, draft.committed
        return Published(
            rendered,
            path,
            text,
            commit,
            proposal.changes,
            found,
            first,
            hidden=words,
            review=review,
            waits_for=draft.waits_for,
        )

    async def _flipped(self, proposal: Proposal, flip: Flip) -> Proposal:
        """Make a page of what a draft would write."""
        merged = proposal.merged
        of_draft = is_draft(self._show.profile, proposal.path, merged.text.encode())
        page = await flip(proposal.rendered, proposal.path, merged.text)
        path, text = page.path, page.text
        if path != proposal.path:
            there = await self._show.site.look(path, number=proposal.number)
            if there.data is not None:
                raise FileChanged("publish.path-taken", path=path)
        owners = owners_below(merged.owners, merged.text, text)
        where = proposal.moved_from or proposal.path
        moved_from = where if path != where else None
        merged = replace(merged, text=text, owners=owners)
        proposal = replace(proposal, path=path, merged=merged, moved_from=moved_from)
        proposal = replace(proposal, of_draft=of_draft)
        return replace(proposal, picture=await self.further.picture(proposal, page.picture))

    async def _committed(self, proposal: Proposal, last: Draft | None) -> str:
        """Return the id of the file's content as the history has it last.

        In a folder, people may have changed the file and not committed that yet: what they wrote
        is known, but no history has it to begin from.
        """
        seen = proposal.seen
        if last is None:
            look, number = self._show.site.look, proposal.number
            again = await look(proposal.path, number=number, until=seen.blob)
            return (seen.blob or "") if again.known else ""
        in_history = seen.blob in (last.blob, *(edit.blob for edit in seen.edits))
        return (seen.blob or "") if in_history else last.blob

    async def _commit(
        self, proposal: Proposal, draft: Draft, files: tuple[FileChange, ...]
    ) -> Commit:
        rendered = proposal.rendered
        language = self._show.profile.language
        number = on_one_line(str(rendered.episode.fields.get("number", "")))
        words = inert(on_one_line(summary(proposal.changes, language)))
        subject = say(proposal.as_what, language, number=inert(number), changes=words)
        trailers = (*await self._authors(rendered.episode), f"{TRAILER}: {draft.id}")
        text, seen, former = draft.committed, proposal.seen, proposal.moved_from
        page = proposal.is_page
        change = Change(draft.path, text, seen, subject, trailers, former, files, page, number)
        try:
            return await self._show.site.commit(change)
        except CommitUnknown:
            raise  # the draft stays open: the next finds out what became of it
        except SiteError:
            await self._show.store.drop_draft(draft.id)
            raise

    async def _authors(self, episode: Episode) -> list[str]:
        people = await self._show.people.names()
        return [
            f"Co-authored-by: {person(on_one_line(people[one])) or one} <{mailbox(one)}@{SEEN_AS}>"
            for one in episode.people()
            if one in people and not one.startswith(FILE_PERSON)
        ]

    # --- finishing ------------------------------------------------------------------------------

    async def resume(self, episode: str) -> bool:
        """Find out what became of drafts that were cut short; return whether one is still owed.

        One is where a draft was asked for, and none was made of what had been said by then.
        """
        async with self._show.file_locks.of(episode):
            last = await self.settling.last(episode)
        outline = await self._show.log.outline(episode)
        return outline.asked > (last.seq if last else 0)

    # --- published -----------------------------------------------------------------------------

    async def file(self, episode: str) -> tuple[str, Draft | None]:
        """Return an episode's file as it is now (as committed, offline), and its last draft."""
        async with self._show.file_locks.of(episode):
            last = await self.settling.last(episode)
            if last is None:
                return "", None
            try:
                rendered = await self._former.rendered(last)
                number = known_as(last, rendered.episode)
                path, seen = await self._look(last, rendered, number, recreate=False)
                return text_of(seen, path) or "", last
            except FileChanged:  # it is gone, or no text any more
                return "", last
            except SiteError:
                return last.committed, last

    async def drafted(self, last: Draft) -> Episode:
        """Return an episode as the chat gave it at its last draft."""
        return (await self._former.outline(last)).episode

    async def is_published(self, episode: str) -> bool | None:
        """Return whether people made a page of the draft that we committed; None: not known."""
        async with self._show.file_locks.of(episode):
            last = await self.settling.last(episode)
            if last is None or not (last.page or was_draft(self._show.profile, last)):
                return None
            rendered = await self._former.rendered(last)
            try:
                number = known_as(last, rendered.episode)
                path, seen = await self._look(last, rendered, number, recreate=False)
                theirs = text_of(seen, path)
                if theirs is None:
                    return None
                text = whole(last, theirs, path, recreate=False)
                return state_of(self._show.profile, path, text, last.committed) == "published"
            except SiteError:  # a draft will tell
                return None
