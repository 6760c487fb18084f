"""Pull requests of drafts that are not there yet: the next draft or start makes up for it.

A site that reviews drafts opens one with a commit; but the process may end between the two, and the
platform may refuse it or not answer.
"""

import logging
from functools import partial

from bot.core.commit_words import on_one_line
from bot.errors import SiteError
from bot.services.drafting.proposal import known_as
from bot.services.episode_areas import PULL_OWED
from bot.services.notification import Notification
from bot.services.ports import Draft
from bot.services.show import Show
from bot.services.site_port import PullRequest
from bot.texts import say

_log = logging.getLogger(__name__)


def review_text(review: PullRequest, name: str) -> tuple[str, dict[str, object]]:
    """Return the text of a `name` that tells of a pull request, or of why there is none."""
    if review.error is not None:
        return "desk.review-unopened", {"why": review.error, "review": review.page}
    return name, {"review": review.page}


class PullRequests:
    """Opens the pull requests of a show's drafts where that was not done with their commits."""

    def __init__(self, show: Show) -> None:
        self._show = show

    async def open(self, draft: Draft, *, is_page: bool = False) -> PullRequest | None:
        """Return the pull request in which a draft waits, opened now where none is; else None.

        One of a new page (`is_page`) is made ready, too.
        """
        episode = await self._show.episode(draft.episode)
        pull = await self._show.site.open_review(
            draft.path,
            number=known_as(draft, episode),
            named=on_one_line(str(episode.fields.get("number", ""))),
            is_page=is_page,
        )
        await self.note(draft.episode, pull)
        return pull

    async def note(self, episode: str, pull: PullRequest | None) -> None:
        """Keep whether a pull request is owed."""
        is_owed = pull is not None and pull.error is not None
        if is_owed == (episode in await self._show.store.state(PULL_OWED)):
            return
        if is_owed:
            await self._show.store.put_state(PULL_OWED, episode, "1")
        else:
            await self._show.store.drop_state(PULL_OWED, episode)

    async def open_owed(self) -> None:
        """Open those that could not be opened before, and tell hosts; what fails was told then."""
        for episode in await self._show.store.state(PULL_OWED):
            if episode.rpartition("#")[0] != self._show.name:
                continue
            async with self._show.file_locks.of(episode):
                drafts = await self._show.store.drafts(episode)
                if not drafts:
                    await self.note(episode, None)
                    continue
                try:
                    pull = await self.open(drafts[-1], is_page=drafts[-1].page)
                except SiteError as error:
                    _log.warning("a pull request is still owed", extra={"cause": str(error)})
                    continue
            if pull is not None and pull.error is None:
                number = (await self._show.numbers()).get(episode, "")
                text = partial(say, "desk.review-opened", number=number, review=pull.page)
                self._show.notifications.announce(Notification(episode, "said", text))
