"""🔒 takes a heading that people made of a message's words, and leaves what stands below it."""

from pathlib import Path

import pytest

from bot.core.grammar.message import OFF_RECORD
from tests.services.desk.house import House, house, stored
from tests.services.drafting.test_erasure_alone import edit, text

SECRET = "https://example.org/unpublished"
SECOND = "### Bob leaves us"
SAID = [
    ("- Bob leaves us", "- Bob leaves us\n", "Bob leaves us"),
    (f"[Bob leaves us]({SECRET})", f"- [Bob leaves us]({SECRET})\n", f"[Bob leaves us]({SECRET})"),
    (f"[Bob leaves us]({SECRET})", f"- [Bob leaves us]({SECRET})\n", "Bob leaves us"),
    (f"Bob leaves us: {SECRET}", f"- Bob leaves us: <{SECRET}>\n", f"Bob leaves us: {SECRET}"),
]


async def _a_heading_of_theirs(home: House, said: str, line: str, made: str) -> str:
    await home.say("# A\nhttps://example.org/a", by="oka")
    message = await home.say(said)
    await home.say("https://example.org/b", by="oka")
    await home.say("# C\nhttps://example.org/c", by="oka")
    await home.draft()
    edit(home, line, f"\n{made}\n\nMy words.\n\n")
    await home.draft()
    return message


async def _is_the_outline(home: House) -> bool:
    preview = (await home.desk.drafts.preview(home.request())).text
    return preview.partition("\n---\n\n")[2] + "\n" == text(home)


@pytest.mark.parametrize(("said", "line", "words"), SAID)
@pytest.mark.parametrize("made", ["### {}", "#### {}", "### {} at last", "### 12:30 {}"])
async def test_a_heading_of_its_words_goes_and_what_is_below_falls_to_the_topic_before(
    tmp_path: Path, said: str, line: str, words: str, made: str
) -> None:
    async with house(tmp_path) as home:
        message = await _a_heading_of_theirs(home, said, line, made.format(words))
        assert "Bob leaves us" in text(home)
        await home.mark(message, OFF_RECORD)
        assert "Bob" not in stored(tmp_path)
        answer = (await home.draft()).text
        assert "topic" not in answer.partition("Kept edits")[2]
        assert text(home) == (
            "### A\n\n- <https://example.org/a>\n\nMy words.\n\n- <https://example.org/b>\n\n"
            "### C\n\n- <https://example.org/c>\n"
        )
        assert await _is_the_outline(home)
        assert "Bob" not in stored(tmp_path)


@pytest.mark.parametrize("lifted", [False, True])
async def test_a_topic_that_people_renamed_so_has_its_own_name_again(
    tmp_path: Path, *, lifted: bool
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a", by="oka")
        message = await home.say("- Bob leaves us")
        await home.draft()
        edit(home, "- Bob leaves us\n", "")
        edit(home, "### A\n", "### Bob leaves us soon\n")
        await home.draft()
        await home.mark(message, OFF_RECORD)
        if lifted:
            await home.mark(message, OFF_RECORD, on=False)
        else:
            assert "Bob" not in stored(tmp_path)
        await home.draft()
        assert text(home).startswith("### A\n\n- <https://example.org/a>\n")
        assert await _is_the_outline(home)


@pytest.mark.parametrize(("said", "line", "words"), SAID)
@pytest.mark.parametrize("made", ["### {}", "### So {}, says my aunt"])
@pytest.mark.parametrize("by_chat", [False, True])
async def test_a_topic_that_got_another_name_since_stays_with_that(
    tmp_path: Path, said: str, line: str, words: str, made: str, *, by_chat: bool
) -> None:
    async with house(tmp_path) as home:
        heading = made.format(words)
        message = await _a_heading_of_theirs(home, said, line, heading)
        if by_chat:
            name = heading.removeprefix("### ")
            await home.desk.edits.topic_rename(home.request(), topic=name, name="Other")
        else:
            edit(home, heading, "### Other")
        await home.draft()
        before = text(home)
        assert "### Other\n\nMy words.\n\n- <https://example.org/b>\n" in before
        await home.mark(message, OFF_RECORD)
        assert "Bob" not in stored(tmp_path)
        await home.draft()
        assert text(home) == before
        assert await _is_the_outline(home)


async def test_a_topic_of_the_chat_that_people_renamed_twice_stays_with_the_second_name(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a", by="oka")
        message = await home.say("- Bob leaves us")
        await home.draft()
        edit(home, "- Bob leaves us\n", "")
        edit(home, "### A\n", "### Bob leaves us soon\n")
        await home.draft()
        edit(home, "### Bob leaves us soon\n", "### Other\n")
        await home.draft()
        before = text(home)
        await home.mark(message, OFF_RECORD)
        assert "Bob" not in stored(tmp_path)
        await home.draft()
        assert text(home) == before == "### Other\n\n- <https://example.org/a>\n"
        assert await _is_the_outline(home)


async def test_a_name_that_shares_less_than_half_of_its_words_is_people_s_own(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a", by="oka")
        message = await home.say("- Bob leaves us, and nobody knows why")
        await home.draft()
        edit(home, "- Bob leaves us, and nobody knows why\n", "")
        edit(home, "### A\n", "### Nobody\n")
        await home.draft()
        edit(home, "### Nobody\n", "### Other\n")
        await home.draft()
        await home.mark(message, OFF_RECORD)
        assert "Bob" not in stored(tmp_path)
        assert "Nobody" in stored(tmp_path)
        await home.draft()
        assert text(home) == "### Other\n\n- <https://example.org/a>\n"


async def test_a_topic_that_hosts_renamed_with_its_words_goes(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await _a_heading_of_theirs(home, "- Bob leaves us", "- Bob leaves us\n", SECOND)
        now = "Bob leaves us soon"
        await home.desk.edits.topic_rename(home.request(), topic="Bob leaves us", name=now)
        await home.draft()
        await home.mark(message, OFF_RECORD)
        assert "Bob" not in stored(tmp_path)
        await home.draft()
        assert "### A\n\n- <https://example.org/a>\n\nMy words.\n" in text(home)
        assert await _is_the_outline(home)


async def test_nothing_is_left_of_a_heading_that_people_took_out_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await _a_heading_of_theirs(home, "- Bob leaves us", "- Bob leaves us\n", SECOND)
        edit(home, f"{SECOND}\n\n", "")
        await home.draft()
        before = text(home)
        await home.mark(message, OFF_RECORD)
        assert "Bob" not in stored(tmp_path)
        await home.draft()
        assert text(home) == before


async def test_a_topic_of_theirs_that_is_called_the_same_stays_where_another_said_so_too(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        message = await _a_heading_of_theirs(home, "- Bob leaves us", "- Bob leaves us\n", SECOND)
        await home.say("- Bob leaves us", by="oka")
        await home.draft()
        before = text(home)
        await home.mark(message, OFF_RECORD)
        await home.draft()
        assert text(home) == before
        assert await _is_the_outline(home)


@pytest.mark.parametrize("made", ["### {}", "#### {}"])
async def test_another_host_s_link_stands_for_itself_where_the_heading_goes_that_had_it(
    tmp_path: Path, made: str
) -> None:
    async with house(tmp_path) as home:
        said = f"[Bob leaves us]({SECRET})"
        message = await _a_heading_of_theirs(home, said, f"- {said}\n", made.format(said))
        await home.say(f"see also {SECRET}", by="oka")
        await home.draft()
        await home.mark(message, OFF_RECORD)
        assert "Bob" not in stored(tmp_path)
        await home.draft()
        assert text(home).count(f"- see also <{SECRET}>") == 1
        assert text(home).count("My words.\n") == 1
        assert await _is_the_outline(home)


async def test_lifted_again_the_words_are_back(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await _a_heading_of_theirs(home, "- Bob leaves us", "- Bob leaves us\n", SECOND)
        await home.mark(message, OFF_RECORD)
        await home.draft()
        await home.mark(message, OFF_RECORD, on=False)
        await home.draft()
        assert text(home).count("Bob leaves us\n") == 1
        assert text(home).count("My words.\n") == 1
        assert await _is_the_outline(home)


async def test_a_topic_whose_own_heading_people_made_a_bullet_goes_with_the_one_in_its_place(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("# A\nhttps://example.org/a\n\n# B", by="oka")
        message = await home.say("- Bob leaves us")
        await home.say("https://example.org/b", by="oka")
        await home.draft()
        edit(home, "### B\n\n- Bob leaves us\n", f"- B\n\n{SECOND}\n\n")
        await home.draft()
        await home.mark(message, OFF_RECORD)
        assert "Bob" not in stored(tmp_path)
        await home.draft()
        left = "### A\n\n- <https://example.org/a>\n- B\n- <https://example.org/b>\n"
        assert [one for one in text(home).split("\n") if one] == left.replace("\n\n", "\n").split(
            "\n"
        )[:-1]
        assert await _is_the_outline(home)


async def test_nothing_is_left_of_a_bullet_that_people_made_of_its_heading_and_hosts_took_out(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        message = await home.say("# Bob leaves us\nhttps://example.org/own")
        await home.say("# A\nhttps://example.org/a", by="oka")
        await home.draft()
        edit(home, "### Bob leaves us\n", "- Bob leaves us\n")
        await home.draft()
        await home.desk.edits.link_remove(home.request(), link="Bob leaves us")
        await home.draft()
        assert "Bob" not in text(home)
        await home.mark(message, OFF_RECORD)
        assert "Bob" not in stored(tmp_path)
