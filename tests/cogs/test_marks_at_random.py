"""Marks at random on Discord, in a channel and its thread (tests/marks_at_random.py)."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests import marks_at_random
from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_shapes import Channel, Post
from tests.marks_at_random import GUEST, HOSTS, Said

pytestmark = [
    *needs_network,
    # A kill ends tasks before they began.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Play(marks_at_random.Play[Front, Post]):
    def __init__(self, home: Front, seed: int) -> None:
        super().__init__(home, seed)
        self._people = {"mika": home.mika, "jonas": home.jonas, "guest": home.discord.user("Guest")}
        self._threads: list[tuple[Said[Post], Channel]] = []

    async def set_up(self, past: str) -> None:
        hosts = " ".join(f"<@{self._people[one].id}>" for one in HOSTS)
        told = await self.home.setup(hosts=hosts, **({"past": past} if past else {}))
        assert "What others post waits" in told.text

    async def post(self, by: str, text: str, reply_to: Post | None) -> Post:
        discord, channel = self.home.discord, self.home.channel
        if reply_to is not None:
            where = discord.channels[reply_to.channel]
            return await discord.say(self._people[by], where, text, reply_to=reply_to.id)
        where = self.random.choice((channel, channel, *(one for _, one in self._threads)))
        return await discord.say(self._people[by], where, text)

    def deeds(self) -> dict[Callable[[], Awaitable[None]], int]:
        return super().deeds() | {self.name_thread: 2, self.clear: 1}

    async def name_thread(self) -> None:
        """Have a message get a thread, or that another name: 🔒 on the message erases both."""
        discord, channel, name = self.home.discord, self.home.channel, self.word()
        if self._threads:
            starter, thread = self._threads[0]
            starter.titles.append(name)
            await discord.rename_thread(thread, name)
        elif one := self.one(lambda one: one.by != GUEST):
            one.is_answered = True
            one.titles.append(name)
            thread = await discord.thread(channel, name, on=one.post.id)
            self._threads.append((one, thread))

    async def clear(self) -> None:
        """Take all marks from a message, as a moderator does."""
        if one := self.one(lambda one: one.marks):
            one.marks.clear()
            await self.home.discord.clear_reactions(one.post.id)

    async def edit(self, post: Post, text: str) -> None:
        await self.home.discord.edit(post, text)

    async def delete(self, post: Post) -> None:
        await self.home.discord.delete(post.id)

    async def mark(self, by: str, post: Post, sign: str, *, on: bool) -> None:
        discord = self.home.discord
        await (discord.react if on else discord.unreact)(self._people[by], post.id, sign)

    def unmark_unheard(self, by: str, post: Post, sign: str) -> None:
        post.reactions[sign].remove(self._people[by].id)

    async def unfurl(self, post: Post, url: str, title: str) -> None:
        await self.home.discord.unfurl(post, url, title)

    async def draft(self) -> None:
        await self._let_go()  # a command comes the same way
        await self.home.command("draft")

    async def trouble(self) -> None:
        gateway = self.home.discord.gateway
        if gateway.held is not None:
            await self._let_go()
        elif self.random.random() < 0.5:
            gateway.held = []
        else:
            gateway.twice = not gateway.twice

    async def calm(self) -> None:
        self.home.discord.gateway.twice = False
        await self._let_go()

    async def _let_go(self) -> None:
        await self.home.discord.gateway.let_go(self.random.shuffle)


async def agree(folder: Path, seed: int) -> None:
    async with front(folder / "long") as home:
        await marks_at_random.agree(Play(home, seed), folder / "new")


@pytest.mark.parametrize("seed", range(4))
async def test_marks_come_to_what_stands_in_the_end(tmp_path: Path, seed: int) -> None:
    await agree(tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 300))
async def test_many_marks_come_to_what_stands_in_the_end(tmp_path: Path, seed: int) -> None:
    await agree(tmp_path, seed)
