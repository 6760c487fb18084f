"""A link or topic that two messages give, of which one goes off the record, or is deleted.

What was done to it, and what was put there, stays.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.core.events import Event, ItemReaddressed, Message
from bot.core.urls import fingerprint
from bot.errors import CommandError
from bot.services.ports import Person
from bot.texts import say
from tests.services.desk.house import stored
from tests.services.drafting.test_asked_within import Scene, scene

OPEN = "https://open.example/b"
PRINT = fingerprint(OPEN)
LAST = "https://last.example/c"
TITLED = "The plan of Kim"


async def outline_is_the_file(at: Scene) -> None:
    assert (await at.desk.views.rendered("notes")).text == at.file


async def next_draft_changes_nothing(at: Scene) -> None:
    before = at.file
    at.people("- last", "- the last")
    await at.draft()
    assert at.file == before.replace("- last", "- the last")
    await outline_is_the_file(at)


async def two_give_it(at: Scene, second: str) -> None:
    """Have one message leave out its link, and another one give it that is the next one's then."""
    for text, by in ((OPEN, "ken"), (second, "buka"), ("- last", "utti")):
        await at.say(text, by)
    await at.mark(0, "🚫")
    await at.draft()


async def tells_of_words(at: Scene) -> bool:
    """Lock the link's second message; return whether the answer says that people's words go."""
    told = await at.desk.capture.mark(
        "m1", "🔒", on=True, channel="notes", person=Person("buka", "buka"), at=at.request().at
    )
    return say("erasure.own-words", "en") in (told.note or "")


async def by_hand(at: Scene) -> None:
    at.people(at.file.split("\n- last")[0].rpartition("\n")[2], "- [By hand](https://p.example/)")
    await at.draft()


async def by_command(at: Scene) -> None:
    edits = at.desk.edits
    await edits.link_retitle(at.request(), link=f"m1/{PRINT}/0", title="By hand")


@pytest.mark.parametrize("change", [by_hand, by_command])
async def test_what_was_done_while_the_locked_one_gave_it_stays_on_the_others_line(
    change, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await two_give_it(at, OPEN)
        await change(at)
        await at.mark(0, "🚫", on=False)
        await at.draft()
        before = at.file
        assert "By hand" in before
        assert not await tells_of_words(at)
        await at.draft()
        assert at.file == before
        await outline_is_the_file(at)
        await next_draft_changes_nothing(at)


async def test_but_not_with_what_the_locked_one_alone_said(tmp_path: Path) -> None:
    async with scene(tmp_path) as at:
        await two_give_it(at, f"[{TITLED}]({OPEN})")
        at.people(f"[{TITLED}]({OPEN})", f"[{TITLED}, in short]({OPEN})")
        await at.draft()
        await at.mark(0, "🚫", on=False)
        await at.draft()
        assert TITLED in at.file
        assert await tells_of_words(at)
        await at.draft()
        assert "Kim" not in at.file + stored(tmp_path)
        assert f"- <{OPEN}>\n" in at.file
        await outline_is_the_file(at)


async def reworded(at: Scene) -> None:
    at.people("[By hand]", "[By hand, in short]")
    await at.draft()


async def noted(at: Scene) -> None:
    await at.desk.edits.link_note(at.request(), link="By hand", text="a harbour")


async def kept(at: Scene) -> None:
    await at.choose("file")


async def readdressed(at: Scene) -> None:
    at.people(OPEN, LAST)
    await at.draft()


async def mended(at: Scene) -> None:
    """Have a host put its new address into a link, as `/check` offers."""
    by_hand = next(
        one for one in (await at.desk.views.episode("notes")).items() if one.by == "file:sam"
    )
    what = ItemReaddressed(by_hand.id, PRINT, LAST)
    request = at.request()
    await at.desk._show.log.record([Event(request.key, "show#1", request.at, "oka", what)])


@pytest.mark.parametrize("made", ["[By hand]({})", "[By hand]({})\n  - my note"])
@pytest.mark.parametrize("change", [None, reworded, noted, kept, readdressed, mended])
async def test_the_others_line_is_there_where_what_people_made_of_a_link_left_out_goes(
    made: str, change: Callable[[Scene], Awaitable[None]] | None, tmp_path: Path
) -> None:
    """What people or hosts noted on it stays by itself."""
    async with scene(tmp_path) as at:
        for text, by in ((f"#### Sub\n{OPEN}\n{LAST}", "ken"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        await at.mark(0, "🚫")
        at.people(f"<{OPEN}>", made.format(OPEN))
        await at.draft()
        assert len(await at.asked()) == 1
        if change is not None:
            await change(at)
        link = LAST if change in (readdressed, mended) else OPEN
        await at.say(f"# Other\nhttps://more.example/\n\n[{TITLED}]({link})", "buka")
        await at.draft()
        assert f"]({link})" in at.file
        assert TITLED not in at.file
        await at.mark(0, "🔒", by="ken")
        await at.draft()
        assert f"### Other\n\n- <https://more.example/>\n- [{TITLED}]({link})\n" in at.file
        assert "By hand" not in at.file + stored(tmp_path)
        notes = ("my note" in made) + (change is noted)
        assert at.file.count("my note") + at.file.count("a harbour") == notes
        await outline_is_the_file(at)
        await next_draft_changes_nothing(at)


async def test_people_s_address_stays_on_the_other_s_line_without_the_locked_title(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as at:
        for text, by in ((OPEN, "ken"), (OPEN, "buka"), ("- last", "utti")):
            await at.say(text, by)
        await at.desk.edits.link_retitle(at.request(), link=f"m0/{PRINT}/0", title=TITLED)
        await at.edit(0, LAST)
        await at.draft()
        at.people(f"[{TITLED}]({OPEN})", f"[{TITLED}](https://p.example/)")
        await at.draft()
        await at.mark(0, "🔒", by="utti")
        assert "https://p.example/" in (await at.desk.views.rendered("notes")).text
        await at.draft()
        assert at.file.count("- <https://p.example/>\n") == 1
        assert TITLED not in at.file
        await outline_is_the_file(at)
        await next_draft_changes_nothing(at)


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("is_drafted", [False, True])
async def test_a_link_that_a_host_took_out_stays_out(
    which: int, tmp_path: Path, *, is_drafted: bool
) -> None:
    async with scene(tmp_path) as at:
        for text, by in ((OPEN, "ken"), (OPEN, "buka"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        await at.desk.edits.link_remove(at.request(), link=f"m0/{PRINT}/0")
        if is_drafted:
            await at.draft()
        await at.mark(which, "🔒", by="utti")
        await outline_is_the_file(at) if is_drafted else None
        await at.draft()
        assert "open.example" not in at.file
        assert "Kept edits" not in at.answers[-1]
        await next_draft_changes_nothing(at)


async def test_so_does_one_that_people_took_out(tmp_path: Path) -> None:
    async with scene(tmp_path) as at:
        for text, by in ((OPEN, "ken"), (OPEN, "buka"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        at.people(f"- <{OPEN}>\n", "")
        await at.draft()
        await at.mark(0, "🔒", by="utti")
        await outline_is_the_file(at)
        await next_draft_changes_nothing(at)


async def test_what_people_put_below_one_stays_there_where_the_other_says_all_that_it_said(
    tmp_path: Path,
) -> None:
    """The line is the other one's then, to the letter: it would have stood by itself, and below."""
    said, theirs = f"[B]({OPEN})\n- a note", "  - <https://p.example/>"
    async with scene(tmp_path) as at:
        for text, by in ((said, "ken"), (said, "buka"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        at.people("  - a note\n", f"  - a note\n{theirs}\n")
        await at.draft()
        before = at.file
        await at.mark(0, "🔒", by="utti")
        await at.draft()
        assert at.file == before
        await outline_is_the_file(at)
        await next_draft_changes_nothing(at)


async def test_a_link_stays_where_a_host_put_it(tmp_path: Path) -> None:
    async with scene(tmp_path) as at:
        for text, by in ((OPEN, "ken"), (OPEN, "buka"), ("- last", "utti"), ("# End", "utti")):
            await at.say(text, by)
        await at.desk.edits.link_move(at.request(), link=f"m0/{PRINT}/0", topic="m3/0")
        await at.draft()
        assert at.file.index("# End") < at.file.index(OPEN)
        before = at.file
        await at.mark(0, "🔒", by="utti")
        await at.draft()
        assert at.file == before
        await next_draft_changes_nothing(at)


async def removed(at: Scene) -> None:
    await at.desk.edits.topic_remove(at.request(), topic="m1/0")


async def moved(at: Scene) -> None:
    await at.desk.edits.topic_move(at.request(), topic="m1/0", after="m3/0")


async def merged(at: Scene) -> None:
    await at.desk.edits.topic_merge(at.request(), topic="m1/0", into="m3/0")


async def filled(at: Scene) -> None:
    link = f"m3/{fingerprint(LAST)}/0"
    await at.desk.edits.link_move(at.request(), link=link, topic="m1/0")


async def filled_by_people(at: Scene) -> None:
    at.people(f"- <{OPEN}>\n", f"- <{OPEN}>\n- by hand\n")


async def divided_by_people(at: Scene) -> None:
    at.people("### A\n\n", "### A\n\n#### Within\n\n- by hand\n")


async def renamed(at: Scene) -> None:
    await at.desk.edits.topic_rename(at.request(), topic="m1/0", name="A harbour")


async def renamed_by_people(at: Scene) -> None:
    at.people("### A\n", "### A, by hand\n")


async def put_off(at: Scene) -> None:
    await at.desk.later.later(at.request(), what="m1/0")


TO_TOPICS = (
    *(removed, moved, merged, filled, filled_by_people, divided_by_people),
    *(renamed, renamed_by_people, put_off),
)


@pytest.mark.parametrize("change", TO_TOPICS)
@pytest.mark.parametrize("which", [1, 2])
async def test_a_topic_is_what_it_was_while_another_message_opens_it_too(
    change, which: int, tmp_path: Path
) -> None:
    texts = ("# First", "# A", f"# A\n{OPEN}", f"# End\n{LAST}\n- last")
    async with scene(tmp_path) as at:
        for text, by in zip(texts, ("ken", "ken", "buka", "utti"), strict=True):
            await at.say(text, by)
        await at.draft()
        await change(at)
        await at.draft()
        before = at.file.replace(f"- <{OPEN}>\n", "") if which == 2 else at.file
        await at.mark(which, "🔒", by="sam")
        await at.draft()
        told = [line for line in at.file.split("\n") if line]
        assert told == [line for line in before.split("\n") if line]
        await outline_is_the_file(at)
        await next_draft_changes_nothing(at)


async def test_another_hosts_note_on_what_goes_stays_under_its_topic(tmp_path: Path) -> None:
    async with scene(tmp_path) as at:
        for text in ("# First", f"# A\n{OPEN}", f"# A\n{LAST}", "- last"):
            await at.say(text, "ken")
        await at.desk.edits.link_note(at.request(), link=f"m1/{PRINT}/0", text="a harbour")
        await at.mark(1, "🔒", by="ken")
        await at.draft()
        assert at.file.index("# A") < at.file.index("a harbour")
        await outline_is_the_file(at)


@pytest.mark.parametrize("one_chose", [False, True])
async def test_a_link_that_hosts_are_asked_about_below_another_is_the_one_that_gives_it_next(
    tmp_path: Path, *, one_chose: bool
) -> None:
    async with scene(tmp_path) as at:
        await at.say(f"{LAST}\n\n{OPEN}", "ken")
        await at.say("- last", "utti")
        await at.draft()
        at.people(f"\n- <{OPEN}>", f"\n  - <{OPEN}>")
        await at.draft()
        await at.delete(0)
        await at.desk.edits.link_restore(at.request(), link=f"m0/{fingerprint(LAST)}/0")
        await at.draft()
        assert len(await at.asked()) == 1
        if one_chose:
            await at.choose("chat")
        await at.say(f"# Sub\n{OPEN}", "buka")
        await at.draft()
        where = f"### Sub\n\n- <{OPEN}>\n" if one_chose else f"- <{LAST}>\n  - <{OPEN}>\n"
        assert where in at.file
        assert at.file.count(OPEN) == 1
        await outline_is_the_file(at)
        await next_draft_changes_nothing(at)


async def test_what_another_message_gives_is_not_there_to_be_brought_back(tmp_path: Path) -> None:
    async with scene(tmp_path) as at:
        for text, by in ((OPEN, "ken"), (OPEN, "buka"), ("- last", "utti")):
            await at.say(text, by)
        await at.delete(0)
        with pytest.raises(CommandError):
            await at.desk.edits.link_restore(at.request(), link=f"m0/{PRINT}/0")


async def test_a_link_brought_back_and_then_taken_out_by_people_stays_out(tmp_path: Path) -> None:
    """So it does though the message from which people took it was read late, and is locked."""
    async with scene(tmp_path) as at:
        early = at.request().at
        for text, by in ((OPEN, "ken"), ("- last", "utti")):
            await at.say(text, by)
        await at.delete(0)
        await at.desk.edits.link_restore(at.request(), link=f"m0/{PRINT}/0")
        at.messages.append(Message("m2", "notes", early, "buka", OPEN, early))
        await at._see(at.messages[-1])
        await at.draft()
        at.people(f"- <{OPEN}>\n", "")
        await at.draft()
        await at.mark(2, "🔒", by="utti")
        await outline_is_the_file(at)
        await next_draft_changes_nothing(at)
        assert OPEN not in at.file


async def test_people_s_own_line_stays_below_which_they_put_a_link_that_another_gave_too(
    tmp_path: Path,
) -> None:
    """It went with the locked message, whose link stood below it, and nothing said so."""
    async with scene(tmp_path) as at:
        await at.say("# A\nhttps://first.example/\n\n[Ours](https://both.example/)", "ken")
        await at.draft()
        own = "- [By hand](https://own.example/)\n"
        at.people("- [Ours](https://both.example/)\n", f"{own}- [Ours](https://both.example/)\n")
        await at.draft()
        at.people("- [Ours](https://both.example/)\n", "  - [Ours](https://both.example/)\n")
        await at.draft()
        await at.say("# B\n[Theirs](https://both.example/)", "utti")
        await at.mark(0, "🔒", by="utti")
        await at.draft()
        assert at.file.count(own) == 1
        assert at.file.count("https://both.example/") == 1
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize("goes", [lambda at: at.delete(1), lambda at: at.mark(1, "🔒", by="ken")])
@pytest.mark.parametrize("other", [(), ("- below",)])
async def test_what_people_put_below_a_link_stands_there_once_though_another_gave_it_since(
    goes: Callable[[Scene], Awaitable[None]], other: tuple[str, ...], tmp_path: Path
) -> None:
    """It stood by itself, too: the other one's link was not there yet when they put it there."""
    async with scene(tmp_path) as at:
        for text in ("- first", OPEN, *other, "- last"):
            await at.say(text, "ken")
        await at.draft()
        if other:
            at.people("- below\n", "")
        at.people(f"- <{OPEN}>\n", f"- [By hand]({OPEN})\n  - below\n")
        await at.draft()
        await at.say(OPEN, "buka")
        await at.draft()
        await goes(at)
        await at.draft()
        assert at.file.count("below") == 1
        assert f"- [By hand]({OPEN})\n  - below\n" in at.file
        await outline_is_the_file(at)
        await next_draft_changes_nothing(at)
