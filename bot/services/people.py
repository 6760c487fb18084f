"""The people of a show, by the ids that their platforms give them."""

from collections.abc import Iterable

from bot.services.ports import Person, Store


class People:
    """Everybody's newest name. All are in memory once one was asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: dict[str, str] | None = None

    async def meet(self, people: Iterable[Person]) -> None:
        """Keep the names of people that are new or called otherwise now."""
        known = await self.names()
        new = {one.id: one for one in people if one.id and known.get(one.id) != one.name}
        if new:
            await self._store.put_people(list(new.values()))
            known.update((one.id, one.name) for one in new.values())

    def forget(self) -> None:
        """Read the names anew when they are next asked for: the store dropped some."""
        self._names = None

    async def names(self) -> dict[str, str]:
        """Return everybody's name by id."""
        if self._names is None:
            names = await self._store.people()
            if self._names is None:  # else somebody was met while these were read
                self._names = names
        return self._names
