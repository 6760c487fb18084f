"""What happens to one message of several changes its own lines of the file, and no other's."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.core.grammar.message import LEAVE_OUT, OFF_RECORD
from bot.services.ports import Person
from tests.services.desk.house import MONDAY, SECOND, House, house, stored
from tests.services.drafting.test_file_edits import edit, text

TREES = ("ash", "birch", "cedar", "elm", "fir")
MANY = len(TREES)


def said(number: int) -> str:
    return f"[Link {number}](https://example.org/{number})\n- of {TREES[number]}"


def shown(number: int) -> list[str]:
    return [f"- [Link {number}](https://example.org/{number})", f"  - of {TREES[number]}"]


ALL = [line for number in range(MANY) for line in shown(number)]


def lines(home: House) -> list[str]:
    """The file's lines below its front matter."""
    return text(home).partition("---\n\n")[2].splitlines()


async def drafted(home: House) -> list[str]:
    """Messages of a link and a note each, in a draft; their ids come in no order."""
    messages = [await home.say(said(number)) for number in range(MANY)]
    assert sorted(messages) != messages
    await home.draft()
    assert lines(home) == ALL
    return messages


def without(number: int) -> list[str]:
    return [line for line in ALL if line not in shown(number)]


async def locked(home: House, message: str) -> None:
    await home.mark(message, OFF_RECORD)


async def left_out(home: House, message: str) -> None:
    await home.mark(message, LEAVE_OUT)


async def deleted(home: House, message: str) -> None:
    at = MONDAY + 500 * SECOND
    await home.desk.capture.gone(message, channel="notes", person=Person("buka", "Buka"), at=at)


@pytest.mark.parametrize("number", range(MANY))
@pytest.mark.parametrize("deed", [locked, left_out, deleted])
async def test_what_goes_is_its_own(
    tmp_path: Path, deed: Callable[[House, str], Awaitable[None]], number: int
) -> None:
    async with house(tmp_path) as home:
        messages = await drafted(home)
        await deed(home, messages[number])
        await home.draft()
        assert lines(home) == without(number)
        there = [f"https://example.org/{one}" in stored(tmp_path) for one in range(MANY)]
        assert there == [one != number or deed is not locked for one in range(MANY)]
        await home.draft()
        assert lines(home) == without(number)


@pytest.mark.parametrize("number", range(MANY))
async def test_what_is_edited_is_its_own_and_what_people_wrote_stays(
    tmp_path: Path, number: int
) -> None:
    async with house(tmp_path) as home:
        messages = await drafted(home)
        other = (number + 2) % MANY
        edit(home, f"[Link {other}]", "[By hand]")
        await home.edit(messages[number], said(number).replace("of", "said anew of"))
        await home.draft()
        expected = [
            line.replace(f"[Link {other}]", "[By hand]").replace(
                f"- of {TREES[number]}", f"- said anew of {TREES[number]}"
            )
            for line in ALL
        ]
        assert lines(home) == expected
        assert (await home.draft()).choices == ()


@pytest.mark.parametrize("number", range(MANY))
async def test_what_people_took_out_stays_out_and_comes_back_by_itself_alone(
    tmp_path: Path, number: int
) -> None:
    async with house(tmp_path) as home:
        await drafted(home)
        edit(home, "".join(f"{line}\n" for line in shown(number)), "")
        await home.draft()
        assert lines(home) == without(number)
        await home.desk.edits.link_restore(home.request(), link=f"Link {number}")
        await home.draft()
        assert lines(home) == ALL


@pytest.mark.parametrize("number", range(MANY))
async def test_what_people_reworded_goes_with_its_message_off_the_record(
    tmp_path: Path, number: int
) -> None:
    async with house(tmp_path) as home:
        messages = await drafted(home)
        edit(home, f"- of {TREES[number]}", f"- by hand of {TREES[number]}")
        edit(home, f"[Link {(number + 1) % MANY}]", "[By hand]")
        await home.mark(messages[number], OFF_RECORD)
        await home.draft()
        assert lines(home) == [
            line.replace(f"[Link {(number + 1) % MANY}]", "[By hand]") for line in without(number)
        ]
