"""A link that people took out of the file, and that a host posts once more: it is there again."""

from pathlib import Path

import pytest

from tests.services.drafting.test_asked_within import Scene, scene

ONE, OTHER = "https://one.example/a", "https://other.example/b"


def below(at: Scene) -> None:
    at.people(f"- <{OTHER}>\n", f"  - <{OTHER}>\n")


def in_its_line(at: Scene) -> None:
    at.people(f"- <{ONE}>\n- <{OTHER}>\n", f"- <{ONE}> and <{OTHER}>\n")


@pytest.mark.parametrize(
    ("put", "text"), [(below, f"\n  - <{OTHER}>"), (in_its_line, f" and <{OTHER}>")]
)
@pytest.mark.parametrize("is_alone", [False, True])
async def test_a_link_that_people_put_to_another_one_and_took_out_can_be_posted_once_more(
    put, text: str, tmp_path: Path, *, is_alone: bool
) -> None:
    """It led to the other one for good: it was "already there", and in no file."""
    async with scene(tmp_path) as at:
        for link in (ONE, OTHER):
            await at.say(link, "ken")
        await at.draft()
        put(at)
        await at.draft()
        at.people(text, "")
        await at.draft()
        assert OTHER not in at.file
        if is_alone:
            await at.delete(1)
        await at.say(OTHER, "buka")
        await at.draft()
        assert at.file.count(f"- <{OTHER}>\n") == 1
        assert (await at.desk.views.rendered("notes")).text == at.file


async def test_one_that_they_took_out_where_another_has_it_still_is_there_already(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as at:
        for link in (ONE, "- a bullet"):
            await at.say(link, "ken")
        await at.draft()
        at.people(f"- <{ONE}>\n", f"- <{ONE}> and <{OTHER}>\n- see <{OTHER}>\n")
        await at.draft()
        at.people(f" and <{OTHER}>\n", "\n")
        await at.draft()
        before = at.file
        await at.say(OTHER, "buka")
        await at.draft()
        assert at.file == before


async def test_people_s_line_stays_when_a_line_that_they_reworded_is_edited_to_its_link(
    tmp_path: Path,
) -> None:
    """What they had made of the other link stood in its place."""
    async with scene(tmp_path) as at:
        for link in ("- a bullet", ONE):
            await at.say(link, "ken")
        await at.draft()
        at.people("- a bullet\n", f"- a bullet\n- [By hand]({OTHER})\n")
        await at.draft()
        at.people(f"- <{ONE}>\n", f"- [Reworded]({ONE})\n")
        await at.draft()
        before = at.file
        await at.edit(1, f"{OTHER}\n- said of it")
        await at.draft()
        noted = f"- [By hand]({OTHER})\n  - said of it\n"
        expected = before.replace(f"- [Reworded]({ONE})\n", "")
        assert at.file == expected.replace(f"- [By hand]({OTHER})\n", noted)
        await at.edit(1, ONE)
        await at.draft()
        assert at.file == before
