"""Several shows: their desks are opened once, tried again after a while, and fronts are told."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from bot.errors import CommandError, ProfileError, RundownError, StoreError
from bot.services.notification import Notification, Notifications
from bot.services.shows import EARLY, FIRST, TRY_AGAIN, Shows
from bot.services.watched_channels import Watched

BROKEN = ProfileError("profile.too-long", file="site.yml", most=1)
FAILS = StoreError("store.same")
SAID = Notification("show#1", "said", lambda _: "words")
CHANGED = Notification("show#1", "changed")


class Opening:
    """Desks of shows that open unless `error` says why not, and what was asked of them."""

    def __init__(self) -> None:
        self.error: RundownError | None = None
        self.opened: list[tuple[str, str | None]] = []
        self.closed: list[str] = []
        self.tell: dict[str, Any] = {}
        self.followed: list[tuple[str, object]] = []
        self.now = 1_000_000_000
        watched = [
            Watched("notes", "w1", FIRST), Watched("more", "w1", "b"), Watched("far", "w2", "c"),
        ]  # fmt: skip
        channels: Any = SimpleNamespace(
            of=lambda channel: next((one for one in watched if one.channel == channel), None),
            watched=lambda: watched,
            site=lambda show: None if show == FIRST else f"site of {show}",
        )
        self.shows = Shows(channels=channels, open_desk=self._open, clock=lambda: self.now)

    @asynccontextmanager
    async def _open(self, show: str, site: str | None) -> AsyncIterator[Any]:
        self.opened.append((show, site))
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        yield SimpleNamespace(
            listen=lambda listener: self.tell.update({show: listener}),
            follow=lambda change: self.followed.append((show, change)),
            waiting=len(show),
            name=show,
        )
        self.closed.append(show)


@pytest.fixture
async def opening() -> AsyncIterator[Opening]:
    made = Opening()
    yield made
    await made.shows.aclose()
    assert sorted(made.closed) == sorted(made.tell)


async def test_a_desk_is_opened_once_though_several_ask(opening: Opening) -> None:
    shows = opening.shows
    first, again = await asyncio.gather(shows.desk("notes"), shows.desk("notes"))
    assert first is again is await shows.open(FIRST) is await shows.desk_for("notes")
    other: Any = await shows.desk("more")
    assert other.name == "b"
    assert opening.opened == [(FIRST, None), ("b", "site of b")]
    assert shows.waiting() == len(FIRST) + len("b")
    change: Any = object()
    shows.follow(change)
    assert opening.followed == [(FIRST, change), ("b", change)]


async def test_a_channel_that_nobody_watches_has_none(opening: Opening) -> None:
    assert await opening.shows.desk("stranger") is None
    with pytest.raises(CommandError) as refused:
        await opening.shows.desk_for("stranger")
    assert refused.value.name == "shows.not-watched"
    assert opening.shows.watches("notes")
    assert not opening.shows.watches("stranger")


async def test_one_that_failed_is_tried_again_after_a_while_or_by_a_command(
    opening: Opening,
) -> None:
    shows, opening.error = opening.shows, BROKEN
    for _ in range(2):
        with pytest.raises(ProfileError):
            await shows.desk("notes")
    assert len(opening.opened) == 1
    opening.now += TRY_AGAIN - 1
    with pytest.raises(ProfileError):
        await shows.desk("notes")
    assert len(opening.opened) == 1
    with pytest.raises(ProfileError):
        await shows.desk_for("notes")
    assert len(opening.opened) == 2
    opening.now += TRY_AGAIN
    with pytest.raises(ProfileError):
        await shows.desk("notes")
    assert len(opening.opened) == 3


async def test_what_the_store_failed_at_is_tried_again_at_once(opening: Opening) -> None:
    opening.error = FAILS
    for _ in range(2):
        with pytest.raises(StoreError):
            await opening.shows.desk("notes")
    assert len(opening.opened) == 2


async def test_fronts_are_told_of_a_show_that_opened_after_it_had_failed_to(
    opening: Opening,
) -> None:
    shows, late = opening.shows, list[str]()
    shows.on_late_opening(late.append)
    await shows.open("b")
    opening.error = BROKEN
    with pytest.raises(ProfileError):
        await shows.open("c")
    opening.error = None
    assert late == []
    for _ in range(2):
        await shows.open("c", retry=True)
    assert late == ["c"]
    shows.off_late_opening(late.append)
    shows._failed["d"] = (0, BROKEN)
    await shows.open("d")
    assert late == ["c"]


@pytest.mark.parametrize("first", [False, True])
async def test_all_that_are_watched_are_opened_and_one_that_fails_stops_none(
    opening: Opening, first: bool, caplog: pytest.LogCaptureFixture
) -> None:
    await opening.shows.open_all(first=first, mine=lambda one: one.channel == "more")
    assert [show for show, _ in opening.opened] == ["b", *[FIRST] * first]
    opening.error = BROKEN
    with caplog.at_level(logging.WARNING):
        await opening.shows.open_all(first=False)
    assert {show for show, _ in opening.opened} == {"b", "c", FIRST}
    assert len(caplog.records) == 2 - first


async def test_news_of_all_shows_come_to_all_fronts_until_they_leave(opening: Opening) -> None:
    shows, heard = opening.shows, list[tuple[str, Notification]]()

    def front(show: str, news: Notification) -> None:
        heard.append((show, news))

    await shows.open(FIRST)
    await shows.open("b")
    shows.listen(front)
    opening.tell[FIRST](CHANGED)
    opening.tell["b"](SAID)
    assert heard == [(FIRST, CHANGED), ("b", SAID)]
    shows.unlisten(front)
    opening.tell[FIRST](CHANGED)
    assert len(heard) == 2


async def test_what_was_said_just_before_a_front_came_it_is_told(opening: Opening) -> None:
    shows, heard = opening.shows, list[Notification]()
    await shows.open(FIRST)
    for news in (SAID, CHANGED):
        opening.tell[FIRST](news)
    opening.now += EARLY - 1
    later = Notification("show#1", "said", lambda _: "later")
    opening.tell[FIRST](later)
    shows.listen(lambda _, news: heard.append(news))
    assert heard == [SAID, later]
    opening.now += 1
    shows.listen(lambda _, news: heard.append(news))
    assert heard == [SAID, later, later]
    opening.tell[FIRST](SAID)
    assert [news for _, _, news in shows._early] == [later, SAID]  # what is old is not kept
    opening.now += 3 * EARLY
    opening.tell[FIRST](later)
    assert [news for _, _, news in shows._early] == [later]


def test_a_shows_own_front_is_told_what_was_to_be_said_before_it() -> None:
    notifications, heard, spoken, late = Notifications(), list[Any](), list[Any](), list[Any]()
    notifications.listen(heard.append)
    notifications.announce(SAID)
    notifications.announce(CHANGED)
    notifications.speak(spoken.append)
    assert spoken == [SAID]
    notifications.announce(CHANGED)
    notifications.announce(SAID)
    assert spoken == [SAID, CHANGED, SAID]
    assert heard == [SAID, CHANGED, CHANGED, SAID]
    notifications.speak(late.append)  # the first front said it
    assert late == []
