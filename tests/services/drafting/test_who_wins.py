"""Between what people made of the file and what is said anew in the chat, hosts choose."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.services.ports import Person, Snapshot
from tests.services.desk.house import MONDAY, SECOND, House, house
from tests.services.drafting.test_file_edits import PAPER, TALK, edit, preview, text

EPISODE = "show#1"
NOTED = f"# A\n{PAPER}\nfirst words"


async def changed_in_the_file(home: House) -> str:
    """Say and draft NOTED, let people change its note in the file, and return the message."""
    message = await home.say(NOTED)
    await home.draft()
    edit(home, "first words", "words of the file")
    await home.draft()
    return message


async def reworded(home: House, message: str, words: str, *, second: int) -> None:
    """Edit a message, as the platform tells it: with the time of the edit."""
    was = home.chat.messages[message]
    now = replace(was, text=words, stamp=MONDAY + second * SECOND)
    home.chat.messages[message] = now
    await home.desk.capture.message(Snapshot(now, Person(now.by, now.by.title())))


@pytest.mark.parametrize("side", ["chat", "file"])
async def test_a_message_edited_where_people_had_changed_its_item_is_asked_about_once(
    tmp_path: Path, side: str
) -> None:
    async with house(tmp_path) as home:
        message = await changed_in_the_file(home)
        await reworded(home, message, NOTED.replace("first", "second"), second=900)
        answer = await home.draft()
        assert [one.values["side"] for one in answer.choices] == ["chat", "file"]
        assert "words of the file" in text(home)
        assert "second words" not in text(home)
        assert await preview(home) == text(home)
        await home.desk.drafts.choose(home.request(), **answer.choices[side == "file"].values)
        assert (await home.draft()).choices == ()
        assert ("second words" in text(home)) is (side == "chat")
        assert ("words of the file" in text(home)) is (side == "file")
        edit(home, "### A\n", "### A, by hand\n")
        assert (await home.draft()).choices == ()
        assert await preview(home) == text(home)


async def test_what_people_reworded_again_is_not_asked_about_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await changed_in_the_file(home)
        await reworded(home, message, NOTED.replace("first", "second"), second=900)
        answer = await home.draft()
        edit(home, "words of the file", "other words of it")
        assert (await home.draft()).choices == ()
        await home.desk.drafts.choose(home.request(), **answer.choices[0].values)
        await home.draft()
        assert "second words" in text(home)
        assert "other words of it" not in text(home)


async def test_an_edit_is_asked_about_though_people_reworded_the_same_again_meanwhile(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        message = await changed_in_the_file(home)
        await reworded(home, message, NOTED.replace("first", "second"), second=900)
        edit(home, "words of the file", "other words of it")
        answer = await home.draft()
        assert "second words" in answer.text
        assert "other words of it" in text(home)


async def test_an_edit_from_before_they_changed_it_does_not_undo_that(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await changed_in_the_file(home)
        # It comes late, as after a gap.
        await reworded(home, message, NOTED.replace("first", "second"), second=2)
        await home.draft()
        assert "words of the file" in text(home)
        assert "second words" not in text(home)
        assert await preview(home) == text(home)


async def test_a_mark_by_the_menu_outlives_a_second_reading_of_its_message(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        message = await home.say("only talk")
        await home.desk.capture.mark_by_menu(
            home.request(), message=message, emoji="📝", channel="notes"
        )
        assert await home.body() == "only talk"
        # The platform knows nothing of a menu's mark, so the snapshot shows none.
        seen = Snapshot(home.chat.messages[message], Person("buka", "Buka"))
        await home.desk.capture.read([seen], at=MONDAY + 900 * SECOND)
        assert await home.body() == "only talk"


async def test_a_draft_that_would_have_changed_nothing_is_not_found_in_the_file(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say(NOTED)
        await home.draft()
        [done] = await home.store.drafts(EPISODE)
        # Its answer was lost. That the file is as it would be says nothing: it was so before.
        lost = replace(done, id="f" * 20, seq=done.seq + 1, commit=None, before=done.blob)
        await home.store.put_draft(lost)
        await home.desk._publish.resume(EPISODE)
        assert [draft.id for draft in await home.store.drafts(EPISODE)] == [done.id]
        await home.say("https://example.org/late")
        await home.draft()
        assert "https://example.org/late" in text(home)


@pytest.mark.parametrize("end", ["🚫", "gone", "talk"])
@pytest.mark.parametrize("side", ["chat", "file"])
async def test_what_the_chat_gives_no_more_goes_or_stays_as_is_chosen(
    tmp_path: Path, end: str, side: str
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{TALK}")
        message = await home.say(f"# B\n{PAPER}")
        await home.draft()
        edit(home, f"<{PAPER}>", f"[By hand]({PAPER})\n  - a note by hand")
        if end == "gone":
            person, at = Person("buka", "Buka"), MONDAY + 900 * SECOND
            await home.desk.capture.gone(message, channel="notes", person=person, at=at)
        elif end == "talk":
            await home.edit(message, "only talk")
        else:
            await home.mark(message, end)
        await home.draft()
        kept = text(home)
        assert kept.endswith(f"### B\n\n- [By hand]({PAPER})\n  - a note by hand\n")
        await home.desk.drafts.choose(home.request(), conflict="1", side=side)
        await home.draft()
        alone = kept.partition("\n### B")[0]
        assert text(home) == (alone if side == "chat" else kept)
        assert await preview(home) == text(home)


@pytest.mark.parametrize("side", ["chat", "file"])
async def test_a_reworded_heading_that_the_chat_gives_no_more_goes_or_stays_as_is_chosen(
    tmp_path: Path, side: str
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{TALK}")
        message = await home.say("# B")
        await home.say(PAPER)
        await home.draft()
        edit(home, "### B\n", "### B, by hand\n")
        await home.mark(message, "🚫")
        await home.draft()
        kept = text(home)
        assert kept.endswith(f"- <{TALK}>\n\n### B, by hand\n\n- <{PAPER}>\n")
        await home.desk.drafts.choose(home.request(), conflict="1", side=side)
        await home.draft()
        heading = "\n### B, by hand\n\n"
        assert text(home) == (kept.replace(heading, "") if side == "chat" else kept)
        assert await preview(home) == text(home)


@pytest.mark.parametrize("mark", ["#", "####"])
@pytest.mark.parametrize(
    ("again", "merged"),
    [
        ("Trees", "Trees by hand"),
        ("Tall trees", "Tall trees by hand"),
        ("Birds", "Birds by hand"),
        ("Trees at home", "Trees by hand"),
    ],
)
async def test_what_a_message_calls_a_heading_again_goes_into_people_s_words_or_is_asked_about(
    tmp_path: Path, mark: str, again: str, merged: str
) -> None:
    """It was talk meanwhile, while people reworded it; they were asked about that."""
    async with house(tmp_path) as home:
        message = await home.say(f"{mark} Trees\n{TALK}")
        await home.draft()
        await home.edit(message, f"never mind\n{TALK}")
        edit(home, "Trees", "Trees by hand")
        assert "Trees by hand – chat: (removed)" in (await home.draft()).text
        await home.edit(message, f"{mark} {again}\n{TALK}")
        answer = await home.draft()
        assert text(home).count(f" {merged}\n") == text(home).count(" by hand\n") == 1
        is_asked = f"Trees by hand – chat: {again} – file: Trees by hand" in answer.text
        assert is_asked is (again == "Trees at home")
        assert await preview(home) == text(home)


@pytest.mark.parametrize(
    ("theirs", "edited"),
    [
        (f"1. <{PAPER}>", TALK),
        (f"\n> <{PAPER}>\n", TALK),
        (f"- <{PAPER}>\n  - by hand", TALK),
        (f"- [By hand]({PAPER})", TALK),
        (f"- see <{PAPER}> there", TALK),
        (f"- Mine: <{PAPER}>", f"Yours: {TALK}"),
        (f"- [By hand]({PAPER})", f"[In the chat]({TALK})"),
    ],
)
async def test_a_link_for_which_an_edit_gives_another_can_be_posted_again_and_stands_once(
    tmp_path: Path, theirs: str, edited: str
) -> None:
    """Where both changed its line in the same place, people's has it until hosts chose."""
    async with house(tmp_path) as home:
        message = await home.say(PAPER)
        await home.say("- last")
        await home.draft()
        edit(home, f"- <{PAPER}>\n", f"{theirs}\n")
        await home.draft()
        await reworded(home, message, edited, second=900)
        await home.say(PAPER, by="oka")
        answer = await home.draft()
        assert text(home).count(PAPER) == 1
        assert text(home).count(TALK) == (0 if answer.choices else 1)
        assert await preview(home) == text(home)


@pytest.mark.parametrize("kind", ["> {}", "{}", "1. {}", "* {}"])
@pytest.mark.parametrize("is_late", [False, True])
async def test_words_before_a_link_go_into_people_s_other_kind_of_its_line(
    tmp_path: Path, kind: str, *, is_late: bool
) -> None:
    """Be they an edit's, or those of a message that came late and gave the link before."""
    async with house(tmp_path) as home:
        early = next(home.seconds)
        message = await home.say(PAPER)
        await home.say("- last")
        await home.draft()
        edit(home, f"- <{PAPER}>\n", f"\n{kind.format(f'<{PAPER}>')}\n\n")
        await home.draft()
        if is_late:
            seen = replace(home.chat.messages[message], id="late", at=MONDAY + early * SECOND)
            seen = replace(seen, text=f"In print: {PAPER}", stamp=seen.at)
            await home.desk.capture.message(Snapshot(seen, Person(seen.by, "Buka")))
        else:
            await reworded(home, message, f"In print: {PAPER}", second=900)
        assert (await home.draft()).choices == ()
        assert f"\n{kind.format(f'In print: <{PAPER}>')}\n" in text(home)
        assert await preview(home) == text(home)
