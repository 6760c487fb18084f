"""What is kept of what happens in a chat: messages read in bulk, marks, titles, secrets."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.events import Message, Thread
from bot.core.grammar.message import KEEP, LEAVE_OUT, OFF_RECORD
from bot.errors import ExportError
from bot.services.capture import capture
from bot.services.ports import Person, Preview, Reaction, Snapshot
from bot.texts import say
from tests.services.desk.house import MONDAY, SECOND, House, house

PAPER, TALK = "https://example.org/paper", "https://example.org/talk"


def posted(identity: str, text: str | None, second: int = 1, **more: object) -> Snapshot:
    at = MONDAY + second * SECOND
    message = replace(Message(identity, "notes", at, "buka", text, at), **more)  # type: ignore[arg-type]
    return Snapshot(message, Person("buka", "Buka"))


async def read(home: House, *snapshots: Snapshot, second: int = 900) -> int:
    return await home.desk.capture.read(snapshots, at=MONDAY + second * SECOND)


# --- in bulk -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
async def test_what_is_read_in_bulk_is_counted_once_however_it_is_parted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(capture, "BATCH", size)
    async with house(tmp_path) as home:
        messages = [posted(f"m{one}", f"- line {one}", one) for one in range(5)]
        assert await read(home, *messages, posted("m9", "talk", 9)) == 6
        assert await home.body() == "\n".join(f"- line {one}" for one in range(5))
        assert await read(home, *messages, posted("m9", "talk", 9)) == 0
        assert await read(home, *messages, posted("m8", "- more", 8)) == 1
        assert len([one for one in await home.desk._show.episodes.all() if one.opened]) == 1


async def test_an_import_that_keeps_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "BATCH", 2)
    monkeypatch.setattr(capture, "MOST_KEPT", 3)
    async with house(tmp_path) as home:
        three = [posted(f"m{one}", f"- line {one}", one) for one in range(3)]
        talk = [posted(f"t{one}", "talk", one) for one in range(5)]
        assert await read(home, *three, *talk) == 8
        with pytest.raises(ExportError):
            await read(home, *[posted(f"n{one}", f"- line {one}", one) for one in range(4)])


async def test_a_reading_takes_marks_away_and_a_message_that_just_came_does_not(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        message = await home.say("only talk", marks=KEEP)
        assert await home.body() == "only talk"
        await home.see(message, marks="")
        assert await home.body() == "only talk"
        seen = home.chat.messages[message]
        await read(home, Snapshot(seen, Person("buka", "Buka"), None))
        assert await home.body() == "only talk"
        await read(home, Snapshot(seen, Person("buka", "Buka"), ()))
        assert await home.body() == ""
        await read(
            home, Snapshot(seen, Person("buka", "Buka"), (Reaction(KEEP, "oka"),)), second=901
        )
        assert await home.body() == "only talk"


# --- what is known -------------------------------------------------------------------------------


async def test_known_are_the_messages_of_open_episodes_by_channel_and_thread(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        known = home.desk.capture.known_in
        assert await known("notes") == {}
        first = await home.say("- first")
        await home.say("talk")
        gone = await home.say("- gone")
        await home.say("- elsewhere", channel="other")
        thread = Thread("t1", "Topic", "notes")
        await read(home, posted("in-thread", "- deep", 50, channel="t1", thread=thread))
        await read(home, posted("reply", "- reply", 51, reply_to=first, threaded=True))
        await home.desk.capture.gone(
            gone, channel="notes", person=Person("", ""), at=MONDAY + 800 * SECOND
        )
        assert await known("notes") == {
            "notes": {first: home.chat.messages[first].at},
            "t1": {"in-thread": MONDAY + 50 * SECOND},
            first: {"reply": MONDAY + 51 * SECOND},
        }


async def test_those_of_a_closed_episode_are_known_to_whom_asks_back_to_its_end(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        message = await home.say("- first")
        await home.desk.edits.episode_close(home.request())
        [record] = [one for one in await home.desk._show.episodes.all() if one.closed]
        end = record.closed or 0
        known = home.desk.capture.known_in
        assert await known("notes") == {}
        assert list((await known("notes", since=end))["notes"]) == [message]
        assert await known("notes", since=end + 1) == {}


# --- receipts ------------------------------------------------------------------------------------


async def test_what_became_of_a_message_can_be_asked_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        receipt = home.desk.capture.receipt
        assert (await receipt("nobody's")).outcome == "talk"
        talk = await home.say("talk")
        assert (await receipt(talk)).outcome == "talk"
        untitled = await home.say(PAPER)
        assert (await receipt(untitled)).outcome == home.receipt.outcome == "untitled"
        titled = await home.say(f"[T]({TALK})")
        assert (await receipt(titled)).outcome == "kept"
        again = await home.say(f"[T]({TALK})")
        assert (await receipt(again)).outcome == home.receipt.outcome == "already"
        await home.know(PAPER, "The paper")
        assert (await receipt(untitled)).outcome == "kept"
        await home.mark(untitled, OFF_RECORD)
        assert (await receipt(untitled)).outcome == "talk"


async def test_whoever_types_an_address_in_full_width_letters_is_told(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("見て ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｏｒｇ／ａ")
        assert (home.receipt.outcome, home.receipt.note) == ("talk", say("desk.wide-address", "en"))
        await home.say("見て")
        assert home.receipt.note is None


async def test_an_address_with_a_secret_is_told_beside_what_is_kept(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        secret = "https://files.example/x?token=aVeryLongSecretToken0123456789"
        note = say("desk.secret-left-out", "en", hosts=["files.example"])
        await home.say(secret)
        assert (home.receipt.outcome, home.receipt.note) == ("secret", note)
        await home.say(f"- words\n- {secret}")
        assert home.receipt.note == note
        assert home.receipt.outcome == "kept"
        assert "token" not in await home.body()


async def test_the_platforms_title_stands_where_the_link_does(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(PAPER, previews=(Preview(PAPER, "The paper"),))
        assert home.receipt.outcome == "kept"
        assert await home.body() == f"- [The paper]({PAPER})"
        await home.say(f"see {TALK}, all of you", previews=(Preview(TALK, "The talk"),), guest=True)
        assert TALK not in {one.url for one in (await home.store.lookups([TALK])).values()}


# --- marks ---------------------------------------------------------------------------------------


async def test_only_our_marks_do_anything_however_they_are_drawn(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say("only talk")
        assert (await home.mark(message, "👍")).outcome == "talk"
        assert await home.body() == ""
        assert (await home.mark(message, KEEP + "\ufe0f")).outcome == "kept"
        assert await home.body() == "only talk"
        assert (await home.mark(message, KEEP, on=False)).outcome == "talk"
        assert await home.body() == ""


@pytest.mark.parametrize(
    ("emoji", "text", "told"),
    [
        (KEEP, "talk", ("did-keep-on", "did-keep-off", "did-keep-on")),
        (KEEP, "- line", ("did-keep-on", "did-keep-off-kept", "did-keep-on")),
        (KEEP, PAPER, ("did-keep-on", "did-keep-off-kept", "did-keep-on")),
        (LEAVE_OUT, "talk", ("did-leave-out-on", "did-leave-out-off", "did-leave-out-on")),
        (LEAVE_OUT, "- line", ("did-leave-out-on", "did-leave-out-off-kept", "did-leave-out-on")),
    ],
)
async def test_a_menu_sets_its_mark_and_given_again_takes_it_away(
    tmp_path: Path, emoji: str, text: str, told: tuple[str, ...]
) -> None:
    async with house(tmp_path) as home:
        message = await home.say(text)
        for name in told:
            answer = await home.desk.capture.mark_by_menu(
                home.request(), message=message, emoji=emoji, channel="notes"
            )
            assert answer.text == say(f"menus.{name}", "en")
        words = text.removeprefix("- ")
        assert (words in await home.body()) == (emoji == KEEP)


async def test_each_host_has_a_mark_of_his_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say("- line")
        mark = home.desk.capture.mark_by_menu
        for by in ("oka", "mika"):
            await mark(home.request(by=by), message=message, emoji=LEAVE_OUT, channel="notes")
        answer = await mark(
            home.request(by="oka"), message=message, emoji=LEAVE_OUT, channel="notes"
        )
        assert answer.text == say("desk.mark-of-another", "en", emoji=LEAVE_OUT)
        assert await home.body() == ""
        await mark(home.request(by="mika"), message=message, emoji=LEAVE_OUT, channel="notes")
        assert await home.body() == "- line"


async def test_a_mark_is_dated_by_the_message_it_is_put_on(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("- first")
        message = await home.say("talk of the first")
        await home.desk.edits.episode_close(home.request())
        await home.say("- second")
        await home.mark(message, KEEP)
        assert await home.body() == "- second"  # it belongs to the episode in which it was said
        late = replace(home.chat.messages[message], id="late")
        home.chat.messages["late"] = late
        await home.mark("late", KEEP)
        assert await home.body() == "- second"


async def test_a_mark_that_came_before_its_message_is_of_the_episode_the_message_is_of(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("- first")
        early = await home.say("talk")
        await home.desk.edits.episode_close(home.request())
        await home.say("- second")
        home.chat.messages["late"] = replace(home.chat.messages[early], id="late", text="- late")
        await home.mark("late", LEAVE_OUT)  # nobody saw the message yet
        await home.see("late")
        assert (await home.desk._show.episode("show#1")).items()[-1].message != "late"
        await home.mark("late", LEAVE_OUT, on=False)
        assert (await home.desk._show.episode("show#1")).items()[-1].message == "late"
        assert await home.body() == "- second"


async def test_a_message_that_is_gone_cannot_be_kept(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say("talk")
        del home.chat.messages[message]
        receipt = await home.mark(message, KEEP)
        assert (receipt.outcome, receipt.note) == ("talk", say("desk.cannot-read-again", "en"))


async def test_of_a_message_that_is_off_the_record_each_lock_says_so_and_no_other_mark(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        message = await home.say("- words")
        assert (await home.mark(message, OFF_RECORD)).note
        for mark in (LEAVE_OUT, KEEP):
            receipt = await home.mark(message, mark)
            assert (receipt.outcome, receipt.note) == ("erased", None)
        assert (await home.mark(message, OFF_RECORD)).note


# --- threads -------------------------------------------------------------------------------------


async def test_what_is_said_in_a_thread_follows_its_name(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        thread = Thread("t1", "Bread", "notes")
        for number in range(2):
            await read(
                home, posted(f"m{number}", f"- {number}", number, channel="t1", thread=thread)
            )
        await read(home, posted("m9", "- elsewhere", 9))
        assert "### Bread\n\n- 0\n- 1" in await home.body()
        before = len(await home.store.events("show#1"))
        names = home.desk.thread_names
        await names.rename(thread, at=1)
        await names.rename(replace(thread, id="t2", name="Cheese"), at=1)
        assert len(await home.store.events("show#1")) == before
        await names.rename(replace(thread, name="Cheese"), at=2)
        assert "### Cheese\n\n- 0\n- 1" in await home.body()
        assert "Bread" not in await home.body()
