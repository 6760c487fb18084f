"""Hosts are asked about a link within another line, and people put it into a third one.

A draft sees that before somebody chooses: hosts are asked about the line in which it stands then.
"""

from pathlib import Path

import pytest

from tests.services.drafting.test_asked_within import OPEN, OUT, PUT, SAID, Scene, ask, scene

THIRD = {"below": "- last\n  - ", "joined": "- last and "}


def put_into_third(at: Scene, third: str) -> None:
    link, text = at.link, at.file
    for within in (f"\n  - {link}", f" and {link}"):
        text = text.replace(within, "")
    at.people(at.file, text.replace("- last", THIRD[third] + link))


@pytest.mark.parametrize("put", PUT)
@pytest.mark.parametrize("third", THIRD)
@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("side", ["chat", "file"])
async def test_the_side_that_is_chosen_stands_in_the_line_that_has_it_by_now(
    put: str, third: str, said: str, side: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await ask(at, put, said, at_once=True)
        first = at.file.partition(f" and {at.link}" if put == "joined" else "\n  -")[0]
        put_into_third(at, third)
        by_people = at.file
        await at.draft()
        assert len(await at.asked()) == 1
        assert "\n1. " in at.answers[-1]
        await at.choose(side)
        await at.draft()
        assert not await at.asked()
        assert at.file.startswith(f"{first}\n- last")
        assert at.file.count(OPEN) == (0 if side == "chat" and said in OUT else 1)
        assert (at.file == by_people) is (side == "file")
        assert (await at.desk.views.rendered("notes")).text == at.file
