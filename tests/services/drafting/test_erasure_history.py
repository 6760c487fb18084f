"""Which commits still hold what went off the record is asked of the site's history."""

import re
from pathlib import Path

import pytest

from bot.adapters.git.site import LocalSite
from bot.core.grammar.message import OFF_RECORD
from bot.errors import SiteError
from bot.services.drafting.erasure_report import MOST_NAMED
from tests.services.desk.house import SECOND, House, house, stored

ADDRESS = "https://example.org/unpublished-result"
WORDS = "it comes out in March"
FILE = "_drafts/ep1.md"
DATED = "name: Test\npath: '_drafts/{{ date }}-ep{{ number }}.md'\naround_links: keep\n"


def commits(note: str | None) -> set[str]:
    return set(re.findall(r"\b[0-9a-f]{10}\b", note or ""))


def head(home: House, name: str = "HEAD") -> str:
    return home.git("rev-parse", name)[:10]


def by_hand(home: House, path: str, text: str) -> str:
    """Commit a file's text as a person does; return the commit."""
    (home.site / path).parent.mkdir(parents=True, exist_ok=True)
    (home.site / path).write_text(text, encoding="utf-8")
    home.git("add", "--all")
    home.git("commit", "--quiet", "--message=by hand")
    return head(home)


def text_of(home: House, path: str = FILE) -> str:
    return (home.site / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("secret", [ADDRESS, f"- {WORDS}", f"# {WORDS}"])
async def test_locked_once_more_it_is_said_to_stand_in_the_file_until_a_draft(
    tmp_path: Path, secret: str
) -> None:
    in_file = "Off the record: erased here. The next /draft takes it out of the file."
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/open")
        message = await home.say(secret)
        await home.draft()
        for _ in range(3):
            assert str((await home.mark(message, OFF_RECORD)).note).startswith(in_file)
            await home.mark(message, OFF_RECORD, on=False)
        other = await home.say("https://example.org/another")
        told = str((await home.mark(other, OFF_RECORD)).note)
        assert told == "Off the record: erased here and taken out of the draft."
        await home.mark(message, OFF_RECORD)
        await home.draft()
        await home.mark(message, OFF_RECORD, on=False)
        told = str((await home.mark(message, OFF_RECORD)).note).split("\n")[0]
        assert told == "Off the record: erased here and taken out of the draft."


async def test_of_a_closed_episode_it_is_said_how_its_file_loses_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/open")
        message = await home.say(f"{ADDRESS}\n- {WORDS}")
        await home.draft()
        await home.desk.edits.episode_close(home.request())
        receipt = await home.mark(message, OFF_RECORD)
        assert str(receipt.note).split("\n")[:2] == [
            "Off the record: erased here.",
            "Episode 1 is closed: its file keeps it until /episode start 1 and then /draft. "
            "Once its page is published, take it out there by hand.",
        ]
        await home.say("# N\nhttps://example.org/n")
        await home.draft()
        assert WORDS in text_of(home)
        await home.desk.edits.episode_close(home.request())
        await home.desk.edits.episode_start(home.request(), number="1")
        await home.draft()
        assert WORDS not in text_of(home)


async def test_every_draft_that_held_it_is_named_and_no_other(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/open")
        await home.draft()
        message = await home.say(f"{ADDRESS}\n{WORDS}")
        held = set()
        for link in ("one", "two"):
            await home.say(f"https://example.org/{link}")
            await home.draft()
            held.add(head(home))
        receipt = await home.mark(message, OFF_RECORD)
        assert commits(receipt.note) == held
        assert "The next /draft takes it out of the file." in str(receipt.note)
        await home.draft()
        assert ADDRESS not in text_of(home)


async def test_what_a_person_committed_before_any_draft_is_named(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(f"{ADDRESS}\n{WORDS}")
        held = by_hand(home, FILE, f"---\ndraft: true\n---\n\nHeard: {WORDS}, says who?\n")
        by_hand(home, FILE, "---\ndraft: true\n---\n\nNothing of it.\n")
        receipt = await home.mark(message, OFF_RECORD)
        assert commits(receipt.note) == {held}
        assert "takes it out of the file" not in str(receipt.note)  # it is not there any more


async def test_it_is_found_under_the_drafts_earlier_names_and_on_other_branches(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, settings=DATED) as home:
        await home.desk.edits.episode_set(home.request(), field="date", value="2026-01-01")
        message = await home.say(f"# A\n{ADDRESS}")
        await home.draft()
        held = {head(home)}
        home.git("checkout", "--quiet", "-b", "aside")
        first = "_drafts/2026-01-01-ep1.md"
        held.add(by_hand(home, first, text_of(home, first) + "aside\n"))
        home.git("checkout", "--quiet", "main")
        await home.desk.edits.episode_set(home.request(), field="date", value="2026-01-08")
        await home.draft()  # we move it
        held.add(head(home))
        (home.site / "_drafts/2026").mkdir()
        home.git("mv", "_drafts/2026-01-08-ep1.md", "_drafts/2026/ep1.md")  # and so do people
        home.git("commit", "--quiet", "--message=a folder a year")
        held.add(head(home))
        await home.say("https://example.org/b")
        await home.draft()
        held.add(head(home))
        receipt = await home.mark(message, OFF_RECORD)
        assert commits(receipt.note) == held


async def test_what_others_gave_too_is_no_trace_of_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\n- Thanks to all who listened\nhttps://example.org/open")
        message = await home.say("- Thanks to all who listened\nhttps://example.org/open")
        await home.draft()
        receipt = await home.mark(message, OFF_RECORD)
        assert commits(receipt.note) == set()


async def test_a_site_that_cannot_be_asked_is_said_and_all_is_erased(
    tmp_path: Path, monkeypatch
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise SiteError("site.no-identity", folder="site")

    async with house(tmp_path) as home:
        message = await home.say(f"# A\n{ADDRESS}")
        await home.draft()
        monkeypatch.setattr(LocalSite, "holding", fails)
        receipt = await home.mark(message, OFF_RECORD)
        assert receipt.outcome == "erased"
        assert "could not be asked" in str(receipt.note)
        assert ADDRESS not in await home.body()


async def test_off_the_record_again_names_what_is_known_still(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(f"# A\n{ADDRESS}")
        await home.draft()
        first = await home.mark(message, OFF_RECORD)
        again = await home.desk.capture.mark(
            message, OFF_RECORD, on=True, channel="notes", person=home.request().person,
            at=home.request().at + SECOND,
        )  # fmt: skip
        assert commits(again.note) == commits(first.note) == {head(home)}


async def test_notes_of_other_hosts_stay_as_bullets_of_their_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/open")
        message = await home.say(f"{ADDRESS}\n{WORDS}", by="aoi")
        await home.say("# B\nhttps://example.org/b")
        for who, text in (("mika", "an *aside* of Mika's"), ("oka", "Oka's"), ("aoi", "Aoi's own")):
            await home.desk.edits.link_note(home.request(by=who), link=ADDRESS, text=text)
        await home.draft()
        receipt = await home.mark(message, OFF_RECORD)  # by oka
        assert "stays, as bullets of their own" in str(receipt.note)
        assert "an *aside* of Mika's" in str(receipt.note)
        for _ in range(2):
            await home.draft()
        assert text_of(home).partition("---\n\n")[2] == (
            "### A\n\n- <https://example.org/open>\n- an *aside* of Mika's\n\n"
            "### B\n\n- <https://example.org/b>\n"
        )
    async with house(tmp_path, begin=100) as home:
        assert "- an *aside* of Mika's" in await home.body()
        left = stored(tmp_path)
        assert not [one for one in (ADDRESS, WORDS, "Oka's", "Aoi's own") if one in left]


@pytest.mark.parametrize("count", [MOST_NAMED - 1, MOST_NAMED, MOST_NAMED + 1, MOST_NAMED + 2])
async def test_of_many_notes_that_stay_the_first_few_are_named(tmp_path: Path, count: int) -> None:
    async with house(tmp_path) as home:
        message = await home.say(f"# A\n{ADDRESS}", by="aoi")
        for number in range(count):
            note = f"note-{number} of Mika's"
            await home.desk.edits.link_note(home.request(by="mika"), link=ADDRESS, text=note)
        await home.draft()
        told = str((await home.mark(message, OFF_RECORD)).note)
        named = [f"note-{number}" for number in range(count) if f"note-{number}" in told]
        assert named == [f"note-{number}" for number in range(min(count, MOST_NAMED))]
        assert ("…" in told) is (count > MOST_NAMED)
