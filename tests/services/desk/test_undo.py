"""Commands taken back, done again, and delivered twice."""

from pathlib import Path

import pytest

from bot.errors import CommandError
from tests.services.desk.house import House, house

PAPER, TALK, NOTE = (f"https://example.org/{one}" for one in ("paper", "talk", "note"))


async def test_undo_takes_back_ones_own_last_command(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.desk.edits.link_remove(home.request(by="oka"), link="1.1")
        await home.desk.edits.topic_rename(home.request(by="buka"), topic="A", name="B")
        answer = await home.desk.edits.undo(home.request(by="oka"))
        assert "removed a link" in answer.text
        assert await home.body() == f"### B\n\n- <{PAPER}>"
        with pytest.raises(CommandError, match="no change to undo"):
            await home.desk.edits.undo(home.request(by="oka"))
        await home.desk.edits.redo(home.request(by="oka"))
        assert await home.body() == "### B"
        history = (await home.desk.views.history(home.request())).text
        assert [line.split(" ", 2)[2] for line in history.splitlines()] == [
            "Oka: removed a link",
            "Buka: renamed a topic to “B”",
        ]


async def _names(home: House, *commands: str) -> str:
    """Rename the one topic to each of these names; `undo` and `redo` are done. Return its name."""
    for command in commands:
        if command in ("undo", "redo"):
            await getattr(home.desk.edits, command)(home.request())
        else:
            await home.desk.edits.topic_rename(home.request(), topic="1", name=command)
    (topic,) = (await home.desk.views.episode("notes")).topics
    return topic.name


@pytest.mark.parametrize(
    ("commands", "name"),
    [
        (("A1", "A2", "A3", "undo", "undo", "undo", "redo"), "A1"),
        (("A1", "A2", "A3", "undo", "undo", "undo", "redo", "redo"), "A2"),
        (("A1", "A2", "A3", "undo", "undo", "redo", "redo"), "A3"),
        (("A1", "A2", "undo", "redo", "undo", "undo", "redo"), "A1"),
        (("A1", "A2", "undo", "undo", "A3", "undo", "redo"), "A3"),
    ],
)
async def test_redo_brings_back_what_was_undone_last(
    tmp_path: Path, commands: tuple[str, ...], name: str
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A")
        assert await _names(home, *commands) == name


async def test_a_new_command_ends_what_can_be_done_again_for_its_giver_alone(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A")
        await _names(home, "A1", "A2", "undo", "undo")
        await home.desk.edits.episode_set(home.request(by="buka"), field="title", value="T")
        assert await _names(home, "redo") == "A1"
        assert await _names(home, "A3") == "A3"
        with pytest.raises(CommandError, match="nothing to redo"):
            await home.desk.edits.redo(home.request())


async def test_who_undid_anothers_command_by_name_can_do_it_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A")
        await _names(home, "A1")
        await home.desk.edits.undo(home.request(by="buka"), what="renamed a topic to “A1”")
        await home.desk.edits.redo(home.request(by="buka"))
        assert await _names(home) == "A1"


async def test_a_command_delivered_twice_counts_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(PAPER)
        request = home.request()
        await home.desk.edits.link_note(request, link="0.1", text="once")
        await home.desk.edits.link_note(request, link="0.1", text="once")
        assert (await home.body()).count("once") == 1
