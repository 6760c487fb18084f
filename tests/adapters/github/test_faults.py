"""What can go wrong with GitHub: each ends in the right state, and one line says what to do."""

from typing import Any

import pytest

from bot.adapters.github.client import PATIENCE
from bot.adapters.github.faults import of_status
from bot.errors import CommitUnknown, SettingsError, SiteError
from tests.adapters.github.github_house import PATH, change, github_house, look_with

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def graph_error(kind: str, message: str, **more: Any) -> dict[str, Any]:
    error = {"type": kind, "message": message, **more}
    return {"status": 200, "body": {"data": None, "errors": [error]}}


def refusal(status: int, message: str, **headers: str) -> dict[str, Any]:
    return {
        "status": status,
        "body": {"message": message, "documentation_url": "https://docs.github.com"},
        "headers": {name.replace("_", "-"): value for name, value in headers.items()},
    }


SAML = "Resource protected by organization SAML enforcement."
NOT_ACCESSIBLE = "Resource not accessible by personal access token"
ARCHIVED = "Repository was archived so is read-only."
RULES = "Repository rule violations found\n\nChanges must be made through a pull request.\n\n"

FINAL = {
    "401": (refusal(401, "Bad credentials"), "github.token-refused", "GITHUB_TOKEN"),
    "403": (refusal(403, "Must have admin rights"), "github.forbidden", "admin rights"),
    "403 by right": (refusal(403, NOT_ACCESSIBLE), "github.no-right", "Contents: read and write"),
    "403 by SSO": (refusal(403, SAML, X_GitHub_SSO="required; url=x"), "github.sso", "SSO"),
    "403 archived": (refusal(403, ARCHIVED), "github.archived", "unarchive it"),
    "404": (refusal(404, "Not Found"), "github.not-found", "RUNDOWN_SITE"),
    "409": (refusal(409, "Conflict"), "github.refused", "Conflict"),
    "422": (refusal(422, "Validation Failed"), "github.refused", "Validation Failed"),
    "451": (refusal(451, "Repository access blocked"), "github.refused", "access blocked"),
    "FORBIDDEN": (graph_error("FORBIDDEN", NOT_ACCESSIBLE), "github.no-right", "Contents"),
    "SAML": (
        graph_error("FORBIDDEN", SAML, extensions={"saml_failure": True}), "github.sso", "SSO",
    ),
    "NOT_FOUND": (
        graph_error("NOT_FOUND", "Could not resolve to a Repository with the name 'hosts/site'."),
        "github.not-found", "RUNDOWN_SITE",
    ),
    "scopes": (
        graph_error("INSUFFICIENT_SCOPES", "Your token has not been granted the required scopes"),
        "github.no-right", "Contents",
    ),
    "archived": (graph_error("UNPROCESSABLE", ARCHIVED), "github.archived", "unarchive it"),
    "unknown": (graph_error("WEIRD", "A new thing"), "github.refused", "A new thing"),
}  # fmt: skip

ON_COMMIT = {
    "protected": (
        graph_error("BRANCH_PROTECTION_RULE_VIOLATION", "Branch protection rule violations found"),
        "github.protected", "draft: pull_request",
    ),
    "rules": (graph_error("UNPROCESSABLE", RULES), "github.protected", "pull_request"),
    "422 protected": (refusal(422, RULES), "github.protected", "draft: pull_request"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FINAL)
async def test_a_fault_that_stays_ends_a_look_at_once(house, fault):
    answer, name, hint = FINAL[fault]
    house.local.trouble("Look", **answer)
    with pytest.raises(SiteError) as caught:
        await house.site().look(PATH, number="57")
    assert caught.value.name == name
    assert hint in caught.value.say() and "hosts/site" in caught.value.say()
    assert house.local.token not in caught.value.say("en") + caught.value.say("ja")
    assert house.asked() == ["Look"]


@pytest.mark.parametrize("fault", FINAL | ON_COMMIT)
async def test_a_fault_that_stays_ends_a_commit_and_nothing_is_made(house, fault):
    answer, name, hint = (FINAL | ON_COMMIT)[fault]
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.trouble("Commit", **{**answer, "times": 99})
    house.local.trouble("Recheck", **{**answer, "times": 99})
    with pytest.raises(SiteError) as caught:
        await site.commit(change(seen, "x"))
    assert (caught.value.name, hint in caught.value.say()) == (name, True)
    assert not isinstance(caught.value, CommitUnknown)
    assert house.local.site.head() == seen.head


def passing(**more: Any) -> dict[str, Any]:
    return {"body": b"<html>oops</html>", **more}


PASSING = {
    "500": passing(status=500),
    "502": passing(status=502),
    "503": passing(status=503),
    "502 with words": refusal(502, "Server Error"),
    "something went wrong": {
        "status": 200,
        "body": {"errors": [{"message": "Something went wrong while executing your query."}]},
    },
    "no JSON": passing(status=200),
    "no data": {"status": 200, "body": {}},
    "nothing of it": {"status": 200, "body": {"data": []}},
    "cut before": {"cut": "before"},
    "cut after": {"cut": "after"},
}


@pytest.mark.parametrize("fault", PASSING)
async def test_a_read_is_tried_again_with_growing_pauses(house, fault):
    house.local.trouble("Look", **PASSING[fault], times=4)
    seen = await house.site().look(PATH, number="57")
    assert seen.head == house.local.site.head()
    assert house.clock.slept == [1, 2, 4, 8]


@pytest.mark.parametrize("fault", PASSING)
async def test_a_read_that_never_comes_is_given_up(house, fault):
    house.local.trouble("Look", **PASSING[fault], times=99)
    with pytest.raises(SiteError) as caught:
        await house.site().look(PATH, number="57")
    assert caught.value.name in ("github.down", "github.unreachable", "github.bad-answer")
    assert house.asked() == ["Look"] * 5


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("times", [1, 3])
async def test_a_lost_commit_is_looked_for_before_it_is_made_again(house, fault, times):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.trouble("Commit", **PASSING[fault], times=times)
    commit = await site.commit(change(seen, "x"))
    assert house.asked()[:3] == ["Look", "Commit", "Recheck"]
    assert house.local.site.messages()[0].count("Rundown-Draft: d1") == 1
    assert [house.local.site.head(), house.local.site.read(PATH)] == [commit.id, "x"]
    assert len(house.local.site.messages()) == 3


@pytest.mark.parametrize(
    "data", [{}, {"createCommitOnBranch": None}, {"createCommitOnBranch": {"commit": None}}]
)
async def test_an_answer_that_tells_of_no_commit_is_no_answer(house, data):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.trouble("Commit", status=200, body={"data": data}, after=True)
    commit = await site.commit(change(seen, "x"))
    assert commit.id == house.local.site.head()
    assert len(house.local.site.messages()) == 3


@pytest.mark.parametrize("answer", [{"cut": "after"}, {"status": 502, "body": b"", "after": True}])
async def test_a_commit_whose_answer_was_lost_is_found_though_somebody_edited_the_file_since(
    house, answer
):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.trouble("Commit", **answer)
    lost = []

    def before(asked: Any) -> None:
        if asked.name == "Recheck":
            lost.append(house.local.site.head())
            house.local.site.append(PATH, "a person")

    house.local.before = before
    commit = await site.commit(change(seen, "x\n"))
    assert [commit.id] == lost
    assert house.local.site.read(PATH) == "x\na person\n"


async def test_a_lost_commit_is_found_below_many_others(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.trouble("Commit", cut="after")

    def before(asked: Any) -> None:
        if asked.name == "Recheck":
            for n in range(130):
                house.local.site.edit("index.md", str(n))

    house.local.before = before
    commit = await site.commit(change(seen, "x\n"))
    assert house.local.site.bare.blob_at(commit.id, PATH) == commit.blob
    assert house.asked() == ["Look", "Commit", "Recheck", "Recent"]


async def test_a_late_commit_that_was_taken_for_lost_is_not_made_twice(house):
    """The first request is carried out only after we looked, while the second is on its way."""
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.trouble("Commit", cut="before")
    late: list[str] = []

    def before(asked: Any) -> None:
        if asked.name == "Commit" and not late:
            late.append(house.local.site.edit(PATH, "x", message="ep57\n\nRundown-Draft: d1"))

    house.local.before = before
    commit = await site.commit(change(seen, "x"))
    assert [commit.id] == late == [house.local.site.head()]


async def test_where_github_stays_away_after_a_commit_was_sent_it_is_not_known(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.trouble("Commit", cut="after")
    trouble = house.local.trouble("Recheck", status=503, body=b"", times=99)
    with pytest.raises(CommitUnknown, match="nothing is committed twice"):
        await site.commit(change(seen, "x"))
    trouble.times = 0
    found = await site.find("d1", path=PATH, number="57")
    assert found and found.id == house.local.site.head()


async def test_a_commit_that_is_never_answered_and_never_made_stays_unknown(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.trouble("Commit", status=502, body=b"", times=99)
    with pytest.raises(CommitUnknown):
        await site.commit(change(seen, "x"))
    assert await site.find("d1", path=PATH, number="57") is None


async def test_after_a_lost_answer_no_refusal_says_that_nothing_was_made(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.trouble("Commit", status=502, body=b"")
    house.local.trouble("Commit", **refusal(403, NOT_ACCESSIBLE))
    with pytest.raises(CommitUnknown):
        await site.commit(change(seen, "x"))


async def test_a_commit_that_was_made_on_a_branch_that_is_called_otherwise_by_now_is_found(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.trouble("Commit", cut="after")

    def before(asked: Any) -> None:
        if asked.name == "Recheck":
            house.local.site.rename_branch("main", "trunk")

    house.local.before = before
    with pytest.raises(CommitUnknown):
        await site.commit(change(seen, "x"))
    found = await site.find("d1", path=PATH, number="57")
    assert found and found.id == house.local.site.head("trunk")


# --- too much ----------------------------------------------------------------------------------

RATES = {
    "retry-after": (refusal(403, "You have exceeded a secondary rate limit", Retry_After="30"), 30),
    "429": (refusal(429, "Too many requests", Retry_After="30"), 30),
    "429 for how long": (refusal(429, "Too many requests"), 60),
    "secondary": (refusal(403, "You have exceeded a secondary rate limit"), 60),
    "primary": (
        refusal(
            403, "API rate limit exceeded",
            x_ratelimit_remaining="0", x_ratelimit_reset="1800000090",
        ),
        90,
    ),
    "GraphQL": (graph_error("RATE_LIMITED", "API rate limit exceeded for user ID 1"), 60),
    "quickly": (graph_error("UNPROCESSABLE", "was submitted too quickly"), 60),
}  # fmt: skip


@pytest.mark.parametrize("fault", RATES)
async def test_a_read_waits_as_long_as_github_asks(house, fault):
    answer, wait = RATES[fault]
    house.local.trouble("Look", **answer)
    assert (await house.site().look(PATH, number="57")).head
    assert house.clock.now() == pytest.approx(1_800_000_000 + wait)


@pytest.mark.parametrize("fault", RATES)
async def test_a_commit_waits_as_long_as_github_asks_and_is_sent_again_unchanged(house, fault):
    answer, wait = RATES[fault]
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.trouble("Commit", **answer)
    await site.commit(change(seen, "x"))
    assert house.clock.now() == pytest.approx(1_800_000_000 + wait)
    assert house.asked() == ["Look", "Commit", "Commit"]


async def test_a_read_does_not_wait_longer_than_a_host_does(house):
    house.local.trouble("Look", **refusal(403, "rate limit", Retry_After="900"))
    with pytest.raises(SiteError, match="about 15 min"):
        await house.site().look(PATH, number="57")
    assert sum(house.clock.slept) <= PATIENCE


async def test_a_commit_waits_however_long_it_takes_asking_every_quarter_of_an_hour(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    reset = {"x_ratelimit_remaining": "0", "x_ratelimit_reset": "1800003600"}
    house.local.trouble("Commit", **refusal(403, "API rate limit exceeded", **reset), times=4)
    await site.commit(change(seen, "x"))
    assert house.clock.slept == pytest.approx([900.0] * 4)
    assert house.local.site.read(PATH) == "x"


# --- the whole way, as GitHub itself does it ---------------------------------------------------


async def test_a_protected_branch_says_to_use_pull_requests(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.site.protected.add("main")
    with pytest.raises(SiteError, match="main of hosts/site takes no commits directly"):
        await site.commit(change(seen, "x"))


async def test_an_archived_repository_is_told(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.site.archived = True
    with pytest.raises(SiteError, match="is archived"):
        await site.commit(change(seen, "x"))


async def test_a_token_that_may_only_read_is_told(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.site.rights.clear()
    with pytest.raises(SiteError, match="Contents: read and write"):
        await site.commit(change(seen, "x"))


async def test_a_repository_that_the_token_cannot_see_is_told(house):
    house.local.site.full_name = "hosts/elsewhere"
    with pytest.raises(SiteError, match="no hosts/site on GitHub"):
        await house.site().look(PATH, number="57")
    with pytest.raises(SiteError, match="no hosts/site on GitHub"):
        await house.site().paths()


async def test_a_wrong_token_is_told_and_never_shown(tmp_path, caplog):
    caplog.set_level("DEBUG")
    async with github_house(tmp_path, {"GITHUB_TOKEN": "github_pat_wrong"}) as house:
        with pytest.raises(SiteError) as caught:
            await house.site().look(PATH, number="57")
    assert caught.value.name == "github.token-refused"
    assert "github_pat_wrong" not in caplog.text + repr(caught.value)


async def test_without_any_token_the_settings_are_at_fault(house):
    with pytest.raises(SettingsError, match="no token is set"):
        await look_with(house, {"GITHUB_TOKEN": ""})


def test_an_answer_with_details_alone_is_told_by_them():
    body = {"errors": [{"message": "the branch is locked"}]}
    fault = of_status(422, {}, body, repository="hosts/site", now=0.0)
    assert fault is not None
    assert ": the branch is locked" in fault.error().say()


def test_a_file_larger_than_github_gives_is_no_matter_of_rights() -> None:
    body = {
        "message": "This API returns blobs up to 100 MB in size.",
        "errors": [{"resource": "Blob", "field": "data", "code": "too_large"}],
    }
    fault = of_status(403, {}, body, repository="hosts/site", now=0.0)
    assert fault is not None
    said = fault.error().say("en")
    assert said.startswith("GitHub's answer about hosts/site is larger than 102400 KB")
    assert "token" not in said
