"""What the tests of this front share: it waits for people and for titles a fraction of its time."""

import pytest

from bot.services.chat import posted_panels
from bot.services.desk import draft_scheduler


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posted_panels, "SOON", posted_panels.SOON // 10)
    monkeypatch.setattr(posted_panels, "EVERY", posted_panels.EVERY // 10)
    monkeypatch.setattr(draft_scheduler, "PATIENCE", 1.5)
