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
