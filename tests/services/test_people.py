"""The names of people, also of those who come at the same moment."""

import asyncio
from collections.abc import Collection

from bot.services.people import People
from bot.services.ports import Person


class SlowStore:
    """Keeps people, and answers in the order that the test says."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.waiting: list[asyncio.Future[dict[str, str]]] = []
        self.all_wait = asyncio.Event()

    async def people(self) -> dict[str, str]:
        answer = asyncio.get_running_loop().create_future()
        self.waiting.append(answer)
        if len(self.waiting) == 3:
            self.all_wait.set()
        return await answer

    async def put_people(self, people: Collection[Person]) -> None:
        self.kept.update((one.id, one.name) for one in people)


async def test_who_is_met_while_the_names_are_read_is_not_forgotten() -> None:
    store = SlowStore()
    people = People(store)  # type: ignore[arg-type]
    met = [asyncio.create_task(people.meet([Person(str(n), f"Host {n}")])) for n in range(3)]
    await store.all_wait.wait()
    for answer in store.waiting:
        answer.set_result({})
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await asyncio.gather(*met)
    assert await people.names() == store.kept == {str(n): f"Host {n}" for n in range(3)}
