"""What the local GitHub answers by REST, in the shape that GitHub describes."""

import base64
from collections.abc import Mapping
from typing import Any

from tests.fakes.github_bare import Info
from tests.fakes.github_repository import Repository

MOST_ENTRIES = 100_000
"""How many entries of a tree REST gives."""

WORDS = {"A": "added", "D": "removed", "M": "modified", "R": "renamed"}


def tree(
    repository: Repository, name: str, root: str, *, deep: bool, most: int
) -> dict[str, Any] | None:
    """Return a tree by its id, a commit's, or the name of a branch."""
    branch = repository.default if name == "HEAD" else name
    found = repository.bare.object(f"refs/heads/{branch}") or repository.bare.object(name)
    if found is None:
        return None
    sha = repository.bare.object(f"{found[0]}^{{tree}}")
    assert sha is not None
    entries = [
        {
            "path": path,
            "mode": mode,
            "type": kind,
            "sha": oid,
            "url": f"{root}/git/{kind}s/{oid}",
            **({"size": int(size)} if kind == "blob" else {}),
        }
        for mode, kind, oid, size, path in repository.bare.entries(sha[0], deep=deep)
    ]
    return {
        "sha": sha[0],
        "url": f"{root}/git/trees/{sha[0]}",
        "tree": entries[:most],
        "truncated": len(entries) > most,
    }


def blob(repository: Repository, sha: str, root: str) -> tuple[dict[str, Any], bytes] | None:
    found = repository.bare.object(sha)
    if found is None or found[1] != "blob":
        return None
    body = {
        "sha": sha,
        "node_id": f"B_{sha}",
        "size": len(found[2]),
        "url": f"{root}/git/blobs/{sha}",
        "content": base64.encodebytes(found[2]).decode(),
        "encoding": "base64",
    }
    return body, found[2]


def commit(
    repository: Repository, name: str, root: str, query: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return a commit with what it changed from its first parent."""
    found = repository.bare.object(f"{name}^{{commit}}")
    if found is None:
        return None
    sha = found[0]
    info = repository.bare.info(sha)
    size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
    files = _files(repository, info.parents[0], sha, root) if info.parents else []
    shown = files[(page - 1) * size : page * size]
    return {**_commit(repository, sha, info, root), "files": shown}


def compare(repository: Repository, pair: str, root: str) -> dict[str, Any] | None:
    """Return what two commits differ in."""
    before, _, after = pair.partition("...")
    base, head = (repository.bare.object(f"{one}^{{commit}}") for one in (before, after))
    if base is None or head is None:
        return None
    range_ = f"{base[0]}..{head[0]}"
    commits = repository.bare.git("rev-list", "--reverse", range_).decode().split()
    shape = _commit(repository, base[0], repository.bare.info(base[0]), root)
    page = f"{repository.page}/compare/{pair}"
    return {
        "url": f"{root}/compare/{pair}",
        "html_url": page,
        "permalink_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "base_commit": shape,
        "merge_base_commit": shape,
        "status": "ahead",
        "ahead_by": len(commits),
        "behind_by": 0,
        "total_commits": len(commits),
        "commits": [
            _commit(repository, one, repository.bare.info(one), root) for one in commits[:250]
        ],
        "files": _files(repository, base[0], head[0], root)[:300],
    }


def _files(repository: Repository, before: str, after: str, root: str) -> list[dict[str, Any]]:
    return [
        {
            "sha": repository.bare.blob_at(before if letter == "D" else after, new),
            "filename": new,
            "status": WORDS[letter],
            "additions": 0,
            "deletions": 0,
            "changes": 0,
            "blob_url": f"{repository.page}/blob/{after}/{new}",
            "raw_url": f"{repository.page}/raw/{after}/{new}",
            "contents_url": f"{root}/contents/{new}?ref={after}",
            **({"previous_filename": old} if letter == "R" else {}),
        }
        for letter, old, new in repository.bare.changes(before, after)
    ]


def _commit(repository: Repository, sha: str, info: Info, root: str) -> dict[str, Any]:
    person = {"name": info.name, "email": info.email, "date": "2026-11-25T00:00:00Z"}
    verified = sha in repository.verified
    return {
        "url": f"{root}/commits/{sha}",
        "sha": sha,
        "node_id": f"C_{sha}",
        "html_url": f"{repository.page}/commit/{sha}",
        "comments_url": f"{root}/commits/{sha}/comments",
        "commit": {
            "url": f"{root}/git/commits/{sha}",
            "author": person,
            "committer": person,
            "message": info.message,
            "comment_count": 0,
            "tree": {"sha": sha, "url": f"{root}/git/trees/{sha}"},
            "verification": {
                "verified": verified,
                "reason": "valid" if verified else "unsigned",
                "payload": None,
                "signature": None,
                "verified_at": None,
            },
        },
        "author": None,
        "committer": None,
        "parents": [
            {
                "sha": parent,
                "url": f"{root}/commits/{parent}",
                "html_url": f"{repository.page}/commit/{parent}",
            }
            for parent in info.parents
        ],
    }
