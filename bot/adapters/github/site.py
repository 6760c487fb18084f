"""The site repository on GitHub: reads drafts and commits them, two requests a draft.

One GraphQL query tells the branch's head, the file and who changed it; one mutation commits on
that head or not at all. Whatever else is asked is asked because somebody was in the way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.adapters.git.working_tree import MOST
from bot.adapters.github import file_versions, files, graphql, review_branch
from bot.adapters.github.client import GitHub
from bot.adapters.github.commit_queue import Queues, search
from bot.adapters.github.graphql import Data
from bot.adapters.github.pull_request import Pulls, is_merged
from bot.adapters.github.read import whole
from bot.adapters.github.review_branch import Pull, Review, ReviewSeen
from bot.core.git_ids import blob_id
from bot.core.site_path import check_site_path
from bot.errors import SiteError
from bot.services.site_port import Change, Commit, Edit, Holding, PullRequest, Seen


class GitHubSite:
    """A repository on GitHub, at the branch that drafts go to; a `Site`.

    `branch` is the one that was configured, None for the default branch, whichever that is now.
    With `review`, each episode has a branch and a pull request of its own. `language` is that of
    the words on a pull request.
    """

    def __init__(
        self,
        github: GitHub,
        queues: Queues,
        *,
        branch: str | None = None,
        review: bool = False,
        language: str = "en",
        show: str | None = None,
    ) -> None:
        self._github = github
        self._queues = queues
        self._branch = branch
        self._review = review
        self._show = show
        self._pulls = Pulls(github, language)

    @property
    def name(self) -> str:
        """The repository's name, without its owner."""
        return self._github.name

    # --- reading -------------------------------------------------------------------------------

    async def paths(self) -> list[str]:
        """Return the paths of all files at the head; none while the repository is empty."""
        return sorted(await self.blobs())

    async def texts(self, paths: Sequence[str]) -> list[str]:
        """Return the texts of files at the head; of what is no text, or too long, an empty one."""
        return await files.texts(self._github, self._branch, paths)

    async def blobs(self) -> Mapping[str, str]:
        """Return the ids of all files at the head, by path; none while the repository is empty."""
        try:
            return await files.tree(self._github, self._branch or "HEAD")
        except SiteError as error:
            if error.name == "github.empty":
                return {}
            raise

    async def contents(self, blobs: Sequence[str], *, most: int) -> list[bytes | None]:
        """Return the contents with these ids; None for one that is no text, cut, or has more."""
        return await files.contents(self._github, blobs, most=most)

    async def look(
        self, path: str, *, number: str, until: str | None = None, recreate: bool = False
    ) -> Seen:
        """Look at the branch and the file in one request; more only for what is long or odd."""
        check_site_path(path)
        names = review_branch.branches(number, self._show) if self._review else []
        repository = await self._asked(graphql.look(len(names)), path, names, graphql.FIRST)
        base = graphql.ref_of(repository, self._branch)
        if base is None:
            return Seen(self._branch or "", graphql.ZEROS, None, None)
        if not names:
            return await self._seen(path, base["name"], base["target"], until)
        review = _review_of(names, repository, base, recreate=recreate)
        target = base["target"]
        if review.stands:
            target = repository[f"branch{names.index(review.branch)}"]["target"]
        seen = await self._seen(path, review.branch, target, until)
        if not seen.known and until is not None and review.merged is not None:
            seen = await self._before_merge(seen, path, until, review.merged)
        rules = base["target"]["rules"]
        return ReviewSeen(
            seen.branch,
            seen.head,
            seen.data,
            seen.blob,
            seen.edits,
            seen.known,
            rules["oid"] if rules else None,
            review,
        )

    async def _asked(self, document: str, path: str, names: list[str], first: int) -> Data:
        """Ask for the branch and those under review; follow the repository's name."""
        variables = {
            **graphql.qualified(self._branch),
            **review_branch.variables(names),
            "path": path,
            "first": first,
        }
        data = await self._github.ask(document, variables)
        repository: Data = data["repository"]
        self._github.follow(repository["nameWithOwner"], repository["url"])
        return repository

    async def _seen(self, path: str, branch: str, target: Data, until: str | None) -> Seen:
        entry = graphql.entry(path, target["file"])
        data = await whole(self._github, path, entry, MOST) if entry else None
        blob = entry.blob if entry else None
        edits, known = await self._edits(path, target["oid"], target["history"], until)
        rules = target["rules"]["oid"] if target["rules"] else None
        return Seen(branch, target["oid"], data, blob, edits, known, rules)

    async def _edits(
        self, path: str, head: str, history: Data, until: str | None
    ) -> tuple[tuple[Edit, ...], bool]:
        """Return the commits since the content `until`, and whether it was found at all."""
        edits: list[Edit] = []
        while until is not None:
            for node in history["nodes"]:
                edit = graphql.edit(node)
                if edit.blob == until:
                    return tuple(edits), True
                edits.append(edit)
            page = history["pageInfo"]
            if not page["hasNextPage"] or len(edits) >= graphql.MOST_COMMITS:
                break
            history = await self._older(path, head, page["endCursor"])
        return tuple(edits), until is None

    async def _older(self, path: str, head: str, after: str | None) -> Data:
        variables = {"head": head, "path": path, "first": graphql.PAGE, "after": after}
        data = await self._github.ask(graphql.HISTORY, variables)
        commit = data["repository"]["object"]
        history: Data = commit["history"] if commit else {"nodes": [], "pageInfo": _NO_MORE}
        return history

    async def _before_merge(self, seen: Seen, path: str, until: str, merged: Pull) -> Seen:
        """Look for our content in the pull request: a squash leaves the branch no trace of it."""
        first = await self._older(path, merged.head, None)
        within, known = await self._edits(path, merged.head, first, until)
        if not known:
            return seen
        since: list[Edit] = []
        for edit in seen.edits:
            if edit.commit == merged.merge:
                break
            since.append(edit)
        return replace(seen, edits=(*since, *within), known=True)

    async def moved(self, path: str, *, blob: str, seen: Seen) -> str | None:
        """Return where a file went that is not at `path` any more; None where it was deleted."""
        return await files.moved(self._github, path, blob, seen.head)

    async def find(self, draft: str, *, path: str, number: str) -> Commit | None:
        """Return the newest commit that names the draft, on the branch or the episode's own."""
        names = review_branch.branches(number, self._show) if self._review else []
        repository = await self._asked(graphql.find(len(names)), path, names, graphql.PAGE)
        refs = [repository[f"branch{n}"] for n in range(len(names))]
        base = graphql.ref_of(repository, self._branch)
        for ref in filter(None, (*refs, base)):
            for history in (ref["target"]["ofFile"], ref["target"]["recent"]):
                if (found := graphql.carrying(history["nodes"], [draft])) is not None:
                    return _commit(found, _pull_of(names, repository, ref["name"]))
        if base is None:
            return None
        # Of the file's commits and the branch's newest, none: it may be further down the branch.
        target = base["target"]
        found = await search(self._github, target["oid"], target["recent"], [draft], path)
        return _commit(found, None) if found else None

    async def holding(
        self, paths: Sequence[str], *, number: str, holds: Callable[[bytes], bool]
    ) -> Holding:
        """Return the commits in which the file `holds` something, also before a squash."""
        seen = await self.look(paths[0], number=number)
        review = seen.review if isinstance(seen, ReviewSeen) else None
        merged = [review.merged.head] if review and review.merged else []
        heads = [head for head in (seen.head, *merged) if head != graphql.ZEROS]
        return await file_versions.holding(self._github, heads, paths, holds)

    # --- committing ----------------------------------------------------------------------------

    async def commit(self, change: Change) -> Commit:
        """Commit these files with their whole texts, on the head that was seen or where it fits."""
        for file in change.all_files:
            check_site_path(file.path)
            check_site_path(file.watched)
        data = change.content()
        seen = change.seen
        if seen.head == graphql.ZEROS:
            raise SiteError("github.empty", repository=self._github.full_name, why="")
        if blob_id(data) == seen.blob and change.former is None and not change.files:
            return Commit(seen.head, seen.head[:10], seen.blob)
        review = seen.review if isinstance(seen, ReviewSeen) else None
        if review is not None and not review.stands:
            await self._pulls.begin(review, seen.head)
        queue = self._queues.of(self._github.full_name, seen.branch)
        commit = await queue.commit(change, self._github)
        if review is None:
            return commit
        pull = await self._pulls.of(review, change.number, is_page=change.is_page)
        return replace(commit, review=pull)

    async def open_review(
        self, path: str, *, number: str, named: str, is_page: bool = False
    ) -> PullRequest | None:
        """Return the pull request in which a file waits, opened now where none is; else None."""
        if not self._review:
            return None
        names = review_branch.branches(number, self._show)
        repository = await self._asked(graphql.look(len(names)), path, names, 1)
        base = graphql.ref_of(repository, self._branch)
        if base is None:
            return None
        # A closed one is nothing to open: whoever drafts hears of it.
        review = _review_of(names, repository, base, recreate=True)
        if not review.stands:
            return None
        pull = await self._pulls.of(review, named, is_page=is_page)
        return None if is_merged(pull) else pull


_NO_MORE = {"hasNextPage": False, "endCursor": None}


def _review_of(names: list[str], repository: Data, base: Data, *, recreate: bool) -> Review:
    """Return where an episode's drafts go, by what an answer says of its branches."""
    found = review_branch.candidates(names, repository)
    return review_branch.choose(
        found, base=base["name"], repository=repository["id"], recreate=recreate
    )


def _commit(node: Data, review: str | None) -> Commit:
    file = node["file"]
    pull = PullRequest(review) if review else None
    return Commit(node["oid"], node["url"], file["oid"] if file else "", pull)


def _pull_of(names: list[str], repository: Data, branch: str) -> str | None:
    """Return the address of the pull request of an episode's branch."""
    if branch not in names:
        return None
    found = review_branch.candidates(names, repository)[names.index(branch)]
    return found.pull.url if found.pull else None
