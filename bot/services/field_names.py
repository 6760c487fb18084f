"""What the fields of an episode are called, in a reader's language."""

from bot.core.episode.fields import FIELDS
from bot.texts import say

_NAMED = (*FIELDS, "audio")


def field_name(name: str, language: str) -> str:
    """Return what a field is called; one of the site's own has its name there."""
    return say(f"desk.field-{name}", language) if name in _NAMED else name
