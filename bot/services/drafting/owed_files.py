"""What other repositories are owed of an episode's files, as the store keeps it."""

import json
from dataclasses import dataclass, replace

from bot.core.profile.further_files import FileText
from bot.services.drafting.hidden_lines import holds_hidden
from bot.services.ports import Store

AREA = "files-owed"
"""Where the store's state has it, by `name_of`."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What a repository is owed: what it was given last, and what happened since.

    `given` is None where that is not known. `turn` tells that a page was to be made of the draft
    (True), or a draft of the page; `hidden` are marks of what went off the record, with their keys.
    """

    given: tuple[FileText, ...] | None
    turn: bool | None = None
    recreate: bool = False
    hidden: tuple[tuple[tuple[str, ...], str], ...] = ()

    def dump(self) -> str:
        """Return it as the store has it."""
        given = None if self.given is None else [[f.path, f.text, f.repository] for f in self.given]
        return json.dumps([given, self.turn, self.recreate, self.hidden])

    @classmethod
    def parse(cls, body: str) -> "Owed":
        """Read it as the store has it."""
        given, turn, recreate, hidden = json.loads(body)
        files = None if given is None else tuple(FileText(*one) for one in given)
        return cls(files, turn, recreate, tuple((tuple(marks), key) for marks, key in hidden))

    def hides(self, line: str) -> bool:
        """Return whether a line went off the record since."""
        return any(holds_hidden(marks, line, key=key) for marks, key in self.hidden)


def name_of(repository: str, episode: str) -> str:
    """Return the name under which it is kept what a repository is owed of an episode."""
    return f"{repository}:{episode}"


async def owed_of(store: Store, episode: str) -> dict[str, Owed]:
    """Return what is owed of an episode, by repository."""
    names = (await store.state(AREA)).items()
    parts = ((*name.partition(":")[::2], body) for name, body in names)
    return {repository: Owed.parse(body) for repository, of, body in parts if of == episode}


async def episodes_owed(store: Store) -> set[str]:
    """Return the episodes of which something is owed."""
    return {name.partition(":")[2] for name in await store.state(AREA)}


async def forget_given(store: Store, episode: str) -> None:
    """Forget what other repositories were given of an episode: it may hold what is erased.

    What people and we wrote there is taken for people's then, but for what went off the record.
    """
    for repository, owed in (await owed_of(store, episode)).items():
        body = replace(owed, given=None).dump()
        await store.put_state(AREA, name_of(repository, episode), body)
