"""What a front asks of a desk beside commands: what matters still, what others changed, names."""

import asyncio
from pathlib import Path

import pytest

from bot.core.grammar.message import OFF_RECORD
from bot.core.model import Lookup
from bot.services.notification import Notification
from bot.services.ports import LOOKUPS, Elsewhere
from tests.patience import LONGEST
from tests.services.desk.house import House, house
from tests.services.desk.test_late_links import KIND, LATE, PAPER, publish_by_hand


def changes(home: House) -> list[Notification]:
    heard: list[Notification] = []
    home.desk.listen(lambda news: heard.append(news) if news.kind == "changed" else None)
    return heard


async def settled(home: House) -> None:
    async with asyncio.timeout(LONGEST):
        await home.desk._following.wait_idle()


# --- messages of closed episodes -----------------------------------------------------------------


async def test_what_waits_matters_after_its_episode_and_until_it_is_over_in_the_next(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        waits = await home.say("- waits")
        await home.say("- stays")
        await home.say("# elsewhere\n- x", channel="other")
        carried = home.desk.carried_in
        assert await carried("notes") == {}  # the episode is open: all of it is known
        await home.desk.later.later(home.request(), what="waits")
        await home.draft()  # all else is in the file
        await home.desk.edits.episode_close(home.request())
        await home.desk.late.wait_idle()
        assert await carried("notes") == {"notes": [waits]}
        assert await carried("other") == {}
        await home.say("- of the next")
        assert "waits" in await home.body()
        assert await carried("notes") == {"notes": [waits]}
        await home.draft()
        await home.desk.edits.episode_close(home.request())
        await home.desk.late.wait_idle()
        assert await carried("notes") == {}


async def test_what_is_in_no_file_matters_until_hosts_decide_on_it(tmp_path: Path) -> None:
    async with house(tmp_path, **KIND) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        late = await home.say(f"[Came late]({LATE})")
        assert await home.desk.late.messages() == []
        publish_by_hand(home)
        await home.desk._watch.look()
        await home.desk.late.wait_idle()
        assert [one.id for one in await home.desk.late.messages()] == [late]
        assert await home.desk.carried_in("notes") == {"notes": [late]}
        await home.desk.later.later(home.request(), what="leave")
        assert await home.desk.late.messages() == []


# --- off the record, people, titles --------------------------------------------------------------


async def test_off_the_record_are_those_of_all_episodes(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        locked = []
        for text in ("- one", "- two"):
            locked.append(await home.say(text))
            await home.mark(locked[-1], OFF_RECORD)
            await home.say("- stays")
            await home.desk.edits.episode_close(home.request())
        assert await home.desk.off_record() == set(locked)
        await home.mark(locked[0], OFF_RECORD, on=False)
        assert await home.desk.off_record() == {locked[1]}


async def test_people_have_the_name_that_they_had_last(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        assert await home.desk.name_of("buka") == ""
        await home.say("- x")
        assert await home.desk.name_of("buka") == "Buka"
        assert home.desk.language == "en"
        assert home.desk.waiting == 0


async def test_a_title_that_somebody_gives_stands_before_any_other(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.desk.know([Lookup(f"{PAPER}?utm_source=x", "Given", source="page")])
        await home.say(PAPER)
        assert home.receipt.outcome == "kept"
        await home.know(PAPER, "From the web")
        assert f"[Given]({PAPER})" in await home.body()


# --- what other processes did --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Elsewhere(frozenset({"show#1"})), ["show#1"]),
        (Elsewhere(frozenset({"show#1", "show#2"})), ["show#1", "show#2"]),
        (Elsewhere(frozenset({"another#1"})), []),
        (
            Elsewhere(areas=frozenset({LOOKUPS})),
            ["show#2"],
        ),  # of what is open, titles may be others
        (Elsewhere(areas=frozenset({"hosts"})), []),
        (Elsewhere(all=True), ["show#1", "show#2"]),
    ],
)
async def test_what_others_changed_is_read_and_shown_anew(
    tmp_path: Path, change: Elsewhere, told: list[str]
) -> None:
    async with house(tmp_path) as home:
        await home.say("- x")
        await home.desk.edits.episode_close(home.request())
        await home.say("- y")
        heard = changes(home)
        home.desk.follow(change)
        await settled(home)
        assert [one.episode for one in heard] == told


async def test_titles_that_others_found_change_nothing_where_no_episode_is_open(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("- x")
        await home.desk.edits.episode_close(home.request())
        heard = changes(home)
        home.desk.follow(Elsewhere(areas=frozenset({LOOKUPS})))
        await settled(home)
        assert heard == []
