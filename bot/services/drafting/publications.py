"""What is known of an episode's page: whether people published it, as the log tells."""

from functools import partial

from bot.core.events import EpisodeClosed, EpisodeReopened, Event, What
from bot.errors import CommandError
from bot.services.drafting.pull_requests import review_text
from bot.services.notification import Notification
from bot.services.show import Show
from bot.services.site_port import PullRequest
from bot.texts import say

PUBLISHED = ":published"
"""How the key goes on, behind the episode's id, of what closed an episode by its publication."""

DRAFT_AGAIN = ":draft-again"
"""The same of what opened it again since its page is a draft again."""


class Publications:
    """Closes and opens episodes as their pages are published and taken back."""

    def __init__(self, show: Show) -> None:
        self._show = show

    async def is_published(self, episode: str) -> bool:
        """Return whether the page was published when it was last looked at."""
        published, again = await self._counts(episode)
        return published > again

    async def close(self, episode: str) -> bool:
        """Close an episode that was published; False where that was known, and hosts opened it."""
        published, again = await self._counts(episode)
        if published > again:
            return False
        await self._record(episode, f"{PUBLISHED}:{published + 1}", EpisodeClosed())
        return True

    async def close_and_tell(self, episode: str, review: PullRequest | None = None) -> None:
        """Close an episode that was published, and tell hosts where that was not known.

        They hear of the pull request in which its page waits, too.
        """
        if not await self.close(episode):
            return
        await self.tell(episode, "desk.published")
        if review is not None:
            name, values = review_text(review, "publish.to-merge")
            await self.tell(episode, name, **values)

    async def refusal(self, episode: str) -> CommandError:
        """Return why nothing is committed into a published page; the episode is closed by now."""
        name = "desk.published" if await self.close(episode) else "desk.published-page"
        number = (await self._show.episode(episode)).fields.get("number", "")
        return CommandError(name, number=number)

    async def tell(self, episode: str, name: str, **values: object) -> None:
        """Tell hosts what became of an episode, on every front."""
        number = (await self._show.numbers()).get(episode, "")
        text = partial(say, name, number=number, **values)
        self._show.notifications.announce(Notification(episode, "said", text))

    async def reopen(self, episode: str) -> None:
        """Open an episode whose page is a draft again."""
        published, again = await self._counts(episode)
        if published > again:
            await self._record(episode, f"{DRAFT_AGAIN}:{published}", EpisodeReopened())

    async def _counts(self, episode: str) -> tuple[int, int]:
        """Return how often the page was published, and how often it was a draft again."""
        outline = await self._show.log.outline(episode)
        keys = [event.key.removeprefix(episode) for event in outline.commands()]
        published = sum(key.startswith(PUBLISHED) for key in keys)
        return published, sum(key.startswith(DRAFT_AGAIN) for key in keys)

    async def _record(self, episode: str, key: str, what: What) -> None:
        # Behind all that is known: what was not seen before belongs to the next episode.
        at = (await self._show.log.outline(episode)).newest + 1
        await self._show.log.record([Event(f"{episode}{key}", episode, at, "", what)])
