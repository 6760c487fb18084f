"""🔒 that was set while nobody heard, or cut short: hosts are told what holds the words still."""

from pathlib import Path

from bot.core.events import Event, Marked
from bot.core.grammar.message import OFF_RECORD
from bot.services.ports import Person, Reaction, Snapshot
from tests.services.desk.house import MONDAY, SECOND, House, house, stored
from tests.services.drafting.test_settling import told, words

SECRET = "https://secret.example/plan"


async def committed(home: House) -> str:
    message = await home.say(f"# A\n[The secret plan]({SECRET})")
    await home.say("- last")
    await home.draft()
    return message


def locked(home: House, message: str) -> Snapshot:
    """What the platform shows of a message that was locked."""
    shown = (Reaction(OFF_RECORD, "oka"),)
    return Snapshot(home.chat.messages[message], Person("buka", "Buka"), shown)


async def idle(home: House) -> None:
    await home.desk._erasure._tasks.wait_idle()


async def test_hosts_are_told_what_holds_what_was_locked_while_nobody_heard(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await committed(home)
        news = told(home)
        for _ in range(2):
            await home.desk.capture.read([locked(home, message)], at=MONDAY + 90 * SECOND)
            await idle(home)
        (said,) = words(news)
        assert "Off the record" in said
        assert home.git("rev-parse", "HEAD")[:7] in said
        assert "secret" not in stored(tmp_path)
        assert "plan" not in said


async def test_so_they_are_where_the_bot_was_killed_before_it_erased(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await committed(home)
        lock = Marked(message, OFF_RECORD, True)
        event = Event("mark:killed", "show#1", MONDAY + 80 * SECOND, "oka", lock)
        await home.desk._show.log.record([event])
        news = told(home)
        for _ in range(2):
            await home.desk._erasure.resume()
            await idle(home)
        (said,) = words(news)
        assert home.git("rev-parse", "HEAD")[:7] in said
        assert "secret" not in stored(tmp_path)


async def test_of_what_was_in_no_file_nothing_is_said(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(f"# A\n[The secret plan]({SECRET})")
        news = told(home)
        await home.desk.capture.read([locked(home, message)], at=MONDAY + 90 * SECOND)
        await idle(home)
        assert words(news) == []
        assert "secret" not in stored(tmp_path)
