"""The numbers of episodes, from the few events that set fields: without folding all the rest."""

import re
from collections.abc import Iterable

from bot.core.episode.fold import Outline
from bot.core.events import EpisodeOpened, Event, FieldSet, Redone, Undone
from bot.core.file_events import ConflictFound, ConflictSettled
from bot.core.grammar.message import Rules

OF_FIELDS = (EpisodeOpened, FieldSet, ConflictFound, ConflictSettled, Undone, Redone)
"""The events that an episode's fields come from."""


_WHOLE = re.compile(r"0*(.*?)(?:\.0+)?")


def bare_number(number: str) -> str:
    """Return the form in which numbers are the same: `07` is `7`, and `7.0` too."""
    found = _WHOLE.fullmatch(number)
    return found[1] if found else number


def numbers_of(events: Iterable[Event]) -> dict[str, str]:
    """Return the numbers of episodes that have one, by the episode's id.

    `events` are those OF_FIELDS of any episodes; what else happened in these does not matter.
    """
    outlines: dict[str, Outline] = {}
    for event in events:
        outline = outlines.get(event.episode)
        if outline is None:
            outline = outlines[event.episode] = Outline(event.episode, Rules())
        outline.apply(event)
    return {
        episode: str(outline.number)
        for episode, outline in outlines.items()
        if outline.number is not None
    }
