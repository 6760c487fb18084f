"""Drafts that nobody asks for: after the quiet time, not too often, and only with something new."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template

from bot.adapters.templates.worker import environment
from bot.core.events import Message
from bot.core.model import Job, Lookup
from bot.core.profile.profile import load
from bot.errors import SiteError
from bot.services.desk import draft_scheduler
from bot.services.desk.desk import Desk
from bot.services.desk.quiet_time import EVERY, DraftState, read_quiet, shown_quiet
from bot.services.notification import Notification
from bot.services.ports import Person, Snapshot
from bot.services.profile_renewal import ProfileRenewal
from bot.services.request import Request
from bot.services.show import Show
from bot.services.site_port import Change, Commit
from bot.texts import say
from storage.store import SqliteStore
from tests.patience import until
from tests.simulation.site import MemorySite

MINUTE = 60 * 1_000_000
BEGIN = 1_700_000_000 * 1_000_000
SITE_YML = "name: Test\npath: '_drafts/ep{{ number }}.md'\nautodraft: 5m\n"
ENVIRONMENT = environment()
HOST = Person("mika", "Mika")
FILE = "_drafts/ep1.md"


@lru_cache
def compiled(source: str) -> Template:
    return ENVIRONMENT.from_string(source)


class Templates:
    async def render(self, jobs: list[Job]) -> list[str]:
        return [compiled(job.template).render(job.names) for job in jobs]


@dataclass
class QuietChat:
    """A chat with a clock that only the test moves; `news` is what its hosts were told."""

    store: SqliteStore
    site: MemorySite = field(default_factory=MemorySite)
    now: int = BEGIN
    news: list[str] = field(default_factory=list)
    said: int = 0

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[Desk]:
        show = Show(
            name="show", store=self.store, site=self.site, clock=lambda: self.now,
            renewal=ProfileRenewal(load(SITE_YML, "{{ body }}\n")),
        )  # fmt: skip
        desk = Desk(show=show, templates=Templates(), room=self, web=None)
        desk.listen(self.hear)
        try:
            yield desk
        finally:
            await desk.aclose()

    def hear(self, news: Notification) -> None:
        if news.text is not None:
            self.news.append(news.text("en"))

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        return None

    async def say(self, desk: Desk, text: str) -> None:
        self.said += 1
        message = Message(f"m{self.said}", "notes", self.now, "mika", text, self.now)
        await desk.capture.message(Snapshot(message, HOST))

    def request(self) -> Request:
        return Request(f"c{self.now}", HOST, "notes", self.now)

    async def due(self, desk: Desk, minutes: int) -> float | None:
        """Let so many minutes pass, and draft what is due; return the minutes until the next."""
        self.now += minutes * MINUTE
        wait = await desk._scheduler.draft_due()
        return None if wait is None else wait / 60

    @property
    def drafts(self) -> int:
        return sum(made.by == "Rundown" for made in self.site.commits)


@pytest.fixture
async def show() -> AsyncIterator[QuietChat]:
    async with SqliteStore.open(None, clock=lambda: BEGIN) as store:
        yield QuietChat(store)


async def test_a_draft_makes_itself_once_the_chat_is_quiet(show):
    async with show.desk() as desk:
        await show.say(desk, "https://example.org/a")
        assert await show.due(desk, 4) == 1
        await show.say(desk, "https://example.org/b")
        assert await show.due(desk, 4) == 1
        assert show.drafts == 0
        assert await show.due(desk, 1) is None
        assert show.drafts == 1
        assert "2 links" in show.news[0]


async def test_two_drafts_are_ten_minutes_apart_and_many_edits_are_one(show):
    async with show.desk() as desk:
        await show.say(desk, "https://example.org/a")
        await show.due(desk, 5)
        for link in "bcd":
            await show.say(desk, f"https://example.org/{link}")
        assert await show.due(desk, 6) == 4
        assert show.drafts == 1
        await show.due(desk, 4)
        assert show.drafts == 2
        assert "c" in show.site.files[FILE] and "d" in show.site.files[FILE]


async def test_nothing_is_committed_when_nothing_changed(show):
    async with show.desk() as desk:
        await show.say(desk, "https://example.org/a")
        await desk.drafts.draft(show.request())
        assert await show.due(desk, 60) is None
        await show.say(desk, "just talk")
        assert await show.due(desk, 60) is None
        assert show.drafts == 1
        await desk.drafts.draft(show.request())
        show.site.write({FILE: show.site.files[FILE] + "- by hand\n"}, by="oka")
        assert await show.due(desk, 60) is None
        assert show.news == []  # what people do in the file alone is no reason for a draft


async def test_a_title_that_came_later_is_news(show):
    async with show.desk() as desk:
        await show.say(desk, "https://example.org/a")
        await show.due(desk, 5)
        lookup = Lookup("https://example.org/a", "A title", at=show.now)
        await show.store.put_lookups({lookup.url: lookup})
        desk._titled(lookup)
        await show.due(desk, 10)
        assert "[A title]" in show.site.files[FILE]


async def test_what_people_changed_meanwhile_stays_and_is_told(show):
    async with show.desk() as desk:
        await show.say(desk, "https://example.org/a")
        await show.due(desk, 5)
        show.site.write(
            {FILE: show.site.files[FILE] + "- [by hand](https://b.example)\n"}, by="oka"
        )
        await show.say(desk, "https://example.org/c")
        await show.due(desk, 10)
        assert show.news[-1].splitlines()[1:3] == [
            "Since the last draft: 1 link", "Kept edits by oka: 1 link or line",
        ]  # fmt: skip


async def test_hosts_hear_that_a_draft_goes_on_which_they_wait_for(show, monkeypatch):
    monkeypatch.setattr(draft_scheduler, "SLOW", 0.0)
    commit, waits = show.site.commit, asyncio.Event()

    async def asked_to_wait(change: Change) -> Commit:
        await waits.wait()
        return await commit(change)

    monkeypatch.setattr(show.site, "commit", asked_to_wait)
    async with show.desk() as desk:
        await show.say(desk, "https://example.org/a")
        asked = asyncio.create_task(desk.drafts.draft(show.request()))
        await until(lambda: show.news)
        assert show.news == [say("desk.draft-slow")]
        assert not asked.done()
        waits.set()
        assert "1 link" in (await asked).text
        await show.say(desk, "https://example.org/b")
        await show.due(desk, 20)
        assert show.drafts == 2
        assert show.news.count(say("desk.draft-slow")) == 1  # for that one, nobody waits


async def test_what_changes_has_it_look_again_whether_a_draft_is_due(show):
    async with show.desk() as desk:
        await show.say(desk, "https://example.org/a")
        desk._scheduler.start()
        await until(lambda: desk._scheduler._is_read and not desk._scheduler._woken.is_set())
        show.now += 5 * MINUTE
        desk._show.notifications.announce(Notification("show#1", "changed"))
        await until(lambda: show.drafts)
        assert show.drafts == 1


async def test_what_was_due_when_the_app_stopped_is_drafted_at_the_next_start(show):
    async with show.desk() as desk:
        await show.say(desk, "https://example.org/a")
    async with show.desk() as desk:
        await show.due(desk, 300)
    assert show.drafts == 1


async def test_a_draft_that_fails_is_told_once_and_tried_less_and_less_often(show):
    def broken() -> None:
        raise SiteError("cli.no-repository")

    async with show.desk() as desk:
        show.site.before_commit = broken
        await show.say(desk, "https://example.org/a")
        assert await show.due(desk, 5) == 10
        assert await show.due(desk, 10) == 20
        assert len(show.news) == 1
        show.site.before_commit = lambda: None
        await show.due(desk, 20)
        assert show.drafts == 1


async def test_hosts_set_the_quiet_time_and_it_outlives_a_restart(show):
    async with show.desk() as desk:
        answer = await desk.drafts.autodraft(show.request(), quiet="2h")
        assert "2h" in answer.text
    async with show.desk() as desk:
        assert "2h" in (await desk.drafts.autodraft(show.request())).text
        await desk.drafts.autodraft(show.request(), quiet="off")
        await show.say(desk, "https://example.org/a")
        assert await show.due(desk, 600) is None
        assert show.drafts == 0


@given(st.integers(1, 7 * 24 * 60))
def test_a_quiet_time_is_read_as_it_is_shown(minutes: int):
    quiet = timedelta(minutes=minutes)
    assert read_quiet(shown_quiet(quiet)) == quiet


@pytest.mark.parametrize(
    "typed",
    [
        "", "soon", "x", "1 week", "-1", "-5m", "1e3m",
        "0m", "30s", "59s",  # less than a minute
        "8d", "169h", "100000", "99999999999m",  # more than a week
    ],
)  # fmt: skip
def test_what_is_no_quiet_time_is_refused(typed):
    with pytest.raises(ValueError):
        read_quiet(typed)


@pytest.mark.parametrize(
    ("typed", "seconds", "shown"),
    [
        ("10", 600, "10m"), ("10m", 600, "10m"), ("10 min", 600, "10m"), ("10分", 600, "10m"),
        ("90s", 90, "90s"), ("90秒", 90, "90s"), ("120 s", 120, "2m"), ("1 h", 3600, "1h"),
        ("2時間", 7200, "2h"), ("90m", 5400, "90m"), ("1d", 86400, "1d"), ("7日", 604800, "7d"),
        ("24h", 86400, "1d"), ("1", 60, "1m"), ("168h", 604800, "7d"),
    ],
)  # fmt: skip
def test_a_quiet_time_has_the_unit_that_is_typed(typed, seconds, shown):
    assert read_quiet(typed) == timedelta(seconds=seconds)
    assert shown_quiet(timedelta(seconds=seconds)) == shown


def test_a_draft_that_fails_is_due_after_ever_longer_pauses():
    def due(failed, said=0, drafted=0):
        state = DraftState(said, drafted, failed, tried=1000 * MINUTE)
        return state.due(timedelta(minutes=5)) / MINUTE

    assert [due(failed) - 1000 for failed in (1, 2, 3, 6, 7, 99)] == [10, 20, 40, 320, 360, 360]
    assert due(0, said=7 * MINUTE) == 12
    assert due(0, said=7 * MINUTE, drafted=7 * MINUTE) == 17
    assert due(1, said=2000 * MINUTE) == 2005


def test_off_is_said_in_two_languages():
    assert read_quiet("off") is read_quiet("オフ") is None


TIMES = st.integers(0, 10**12)


@given(TIMES, TIMES, st.integers(0, 20), TIMES, st.integers(1, 600))
def test_no_draft_is_due_too_early(said, drafted, failed, tried, minutes):
    due = DraftState(said, drafted, failed, tried).due(timedelta(minutes=minutes))
    assert due >= said + minutes * MINUTE
    assert due >= drafted + EVERY
    assert not failed or due >= tried + EVERY


async def test_a_clock_that_was_far_ahead_does_not_keep_drafts_from_being_made(show):
    async with show.desk() as desk:
        await show.say(desk, "https://example.org/a")
        show.now += 500_000 * MINUTE
        await desk.edits.link_retitle(show.request(), link="0.1", title="In a year")
        assert await show.due(desk, 5) is None  # drafted, a year from now
        show.now -= 500_000 * MINUTE  # and set right
        await show.say(desk, "https://example.org/b")
        assert await show.due(desk, 1) is not None
        for _ in range(5):
            await show.due(desk, 3)
        assert show.drafts == 2
        assert "example.org/b" in show.site.files[FILE]


async def test_an_episode_that_was_closed_far_ahead_is_over_once_the_clock_is_right(show):
    async with show.desk() as desk:
        await show.say(desk, "https://example.org/a")
        show.now += 500_000 * MINUTE
        await desk.edits.episode_close(show.request())
        show.now -= 499_999 * MINUTE
        await show.say(desk, "https://example.org/b")
        episode = await desk.views.episode("notes")
        assert episode.fields["number"] == "2"
        assert [item.by for item in episode.items()] == ["mika"]
