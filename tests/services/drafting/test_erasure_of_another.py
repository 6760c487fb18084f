"""🔒 takes no words that people, or another message, had for themselves, though they are alike."""

from pathlib import Path

import pytest

from bot.core.urls import fingerprint
from bot.services.ports import Person
from bot.texts import say
from tests.services.drafting.test_asked_within import OPEN, SECRET, Scene, scene

PLAN = f"[The plan of Kim]({SECRET})"
LATE = f"[The plan of Kim, late]({SECRET})"
NEXT = "posts/ep2.md"


async def lock_reworded(at: Scene) -> None:
    """Have people reword the message's line, and its author lock it."""
    at.people(f"- {PLAN}\n", f"- {LATE}\n")
    await at.draft()
    await at.mark(2, "🔒", by="ken")
    await at.draft()
    assert SECRET not in at.file


async def outline_is_the_file(at: Scene) -> None:
    assert (await at.desk.views.rendered("notes")).text == at.file


async def tells_of_words(at: Scene, which: int) -> bool:
    """Lock a message; return whether the answer says that people's own words go along."""
    message, request = at.messages[which], at.request()
    person = Person(message.by, message.by)
    told = await at.desk.capture.mark(
        message.id, "🔒", on=True, channel="notes", person=person, at=request.at
    )
    return say("erasure.own-words", "en") in (told.note or "")


async def say_it(at: Scene) -> None:
    await at.say(f"# Other\n{PLAN}", "ken")


@pytest.mark.parametrize("when", ["before it came", "before a draft had it", "after that"])
@pytest.mark.parametrize(
    "by_hand",
    [
        "- last\n- The plan of Kim\n",
        "- last\n  - The plan of Kim\n",
        "- last: the plan of Kim is great\n",
        "- last\n\n### The plan of Kim\n\n- by hand\n",
    ],
    ids=["bullet", "note", "reworded", "heading"],
)
async def test_what_people_wrote_stays_where_they_had_changed_nothing_of_the_message_yet(
    by_hand: str, when: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await at.say("- first", "ken")
        await at.say("- last", "buka")
        await at.draft()
        if when == "after that":
            await say_it(at)
            await at.draft()
        at.people("- last\n", by_hand)
        if when == "before it came":
            await at.draft()
        if when != "after that":
            await say_it(at)
        await at.draft()
        await lock_reworded(at)
        assert f"- first\n{by_hand}" in at.file
        await outline_is_the_file(at)


@pytest.mark.parametrize(
    "said", ["- Here the plan of Kim, by buka", "# Here the plan of Kim, by buka\n- more"]
)
async def test_what_another_message_says_in_such_words_stays_as_people_corrected_it(
    said: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await at.say("- first", "ken")
        await at.say(said, "buka")
        await at.say(f"# Other\n{PLAN}", "ken")
        await at.draft()
        at.people("by buka\n", "by Buka T.\n")
        await lock_reworded(at)
        assert " Here the plan of Kim, by Buka T.\n" in at.file
        await outline_is_the_file(at)


async def test_what_people_wrote_before_comes_back_though_it_was_out_at_the_lock(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as at:
        await at.say("- first", "ken")
        await at.say("- last", "buka")
        await at.draft()
        at.people("- last\n", "- slides\n- last\n")
        await at.draft()
        await at.say(f"{SECRET}\n- slides", "ken")
        await at.draft()
        await at.desk.edits.link_remove(at.request(), link="slides")
        await at.draft()
        await at.mark(2, "🔒", by="ken")
        await at.draft()
        assert "- first\n- last\n" in at.file
        await at.desk.edits.undo(at.request())
        await at.draft()
        assert "- first\n- slides\n- last\n" in at.file


@pytest.mark.parametrize("by_hand", [f"- [By hand]({OPEN})\n  - theirs\n", f"see {OPEN}\n"])
@pytest.mark.parametrize("before", ["- last\n", "(https://t.example/mail)\n"])
async def test_a_link_that_people_had_first_stays_as_they_have_it(
    before: str, by_hand: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await at.say("- first", "ken")
        await at.say("- last", "buka")
        await at.draft()
        at.people(before, f"{before}{by_hand}")
        await at.draft()
        await at.say(f"# Other\n[The harbour]({OPEN})\n\n{PLAN}", "ken")
        await at.draft()
        await lock_reworded(at)
        assert f"{before}{by_hand}" in at.file


NOTE = "see the plan of Kim"


async def noted(at: Scene) -> None:
    await at.desk.edits.link_note(at.request(), link=f"m1/{fingerprint(OPEN)}/0", text=f"- {NOTE}")


async def added(at: Scene) -> None:
    await at.desk.edits.topic_add(at.request(), name=NOTE)
    await at.say("- more", "utti")


async def renamed(at: Scene) -> None:
    await at.say("# Topic\n- more", "utti")
    await at.desk.edits.topic_rename(at.request(), topic="Topic", name=NOTE)


@pytest.mark.parametrize("command", [noted, added, renamed])
async def test_what_hosts_said_of_something_else_stays_as_people_corrected_it(
    command, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await at.say("- first", "ken")
        await at.say(OPEN, "buka")
        await at.say(PLAN, "ken")
        await command(at)
        await at.draft()
        at.people(NOTE, "See: the plan of Kim")
        await lock_reworded(at)
        assert at.file.count(" See: the plan of Kim\n") == 1
        await outline_is_the_file(at)


async def test_what_people_wrote_before_stays_as_they_reworded_it_beside_the_message_s_line(
    tmp_path: Path,
) -> None:
    """The two were taken for each other, since the one goes on in the other's words."""
    async with scene(tmp_path) as at:
        await at.say("- first", "ken")
        await at.say("- last", "buka")
        await at.draft()
        at.people("- last\n", "- last\n- The plan of Kim: bring cake\n")
        await at.draft()
        await at.say(PLAN, "ken")
        await at.draft()
        at.people("bring cake", "bring a cake")
        await lock_reworded(at)
        assert "- first\n- last\n- The plan of Kim: bring a cake\n\n" in at.file
        await outline_is_the_file(at)


@pytest.mark.parametrize("also", [": bring cake", ""])
@pytest.mark.parametrize("kind", ["- ", "\n### "])
async def test_what_people_added_to_words_of_the_message_goes_and_is_told(
    kind: str, also: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        for text in ("- first", "- last", PLAN):
            await at.say(text, "ken")
        await at.draft()
        at.people(PLAN, f"[Plan of Kim]({SECRET})")
        await at.draft()
        at.people("- last\n", f"- last\n{kind}The plan of Kim{also}\n")
        await at.draft()
        assert await tells_of_words(at, 2) is bool(also)
        await at.draft()
        assert "plan" not in at.file
        await outline_is_the_file(at)


async def test_so_it_is_with_what_they_made_of_its_heading_while_that_was_left_out(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as at:
        for text in ("- first", "# Plans\n- one", "- two"):
            await at.say(text, "ken")
        await at.draft()
        await at.mark(1, "🚫")
        at.people("### Plans\n", "### Plans: bring cake\n")
        await at.draft()
        assert await tells_of_words(at, 1)
        await at.draft()
        assert "- first\n- two\n" in at.file


async def put_off(at: Scene) -> None:
    """Have a link wait for the next episode, which begins with a line of its own."""
    await at.say("- first", "ken")
    await at.say(PLAN, "ken")
    await at.draft()
    link = f"m1/{fingerprint(SECRET)}/0"
    await at.desk.later.later(at.request(), what=link)
    await at.desk.edits.episode_close(at.request())
    await at.say("- next", "utti")
    await at.draft()


@pytest.mark.parametrize("changed", [False, True])
async def test_in_the_next_episode_only_what_people_wrote_since_they_changed_it_goes(
    changed: bool, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await put_off(at)
        before = at.site.files[NEXT]
        if changed:
            before = before.replace(PLAN, f"[Plan of Kim]({SECRET})")
            at.site.write({NEXT: before}, by="sam")
            await at.draft()
        own = before.replace("- next\n", "- next\n- The plan of Kim: bring cake\n")
        at.site.write({NEXT: own}, by="sam")
        await at.draft()
        assert await tells_of_words(at, 1) is changed
        await at.draft()
        assert SECRET not in at.site.files[NEXT]
        assert ("bring cake" in at.site.files[NEXT]) is not changed
