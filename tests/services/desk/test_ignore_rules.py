"""What a profile calls talk is asked of its expressions, and nobody waits for them."""

import threading
from pathlib import Path

import pytest

from bot.core.profile.expression import Budget, Expression
from tests.services.desk.house import SITE_YML, house

RULES = f"{SITE_YML}ignore:\n  - tracker\n"


async def test_rules_are_asked_beside_the_event_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, threading.Thread]] = []
    search = Expression.search

    def noted(self: Expression, text: str, budget: Budget | None = None) -> object:
        asked.append((text, threading.current_thread()))
        return search(self, text, budget)

    monkeypatch.setattr(Expression, "search", noted)
    async with house(tmp_path, settings=RULES) as home:
        await home.say("[A](https://example.org/a)")
        await home.say("https://tracker.example/")
        assert "- [A](https://example.org/a)" in await home.body()
        assert "tracker" not in await home.body()
    assert {text for text, _ in asked} >= {"https://example.org/a", "https://tracker.example/"}
    assert threading.main_thread() not in [thread for _, thread in asked]
