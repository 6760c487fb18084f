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
    for wrong in ("4/4", "2-1/4", "2-5/4", f"0/{MOST + 1}", "any:0/4", "any:5/4", "x", "1-/4"):
        with pytest.raises(SettingsError):
            Wanted.parse(wrong)


def test_a_server_is_on_the_shard_that_discord_says() -> None:
    shards = Shards((1, 2), 4)
    assert [server for server in range(6) if shards.has(server << 22)] == [1, 2, 5]
    assert shards.has((1 << 22) + 12345)
    assert shards.has_workspace(f"discord:{1 << 22}")
    assert not shards.has_workspace(f"discord:{3 << 22}")
    assert shards.has_workspace("slack:T0")  # those are not cut
    assert str(shards) == "1-2/4"
