"""A year of a show at random: links come at any moment, episodes are published in any way.

What must hold: each link that was kept is in a file, waits for the next episode, or was named.
"""

import contextlib
import re
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from random import Random
from typing import Any

from bot.core.episode.find import items, topics
from bot.core.events import Message
from bot.core.profile.profile import Profile, load
from bot.errors import RundownError
from bot.services.chat.backfill import Backfill
from bot.services.desk.desk import Desk
from bot.services.notification import Notification
from bot.services.ports import Person, Reaction, Snapshot
from bot.services.profile_renewal import ProfileRenewal
from bot.services.request import Choice, Request
from bot.services.show import Show
from storage.store import SqliteStore
from tests.simulation.history import OneDesk, SimulatedHistory
from tests.simulation.site import Killed, MemorySite
from tests.simulation.templates import Templates
from tests.simulation.world import Fault, no_time

SECOND = 1_000_000
BEGIN = 1_700_000_000 * SECOND
SITE_YML = """
name: Test
path: 'posts/ep{{ number }}.md'
around_links: keep
publish:
  required: []
"""
TEMPLATE = "---\ntitle: x\ndraft: true\nnumber: {{ number | yaml }}\n---\n\n{{ body }}\n"
PROFILE: Profile = load(SITE_YML, TEMPLATE)
NUMBER = re.compile(r"\bx\d{4}\b")
WRITES = ("append", "put_state", "drop_state", "put_draft", "drop_draft", "erase")
MIKA = Person("mika", "Mika")


def _sent(message: str) -> int:
    """Return when a message was posted, by its id."""
    return BEGIN + int(message[1:]) * SECOND


def _last_before(at: int) -> str:
    return f"m{max(at - 1 - BEGIN, 0) // SECOND:06}"


class MortalStore:
    """A store that ends the process before or after one of its writes."""

    def __init__(self, store: SqliteStore, random: Random) -> None:
        self._store = store
        self._random = random
        self.left: int | None = None
        """The writes until it ends; None for never."""
        self.is_dead = False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        return self._mortal(found) if name in WRITES else found

    def _mortal(self, write: Callable[..., Any]) -> Callable[..., Any]:
        async def written(*values: Any, **named: Any) -> Any:
            if self.is_dead:
                raise Killed
            if self.left is not None:
                self.left -= 1
            if self.left is None or self.left > 0:
                return await write(*values, **named)
            self.is_dead = True
            if self._random.randrange(2):
                await write(*values, **named)
            raise Killed

        return written


@dataclass
class Year:
    """One show's year. `told` is all that hosts were told, `choices` what they could tap last."""

    seed: int
    episodes: int = 12
    random: Random = field(init=False)
    site: MemorySite = field(default_factory=MemorySite)
    seconds: int = 0
    links: int = 0
    over: int = 0
    messages: dict[str, Message] = field(default_factory=dict)
    unsent: dict[str, Message | None] = field(default_factory=dict)
    """What the platform tells again after a restart: messages, None where one was deleted."""
    gone: set[str] = field(default_factory=set)
    """The links of messages that were deleted."""
    put_away: set[str] = field(default_factory=set)
    """The links that somebody took out."""
    marked: set[str] = field(default_factory=set)
    """The messages that are left out or off the record."""
    told: set[str] = field(default_factory=set)
    choices: list[Choice] = field(default_factory=list)
    kills: int = 0
    marks: dict[str, str] = field(default_factory=dict)
    """The marks that stand on messages, which are the host's."""
    since: int = 0
    """Until when the app has heard of all that happened."""

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - a seed makes the same run again

    def now(self) -> int:
        self.seconds += 1
        return BEGIN + self.seconds * SECOND

    def request(self) -> Request:
        at = self.now()
        return Request(f"c{self.seconds}", MIKA, "notes", at)

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        """Return a message as the platform has it."""
        found = self.messages.get(message)
        return self._shown(found) if found else None

    def _shown(self, message: Message) -> Snapshot:
        marks = tuple(Reaction(mark, "mika") for mark in self.marks.get(message.id, ""))
        return Snapshot(message, MIKA, marks)

    # --- the year --------------------------------------------------------------------------------

    async def run(self) -> None:
        """Live until so many episodes were over; then look where each link is."""
        async with SqliteStore.open(None, clock=lambda: 0) as store:
            while True:
                mortal = MortalStore(store, self.random)
                try:
                    async with self._open(mortal) as desk:
                        if self.over < self.episodes:
                            mortal.left = self.random.randrange(1, 90)
                            await self._live(desk)
                        mortal.left = None
                        await self._end(desk)
                        return
                except Killed:
                    self.kills += 1

    @asynccontextmanager
    async def _open(self, store: Any):
        show = Show(
            name="show", store=store, site=self.site, clock=self.now,
            renewal=ProfileRenewal(PROFILE),
        )  # fmt: skip
        desk = Desk(show=show, templates=Templates(), room=self, web=None, sleep=no_time)
        desk.listen(self._hear)
        try:
            await desk.start()
            for message, state in list(self.unsent.items()):
                await self._send(desk, message, state)
            await self._while_away(desk)
            yield desk
            if store.is_dead:
                raise Killed  # it ended in the background
        finally:
            await desk.aclose()

    def _hear(self, news: Notification) -> None:
        if news.kind == "said" and news.text is not None:
            self._heed(news.text("en"))
            self.choices += news.choices("en") if news.choices else ()

    def _heed(self, text: str) -> None:
        self.told |= set(NUMBER.findall(text))

    async def _live(self, desk: Desk) -> None:
        ways = [
            (12, self._post), (2, self._edit), (1, self._delete), (1, self._mark), (4, self._later),
            (1, self._undo), (1, self._remove), (3, self._draft), (2, self._edit_file),
            (2, self._publish_by_hand), (1, self._publish), (1, self._close), (3, self._look),
            (3, self._tap), (1, self._reopen), (1, self._move),
        ]  # fmt: skip
        weights = [weight for weight, _ in ways]
        while self.over < self.episodes:
            ((_, way),) = self.random.choices(ways, weights)
            with contextlib.suppress(RundownError):
                await way(desk)
            if not self.random.randrange(4):
                await desk.late.wait_idle()

    async def _end(self, desk: Desk) -> None:
        """Look at the site once more, draft what is open or close it; look where each link is."""
        await desk._watch.look()
        await desk.late.wait_idle()
        try:
            self._heed((await desk.drafts.draft(self.request())).text)
        except RundownError:  # hosts opened an episode again whose page is published
            with contextlib.suppress(RundownError):
                self._heed((await desk.edits.episode_close(self.request())).text)
        await desk.late.wait_idle()
        await self._check(desk)

    async def _check(self, desk: Desk) -> None:
        kept = self._links_of(self.messages.keys() - self.marked)
        files = {number for text in self.site.files.values() for number in NUMBER.findall(text)}
        waits = {
            number
            for _, waiting in await desk._show.hand_over.waiting("notes")
            for one in waiting
            for number in NUMBER.findall(repr(one))
        }
        asked = {
            number
            for record in await desk._show.episodes.all()
            for _, found in (await desk._show.log.outline(record.id)).conflicts().values()
            for number in NUMBER.findall(found.ours)
        }
        lost = kept - files - waits - asked - self.told - self.put_away
        if lost:
            raise Fault(f"seed {self.seed}: {sorted(lost)} are nowhere, and nobody was told")
        here = repr((await desk.views.episode("notes")).items())
        back = (waits | set(NUMBER.findall(here))) & (self.gone | self._links_of(self.marked))
        if back:
            raise Fault(f"seed {self.seed}: {sorted(back)} are here, and were taken back")

    def _links_of(self, messages: set[str]) -> set[str]:
        texts = [one.text or "" for one in self.messages.values() if one.id in messages]
        return set(NUMBER.findall("\n".join(texts)))

    # --- the chat ------------------------------------------------------------------------------

    async def _send(self, desk: Desk, message: str, state: Message | None) -> None:
        """Have the app told of a message; where it ends meanwhile, it is told again."""
        self.unsent[message] = state
        if state is None:
            await desk.capture.gone(message, channel="notes", person=MIKA, at=self.now())
        else:
            await desk.capture.message(Snapshot(state, MIKA, reactions=None))
        self.unsent.pop(message, None)

    def _link(self) -> str:
        self.links += 1
        url = f"https://c.example/x{self.links:04}"
        return url if self.random.randrange(3) else f"[Host x{self.links:04}]({url})"

    def _text(self) -> str:
        kind = self.random.randrange(5)
        if kind == 0:
            return f"# Topic {self.links}\n{self._link()}"
        return f"{self._link()}\n- a note" if kind == 1 else self._link()

    async def _post(self, desk: Desk) -> None:
        at = self.now()
        if not self.random.randrange(6):
            at -= self.random.randrange(60) * SECOND + SECOND // 2  # what comes late
        message = Message(f"m{self.seconds:06}", "notes", at, "mika", self._text(), at)
        self.messages[message.id] = message
        await self._send(desk, message.id, message)

    async def _edit(self, desk: Desk) -> None:
        if self.messages:
            message = self.random.choice(list(self.messages)[-30:])
            await self._send(desk, message, self._edited(message))

    def _edited(self, message: str) -> Message:
        before = self.messages[message]
        text = f"{before.text}\n\n{self._link()}"
        edited = self.messages[message] = replace(before, text=text, stamp=self.now())
        return edited

    async def _delete(self, desk: Desk) -> None:
        if self.messages:
            message = self.random.choice(list(self.messages)[-30:])
            self._deleted(message)
            await self._send(desk, message, None)

    def _deleted(self, message: str) -> None:
        self.gone |= set(NUMBER.findall(self.messages.pop(message).text or ""))

    async def _mark(self, desk: Desk) -> None:
        if self.messages:
            message = self.random.choice(list(self.messages)[-30:])
            mark = self._marked(message)
            await desk.capture.mark(
                message, mark, on=True, channel="notes", person=MIKA, at=self.now()
            )

    def _marked(self, message: str) -> str:
        """Leave a message out, or take it off the record."""
        mark = self.random.choice("🚫🔒")
        self.marked.add(message)
        self.marks[message] = self.marks.get(message, "") + mark
        return mark

    async def _while_away(self, desk: Desk) -> None:
        """Let something happen to messages of which nobody was told; then read what was missed."""
        known = await desk.capture.known_in("notes", since=self.since)
        carried = await desk.carried_in("notes")
        there = sorted({*known.get("notes", ()), *carried.get("notes", ())} & self.messages.keys())
        for message in self.random.sample(there, k=min(len(there), self.random.randrange(4))):
            match self.random.randrange(3):
                case 0:
                    self._edited(message)
                case 1:
                    self._deleted(message)
                case _:
                    self._marked(message)
        history = SimulatedHistory(self.messages, self._shown, self.now, _sent, _last_before)
        shows: Any = OneDesk(desk)
        await Backfill(shows=shows, history=history).read_all("notes", since=self.since)
        self.since = self.now()

    # --- commands ------------------------------------------------------------------------------

    async def _a_thing(self, desk: Desk, *, topic: bool = False) -> str | None:
        episode = await desk.views.episode("notes")
        found = topics(episode) if topic else items(episode, {})
        return self.random.choice(found).id if found else None

    async def _later(self, desk: Desk) -> None:
        thing = await self._a_thing(desk, topic=not self.random.randrange(3))
        if thing:
            await desk.later.later(self.request(), what=thing)

    async def _move(self, desk: Desk) -> None:
        item, topic = await self._a_thing(desk), await self._a_thing(desk, topic=True)
        if item and topic:
            await desk.edits.link_move(self.request(), link=item, topic=topic)

    async def _undo(self, desk: Desk) -> None:
        way = desk.edits.undo if self.random.randrange(3) else desk.edits.redo
        await way(self.request())

    async def _remove(self, desk: Desk) -> None:
        episode = await desk.views.episode("notes")
        if episode.items():
            item = self.random.choice(episode.items())
            self.put_away |= set(NUMBER.findall(repr(item.content)))
            await desk.edits.link_remove(self.request(), link=item.id)

    async def _tap(self, desk: Desk) -> None:
        if self.choices:
            choice = self.choices.pop(self.random.randrange(len(self.choices)))
            await desk.later.later(self.request(), **choice.values)

    async def _reopen(self, desk: Desk) -> None:
        numbers = list((await desk._show.numbers()).values())
        if numbers:
            await desk.edits.episode_start(self.request(), number=self.random.choice(numbers[-3:]))

    # --- the site ------------------------------------------------------------------------------

    def _drafts(self) -> list[str]:
        return [path for path, text in self.site.files.items() if "draft: true\n" in text]

    async def _draft(self, desk: Desk) -> None:
        fate = self.random.randrange(12)

        def end_if(wanted: int) -> None:
            if fate == wanted:
                raise Killed

        self.site.before_commit = lambda: end_if(0)
        self.site.after_commit = lambda: end_if(1)
        try:
            self._heed((await desk.drafts.draft(self.request())).text)  # it names disagreements
        finally:
            self.site.before_commit = self.site.after_commit = lambda: None

    async def _edit_file(self, desk: Desk) -> None:
        """Have a person take a line out of a draft."""
        paths = self._drafts()
        if not paths:
            return
        path = self.random.choice(paths)
        lines = self.site.files[path].split("\n")
        found = [at for at, line in enumerate(lines) if NUMBER.search(line)]
        if found and not self.random.randrange(2):
            at = self.random.choice(found)
            self.put_away |= set(NUMBER.findall(lines[at]))
            del lines[at]
            self.site.write({path: "\n".join(lines)}, by="oka")

    async def _publish_by_hand(self, desk: Desk) -> None:
        paths = self._drafts()
        if paths:
            path = self.random.choice(paths)
            page = self.site.files[path].replace("draft: true\n", "")
            self.site.write({path: page}, by="oka")
            self.over += 1

    async def _publish(self, desk: Desk) -> None:
        await desk.publishing.publish(self.request(), what="anyway")
        self.over += 1

    async def _close(self, desk: Desk) -> None:
        answer = await desk.edits.episode_close(self.request())
        self._heed(answer.text)
        self.choices += answer.choices
        self.over += 1

    async def _look(self, desk: Desk) -> None:
        await desk._watch.look()
