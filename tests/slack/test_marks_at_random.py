"""Marks at random on Slack, on messages of a channel and of threads (tests/marks_at_random.py)."""

from pathlib import Path

import pytest

from tests import marks_at_random
from tests.fakes.slack import Raw
from tests.marks_at_random import HOSTS
from tests.slack.front import Front, front, needs_network
from tests.slack.test_episode import NAMES

pytestmark = [
    *needs_network,
    # A kill ends tasks before they began.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Play(marks_at_random.Play[Front, Raw]):
    def __init__(self, home: Front, seed: int) -> None:
        super().__init__(home, seed)
        self._people = {"mika": home.mika, "jonas": home.jonas, "guest": home.slack.user("Guest")}
        home.slack.socket.forgetful = True  # of what happens while the app is away, nothing is told
        home.slack.socket.retry = 0.3

    async def set_up(self, past: str) -> None:
        hosts = " ".join(f"<@{self._people[one].id}>" for one in HOSTS)
        line = f"/rundown setup hosts:{hosts}{past and f' past:{past}'}"
        said = await self.home.command(line, by=self.home.boss)
        assert "What others post waits" in said.words

    async def post(self, by: str, text: str, reply_to: Raw | None) -> Raw:
        broadcast = reply_to is not None and self.random.random() < 0.3
        return await self.home.slack.say(
            self._people[by], self.home.channel, text, thread=reply_to, broadcast=broadcast
        )

    async def edit(self, post: Raw, text: str) -> None:
        await self.home.slack.edit(post, text)

    async def delete(self, post: Raw) -> None:
        await self.home.slack.delete(post)

    async def mark(self, by: str, post: Raw, sign: str, *, on: bool) -> None:
        await self.home.slack.react(self._people[by], post, NAMES[sign], on=on)

    def unmark_unheard(self, by: str, post: Raw, sign: str) -> None:
        given = self.home.slack.reactions[post["channel"], post["ts"]]
        given[NAMES[sign]].remove(self._people[by].id)

    async def unfurl(self, post: Raw, url: str, title: str) -> None:
        await self.home.slack.unfurl(post, url, title)

    async def draft(self) -> None:
        await self.home.command("/draft")

    async def trouble(self) -> None:
        socket = self.home.slack.socket
        if socket.held is not None:
            await socket.let_go(self.random.shuffle)
        elif self.random.random() < 0.5:
            socket.held = []
        else:
            socket.twice = not socket.twice

    async def calm(self) -> None:
        socket = self.home.slack.socket
        socket.twice = False
        if socket.held is not None:
            await socket.let_go(self.random.shuffle)


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
