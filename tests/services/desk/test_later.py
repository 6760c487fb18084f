"""What waits for the next episode: put off, taken in, followed, and never lost or doubled."""

from pathlib import Path

import pytest

from bot.core.grammar.message import OFF_RECORD
from bot.errors import CommandError
from tests.services.desk.house import House, house

PAPER, TALK, NEXT, SECRET = (
    f"https://example.org/{one}" for one in ("paper", "talk", "next", "unpublished")
)


async def later(home: House, what: str | None = None) -> str:
    return (await home.desk.later.later(home.request(), what=what)).text


async def close(home: House) -> None:
    await home.desk.edits.episode_close(home.request())


def stored(folder: Path, words: str) -> bool:
    """Return whether the database's files hold some words."""
    return any(words.encode() in one.read_bytes() for one in folder.iterdir() if one.is_file())


async def test_a_link_waits_and_stands_at_the_head_of_the_next_episode(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(f"# A\n[The paper]({PAPER})\n- read it\n\n{TALK}", by="buka")
        assert "“The paper” waits for the next episode" in await later(home, "1.1")
        assert await home.body() == f"### A\n\n- <{TALK}>"
        assert await later(home) == ("Waiting for the next episode:\nFrom episode 1:\n- The paper")
        outline = await home.desk.views.outline(home.request())
        assert "Waiting for the next episode: 1." in outline.text
        await home.draft()
        await close(home)
        await home.say(f"# B\n{NEXT}", by="oka")
        assert await home.body() == f"- [The paper]({PAPER})\n  - read it\n\n### B\n\n- <{NEXT}>"
        assert "Nothing waits" in await later(home)
        (item, _) = (await home.desk.views.episode("notes")).items()
        assert (item.message, item.by) == (message, "buka")


async def test_a_topic_waits_with_its_links(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}\n\n# B\n{TALK}\n#### S\n{NEXT}")
        assert "The topic “B” waits" in await later(home, "2")
        assert "Topic “B” (2)" in await later(home)
        await close(home)
        await home.say("https://example.org/first")
        assert await home.body() == (
            f"- <https://example.org/first>\n\n### B\n\n- <{TALK}>\n\n#### S\n\n- <{NEXT}>"
        )


async def test_it_can_be_undone_and_done_again_before_and_after_the_next_began(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await later(home, "1.1")
        answer = await home.desk.edits.undo(home.request())
        assert f"put “{PAPER}” off" in answer.text
        assert await home.body() == f"### A\n\n- <{PAPER}>"
        await home.desk.edits.redo(home.request())
        await close(home)
        await home.say(NEXT)
        assert PAPER in await home.body()
        await close(home)
        await home.desk.edits.episode_start(home.request(), number="1")
        assert await home.body() == "### A"  # it is in the second: nothing is doubled
        await home.desk.edits.undo(home.request())
        assert await home.body() == f"### A\n\n- <{PAPER}>"
        await close(home)
        await home.desk.edits.episode_start(home.request(), number="2")
        assert await home.body() == f"- <{NEXT}>"


async def test_what_is_done_to_it_there_stands_above_an_edit_of_its_message(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(PAPER)
        await later(home, "0.1")
        await close(home)
        await home.say(NEXT)
        await home.desk.edits.link_retitle(home.request(), link="0.1", title="Mine")
        await home.edit(message, f"[Theirs]({PAPER})\n- new note")
        assert await home.body() == f"- [Mine]({PAPER})\n  - new note\n- <{NEXT}>"
        await home.desk.capture.gone(
            message, channel="notes", person=home.request().person, at=10**18
        )
        assert await home.body() == f"- <{NEXT}>"


async def test_it_can_be_put_off_again_and_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(PAPER)
        for number in range(3):
            await later(home, "paper")
            await close(home)
            await home.say(f"https://example.org/{number}")
        await home.edit(message, f"[Edited]({PAPER})")
        assert await home.body() == f"- [Edited]({PAPER})\n- <https://example.org/2>"


async def test_it_comes_back_although_the_app_stopped_between_two_steps(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(PAPER)
        await later(home, "0.1")
        await close(home)
        home.desk._show.log.followers.clear()  # it ends here, before anything follows
        await home.say(NEXT)
    async with house(tmp_path, begin=100) as home:
        assert await home.body() == f"- <{PAPER}>\n- <{NEXT}>"
    async with house(tmp_path, begin=200) as home:
        assert await home.body() == f"- <{PAPER}>\n- <{NEXT}>"


async def test_what_goes_off_the_record_is_erased_in_the_next_episode_too(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(f"[A hushed name]({SECRET})\n- comes in March")
        await home.draft()
        await later(home, "0.1")
        await home.draft()
        await close(home)
        await home.say("https://example.org/open")
        await home.draft()
        await home.edit(message, f"[A hushed name]({SECRET})\n- comes in April")
        assert "April" in await home.body()
        await home.mark(message, OFF_RECORD)
        assert await home.body() == "- <https://example.org/open>"
        assert stored(tmp_path, "example.org/open")
        assert not any(stored(tmp_path, word) for word in (SECRET, "hushed", "March", "April"))
        await home.draft()
        text = (home.site / "_drafts/ep2.md").read_text("utf-8")
        assert "unpublished" not in text and "March" not in text


async def test_a_note_that_goes_off_the_record_leaves_the_next_episode(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say(PAPER)
        note = await home.say("comes in March", reply_to=message, marks="📝")
        await later(home, "0.1")
        await close(home)
        await home.say("https://example.org/open")
        await home.draft()
        assert "March" in (home.site / "_drafts/ep2.md").read_text("utf-8")
        await home.mark(note, OFF_RECORD)
        assert not stored(tmp_path, "March")
        await home.draft()
        text = (home.site / "_drafts/ep2.md").read_text("utf-8")
        assert "March" not in text and PAPER in text


async def test_what_is_not_there_cannot_wait(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# Robots\n[Robots]({PAPER})")
        with pytest.raises(CommandError, match="No topic or link matches"):
            await later(home, "9.9")
        with pytest.raises(CommandError, match="Rob"):
            await later(home, "Rob")
        assert "Nothing waits" in await later(home)


async def test_a_channels_own_episode_hands_over_to_the_one_for_all(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(TALK)
        await home.desk.edits.episode_start(home.request(channel="live"))
        await home.say(PAPER, channel="live")
        await home.desk.later.later(home.request(channel="live"), what="0.1")
        await home.desk.edits.episode_close(home.request(channel="live"))
        assert await home.body() == f"- <{TALK}>"  # it was open before: it is not the next
        assert PAPER in (await home.desk.later.later(home.request(channel="live"))).text
        await close(home)
        await home.say(NEXT)
        assert await home.body() == f"- <{PAPER}>\n- <{NEXT}>"


async def test_a_person_who_edits_its_line_in_the_file_keeps_it_there(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}\n\n{TALK}")
        await home.draft()
        await later(home, "1.1")
        path = home.site / "_drafts/ep1.md"
        path.write_text(path.read_text("utf-8").replace(f"<{PAPER}>", f"[Kept]({PAPER})"), "utf-8")
        home.git("commit", "--quiet", "--all", "--message=edit")
        await home.draft()
        assert "[Kept]" in await home.body()
        assert "Nothing waits" in await later(home)


async def _put_off_and_edited(home: House, what: str, *, first: str = "later") -> str:
    """Put something off, have its line edited in the file before or after, and draft."""
    await home.say(f"# A\n{TALK}\n\n# B\n{PAPER}")
    await home.draft()
    if first == "later":
        await later(home, what)
    path = home.site / "_drafts/ep1.md"
    edited = f"[By hand]({PAPER})\n  - a note by hand"
    path.write_text(path.read_text("utf-8").replace(f"<{PAPER}>", edited), "utf-8")
    home.git("commit", "--quiet", "--all", "--message=edit")
    if first == "edit":
        await later(home, what)
    return (await home.draft()).text


@pytest.mark.parametrize("what", ["2.1", "B"])
@pytest.mark.parametrize("first", ["later", "edit"])
async def test_what_was_put_off_and_edited_in_the_file_is_asked_about_and_waits_with_its_words(
    tmp_path: Path, what: str, first: str
) -> None:
    async with house(tmp_path) as home:
        answer = await _put_off_and_edited(home, what, first=first)
        assert "chat: (put off until the next episode) – file: By hand" in answer
        assert "Nothing waits" in await later(home)  # as long as nobody chose
        chosen = await home.desk.drafts.choose(home.request(), conflict="1", side="chat")
        assert "“By hand” waits for the next episode" in chosen.text
        shown = await later(home)
        assert ("Topic “B” (1)" if what == "B" else "- By hand") in shown
        await home.draft()
        assert PAPER not in (home.site / "_drafts/ep1.md").read_text("utf-8")
        await close(home)
        await home.say(f"# N\n{NEXT}")
        heading = "### B\n\n" if what == "B" else ""
        assert await home.body() == (
            f"{heading}- [By hand]({PAPER})\n  - a note by hand\n\n### N\n\n- <{NEXT}>"
        )


@pytest.mark.parametrize("what", ["2.1", "B"])
async def test_where_the_file_is_chosen_it_stays_and_no_empty_topic_waits(
    tmp_path: Path, what: str
) -> None:
    async with house(tmp_path) as home:
        await _put_off_and_edited(home, what)
        await home.desk.drafts.choose(home.request(), conflict="1", side="file")
        assert "Nothing waits" in await later(home)
        await home.draft()
        assert "a note by hand" in (home.site / "_drafts/ep1.md").read_text("utf-8")
        await close(home)
        await home.say(NEXT)
        assert await home.body() == f"- <{NEXT}>"


@pytest.mark.parametrize("what", ["2.1", "B"])
async def test_taking_back_that_it_was_put_off_keeps_it_whatever_was_chosen(
    tmp_path: Path, what: str
) -> None:
    async with house(tmp_path) as home:
        await _put_off_and_edited(home, what)
        await home.desk.drafts.choose(home.request(), conflict="1", side="chat")
        await home.draft()
        await home.desk.edits.undo(home.request(), what="1")
        assert "Nothing waits" in await later(home)
        await home.draft()
        text = (home.site / "_drafts/ep1.md").read_text("utf-8")
        assert text.count(PAPER) == 1 and "a note by hand" in text


def body_of(home: House) -> str:
    text = (home.site / "_drafts/ep1.md").read_text("utf-8")
    return text.partition("\n---\n\n")[2]


TOPIC_A = f"### A\n\n- <{TALK}>\n"
TOPIC_B = f"\n### B\n\n- [By hand]({PAPER})\n  - a note by hand\n"


@pytest.mark.parametrize("first", ["later", "edit"])
async def test_a_put_off_topic_keeps_its_heading_in_the_file_until_somebody_chooses(
    tmp_path: Path, first: str
) -> None:
    async with house(tmp_path) as home:
        await _put_off_and_edited(home, "B", first=first)
        assert body_of(home) == TOPIC_A + TOPIC_B
        assert await home.body() == (TOPIC_A + TOPIC_B).rstrip("\n")
        await home.desk.drafts.choose(home.request(), conflict="1", side="chat")
        assert await home.body() == TOPIC_A.rstrip("\n")
        await home.draft()
        assert body_of(home) == TOPIC_A
        await home.desk.edits.undo(home.request(), what="1")  # the choice is none that it undoes
        await home.draft()
        assert body_of(home) == TOPIC_A + TOPIC_B


@pytest.mark.parametrize("chosen", ["", "file"])
async def test_undo_of_a_put_off_topic_leaves_no_empty_heading(tmp_path: Path, chosen: str) -> None:
    async with house(tmp_path) as home:
        await _put_off_and_edited(home, "B")
        if chosen:
            await home.desk.drafts.choose(home.request(), conflict="1", side=chosen)
        await home.desk.edits.undo(home.request(), what="1")
        assert await home.body() == (TOPIC_A + TOPIC_B).rstrip("\n")
        await home.draft()
        assert body_of(home) == TOPIC_A + TOPIC_B


@pytest.mark.parametrize("side", ["chat", "file"])
async def test_a_topic_removed_with_its_link_keeps_its_heading_until_somebody_chooses(
    tmp_path: Path, side: str
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{TALK}\n\n# B\n{PAPER}")
        await home.draft()
        await home.desk.edits.link_remove(home.request(), link="2.1")
        await home.desk.edits.topic_remove(home.request(), topic="B")
        path = home.site / "_drafts/ep1.md"
        edited = f"[By hand]({PAPER})\n  - a note by hand"
        path.write_text(path.read_text("utf-8").replace(f"<{PAPER}>", edited), "utf-8")
        home.git("commit", "--quiet", "--all", "--message=edit")
        await home.draft()
        assert body_of(home) == TOPIC_A + TOPIC_B
        await home.desk.drafts.choose(home.request(), conflict="1", side=side)
        await home.draft()
        assert body_of(home) == TOPIC_A + TOPIC_B * (side == "file")


async def test_a_page_that_has_what_was_put_off_says_so(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await _put_off_and_edited(home, "B")
        answer = await home.desk.publishing.publish(home.request(), what="anyway")
        assert "it is in the page and does not wait: By hand." in answer.text
        await home.say(NEXT)
        assert await home.body() == f"- <{NEXT}>"
