"""The demo: a small Jekyll site of its own, and a made-up conversation of its three hosts."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from bot.core.model import Lookup
from bot.errors import SiteError, os_cause
from bot.local.room import CHANNEL, LocalRoom, as_snapshot, person_named
from bot.services.desk.desk import Desk

_DATA: Final = Path(__file__).with_name("demo")
_HOUR: Final = 3_600_000_000


async def make_site(folder: Path, *, put_profile: Callable[[Path], Awaitable[object]]) -> None:
    """Make the demo's site, a git repository, in `folder`, which must not exist yet.

    `put_profile` puts `.rundown/` into a folder that holds a site. The site is made aside and
    moved into its place whole. Raises SiteError if it cannot be made.
    """
    aside = folder.with_name(folder.name + ".new")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(_DATA / "site", aside)
        await _git(aside, "init", "--quiet", "--initial-branch=main")
        await put_profile(aside)
        await _git(aside, "config", "user.name", "Second Law")
        await _git(aside, "config", "user.email", "hosts@example.org")
        await _git(aside, "add", "--all")
        await _git(aside, "commit", "--quiet", "--message=Two episodes, and how drafts are made")
        aside.rename(folder)
    except OSError as error:
        raise SiteError("chat.demo-site", path=folder, reason=os_cause(error)) from error


async def tell(desk: Desk, room: LocalRoom, *, now: int) -> None:
    """Let the hosts talk over the three days before `now` (microseconds since 1970).

    What the room holds already is not said again, so that this can go on where it was stopped.
    """
    await desk.know(Lookup(**entry) for entry in _lines("lookups.jsonl"))
    for number, said in enumerate(_lines("conversation.jsonl"), 1):
        if number <= len(room.posts()):
            continue
        at = now - int(said["hours"] * _HOUR)
        person = person_named(said["name"])
        post = room.post(person, said["text"], reply_to=said.get("reply"), at=at)
        await desk.capture.message(as_snapshot(post))
        for emoji, name in said.get("marks", ()):
            await desk.capture.mark(
                post.id, emoji, on=True, channel=CHANNEL, person=person_named(name), at=at + 1
            )


def _lines(name: str) -> list[dict[str, Any]]:
    with (_DATA / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


async def _git(folder: Path, *arguments: str) -> None:
    """Run git in a folder; raises SiteError with its first line if it fails."""
    try:
        process = await asyncio.create_subprocess_exec(
            *("git", "-C", str(folder), *arguments),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
    except FileNotFoundError as error:
        raise SiteError("chat.demo-site", path=folder, reason="git") from error
    _, said = await process.communicate()
    if process.returncode:
        reason = (said.decode(errors="replace").strip().splitlines() or ["git"])[0]
        raise SiteError("chat.demo-site", path=folder, reason=reason)
