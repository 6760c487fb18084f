"""What is shown of an episode: its outline, its fields, who did what, and what completes a word."""

import re
from pathlib import Path

import pytest

from bot.errors import CommandError
from bot.services.desk import view_commands
from bot.services.desk.view_commands import LAST, MOST_CHOICES
from bot.texts import say
from tests.services.desk.house import House, house

_TIME = re.compile(r"^(\d+\. )\d\d-\d\d \d\d:\d\d ")
PAPER, TALK = "https://example.org/paper", "https://example.org/talk"


async def history(home: House, by: str = "oka", before: str | None = None) -> list[str]:
    """Return the history's lines without their times."""
    answer = await home.desk.views.history(home.request(by=by), before=before)
    return [_TIME.sub(r"\1", line) for line in answer.text.split("\n")]


async def outline(home: House, language: str = "en") -> list[str]:
    answer = await home.desk.views.outline(home.request(language=language))
    assert not answer.private
    return answer.text.split("\n")[1:]


# --- the outline ---------------------------------------------------------------------------------


async def test_the_outline_shows_all_with_numbers_and_what_is_missing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        assert await outline(home) == [say("desk.outline-empty", "en")]
        for text in ("- before", "# One", PAPER, "#### (sub)", f"[T]({TALK})", "# Two"):
            await home.say(text)
        assert await outline(home) == [
            "0. (before the first topic)",
            "   0.1 before",
            "1. One",
            f"   1.1 {PAPER} (no title)",
            "  1a. (sub)",
            "     1a.1 T",
            "2. Two (empty)",
        ]
        assert (await outline(home, "ja"))[3].endswith("）")


async def test_an_outline_of_topics_alone_is_not_empty(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.desk.edits.topic_add(home.request(), name="One")
        assert await outline(home) == ["1. One (empty)"]
        await home.say("- x")
        await home.desk.edits.topic_remove(home.request(), topic="1")
        assert say("desk.outline-empty", "en") not in await outline(home)
        await home.desk.later.later(home.request(), what="x")
        assert (await outline(home))[-1] == say("later.outline", "en", count=1)


async def test_the_fields_are_shown_by_their_names(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("- x")
        await home.desk.edits.episode_set(home.request(), field="tags", value="a, b")
        await home.desk.edits.episode_set(home.request(), field="starring", value="Oka")
        shown = (await home.desk.views.episode_show(home.request())).text.split("\n")
        assert shown[1:] == ["date: 2023-11-14", "number: 1", "tags: a, b", "starring: Oka"]


async def test_of_several_open_episodes_the_list_says_which_is_that_of_the_channel(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("- x")

        async def listed(channel: str = "notes") -> list[str]:
            answer = await home.desk.views.episode_list(home.request(channel=channel))
            return [line.rpartition(" · ")[2] for line in answer.text.split("\n")]

        opened, here, closed = (
            say(f"desk.state-{one}", "en") for one in ("open", "open-here", "closed")
        )
        assert await listed() == [opened]
        await home.desk.edits.episode_close(home.request())
        await home.say("- y")
        assert await listed() == [opened, closed]
        await home.desk.edits.episode_start(home.request(channel="other"), number="9")
        await home.say("- z", channel="other")
        assert await listed() == [opened, here, closed]
        assert await listed("other") == [here, opened, closed]


async def test_before_anything_was_said_there_is_nothing_to_list(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("just talk")
        listed = await home.desk.views.episode_list(home.request())
        assert listed.text == say("desk.outline-empty", "en")


# --- who did what --------------------------------------------------------------------------------


async def test_the_history_says_who_did_what_and_what_is_new_to_whoever_asks(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        assert await history(home) == [say("history.empty", "en")]
        await home.say("# One\n- x")
        await home.desk.edits.topic_rename(home.request(by="buka"), topic="1", name="Two")
        assert await history(home, "mika") == ["1. Buka: renamed a topic to “Two”"]
        new, mark = say("history.new", "en"), say("history.mark", "en")
        assert await history(home) == [new, "1.1 x", "", f"1. Buka: renamed a topic to “Two”{mark}"]
        nothing = say("history.nothing-new", "en")
        assert await history(home) == [nothing, "1. Buka: renamed a topic to “Two”"]
        await home.say("- y")
        await home.desk.edits.undo(home.request(by="buka"))
        undone = say("history.undone", "en", deed="renamed a topic to “Two”")
        assert await history(home) == [new, "1.2 y", "", f"1. Buka: {undone}"]


async def test_of_much_that_was_done_the_last_is_shown_and_the_rest_when_asked_for(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("# T0")
        for number in range(1, LAST + 3):
            await home.desk.edits.topic_rename(home.request(), topic="1", name=f"T{number}")
        shown = await history(home)
        assert shown[0] == say("history.more", "en", before=3)
        assert [one.partition(".")[0] for one in shown[1:]] == [
            str(number) for number in range(3, LAST + 3)
        ]
        assert [one[:2] for one in await history(home, before="3")] == ["1.", "2."]
        assert [one[:2] for one in await history(home, before=" ３. ")] == ["1.", "2."]
        full = await history(home, before=str(LAST + 1))
        assert (len(full), full[0][:2]) == (LAST, "1.")
        for wrong in ("0", "-1", "x", "1.5", ""):
            with pytest.raises(CommandError, match="No change"):
                await history(home, before=wrong)


async def test_looking_at_what_was_before_does_not_count_as_having_looked(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# T\n- x")
        await history(home)
        await home.say("- y")
        for _ in range(2):
            await home.desk.edits.topic_rename(home.request(), topic="1", name="U")
        assert say("history.new", "en") not in await history(home, before="2")
        assert "1.2 y" in await history(home)


async def test_of_much_that_is_new_the_newest_is_named(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# T")
        await history(home)
        for number in range(LAST + 2):
            await home.say(f"- line {number}")
        shown = await history(home)
        assert [one for one in shown if "line" in one] == [
            f"1.{number + 1} line {number}" for number in range(2, LAST + 2)
        ]


# --- completion ----------------------------------------------------------------------------------


async def completed(home: House, kind: view_commands.Kind, typed: str = "") -> list[str]:
    found = await home.desk.views.choices(kind, typed, request=home.request())
    return [label for label, _ in found]


async def test_what_is_typed_is_completed_by_what_its_command_takes(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# One\n- bread")
        await home.say("# Two\n- cheese")
        assert await completed(home, "topic") == ["1 One", "2 Two"]
        assert await completed(home, "link") == ["1.1 bread", "2.1 cheese"]
        assert await completed(home, "thing") == ["1 One", "2 Two", "1.1 bread", "2.1 cheese"]
        assert await completed(home, "topic", "tw") == ["2 Two"]
        assert await completed(home, "topic", "bread") == []
        assert await completed(home, "thing", "  ") == await completed(home, "thing")
        assert await completed(home, "removed") == []
        await home.desk.edits.link_remove(home.request(), link="bread")
        assert await completed(home, "removed") == ["1 bread"]
        assert await completed(home, "link") == ["2.1 cheese"]


async def test_no_more_is_offered_than_a_platform_takes(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        for number in range(MOST_CHOICES + 3):
            await home.say(f"- line {number}")
        offered = await completed(home, "link")
        assert (len(offered), offered[0]) == (MOST_CHOICES, "0.1 line 0")
        for number in range(MOST_CHOICES + 3):
            await home.desk.edits.link_remove(home.request(), link=f"line {number}")
        offered = await completed(home, "mine")
        assert (len(offered), offered[0]) == (
            MOST_CHOICES,
            f"{MOST_CHOICES + 3}. removed “line 27”",
        )
        await home.desk.edits.undo(home.request())
        assert await completed(home, "undone") == [f"{MOST_CHOICES + 3}. removed “line 27”"]
        assert (await completed(home, "mine"))[0] == f"{MOST_CHOICES + 2}. removed “line 26”"


async def test_a_field_is_completed_by_either_of_its_names(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        found = await home.desk.views.choices("field", "su", request=home.request())
        assert [value for _, value in found] == ["summary"]
        every = await home.desk.views.choices("field", "", request=home.request())
        assert [value for _, value in every][:3] == ["number", "title", "date"]
        japanese = await home.desk.views.choices(
            "field", "TIT", request=home.request(language="ja")
        )
        assert [value for _, value in japanese] == ["title"]
        label = japanese[0][0]
        by_label = await home.desk.views.choices(
            "field", label[:2], request=home.request(language="ja")
        )
        assert by_label == [(label, "title")]
