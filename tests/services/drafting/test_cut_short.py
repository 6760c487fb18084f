"""Drafts that were not made, or nobody knows: the next one finds out, and a host waits not long."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.core.grammar.message import OFF_RECORD
from bot.errors import CommitUnknown, SiteError, SiteMoved
from bot.services.site_port import Change, Commit
from tests.services.desk.house import House, house, stored
from tests.services.drafting.test_file_edits import PAPER, TALK, edit, text


@asynccontextmanager
async def unheard(home: House, *, done: bool) -> AsyncIterator[None]:
    """No commit is answered for a while, be it done or not."""
    site = home.desk._show.site
    commit = site.commit

    async def answer_nothing(change: Change) -> Commit:
        if done:
            await commit(change)
        raise CommitUnknown("git.failed", told="nothing")

    with patch.object(site, "commit", answer_nothing):
        yield


def head(home: House) -> str:
    return home.git("rev-parse", "HEAD").strip()


async def commits(home: House) -> list[str | None]:
    return [one.commit for one in await home.store.drafts("show#1")]


async def cut_short(home: House, *, done: bool) -> None:
    """A draft whose answer was lost, of a first link."""
    await home.say(f"# A\n{PAPER}")
    async with unheard(home, done=done):
        with pytest.raises(CommitUnknown):
            await home.draft()
    assert await commits(home) == [None]


async def test_one_that_was_committed_is_known_by_its_trailer(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await cut_short(home, done=True)
        assert not await home.desk._publish.resume("show#1")
        assert await commits(home) == [head(home)]


async def test_one_that_was_not_is_owed_and_made_anew(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        begin = head(home)
        await cut_short(home, done=False)
        assert await home.desk._publish.resume("show#1")
        assert await commits(home) == []
        assert head(home) == begin
        await home.draft()
        assert await commits(home) == [head(home)] != [begin]


async def test_one_whose_trailer_went_is_known_by_what_it_wrote(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await cut_short(home, done=True)
        home.git("commit", "--quiet", "--amend", "--message=reworded by hand")
        assert not await home.desk._publish.resume("show#1")
        assert await commits(home) == [head(home)]


async def test_what_people_did_since_is_taken_in_of_one_whose_trailer_went(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await cut_short(home, done=True)
        home.git("commit", "--quiet", "--amend", "--message=reworded by hand")
        edit(home, f"- <{PAPER}>\n", f"- <{PAPER}>\n- by hand\n")
        assert not await home.desk._publish.resume("show#1")
        await home.say(TALK)
        await home.draft()
        assert text(home).endswith(f"- <{PAPER}>\n- by hand\n- <{TALK}>\n")


async def test_one_of_which_nothing_is_there_any_more_is_none(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\n- first")
        await home.draft()
        first = head(home)
        await home.say(TALK)
        async with unheard(home, done=True):
            with pytest.raises(CommitUnknown):
                await home.draft()
        home.git("reset", "--quiet", "--hard", first)
        assert await home.desk._publish.resume("show#1")
        assert await commits(home) == [first]


async def test_one_that_would_write_what_an_older_one_wrote_was_not_made(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\n- first")
        await home.draft()
        before = text(home)
        message = await home.say(TALK)
        await home.draft()
        await home.mark(message, OFF_RECORD)
        async with unheard(home, done=False):
            with pytest.raises(CommitUnknown):
                await home.draft()
        assert await home.desk._publish.resume("show#1")
        await home.draft()
        assert text(home) == before
        assert TALK not in stored(tmp_path)


async def test_one_whose_file_never_stands_still_is_refused_within_seconds(tmp_path: Path) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def moved(change: Change) -> Commit:
        raise SiteMoved("site.file-moved", path=change.path)

    async with house(tmp_path) as home:
        begin = head(home)
        await home.say(f"# A\n{PAPER}")
        with (
            patch.object(home.desk._publish, "_sleep", sleep),
            patch.object(home.desk._show.site, "commit", moved),
            pytest.raises(SiteError, match="8 times") as refused,
        ):
            await home.draft()
        assert refused.value.name == "desk.too-busy"
        assert len(slept) == 8
        assert 10 < sum(slept) < 20
        assert (await commits(home), head(home)) == ([], begin)
        await home.draft()
        assert await commits(home) == [head(home)] != [begin]
