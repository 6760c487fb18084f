"""Parts that stand alone: answers in pieces, private files, shards, publications."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.services.drafting.publications import Publications
from bot.services.private_files import PRIVATE, make_private
from bot.services.request import parts
from bot.services.shards import MOST, Shards, Wanted
from tests.services.desk.house import house


@given(
    st.lists(st.text(alphabet="ab ", max_size=30), max_size=9).map("\n".join), st.integers(1, 20)
)
def test_an_answer_comes_in_pieces_that_fit_and_lose_no_letter(text: str, longest: int) -> None:
    found = parts(text, longest)
    assert all(0 < len(part) <= longest for part in found)
    letters = "".join(text.split())
    assert "".join("".join(found).split()) == (letters or "–")


def test_an_answer_that_fits_is_one_piece_and_lines_are_broken_at_their_ends() -> None:
    text = "one two\nthree"
    assert parts(text, len(text)) == [text]
    assert parts(text, len(text) - 1) == ["one two", "three"]
    assert parts("abcdef", 3) == ["abc", "def"]


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_file_that_is_made_private_is_its_owners_alone(tmp_path: Path, mask: int) -> None:
    there, new = tmp_path / "there", tmp_path / "new"
    there.write_text("kept")
    there.chmod(0o644)
    before = os.umask(mask)
    try:
        make_private(there)
        make_private(new)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(one.stat().st_mode) for one in (there, new)] == [PRIVATE, PRIVATE]
    assert (there.read_text(), new.read_text()) == ("kept", "")


def test_shards_are_asked_for_by_number_or_as_any_so_many() -> None:
    assert Wanted.parse("3/16").choices == (Shards((3,), 16),)
    assert Wanted.parse("0-3/4").choices == (Shards((0, 1, 2, 3), 4),)
    assert Wanted.parse("any:2/5").choices == (
        Shards((0, 1), 5), Shards((2, 3), 5), Shards((4,), 5),
    )  # fmt: skip
    assert Wanted.parse(f"any:{MOST}/{MOST}").choices[0].count == MOST
    for wrong in ("4/4", "2-1/4", f"0/{MOST + 1}", "any:0/4", "any:5/4", "x", "1-/4"):
        with pytest.raises(SettingsError):
            Wanted.parse(wrong)


async def test_an_episode_is_closed_and_opened_as_often_as_its_page_is_published(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await home.say("# Trains\n- a talk about trains", by="aoi")
        show = home.desk._show
        [record] = show.episodes.open_now()
        publications = Publications(show)
        for _ in range(4):
            assert await publications.close(record.id)
            assert not await publications.close(record.id)
            assert await publications.is_published(record.id)
            assert (await show.episode(record.id)).closed
            for _ in range(2):
                await publications.reopen(record.id)
                assert not await publications.is_published(record.id)
                assert not (await show.episode(record.id)).closed
