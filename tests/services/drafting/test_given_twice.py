"""A link that two messages give is the second one's where the first one goes, whatever was done.

Each run is held against another in which the first message never gave it: by hosts and people the
same was done there to the second one's.
"""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import tzinfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.events import Message
from bot.core.grammar.message import LEAVE_OUT, OFF_RECORD
from bot.errors import RundownError
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Snapshot
from bot.services.profile_renewal import ProfileRenewal
from bot.services.request import Answer, Request
from bot.services.show import Show
from storage.store import SqliteStore
from tests.patience import no_time
from tests.simulation.site import MemorySite
from tests.simulation.templates import PROFILE, Templates

SECOND = 1_000_000
BEGIN = 1_700_000_000 * SECOND
LINK, OTHER = "https://a.example/paper", "https://b.example/other"
TALK = "only talk"
LINE = re.compile(rf"^.*{LINK}.*\n", re.MULTILINE)


@dataclass
class Talk:
    """A chat with a desk and a site in memory."""

    desk: Desk = field(init=False)
    site: MemorySite = field(default_factory=MemorySite)
    messages: dict[str, Message] = field(default_factory=dict)
    seconds: int = 0
    last: str = ""

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        await asyncio.sleep(0)
        return Snapshot(self.messages[message], Person("buka", "Buka"), None)

    def now(self) -> int:
        self.seconds += 1
        return BEGIN + self.seconds * SECOND

    def request(self) -> Request:
        at = self.now()
        return Request(f"c{at}", Person("oka", "Oka"), "notes", at, "en")

    async def say(self, text: str, by: str = "buka", at: int | None = None) -> str:
        at = at or self.now()
        message = Message(f"m{len(self.messages)}", "notes", at, by, text, at)
        self.messages[message.id] = message
        await self.desk.capture.message(Snapshot(message, Person(by, by.title()), ()))
        return message.id

    async def edit(self, message: str, text: str) -> None:
        edited = replace(self.messages[message], text=text, stamp=self.now())
        self.messages[message] = edited
        await self.desk.capture.message(Snapshot(edited, Person(edited.by, "Buka"), None))

    async def mark(self, message: str, emoji: str, *, on: bool = True) -> None:
        oka, at = Person("oka", "Oka"), self.now()
        await self.desk.capture.mark(message, emoji, on=on, channel="notes", person=oka, at=at)

    async def draft(self) -> Answer | None:
        with suppress(RundownError):  # nothing to draft
            return await self.desk.drafts.draft(self.request())
        return None

    def file(self) -> str:
        return "".join(self.site.files.values())

    def write(self, change: Callable[[str], str]) -> None:
        """Have people change the file, where there is one."""
        for path, text in list(self.site.files.items()):
            if (now := change(text)) != text:
                self.site.write({path: now}, by="oka")

    async def link(self) -> str:
        """The id of the link's item, wherever that is."""
        episode = await self.desk.views.episode("notes")
        waiting = [one for one in episode.waiting for one in one.topic.every_item()]
        nested = [one.item for one in episode.nested]
        known = (*episode.items(), *nested, *waiting, *episode.removed)
        return next(item.id for item in known if LINK in repr(item))


Step = Callable[[Talk], Awaitable[None]]


async def drafted(talk: Talk) -> None:
    await talk.draft()


async def removed(talk: Talk) -> None:
    await talk.desk.edits.link_remove(talk.request(), link=await talk.link())


async def restored(talk: Talk) -> None:
    await talk.desk.edits.link_restore(talk.request(), link=await talk.link())


async def undone(talk: Talk) -> None:
    await talk.desk.edits.undo(talk.request())


async def redone(talk: Talk) -> None:
    await talk.desk.edits.redo(talk.request())


async def moved(talk: Talk) -> None:
    await talk.desk.edits.link_move(talk.request(), link=await talk.link(), after=talk.last)


async def put_off(talk: Talk) -> None:
    await talk.desk.later.later(talk.request(), what=await talk.link())


async def retitled(talk: Talk) -> None:
    await talk.desk.edits.link_retitle(talk.request(), link=await talk.link(), title="By hosts")


async def noted(talk: Talk) -> None:
    await talk.desk.edits.link_note(talk.request(), link=await talk.link(), text="a host's note")


async def cut(talk: Talk) -> None:
    talk.write(lambda text: LINE.sub("", text))


async def moved_in_file(talk: Talk) -> None:
    talk.write(lambda text: LINE.sub("", text).replace("- last\n", f"- last\n- <{LINK}>\n"))


async def nested(talk: Talk) -> None:
    talk.write(lambda text: LINE.sub("", text).replace("- last\n", f"- last\n  - <{LINK}>\n"))


async def retitled_in_file(talk: Talk) -> None:
    talk.write(lambda text: text.replace(f"- <{LINK}>", f"- [By people]({LINK})"))


async def noted_in_file(talk: Talk) -> None:
    talk.write(lambda text: text.replace(f"- <{LINK}>\n", f"- <{LINK}>\n  - people's note\n"))


PLAIN = [drafted, removed, restored, undone, redone, moved, put_off, cut, moved_in_file, nested]
WITH_WORDS = [*PLAIN, retitled, noted, retitled_in_file, noted_in_file]

Fate = Callable[[Talk, str], Awaitable[None]]


async def stays(talk: Talk, message: str) -> None:
    await asyncio.sleep(0)


async def deleted(talk: Talk, message: str) -> None:
    buka, at = Person("buka", "Buka"), talk.now()
    await talk.desk.capture.gone(message, channel="notes", person=buka, at=at)


async def edited_to_talk(talk: Talk, message: str) -> None:
    await talk.edit(message, TALK)


async def edited_to_another(talk: Talk, message: str) -> None:
    await talk.edit(message, OTHER)


async def left_out(talk: Talk, message: str) -> None:
    await talk.mark(message, LEAVE_OUT)


async def locked(talk: Talk, message: str) -> None:
    await talk.mark(message, OFF_RECORD)


async def locked_for_a_while(talk: Talk, message: str) -> None:
    await talk.mark(message, OFF_RECORD)
    await talk.mark(message, OFF_RECORD, on=False)


async def locked_for_a_draft(talk: Talk, message: str) -> None:
    await talk.mark(message, OFF_RECORD)
    await talk.draft()
    await talk.mark(message, OFF_RECORD, on=False)


@asynccontextmanager
async def talking() -> AsyncIterator[Talk]:
    async with SqliteStore.open(None, clock=lambda: 0) as store:
        talk, keys = Talk(), itertools.count()
        show = Show(
            name="show", store=store, site=talk.site, clock=talk.now,
            renewal=ProfileRenewal(PROFILE),
        )  # fmt: skip
        talk.desk = Desk(
            show=show, templates=Templates(), room=talk, web=None, sleep=no_time,
            new_key=lambda: f"{next(keys):064x}",
        )  # fmt: skip
        await talk.desk.start()
        try:
            yield talk
        finally:
            await talk.desk.aclose()


async def body(steps: list[Step], fate: Fate, *, first: str = LINK) -> str:
    """The file's lines in the end, where a message says `first` before another gives the link."""
    async with talking() as talk:
        await _play(talk, steps, fate, first)
        return talk.file().partition("</details>\n\n")[2]


async def _play(talk: Talk, steps: list[Step], fate: Fate, first: str) -> None:
    await talk.say("# A\n- above")
    message = await talk.say(first)
    await talk.say("# B\n- second")
    await talk.say(LINK, by="utti")
    last = await talk.say("# C\n- last")
    items = (await talk.desk.views.episode("notes")).items()
    talk.last = next(item.id for item in items if item.message == last)
    for step in steps:
        with suppress(RundownError):
            await step(talk)
    await fate(talk, message)
    await talk.draft()
    file = talk.file()
    assert (await talk.desk.drafts.preview(talk.request())).text == file.rstrip("\n")
    await talk.draft()
    assert talk.file() == file


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(WITH_WORDS), max_size=5),
    st.sampled_from([deleted, left_out, edited_to_talk]),
)
async def test_what_was_done_to_it_was_done_to_the_second_ones(
    steps: list[Step], fate: Fate
) -> None:
    assert await body(steps, fate) == await body(steps, stays, first=TALK)


@settings(max_examples=20)
@example([drafted, nested, drafted, moved_in_file])
@given(st.lists(st.sampled_from(WITH_WORDS), max_size=5))
async def test_so_it_was_where_the_first_gives_another_link_by_now(steps: list[Step]) -> None:
    assert await body(steps, edited_to_another) == await body(steps, stays, first=OTHER)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PLAIN), max_size=5))
async def test_so_it_was_where_the_first_is_off_the_record(steps: list[Step]) -> None:
    assert await body(steps, locked) == await body(steps, stays, first=TALK)


@pytest.mark.parametrize("fate", [locked_for_a_while, locked_for_a_draft])
@settings(max_examples=20)
@given(st.lists(st.sampled_from(PLAIN), max_size=5))
async def test_back_on_the_record_it_is_as_it_was(fate: Fate, steps: list[Step]) -> None:
    assert await body(steps, fate) == await body(steps, stays)


async def test_what_people_made_of_it_is_asked_about_as_the_ones_that_gives_it_by_now() -> None:
    async with talking() as talk:
        at = talk.now()
        message = await talk.say(LINK)
        await talk.draft()
        await talk.say(LINK, by="utti", at=at)  # read late: it was the first
        await removed(talk)
        await retitled_in_file(talk)
        answer = await talk.draft()
        assert answer is not None
        assert "1 link or line" in answer.text
        assert len(answer.choices) == 2
        await locked(talk, message)
        await talk.draft()
        assert f"- [By people]({LINK})" in talk.file()
        await talk.desk.drafts.choose(talk.request(), **answer.choices[0].values)
        await talk.draft()
        assert LINK not in talk.file()


async def test_one_that_comes_late_after_people_took_its_link_out_is_named() -> None:
    async with talking() as talk:
        await talk.say("- last")
        await talk.draft()
        talk.write(lambda text: text.replace("- last\n", f"- last\n- [By people]({LINK})\n"))
        await talk.draft()
        at = talk.now()
        talk.write(lambda text: LINE.sub("", text))
        await talk.draft()
        await talk.say(f"[By Buka]({LINK})", at=at)
        answer = await talk.draft()
        assert answer is not None
        assert "By Buka" in answer.text
        assert LINK not in talk.file()
        again = await talk.draft()
        assert again is None or "By Buka" not in again.text
