"""`/times` and `/notes` on the desk."""

import pytest

from bot.errors import CommandError
from tests.core.chapters.editors import EDITORS
from tests.services.desk.house import SITE_YML, house

TOPICS = ("A", "B", "C")


async def timed(there):
    for number, topic in enumerate(TOPICS):
        await there.say(f"# {number}:00 {topic}\nhttps://example.org/{topic}")


async def times(there, **options):
    return await there.desk.times.times(there.request(), **options)


@pytest.mark.parametrize("editor", EDITORS)
async def test_a_file_of_markers_gives_topics_their_times(tmp_path, editor):
    async with house(tmp_path) as there:
        await timed(there)
        told = await times(
            there, file=EDITORS[editor]([(1_000, "A"), (50_000, "B"), (90_000, "C")])
        )
        assert told.text == "3 topics have their new time."
        body = await there.body()
        assert [line for line in body.splitlines() if line.startswith("#")] == [
            "### 0:01 A",
            "### 0:50 B",
            "### 1:30 C",
        ]
        assert (await times(there)).text == "0:01 A\n0:50 B\n1:30 C"


async def test_what_is_not_certain_is_asked_and_a_button_answers(tmp_path):
    async with house(tmp_path) as there:
        await timed(there)
        told = await times(there, markers="0:00 A 0:50 bee 1:30 new 1:40 C")
        assert told.text.splitlines() == [
            "2 topics have their new time.",
            "- “bee” at 0:50: is it the topic “B”?",
            "- “new” at 1:30 is not a topic of the episode; it was left alone.",
            "To say yes, type those of these that are right: /times 0:50 B",
        ]
        assert "### 1:00 B" in await there.body()
        (yes,) = told.choices
        await times(there, **yes.values)
        assert "### 0:50 B" in await there.body()
        await there.desk.edits.undo(there.request())
        assert "### 1:00 B" in await there.body()


async def test_an_empty_file_is_told_and_not_taken_for_none(tmp_path):
    async with house(tmp_path) as there:
        await timed(there)
        with pytest.raises(CommandError, match="has no markers"):
            await times(there, file="")


async def test_of_a_single_time_nothing_is_asked_but_what_it_is_of(tmp_path):
    async with house(tmp_path) as there:
        await timed(there)
        await there.say("# No time")
        told = await times(there, markers="0:50 bee")
        asked = [line for line in told.text.splitlines() if line.startswith("- ")]
        assert asked == ["- “bee” at 0:50: is it the topic “A”?"]
        assert told.text.startswith("No topic has a new time yet.\n")
        assert (await times(there)).text == "0:00 A\n1:00 B\n2:00 C"
        told = await times(there, markers="0:50 B")
        assert told.text == "1 topic has its new time."
        assert (await times(there)).text == "0:00 A\n0:50 B\n2:00 C"


async def test_one_command_is_taken_back_and_done_again_as_one(tmp_path):
    async with house(tmp_path) as there:
        await timed(there)
        await times(there, markers="0:10 A 0:50 B 1:30 C")
        await times(there, markers="0:20 A 0:55 B")
        undone = await there.desk.edits.undo(there.request())
        assert "×2" in undone.text
        assert (await times(there)).text == "0:10 A\n0:50 B\n1:30 C"
        assert "×2" in (await there.desk.edits.redo(there.request())).text
        assert (await times(there)).text == "0:20 A\n0:55 B\n1:30 C"
        await there.desk.edits.undo(there.request())
        await there.desk.edits.undo(there.request())
        assert (await times(there)).text == "0:00 A\n1:00 B\n2:00 C"
        await there.desk.edits.redo(there.request(), what="2")
        assert (await times(there)).text == "0:00 A\n0:50 B\n2:00 C"


async def test_a_transcript_proposes_times_that_hosts_confirm(tmp_path):
    async with house(tmp_path) as there:
        await there.say("# Elephants\nhttps://example.org/e")
        cue = "WEBVTT\n\n02:30.000 --> 02:40.000\nnow about elephants\n"
        told = await times(there, file=cue)
        assert "“Elephants” seems to begin at 2:30" in told.text
        (yes,) = told.choices
        assert "Elephants" not in yes.values["markers"]  # it is kept, and may go off the record
        assert "### Elephants" in await there.body()
        await times(there, **told.choices[0].values)
        assert "### 2:30 Elephants" in await there.body()


async def test_what_is_proposed_can_be_typed_where_there_are_no_buttons(tmp_path):
    async with house(tmp_path) as there:
        await there.say("# Elephants\n# 猫と犬 2\n# Bees: a talk")
        cues = ["02:30.000 --> 02:40.000\nnow about elephants"]
        cues += ["03:00.000 --> 03:10.000\n猫と犬 2", "04:00.000 --> 04:10.000\nbees: a talk"]
        told = await times(there, file="WEBVTT\n\n" + "\n\n".join(cues) + "\n")
        how = told.text.splitlines()[-1]
        assert how.endswith("/times 2:30 Elephants 3:00 猫と犬 2 4:00 Bees: a talk")
        typed = await times(there, markers=how.partition("/times ")[2])
        assert typed.text == "3 topics have their new time."
        assert (
            "/times" not in (await times(there, file="WEBVTT\n\n01:00.000 --> 01:01.000\nx\n")).text
        )


async def test_what_cannot_be_read_changes_nothing(tmp_path):
    async with house(tmp_path) as there:
        await timed(there)
        before = await there.body()
        with pytest.raises(CommandError, match="Minutes:Seconds"):
            await times(there, file="#,Name,Start,End,Length\nM1,A,5.1.00,,\n")
        with pytest.raises(CommandError, match="is not a marker"):
            await times(there, markers="hello")
        assert await there.body() == before


async def notes(there, what=""):
    return await there.desk.notes.notes(there.request(), what=what)


async def test_notes_show_what_was_cut_and_hosts_keep_and_drop_lines(tmp_path):
    settings = SITE_YML + "notes: {limit: 110}\n"
    async with house(tmp_path, settings=settings) as there:
        await there.say("# A\n- [a](https://example.org/a)\n- [b](https://example.org/b)\n- talk")
        shown = await notes(there)
        assert shown.text.splitlines()[0].startswith("Short notes: ")
        assert shown.text.splitlines()[1:] == ["- b"]
        (keep,) = [one for one in shown.choices if one.label == "Keep: b"]
        await notes(there, keep.values["what"])
        await notes(there, "drop https://example.org/a")
        made = (await notes(there, "markdown")).text
        assert "example.org/b" in made
        assert "example.org/a" not in made
        assert len((await notes(there, "html")).text) <= 110
        await notes(there, "reset https://example.org/a")
        for typed, name in (
            ("keep nothing", "no-such-line"),
            ("keep a", "not-clear"),
            ("what", "not-understood"),
        ):
            with pytest.raises(CommandError) as told:
                await notes(there, typed)
            assert told.value.name == f"notes.{name}"


async def test_wide_digits_are_a_time_and_one_topic_is_one(tmp_path):
    async with house(tmp_path) as there:
        await timed(there)
        assert (await times(there, markers="０：５０ B")).text == "1 topic has its new time."
        assert "### 0:50 B" in await there.body()
        assert "2 topics" in (await times(there, markers="０：１０　A １：０１：００ C")).text
        assert "### 1:01:00 C" in await there.body()
