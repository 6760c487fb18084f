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
        assert f"removed “{PAPER}”" in answer.text
        assert await home.body() == f"### B\n\n- <{PAPER}>"
        with pytest.raises(CommandError, match="no change to undo"):
            await home.desk.edits.undo(home.request(by="oka"))
        await home.desk.edits.redo(home.request(by="oka"))
        assert await home.body() == "### B"
        history = (await home.desk.views.history(home.request())).text
        assert [line.split(" ", 3)[0::3] for line in history.splitlines()] == [
            ["1.", f"Oka: removed “{PAPER}”"],
            ["2.", "Buka: renamed a topic to “B”"],
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


async def test_the_history_names_what_changed_also_what_is_gone(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n[Robots]({PAPER})\n# B\n# C\n# D")
        edits = home.desk.edits
        await edits.topic_move(home.request(), topic="C", before="A")
        await edits.topic_merge(home.request(), topic="B", into="A")
        await edits.topic_remove(home.request(), topic="C")
        await edits.link_move(home.request(), link="Robots", topic="D")
        await edits.link_remove(home.request(), link="Robots")
        await edits.link_restore(home.request(), link="Robots")
        for language, words in (
            ("en", ["moved the topic “C”", "merged the topic “B” into another",
                    "removed the topic “C”", "moved “Robots”", "removed “Robots”",
                    "brought “Robots” back"]),
            ("ja", ["話題「C」を移動", "話題「B」を統合", "話題「C」を削除", "「Robots」を移動",
                    "「Robots」を削除", "「Robots」を復元"]),
        ):  # fmt: skip
            told = (await home.desk.views.history(home.request(language=language))).text
            assert [
                line.partition(": ")[2].split(" (")[0].split("（")[0] for line in told.splitlines()
            ][-6:] == words


async def test_a_change_is_undone_and_redone_by_its_number(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A")
        await _names(home, "A1")
        await home.desk.edits.episode_set(home.request(by="buka"), field="title", value="T")
        for typed in ("1", "１", "1."):
            assert "A1" in (await home.desk.edits.undo(home.request(by="buka"), what=typed)).text
            assert await _names(home) == "A"
            await home.desk.edits.redo(home.request(by="buka"), what=typed)
            assert await _names(home) == "A1"
        for typed in ("3", "0", "nonsense"):
            with pytest.raises(CommandError, match="No change matches"):
                await home.desk.edits.undo(home.request(), what=typed)


async def test_the_history_pages(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A")
        await _names(home, *(f"A{number}" for number in range(45)))
        told = (await home.desk.views.history(home.request())).text.splitlines()
        assert told[0] == "Earlier ones: /history before:26"
        assert [line.split(".")[0] for line in told[1:]] == [str(n) for n in range(26, 46)]
        told = (await home.desk.views.history(home.request(), before="26")).text.splitlines()
        assert told[0] == "Earlier ones: /history before:6"
        told = (await home.desk.views.history(home.request(), before="6")).text.splitlines()
        assert [line.split(".")[0] for line in told] == ["1", "2", "3", "4", "5"]
        with pytest.raises(CommandError, match="No change matches"):
            await home.desk.views.history(home.request(), before="x")
