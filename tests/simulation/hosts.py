"""Hosts at random: what they say, mark and command in the chat."""

import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import tzinfo
from random import Random

from bot.core.episode.find import items, topics
from bot.core.events import Message, born_of
from bot.core.model import Lookup
from bot.core.urls import canonical
from bot.errors import RundownError
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Snapshot
from bot.services.request import Request
from tests.simulation.fixed_lines import OWN
from tests.simulation.lines import LINE, counts
from tests.simulation.said import Said

SECOND = 1_000_000
BEGIN = 1_700_000_000 * SECOND
PEOPLE = ("buka", "oka", "utti")

Way = tuple[int, Callable[[Desk], Awaitable[None]]]
"""One thing that hosts do, behind how often they do it."""


class Hosts:
    """Whoever is in the chat; it goes on over restarts of the app."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.seconds = 0
        self._links = 0
        self._words = 0
        self.messages: dict[str, Message] = {}
        self.texts: dict[str, list[str]] = {}
        """What each message said, one state after the other."""
        self.touched: set[str] = set()
        """The ids of items that hosts took out or gave a title of their own."""
        self.said = Said()
        self._noted: list[tuple[str, str, str]] = []
        """The notes that commands added: who did, to which item, and the words."""
        self.heard: Callable[[str], None] = lambda note: None
        self.before_lock: Callable[[str], None] = lambda message: None

    def now(self) -> int:
        self.seconds += 1
        return BEGIN + self.seconds * SECOND

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        """Return a message as the platform has it."""
        found = self.messages.get(message)
        return Snapshot(found, Person(found.by, found.by.title()), None) if found else None

    async def do(self, desk: Desk) -> None:
        """Do one thing, or something that cannot be done."""
        ways = self._ways()
        weights = [weight for weight, _ in ways]
        ((_, way),) = self.random.choices(ways, weights)
        with contextlib.suppress(RundownError):
            await way(desk)

    def _ways(self) -> list[Way]:
        """Return what hosts do, each with how often."""
        return [
            (6, self._post), (2, self._edit), (1, self._delete), (1, self._mark),
            (2, self._retitle), (2, self._move), (1, self._remove), (1, self._restore),
            (1, self._topic), (1, self._note), (1, self._undo), (1, self._title),
            (2, self._look_up), (1, self._again), (1, self._choose), (1, self._lock),
            (2, self._end_heading), (1, self._close),
        ]  # fmt: skip

    def request(self, key: str = "", *, person: Person | None = None) -> Request:
        at = self.now()
        name = self.random.choice(PEOPLE) if person is None else person.id
        return Request(key or f"c{self.seconds}", Person(name, name.title()), "notes", at)

    def _text(self) -> str:
        kind = self.random.randrange(9)
        if kind < 4:
            return self.url()
        if kind == 4:
            return f"{self.url()}\n- note {self.word()}\n> quoted {self.word()}"
        if kind == 5:
            return f"- bullet {self.word()}"
        if kind == 6:
            return f"# Topic {self.random.choice('ABCDE')}"
        if kind == 7:
            return f"# Topic {self.word()}\n{self.url()}\n\n[Host {self.word()}]({self.url()})"
        return f"#### Sub {self.word()}\n{self.url()}"

    def url(self) -> str:
        self._links += 1
        number = self._links if self.random.randrange(12) else self.random.randrange(40)
        return f"https://c.example/x{number:04}"

    def word(self) -> str:
        self._words += 1
        return f"h{self._words:04}"

    async def _post(self, desk: Desk) -> None:
        await self.post(desk)

    async def post(self, desk: Desk, text: str | None = None) -> str:
        """Say something; return the message's id."""
        at = self.now()
        if not self.random.randrange(8):
            at -= self.random.randrange(60) * SECOND + SECOND // 2  # what comes late
        person = self.random.choice(PEOPLE)
        reply = None
        if self.messages and not self.random.randrange(6):
            reply = self.random.choice(list(self.messages))
        text = self._text() if text is None else text
        message = Message(f"m{self.seconds:05}", "notes", at, person, text, at, reply)
        self.messages[message.id] = message
        await self._send(desk, message)
        return message.id

    async def say_instead(self, desk: Desk, message: str, text: str) -> None:
        """Edit a message."""
        edited = replace(self.messages[message], text=text, stamp=self.now())
        self.messages[message] = edited
        await self._send(desk, edited)

    async def _send(self, desk: Desk, message: Message) -> None:
        author = Person(message.by, message.by.title())
        self.said.message(message)
        self.texts.setdefault(message.id, []).append(message.text or "")
        await desk.capture.message(Snapshot(message, author, reactions=None))

    def wanted(self, text: str) -> set[str]:
        """Return the words of what hosts want all of, wherever else people have them.

        A line with several links is put in whole, though one of them stands in the template's line
        of a text; a link comes with the title that it has there.
        """
        kept = [self.messages[one].text or "" for one in self.said.kept() if one in self.messages]
        lines = (line for one in self.messages.values() for line in (one.text or "").split("\n"))
        several = set(counts("\n".join(line for line in lines if line.count("https://") > 1)))
        own = counts("\n".join(line for line in text.split("\n") if OWN.match(line)))
        wanted = set(counts("\n".join(kept))) | several & own.keys()
        links = ((title, url) for title, url, _ in LINE.findall(text))
        return wanted.union(*(counts(title) for title, url in links if wanted & set(counts(url))))

    def said_before(self, message: str) -> set[str]:
        """Return the lines that a message said once, of which no other message says a word.

        People may have put one into another line, or below one, where it stands still. What is off
        the record says nothing.
        """
        away = {message, *self.said.off_record()}
        others = [one.text or "" for key, one in self.messages.items() if key not in away]
        known = counts("\n".join(others))
        lines = "\n".join(self.texts[message]).split("\n")
        return {line for line in lines if counts(line) and not known & counts(line)}

    def took_out(self, word: str) -> bool:
        """Return whether each message that said a word once was edited to others since."""
        said = [one for one, texts in self.texts.items() if any(word in text for text in texts)]
        now = [self.messages.get(one) for one in said]
        return bool(said) and all(one and word not in (one.text or "") for one in now)

    def noted_on(self, message: str, *, by: str) -> tuple[set[str], set[str]]:
        """Return the notes on a message that somebody locks: its author's and theirs, and others'.

        The former go along with it. Behind a sentence that people made of the message, a note is a
        line of its own.
        """
        own = {self.messages[message].by, by}
        notes = [(who, text) for who, item, text in self._noted if born_of(item) == message]
        own_notes = {text for who, text in notes if who in own}
        return own_notes, {text for _, text in notes} - own_notes

    def _a_message(self) -> str:
        return self.random.choice(list(self.messages))

    async def _again(self, desk: Desk) -> None:
        """Deliver a message once more."""
        if self.messages:
            await self._send(desk, self.random.choice(list(self.messages.values())))

    async def _edit(self, desk: Desk) -> None:
        if not self.messages:
            return
        message = self.messages[self._a_message()]
        text = message.text or ""
        how = self.random.randrange(4)
        if how == 0:
            text += f"\n- note {self.word()}"
        elif how == 1:
            text = self._text()
        elif how == 2:
            text += f"\n\n{self.url()}"
        else:
            text = text.replace("# Topic", "# Topic new")
        await self.say_instead(desk, message.id, text)

    async def _delete(self, desk: Desk) -> None:
        if self.messages:
            await self.delete(desk, self._a_message())

    async def delete(self, desk: Desk, message: str) -> None:
        """Delete a message."""
        by = self.messages.pop(message).by
        person = Person(by, by.title())
        await desk.capture.gone(message, channel="notes", person=person, at=self.now())

    async def _mark(self, desk: Desk) -> None:
        if self.messages:
            message = self._a_message()
            emoji, on = self.random.choice("📝🚫"), bool(self.random.randrange(2))
            await self.mark(desk, message, emoji, on=on)

    async def mark(
        self, desk: Desk, message: str, emoji: str, *, on: bool = True, by: str = "oka"
    ) -> None:
        """Put a mark on a message, or take it away."""
        self.said.mark(message, emoji, by, on=on)
        person = Person(by, by.title())
        told = await desk.capture.mark(
            message, emoji, on=on, channel="notes", person=person, at=self.now()
        )
        self.heard(str(told.note or ""))

    async def _lock(self, desk: Desk) -> None:
        """Take a message off the record, or bring it back."""
        if self.messages:
            await self._off_record(desk, self._a_message())

    async def _off_record(self, desk: Desk, message: str) -> None:
        on = bool(self.random.randrange(3))
        if on:
            self.before_lock(message)
            self.said.lock(self.messages[message], "oka")
        await self.mark(desk, message, "🔒", on=on)

    async def _end_heading(self, desk: Desk) -> None:
        """Have a heading go, in one of the ways in which it can, or come back."""
        headings = [
            message for message in self.messages.values() if (message.text or "").startswith("#")
        ]
        if not headings:
            return
        message = self.random.choice(headings)
        how = self.random.randrange(5)
        if how == 0:
            await self.delete(desk, message.id)
        elif how == 1:
            on = bool(self.random.randrange(2))
            await self.mark(desk, message.id, "🚫", on=on, by=message.by)
        elif how == 2:
            await self._off_record(desk, message.id)
        else:
            heading, _, rest = (message.text or "").partition("\n")
            text = f"talk {self.word()}\n{rest}" if how == 3 else f"{heading} {self.word()}\n{rest}"
            await self.say_instead(desk, message.id, text.rstrip("\n"))

    async def _close(self, desk: Desk) -> None:
        """Close the episode, and open it again."""
        number = str((await desk.views.episode("notes")).fields.get("number", ""))
        await desk.edits.episode_close(self.request())
        await desk.edits.episode_start(self.request(), number=number)

    async def _an_item(self, desk: Desk) -> str | None:
        found = items(await desk.views.episode("notes"), {})
        return self._one_of([one.id for one in found]) if found else None

    def _one_of(self, items: list[str]) -> str:
        return self.random.choice(items)

    async def a_topic(self, desk: Desk) -> str | None:
        found = topics(await desk.views.episode("notes"))
        return self.random.choice(found).id if found else None

    async def _retitle(self, desk: Desk) -> None:
        if item := await self._an_item(desk):
            self.touched.add(item)
            await desk.edits.link_retitle(self.request(), link=item, title=f"Host {self.word()}")

    async def _note(self, desk: Desk) -> None:
        if item := await self._an_item(desk):
            request, word = self.request(), self.word()
            await desk.edits.link_note(request, link=item, text=f"note {word}")
            self.said.note(word, request, item)
            self._noted.append((request.person.id, item, f"note {word}"))

    async def _move(self, desk: Desk) -> None:
        item, topic = await self._an_item(desk), await self.a_topic(desk)
        if item and self.random.randrange(2):
            await desk.edits.link_move(self.request(), link=item, topic=topic)
        elif item:
            other = await self._an_item(desk)
            await desk.edits.link_move(self.request(), link=item, after=other)

    async def _remove(self, desk: Desk) -> None:
        if item := await self._an_item(desk):
            self.touched.add(item)
            await desk.edits.link_remove(self.request(), link=item)

    async def _restore(self, desk: Desk) -> None:
        episode = await desk.views.episode("notes")
        put = (await desk._show.log.outline(episode.id)).stands_in()
        removed = [
            one for one in episode.removed if one.id not in put
        ]  # it would stand there twice
        if removed:
            item = self.random.choice(removed).id
            self.touched.add(item)  # whoever undoes that takes it out again
            await desk.edits.link_restore(self.request(), link=item)

    async def _topic(self, desk: Desk) -> None:
        topic, other = await self.a_topic(desk), await self.a_topic(desk)
        how = self.random.randrange(5)
        if how == 0 or not topic or not other:
            await desk.edits.topic_add(self.request(), name=f"Topic {self.word()}", after=topic)
        elif how == 1:
            await desk.edits.topic_rename(self.request(), topic=topic, name=f"Topic {self.word()}")
        elif how == 2:
            await desk.edits.topic_move(self.request(), topic=topic, after=other)
        elif how == 3:
            await desk.edits.topic_merge(self.request(), topic=topic, into=other)
        else:
            await desk.edits.topic_remove(self.request(), topic=topic)

    async def _undo(self, desk: Desk) -> None:
        redo = not self.random.randrange(3)
        await (desk.edits.redo if redo else desk.edits.undo)(self.request())

    async def _title(self, desk: Desk) -> None:
        await desk.edits.episode_set(self.request(), field="title", value=f"Episode {self.word()}")

    async def _look_up(self, desk: Desk) -> None:
        """Have a title come from the web."""
        url = f"https://c.example/x{self.random.randrange(self._links + 1):04}"
        lookup = Lookup(url, f"Web {self.word()}", source="page", at=self.now())
        await desk._show.store.put_lookups({canonical(url): lookup})

    async def _choose(self, desk: Desk) -> None:
        outline = await desk._show.log.outline((await desk.views.episode("notes")).id)
        state, side = outline._laid(), self.random.choice(("chat", "file"))
        wanted = self._a_number([number for number, _ in outline.conflicts().values()])
        for key, (number, found) in outline.conflicts().items():
            if number == wanted and side == "chat":
                self.touched.add(found.about)
                # What stood below it when that was asked was shown as a part of it: it goes along.
                self.touched.update(state.builder.told_below(found.about, state.asked[key]))
                if event := outline.stands_in().get(found.about):
                    self.touched.add(event.what.into)
        await desk.drafts.choose(self.request(), conflict=str(wanted), side=side)

    def _a_number(self, asked: Sequence[int]) -> int:
        """Return the number of a question to answer: one of those that are asked, or another."""
        return self.random.randrange(1, 4)
