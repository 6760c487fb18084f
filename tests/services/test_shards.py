"""Which shards a process holds, as they are asked for."""

import pytest

from bot.errors import SettingsError
from bot.services.shards import MOST, Shards, Wanted


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
