"""What the local GitHub answers by GraphQL, executed against GitHub's own schema."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from graphql import DocumentNode, GraphQLError, execute, parse, validate

from tests.fakes.descriptions import graphql_schema
from tests.fakes.github_repository import Pull, Repository

CUT = 512_000
"""How many bytes of a file's text GraphQL gives."""

Lazy = Callable[..., Any]


class RefusalError(GraphQLError):
    """An error of GitHub's, with the `type` that it puts beside the message."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Outcome:
    """The answer to a document, and what is wrong with the document by the schema."""

    body: dict[str, Any]
    violations: list[str]


class Graph:
    """Answers documents; `find` gives the repository of a name, as the caller may see it."""

    def __init__(self, find: Callable[[str], Repository | None], login: str) -> None:
        self._find = find
        self._login = login

    def answer(self, document: str, variables: dict[str, Any]) -> Outcome:
        schema = graphql_schema()
        tree, wrong = _read(document)
        if wrong:
            return Outcome({"data": None}, wrong)
        root = {
            "repository": self._repository,
            "createCommitOnBranch": self._commit,
            "createRef": self._branch,
            "createPullRequest": self._pull_request,
            "markPullRequestReadyForReview": self._ready,
        }
        result = execute(schema, tree, root, variable_values=variables)
        body: dict[str, Any] = {"data": result.data}
        ours = []
        if result.errors:
            body["errors"] = [_error(error) for error in result.errors]
            ours = [
                f"{error.message}: {error.original_error!r}"
                for error in result.errors
                if not isinstance(error.original_error, RefusalError)
            ]
        return Outcome(body, ours)

    # --- queries -------------------------------------------------------------------------------

    def _repository(self, info: Any, owner: str, name: str, **_: Any) -> dict[str, Any]:
        repository = self._seen(f"{owner}/{name}")
        bare = repository.bare

        def ref(info: Any, qualifiedName: str) -> Any:  # noqa: N803 - as the schema has it
            return self._ref(repository, qualifiedName.removeprefix("refs/heads/"))

        def pulls(info: Any, **asked: Any) -> Any:
            found = [
                pull
                for pull in reversed(repository.pulls)
                if pull.head == asked.get("headRefName", pull.head)
                and pull.state in (asked.get("states") or [pull.state])
            ]
            return {"nodes": [_pull(repository, pull) for pull in found[: asked["first"]]]}

        def thing(info: Any, oid: str) -> Any:
            found = bare.object(oid)
            if found and found[1] == "blob":
                return _blob(oid, found[2])
            return self._commit_of(repository, oid) if found and found[1] == "commit" else None

        return {
            "id": _node(repository),
            "nameWithOwner": repository.full_name,
            "url": repository.page,
            "isArchived": repository.archived,
            "isDisabled": False,
            "isPrivate": False,
            "isEmpty": not bare.branches(),
            "viewerPermission": "WRITE" if "contents" in repository.rights else "READ",
            "defaultBranchRef": lambda info: self._ref(repository, repository.default),
            "ref": ref,
            "pullRequests": pulls,
            "object": thing,
        }

    def _seen(self, full_name: str) -> Repository:
        found = self._find(full_name)
        if found is None:
            words = f"Could not resolve to a Repository with the name '{full_name}'."
            raise RefusalError("NOT_FOUND", words)
        return found

    def _ref(self, repository: Repository, branch: str) -> dict[str, Any] | None:
        head = repository.bare.head(branch)
        if head is None:
            return None
        target = self._commit_of(repository, head)
        return {"name": branch, "prefix": "refs/heads/", "target": target}

    def _commit_of(self, repository: Repository, oid: str) -> dict[str, Any]:
        info = repository.bare.info(oid)

        def file(_: Any, path: str) -> Any:
            return _entry(repository, oid, path)

        def history(_: Any, first: int, path: str | None = None, after: str | None = None) -> Any:
            every = repository.bare.history(oid, path)
            start = int(after.rpartition(" ")[2]) + 1 if after else 0
            nodes = [self._commit_of(repository, one) for one in every[start : start + first]]
            last = start + len(nodes) - 1
            more = last + 1 < len(every)
            page = {"hasNextPage": more, "endCursor": f"{oid} {last}" if nodes else None}
            page |= {"hasPreviousPage": start > 0, "startCursor": None}
            return {"nodes": nodes, "pageInfo": page, "totalCount": len(every)}

        return {
            "__typename": "Commit",
            "oid": oid,
            "url": f"{repository.page}/commit/{oid}",
            "message": info.message,
            "committedDate": datetime.fromtimestamp(info.seconds, UTC).isoformat(),
            "author": {
                "name": info.name,
                "email": info.email,
                "user": {"login": info.login} if info.login else None,
            },
            "signature": _signature(info.message) if oid in repository.verified else None,
            "file": file,
            "history": history,
        }

    # --- mutations -----------------------------------------------------------------------------

    def _commit(self, info: Any, input: dict[str, Any]) -> dict[str, Any]:
        branch, head = input["branch"]["branchName"], input["expectedHeadOid"]
        repository = self._written(input["branch"]["repositoryNameWithOwner"], "contents")
        now = repository.bare.head(branch)
        if now is None:
            raise RefusalError("NOT_FOUND", f"No branch named '{branch}' found.")
        if branch in repository.protected:
            words = (
                "Repository rule violations found\n\nChanges must be made through a pull request."
            )
            raise RefusalError("BRANCH_PROTECTION_RULE_VIOLATION", words)
        if now != head:
            words = f'Expected branch to point to "{head}" but it did not.  Pull and try again.'
            raise RefusalError("STALE_DATA", words)
        message = input["message"]["headline"]
        if body := input["message"].get("body"):
            message += f"\n\n{body}"
        files: dict[str, bytes | None] = {
            each["path"]: base64.b64decode(each["contents"], validate=True)
            for each in input["fileChanges"]["additions"]
        }
        files |= {each["path"]: None for each in input["fileChanges"].get("deletions") or ()}
        author = f"{self._login.title()} <{self._login}@users.noreply.github.com>"
        made = repository.bare.commit(branch, files, message, author=author)
        repository.verified.add(made)
        ref = self._ref(repository, branch)
        return {"commit": self._commit_of(repository, made), "ref": ref}

    def _branch(self, info: Any, input: dict[str, Any]) -> dict[str, Any]:
        repository = self._written(input["repositoryId"], "contents")
        branch = input["name"].removeprefix("refs/heads/")
        if repository.bare.head(branch) is not None:
            raise RefusalError("UNPROCESSABLE", f'A ref named "{input["name"]}" already exists')
        repository.bare.point(branch, input["oid"])
        return {"ref": self._ref(repository, branch)}

    def _pull_request(self, info: Any, input: dict[str, Any]) -> dict[str, Any]:
        repository = self._written(input["repositoryId"], "pull_requests")
        base, head = input["baseRefName"], input["headRefName"]
        standing = repository.pull_of(head)
        if standing is not None and standing.state == "OPEN":
            raise RefusalError("UNPROCESSABLE", f"A pull request already exists for {head}.")
        if not repository.bare.git("rev-list", f"refs/heads/{base}..refs/heads/{head}"):
            raise RefusalError("UNPROCESSABLE", f"No commits between {base} and {head}")
        pull = repository.open_pull(head, base, input["title"], input.get("body") or "")
        return {"pullRequest": _pull(repository, pull)}

    def _ready(self, info: Any, input: dict[str, Any]) -> dict[str, Any]:
        name, _, number = input["pullRequestId"].removeprefix("PR_").partition("#")
        repository = self._written(f"R_{name}", "pull_requests")
        pull = repository.pulls[int(number) - 1]
        pull.draft = False
        return {"pullRequest": _pull(repository, pull)}

    def _written(self, name: str, right: str) -> Repository:
        repository = self._seen(name.removeprefix("R_"))
        if right not in repository.rights:
            raise RefusalError("FORBIDDEN", "Resource not accessible by personal access token")
        if repository.archived:
            words = "Repository was archived so is read-only."
            raise RefusalError("FORBIDDEN", words)
        return repository


@lru_cache
def _read(document: str) -> tuple[DocumentNode, list[str]]:
    """Parse a document, and give what is wrong with it; ours are the same over and over."""
    tree = parse(document)
    return tree, [str(error) for error in validate(graphql_schema(), tree)]


def _node(repository: Repository) -> str:
    return f"R_{repository.full_name}"


def _entry(repository: Repository, commit: str, path: str) -> dict[str, Any] | None:
    found = repository.bare.object(f"{commit}:{path}")
    if found is None:
        return None
    oid, kind, data = found
    return {
        "oid": oid,
        "type": kind,
        "mode": lambda info: repository.bare.mode(commit, path),
        "object": lambda info: _blob(oid, data) if kind == "blob" else {"__typename": "Tree"},
    }


def _blob(oid: str, data: bytes) -> dict[str, Any]:
    binary = b"\0" in data[:8000]
    return {
        "__typename": "Blob",
        "oid": oid,
        "byteSize": len(data),
        "isBinary": binary,
        "isTruncated": len(data) > CUT,
        "text": None if binary else data[:CUT].decode("utf-8", "replace"),
    }


def _pull(repository: Repository, pull: Pull) -> dict[str, Any]:
    merge = pull.merge
    return {
        "id": f"PR_{repository.full_name}#{pull.number}",
        "number": pull.number,
        "isDraft": pull.draft,
        "state": pull.state,
        "url": f"{repository.page}/pull/{pull.number}",
        "title": pull.title,
        "headRefName": pull.head,
        "headRefOid": repository.head_of(pull),
        "baseRefName": pull.base,
        "isCrossRepository": pull.from_fork,
        "mergeCommit": {"__typename": "Commit", "oid": merge} if merge else None,
    }


def _signature(payload: str) -> dict[str, Any]:
    return {
        "__typename": "GpgSignature",
        "isValid": True,
        "state": "VALID",
        "wasSignedByGitHub": True,
        "email": "noreply@github.com",
        "payload": payload,
        "signature": "",
    }


def _error(error: GraphQLError) -> dict[str, Any]:
    found = error.formatted
    original = error.original_error
    kind = {"type": original.kind} if isinstance(original, RefusalError) else {}
    return {**kind, **found}
