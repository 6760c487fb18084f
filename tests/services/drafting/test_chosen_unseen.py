"""Hosts choose about a link within another line that people moved, and no draft saw that yet."""

from pathlib import Path

import pytest

from tests.services.drafting.test_asked_within import OPEN, PUT, SAID, Scene, ask, play, scene


@pytest.mark.parametrize("put", PUT)
@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("side", ["chat", "file"])
async def test_a_side_stands_that_is_chosen_before_a_draft_saw_that_people_put_the_link_out(
    put: str, said: str, side: str, tmp_path: Path
) -> None:
    await play(tmp_path, (put, said, "put-out", True), side, "unseen")


async def put_out(at: Scene, link: str) -> None:
    """Have people put the link, as they write it, by itself."""
    for way in (f"  - {at.link}", f" and {at.link}"):
        if way in at.file:
            at.people(way, f"\n- {link}" if "and" in way else f"- {link}")
            return


@pytest.mark.parametrize("put", PUT)
@pytest.mark.parametrize("said", ["titled", "deleted"])
async def test_hosts_are_asked_anew_where_people_also_reworded_what_they_chose_about(
    put: str, said: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await ask(at, put, said, at_once=True)
        await put_out(at, f"[A place]({OPEN})")
        await at.choose("chat")
        await at.draft()
        assert f"\n- [A place]({OPEN})\n" in at.file
        ours = f"- [A harbour]({OPEN})" if said == "titled" else ""
        assert await at.asked() == [f"{ours}\n-\n- [A place]({OPEN})"]
        await at.desk.drafts.choose(at.request(), conflict="2", side="chat")
        await at.draft()
        assert "A place" not in at.file
        assert at.file.count(f"\n- [A harbour]({OPEN})\n") == (1 if ours else 0)
        assert at.file.count(OPEN) == (1 if ours else 0)


@pytest.mark.parametrize("put", PUT)
@pytest.mark.parametrize("way", ["\n  - {}", ", {}"])
@pytest.mark.parametrize("said", ["titled", "deleted"])
@pytest.mark.parametrize("is_chosen_first", [False, True])
async def test_what_is_chosen_goes_into_the_line_into_which_people_put_the_link_since(
    put: str, way: str, said: str, tmp_path: Path, *, is_chosen_first: bool
) -> None:
    async with scene(tmp_path) as at:
        await ask(at, put, said, at_once=True)
        if is_chosen_first:
            await at.choose("chat")
        there = way.format(at.link)
        at.people(f"\n  - {at.link}" if put == "below" else f" and {at.link}", "")
        at.people("- last", f"- last{there}")
        if not is_chosen_first:
            await at.choose("chat")
        await at.draft()
        now = way.format(f"[A harbour]({OPEN})") if said == "titled" else ""
        assert at.file.count(OPEN) == bool(now)
        assert f"\n- last{now}" in at.file
        assert at.file.count("plan") == 1 + (put == "joined")  # and the line has nothing more
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize(
    "said", [one for one in SAID if one not in ("deleted", "left-out", "talk")]
)
async def test_what_is_chosen_stands_where_the_chat_took_the_line_away_that_had_it(
    said: str, tmp_path: Path
) -> None:
    """It was taken for moved by people: what hosts had chosen was nowhere, and asked about."""
    async with scene(tmp_path) as at:
        await ask(at, "below", said, at_once=True)
        await at.choose("chat")
        await at.desk.edits.link_remove(at.request(), link=await at.line())
        at.people("- more", "- more, by hand")
        await at.draft()
        assert at.file.count(OPEN) == 1
        assert await at.asked() == []
        assert (await at.desk.views.rendered("notes")).text == at.file


HOME = "https://home.example/"


async def noted_and_gone(at: Scene, *, noted_before: bool) -> None:
    """Have people put a link, with a note of theirs, below another; its message is deleted."""
    await at.say(f"{HOME}\n- one", "ken")
    await at.say(OPEN, "ken")
    await at.draft()
    if noted_before:
        at.people(f"- <{OPEN}>\n", f"- <{OPEN}>\n  - theirs\n")
        await at.draft()
    await at.delete(1)
    note = "  - theirs\n" if noted_before else ""
    at.people(f"- <{OPEN}>\n{note}", f"  - <{OPEN}>\n    - theirs\n")
    await at.draft()


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("  - one\n", "- one\n", f"- <{HOME}>\n- one\n  - theirs\n"),
        ("  - one\n", "", f"- <{HOME}>\n- theirs\n"),
        (f"- <{HOME}>\n", "- hand\n", "- hand\n  - one\n- theirs\n"),
        (f"  - <{OPEN}>", f"- <{OPEN}>", f"- <{HOME}>\n  - one\n- theirs\n"),
        (f"  - <{OPEN}>\n", "  - hand\n", f"- <{HOME}>\n  - one\n  - hand\n- theirs\n"),
        ("    - theirs\n", "    - theirs\n\n- last\n",
         f"- <{HOME}>\n  - one\n\n- last\n- theirs\n"),
    ],
    ids=["note-out", "note-gone", "reworded", "put-out", "link-reworded", "more"],
)  # fmt: skip
async def test_people_s_note_below_what_is_chosen_away_stays_whatever_they_did_since(
    old: str, new: str, left: str, tmp_path: Path
) -> None:
    """It went with the link: what was asked about was taken for all that stood there then."""
    async with scene(tmp_path) as at:
        await noted_and_gone(at, noted_before=True)
        await at.choose("chat")
        at.people(old, new)
        await at.draft()
        assert f"</details>\n\n{left}\n" in at.file
        assert not await at.asked()


async def test_the_question_has_what_goes_with_the_chat_s_side(tmp_path: Path) -> None:
    """People wrote their note as they put the link there: the chat's side was shown with it."""
    async with scene(tmp_path) as at:
        await noted_and_gone(at, noted_before=False)
        chat = f"- <{HOME}>\n  - one"
        assert await at.asked() == [f"{chat}\n-\n{chat}\n  - <{OPEN}>\n    - theirs"]
        await at.choose("chat")
        at.people("- one", "- one, by hand")
        await at.draft()
        assert f"</details>\n\n{chat}, by hand\n\n" in at.file
