"""What is known of GitHub without talking to it: what to ask, and what an answer says.

Pure: documents and variables go out, parsed answers come in. client.py does the talking,
faults.py knows what can go wrong.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.git_ids import blob_id, drafts_in
from bot.errors import SiteError
from bot.services.site_port import Change, Edit

Data = Mapping[str, Any]
"""An answer's JSON object, or a part of it."""

ZEROS = "0" * 40
FIRST, PAGE, MOST_COMMITS = 30, 100, 500
"""How many of a file's commits are asked for at first, how many a page, and how many in all."""


_ABOUT = "fragment About on Repository { id nameWithOwner url isEmpty }"
_PULLED = """
fragment Pulled on PullRequest {
  number state url headRefOid isCrossRepository mergeCommit { oid }
}"""
_EDITS = """
fragment Edits on CommitHistoryConnection {
  nodes { oid message author { name user { login } } file(path: $path) { oid } }
  pageInfo { hasNextPage endCursor }
}"""
_STATE = (
    """
fragment State on Ref {
  name
  target { ... on Commit {
    oid
    file(path: $path) {
      oid type mode
      object { ... on Blob { byteSize isTruncated isBinary text } }
    }
    rules: file(path: ".rundown") { oid }
    history(path: $path, first: $first) { ...Edits }
  } }
}"""
    + _EDITS
)
_MARKS = """
fragment Marks on CommitHistoryConnection {
  nodes { oid url message file(path: $path) { oid } }
  pageInfo { hasNextPage endCursor }
}"""
_TRAIL = (
    """
fragment Trail on Ref {
  name
  target { ... on Commit {
    oid
    ofFile: history(path: $path, first: $first) { ...Marks }
    recent: history(first: $first) { ...Marks }
  } }
}"""
    + _MARKS
)

HISTORY = (
    """
query History($owner: String!, $name: String!, $head: GitObjectID!, $path: String!,
    $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    object(oid: $head) { ... on Commit {
      history(path: $path, first: $first, after: $after) { ...Edits }
    } }
  }
}"""
    + _EDITS
)
RECENT = (
    """
query Recent($owner: String!, $name: String!, $head: GitObjectID!, $path: String!,
    $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    object(oid: $head) { ... on Commit {
      history(first: $first, after: $after) { ...Marks }
    } }
  }
}"""
    + _MARKS
)
COMMIT = """
mutation Commit($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid url } }
}"""
BRANCH = """
mutation Branch($input: CreateRefInput!) {
  createRef(input: $input) { ref { name } }
}"""
OPEN = """
query Open($owner: String!, $name: String!, $head: String!) {
  repository(owner: $owner, name: $name) {
    pullRequests(headRefName: $head, states: OPEN, first: 5) {
      nodes { id url isDraft isCrossRepository }
    }
  }
}"""
REVIEW = """
mutation Review($input: CreatePullRequestInput!) {
  createPullRequest(input: $input) { pullRequest { number url } }
}"""
READY = """
mutation Ready($input: MarkPullRequestReadyForReviewInput!) {
  markPullRequestReadyForReview(input: $input) { pullRequest { number } }
}"""
DRAFT_BRANCH = """
query DraftBranch($owner: String!, $name: String!, $ref: String!, $default: Boolean!) {
  repository(owner: $owner, name: $name) {
    id nameWithOwner url isArchived isEmpty
    defaultBranchRef { name target { oid } }
    ref(qualifiedName: $ref) @skip(if: $default) { name target { oid } }
  }
}"""


def qualified(branch: str | None) -> Data:
    """Return the variables that name a branch, or the default one for None."""
    return {"ref": f"refs/heads/{branch or ''}", "default": branch is None}


def look(reviews: int = 0) -> str:
    """Return the query for a branch and a file of it, and for so many branches under review."""
    return _with_branches("Look", "...State", reviews) + _ABOUT + _STATE


def find(reviews: int = 0) -> str:
    """Return the query for the newest commits of the same branches, and of a file in them."""
    return _with_branches("Find", "...Trail", reviews) + _ABOUT + _TRAIL


def _with_branches(name: str, what: str, reviews: int) -> str:
    named = "".join(f", $branch{n}: String!, $head{n}: String!" for n in range(reviews))
    asked = "".join(
        f"""
    branch{n}: ref(qualifiedName: $branch{n}) {{ {what} }}
    pulls{n}: pullRequests(headRefName: $head{n}, first: 5,
        orderBy: {{ field: CREATED_AT, direction: DESC }}) {{
      nodes {{ ...Pulled }}
    }}"""
        for n in range(reviews)
    )
    return f"""
query {name}($owner: String!, $name: String!, $ref: String!, $default: Boolean!,
    $path: String!, $first: Int!{named}) {{
  repository(owner: $owner, name: $name) {{
    ...About
    defaultBranchRef {{ name ...{what.removeprefix("...")} @include(if: $default) }}
    ref(qualifiedName: $ref) @skip(if: $default) {{ {what} }}{asked}
  }}
}}
{_PULLED if reviews else ""}"""


def recheck(count: int) -> str:
    """Return the query for a branch's head, `count` files in it, and its newest commits."""
    named = "".join(f", $path{n}: String!" for n in range(count))
    files = " ".join(f"file{n}: file(path: $path{n}) {{ oid }}" for n in range(count))
    return f"""
query Recheck($owner: String!, $name: String!, $ref: String!, $first: Int!{named}) {{
  repository(owner: $owner, name: $name) {{
    ref(qualifiedName: $ref) {{ target {{ ... on Commit {{
      oid {files}
      history(first: $first) {{
        nodes {{ oid url message }}
        pageInfo {{ hasNextPage endCursor }}
      }}
    }} }} }}
  }}
}}
"""


def texts(count: int) -> str:
    """Return the query for the texts of `count` files at a branch's head."""
    named = "".join(f", $path{n}: String!" for n in range(count))
    files = " ".join(
        f"file{n}: file(path: $path{n}) {{ object {{ ... on Blob {{ isTruncated text }} }} }}"
        for n in range(count)
    )
    return f"""
query Texts($owner: String!, $name: String!, $ref: String!, $default: Boolean!{named}) {{
  repository(owner: $owner, name: $name) {{
    nameWithOwner isEmpty
    defaultBranchRef {{ name target @include(if: $default) {{ ...Files }} }}
    ref(qualifiedName: $ref) @skip(if: $default) {{ target {{ ...Files }} }}
  }}
}}
fragment Files on Commit {{ {files} }}"""


def blobs(count: int) -> str:
    """Return the query for `count` contents of files by their ids."""
    named = "".join(f", $blob{n}: GitObjectID!" for n in range(count))
    asked = " ".join(
        f"blob{n}: object(oid: $blob{n}) {{ ... on Blob {{ byteSize isTruncated text }} }}"
        for n in range(count)
    )
    return f"""
query Blobs($owner: String!, $name: String!{named}) {{
  repository(owner: $owner, name: $name) {{ nameWithOwner {asked} }}
}}"""


# --- what answers say --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file as a branch has it; `text` is None where the answer does not hold it whole."""

    blob: str
    size: int
    text: bytes | None


def entry(path: str, found: Data | None) -> TreeFile | None:
    """Read what stands at a path; raise SiteError where that is no plain file."""
    if found is None:
        return None
    if found["type"] == "tree":
        raise SiteError("site.path-folder", path=path)
    if found["type"] != "blob" or found["mode"] & 0o170000 != 0o100000:
        raise SiteError("site.path-not-file", path=path)
    blob = found["object"]
    text = blob["text"]
    data = text.encode("utf-8", "surrogatepass") if text is not None else None
    # GitHub cuts text at 512,000 bytes, and may mend what is no UTF-8: only the id proves it whole.
    whole = data is not None and blob_id(data) == found["oid"]
    return TreeFile(found["oid"], blob["byteSize"], data if whole else None)


def content(found: Data | None, blob: str, most: int) -> bytes | None:
    """Return a file's bytes, where the answer has them whole and there are not more than `most`."""
    text = found["text"] if found and found.get("byteSize", most + 1) <= most else None
    data = text.encode("utf-8", "surrogatepass") if text is not None else None
    return data if data is not None and blob_id(data) == blob else None


def ref_of(repository: Data, branch: str | None) -> Data | None:
    """Return the branch that was asked for (`qualified`); None where the repository is empty.

    Raises SiteError where there is none of that name.
    """
    ref: Data | None = repository["ref"] if branch else repository["defaultBranchRef"]
    if ref is not None or repository["isEmpty"]:
        return ref
    values = {"branch": branch, "repository": repository["nameWithOwner"]}
    default = repository["defaultBranchRef"]
    if default is None:
        raise SiteError("github.no-branch", **values)
    raise SiteError("github.no-branch-but", default=default["name"], **values)


def edit(node: Data) -> Edit:
    """Read a commit of a file's history."""
    author = node["author"] or {}
    login = (author.get("user") or {}).get("login")
    file = node["file"]
    return Edit(
        commit=node["oid"],
        by=login or author.get("name") or "",
        blob=file["oid"] if file else None,
        drafts=drafts_in(node["message"]),
    )


def carrying(nodes: Iterable[Data], wanted: Iterable[str]) -> Data | None:
    """Return the first commit whose message names one of these drafts."""
    asked = set(wanted)
    return next((node for node in nodes if asked.intersection(drafts_in(node["message"]))), None)


# --- what a commit says ------------------------------------------------------------------------


def commit_input(repository: str, branch: str, head: str, changes: Sequence[Change]) -> Data:
    """Return the input of the mutation that commits these changes as one."""
    headline, body = message(changes)
    files = [file for each in changes for file in each.all_files]
    gone = [{"path": file.former} for file in files if file.former is not None]
    return {
        "branch": {"repositoryNameWithOwner": repository, "branchName": branch},
        "expectedHeadOid": head,
        "message": {"headline": headline, "body": body},
        "fileChanges": {
            "additions": [
                {"path": file.path, "contents": base64.b64encode(file.content()).decode()}
                for file in files
            ],
            **({"deletions": gone} if gone else {}),
        },
    }


def message(changes: Sequence[Change]) -> tuple[str, str]:
    """Return headline and body of a commit: each change's subject, then all trailers once."""
    subjects = [" ".join(each.subject.split()) or each.path for each in changes]
    headline = subjects[0] if len(subjects) == 1 else f"{len(subjects)} drafts"
    paragraphs = [] if len(subjects) == 1 else ["\n".join(subjects)]
    trailers = dict.fromkeys(line for each in changes for line in each.trailers)
    # Trailers that all can be found by git have to stand together at the end.
    paragraphs.append("\n".join(trailers))
    return headline, "\n\n".join(filter(None, paragraphs))


def made(answer: Data) -> tuple[str, str] | None:
    """Return id and page of the commit that an answer tells of; None where it tells of none."""
    match answer:
        case {"createCommitOnBranch": {"commit": {"oid": str(commit), "url": str(page)}}}:
            return commit, page
    return None


def opened(answer: Data) -> str | None:
    """Return the page of the pull request that an answer tells of."""
    match answer:
        case {"createPullRequest": {"pullRequest": {"url": str(page)}}}:
            return page
    return None


def draft_ids(change: Change) -> tuple[str, ...]:
    """Return the drafts that a change's trailers name."""
    return drafts_in("\n".join(change.trailers))
