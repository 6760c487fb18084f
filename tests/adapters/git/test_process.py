"""git runs in an environment of our own."""

import pytest

from bot.adapters.git.process import Git
from bot.config import NAMES


async def test_programs_that_git_starts_are_told_none_of_our_settings(tmp_path, monkeypatch):
    for name in NAMES:
        monkeypatch.setenv(name, "s3cret")
    monkeypatch.setenv("LANGUAGE_OF_THE_SITE", "ja")
    git = Git(tmp_path)
    await git("init", "--quiet", "--initial-branch=main")
    told = (await git("-c", "alias.told=!env", "told")).decode()
    assert "s3cret" not in told
    assert "LANGUAGE_OF_THE_SITE=ja" in told


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_AUTHOR_NAME"])
async def test_nothing_of_another_repository_is_handed_on(tmp_path, monkeypatch, name):
    monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    git = Git(tmp_path)
    await git("init", "--quiet", "--initial-branch=main")
    told = (await git("-c", "alias.told=!env", "told")).decode()
    assert "elsewhere" not in told
