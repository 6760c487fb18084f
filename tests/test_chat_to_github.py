"""From the chat to GitHub and back: drafts in a repository that people edit on the web."""

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.adapters.github.site import GitHubSite
from bot.core.git_ids import drafts_in
from bot.core.grammar.message import OFF_RECORD
from bot.errors import CommitUnknown, SiteError, TemplateError
from bot.services.profile_renewal import ProfileRenewal
from tests.adapters.github.github_house import House as GitHubHouse
from tests.adapters.github.github_house import environment, github_house, opened
from tests.fakes.github import LocalGitHub
from tests.services.desk.house import SITE_YML, House, house_on, profile

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
RUNDOWN = str(Path(sys.executable).with_name("rundown"))
PATH = "_drafts/ep1.md"


@asynccontextmanager
async def show(
    folder: Path,
    github: GitHubHouse,
    *,
    begin: int = 1,
    review: bool = False,
    settings: str = SITE_YML,
) -> AsyncIterator[House]:
    """Open a desk whose site is on the local GitHub; opened again there, it goes on."""
    folder.mkdir(exist_ok=True)  # noqa: ASYNC240 - nothing else runs yet
    site: GitHubSite = github.site(review=review)
    renewal = ProfileRenewal(profile(settings))
    async with house_on(site, folder, renewal, begin=begin) as home:
        yield home


@pytest.fixture
async def github(tmp_path: Path) -> AsyncIterator[GitHubHouse]:
    async with github_house(tmp_path) as made:
        yield made


@pytest.mark.long
async def test_hosts_and_people_work_on_one_file(github, tmp_path):
    async with show(tmp_path / "show", github) as house:
        await house.say("# GNoME\n- [paper](https://example.org/paper)")
        await house.draft()
        github.local.site.append(PATH, "- a note by hand", by="aoi")
        await house.say("- [news](https://example.org/news)")
        await house.draft()
        text = github.local.site.read(PATH)
    assert all(word in text for word in ("paper", "news", "- a note by hand"))


async def test_no_draft_goes_to_where_a_workflow_would_be_run(github, tmp_path):
    settings = "name: Test\npath: '.github/workflows/{{ number }}.md'\n"
    before = github.local.site.messages()
    async with show(tmp_path / "show", github, settings=settings) as house:
        await house.say("- [paper](https://example.org/paper)")
        with pytest.raises(TemplateError, match=r"site.yml, line 2: .* belong in \.github"):
            await house.draft()
    assert github.local.site.messages() == before


async def test_all_commits_that_hold_what_went_off_the_record_are_named_in_few_requests(
    github, tmp_path
):
    async with show(tmp_path / "show", github) as house:
        await house.say("# A\n- [paper](https://example.org/paper)")
        await house.draft()
        secret = await house.say("https://example.org/secret\nit comes out in March")
        await house.draft()
        github.local.site.append(PATH, "- by hand", by="aoi")
        github.local.site.rename(PATH, "_drafts/later.md", by="aoi")
        await house.say("- [news](https://example.org/news)")
        await house.draft()
        held = {one[:10] for one in github.local.site.bare.history("main", None)[:4]}
        github.asked()
        receipt = await house.mark(secret, OFF_RECORD)
        asked = github.asked()
    assert set(re.findall(r"\b[0-9a-f]{10}\b", receipt.note)) == held
    assert len(asked) <= 8, asked


async def test_commits_under_review_and_before_a_squash_are_named_too(github, tmp_path):
    async with show(tmp_path / "show", github, review=True) as house:
        secret = await house.say("# A\nhttps://example.org/secret\nit comes out in March")
        await house.draft()
        site = github.local.site
        held = {site.head("rundown/ep1")[:10]}
        site.append(PATH, "- by hand", by="aoi", branch="rundown/ep1")
        held.add(site.head("rundown/ep1")[:10])
        site.merge(site.pull_of("rundown/ep1"))
        held.add(site.head()[:10])
        receipt = await house.mark(secret, OFF_RECORD)
    assert set(re.findall(r"\b[0-9a-f]{10}\b", receipt.note)) == held


async def test_a_pull_request_that_was_closed_is_said_to_be_in_the_way(github, tmp_path):
    async with show(tmp_path / "show", github, review=True) as house:
        secret = await house.say("# A\nhttps://example.org/secret")
        await house.draft()
        github.local.site.close(github.local.site.pull_of("rundown/ep1"))
        receipt = await house.mark(secret, OFF_RECORD)
    assert receipt.outcome == "erased"
    assert "could not be asked" in receipt.note


async def test_a_draft_with_nothing_in_the_way_takes_two_requests(github, tmp_path):
    async with show(tmp_path / "show", github) as house:
        await house.say("- [paper](https://example.org/paper)")
        await house.draft()
        github.asked()
        await house.say("- [news](https://example.org/news)")
        await house.draft()
        assert github.asked() == ["Look", "Commit"]


async def test_a_draft_whose_fate_is_not_known_is_found_by_the_next_and_made_once(github, tmp_path):
    async with show(tmp_path / "show", github) as house:
        await house.say("- [paper](https://example.org/paper)")
        github.local.trouble("Commit", cut="after")
        trouble = github.local.trouble("Recheck", status=503, body=b"", times=99)
        with pytest.raises(CommitUnknown):
            await house.draft()
        trouble.times = 0
    async with show(tmp_path / "show", github, begin=100) as house:
        await house.say("- [news](https://example.org/news)")
        await house.desk.edits.link_remove(house.request(), link="paper")
        await house.draft()
    text = github.local.site.read(PATH)
    assert ("paper" in text, "news" in text) == (False, True)  # it was ours, and no person's
    named = [each for message in github.local.site.messages() for each in drafts_in(message)]
    assert len(named) == len(set(named)) == 2


async def test_a_squashed_pull_request_goes_on_in_the_next(github, tmp_path):
    async with show(tmp_path / "show", github, review=True) as house:
        await house.say("- [paper](https://example.org/paper)")
        await house.draft()
        pull = github.local.site.pulls[0]
        github.local.site.append(PATH, "- by hand", branch=pull.head)
        github.local.site.merge(pull)
        await house.say("- [news](https://example.org/news)")
        await house.draft()
        text = github.local.site.read(PATH, github.local.site.pulls[1].head)
        assert all(word in text for word in ("paper", "news", "- by hand"))


@pytest.mark.parametrize("path", ["_drafts/ep{{ number }}.md", "_drafts/next.md"])
async def test_under_review_a_draft_stays_on_its_branch_when_its_number_changes(
    github, tmp_path, path
):
    settings = f"name: Test\npath: '{path}'\n"
    async with show(tmp_path / "show", github, review=True, settings=settings) as house:
        await house.say("- [paper](https://example.org/paper)")
        await house.draft()
    for number in ("58", "59"):
        [pull] = github.local.site.pulls
        was = path.replace("{{ number }}", {"58": "1", "59": "58"}[number])
        github.local.site.append(was, f"- by hand {number}", branch=pull.head, by="aoi")
        begin = 100 * int(number)
        async with show(
            tmp_path / "show", github, begin=begin, review=True, settings=settings
        ) as house:
            await house.desk.edits.episode_set(house.request(), field="number", value=number)
            await house.draft()
    [pull] = github.local.site.pulls
    text = github.local.site.read(path.replace("{{ number }}", "59"), pull.head)
    assert all(word in text for word in ("paper", "- by hand 58", "- by hand 59"))
    assert pull.head == "rundown/ep1"
    if "{{" in path:
        assert github.local.site.read(PATH, pull.head) is None


async def test_a_closed_pull_request_is_told_and_made_anew_when_asked(github, tmp_path):
    async with show(tmp_path / "show", github, review=True) as house:
        await house.say("- [paper](https://example.org/paper)")
        await house.draft()
        github.local.site.close(github.local.site.pulls[0])
        await house.say("- [news](https://example.org/news)")
        with pytest.raises(SiteError, match="recreate:yes"):
            await house.draft()
        await house.desk.drafts.draft(house.request(), recreate="yes")
        assert len(github.local.site.pulls) == 2


POINTS = [("Look", "before"), ("Commit", "before"), ("Commit", "after")]
REVIEW_POINTS = [*POINTS, ("Branch", "before"), ("Branch", "after"), ("Review", "before"),
                 ("Review", "after")]  # fmt: skip


@pytest.mark.parametrize(
    ("review", "name", "when"),
    [(False, *point) for point in POINTS] + [(True, *point) for point in REVIEW_POINTS],
)
async def test_killed_anywhere_on_the_way_to_github_a_draft_is_made_once(
    github, tmp_path, review, name, when
):
    trouble = github.local.trouble(name, hang=when)
    async with show(tmp_path / "show", github, review=review) as house:
        await house.say("- [paper](https://example.org/paper)")
        killed = asyncio.create_task(house.draft())
        await trouble.met.wait()
        killed.cancel()
        await asyncio.gather(killed, return_exceptions=True)
    async with (
        opened(github.local, github.clock, {}, limits={}) as again,
        show(tmp_path / "show", again, begin=100, review=review) as house,
    ):
        await house.say("- [news](https://example.org/news)")
        await house.desk.edits.link_remove(house.request(), link="paper")
        await house.draft()
    branch = "rundown/ep1" if review else "main"
    text = github.local.site.read(PATH, branch) or ""
    assert ("paper" in text, "news" in text) == (False, True)
    messages = github.local.site.messages(branch)
    named = [each for message in messages for each in drafts_in(message)]
    assert len(named) == len(set(named)) <= 2
    assert len(github.local.site.pulls) == review


async def test_eight_shows_and_a_person_work_on_one_branch_at_once(github, tmp_path):
    edits = iter(range(24))

    def person(asked: object) -> None:
        if (n := next(edits, None)) is not None:
            github.local.site.append(f"_drafts/ep{n % 8 + 1}.md", f"- by hand {n}", by="mika")

    async def work(number: int) -> None:
        async with show(tmp_path / f"show{number}", github) as house:
            await house.say("# Links")
            await house.desk.edits.episode_set(
                house.request(), field="number", value=str(number + 1)
            )
            for n in range(4):
                await house.say(f"- [link {n}](https://example.org/{number}/{n})")
                await house.draft()
                github.local.before = person

    await asyncio.gather(*(work(number) for number in range(8)))
    assert next(edits, None) is None
    for number in range(8):
        text = github.local.site.read(f"_drafts/ep{number + 1}.md") or ""
        assert [text.count(f"https://example.org/{number}/{n}") for n in range(4)] == [1] * 4
        assert [text.count(f"by hand {n}\n") for n in range(number, 24, 8)] == [1] * 3
    assert github.local.writes_in(60) <= 80


# --- the command line --------------------------------------------------------------------------


@pytest.fixture
async def local(tmp_path: Path) -> AsyncIterator[LocalGitHub]:
    async with LocalGitHub(tmp_path, time.time) as made:
        made.site.edit("_config.yml", "title: Test\n")
        yield made


async def rundown(folder: Path, script: str, *arguments: str, **settings: str) -> tuple[int, str]:
    done = await asyncio.create_subprocess_exec(
        RUNDOWN, *arguments, cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8", "XDG_DATA_HOME": str(folder / "data")} | settings,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await done.communicate(script.encode())
    assert done.returncode is not None
    return done.returncode, (out + err).decode()


async def test_the_chat_in_the_terminal_drafts_to_github_and_goes_on_there(local, tmp_path):
    script = "# GNoME\n- [paper](https://example.org/paper)\n/draft\n"
    code, said = await rundown(tmp_path, script, "chat", "--offline", **environment(local))
    assert (code, "/commit/" in said) == (0, True)
    script = "- [news](https://example.org/news)\n/draft\n"
    code, said = await rundown(tmp_path, script, "chat", "--offline", **environment(local))
    listed = local.site.bare.git("ls-tree", "-r", "--name-only", "main", "_posts/").decode()
    text = local.site.read(listed.strip())
    assert code == 0 and "paper" in text and "news" in text
    assert (tmp_path / "data/rundown/hosts-site/rundown.db").exists()
