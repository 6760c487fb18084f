"""`rundown init OWNER/REPO`: propose a profile to a site on GitHub, in a pull request."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from bot.adapters.github import graphql
from bot.adapters.github.client import GitHub
from bot.adapters.github.faults import GitHubFault
from bot.adapters.github.files import AT_ONCE, texts, tree
from bot.adapters.github.permissions import DraftBranch, draft_branch
from bot.adapters.new_profile import NewProfile, folder_name, learned
from bot.adapters.profile_files import SETTINGS, TEMPLATE, profile_folder
from bot.core.survey.site import looked
from bot.errors import SiteError
from bot.services.site_port import Change, Seen
from bot.texts import say

BRANCH = "rundown/profile"

MOST_TEXTS = 1_500
"""How many pages are read: of sites whose paths tell no order, all have to be asked for a date."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """The pull request's address, and the profile that it brings."""

    url: str
    new: NewProfile


async def propose(
    github: GitHub, branch: str | None, *, show: str | None, language: str
) -> Proposed:
    """Learn the profile of a site, and open a pull request with it.

    Raises SiteError, and changes nothing, where the site has a profile, no episodes, or a proposal
    of ours that waits already.
    """
    place = await draft_branch(github, branch)
    paths = sorted(await tree(github, place.head))
    own = profile_folder(folder_name(show))
    if f"{own}/{SETTINGS}" in paths or f"{own}/{TEMPLATE}" in paths:
        raise SiteError("site.has-profile", folder=f"{github.full_name}/{own}")
    pages = _Pages(github, branch)
    new = await pages.learn(paths, show=show, language=language)
    if new is None:
        raise SiteError("survey.no-episodes", folder=github.full_name, looked=looked(paths))
    proposal = _Proposal(github, place, new, language, own)
    await proposal.begin()
    await proposal.commit()
    return Proposed(await proposal.open(), new)


class _Pages:
    """The texts of a site's files, fetched as they are asked for, many at once."""

    def __init__(self, github: GitHub, branch: str | None) -> None:
        self._github = github
        self._branch = branch
        self._known: dict[str, str] = {}

    async def learn(
        self, paths: list[str], *, show: str | None, language: str
    ) -> NewProfile | None:
        """Learn the profile: look again for as long as there is something to fetch."""
        said: Mapping[str, str | None] = {"branch": self._branch}
        while True:
            wanted: dict[str, None] = {}

            def read(path: str, wanted: dict[str, None] = wanted) -> str | None:
                if path not in self._known:
                    wanted[path] = None
                return self._known.get(path)

            name = self._github.full_name
            new = learned(paths, read, said, show=show, language=language, place=name)
            room = MOST_TEXTS - len(self._known)
            asked = list(wanted)[: min(room, 4 * AT_ONCE)]
            if not asked:
                return new
            found = await texts(self._github, self._branch, asked)
            self._known |= dict(zip(asked, found, strict=True))


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A profile on its way into a pull request; `own` is its folder in the site."""

    github: GitHub
    place: DraftBranch
    new: NewProfile
    language: str
    own: str

    @property
    def branch(self) -> str:
        """The branch that it waits on: of several shows, each has one."""
        show = self.own.partition("/")[2]
        return f"{BRANCH}-{show}" if show else BRANCH

    async def begin(self) -> None:
        github, place = self.github, self.place
        name = f"refs/heads/{self.branch}"
        given = {"repositoryId": place.repository, "name": name, "oid": place.head}
        await github.limiter.write()
        outcome = await github.change(graphql.BRANCH, given)
        if isinstance(outcome, GitHubFault):
            if "already exists" in str(outcome.values.get("why")):
                values = {"branch": self.branch, "repository": github.full_name}
                raise SiteError("github.profile-waits", **values)
            raise SiteError(outcome.name, **{**outcome.values, "branch": self.branch})

    async def commit(self) -> None:
        github, head = self.github, self.place.head
        seen = Seen(self.branch, head, None, None)
        subject = say("github.profile-subject", self.language)
        changes = [
            Change(f"{self.own}/{name}", text, seen, subject, ())
            for name, text in ((SETTINGS, self.new.settings), (TEMPLATE, self.new.template))
        ]
        given = graphql.commit_input(github.full_name, self.branch, head, changes)
        given = {**given, "message": {"headline": subject, "body": ""}}
        await github.limiter.write()
        outcome = await github.change(graphql.COMMIT, given)
        if isinstance(outcome, GitHubFault):
            raise SiteError(outcome.name, **{**outcome.values, "branch": self.branch})

    async def open(self) -> str:
        """Open the pull request; where that cannot be, return the page on which a person can."""
        site = self.new.site
        values = {"count": len(site.paths), "folder": site.folder or ".", "next": site.next or "-"}
        given = {
            "repositoryId": self.place.repository,
            "baseRefName": self.place.branch,
            "headRefName": self.branch,
            "title": say("github.profile-subject", self.language),
            "body": say("github.profile-body", self.language, **values),
        }
        await self.github.limiter.write()
        outcome = await self.github.change(graphql.REVIEW, given)
        if not isinstance(outcome, GitHubFault) and (page := graphql.opened(outcome)):
            return page
        return f"{self.github.page}/pull/new/{quote(self.branch)}"
