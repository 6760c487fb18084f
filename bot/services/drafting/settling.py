"""Drafts that were cut short: what became of them is found out, and told; and drafts are finished.

The process may end, or a platform's answer be lost, in any moment. What a draft had to say is said
all the same: that people had changed something, and what hosts are asked.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.services.drafting.file_edits import FileEdits
from bot.services.drafting.found_edits import FoundEdits
from bot.services.drafting.hidden_lines import KEYS, key_name
from bot.services.drafting.hidden_words import HiddenWords
from bot.services.drafting.past_render import PastRender
from bot.services.drafting.proposal import Published, changes_between, known_as
from bot.services.drafting.publications import Publications
from bot.services.drafting.pull_requests import PullRequests
from bot.services.drafting.rendering import Rendered
from bot.services.ports import Draft
from bot.services.show import Show
from bot.services.site_port import Commit

SHORT = 10
"""Letters of a commit's id that tell which it is, where no address of it is known."""


class Settling:
    """Settles drafts; `listeners` are told of those that were done, and of which nobody heard."""

    def __init__(
        self,
        *,
        show: Show,
        former: PastRender,
        edits: FileEdits,
        publications: Publications,
        pull_requests: PullRequests,
    ) -> None:
        self._show = show
        self._former = former
        self._file_edits = edits
        self._publications = publications
        self._pull_requests = pull_requests
        self.listeners: list[Callable[[Published], None]] = []

    async def last(self, episode: str) -> Draft | None:
        """Settle drafts that were cut short; return the last that was committed."""
        last = None
        for draft in await self._show.store.drafts(episode):
            if draft.commit is None:
                commit = await self._found(draft)
                if commit is None:
                    await self._show.store.drop_draft(draft.id)
                    continue
                # Before it counts as finished: it may be cut short here once more.
                pull = await self._pull_requests.open(draft, is_page=draft.page)
                commit = replace(commit, review=pull or commit.review)
                draft, found = await self.finish(replace(draft, commit=commit.id), None, last=last)
                if draft.page:
                    await self._publications.close_and_tell(episode, commit.review)
                else:
                    await self._tell(draft, found, commit, last=last)
            last = draft
        return last

    async def _tell(
        self, draft: Draft, found: FoundEdits, commit: Commit, *, last: Draft | None
    ) -> None:
        """Have hosts told of a draft as of one whose answer they heard."""
        former = await self._former.rendered(last) if last is not None else None
        rendered = await self._former.rendered(draft)
        published = Published(
            rendered=rendered,
            path=draft.path,
            text=draft.committed,
            commit=commit,
            changes=changes_between(former, rendered),
            file_edits=found,
            first=last is None,
            hidden=HiddenWords(own=draft.own_went),
            review=commit.review,
            waits_for=draft.waits_for,
        )
        for listener in self.listeners:
            listener(published)

    async def _found(self, draft: Draft) -> Commit | None:
        """Return the commit of a draft that was cut short, by its trailer or by what it wrote.

        What the file was before it does not count, though an older commit wrote the same.
        """
        site = self._show.site
        outline = await self._show.log.outline(draft.episode)
        number = known_as(draft, outline.episode)
        commit = await site.find(draft.id, path=draft.path, number=number)
        if commit is not None:
            return commit
        seen = await site.look(draft.path, number=number, until=draft.blob)
        is_older = draft.before in (draft.blob, seen.blob, *(edit.blob for edit in seen.edits))
        if is_older or not seen.known or seen.data is None:
            return None
        known = seen.edits[-1].commit if seen.edits else seen.head
        return Commit(known, known[:SHORT], draft.blob)

    async def finish(
        self, draft: Draft, rendered: Rendered | None, *, last: Draft | None
    ) -> tuple[Draft, FoundEdits]:
        """Take in what people had done, then keep that the draft is done."""
        found, draft = await self._file_edits.record(draft, rendered, last=last)
        draft = replace(draft, both={})
        await self._show.store.put_draft(draft)
        await self._drop_keys(draft.episode)
        self._show.memory.wanted.set()
        return draft, found

    async def _drop_keys(self, episode: str) -> None:
        """Forget the keys of an episode's drafts that are kept no more: what they hid is out."""
        store = self._show.store
        keys = [one for one in await store.state(KEYS) if one.rpartition("/")[0] == episode]
        kept = {key_name(draft) for draft in await store.drafts(episode)} if keys else set()
        for key in set(keys) - kept:
            await store.drop_state(KEYS, key)
