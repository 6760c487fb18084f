"""Plays what hosts say in the local chat, and what people do to the file between, on a fresh site.

`steps` are a list: `say` is a script of the local chat, `edit` changes the draft's file and commits
it (`sub`: `re.sub`, once each; `head` instead of the front matter; `append`; `text` instead of all
of it; with `commit: false` it is left at that, or staged with `stage`), `profile` changes files of
the profile, `page` writes others. With `live`, the chat goes on while people edit; else each `say`
is a run of its own.
"""

import io
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bot.adapters.git.site import LocalSite
from bot.app.sites import profile_of
from bot.local.chat import chat
from bot.local.room import LocalRoom, person_named
from bot.services.profile_renewal import ProfileRenewal
from tests.made_once import copy_to
from tests.services.desk.house import app, git

START = 1_790_000_000_000_000
RUNDOWN = Path(sys.executable).with_name("rundown")
CONFIGURATIONS = {"jekyll": ("_config.yml", "title: T\n"), "hugo": ("hugo.toml", 'title = "T"\n')}
DRAFT = re.compile(r"(?:^|/)(?:\d{4}-\d\d-\d\d-)?ep\d*\.md$")


def _make_site(kind: str, folder: Path) -> None:
    """Make a site with our profile, as people do."""
    name, text = CONFIGURATIONS[kind]
    (folder / name).write_text(text, encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Sam")
    git(folder, "config", "user.email", "sam@example.org")
    subprocess.run([RUNDOWN, "init", "."], cwd=folder, check=True, capture_output=True)
    _commit(folder, "begin")


def _commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", f"--message={message}")


@dataclass
class Play:
    """A site, its chat, and what was said there last."""

    folder: Path
    said: str = ""
    errors: str = ""
    code: int = 0
    left: str | None = None
    clock: "count[int]" = field(default_factory=lambda: count(START, 1_000_000))

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def begin(self, kind: str) -> None:
        copy_to(self.site, partial(_make_site, kind), ("reports", kind))

    def git(self, *arguments: str) -> str:
        return git(self.site, *arguments)

    def drafts(self) -> dict[str, Path]:
        files = self.git("ls-files").splitlines()
        return {name: self.site / name for name in files if DRAFT.search(name)}

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[Any]:
        profile = profile_of(self.site)
        site = await LocalSite.open(self.site, branch=profile.branch)
        db = self.folder / "rundown.db"
        room = LocalRoom.open(db.with_suffix(".room.jsonl"), clock=self.clock.__next__)
        async with (
            app(db) as opened,
            opened.desk(site=site, renewal=ProfileRenewal(profile), room=room) as desk,
        ):
            yield desk, room

    async def _say(self, script: str, desk: Any, room: LocalRoom) -> None:
        file = self.folder / "script"
        file.write_text(script, encoding="utf-8")
        output, errors = io.StringIO(), io.StringIO()
        with file.open(encoding="utf-8") as stream:
            self.code = await chat(
                desk=desk, room=room, person=person_named("Mika"), language="en",
                input=stream, output=output, errors=errors, terminal=False,
            )  # fmt: skip
        self.said, self.errors = output.getvalue(), errors.getvalue()

    def edit(self, how: dict[str, Any]) -> None:
        (path,) = self.drafts().values()
        text = changed(path.read_text(encoding="utf-8"), how.get("sub", ()))
        if "head" in how:
            text = how["head"] + re.sub(r"\A---\n.*?^---\n", "", text, flags=re.M | re.S)
        text = how.get("text", text) + how.get("append", "")
        path.write_text(text, encoding="utf-8", newline="")
        self.left = text
        if how.get("commit", True):
            self.git("commit", "--quiet", "--all", "--message=by hand")
        elif how.get("stage"):
            self.git("add", "--all")

    def write(self, step: dict[str, Any]) -> None:
        for name, subs in step.get("profile", {}).items():
            path = self.site / ".rundown" / name
            path.write_text(changed(path.read_text(encoding="utf-8"), subs), encoding="utf-8")
        for name, text in step.get("page", {}).items():
            (self.site / name).parent.mkdir(parents=True, exist_ok=True)
            (self.site / name).write_text(text, encoding="utf-8")
        _commit(self.site, "by hand")

    async def play(self, steps: list[dict[str, Any]], *, live: bool) -> None:
        if live:
            async with self._open() as (desk, room):
                for step in steps:
                    if "say" in step:
                        await self._say(step["say"], desk, room)
                    else:
                        self._by_hand(step)
            return
        for step in steps:
            if "say" in step:
                async with self._open() as (desk, room):
                    await self._say(step["say"], desk, room)
            else:
                self._by_hand(step)

    def _by_hand(self, step: dict[str, Any]) -> None:
        if "edit" in step:
            self.edit(step["edit"])
        else:
            self.write(step)

    async def episodes(self) -> str:
        async with self._open() as (desk, room):
            await self._say("/episode list\n", desk, room)
        return self.said


def changed(text: str, subs: Sequence[tuple[str, str]]) -> str:
    """Return a text with what is to be put in place of each pattern, once."""
    for pattern, new in subs:
        text, done = re.subn(pattern, new, text, count=1, flags=re.MULTILINE)
        assert done, f"{pattern!r} is not in the file"
    return text


def check_text(text: str, right: dict[str, Any]) -> None:
    """Hold a text to what is right of it."""
    assert right.keys() <= {"lines", "without", "match", "times"}, right  # YAML reads `no` as False
    for line in right.get("lines", ()):
        assert line in text.splitlines(), text
    for part in right.get("without", ()):
        assert part not in text, text
    for pattern in right.get("match", ()):
        assert re.search(pattern, text, re.MULTILINE), (pattern, text)
    for part, times in right.get("times", {}).items():
        assert text.count(part) == times, text
