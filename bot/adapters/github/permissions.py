"""Finds out what the token may do to a repository on GitHub, without doing it."""

from dataclasses import dataclass

from bot.adapters.github import graphql
from bot.adapters.github.client import GitHub
from bot.adapters.github.faults import GitHubFault, Kind
from bot.adapters.github.graphql import Data
from bot.errors import SiteError


@dataclass(frozen=True, slots=True)
class DraftBranch:
    """A repository's id, and the branch that drafts go to with its head."""

    repository: str
    branch: str
    head: str


async def draft_branch(github: GitHub, branch: str | None) -> DraftBranch:
    """Look at the repository and a branch of it; raise SiteError where no draft can go there."""
    data = await github.ask(graphql.DRAFT_BRANCH, graphql.qualified(branch))
    found: Data = data["repository"]
    github.follow(found["nameWithOwner"], found["url"])
    if found["isArchived"]:
        raise SiteError("github.archived", repository=github.full_name)
    ref = graphql.ref_of(found, branch)
    if ref is None:
        raise SiteError("github.empty", repository=github.full_name, why="")
    return DraftBranch(found["id"], ref["name"], ref["target"]["oid"])


async def may_commit(github: GitHub, branch: DraftBranch, *, review: bool) -> None:
    """Raise SiteError where the token may not commit to the branch, or make one for `review`.

    It asks for a commit on a head that the branch does not have: who may commit is told that the
    branch has moved, and nothing is made. What a token may do is not told anywhere else.
    """
    head = branch.head[:-1] + ("0" if branch.head[-1] != "0" else "1")
    given = graphql.commit_input(github.full_name, branch.branch, head, [])
    await github.limiter.write()
    outcome = await github.change(graphql.COMMIT, given)
    if not isinstance(outcome, GitHubFault) or outcome.kind is Kind.STALE:
        return
    if review and outcome.name == "github.protected":
        return  # drafts go to branches of their own
    raise SiteError(outcome.name, **{**outcome.values, "branch": branch.branch})


async def may_open_pulls(github: GitHub, branch: DraftBranch) -> None:
    """Raise SiteError where the token may not open pull requests.

    It asks for one from the branch into itself, which GitHub refuses to those who may, too.
    """
    given = {
        "repositoryId": branch.repository,
        "baseRefName": branch.branch,
        "headRefName": branch.branch,
        "title": "Rundown",
    }
    await github.limiter.write()
    outcome = await github.change(graphql.REVIEW, given)
    if isinstance(outcome, GitHubFault) and outcome.name != "github.refused":
        raise outcome.error()
