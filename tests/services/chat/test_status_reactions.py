"""The sign below a message: the last one counts, and what nobody waits for is not asked."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from bot.errors import ChatError
from bot.services.capture.receipts import Receipt
from bot.services.chat import status_reactions
from bot.services.chat.status_reactions import StatusReactions
from bot.services.notification import Notification
from bot.services.tasks import Supervisor

KEPT, UNTITLED, WAITING = Receipt("kept"), Receipt("untitled"), Receipt("untitled", waiting=True)
TALK = Receipt("talk")


class Signs:
    """A platform's reactions, a desk that knows what became of messages, and its news."""

    def __init__(self) -> None:
        self.changes: list[tuple[str, str, str | None, str | None]] = []
        self.receipts: dict[str, Receipt] = {}
        self.asked: list[str] = []
        self.refuses = False
        self.held = asyncio.Event()
        self.held.set()
        self.listeners: list[Any] = []
        self.capture = SimpleNamespace(receipt=self._receipt)
        shows: Any = SimpleNamespace(listen=self.listeners.append, unlisten=self.listeners.remove)
        self.status = StatusReactions(self, shows, Supervisor())

    async def change(
        self, channel: str, message: str, *, add: str | None, remove: str | None
    ) -> None:
        await self.held.wait()
        if self.refuses:
            raise ChatError("shows.no-thread", channel=channel)
        self.changes.append((channel, message, add, remove))

    async def _receipt(self, message: str) -> Receipt:
        self.asked.append(message)
        return self.receipts[message]

    def show(self, message: str, receipt: Receipt, *, known: str | None = None) -> None:
        desk: Any = self
        self.status.show(desk, "notes", message, receipt, known=known)

    async def news(self) -> None:
        """Something changed; all is shown that is to be shown then."""
        self.listeners[0]("show", Notification("show#1", "changed"))
        await self.status._refreshing.wait_idle()
        await self.status.wait_idle()

    async def shown(self) -> list[tuple[str, str | None, str | None]]:
        await self.status.wait_idle()
        return [(message, add, remove) for _, message, add, remove in self.changes]


@pytest.fixture
async def signs() -> AsyncIterator[Signs]:
    made = Signs()
    yield made
    await made.status.aclose()
    assert made.status.tasks() == []
    assert made.listeners == []


@pytest.mark.parametrize(
    ("outcome", "sign"),
    [("kept", "✅"), ("recurs", "🔙"), ("already", "♻️"), ("untitled", "❓"), ("waits", "⏳")],
)
async def test_each_outcome_has_its_sign(signs: Signs, outcome: Any, sign: str) -> None:
    signs.show("m1", Receipt(outcome))
    assert await signs.shown() == [("m1", sign, None)]


@pytest.mark.parametrize("outcome", ["talk", "secret", "erased"])
async def test_what_is_not_in_the_draft_has_none(signs: Signs, outcome: Any) -> None:
    signs.show("m1", Receipt(outcome))
    assert await signs.shown() == []
    signs.show("m1", KEPT)
    await signs.status.wait_idle()
    signs.show("m1", Receipt(outcome))
    assert (await signs.shown())[1:] == [("m1", None, "✅")]
    assert signs.status._wanted == {}


async def test_a_sign_is_set_once(signs: Signs) -> None:
    for _ in range(2):
        signs.show("m1", KEPT)
        await signs.status.wait_idle()
    signs.show("m1", UNTITLED)
    assert await signs.shown() == [("m1", "✅", None), ("m1", "❓", "✅")]
    assert signs.changes[0][0] == "notes"


async def test_what_the_platform_shows_already_is_not_set_again(signs: Signs) -> None:
    signs.show("m1", KEPT, known="✅")
    assert await signs.shown() == []
    signs.show("m1", KEPT, known="❓")
    assert await signs.shown() == [("m1", "✅", "❓")]


async def test_of_several_that_wait_the_last_counts(signs: Signs) -> None:
    signs.held.clear()
    signs.show("m0", KEPT)
    await asyncio.sleep(0)
    for receipt in (KEPT, UNTITLED, TALK, UNTITLED):
        signs.show("m1", receipt)
    signs.show("m2", KEPT)
    signs.show("m2", TALK)
    signs.held.set()
    assert await signs.shown() == [("m0", "✅", None), ("m1", "❓", None)]


async def test_a_sign_that_the_platform_refuses_holds_up_no_other(signs: Signs) -> None:
    signs.refuses = True
    signs.show("m1", KEPT)
    assert await signs.shown() == []
    signs.refuses = False
    signs.show("m1", KEPT)
    assert await signs.shown() == [("m1", "✅", None)]


async def test_where_much_waits_the_oldest_go_without(
    signs: Signs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_reactions, "MOST_WAITING", 2)
    signs.held.clear()
    signs.show("m0", KEPT)
    await asyncio.sleep(0)
    for message in ("m1", "m2", "m3"):
        signs.show(message, KEPT)
    signs.held.set()
    assert [message for message, _, _ in await signs.shown()] == ["m0", "m2", "m3"]


async def test_what_was_shown_long_ago_is_forgotten_the_oldest_first(
    signs: Signs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_reactions, "MOST_KNOWN", 2)
    for message in ("m1", "m2", "m1", "m3"):
        signs.show(message, KEPT if message != "m1" else TALK, known="❓")
        await signs.status.wait_idle()
    for message in ("m1", "m2", "m3"):
        signs.show(message, TALK)
    assert (await signs.shown())[-2:] == [("m2", None, "✅"), ("m3", None, "✅")]


async def test_while_a_title_is_looked_up_a_message_counts_as_kept(signs: Signs) -> None:
    signs.show("m1", WAITING)
    signs.show("m2", Receipt("untitled", waiting=True, meanwhile="recurs"))
    await signs.status.wait_idle()
    signs.receipts = {"m1": UNTITLED, "m2": WAITING}
    await signs.news()
    await signs.news()
    assert await signs.shown() == [("m1", "✅", None), ("m2", "🔙", None), ("m1", "❓", "✅")]
    assert signs.asked == ["m1", "m2", "m2"]  # of `m1` nothing more is waited for


async def test_nobody_waits_for_the_titles_of_what_is_settled_or_forgotten(signs: Signs) -> None:
    for message in ("m1", "m2"):
        signs.show(message, WAITING)
    signs.show("m1", KEPT)
    signs.status.forget("m2")
    signs.status.forget("m3")
    await signs.news()
    assert signs.asked == []


async def test_where_too_many_titles_are_waited_for_the_oldest_are_not(
    signs: Signs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_reactions, "MOST_UNTITLED", 2)
    for message in ("m1", "m2", "m3"):
        signs.show(message, WAITING)
        signs.receipts[message] = KEPT
    await signs.news()
    assert signs.asked == ["m2", "m3"]
