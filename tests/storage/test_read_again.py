"""An episode is the same live as read again, whatever was said in which episode, and when."""

import contextlib
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.adapters.absent import NoSite
from bot.core.events import Message, Thread
from bot.core.model import Episode
from bot.errors import CommandError
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Snapshot, Store
from bot.services.profile_renewal import ProfileRenewal
from bot.services.request import Request
from bot.services.show import Show
from tests.services.desk.house import MONDAY, SECOND, Chat, profile

A, B, TALK = "# A", "# B", "talk"
LINK, OTHER, THIRD = (f"https://a.example/{n}" for n in range(1, 4))


@dataclass(frozen=True)
class Said:
    """Somebody says something: in a channel, or where an earlier message stands.

    `to` counts back from the last message; a `late` one is told of when the next thing happens.
    """

    text: str
    how: str = "plain"
    to: int = 0
    channel: str = "notes"
    late: bool = False


@dataclass(frozen=True)
class Edited:
    to: int
    text: str


@dataclass(frozen=True)
class Deleted:
    to: int


@dataclass(frozen=True)
class Marked:
    to: int
    emoji: str
    on: bool = True


@dataclass(frozen=True)
class Did:
    """A host gives a command."""

    name: str
    channel: str = "notes"
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Restarted:
    """The bot is stopped and started."""


Step = Said | Edited | Deleted | Marked | Did | Restarted
COMMANDS = {
    "close": lambda desk, request: desk.edits.episode_close(request),
    "start": lambda desk, request: desk.edits.episode_start(request),
    "reopen": lambda desk, request, n: desk.edits.episode_start(request, number=n),
    "rename": lambda desk, request, n: desk.edits.topic_rename(request, topic=n, name="New"),
    "merge": lambda desk, request, n: desk.edits.topic_merge(request, topic=n, into="1"),
    "remove": lambda desk, request, n: desk.edits.topic_remove(request, topic=n),
    "move": lambda desk, request, n: desk.edits.link_move(request, link="1.1", topic=n),
    "undo": lambda desk, request: desk.edits.undo(request),
    "redo": lambda desk, request: desk.edits.redo(request),
}  # fmt: skip


class Channel:
    """What happens in a show whose bot may be stopped and started at any moment."""

    def __init__(self, store: Store, seconds: Iterator[int]) -> None:
        self.store = store
        self.seconds = seconds
        self.chat = Chat()
        self.said: list[Message] = []
        self.late: list[Message] = []
        self.desk = self.started()

    def started(self) -> Desk:
        renewal = ProfileRenewal(profile())
        show = Show(
            name="show", store=self.store, site=NoSite("x"), renewal=renewal, clock=self.now
        )
        return Desk(show=show, templates=cast(Any, None), room=self.chat, web=None)

    def now(self) -> int:
        return MONDAY + 9_000 * SECOND

    def tick(self) -> int:
        return MONDAY + next(self.seconds) * SECOND

    async def outlines(self) -> dict[str, Episode]:
        """What this bot has of all episodes."""
        show = self.desk._show
        names = [record.id for record in await show.episodes.all() if record.opened is not None]
        return {name: (await show.log.outline(name)).episode for name in sorted(names)}

    async def restart(self) -> None:
        await self.desk.aclose()
        self.desk = self.started()

    async def happens(self, step: Step) -> None:
        held, self.late = self.late, []
        match step:
            case Said():
                await self.say(step)
            case Edited(to, text) if message := self.back(to):
                await self.tell(replace(message, text=text, stamp=self.tick()))
            case Deleted(to) if message := self.back(to):
                await self.desk.capture.gone(
                    message.id, channel=parent(message), person=OKA, at=self.tick()
                )
            case Marked(to, emoji, on) if message := self.back(to):
                await self.desk.capture.mark(
                    message.id, emoji, on=on, channel=parent(message), person=OKA, at=self.tick()
                )
            case Did(name, channel, options):
                at = self.tick()
                request = Request(f"c{at}", OKA, channel, at, "en")
                with contextlib.suppress(CommandError):
                    await COMMANDS[name](self.desk, request, *options)
            case Restarted():
                await self.restart()
        for message in held:
            await self.see(message)

    def back(self, to: int) -> Message | None:
        return self.chat.messages[self.said[-1 - to % len(self.said)].id] if self.said else None

    async def say(self, step: Said) -> None:
        at = self.tick()
        message = Message(f"m{at * 3701 % 1_000_003}", step.channel, at, "buka", step.text, at)
        to = self.back(step.to)
        if to is not None and step.how == "reply":
            message = replace(message, channel=to.channel, thread=to.thread, reply_to=to.id)
        elif to is not None and step.how == "threaded" and to.thread is None:
            root = to.reply_to if to.threaded else to.id
            message = replace(message, channel=to.channel, reply_to=root, threaded=True)
        elif to is not None and step.how in ("thread", "named thread"):
            name = "Thread" if step.how == "named thread" else ""
            thread = to.thread or Thread(f"t{to.id}", name, to.channel, to.id)
            message = replace(message, channel=thread.id, thread=thread)
        elif step.how == "post":
            thread = Thread(message.id, "Post", "forum", message.id)
            message = replace(message, channel=message.id, thread=thread)
        self.said.append(message)
        await self.tell(message, late=step.late)

    async def tell(self, message: Message, *, late: bool = False) -> None:
        self.chat.messages[message.id] = message
        await (self.hold(message) if late else self.see(message))

    async def hold(self, message: Message) -> None:
        self.late.append(message)

    async def see(self, message: Message) -> None:
        await self.desk.capture.message(Snapshot(message, Person(message.by, "Buka")))


OKA = Person("oka", "Oka")
CLOSED, LEFT_OUT = Did("close"), Marked(0, "🚫")


def parent(message: Message) -> str:
    return message.thread.parent if message.thread else message.channel


TEXTS = st.one_of(
    st.integers(1, 4).map(lambda n: f"https://a.example/{n}"),
    st.sampled_from(["# A", "# B", "#### S", "- bullet", "# C\nhttps://a.example/c"]),
    st.just(TALK),
)
CHANNELS = st.sampled_from(["notes", "notes", "other"])
BACK = st.integers(0, 6)
HOW = st.sampled_from(
    ["plain", "plain", "reply", "reply", "threaded", "thread", "named thread", "post"]
)
TOPIC = st.sampled_from(["1", "2", "3"])
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(Said, TEXTS, HOW, BACK, CHANNELS, st.sampled_from([False, False, True])),
    st.builds(Said, TEXTS, HOW, BACK),
    st.builds(Said, st.just(TALK), HOW, BACK),
    st.builds(Edited, BACK, TEXTS),
    st.builds(Deleted, BACK),
    st.builds(Marked, BACK, st.sampled_from("📝🚫"), st.booleans()),
    st.builds(Did, st.sampled_from(["close", "close", "start", "undo", "redo"]), CHANNELS),
    st.builds(Did, st.just("reopen"), CHANNELS, st.tuples(st.sampled_from("12"))),
    st.builds(
        Did, st.sampled_from(["rename", "merge", "remove", "move"]), CHANNELS, st.tuples(TOPIC)
    ),
    st.builds(Restarted),
)


@contextlib.asynccontextmanager
async def played(
    store: Store, steps: Sequence[Step], *, restarts: bool = True
) -> AsyncIterator[Channel]:
    channel = Channel(store, iter(range(1, 9_000)))
    try:
        for step in steps:
            if restarts or not isinstance(step, Restarted):
                await channel.happens(step)
        for message in channel.late:
            await channel.see(message)
        yield channel
    finally:
        await channel.desk.aclose()


@settings(max_examples=100)
@given(st.lists(STEPS, min_size=2, max_size=16))
@example([Said(A), Said(LINK), Said(TALK), CLOSED, Said(B), Said(OTHER), Said(THIRD, "reply", 2)])
@example([Said(A), Said(TALK), CLOSED, Said(B), Said(THIRD, "threaded", 1)])
@example([Said(A), Said(TALK), Said(B), Said(LINK, "thread", 1)])
@example([Said(LINK), Said(TALK, "reply"), Deleted(0)])
@example([Said(LINK, late=True), Edited(0, TALK)])
@example(
    [Said(TALK), Said(TALK, "reply"), Edited(1, LINK), Marked(0, "🚫"), Said(LINK), Marked(1, "🚫")]
)
def test_an_outline_is_the_same_live_as_read_again(on_empty, steps):
    async def both(store):
        async with played(store, steps) as channel:
            live = await channel.outlines()
            await channel.restart()
            return live, await channel.outlines()

    live, again = on_empty(both)
    assert live == again


@settings(max_examples=100)
@given(st.lists(STEPS, min_size=2, max_size=16))
def test_a_restart_changes_no_outline(on_empty, steps):
    async def outlines(store):
        async with played(store, steps, restarts=False) as channel:
            return await channel.outlines()

    async def restarted(store):
        async with played(store, steps) as channel:
            return await channel.outlines()

    assert by_number(on_empty(outlines)) == by_number(on_empty(restarted))


def by_number(outlines: dict[str, Episode]) -> dict[object, Episode]:
    """Return outlines by what hosts call the episodes: an id that nothing has is given anew."""
    return {one.fields["number"]: replace(one, id="") for one in outlines.values()}
