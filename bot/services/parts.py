"""What a front needs of the app."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.services.ports import Store
from bot.services.shows import Shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts that all fronts share; `site` is that of the settings, as it is shown."""

    shows: Shows
    store: Store
    clock: Callable[[], int]
    site: str | None
