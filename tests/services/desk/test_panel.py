"""The panel as a value: whatever is tapped, the desk does what is said there."""

from pathlib import Path

import pytest

from bot.services.desk.command_table import COMMANDS, run
from bot.services.desk.panel import Card
from tests.services.desk.house import House, house

ROW = ["One", "A", "B", "(sub)", "C", "Two", "D"]
TABLE = {command.name: command for command in COMMANDS}


async def filled(home: House) -> None:
    for text in (
        "# One",
        "[A](https://example.org/a)",
        "- B",
        "#### (sub)",
        "[C](https://example.org/c)",
        "# Two",
        "[D](https://example.org/d)",
    ):
        await home.say(text)


async def row(home: House) -> list[str]:
    return [one.label for one in (await home.desk.panels.panel("notes")).entries]


async def card(home: House, label: str) -> Card:
    panel = await home.desk.panels.panel("notes")
    identity = next(one.id for one in panel.entries if one.label == label)
    assert identity is not None
    found = await home.desk.panels.card(home.request(), identity)
    assert found is not None
    return found


async def tap(home: House, label: str, control: str) -> None:
    found = (await card(home, label)).control(control)
    assert found is not None
    assert found.enabled
    await run(home.desk, TABLE[found.command], home.request(), found.values)


@pytest.mark.parametrize(
    ("label", "control", "expected"),
    [
        ("A", "down", ["One", "B", "A", "(sub)", "C", "Two", "D"]),
        ("B", "up", ["One", "B", "A", "(sub)", "C", "Two", "D"]),
        ("B", "down", ["One", "A", "(sub)", "B", "C", "Two", "D"]),
        ("C", "up", ["One", "A", "B", "C", "(sub)", "Two", "D"]),
        ("D", "up", ["One", "A", "B", "(sub)", "C", "D", "Two"]),
        ("C", "down", ["One", "A", "B", "(sub)", "Two", "C", "D"]),
        ("Two", "up", ["Two", "D", "One", "A", "B", "(sub)", "C"]),
        ("One", "down", ["Two", "D", "One", "A", "B", "(sub)", "C"]),
        ("A", "remove", ["One", "B", "(sub)", "C", "Two", "D"]),
        ("(sub)", "remove", ["One", "A", "B", "C", "Two", "D"]),
    ],
)
async def test_a_control_does_what_its_name_says(
    tmp_path: Path, label: str, control: str, expected: list[str]
) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        assert await row(home) == ROW
        await tap(home, label, control)
        assert await row(home) == expected
        await home.desk.edits.undo(home.request())
        assert await row(home) == ROW


async def test_a_topic_goes_up_to_the_first_place_below_what_stands_before_all_topics(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("- before")
        await filled(home)
        await tap(home, "Two", "up")
        assert (await row(home))[1:4] == ["before", "Two", "D"]


async def test_what_cannot_go_further_is_off(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        for label, control in (("A", "up"), ("D", "down"), ("One", "up"), ("Two", "down")):
            found = (await card(home, label)).control(control)
            assert found is not None
            assert not found.enabled
        assert (await card(home, "(sub)")).targets == ()
        assert (await card(home, "B")).control("rename") is None


async def test_a_link_moves_to_any_topic_and_a_topic_behind_any_other(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        link = await card(home, "A")
        assert [label for label, _ in link.targets] == ["1a (sub)", "2 Two"]
        control = link.move_to(link.targets[1][1])
        await run(home.desk, TABLE[control.command], home.request(), control.values)
        assert await row(home) == ["One", "B", "(sub)", "C", "Two", "D", "A"]
        topic = await card(home, "Two")
        assert [label for label, _ in topic.targets] == ["To the top"]
        control = topic.move_to("first")
        await run(home.desk, TABLE[control.command], home.request(), control.values)
        assert (await row(home))[0] == "Two"


async def test_a_card_of_what_is_gone_is_none_and_a_page_too_far_the_last(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        assert await home.desk.panels.card(home.request(), "no such thing") is None
        assert (await home.desk.panels.panel("notes", page=99)).page == 0
        assert (await home.desk.panels.panel("notes", page=-1)).page == 0


async def test_the_part_before_the_first_topic_cannot_be_picked(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("[A](https://example.org/a)")
        first, link = (await home.desk.panels.panel("notes")).entries
        assert first.id is None
        assert link.id is not None


async def test_the_card_of_a_message_is_that_of_the_first_thing_it_gave(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        for text in ("# One", "- before"):
            await home.say(text)
        message = await home.say("- first\n- second")
        talk = await home.say("just talk")
        last = await home.say("- last")
        for one, title in ((message, "1.2 first"), (last, "1.4 last")):
            found = await home.desk.panels.card_of(home.request(), one)
            assert found is not None
            assert found.title == title
        assert await home.desk.panels.card_of(home.request(), talk) is None
