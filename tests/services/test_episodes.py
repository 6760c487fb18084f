"""To which episode something belongs, by its time and its channel."""

from collections.abc import Sequence

import pytest

from bot.core.events import EpisodeClosed, EpisodeOpened, EpisodeReopened, Event, What
from bot.services.episodes import Episodes, nth, opening


class Stored:
    """A store that knows which message is of which episode."""

    def __init__(self, *events: tuple[str, int, What]) -> None:
        self.events = [Event(f"k{at}", name, at, "b", what) for name, at, what in events]
        self.messages: dict[str, str] = {}

    async def lifecycle(self, show: str) -> Sequence[Event]:
        return self.events

    async def episode_of(self, message: str) -> str | None:
        return self.messages.get(message)


OPENED, OWN = EpisodeOpened("1"), EpisodeOpened("2", "own")
CLOSED, REOPENED = EpisodeClosed(), EpisodeReopened()


def episodes(*events: tuple[str, int, What], now: int = 10**9) -> tuple[Episodes, Stored]:
    store = Stored(*events)
    return Episodes(show="show", store=store, clock=lambda: now), store  # type: ignore[arg-type]


async def at(of: Episodes, time: int, channel: str = "notes") -> str:
    return (await of.at(time, channel)).id


TWO = (("show#1", 10, OPENED), ("show#1", 20, CLOSED), ("show#2", 30, OPENED))


@pytest.mark.parametrize(("time", "episode"), [(5, 1), (10, 1), (20, 1), (21, 2), (30, 2), (99, 2)])
async def test_what_was_said_until_an_episodes_end_is_of_it(time: int, episode: int) -> None:
    of, _ = episodes(*TWO)
    assert await at(of, time) == f"show#{episode}"


async def test_an_episode_that_a_clock_far_ahead_closed_is_over_since_it_began() -> None:
    of, _ = episodes(
        ("show#1", 10, OPENED), ("show#1", 900, CLOSED), ("show#2", 30, OPENED), now=50
    )
    assert [await at(of, time) for time in (10, 11, 40)] == ["show#1", "show#2", "show#2"]
    of, _ = episodes(("show#1", 10, OPENED), ("show#1", 50, CLOSED), ("show#2", 30, OPENED), now=50)
    assert await at(of, 40) == "show#1"


async def test_a_channels_own_episode_holds_what_is_said_there_while_it_is_open() -> None:
    of, _ = episodes(
        ("show#1", 10, OPENED), ("show#2", 20, OWN), ("show#2", 30, CLOSED), ("show#1", 90, CLOSED)
    )
    times = (15, 20, 25, 30, 31)
    assert [await at(of, one, "own") for one in times] == [
        "show#1", "show#2", "show#2", "show#2", "show#1",
    ]  # fmt: skip
    assert {await at(of, one) for one in times} == {"show#1"}


async def test_the_current_episode_is_the_channels_own_or_the_last_that_was_opened() -> None:
    of, _ = episodes(
        ("show#1", 10, OPENED), ("show#2", 20, OWN), ("show#3", 30, OPENED),
        ("show#1", 35, CLOSED), ("show#1", 40, REOPENED),
    )  # fmt: skip
    assert (await of.current("notes")).id == "show#1"
    assert (await of.current("own")).id == "show#2"
    assert [one.id for one in of.open_now()] == ["show#1", "show#2", "show#3"]
    own, other = of.open_of("own"), of.open_of(None)
    assert own is not None and own.id == "show#2"
    assert other is not None and other.id == "show#1"
    assert of.open_of("notes") is None


async def test_where_all_are_closed_the_next_is_made_once() -> None:
    of, _ = episodes(("show#1", 10, OPENED), ("show#1", 20, CLOSED))
    made = await of.current("notes")
    assert (made.id, made.is_open, made.opened) == ("show#2", False, None)
    assert await of.current("other") is made
    assert of.add().id == "show#3"
    assert of.known() == {"show#1", "show#2", "show#3"}
    assert nth("a#b#12") == 12


async def test_what_is_known_of_a_message_counts_before_its_time() -> None:
    of, store = episodes(*TWO)
    store.messages["m"] = "show#2"
    assert (await of.home("m", 15, "notes")).id == "show#2"
    assert (await of.home("n", 15, "notes")).id == "show#1"
    only, store = episodes(("show#1", 10, OPENED))
    assert (await only.home("m", 5, "notes")).id == "show#1"
    closed, store = episodes(("show#1", 10, OPENED), ("show#1", 20, CLOSED))
    assert (await closed.home("m", 25, "notes")).id == "show#2"


async def test_read_anew_what_others_opened_is_there_and_what_is_about_to_be_stays() -> None:
    of, store = episodes(("show#1", 10, OPENED), ("show#1", 20, CLOSED))
    await of.refresh()
    assert of.known() == set()  # nobody asked yet
    await of.all()
    made = of.add()
    store.events.append(Event("k", "show#1", 30, "b", REOPENED))
    await of.refresh()
    assert [one.id for one in await of.all()] == ["show#1", "show#2"]
    assert (await of.all())[1] is made
    assert (await of.all())[0].is_open
    event = opening(made, "7", by="b", at=9, channel="own")
    store.events.append(event)
    await of.refresh()
    assert [one.id for one in await of.all()] == ["show#1", "show#2"]
    assert ((await of.all())[1].opened, (await of.all())[1].channel) == (9, "own")
    of.apply(Event("other", "show#9", 1, "b", EpisodeClosed()))
    assert "show#9" in of.known()


async def test_an_id_that_nothing_was_stored_with_is_given_again_and_no_other() -> None:
    """Else what is said next would be put into an episode that is over."""
    of, _ = episodes(
        ("show#1", 10, OPENED), ("show#3", 20, OWN), ("show#1", 30, CLOSED), ("show#3", 40, CLOSED)
    )
    assert (await of.current("notes")).id == "show#2"
    assert [one.id for one in await of.all()] == ["show#1", "show#2", "show#3"]
    assert of.add().id == "show#4"


async def test_what_was_said_while_the_first_was_closed_stays_with_the_second() -> None:
    of, store = episodes(("show#1", 10, OPENED), ("show#1", 20, CLOSED), ("show#1", 30, REOPENED))
    store.messages["m"] = "show#2"
    assert (await of.home("m", 25, "notes")).id == "show#2"
    assert (await of.home("n", 35, "notes")).id == "show#1"
