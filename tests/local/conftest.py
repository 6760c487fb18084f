"""A site, a room and a desk of their own for each test: the real ones."""

import io
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from bot.adapters.git.site import LocalSite
from bot.adapters.new_profile import init
from bot.adapters.profile_files import site_profile
from bot.app.sites import load_profile
from bot.local.chat import chat
from bot.local.demo import make_site
from bot.local.room import LocalRoom, person_named
from bot.services.desk.desk import Desk
from bot.services.profile_renewal import ProfileRenewal
from tests.needs import need
from tests.services.desk.house import app

START = 1_790_000_000_000_000  # 21 September 2026


@dataclass
class House:
    """A site in a folder, and what a script did there."""

    site: Path
    db: Path
    clock: "count[int]" = field(default_factory=lambda: count(START, 1_000_000))

    @asynccontextmanager
    async def open(self) -> AsyncIterator[tuple[Desk, LocalRoom]]:
        profile = load_profile(site_profile(self.site), self.site.name)
        site = await LocalSite.open(self.site, branch=profile.branch)
        room = LocalRoom.open(self.db.with_suffix(".room.jsonl"), clock=self.clock.__next__)
        async with (
            app(self.db) as opened,
            opened.desk(site=site, renewal=ProfileRenewal(profile), room=room) as desk,
        ):
            yield desk, room

    async def play(
        self, script: str | bytes, *, language: str = "en", terminal: bool = False
    ) -> tuple[int, str, str]:
        """Run a script; give exit code, output and errors."""
        file = self.db.with_name("script")
        file.write_bytes(script if isinstance(script, bytes) else script.encode())
        output, errors = io.StringIO(), io.StringIO()
        async with self.open() as (desk, room):
            with file.open() as stream:
                code = await chat(
                    desk=desk,
                    room=room,
                    person=person_named("buka"),
                    language=language,
                    input=stream,
                    output=output,
                    errors=errors,
                    terminal=terminal,
                )
        return code, output.getvalue(), errors.getvalue()

    async def body(self) -> str:
        """Return the draft below its front matter."""
        _, output, _ = await self.play("/preview\n")
        return output.split("---\n", 2)[2].strip("\n")

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.site), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
async def house(tmp_path: Path) -> House:
    need("git")
    await make_site(tmp_path / "site", put_profile=init)
    return House(tmp_path / "site", tmp_path / "rundown.db")
