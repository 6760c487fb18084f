"""Makes an episode's branch, and opens its pull request."""

import logging
from urllib.parse import quote

from bot.adapters.github import graphql
from bot.adapters.github.client import PAUSES, GitHub
from bot.adapters.github.faults import GitHubFault, Kind
from bot.adapters.github.review_branch import Review
from bot.errors import SiteError, SiteMoved
from bot.services.site_port import PullRequest
from bot.texts import say

_log = logging.getLogger(__name__)

_NOTHING_TO_MERGE = "No commits between"
"""How GitHub begins to refuse a pull request whose branch is merged already."""


def is_merged(pull: PullRequest) -> bool:
    """Return whether one could not be opened since there is nothing left to merge."""
    why = pull.error.values.get("why") if pull.error else None
    return str(why).startswith(_NOTHING_TO_MERGE)


class Pulls:
    """The branches and pull requests of one repository; their words are in `language`."""

    def __init__(self, github: GitHub, language: str) -> None:
        self._github = github
        self._language = language

    async def begin(self, review: Review, head: str) -> None:
        """Make the branch of an episode at a commit."""
        name = f"refs/heads/{review.branch}"
        given = {"repositoryId": review.repository, "name": name, "oid": head}
        await self._github.limiter.write()
        outcome = await self._github.change(graphql.BRANCH, given)
        if not isinstance(outcome, GitHubFault):
            return
        if outcome.kind is Kind.PASSING or "already exists" in str(outcome.values.get("why")):
            # It may stand by now: whoever looks again will see.
            raise SiteMoved("site.head-moved", branch=review.branch)
        raise SiteError(outcome.name, **{**outcome.values, "branch": review.branch})

    async def of(self, review: Review, number: str, *, is_page: bool) -> PullRequest:
        """Return the pull request of a branch, opened where none is, and ready for a page.

        The commit is made by then, and nothing may say otherwise: where it cannot be opened, the
        page is that on which a person can.
        """
        try:
            pull = PullRequest(review.pull or await self._open(review, number))
        except SiteError as error:
            _log.warning("no pull request could be opened: %s", error)
            page = f"{self._github.page}/pull/new/{quote(review.branch)}"
            return PullRequest(page, error)
        if is_page:
            await self._make_ready(review)
        return pull

    async def _open(self, review: Review, number: str) -> str:
        given = {
            "repositoryId": review.repository,
            "baseRefName": review.base,
            "headRefName": review.branch,
            "title": say("github.pull-title", self._language, number=number),
            "body": say("github.pull-body", self._language),
        }
        pauses = iter(PAUSES)
        while True:
            await self._github.limiter.write()
            outcome = await self._github.change(graphql.REVIEW, given)
            if not isinstance(outcome, GitHubFault) and (page := graphql.opened(outcome)):
                return page
            if (url := await self._page_of(review.branch)) is not None:
                return url
            fault = outcome if isinstance(outcome, GitHubFault) else self._github.odd()
            if fault.name == "github.refused":
                # That would say that nothing was committed.
                raise SiteError("github.pull-refused", **{**fault.values, "branch": review.branch})
            if fault.kind is not Kind.PASSING or (pause := next(pauses, None)) is None:
                raise fault.error()
            await self._github.time.sleep(pause)

    async def _make_ready(self, review: Review) -> None:
        """Mark the pull request as ready, where people made a draft of it.

        The commit is made by then, and nothing may say otherwise.
        """
        try:
            node = await self._open_of(review.branch)
            if node is None or not node["isDraft"]:
                return
            await self._github.limiter.write()
            outcome = await self._github.change(graphql.READY, {"pullRequestId": node["id"]})
            if isinstance(outcome, GitHubFault):
                raise outcome.error()
        except SiteError as error:
            _log.warning("a pull request stays a draft: %s", error)

    async def _page_of(self, branch: str) -> str | None:
        """Return the page of a branch's pull request: a lost answer may have opened it."""
        node = await self._open_of(branch)
        return node["url"] if node else None

    async def _open_of(self, branch: str) -> graphql.Data | None:
        data = await self._github.ask(graphql.OPEN, {"head": branch})
        nodes = data["repository"]["pullRequests"]["nodes"]
        return next((node for node in nodes if not node["isCrossRepository"]), None)
