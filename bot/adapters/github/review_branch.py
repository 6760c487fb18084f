"""Drafts under review: an episode's branch and its pull request; which of them counts now.

The branch is `rundown/ep57`. Once its pull request was merged, the next draft begins a new one from
the default branch, with a number behind the name while the old branch still stands.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.adapters.github.graphql import Data
from bot.errors import SiteError
from bot.services.site_port import Seen

BRANCHES = 9
"""How many branches of one episode are looked at, all in one request."""

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+|\.{2,}|\.lock$|^[.-]+|[.-]+$")


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request of an episode: `merge` is the commit that merged it."""

    number: int
    state: str
    url: str
    head: str
    merge: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A branch that an episode may have: its head, None where it is not there; its newest pull."""

    name: str
    head: str | None
    pull: Pull | None


@dataclass(frozen=True, slots=True)
class Review:
    """Where an episode's drafts go to be reviewed.

    `branch` is made at need (`stands`), and so is the pull request into `base` (`pull` is its
    address). `merged` is the pull request that was merged before it.
    """

    branch: str
    base: str
    repository: str
    stands: bool = False
    pull: str | None = None
    merged: Pull | None = None


@dataclass(frozen=True, slots=True)
class ReviewSeen(Seen):
    """What was seen of a file under review, and what to do to commit it there."""

    review: Review | None = None


def branches(number: str, show: str | None = None) -> list[str]:
    """Return the names that an episode's branches may have, in the order that they are taken.

    Episodes of several shows have the same numbers: a `show` of several is in the name, too.
    """
    number = _NOT_IN_NAMES.sub("-", number).strip("-.") or "-draft"
    name = f"rundown/{show}-ep{number}" if show else f"rundown/ep{number}"
    return [name, *(f"{name}-{n}" for n in range(2, BRANCHES + 1))]


def variables(names: Sequence[str]) -> dict[str, str]:
    """Return the variables that ask for these branches."""
    refs = {f"branch{n}": f"refs/heads/{name}" for n, name in enumerate(names)}
    return refs | {f"head{n}": name for n, name in enumerate(names)}


def candidates(names: Sequence[str], repository: Data) -> list[Candidate]:
    """Read what an answer says of an episode's branches."""
    found = []
    for n, name in enumerate(names):
        ref = repository[f"branch{n}"]
        pulls = [
            _pull(node)
            for node in repository[f"pulls{n}"]["nodes"]
            if not node["isCrossRepository"]  # a fork's branch of the same name is not ours
        ]
        newest = max(pulls, key=lambda pull: (pull.state == "OPEN", pull.number), default=None)
        found.append(Candidate(name, ref["target"]["oid"] if ref else None, newest))
    return found


def _pull(node: Mapping[str, Any]) -> Pull:
    merge = node["mergeCommit"]
    return Pull(
        number=node["number"],
        state=node["state"],
        url=node["url"],
        head=node["headRefOid"],
        merge=merge["oid"] if merge else None,
    )


def choose(found: Sequence[Candidate], *, base: str, repository: str, recreate: bool) -> Review:
    """Choose the branch that counts: the one under review, one begun, or a new one.

    Raises SiteError where people closed the newest pull request without merging it, and it is not
    to be made again (`recreate`).
    """
    pulls = [each.pull for each in found if each.pull is not None]
    newest = max(pulls, key=lambda pull: pull.number, default=None)
    merged = newest if newest and newest.state == "MERGED" else None
    review = Review("", base, repository, merged=merged)
    for each in reversed(found):
        if each.head is not None and each.pull is not None and each.pull.state == "OPEN":
            return replace(review, branch=each.name, stands=True, pull=each.pull.url)
    for each in found:
        if each.head is not None and _is_begun(each):
            return replace(review, branch=each.name, stands=True)
    if newest is not None and newest.state == "CLOSED" and not recreate:
        raise SiteError("github.review-closed", number=newest.number, url=newest.url)
    unused = [each for each in found if each.head is None]
    # A name whose pull request was closed is not taken again: the closed one would count.
    fresh = [each for each in unused if each.pull is None or each.pull.state == "MERGED"]
    if not fresh:
        raise SiteError("github.too-many-branches", branch=found[0].name, repository=repository)
    return replace(review, branch=fresh[0].name)


def _is_begun(candidate: Candidate) -> bool:
    """Return whether a branch without an open pull request waits for one.

    Either none was opened yet, or people went on with it after the last was merged.
    """
    pull = candidate.pull
    return pull is None or (pull.state == "MERGED" and pull.head != candidate.head)
