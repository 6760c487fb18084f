"""What a front does with what its platform tells: sessions, channels left and entered, the end."""

import asyncio
import logging
from pathlib import Path

import pytest

from bot import mentions
from bot.errors import ChatError
from bot.services.capture.receipts import Receipt
from bot.services.chat.intake import Intake
from bot.services.shows import FIRST
from bot.services.watched_channels import Watched
from bot.texts import say
from tests.patience import LONGEST
from tests.services.chat.station import NOTES, OURS, station

MORE = Watched("more", OURS, FIRST)
THIRD = Watched("third", OURS, FIRST)
THEIRS = Watched("theirs", "test:2", FIRST)
ELSEWHERE = Watched("elsewhere", OURS, "another")


async def test_a_session_reads_what_was_missed_in_its_workspaces(tmp_path: Path) -> None:
    async with station(tmp_path, NOTES, MORE, THEIRS) as at:
        assert not at.front.backfill.has_begun
        at.front.session_began([OURS])
        await at.idle()
        assert sorted(at.past.asked) == ["more", "notes"]
        assert at.front.backfill.has_begun


async def test_of_a_channel_that_is_left_the_others_of_its_show_are_told_once(
    tmp_path: Path,
) -> None:
    channels = (NOTES, ELSEWHERE, THEIRS, MORE, THIRD)
    async with station(tmp_path, *channels, owns=lambda one: one.workspace == OURS) as at:
        for _ in range(2):
            await at.front.shut_out("notes")
        text = say("shows.shut-out", "en", channel=mentions.channel("notes"))
        assert at.port.said == [("more", text, ())]
        assert await at.front.backfill.is_owed("notes")
        await at.front.let_in("notes")
        await at.idle()
        assert at.past.asked == ["notes"]
        await at.front.let_in("notes")  # it was in already: nothing was missed
        await at.idle()
        assert at.past.asked == ["notes"]
        await at.front.shut_out("notes")
        assert len(at.port.said) == 2


async def test_of_a_channel_that_nobody_watches_it_does_not_matter_who_leaves(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as at:
        await at.front.shut_out("stranger")
        await at.front.shut_out("notes")  # there is no other channel to be told
        assert at.port.said == []
        assert not await at.front.backfill.is_owed("stranger")
        assert await at.front.backfill.is_owed("notes")


async def test_a_channel_that_was_left_before_a_restart_is_read_when_it_is_entered(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as at:
        await at.front.let_in("notes")
        await at.idle()
        assert at.past.asked == []
        await at.front.backfill.owe("notes")
        await at.front.let_in("notes")
        await at.idle()
        assert at.past.asked == ["notes"]


async def test_what_was_missed_of_a_show_is_read_in_all_channels_that_feed_it(
    tmp_path: Path,
) -> None:
    async with station(tmp_path, NOTES, MORE, ELSEWHERE) as at:
        for one in ("notes", "more", "elsewhere"):
            await at.front.backfill.owe(one, 1)
        at.past.fails = ChatError("shows.no-thread", channel="notes")
        assert sorted(await at.backend.complete("notes", seconds=LONGEST)) == ["more", "notes"]
        at.past.fails = None
        assert await at.backend.complete("notes", seconds=LONGEST) == []
        assert await at.backend.complete("nobody's", seconds=LONGEST) == []
        assert await at.front.backfill.is_owed("elsewhere")


async def test_a_command_waits_for_what_was_told_before_it(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        told = asyncio.Event()

        async def store() -> None:
            await told.wait()
            await at.home.say("# Bees\n- a bee")

        storing = asyncio.create_task(at.front.intake.take("notes", store()))
        asked = asyncio.create_task(at.run("preview"))
        await asyncio.sleep(0.05)
        assert not asked.done()
        told.set()
        assert "### Bees\n\n- a bee" in (await asked).text
        await storing


async def test_what_is_due_at_a_start_waits_until_all_that_feeds_its_show_is_read(
    tmp_path: Path,
) -> None:
    async with station(tmp_path, NOTES, MORE, owns=lambda one: one != MORE) as at:
        await at.front.backfill.owe("notes", 1)
        reading = asyncio.create_task(at.shows.complete_at_last("show", seconds=LONGEST))
        await asyncio.sleep(0.2)
        assert not reading.done()  # no front is there yet that hears the other channel
        assert at.past.asked == []
        at.front.backfill._owns = lambda one: True
        await reading
        assert at.past.asked == ["all of notes"]
        at.front.backfill._owns = lambda one: False
        await at.shows.complete_at_last("show", seconds=0.05)  # it does not wait for ever


async def test_a_mark_is_answered_only_where_its_reaction_does_not_say_it_all(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as at:
        assert at.front.note_of(Receipt("kept"), "en") is None
        assert at.front.note_of(Receipt("erased", say("erasure.done", "en")), "en") is None
        assert at.front.note_of(Receipt("erased", "it stands elsewhere"), "en") is not None


async def test_a_front_that_is_closed_reads_and_shows_nothing_more(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        at.front.session_began([OURS])
        await at.idle()
        assert at.front.tasks() != []
        await at.front.aclose()
        assert at.front.tasks() == []
        assert await at.backend.complete("notes", seconds=LONGEST) == []
        assert at.shows.readers == set()
        at.shows.listen(at.front.panels._heard)  # it is closed once more with the station
        at.shows.listen(at.front.reactions._heard)
        at.shows.on_late_opening(at.front.backfill._opened)


@pytest.mark.parametrize("error", [ChatError("shows.no-thread", channel="notes"), ValueError("x")])
async def test_what_could_not_be_stored_is_read_again(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    failed: list[str] = []
    intake = Intake(failed.append)

    async def works() -> None:
        await asyncio.sleep(0)

    async def breaks() -> None:
        raise error

    with caplog.at_level(logging.WARNING):
        await intake.take("notes", works())
        assert failed == []
        await intake.take("more", breaks())
    assert failed == ["more"]
    (record,) = caplog.records
    assert (record.levelno == logging.ERROR) == isinstance(error, ValueError)


async def test_the_end_waits_for_what_is_being_stored_but_not_for_ever() -> None:
    intake = Intake(lambda _: None)
    storing, stored = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await storing.wait()
        stored.set()

    taking = asyncio.create_task(intake.take("notes", work()))
    await asyncio.sleep(0)
    await intake.finish(0.01)
    assert len(intake.tasks()) == 1
    storing.set()
    await intake.finish(LONGEST)
    assert stored.is_set()
    await taking
