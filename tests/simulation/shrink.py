"""Find the fewest steps at which a run is wrong still: `python -m tests.simulation.shrink SEED`.

With words behind that, such as `kinds` (`WAYS`), of such a run. Each step begins with the random
numbers that it began with in the whole run, so it does much the same without those that are left
out. Names the steps, what hosts said and commanded, what people did to the file and what a draft
made of it.
"""

import asyncio
import difflib
import re
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from bot.errors import RundownError
from bot.services.desk.desk import Desk
from storage.store import SqliteStore
from tests.simulation.site import Killed
from tests.simulation.test_simulation import DRAFTS
from tests.simulation.world import WAYS, World

Step = tuple[str, Any]
"""What is done, and the state of the random numbers before that."""


class Recorded(World):
    """A run that notes its steps."""

    async def run(self, drafts: int) -> None:
        self.steps: list[Step] = []
        self._inside = 0
        do = self.hosts.do

        async def noted(desk: Desk) -> None:
            self._note("do")
            await do(desk)

        self.hosts.do = noted  # type: ignore[method-assign]
        await super().run(drafts)

    def _note(self, name: str) -> None:
        if not self._inside:
            self.steps.append((name, self.random.getstate()))

    async def _within(self, name: str, step: Callable[[Desk], Awaitable[None]], desk: Desk) -> None:
        self._note(name)
        self._inside += 1
        try:
            await step(desk)
        finally:
            self._inside -= 1

    def _edit(self) -> None:
        self._note("edit")
        super()._edit()

    async def _settle(self, desk: Desk) -> None:
        await self._within("settle", super()._settle, desk)

    async def _draft(self, desk: Desk) -> None:
        await self._within("draft", super()._draft, desk)

    async def _publish(self, desk: Desk) -> None:
        await self._within("publish", super()._publish, desk)

    async def _do_more(self, desk: Desk) -> None:
        await self._within("more", super()._do_more, desk)


class Replayed(World):
    """A run of some steps; it tells of them where it is `loud`."""

    loud = False

    async def play(self, steps: Sequence[Step]) -> None:
        """Do these steps, one after the other."""
        left = list(steps)
        async with SqliteStore.open(None, clock=lambda: 0) as store:
            while left:
                try:
                    if left[0][0] == "settle":
                        self.random.setstate(left.pop(0)[1])
                    async with self._open(store) as desk:
                        self._tell_of(desk)
                        while left and left[0][0] != "settle":
                            name, state = left.pop(0)
                            self.random.setstate(state)
                            await self._step(name, desk)
                except Killed:
                    self._tell("killed")
                    self.hosts.said.answered()

    async def _step(self, name: str, desk: Desk) -> None:
        if name == "do":
            await self.hosts.do(desk)
        elif name == "more":
            await self._do_more(desk)
        elif name == "draft":
            await self._draft(desk)
        elif name == "publish":
            await self._publish(desk)
        elif self._path():
            self._edit()
        if name in ("draft", "publish"):
            self._tell_file(name)

    def _edit(self) -> None:
        super()._edit()
        self._tell_file("people")

    # --- what it tells -------------------------------------------------------------------------

    def _tell(self, *words: object) -> None:
        if self.loud:
            print(*words)

    def _tell_file(self, who: str) -> None:
        """Tell what the last commit changed."""
        texts = [list(one.files.values()) for one in self.site.commits[-2:]]
        was, now = ("".join(one).split("\n") for one in ([], [], *texts)[-2:])
        changed = difflib.unified_diff(was, now, lineterm="", n=1)
        self._tell(
            f"-- {who}", *("\n   " + one for one in changed if one[:3] not in ("---", "+++"))
        )

    def _tell_of(self, desk: Desk) -> None:
        """Have what hosts do to a desk told, with the answers."""
        parts = (desk.capture, ("message", "gone", "mark")), (desk.drafts, ("draft", "choose"))
        edits = [one for one in dir(desk.edits) if not one.startswith("_")]
        for part, names in (*parts, (desk.edits, edits)) if self.loud else ():
            for name in names:
                if callable(way := getattr(part, name)):
                    setattr(part, name, self._told(name, way))

    def _told(self, name: str, way: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def told(*values: Any, **named: Any) -> Any:
            given = [getattr(getattr(one, "message", None), "text", one) for one in values]
            self._tell("**", name, *given, {k: v for k, v in named.items() if k != "channel"})
            try:
                answer = await way(*values, **named)
            except RundownError as error:
                self._tell("   refused:", error)
                raise
            self._tell("   ", getattr(answer, "text", ""))
            return answer

        return told


def outcome(run: Coroutine[Any, Any, None]) -> str | None:
    """Return what is wrong with a run, without the numbers in it; None if nothing is.

    The letter before a number stays: it tells whose word it is.
    """
    try:
        asyncio.run(run)
    except Exception as error:  # noqa: BLE001 - whatever it is, the steps tell it again
        words = f"{type(error).__name__}: {error}".split("\n")[0]
        return re.sub(r"\[.*?\]", "[]", re.sub(r"\d+", "#", words))
    return None


def fewest(steps: list[Step], is_wrong: Callable[[list[Step]], bool]) -> list[Step]:
    """Return some of the steps with which it is wrong, and of which none can be left out."""
    size = max(len(steps) // 2, 1)
    while True:
        at, is_cut = 0, False
        while at < len(steps):
            fewer = [*steps[:at], *steps[at + size :]]
            if fewer and is_wrong(fewer):
                steps, is_cut = fewer, True
            else:
                at += size
        if size == 1 and not is_cut:
            return steps
        size = size if is_cut else max(size // 2, 1)


def main(seed: int, **how: bool) -> None:
    """Shrink a run, and tell what is left of it."""
    whole = Recorded(seed, **how)
    wrong = outcome(whole.run(DRAFTS))
    print(f"{seed}: {wrong or 'nothing is wrong'}")
    if wrong is None:
        return
    steps = fewest(whole.steps, lambda some: outcome(Replayed(seed, **how).play(some)) == wrong)
    print(f"{len(steps)} of {len(whole.steps)} steps:", *(name for name, _ in steps))
    told = Replayed(seed, **how)
    told.loud = True
    print(outcome(told.play(steps)))


if __name__ == "__main__":
    main(int(sys.argv[1]), **{one: one in sys.argv for one in WAYS})
