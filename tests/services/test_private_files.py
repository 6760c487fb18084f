"""Files that are made private are their owner's alone."""

import os
import stat
from pathlib import Path

import pytest

from bot.services.private_files import PRIVATE, make_private


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
