"""For how long nothing else gets a turn while a show is given its worst."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.adapters.templates.pool import TemplatePool
from bot.core.events import Message
from bot.core.model import Job
from bot.errors import TemplateError
from bot.services.ports import Person, Snapshot
from tests.bench.row import Row
from tests.services.desk.house import MONDAY, SECOND, SITE_YML, House, house

TICK = 0.001
RULES = 500
PAST = 5_000


class Holds:
    """Measures how late the event loop is, over and over: by the clock, and by its own CPU.

    Other work on the machine makes it late by the clock, but takes none of its CPU.
    """

    def __init__(self) -> None:
        self.late = self.worked = 0.0
        self._task: asyncio.Task[None] | None = None

    async def _look(self) -> None:
        while True:
            before, used = time.perf_counter(), time.thread_time()
            await asyncio.sleep(TICK)
            self.late = max(self.late, time.perf_counter() - before - TICK)
            self.worked = max(self.worked, time.thread_time() - used)

    async def __aenter__(self) -> "Holds":
        self._task = asyncio.create_task(self._look())
        await asyncio.sleep(0.05)
        self.late = self.worked = 0.0
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(0.01)  # what came last is seen, too
        assert self._task is not None
        self._task.cancel()

    @property
    def shown(self) -> str:
        return f"{self.worked * 1000:.0f} ms of CPU, {self.late * 1000:.0f} ms in all"


@asynccontextmanager
async def _home(settings: str = SITE_YML) -> AsyncIterator[House]:
    with TemporaryDirectory() as folder:
        async with house(Path(folder), settings=settings, timer=time.thread_time) as home:
            await home.say("# Begin")  # what is loaded at the first use is loaded
            yield home


def _row(what: str, work: Callable[[], Awaitable[str]], aim: str = "< 50 ms") -> Row:
    return Row(f"event loop held up, at most: {what}", asyncio.run(_shown(work)), aim)


async def _shown(work: Callable[[], Awaitable[str]]) -> str:
    return await work()


async def _idle() -> str:
    """Do nothing: what is late then is the machine."""
    async with Holds() as holds:
        await asyncio.sleep(2)
    return holds.shown


async def _rules() -> str:
    """Ask 500 slow rules whether a link is talk."""
    rules = "".join(f"  - '(?:x+x+)+y{number}'\n" for number in range(RULES))
    async with _home(f"{SITE_YML}ignore:\n{rules}") as home, Holds() as holds:
        for number in range(3):
            with suppress(TemplateError):
                await home.say(f"https://example.org/{'x' * 60}{number}")
    return holds.shown


async def _restart() -> str:
    """Fold an episode of many links anew where each is asked of slow rules."""
    rules = "".join(f"  - '(?:x+x+)+y{number}'\n" for number in range(40))
    with TemporaryDirectory() as folder:
        settings = f"{SITE_YML}ignore:\n{rules}"
        async with house(Path(folder), settings=settings) as home:
            for number in range(200):
                await home.say(f"https://example.org/{'x' * 9}{number}")
        async with Holds() as holds, house(Path(folder), settings=settings, begin=900) as home:
            await home.body()
    return holds.shown


async def _titles() -> str:
    """Apply 500 slow rules to a title when the outline is shown."""
    rules = "".join(f"  - {{match: '(?:x+x+)+y{n}', replace: ''}}\n" for n in range(RULES))
    async with _home(f"{SITE_YML}titles:\n{rules}") as home:
        await home.know("https://example.org/a", "x" * 60)
        await home.say("https://example.org/a")
        async with Holds() as holds:
            with suppress(TemplateError):
                await home.desk.views.outline(home.request())
    return holds.shown


async def _templates() -> str:
    """Render a show's templates, that never end, while another's are rendered."""
    loop = "{% for a in range(9999) %}"
    slow = Job(f"{loop}{loop}{{% endfor %}}{{% endfor %}}", {}, "t")
    large = Job("{{ 'x' * 4000000 }}", {}, "t")
    quick = [Job("{{ a }}", {"a": "words " * 20_000}, "t")] * 5
    async with TemplatePool(seconds=0.5) as pool:
        await pool.render("quick", quick)
        async with Holds() as holds:
            waiting = asyncio.gather(
                *(_failing(pool, show, job) for show in "abc" for job in (slow, large))
            )
            while not waiting.done():
                await pool.render("quick", quick)
            await waiting
    return holds.shown


async def _failing(pool: TemplatePool, show: str, job: Job) -> None:
    with suppress(TemplateError):
        await pool.render(show, [job])


async def _past() -> str:
    """Read a channel's past."""
    texts = ("# Topic {n}", "[A](https://example.org/{n})\nand words on it", "talk", "more talk")
    snapshots = [
        Snapshot(
            Message(
                f"p{n:06}", "notes", MONDAY + n * SECOND, "mika", texts[n % 4].format(n=n),
                MONDAY + n * SECOND,
            ),
            Person("mika", "Mika"),
        )
        for n in range(PAST)
    ]  # fmt: skip
    async with _home() as home, Holds() as holds:
        for start in range(0, PAST, 100):  # as many as a platform gives at once
            await home.desk.capture.read(snapshots[start : start + 100], at=MONDAY)
    return holds.shown


def holds() -> Iterator[Row]:
    yield _row("nothing to do", _idle, "")
    yield _row(f"{RULES} slow ignore rules over a link", _rules)
    yield _row("an episode of 200 links folded anew, 40 slow ignore rules", _restart)
    yield _row(f"{RULES} slow title rules over a title", _titles)
    yield _row("three shows' endless and huge templates beside another's", _templates)
    yield _row(f"a past of {PAST:,} messages, 100 a page", _past)


ALL = (holds,)
