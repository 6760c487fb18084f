"""Killed at any moment of drafting, the next start finds out what happened: one commit a draft."""

import asyncio
import os
import sqlite3
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest

from bot.core.git_ids import drafts_in
from tests.adapters.github.github_house import environment
from tests.fakes.github import Asked, LocalGitHub

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
RUNDOWN = str(Path(sys.executable).with_name("rundown"))
SITE = "name: Test\npath: 'ep.md'\ndraft_when: '.'\n"
DRAFTS = 3
SCRIPT = "".join(f"- [link {n}](https://example.org/{n})\n/draft\n" for n in range(DRAFTS))


async def started(folder: Path, settings: dict[str, str]) -> asyncio.subprocess.Process:
    clean = {**os.environ, "LC_ALL": "C.UTF-8", "RUNDOWN_DB": str(folder / "chat.db")}
    return await asyncio.create_subprocess_exec(
        RUNDOWN, "chat", "--offline", cwd=folder, env=clean | settings,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def killed_somewhere(folder: Path, local: LocalGitHub, random: Random) -> None:
    """Run the chat and kill it: when a request comes, or a moment after its effect."""
    process = await started(folder, environment(local))
    left, pause = random.randrange(1, 3 + 2 * DRAFTS), random.choice((0.0, 0.0, 0.02, 0.1))

    def kill() -> None:
        with suppress(ProcessLookupError):
            process.kill()

    def before(asked: Asked) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            asyncio.get_running_loop().call_later(pause, kill)
            if not pause:
                kill()

    local.before = before
    await process.communicate(SCRIPT.encode())
    local.before = lambda asked: None


def asked_for(folder: Path) -> int:
    """Count the drafts that the app had been asked for when it was killed."""
    with closing(sqlite3.connect(folder / "chat.db")) as db, suppress(sqlite3.OperationalError):
        return int(db.execute("SELECT count(*) FROM events WHERE kind='draft_asked'").fetchone()[0])
    return 0


async def check_a_kill(folder: Path, seed: int) -> None:
    folder.mkdir()  # noqa: ASYNC240 - nothing else runs yet
    random = Random(seed)  # noqa: S311 - a seed makes the same kill again
    async with LocalGitHub(folder, time.time) as local:
        local.site.edit(".rundown/site.yml", SITE)
        local.site.edit(".rundown/draft.md.j2", "{{ body }}\n")
        await killed_somewhere(folder, local, random)
        asked = asked_for(folder)
        for _ in range(2):  # the second finds nothing to do
            process = await started(folder, environment(local))
            out, err = await process.communicate(b"")
            assert process.returncode == 0, (out + err).decode()
        made = [each for message in local.site.messages() for each in drafts_in(message)]
        assert len(made) == len(set(made)) == asked
        text = local.site.read("ep.md") or ""
        assert [text.count(f"/{n})") for n in range(asked)] == [1] * asked


@pytest.mark.parametrize("seed", range(2))
async def test_each_draft_is_committed_once_wherever_it_is_killed(tmp_path: Path, seed: int):
    await check_a_kill(tmp_path / str(seed), seed)


@pytest.mark.soak
async def test_each_draft_is_committed_once_killed_at_a_hundred_points(tmp_path: Path):
    for seed in range(1000, 1100):
        await check_a_kill(tmp_path / str(seed), seed)
