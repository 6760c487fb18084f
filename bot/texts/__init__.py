"""All that a user reads, in English and Japanese side by side.

A text is named `area.what`; the area is a module of this package whose `TEXTS` maps `what` to
the pair (English, Japanese). An area is imported when its first text is needed.
"""

from importlib import import_module

from bot.mentions import Mention, bare

LANGUAGES = ("en", "ja")


def say(name: str, language: str = "en", /, **values: object) -> str:
    """Return the text `name` in `language` (English where it is not one of ours), filled in."""
    area, _, what = name.partition(".")
    texts: dict[str, tuple[str, str]] = import_module(f"bot.texts.{area}").TEXTS
    english, japanese = texts[what]
    chosen = japanese if language.lower().startswith("ja") else english
    return chosen.format_map({name: _safe(value) for name, value in values.items()})


def _safe(value: object) -> object:
    """Return a value in which nothing can be taken for a mention that we made."""
    return bare(value) if isinstance(value, str) and not isinstance(value, Mention) else value
