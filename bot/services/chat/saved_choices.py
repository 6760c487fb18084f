"""The buttons below answers, each kept under a short key so that it works after a restart."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from bot.services.ports import Store
from bot.services.request import Choice, Field, Form


@dataclass(frozen=True, slots=True)
class SavedChoice:
    """A choice by its key: the command that it gives, with its options, and its form."""

    command: str
    values: Mapping[str, str]
    form: Form | None = None


class SavedChoices:
    """Keeps choices. Equal ones have the same key, so that a question asked twice is kept once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def keep(self, choice: Choice) -> str:
        """Keep a choice; return its key, 20 letters that a button can carry."""
        saved = asdict(SavedChoice(choice.command, dict(choice.values), choice.form))
        if choice.form is None:
            del saved["form"]
        body = json.dumps(saved, sort_keys=True)
        key = hashlib.blake2b(body.encode(), digest_size=10).hexdigest()
        await self._store.put_state("offers", key, body)
        return key

    async def find(self, key: str) -> SavedChoice | None:
        """Return what a button gives; None where its key is not known."""
        body = (await self._store.state("offers")).get(key)
        if body is None:
            return None
        saved = json.loads(body)
        form = saved.pop("form", None)
        if form is not None:
            form = Form(form["title"], tuple(Field(**field) for field in form["fields"]))
        return SavedChoice(**saved, form=form)
