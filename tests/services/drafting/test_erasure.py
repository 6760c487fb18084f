"""🔒: nothing is left in our files, and the next draft takes it out of the site's."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.erasure.line_prints import fingerprint
from bot.core.events import Event, Marked
from bot.core.grammar.message import KEEP, OFF_RECORD
from bot.core.urls import canonical
from bot.services.drafting.hidden_lines import KEYS
from bot.services.ports import Person, Preview, Reaction, Snapshot
from bot.services.request import Choice
from bot.services.saved_choices import SavedChoices
from tests.services.desk.house import House, house, message_id

ADDRESS = "https://example.org/unpublished-result"
TITLE = "A title nobody may know"
WORDS = "comes out in March"
SECRETS = (ADDRESS, TITLE, WORDS, "Whispered", "another-name")


async def _secret_in_a_draft(home: House) -> str:
    """A message with all kinds of traces: title, note, retitle, an older state, and a draft."""
    await home.say("# A\nhttps://example.org/open")
    message = await home.say(f"{ADDRESS}\n{WORDS}", previews=(Preview(ADDRESS, TITLE),))
    await home.draft()
    await home.desk.edits.link_retitle(home.request(), link=ADDRESS, title="Whispered")
    await home.desk.edits.link_note(home.request(), link=ADDRESS, text="another-name")
    await home.draft()
    return message


def _left(folder: Path) -> list[str]:
    """Which of the secrets are in the raw bytes of the database's files, in either encoding."""
    data = b"".join(one.read_bytes() for one in folder.iterdir() if one.is_file())
    assert b"example.org/open" in data  # the search itself works
    return [one for one in SECRETS if one.encode() in data or one.encode("utf-16-le") in data]


def _all_text(folder: Path) -> str:
    data = b"".join(one.read_bytes() for one in folder.iterdir() if one.is_file())
    return data.decode("utf-8", "replace")


async def test_nothing_of_it_is_in_the_databases_files(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await _secret_in_a_draft(home)
        assert set(_left(tmp_path)) >= {ADDRESS, WORDS, "Whispered", "another-name"}
        await home.mark(message, OFF_RECORD)
        assert _left(tmp_path) == []
    assert _left(tmp_path) == []


async def test_buttons_below_answers_keep_nothing_of_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await _secret_in_a_draft(home)
        choices = SavedChoices(home.desk._show.store, lambda: 0)
        values = {"what": "new", "link": f"{message}/0/0", "address": f"{ADDRESS}-moved"}
        secret = await choices.keep(Choice("1", "check", values))
        other = await choices.keep(Choice("2", "check", {"link": "another/0/0"}))
        await home.mark(message, OFF_RECORD)
        assert await choices.find(secret) is None
        assert await choices.find(other) is not None
        assert _left(tmp_path) == []


async def test_a_reader_of_the_database_holds_it_up_only_while_it_reads(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await _secret_in_a_draft(home)
        with sqlite3.connect(tmp_path / "rundown.db") as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM events").fetchone()
            await home.mark(message, OFF_RECORD)
            assert await home.store.scrub_due()
        reader.close()
        await home.desk.start()
        assert not await home.store.scrub_due()
        assert _left(tmp_path) == []


async def test_the_next_draft_takes_it_out_of_the_file_and_keeps_what_people_wrote(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        message = await _secret_in_a_draft(home)
        file = home.site / "_drafts/ep1.md"
        with_words = file.read_text(encoding="utf-8") + "\nOur own words.\n"
        file.write_text(with_words, encoding="utf-8")
        home.git("commit", "--quiet", "--all", "--message=by hand")
        receipt = await home.mark(message, OFF_RECORD)
        commit = home.git("rev-parse", "HEAD~1")[:10]
        assert commit in str(receipt.note)
        await home.draft()
        text = file.read_text(encoding="utf-8")
        assert "Our own words." in text
        assert "example.org/open" in text
        assert [one for one in SECRETS if one in text] == []


async def test_it_stays_out_when_the_message_is_delivered_again_or_edited(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await _secret_in_a_draft(home)
        await home.mark(message, OFF_RECORD)
        state = home.chat.messages[message]
        for text, stamp in ((state.text, state.stamp), (f"{ADDRESS} {WORDS}", state.stamp + 5)):
            again = replace(state, text=text, stamp=stamp)
            await home.desk.capture.message(Snapshot(again, Person("buka", "Buka"), None))
        assert _left(tmp_path) == []
        assert ADDRESS not in await home.body()


async def test_taking_the_mark_away_reads_it_again_from_the_platform(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await _secret_in_a_draft(home)
        await home.mark(message, OFF_RECORD)
        await home.mark(message, OFF_RECORD, on=False)
        assert f"[{TITLE}]({ADDRESS})" in await home.body()
    async with house(tmp_path) as home:
        assert f"[{TITLE}]({ADDRESS})" in await home.body()


@pytest.mark.parametrize("kept", ["", KEEP])
async def test_a_mark_that_comes_before_its_message_holds(tmp_path: Path, kept: str) -> None:
    async with house(tmp_path) as home:
        await home.say("https://example.org/open")
        message = message_id(3)
        await home.mark(message, OFF_RECORD)
        assert await home.say(f"{ADDRESS} {WORDS}", marks=kept) == message
        assert _left(tmp_path) == []
        assert ADDRESS not in await home.body()


async def test_a_title_that_others_links_need_too_stays(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first = await home.say(f"{ADDRESS}", previews=(Preview(ADDRESS, TITLE),))
        await home.say(f"see also {ADDRESS}")
        await home.mark(first, OFF_RECORD)
        assert await home.body() == f"- see also [{TITLE}]({ADDRESS})"


@pytest.mark.parametrize("bulk", [True, False])
async def test_a_mark_that_a_snapshot_shows_erases_too(tmp_path: Path, bulk: bool) -> None:
    async with house(tmp_path) as home:
        message = await _secret_in_a_draft(home)
        locked = Snapshot(
            home.chat.messages[message], Person("buka", "Buka"), (Reaction(OFF_RECORD, "oka"),)
        )
        if bulk:
            await home.desk.capture.read([locked], at=0)
        else:
            assert (await home.desk.capture.message(locked)).outcome == "erased"
        assert _left(tmp_path) == []
        assert ADDRESS not in await home.body()


async def test_an_erasure_that_was_cut_short_is_done_at_the_next_start(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await _secret_in_a_draft(home)
        at = home.chat.messages[message].at + 1
        episode = (await home.desk.views.episode("notes")).id
        what = Marked(message, OFF_RECORD, on=True)
        await home.store.append([Event("killed-behind-this", episode, at, "oka", what)])
    assert _left(tmp_path)
    async with house(tmp_path) as home:
        assert _left(tmp_path) == []
        assert ADDRESS not in await home.body()


@pytest.mark.parametrize("taken_in", [False, True])
async def test_what_people_made_of_it_in_the_file_goes_too(tmp_path: Path, taken_in: bool) -> None:
    async with house(tmp_path) as home:
        message = await _secret_in_a_draft(home)
        file = home.site / "_drafts/ep1.md"
        text = file.read_text(encoding="utf-8")
        by_hand = text.replace("[Whispered]", "[Said aloud]").replace(
            "another-name", "a third name"
        )
        assert by_hand != text
        file.write_text(by_hand + "- [mine](https://example.org/mine)\n", encoding="utf-8")
        home.git("commit", "--quiet", "--all", "--message=by hand")
        if taken_in:
            await home.draft()
        await home.mark(message, OFF_RECORD)
        assert _left(tmp_path) == []
        assert not [one for one in ("Said aloud", "a third name") if one in _all_text(tmp_path)]
        await home.draft()
        left = file.read_text(encoding="utf-8")
        for secret in (ADDRESS, "Said aloud", "a third name", WORDS):
            assert secret not in left
        assert "- <https://example.org/open>" in left
        assert "- [mine](https://example.org/mine)" in left
        outline = (await home.desk.views.outline(home.request())).text
        assert [line.split()[0] for line in outline.splitlines()[1:]] == ["1.", "1.1", "1.2"]


@pytest.mark.parametrize("made", ["  - The harbour closes", "\nIn March the harbour closes"])
async def test_what_people_made_another_kind_of_goes_whoever_came_before(
    tmp_path: Path, made: str
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\n- a first line of another")
        message = await home.say("- the harbour closes in March")
        await home.draft()
        file = home.site / "_drafts/ep1.md"
        text = file.read_text(encoding="utf-8")
        assert "- the harbour" in text
        file.write_text(text.replace("- the harbour closes in March", made), encoding="utf-8")
        home.git("commit", "--quiet", "--all", "--message=by hand")
        await home.draft()
        await home.mark(message, OFF_RECORD)
        await home.draft()
        left = file.read_text(encoding="utf-8")
        assert "harbour" not in left
        assert "- a first line of another" in left


async def test_nobody_can_try_words_against_the_fingerprints_of_a_stored_draft(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        message = await _secret_in_a_draft(home)
        await home.mark(message, OFF_RECORD)
        (draft,) = await home.store.drafts("show#1")
        (name,) = keys = await home.store.state(KEYS)
        row = (tmp_path / "rundown.db").read_bytes()
        assert keys[name].encode() in row  # kept, but in no row of the draft
        hidden = {mark.rpartition(":")[2] for mark in draft.hidden}
        beside = [draft.id, draft.episode, draft.commit or "", draft.blob, draft.path, name]
        words = (ADDRESS, WORDS, f"- [Whispered]({ADDRESS})", canonical(ADDRESS))
        assert not hidden & {fingerprint(key, one) for key in beside for one in words}
        assert fingerprint(keys[name], canonical(ADDRESS)) in hidden
        await home.draft()
        assert await home.store.state(KEYS) == {}
        assert "unpublished" not in home.git("show", "HEAD:_drafts/ep1.md")
    assert keys[name].encode() not in (tmp_path / "rundown.db").read_bytes()
