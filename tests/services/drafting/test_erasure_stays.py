"""🔒 names what says the same in the file, and stays: a field, or another thing of people's."""

from pathlib import Path

import pytest

from bot.core.document.traces import traces
from bot.core.grammar.message import LEAVE_OUT, OFF_RECORD
from bot.services.ports import Person
from tests.services.desk.house import SECOND, house
from tests.services.drafting.test_erasure_alone import FILE, edit

SAID = "The file says it elsewhere, where people wrote it"


@pytest.mark.parametrize(
    ("made", "named"),
    [
        ("description: Bob leaves us\n---\n\n", "description: Bob leaves us"),
        ("keywords:\n  - Bob leaves us\n---\n\n", "Bob leaves us"),
        ('---\n\n[bob]: https://example.org/bob "Bob leaves us"\n\n', "[bob]: https"),
    ],
)
async def test_a_line_that_is_no_item_s_is_named_and_stays(
    tmp_path: Path, made: str, named: str
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a", by="oka")
        message = await home.say("- Bob leaves us")
        await home.draft()
        edit(home, "- Bob leaves us\n", "")
        edit(home, "---\n\n", made)
        await home.draft()
        note = str((await home.mark(message, OFF_RECORD)).note)
        lines = (home.site / FILE).read_text(encoding="utf-8").split("\n")
        at = next(at for at, line in enumerate(lines, 1) if named in line)
        assert f"line {at} of {FILE}" in note.partition(SAID)[2]
        assert "Bob" not in note  # others may read it
        await home.draft()
        assert named in (home.site / FILE).read_text(encoding="utf-8")


async def test_nothing_is_named_that_goes_or_that_others_said(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\n- Bob leaves us too\n- a harbour", by="oka")
        message = await home.say("- Bob leaves the harbour\n- a harbour")
        await home.draft()
        edit(home, "- Bob leaves the harbour\n", "### Bob leaves the harbour\n\n")
        await home.draft()
        assert SAID not in str((await home.mark(message, OFF_RECORD)).note)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("  - Bob goes\n", True),
        ("title: Bob goes\n", True),
        ("title = 'Bob goes'\n", True),
        ('"title": "Bob goes"\n', True),
        ("title: Bob goes away\n", False),
        ("- it is Bob goes\n", False),
        ("image: https://example.org/bob\n", True),
        ("image: https://example.org/bob-2\n", False),
        ("- a harbour that is closed in March, they say\n", True),
    ],
)
def test_a_line_says_it_whole_or_as_a_value_and_a_long_one_within_others(
    line: str, *, says: bool
) -> None:
    known = traces({"Bob goes", "that is closed in March"}, {"https://example.org/bob"})
    assert known.in_line(line) is says


async def test_people_s_line_with_some_of_its_words_is_named_in_a_moved_file(
    tmp_path: Path,
) -> None:
    line = "So Bob, says Kim."
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a", by="oka")
        message = await home.say("- Bob leaves us")
        await home.draft()
        edit(home, "- Bob leaves us\n", f"- leaves\n\n{line}\n")
        await home.draft()
        home.git("mv", FILE, "_drafts/moved.md")
        home.git("commit", "--quiet", "--message=moved")
        note = str((await home.mark(message, OFF_RECORD)).note)
        assert line in note
        await home.draft()
        assert line in (home.site / "_drafts/moved.md").read_text(encoding="utf-8")


async def test_a_bullet_that_people_made_of_the_rest_of_its_line_goes(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a", by="oka")
        message = await home.say("- leaves Bob")
        await home.draft()
        edit(home, "- leaves Bob\n", "- leaves\n- Bob\n")
        await home.draft()
        await home.mark(message, OFF_RECORD)
        await home.draft()
        assert "Bob" not in (home.site / FILE).read_text(encoding="utf-8")


async def test_a_note_that_people_put_out_while_an_edit_took_it_out_goes(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a", by="oka")
        message = await home.say("https://example.org/b\n- Bob leaves us")
        await home.draft()
        edit(home, "  - Bob leaves us\n", "- Bob leaves us\n")
        await home.edit(message, "https://example.org/c")
        await home.draft()
        await home.mark(message, OFF_RECORD)
        await home.draft()
        assert "Bob" not in (home.site / FILE).read_text(encoding="utf-8")


async def test_nor_is_an_address_that_another_host_gave_too(tmp_path: Path) -> None:
    """It was told that people had written it: it is named among what others gave."""
    async with house(tmp_path) as home:
        message = await home.say("# A\nhttps://example.org/a-long-address")
        await home.say("see also https://example.org/a-long-address", by="oka")
        await home.draft()
        note = str((await home.mark(message, OFF_RECORD)).note)
        assert SAID not in note
        assert "example.org/a-long-address" in note


@pytest.mark.parametrize("way", ["removed", "marked", "deleted", "edited"])
async def test_what_people_made_of_its_line_while_a_host_took_that_out_is_named_and_stays(
    tmp_path: Path, way: str
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a\n\n- item Ann", by="oka")
        message = await home.say("- item Bob")
        await home.draft()
        if way == "removed":
            await home.desk.edits.link_remove(home.request(), link="item Bob")
        elif way == "marked":
            await home.mark(message, LEAVE_OUT)
        elif way == "deleted":
            at, person = home.chat.messages[message].at + 5 * SECOND, Person("buka", "Buka")
            await home.desk.capture.gone(message, channel="notes", person=person, at=at)
        else:
            await home.edit(message, "- else")
        edit(home, "- item Ann\n- item Bob\n", "\n#### item Ann\n\n- item\n- Bob\n- my own\n")
        await home.draft()
        note = str((await home.mark(message, OFF_RECORD)).note)
        assert note.rpartition("\n")[2].endswith("yourself if it is: Bob")
        await home.draft()
        assert "- item\n- Bob\n- my own\n" in (home.site / FILE).read_text(encoding="utf-8")
