"""What an answer says of what people put below a link in the file."""

from typing import Literal

from bot.core.episode import find
from bot.services.drafting.rendering import EpisodeView
from bot.texts import say


def with_below(
    answer: str, what: Literal["stays", "goes-along"], item: str, view: EpisodeView, language: str
) -> str:
    """Return an answer about a link with what becomes of what is below it, if anything is."""
    below = [
        find.shortened(find.label_of(one.content, view.titles)) for one in view.episode.below(item)
    ]
    return f"{answer}\n{say(f'desk.below-{what}', language, links=below)}" if below else answer
