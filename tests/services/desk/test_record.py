"""A recording evening on the desk: taps of several hosts, over a restart."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import CommandError
from tests.services.desk.house import MONDAY, SECOND, SITE_YML, house


async def rec(there, at, what="", *, by="oka", channel="notes"):
    """Give `/record` at so many seconds of the evening."""
    request = replace(there.request(by=by, channel=channel), at=MONDAY + at * SECOND)
    return await there.desk.record.record(request, what=what)


async def evening(there):
    for topic in ("A", "B", "C", "D"):
        await there.say(f"# {topic}\nhttps://example.org/{topic}")
    return await rec(there, 1000, "start")


async def test_taps_put_times_before_topics_and_what_is_said_goes_below_them(tmp_path):
    async with house(tmp_path) as there:
        sheet = await evening(there)
        assert sheet.text.splitlines()[:2] == ["● Recording, 0:00", "· A"]
        await rec(there, 1000, "next")
        await rec(there, 1256, "C")
        there.seconds = iter(range(1300, 2000))
        await there.say("https://example.org/late")
        await rec(there, 1400, "次")
        assert await there.body() == (
            "### 0:00 A\n\n- <https://example.org/A>\n\n"
            "### B\n\n- <https://example.org/B>\n\n"
            "### 4:16 C\n\n- <https://example.org/C>\n- <https://example.org/late>\n\n"
            "### 6:40 D\n\n- <https://example.org/D>"
        )


async def test_two_hosts_who_tap_the_same_topic_note_it_once(tmp_path):
    async with house(tmp_path) as there:
        await evening(there)
        await asyncio.gather(
            *(rec(there, 1010 + turn, "A", by=f"host{turn}") for turn in range(5)),
            rec(there, 1012, "cut cough", by="mani"),
        )
        assert "### 0:10 A" in await there.body()
        sheet = await rec(there, 1030)
        assert "✂ 0:12 cough" in sheet.text


async def test_a_pause_does_not_count_a_skipped_topic_is_not_offered_and_a_tap_can_be_undone(
    tmp_path,
):
    async with house(tmp_path) as there:
        await evening(there)
        await rec(there, 1010, "next")
        await rec(there, 1020, "pause")
        await rec(there, 1620, "resume")
        await rec(there, 1630, "skip")
        await rec(there, 1640, "next")
        assert "### 0:40 C" in await there.body()
        await rec(there, 1650, "D")
        sheet = await rec(there, 1655, "back")
        assert sheet.text.splitlines()[1:] == ["✓ 0:10 A", "– B (skipped)", "▶ 0:40 C", "· D"]
        assert "### D" in await there.body()
        await there.desk.edits.undo(there.request())
        await there.desk.views.history(there.request())


async def test_a_recording_goes_on_after_a_restart(tmp_path):
    async with house(tmp_path) as there:
        await evening(there)
        await rec(there, 1010, "next")
    async with house(tmp_path) as there:
        there.seconds = iter(range(3000, 4000))
        sheet = await rec(there, 1100, "next")
        assert "▶ 1:40 B" in sheet.text
        assert "### 0:10 A" in await there.body()


async def test_markers_for_the_editor_hold_times_and_cuts_and_the_file_no_cuts(tmp_path):
    async with house(tmp_path) as there:
        await evening(there)
        await rec(there, 1010, "next")
        await rec(there, 1012, "cut a swear word")
        await rec(there, 1020, "stop")
        labels = await rec(there, 1030, "markers")
        assert labels.text == "10.000000\t10.000000\tA\n12.000000\t12.000000\t✂ a swear word"
        assert labels.file == "ep1-labels.txt"
        assert "swear" not in (await there.desk.views.rendered("notes")).text


async def test_buttons_offer_what_comes_next(tmp_path):
    async with house(tmp_path) as there:
        sheet = await evening(there)
        labels = [one.label for one in sheet.choices]
        assert labels[:4] == ["A", "B", "C", "D"]
        assert len(labels) <= 10
        sheet = await rec(there, 1001, dict(sheet.choices[1].values)["what"])
        assert "▶ 0:01 B" in sheet.text
        assert [one.label for one in sheet.choices][:3] == ["C", "D", "A"]
        over = await rec(there, 1010, "stop")
        assert [one.label for one in over.choices] == ["Markers for the editor"]


@pytest.mark.parametrize(
    ("what", "name"),
    [("next", "record.not-running"), ("cut", "record.not-running"), ("markers", "record.no-times")],
)
async def test_without_a_recording_it_says_how_to_begin(tmp_path, what, name):
    async with house(tmp_path) as there:
        await there.say("# A")
        with pytest.raises(CommandError) as told:
            await rec(there, 1000, what)
        assert told.value.name == name


async def test_what_names_no_topic_or_several_is_said(tmp_path):
    async with house(tmp_path) as there:
        await there.say("# Robots\n# Robot arms")
        await rec(there, 1000, "start")
        for typed, name in (("nothing", "desk.no-such-topic"), ("ro", "record.not-clear")):
            with pytest.raises(CommandError) as told:
                await rec(there, 1001, typed)
            assert told.value.name == name


async def test_times_stand_where_the_profile_says_also_after_people_changed_one(tmp_path):
    settings = SITE_YML + "times: '{title} ({time})'\n"
    async with house(tmp_path, settings=settings) as there:
        await evening(there)
        await rec(there, 1010, "next")
        await rec(there, 1256, "B")
        await there.draft()
        file = there.site / "_drafts/ep1.md"
        assert "### A (0:10)\n" in file.read_text()
        file.write_text(file.read_text().replace("### B (4:16)", "### Bee (4:20)"))
        await there.draft()
        assert "### Bee (4:20)\n" in file.read_text()
        names = [topic.name for topic in (await there.desk.views.episode("notes")).topics]
        assert names == ["0:10 A", "4:20 Bee", "C", "D"]
        await rec(there, 1300, "C")
        await there.draft()
        assert "### C (5:00)\n" in file.read_text()
        assert "### Bee (4:20)\n" in file.read_text()
