"""The buttons below answers, each kept under a short key so that it works after a restart."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from bot.core.events import born_of
from bot.services.ports import Store
from bot.services.request import Choice, Field, Form

_AREA = "offers"


@dataclass(frozen=True, slots=True)
class SavedChoice:
    """A choice by its key: the command that it gives, with its options, and its form."""

    command: str
    values: Mapping[str, str]
    form: Form | None = None


class SavedChoices:
    """Keeps choices. Equal ones have the same key, so that a question asked twice is kept once."""

    def __init__(self, store: Store, clock: Callable[[], int]) -> None:
        self._store = store
        self._clock = clock

    async def keep(self, choice: Choice) -> str:
        """Keep a choice; return its key, 20 letters that a button can carry."""
        saved = asdict(SavedChoice(choice.command, dict(choice.values), choice.form))
        if choice.form is None:
            del saved["form"]
        body = json.dumps(saved, sort_keys=True)
        key = hashlib.blake2b(body.encode(), digest_size=10).hexdigest()
        await self._store.put_state(_AREA, key, json.dumps(saved | {"at": self._clock()}))
        return key

    async def find(self, key: str) -> SavedChoice | None:
        """Return what a button gives; None where its key is not known."""
        body = (await self._store.state(_AREA)).get(key)
        if body is None:
            return None
        saved = json.loads(body)
        form = saved.get("form")
        if form is not None:
            form = Form(form["title"], tuple(Field(**field) for field in form["fields"]))
        return SavedChoice(saved["command"], saved["values"], form)


async def forget_choices_of(store: Store, message: str) -> None:
    """Forget the choices about what a message gave: they may hold its address or its title."""
    for key, body in (await store.state(_AREA)).items():
        if any(born_of(value) == message for value in json.loads(body)["values"].values()):
            await store.drop_state(_AREA, key)


async def forget_old_choices(store: Store, *, before: int, found_before: int, now: int) -> None:
    """Forget choices that were last offered before a time, and found to be old before another.

    Those found old for the first time are noted as such; one that has no time yet is as of now.
    """
    for key, body in (await store.state(_AREA)).items():
        noted = json.loads(body)
        saved = {name: value for name, value in noted.items() if name != "old"}
        saved.setdefault("at", now)
        if saved["at"] < before:
            saved["old"] = noted.get("old", now)
            if saved["old"] <= found_before:
                await store.drop_state(_AREA, key)
                continue
        if saved != noted:
            await store.put_state(_AREA, key, json.dumps(saved))
