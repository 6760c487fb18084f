"""Where panels are posted, shown anew and given up, and what is said beside them."""

import logging
from pathlib import Path

import pytest

from bot.errors import ChatClosed, ChatError, ProfileError, StoreError
from bot.services.chat.live_panels import MOST_UNSAID
from bot.services.chat.posted_panels import OLD, PostedPanels
from bot.services.notification import Notification
from bot.services.request import Choice
from bot.services.shows import FIRST
from bot.services.watched_channels import Watched
from tests.services.chat.station import NOTES, OURS, Station, station

MORE = Watched("more", OURS, FIRST)
ELSEWHERE = Watched("elsewhere", OURS, "another")


def said(text: str, *choices: Choice) -> Notification:
    return Notification("show#1", "said", lambda _: text, lambda _: choices)


def tell(at: Station, news: Notification, show: str = FIRST) -> None:
    at.shows._tell(show, news)


async def labels(at: Station) -> list[str]:
    return [one.label for one in at.panel.entries]


async def test_a_panel_follows_its_outline_where_it_hangs(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        await at.home.say("- one")
        await at.front.panels.post("notes")
        await at.home.say("- two")
        await at.idle()
        assert (await labels(at))[-2:] == ["one", "two"]
        assert list(at.port.panels) == [("notes", "p1")]


async def test_a_panel_that_is_asked_for_again_takes_the_place_of_the_one_before(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as at:
        await at.front.panels.post("notes")
        assert await at.front.panels.post("notes") == "https://chat.test/notes/notes/p2"
        assert list(at.port.panels) == [("notes", "p2")]
        at.port.refuses["remove"] = ChatError("shows.no-thread", channel="notes")
        await at.front.panels.post("notes")  # the old one stays, and is no trouble
        at.port.refuses.clear()
        await at.home.say("- one")
        await at.idle()
        assert at.port.drawn == ["p3"]


async def test_another_page_is_shown_from_then_on(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        for number in range(40):
            await at.home.say(f"- line {number}")
        await at.front.panels.post("notes")
        assert at.panel.page == 0
        assert (await at.front.panels.turn("notes", 7)).page == at.panel.pages - 1 == 1
        await at.home.say("- another")
        await at.idle()
        assert at.panel.page == 1
        again = await PostedPanels.open(at.home.store)
        found = again.of("notes")
        assert found is not None
        assert (found.page, found.conversation) == (1, "notes")
        await at.front.panels.post("notes")  # one that is asked for begins at the front
        assert at.panel.page == 0


async def test_where_the_platform_slows_old_panels_down_a_new_one_takes_over(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as at:
        for number in range(40):
            await at.home.say(f"- line {number}")
        at.port.has_threads_alone = True
        await at.front.panels.post("notes", thread="t1")
        await at.front.panels.turn("notes", 1)
        at.now[0] += OLD + 1
        await at.front.panels.show("notes")
        assert list(at.port.panels) == [("t1", "p1")]  # here the platform does not mind
        at.port.slows_old = True
        await at.front.panels.show("notes")
        assert list(at.port.panels) == [("t1", "p2")]
        assert at.panel.page == 1
        await at.front.panels.show("notes")
        assert list(at.port.panels) == [("t1", "p2")]


async def test_a_panel_that_somebody_deleted_is_given_up(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        await at.front.panels.post("notes")
        at.port.refuses["edit"] = ChatClosed("shows.no-thread", channel="notes")
        await at.front.panels.show("notes")
        at.port.refuses.clear()
        await at.home.say("- one")
        await at.idle()
        await at.front.panels.show("notes")
        assert at.port.drawn == []
        assert (await PostedPanels.open(at.home.store)).of("notes") is None


async def test_a_panel_that_the_platform_does_not_take_now_is_drawn_with_the_next_change(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as at:
        await at.front.panels.post("notes")
        at.port.refuses["edit"] = ChatError("shows.no-thread", channel="notes")
        await at.home.say("- one")
        await at.idle()
        at.port.refuses.clear()
        await at.home.say("- two")
        await at.idle()
        assert at.port.drawn == ["p1"]
        assert at.backend.supervisor._failing == {}


async def test_a_panel_that_could_not_be_noted_does_not_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise StoreError("store.same")

    async with station(tmp_path) as at:
        with monkeypatch.context() as patched:
            patched.setattr(at.home.store, "put_state", full)
            with pytest.raises(StoreError):
                await at.front.panels.post("notes")
        assert at.port.panels == {}


async def test_a_panel_is_shown_again_once_the_store_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with station(tmp_path) as at:
        await at.front.panels.post("notes")
        panel, failures = at.home.desk.panels.panel, [StoreError("store.same")]

        async def fails_once(channel: str, *, page: int = 0) -> object:
            if failures:
                raise failures.pop()
            return await panel(channel, page=page)

        monkeypatch.setattr(at.home.desk.panels, "panel", fails_once)
        at.front.panels.changed("notes")
        await at.idle()
        assert at.port.drawn == ["p1"]


async def test_a_change_is_shown_by_the_panels_of_its_show_that_can_be_reached(
    tmp_path: Path,
) -> None:
    async with station(tmp_path, NOTES, MORE, ELSEWHERE) as at:
        for channel in ("notes", "more", "elsewhere"):
            await at.front.panels.post(channel)
        at.port.out_of_reach = {"more"}
        tell(at, Notification("show#1", "changed"))
        await at.idle()
        assert at.port.drawn == ["p1"]
        at.front.session_began([OURS])
        await at.idle()
        assert sorted(at.port.drawn) == ["p1", "p1", "p3"]


async def test_a_line_is_said_where_the_panel_stands_else_in_the_first_channel(
    tmp_path: Path,
) -> None:
    async with station(tmp_path, NOTES, MORE, ELSEWHERE) as at:
        at.front.panels.refresh()
        tell(at, said("Once"))
        await at.idle()
        await at.front.panels.post("more")
        tell(at, said("Twice", Choice("Draft", "draft", {}), Choice("Later", "later", {})))
        await at.idle()
        tell(at, said("There"), show="another")
        await at.idle()
        at.port.out_of_reach = {"notes", "more"}
        tell(at, said("Nowhere"))
        tell(at, Notification("show#1", "said"))
        await at.idle()
    assert at.port.said == [
        ("notes", "Once", ()),
        ("more", "Twice", ("Draft", "Later")),
        ("elsewhere", "There", ()),
    ]
    assert len(set(at.port.keys)) == 2


async def test_a_line_is_said_in_the_thread_in_which_the_panel_stands(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        at.port.has_threads_alone = True
        at.front.panels.refresh()
        tell(at, said("Lost"))  # there is no thread yet: it is logged
        await at.idle()
        await at.front.panels.post("notes", thread="t7")
        tell(at, said("Heard"))
        await at.idle()
    assert at.port.said == [("t7", "Heard", ())]


async def test_what_the_platform_does_not_take_is_logged_and_no_fault_of_ours(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with station(tmp_path) as at:
        at.front.panels.refresh()
        at.port.refuses["say"] = ChatError("shows.no-thread", channel="notes")
        with caplog.at_level(logging.WARNING):
            tell(at, said("Lost"))
            await at.idle()
        assert [one.getMessage() for one in caplog.records] == ["not said"]
        assert at.backend.supervisor._failing == {}


async def test_a_show_that_cannot_be_opened_is_told_nothing(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        at.broken.append(ProfileError("profile.too-long", file="site.yml", most=1))
        at.front.panels.refresh()
        tell(at, said("Lost"))
        await at.idle()
        assert at.port.said == []


async def test_what_is_to_be_said_before_the_platform_is_there_waits_and_the_oldest_go(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as at:
        for number in range(MOST_UNSAID + 2):
            tell(at, said(f"line {number}"))
        await at.idle()
        assert at.port.said == []
        at.front.panels.refresh()
        await at.idle()
        at.front.panels.refresh()
        await at.idle()
    lines = [f"line {number}" for number in range(2, MOST_UNSAID + 2)]
    assert sorted(text for _, text, _ in at.port.said) == sorted(lines)
