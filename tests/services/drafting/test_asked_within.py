"""Hosts are asked about a link that people put into another line, and something happens to that.

The side that stands does so whatever became of the line, and whichever came first.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.events import Message
from bot.core.urls import fingerprint
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Snapshot
from bot.services.profile_renewal import ProfileRenewal
from bot.services.request import Request
from bot.services.show import Show
from storage.store import SqliteStore
from tests.patience import no_time
from tests.services.desk.house import MONDAY, SECOND, stored
from tests.simulation.site import MemorySite
from tests.simulation.templates import PROFILE, Templates

SECRET = "https://secret.example/plan"
OPEN = "https://open.example/b"
LINK = f"m1/{fingerprint(OPEN)}/0"
FILE = "posts/ep1.md"


class Nowhere:
    """A room that knows no message by itself."""

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        return None


@dataclass
class Scene:
    """A desk, and the messages of a line, of the link that people put into it, and of another."""

    desk: Desk
    site: MemorySite
    seconds: int = 0
    answers: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def request(self) -> Request:
        self.seconds += 1
        at = MONDAY + self.seconds * SECOND
        return Request(f"c{self.seconds}", Person("oka", "Oka"), "notes", at)

    async def say(self, text: str, by: str) -> None:
        at = self.request().at
        message = Message(f"m{len(self.messages)}", "notes", at, by, text, at)
        self.messages.append(message)
        await self._see(message)

    async def _see(self, message: Message) -> None:
        await self.desk.capture.message(Snapshot(message, Person(message.by, message.by), None))

    async def edit(self, which: int, text: str) -> None:
        await self._see(replace(self.messages[which], text=text, stamp=self.request().at))

    async def mark(self, which: int, emoji: str, *, on: bool = True, by: str = "oka") -> None:
        request = self.request()
        await self.desk.capture.mark(
            self.messages[which].id, emoji, on=on, channel="notes",
            person=Person(by, by), at=request.at,
        )  # fmt: skip

    async def delete(self, which: int) -> None:
        asked, gone = self.request(), self.messages[which].id
        await self.desk.capture.gone(gone, channel="notes", person=asked.person, at=asked.at)

    @property
    def file(self) -> str:
        return self.site.files[FILE]

    @property
    def link(self) -> str:
        titled = f"[A harbour]({OPEN})"
        return titled if titled in self.file else f"<{OPEN}>"

    @property
    def note(self) -> str:
        """What is noted on the link, right below it."""
        return f"{self.link}  \n  a harbour"

    def people(self, old: str, new: str) -> None:
        assert old in self.file
        self.site.write({FILE: self.file.replace(old, new)}, by="sam")

    async def draft(self) -> None:
        self.answers.append((await self.desk.drafts.draft(self.request())).text)

    async def choose(self, side: str) -> None:
        await self.desk.drafts.choose(self.request(), conflict="1", side=side)

    async def line(self) -> str:
        """Return the id of the line into which people put the link."""
        items = (await self.desk.views.episode("notes")).items()
        return next(item.id for item in items if item.message == "m0")

    async def asked(self) -> list[str]:
        outline = await self.desk._show.log.outline("show#1")
        return [f"{found.ours}\n-\n{found.theirs}" for _, found in outline.conflicts().values()]


@asynccontextmanager
async def scene(folder: Path, key: str = "5" * 64) -> AsyncIterator[Scene]:
    async with SqliteStore.open(folder / "rundown.db", clock=lambda: 0) as store:
        site, renewal = MemorySite(), ProfileRenewal(PROFILE)
        show = Show(name="show", store=store, site=site, clock=lambda: MONDAY, renewal=renewal)
        more: dict[str, Any] = {"templates": Templates(), "sleep": no_time, "new_key": lambda: key}
        desk = Desk(show=show, room=Nowhere(), web=None, **more)
        try:
            yield Scene(desk, site)
        finally:
            await desk.aclose()


Do = Callable[[Scene], Awaitable[None]]


def below(at: Scene) -> None:
    at.people(f"\n- {at.link}", f"\n  - {at.link}")


def joined(at: Scene) -> None:
    at.people(f"\n- {at.link}", f" and {at.link}")


PUT = {"below": ("- the secret plan", below), "joined": (f"[The secret plan]({SECRET})", joined)}


async def noted(at: Scene) -> None:
    await at.desk.edits.link_note(at.request(), link=LINK, text="a harbour")


async def titled(at: Scene) -> None:
    await at.desk.edits.link_retitle(at.request(), link=LINK, title="A harbour")


async def undone(at: Scene) -> None:
    await at.desk.edits.undo(at.request())


SAID: dict[str, Do] = {
    "noted": noted,
    "titled": titled,
    "untitled": undone,
    "edited": lambda at: at.edit(1, f"[A harbour]({OPEN})"),
    "deleted": lambda at: at.delete(1),
    "left-out": lambda at: at.mark(1, "🚫"),
    "talk": lambda at: at.edit(1, "never mind"),
}
"""What hosts say of the link."""

OUT = ("deleted", "left-out", "talk")
"""What takes it out."""


async def locked_and_back(at: Scene) -> None:
    await at.mark(0, "🔒")
    await at.draft()
    await at.mark(0, "🔒", on=False)


async def taken_out_and_undone(at: Scene) -> None:
    request = at.request()
    await at.desk.edits.link_remove(request, link=await at.line())
    await at.draft()
    await at.desk.edits.undo(at.request())


async def moved(at: Scene) -> None:
    await at.desk.edits.link_move(at.request(), link=await at.line(), topic="Other")


async def reworded_in_the_file(at: Scene) -> None:
    at.people("ecret plan", "ecret plan of Sam")


async def put_out_by_hand(at: Scene) -> None:
    for way in (f"  - {at.link}", f" and {at.link}"):
        if way in at.file:
            at.people(way, f"\n- {at.link}" if "and" in way else f"- {at.link}")


LINE: dict[str, Do] = {
    "locked": lambda at: at.mark(0, "🔒"),
    "back": locked_and_back,
    "deleted": lambda at: at.delete(0),
    "left-out": lambda at: at.mark(0, "🚫"),
    "talk": lambda at: at.edit(0, "never mind"),
    "reworded": lambda at: at.edit(0, "- another plan"),
    "undone": taken_out_and_undone,
    "moved": moved,
    "by-hand": reworded_in_the_file,
    "put-out": put_out_by_hand,
}


async def ask(at: Scene, put: str, said: str, *, at_once: bool) -> None:
    """Have hosts asked about the link that people put into the line."""
    line, way = PUT[put]
    for text, by in (
        (line, "buka"),
        (OPEN, "ken"),
        ("- last", "utti"),
        ("# Other\n- more", "utti"),
    ):
        await at.say(text, by)
    if said == "untitled":
        await titled(at)
    await at.draft()
    if at_once:
        await SAID[said](at)
    way(at)
    await at.draft()
    if not at_once:
        await SAID[said](at)
        await at.draft()
    assert len(await at.asked()) == 1


WAYS = [
    (put, said, line, at_once)
    for put, said, line, at_once in product(PUT, SAID, LINE, (True, False))
    # A command wants the link to stand for itself.
    if at_once or said not in ("noted", "titled")
]
CHOICES = [(None, "never"), *product(("chat", "file"), ("first", "unseen", "last"))]
"""Which side is chosen: before something becomes of the line, before a draft saw that, or then."""


@given(st.sampled_from(WAYS), st.sampled_from(CHOICES))
@settings(max_examples=30, deadline=None)
def test_a_side_stands_whatever_becomes_of_the_line(
    way: tuple[str, str, str, bool], choice: tuple[str | None, str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), way, *choice))


async def play(folder: Path, way: tuple[str, str, str, bool], side: str | None, when: str) -> None:
    put, said, line, at_once = way
    async with scene(folder) as at:
        await ask(at, put, said, at_once=at_once)
        if side and when == "first":
            await at.choose(side)
            await at.draft()
        told = len(at.answers)
        await LINE[line](at)
        if side and when == "unseen":
            await at.choose(side)
        await at.draft()
        if side and when == "last":
            await at.choose(side)
            await at.draft()
        is_chat = side == "chat"
        assert at.file.count(OPEN) == (0 if is_chat and said in OUT else 1)
        has_title = said not in OUT and is_chat is (said != "untitled")
        assert at.file.count("harbour") == int(has_title)
        if side is None:
            assert await at.asked()
        elif line == "put-out":
            assert f"\n- {at.link}" in at.file or OPEN not in at.file
            assert "harbour" not in at.file.replace(at.note, "").replace(at.link, "")
        assert (await at.desk.views.rendered("notes")).text == at.file
        if line == "locked":
            known = at.file + stored(folder) + "".join(at.answers[told:])
            assert "secret.example" not in known
            assert "ecret plan" not in known


async def titled_by_people(at: Scene) -> str:
    """Have people go on with the link while the chat leaves it out; return its id by then."""
    await at.mark(1, "🚫")
    at.people(f"<{OPEN}>", f"[A place]({OPEN})")
    await at.draft()
    items = (await at.desk.views.episode("notes")).items()
    return next(item.id for item in items if item.id.startswith("file:"))


@pytest.mark.parametrize("put", PUT)
@pytest.mark.parametrize("is_peoples", [False, True])
@pytest.mark.parametrize("is_line_asked", [False, True])
async def test_a_note_that_is_asked_about_outlives_the_link_that_goes_off_the_record(
    put: str, tmp_path: Path, *, is_peoples: bool, is_line_asked: bool
) -> None:
    line, _ = PUT[put]
    async with scene(tmp_path) as at:
        for text, by in ((line, "buka"), (OPEN, "ken"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        link = await titled_by_people(at) if is_peoples else LINK
        await at.desk.edits.link_note(at.request(), link=link, text="a harbour")
        if is_line_asked:
            await at.edit(0, "never mind")
        own = f"[A place]({OPEN})" if is_peoples else at.link
        at.people(f"\n- {own}", f"\n  - {own}" if put == "below" else f" and {own}")
        await at.draft()
        assert "harbour" not in at.file
        assert any("harbour" in found for found in await at.asked())
        await at.mark(1, "🔒", by="buka")
        await at.draft()
        assert at.file.count("\n- a harbour\n") == at.file.count("harbour") == 1
        assert "open.example" not in at.file + stored(tmp_path)
        assert "A place" not in at.file + stored(tmp_path)
        assert not any("harbour" in found for found in await at.asked())
        assert (await at.desk.views.rendered("notes")).text == at.file
        await at.draft()
        assert at.file.count("harbour") == 1


@pytest.mark.parametrize("side", ["chat", "file"])
@pytest.mark.parametrize("is_noted", [False, True])
@pytest.mark.parametrize("kind", ["\n#### {}\n\n", "\n{}\n\n", "1. {}\n", "- {}, by hand\n"])
async def test_a_choice_about_a_line_is_none_about_another_s_link_that_people_put_into_it(
    kind: str, side: str, tmp_path: Path, *, is_noted: bool
) -> None:
    """People make another kind of the line while its own message is deleted."""
    async with scene(tmp_path) as at:
        for text, by in ((f"[Plan]({SECRET})", "buka"), (OPEN, "ken"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        joined(at)
        await at.draft()
        await at.delete(0)
        line = f"[Plan]({SECRET}) and <{OPEN}>"
        at.people(f"- {line}\n", kind.format(line))
        if is_noted:
            await noted_alone(at)
        await at.draft()
        assert ("harbour" in at.answers[-1]) is is_noted
        outline = await at.desk._show.log.outline("show#1")
        (number,) = (one for one, found in outline.conflicts().values() if not found.ours)
        await at.desk.drafts.choose(at.request(), conflict=str(number), side=side)
        await at.draft()
        assert at.file.count(OPEN) == 1
        assert at.file.count(SECRET) == (0 if side == "chat" else 1)
        if side == "chat":
            assert ("harbour" in at.file + "".join(await at.asked())) is is_noted
            assert (await at.desk.views.rendered("notes")).text == at.file


async def noted_alone(at: Scene) -> None:
    """Note something on the link, which stands for itself here by now."""
    await at.desk.edits.link_note(at.request(), link=OPEN, text="a harbour")


@pytest.mark.parametrize("side", ["file", "chat"])
async def test_what_stands_below_another_that_is_asked_about_stands_once(
    side: str, tmp_path: Path
) -> None:
    """People put both below a third, after hosts left the two out; the outline had one more."""
    one, other = (f"<https://two.example/{name}>" for name in "ab")
    async with scene(tmp_path) as at:
        await at.say("- third", "ken")
        await at.say(f"{one[1:-1]}\n\n{other[1:-1]}", "buka")
        await at.draft()
        at.people(f"- {one}\n- {other}\n", f"- {one}\n  - {other}\n")
        await at.draft()
        await at.mark(1, "🚫")
        at.people(f"- {one}\n  - {other}\n", f"  - {one}\n    - {other}\n")
        await at.draft()
        assert (await at.desk.views.rendered("notes")).text == at.file
        for number in range(1, 1 + len(await at.asked())):
            await at.desk.drafts.choose(at.request(), conflict=str(number), side=side)
        await at.draft()
        assert at.file.count("two.example") == (2 if side == "file" else 0)
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize("put", PUT)
@pytest.mark.parametrize("gone", ["deleted", "left-out"])
async def test_what_a_link_got_before_its_message_went_comes_not_back_with_it(
    put: str, gone: str, tmp_path: Path
) -> None:
    """No draft had that note, and nobody chose; the link by itself is what the file has of it."""
    line, way = PUT[put]
    async with scene(tmp_path) as at:
        for text, by in ((line, "buka"), (OPEN, "ken"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        way(at)
        await at.draft()
        await at.edit(1, f"{OPEN}\n- a harbour")
        await SAID[gone](at)
        await at.draft()
        assert len(await at.asked()) == 1
        await at.delete(0)
        at.people(at.file, at.file.replace("- last", "- last of all"))
        await at.draft()
        assert at.file.count(OPEN) == 1
        assert "harbour" not in at.file
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize("put", PUT)
@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("said", SAID)
async def test_hosts_are_told_once_that_they_are_asked_about_a_link_alone_by_now(
    put: str, said: str, tmp_path: Path, *, at_once: bool
) -> None:
    """A draft without the locked line knew the link by itself, as if hosts had been told."""
    if not at_once and said in ("noted", "titled"):
        return  # a command wants the link to stand for itself
    async with scene(tmp_path) as at:
        await ask(at, put, said, at_once=at_once)
        await at.mark(0, "🔒")
        await at.draft()
        assert "/choose" in at.answers[-1]
        for which in (0, 2):
            await at.mark(which, "🔒", on=which == 2)
            await at.draft()
            assert await at.asked()
            assert "/choose" not in at.answers[-1]


@pytest.mark.parametrize("end", ["chat", "file", "back"])
@pytest.mark.parametrize("said", OUT)
async def test_a_link_that_people_put_by_itself_again_is_what_hosts_are_asked_about(
    said: str, end: str, tmp_path: Path
) -> None:
    """Where its message gave it no more, it became people's own, and the question another's."""
    async with scene(tmp_path) as at:
        await ask(at, "joined", said, at_once=False)
        await put_out_by_hand(at)
        await at.draft()
        assert f"chat: (removed) – file: {OPEN}" in at.answers[-1]
        if end != "back":
            await at.choose(end)
        elif said == "left-out":
            await at.mark(1, "🚫", on=False)
        else:
            await at.say(OPEN, "ken")
        await at.draft()
        assert at.file.count(OPEN) == (0 if end == "chat" else 1)
        assert (await at.desk.views.rendered("notes")).text == at.file
