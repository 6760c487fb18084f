"""What two hosts do at the same moment: each is told what came of it, as if one had been later."""

import asyncio
from pathlib import Path

import pytest

from bot.errors import CommandError
from bot.services.request import Answer
from bot.texts import say
from tests.services.desk.house import House, house
from tests.services.desk.test_draft_report import edit

LINK = "https://example.org/a"
WORDS = {
    "chat": ("the chat's version", "チャット側"),
    "file": ("the file's version", "ファイル側"),
}


async def together(home: House, *named: str, by: tuple[str, ...] = ("oka", "mika")) -> list[str]:
    """Give commands at once, by the name of their method; return what each is told."""
    commands = [getattr(home.desk.edits, name) for name in named]
    asked = [one(home.request(by=who)) for one, who in zip(commands, by, strict=True)]
    return told(await asyncio.gather(*asked, return_exceptions=True))


def told(answers: list[Answer | BaseException]) -> list[str]:
    unforeseen = [one for one in answers if not isinstance(one, Answer | CommandError)]
    assert not unforeseen
    return [one.text if isinstance(one, Answer) else str(one) for one in answers]


async def asked(home: House) -> str:
    """A link that chat and file call otherwise, and hosts are asked about; what the button says."""
    await home.say(f"[Mine]({LINK})")
    await home.draft()
    edit(home, "[Mine]", "[Theirs]")
    await home.desk.edits.link_retitle(home.request(), link="0.1", title="Ours")
    answer = await home.draft()
    assert "Theirs" in answer.text
    (key,) = {one.values["conflict"] for one in answer.choices}
    return key


@pytest.mark.parametrize("sides", [("chat", "file"), ("file", "chat"), ("file", "file")])
async def test_of_two_answers_to_one_question_the_second_reads_who_answered(
    tmp_path: Path, sides: tuple[str, str]
) -> None:
    async with house(tmp_path) as home:
        await asked(home)
        first, second = told(
            await asyncio.gather(
                *(
                    home.desk.drafts.choose(home.request(by=by), conflict="1", side=side)
                    for by, side in zip(("oka", "mika"), sides, strict=True)
                ),
                return_exceptions=True,
            )
        )
        of_chat = "the next draft uses the chat's version"
        assert (of_chat in first) is (sides[0] == "chat")
        assert "already" in second
        assert "Oka" in second
        await home.draft()
        body = (home.site / "_drafts/ep1.md").read_text("utf-8")
        assert ("[Ours]" in body) is (sides[0] == "chat")


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("side", ["chat", "file"])
async def test_a_button_of_an_answered_question_says_so_until_the_answer_is_taken_back(
    tmp_path: Path, language: str, side: str
) -> None:
    async with house(tmp_path) as home:
        key = await asked(home)
        await home.desk.drafts.choose(home.request(by="mika"), conflict=key, side=side)
        for named in (key, "1", "Theirs"):
            with pytest.raises(CommandError) as refused:
                request = home.request(language=language)
                await home.desk.drafts.choose(request, conflict=named, side="chat")
            said = say(refused.value.name, language, **refused.value.values)
            assert "Mika" in said
            assert "conflict:" not in said
            words = {
                "chat": ("the chat's version", "チャット側"),
                "file": ("the file's version", "ファイル側"),
            }
            assert words[side][language == "ja"] in said
        await home.desk.edits.undo(home.request(by="mika"))
        await home.desk.drafts.choose(home.request(), conflict=key, side="chat")


async def test_a_button_of_an_episode_that_is_over_names_no_key_and_a_wrong_number_is_named(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        key = await asked(home)
        with pytest.raises(CommandError, match="no open conflict “7”"):
            await home.desk.drafts.choose(home.request(), conflict="7", side="chat")
        await home.desk.edits.episode_close(home.request())
        with pytest.raises(CommandError, match="not open any more"):
            await home.desk.drafts.choose(home.request(), conflict=key, side="chat")


async def test_of_two_who_undo_and_redo_at_once_each_is_told_what_came_of_it(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say(LINK)
        for note in ("one", "two", "three"):
            await home.desk.edits.link_note(home.request(), link="0.1", text=note)
        same = ("oka", "oka")
        undone = await together(home, "undo", "undo", by=same)
        assert ["three" in undone[0], "two" in undone[1]] == [True, True]
        assert await home.body() == f"- <{LINK}>  \n  one"
        redone = await together(home, "redo", "redo", "redo", by=("oka",) * 3)
        assert ["two" in redone[0], "three" in redone[1]] == [True, True]
        assert redone[2] == say("desk.nothing-to-redo")


async def test_an_episode_that_two_close_is_closed_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(LINK)
        first, second = await together(home, "episode_close", "episode_close")
        assert first.startswith("Episode 1 is closed")
        assert second == say("desk.nothing-open")
