"""Every refusal that GitHub documents for the operations in use: told, and nothing is lost by it.

REST is read only, by four operations; what is made is made by GraphQL. So a 422 never means that a
branch or pull request was there before: that is a GraphQL error, `UNPROCESSABLE`. No request has a
condition (`If-None-Match`), so there is no 304 either.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from bot.adapters.github.client import PAUSES
from bot.adapters.github.site import GitHubSite
from bot.errors import SiteError, SiteMoved
from tests.adapters.github.github_house import PATH, House, change
from tests.adapters.github.test_faults import graph_error
from tests.adapters.github.test_site import OTHER, TEXT, drafted
from tests.fakes.descriptions import openapi

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
BRANCH = "rundown/ep57"


Read = Callable[[], Awaitable[object]]


async def _list(house: House, site: GitHubSite) -> Read:
    return site.paths


async def _find_renamed(house: House, site: GitHubSite) -> Read:
    blob = await drafted(house, site, TEXT)
    house.local.site.rename(PATH, OTHER, f"{TEXT}and a note\n")
    seen = await site.look(PATH, number="57", until=blob)
    return partial(site.moved, PATH, blob=blob, seen=seen)


async def _find_put_back(house: House, site: GitHubSite) -> Read:
    blob = await drafted(house, site, TEXT)
    house.local.site.delete(PATH)
    house.local.site.edit(OTHER, f"{TEXT}more\n")
    seen = await site.look(PATH, number="57", until=blob)
    return partial(site.moved, PATH, blob=blob, seen=seen)


async def _read_large(house: House, site: GitHubSite) -> Read:
    house.local.site.edit(PATH, b"x" * 600_000)
    return partial(site.look, PATH, number="57")


BELOW = "/repos/{owner}/{repo}"
READS: dict[str, tuple[Any, tuple[int, ...]]] = {
    "/git/trees/{tree_sha}": (_list, (404, 409, 422)),  # (409: it is empty, and has no paths)
    "/commits/{ref}": (_find_renamed, (404, 409, 422, 500, 503)),
    "/compare/{basehead}": (_find_put_back, (404, 500, 503)),
    "/git/blobs/{file_sha}": (_read_large, (403, 404, 409, 422)),
}
WORDS = {
    403: {"message": "This API returns blobs up to 100 MB in size."},
    409: {"message": "Git Repository is empty."},
    422: {
        "message": "Validation Failed",
        "errors": [{"resource": "Commit", "field": "sha", "message": "No commit found for SHA: x"}],
    },
}


def test_these_are_the_refusals_that_github_documents() -> None:
    for path, (_, statuses) in READS.items():
        assert openapi().refusals("GET", f"{BELOW}{path}") == statuses, path


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (path, status)
        for path, (_, statuses) in READS.items()
        for status in statuses
        if (path, status) != ("/git/trees/{tree_sha}", 409)
    ],
)
async def test_a_documented_refusal_is_told_and_asked_again_where_it_may_pass(
    house: House, site: GitHubSite, path: str, status: int
) -> None:
    read = await READS[path][0](house, site)
    house.asked()
    name = f"GET {path[1:].partition('{')[0]}"
    body = WORDS.get(status, {"message": f"Refused with {status}"})
    house.local.trouble(name, status=status, body=body, times=99)
    with pytest.raises(SiteError) as caught:
        await read()
    asked = [one for one in house.asked() if one.startswith(name)]
    assert len(asked) == (1 + len(PAUSES) if status >= 500 else 1)
    told = caught.value.say()
    assert "hosts/site" in told
    if status == 422:
        assert "No commit found for SHA: x" in told
    house.local.end_troubles()
    assert await read()  # the next try finds all as it was


async def test_a_branch_that_another_made_meanwhile_is_looked_at_again(house: House) -> None:
    site = house.site(review=True)
    seen = await site.look(PATH, number="57")
    house.local.site.bare.point(BRANCH, seen.head)
    with pytest.raises(SiteMoved):
        await site.commit(change(seen, "# 57\n"))
    assert house.local.site.read(PATH, BRANCH) is None
    await site.commit(change(await site.look(PATH, number="57"), "# 57\n"))
    assert house.local.site.read(PATH, BRANCH) == "# 57\n"
    assert len(house.local.site.pulls) == 1


@pytest.mark.parametrize(
    "words",
    [
        "A pull request already exists for hosts:rundown/ep57.",
        "No commits between main and rundown/ep57",
        "Head sha can't be blank, Base sha can't be blank",
    ],
)
async def test_a_pull_request_that_is_refused_leaves_the_commit_and_names_a_page(
    house: House, words: str
) -> None:
    site = house.site(review=True)
    house.local.trouble("Review", **graph_error("UNPROCESSABLE", words), times=99)
    commit = await site.commit(change(await site.look(PATH, number="57"), "# 57\n"))
    assert house.local.site.read(PATH, BRANCH) == "# 57\n"
    assert commit.review.page == f"{house.local.site.page}/pull/new/{BRANCH}"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("STALE_DATA", 'Expected branch to point to "a" but it points to "b".'),
        ("UNPROCESSABLE", "main is at {} but expected {}"),
    ],
)
async def test_a_branch_that_does_not_stand_where_it_was_seen_takes_nothing(
    house: House, site: GitHubSite, kind: str, words: str
) -> None:
    seen = await site.look(PATH, number="57")
    answer = graph_error(kind, words.format("1" * 40, "2" * 40))
    house.local.trouble("Commit", **answer, times=99)
    with pytest.raises(SiteError) as caught:
        await site.commit(change(seen, "# 57\n"))
    assert caught.value.name == "github.busy"
    assert house.local.site.head() == seen.head
