"""What was done to an episode, as its history tells it, by the names of what it was done to."""

from pathlib import Path

from bot.texts import say
from tests.services.desk.house import House, house
from tests.services.drafting.test_file_edits import edit

PAPER, TALK = "https://example.org/paper", "https://example.org/talk"


async def deeds(home: House, language: str = "en") -> list[str]:
    text = (await home.desk.views.history(home.request(by="aoi", language=language))).text
    return [line.partition(": ")[2] for line in text.split("\n") if line[:1].isdigit()]


def did(deed: str, /, **values: object) -> str:
    return say(f"history.did-{deed}", "en", **values)


async def test_each_command_is_told_in_its_words(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# One\n[Paper]({PAPER})\n[Talk]({TALK})")
        await home.say("# Two")
        do = home.desk.edits
        await do.episode_set(home.request(), field="title", value="T")
        await do.topic_add(home.request(), name="Three")
        await do.topic_rename(home.request(), topic="Two", name="Second")
        await do.topic_move(home.request(), topic="Second", before="One")
        await do.link_move(home.request(), link="Paper", after="Talk")
        await do.link_note(home.request(), link="Paper", text="n" * 60)
        await do.link_retitle(home.request(), link="Talk", title="Better")
        await do.link_remove(home.request(), link="Paper")
        await do.link_restore(home.request(), link="Paper")
        await do.topic_remove(home.request(), topic="Three")
        await home.desk.later.later(home.request(), what="Paper")
        assert await deeds(home) == [
            did("field", field="title", value="T"),
            did("topic-added", topic="Three"),
            did("topic-renamed", name="Second"),
            did("topic-moved-named", name="Second"),
            did("link-moved-named", name="Paper"),
            did("link-noted", text="n" * 39 + "…"),
            did("link-retitled", title="Better"),
            did("link-removed-named", name="Paper"),
            did("link-restored-named", name="Paper"),
            did("topic-removed-named", name="Three"),
            did("link-postponed-named", name="Paper"),
        ]


async def test_what_people_did_in_the_file_is_told_too(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# One\n[Paper]({PAPER})")
        await home.draft()
        edit(home, "### One", "### First")
        edit(home, "[Paper]", "[By hand]")
        edit(home, f"({PAPER})\n", f"({PAPER})\n- added\n\n### New\n\n- x\n")
        await home.draft()
        told = set(await deeds(home))
        assert told >= {
            did("file-topic-renamed", name="First"),
            did("file-link-written", text="By hand"),
            did("file-link-added", text="added"),
            did("file-topic-added", topic="New"),
        }


async def test_what_is_set_to_a_list_or_to_nothing_is_shown_as_that(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("- x")
        await home.desk.edits.episode_set(home.request(), field="tags", value="a, b")
        await home.desk.edits.episode_set(home.request(), field="tags", value="")
        assert await deeds(home) == [
            did("field", field="tags", value=["a", "b"]), did("field", field="tags", value="–"),
        ]  # fmt: skip
        assert (await deeds(home, "ja"))[0] != (await deeds(home))[0]
