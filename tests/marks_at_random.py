"""Marks at random on messages of all kinds, with restarts: what counts is how it all ended.

A seed makes what two hosts and a guest do in a channel, and when the bot is away. In the end the
draft is what a new bot gives that sees each message as it ended, and no mark that does not count.
Of what is off the record no word is left, nor of what a guest said and no host took in.
tests/cogs/test_marks_at_random.py and tests/slack/test_marks_at_random.py say how it is done on a
platform.
"""

import asyncio
import random
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, TypeVar

from bot.core.grammar.message import KEEP, LEAVE_OUT, OF_AUTHORS, OFF_RECORD
from tests.front import PROFILE, TEMPLATE, Home, profiled_site
from tests.patience import LONGEST
from tests.services.desk.house import stored

STEPS = 40
FILE = "_drafts/ep1.md"
SIGNS = (KEEP, LEAVE_OUT, OFF_RECORD)
GUEST = "guest"
HOSTS = ("mika", "jonas")
PEOPLE = (*HOSTS, GUEST)
AWHILE = 1.1
"""Seconds until an edit is surely past: Slack tells its whole second alone."""

TEXTS: Final = {
    "heading": "# {}",
    "link": "[{}](https://example.org/{})",
    "bare link": "https://example.org/{}",
    "known link": "{}: https://example.org/known",
    "links": "[{}](https://example.org/1) and https://example.org/{}",
    "bullets": "- {}\n- one more\n  - and a note",
    "both": "# {}\nhttps://example.org/b{}\n- a note\n\nand talk",
    "talk": "{}, they say",
    "long talk": "{}\n\nis no link",
    "nothing": "",
}
WEIGHTS = (3, 4, 3, 2, 2, 3, 1, 5, 2, 1)
TALK = ("talk", "long talk", "nothing")
HEADINGS = ("heading", "both")

H = TypeVar("H", bound=Home)
Post = TypeVar("Post")


@dataclass
class Said(Generic[Post]):
    """A message, with the words that ever stood in it or were made of it, the newest last."""

    by: str
    kind: str
    words: list[str]
    post: Post = field(repr=False)
    titles: list[str] = field(default_factory=list)
    marks: set[tuple[str, str]] = field(default_factory=set)
    was_kept: bool = False
    is_reply: bool = False
    is_answered: bool = False
    is_gone: bool = False

    def counts(self, by: str, sign: str) -> bool:
        """A guest's mark counts on the guest's own message, to take it out."""
        return by != GUEST or (self.by == GUEST and sign in OF_AUTHORS)

    def has(self, sign: str) -> bool:
        return any(one == sign and self.counts(by, one) for by, one in self.marks)

    @property
    def is_in_draft(self) -> bool:
        if self.is_gone or self.has(OFF_RECORD) or self.has(LEAVE_OUT) or self.kind == "nothing":
            return False
        return self.has(KEEP) or (self.kind not in TALK and self.by != GUEST)


class Play(ABC, Generic[H, Post]):
    """What happens on one platform, the same for the same seed."""

    def __init__(self, home: H, seed: int) -> None:
        self.home = home
        self.random = random.Random(seed)  # noqa: S311 - to be the same each time
        self.said: list[Said[Post]] = []
        self._count = 0

    # --- what a platform does ------------------------------------------------------------------

    @abstractmethod
    async def set_up(self, past: str) -> None:
        """Have the channel watched, with hosts named, and its past read."""

    @abstractmethod
    async def post(self, by: str, text: str, reply_to: Post | None) -> Post: ...
    @abstractmethod
    async def edit(self, post: Post, text: str) -> None: ...
    @abstractmethod
    async def delete(self, post: Post) -> None: ...
    @abstractmethod
    async def mark(self, by: str, post: Post, sign: str, *, on: bool) -> None: ...
    @abstractmethod
    def unmark_unheard(self, by: str, post: Post, sign: str) -> None:
        """Take a mark away without anything being told of it."""

    @abstractmethod
    async def unfurl(self, post: Post, url: str, title: str) -> None: ...
    @abstractmethod
    async def draft(self) -> None: ...
    @abstractmethod
    async def trouble(self) -> None:
        """Have what is told from now on doubled or late, or no more so."""

    @abstractmethod
    async def calm(self) -> None:
        """Tell all that was not told yet, once."""

    # --- what people do ------------------------------------------------------------------------

    def word(self) -> str:
        self._count += 1
        return f"word{self._count:04}"

    def text(self, *, is_reply: bool) -> tuple[str, str, str]:
        """A kind of message, its word, and its text.

        No reply gives a link that is known: where 🔒 on another makes it the reply's, it stays in
        the file where it stood, and a new bot puts it behind what is replied to.
        """
        (kind,) = self.random.choices(list(TEXTS), WEIGHTS)
        kind = "link" if is_reply and kind == "known link" else kind
        word = self.word()
        return kind, word, TEXTS[kind].format(word, word)

    def one(self, so: Callable[[Said[Post]], object] = lambda one: True) -> Said[Post] | None:
        """One of the messages that are there, of those for which something is so."""
        found = [one for one in self.said if not one.is_gone and so(one)]
        return self.random.choice(found) if found else None

    async def say(self) -> None:
        by = self.random.choice((*HOSTS, *PEOPLE))
        target = self.one() if self.random.random() < 0.3 else None
        kind, word, text = self.text(is_reply=target is not None)
        post = await self.post(by, text, target.post if target else None)
        self.said.append(Said(by, kind, [word], post, is_reply=target is not None))
        if target:
            target.is_answered = True

    async def change(self) -> None:
        if one := self.one():
            one.kind, word, text = self.text(is_reply=one.is_reply)
            one.words.append(word)
            await self.edit(one.post, text)

    async def remove(self) -> None:
        # Behind what was deleted its replies still stand: who never saw it cannot know where.
        if one := self.one(lambda one: not one.is_reply and not one.is_answered):
            one.is_gone = True
            await self.delete(one.post)

    async def put(self) -> None:
        if one := self.one():
            mark = (self.random.choice(PEOPLE), self.random.choice((*SIGNS, OFF_RECORD)))
            one.marks.add(mark)
            one.was_kept |= one.has(KEEP)
            await self.mark(mark[0], one.post, mark[1], on=True)

    async def take_away(self) -> None:
        if one := self.one(lambda one: one.marks):
            mark = self.random.choice(sorted(one.marks))
            one.marks.remove(mark)
            await self.mark(mark[0], one.post, mark[1], on=False)

    async def show(self) -> None:
        """Have a link's preview arrive late."""
        if one := self.one(lambda one: one.kind == "bare link" and not one.titles):
            one.titles.append(self.word())
            await self.unfurl(one.post, f"https://example.org/{one.words[-1]}", one.titles[-1])

    # --- what the bot does ---------------------------------------------------------------------

    async def start(self) -> None:
        async with asyncio.timeout(LONGEST):
            await self.home.start()
            await self.home.settled()

    async def be_away(self) -> None:
        await self.random.choice((self.home.stop, self.home.kill))()
        for _ in range(self.random.randrange(5)):
            await self.deed()
        await self.start()

    def deeds(self) -> dict[Callable[[], Awaitable[None]], int]:
        """What people do, each with its weight."""
        often = {self.say: 10, self.put: 10, self.take_away: 6}
        return often | {self.change: 3, self.show: 2, self.remove: 1}

    async def deed(self) -> None:
        deeds = self.deeds()
        await self.random.choices(list(deeds), list(deeds.values()))[0]()

    async def step(self) -> None:
        others = (self.be_away, self.draft, self.trouble)
        await self.random.choices((self.deed, *others), (35, 2, 1, 2))[0]()
        if self.random.random() < 0.7:
            await self.home.settled()

    async def take_in_edits(self) -> None:
        """Have a host take in what the guest changed, which waits for that alone."""
        changed = [one for one in self.said if one.by == GUEST and len(one.words) > 1]
        kept = [one for one in changed if one.has(KEEP) and not one.is_gone]
        if kept:
            await asyncio.sleep(AWHILE)
        for one in kept:
            one.marks.add((HOSTS[0], KEEP))
            await self.mark(HOSTS[0], one.post, KEEP, on=False)
            await self.mark(HOSTS[0], one.post, KEEP, on=True)

    # --- what must hold ------------------------------------------------------------------------

    async def run(self) -> str:
        """Play it all; return what the draft is in the end."""
        await self.set_up("")
        for _ in range(STEPS):
            await self.step()
        await self.calm()
        await self.home.settled()
        await self.take_in_edits()
        await self.home.settled()
        await self.home.stop()
        await self.start()
        body = await self.home.body()
        await self.draft()
        assert (file := self.file()) == body, f"{file}\n\n--- and to the bot:\n{body}"
        self.check(body)
        return body

    def file(self) -> str:
        """The body of the draft's file, if there is one."""
        if not (self.home.site / FILE).exists():
            return ""
        return self.home.committed(FILE).partition("\n---\n\n")[2].rstrip("\n")

    def check(self, body: str) -> None:
        """Look for each message's words, where they are to be and where not."""
        store = stored(self.home.folder) + dumped(self.home.folder)
        for one in self.said:
            for word in one.words[:-1]:
                assert word not in body, one
            if one.kind not in HEADINGS:  # one with nothing below it is not shown
                assert (one.words[-1] in body) is one.is_in_draft, one
            if one.is_in_draft:
                assert one.words[-1] in store, one  # the search itself works
            is_unkept = one.by == GUEST and not one.was_kept
            if is_unkept or (one.has(OFF_RECORD) and not one.is_gone):
                for word in (*one.words, *one.titles):
                    assert word not in body + store, (word, one)

    async def see_the_end_alone(self, folder: Path) -> str:
        """Have a new bot read the channel, without the marks that do not count."""
        for one in self.said:
            for by, sign in one.marks:
                if not one.is_gone and not one.counts(by, sign):
                    self.unmark_unheard(by, one.post, sign)
        home = self.home
        await home.stop()
        home.folder, home.site = folder, profiled_site(folder, PROFILE, TEMPLATE, "main")
        await self.start()
        await self.set_up("all")
        await home.settled()
        return await home.body()


async def agree(play: Play[H, Post], folder: Path) -> None:
    """What all that happened came to is what a new bot makes of the end."""
    async with asyncio.timeout(4 * LONGEST):
        body = await play.run()
        new = await play.see_the_end_alone(folder)
    assert body == new, f"{body}\n\n--- and to a new one:\n{new}"


def dumped(folder: Path) -> str:
    """All rows of a database: in its bytes, a word may stand on two pages."""
    with closing(sqlite3.connect(folder / "rundown.db")) as database:
        return "\n".join(database.iterdump())
