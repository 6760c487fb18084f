"""The life of a mark: on, off, edits, kills, late and doubled news, in every order.

After it all, a message that is locked has left no byte in the database's files, nor a line in the
site's; one that is not is in the draft as the platform has it, with its preview's title.
"""

import asyncio
import random
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.events import Message
from bot.core.grammar.message import KEEP, LEAVE_OUT, OFF_RECORD
from bot.core.urls import canonical
from bot.errors import RundownError
from bot.services.capture.snapshot_events import marked
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Preview, Reaction, Snapshot
from bot.services.profile_renewal import ProfileRenewal
from bot.services.request import Request
from bot.services.show import Show
from storage.store import SqliteStore
from tests.patience import no_time
from tests.simulation.site import MemorySite
from tests.simulation.templates import PROFILE, Templates

SECOND = 1_000_000
BEGIN = 1_700_000_000 * SECOND
ID = "m2"
HOSTS = ("oka", "ken")
AUTHOR = Person("buka", "Buka")


@dataclass
class Life:
    """A platform with one message that matters, and an app that hears of it, or does not."""

    folder: Path
    arrival: bool
    seconds: int = 0
    edits: int = 0
    message: Message | None = None
    other: Message | None = None
    marks: set[tuple[str, str]] = field(default_factory=set)
    late: list[tuple[str, object]] = field(default_factory=list)
    site: MemorySite = field(default_factory=MemorySite)
    desk: Desk | None = None
    store: SqliteStore | None = None
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    # --- the platform --------------------------------------------------------------------------

    def now(self) -> int:
        self.seconds += 1
        return BEGIN + self.seconds * SECOND

    @property
    def address(self) -> str:
        return f"https://secret{self.edits}.example/paper"

    def text(self) -> str:
        return f"{self.address}\n- whisper{self.edits}"

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        await asyncio.sleep(0)
        if message != ID or self.message is None:
            return None
        return Snapshot(self.message, AUTHOR, None, self.previews())

    def previews(self) -> tuple[Preview, ...]:
        return (Preview(self.address, f"Title{self.edits}"),)

    def snapshot(self, *, marks: bool) -> Snapshot:
        assert self.message is not None
        shown = tuple(Reaction(emoji, by) for by, emoji in sorted(self.marks)) if marks else None
        return Snapshot(self.message, AUTHOR, shown, self.previews())

    # --- the app -------------------------------------------------------------------------------

    async def start(self) -> None:
        store = await self.stack.enter_async_context(
            SqliteStore.open(self.folder / "rundown.db", clock=lambda: 0)
        )
        self.store = store
        show = Show(
            name="show", store=store, site=self.site, clock=self.now,
            renewal=ProfileRenewal(PROFILE),
        )  # fmt: skip
        self.desk = Desk(show=show, templates=Templates(), room=self, web=None, sleep=no_time)
        await self.desk.start()
        self.stack.push_async_callback(self.desk.aclose)
        if self.message is not None and self.other is not None:  # the channel is read again
            shown = [Snapshot(self.other, AUTHOR, ()), self.snapshot(marks=True)]
            await self.desk.capture.read(shown, at=self.now())

    async def stop(self) -> None:
        await self.stack.aclose()
        self.desk = None

    async def begin(self) -> None:
        await self.start()
        assert self.desk is not None
        at = self.now()
        self.other = Message("m1", "notes", at, "buka", "# A\nhttps://open.example/", at)
        await self.desk.capture.message(Snapshot(self.other, AUTHOR, None))
        at = self.now()
        self.message = Message(ID, "notes", at, "buka", self.text(), at)
        await self.desk.capture.message(self.snapshot(marks=False))

    # --- what happens --------------------------------------------------------------------------

    async def set_mark(self, by: str, emoji: str, how: str) -> None:
        on = (by, emoji) not in self.marks
        (self.marks.add if on else self.marks.discard)((by, emoji))
        await self._news(("mark", (by, emoji, on, self.now())), how)

    async def edit(self, how: str) -> None:
        assert self.message is not None
        self.edits += 1
        self.message = replace(self.message, text=self.text(), stamp=self.now())
        await self._news(("message", self.snapshot(marks=False)), how)

    async def twice(self, by: str) -> None:
        """Lock and unlock (or the other way round) so fast that both are heard at once."""
        news = []
        for _ in range(2):
            on = (by, OFF_RECORD) not in self.marks
            (self.marks.add if on else self.marks.discard)((by, OFF_RECORD))
            news.append(("mark", (by, OFF_RECORD, on, self.now())))
        await asyncio.gather(*(self._hear(*one) for one in news))

    async def killed(self, by: str) -> None:
        """Die when the mark is stored, and nothing else is done yet."""
        assert self.desk is not None and self.store is not None
        on = (by, OFF_RECORD) not in self.marks
        (self.marks.add if on else self.marks.discard)((by, OFF_RECORD))
        episode = (await self.desk.views.episode("notes")).id
        await self.store.append([marked(ID, by, OFF_RECORD, episode, on=on, at=self.now())])
        await self.stop()
        await self.start()

    async def while_away(self, by: str, what: str) -> None:
        """Have something happen while nobody runs."""
        await self.stop()
        for one in what:
            if one == "e":
                await self.edit("lost")
            else:
                await self.set_mark(by, OFF_RECORD, "lost")
        await self.start()

    async def draft(self) -> None:
        assert self.desk is not None
        at = self.now()
        request = Request(f"c{at}", Person("oka", "Oka"), "notes", at)
        try:
            await self.desk.drafts.draft(request)
        except RundownError as error:
            assert error.name == "desk.nothing-to-draft"

    async def _news(self, news: tuple[str, object], how: str) -> None:
        if how in ("live", "doubled"):
            await self._hear(*news)
        if how in ("late", "doubled"):
            self.late.append(news)

    async def _hear(self, kind: str, what: object) -> None:
        assert self.desk is not None
        if kind == "message":
            assert isinstance(what, Snapshot)
            await self.desk.capture.message(what)
            return
        assert isinstance(what, tuple)
        by, emoji, on, at = what
        at = self.now() if self.arrival else at
        person = Person(by, by.title())
        await self.desk.capture.mark(ID, emoji, on=on, channel="notes", person=person, at=at)

    async def hear_late(self, chance: random.Random) -> None:
        chance.shuffle(self.late)
        while self.late:
            await self._hear(*self.late.pop())

    # --- what must hold ------------------------------------------------------------------------

    async def end(self, chance: random.Random) -> None:
        await self.hear_late(chance)
        await self.stop()
        await self.start()
        assert self.desk is not None and self.store is not None
        await self.draft()
        (text,) = (one for path, one in self.site.files.items() if path.startswith("posts/"))
        assert "<https://open.example/>" in text
        standing = {emoji for _, emoji in self.marks}
        if OFF_RECORD in standing:
            self.check_nothing_is_left()
            assert "secret" not in text and "whisper" not in text
        elif LEAVE_OUT not in standing:
            assert text.count(f"[Title{self.edits}]({self.address})") == 1, text
            assert text.count(f"- whisper{self.edits}\n") == 1
        await self.stop()
        if OFF_RECORD in standing:
            self.check_nothing_is_left()

    def check_nothing_is_left(self) -> None:
        data = b"".join(one.read_bytes() for one in self.folder.iterdir() if one.is_file())
        assert b"open.example" in data  # the search itself works
        for number in range(self.edits + 1):
            for word in (f"secret{number}.", f"whisper{number}", f"Title{number}"):
                assert word.encode() not in data, word
                assert word.encode("utf-16-le") not in data, word
        assert canonical(self.address).encode() not in data


HOW = st.sampled_from(["live", "live", "late", "doubled", "lost"])
BY = st.sampled_from(HOSTS)
DEEDS = st.one_of(
    st.tuples(st.just("set_mark"), BY, st.just(OFF_RECORD), HOW),
    st.tuples(st.just("set_mark"), BY, st.just(OFF_RECORD), HOW),
    st.tuples(st.just("set_mark"), BY, st.sampled_from([KEEP, LEAVE_OUT]), HOW),
    st.tuples(st.just("edit"), HOW),
    st.tuples(st.just("twice"), BY),
    st.tuples(st.just("killed"), BY),
    st.tuples(st.just("while_away"), BY, st.sampled_from(["l", "el", "le", "ll", "lle", "lel"])),
    st.tuples(st.just("draft")),
    st.tuples(st.just("hear_late")),
)


async def live(deeds: list[tuple[str, ...]], seed: int, *, arrival: bool) -> None:
    chance = random.Random(seed)  # noqa: S311 - a seed makes the same run again
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder), arrival)
        try:
            await life.begin()
            for name, *values in deeds:
                if name == "hear_late":
                    await life.hear_late(chance)
                else:
                    await getattr(life, name)(*values)
            await life.end(chance)
        finally:
            await life.stop()


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, max_size=10), st.integers(0, 9), st.booleans())
def test_a_lock_holds_and_its_lifting_brings_back_whenever_they_happen(
    deeds: list[tuple[str, ...]], seed: int, arrival: bool
) -> None:
    asyncio.run(live(deeds, seed, arrival=arrival))


@pytest.mark.parametrize(
    "deeds",
    [
        [("while_away", "oka", "el")],
        [("while_away", "oka", "le")],
        [("draft",), ("while_away", "oka", "el")],
        [("set_mark", "oka", OFF_RECORD, "live"), ("while_away", "oka", "l")],
        [("set_mark", "oka", OFF_RECORD, "live"), ("set_mark", "oka", OFF_RECORD, "live")],
        [("draft",), ("twice", "oka")],
        [("draft",), ("killed", "oka"), ("killed", "oka")],
    ],
)
def test_what_was_wrong_once(deeds: list[tuple[str, ...]]) -> None:
    for arrival in (False, True):
        asyncio.run(live(deeds, 0, arrival=arrival))


@pytest.mark.soak
@settings(max_examples=3_000, deadline=None)
@given(st.lists(DEEDS, max_size=25), st.integers(0, 9), st.booleans())
def test_it_does_over_long_lives_too(
    deeds: list[tuple[str, ...]], seed: int, arrival: bool
) -> None:
    asyncio.run(live(deeds, seed, arrival=arrival))
