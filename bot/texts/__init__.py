"""All that a user reads, in English and Japanese side by side.

A text is named `area.what`; the area is a module of this package whose `TEXTS` maps `what` to
the pair (English, Japanese). An area is imported when its first text is needed.
"""

from collections.abc import Sequence
from importlib import import_module

from bot.mentions import Mention, bare

LANGUAGES = ("en", "ja")


def say(name: str, language: str = "en", /, **values: object) -> str:
    """Return the text `name` in `language` (English where it is not one of ours), filled in.

    Values that are put differently in each language are: lists, times, other texts and errors.
    """
    area, _, what = name.partition(".")
    texts: dict[str, tuple[str, str]] = import_module(f"bot.texts.{area}").TEXTS
    english, japanese = texts[what]
    chosen = japanese if language.lower().startswith("ja") else english
    return chosen.format_map({name: shown(value, language) for name, value in values.items()})


class Text:
    """A text that another text holds."""

    __slots__ = ("name",)  # no dataclass: help is not to wait for that module

    def __init__(self, name: str) -> None:
        self.name = name

    def say(self, language: str = "en") -> str:
        """Return the text in `language`."""
        return say(self.name, language)


_TIMES = ((86400, "d", " 日"), (3600, "h", " 時間"), (60, "m", " 分"), (1, "s", " 秒"))


def shown(value: object, language: str) -> object:
    """Return a value as it is put in `language`; what only looks like a mention of ours is bare."""
    from datetime import timedelta  # here, as most texts hold no value

    is_japanese = language.lower().startswith("ja")
    if isinstance(value, str):
        return value if isinstance(value, Mention) else bare(value)
    if isinstance(value, Sequence):
        return ("、" if is_japanese else ", ").join(str(shown(one, language)) for one in value)
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        size, english, japanese = next(unit for unit in _TIMES if seconds % unit[0] == 0)
        return f"{seconds // size}{japanese if is_japanese else english}"
    speak = getattr(value, "say", None)
    return speak(language) if speak else value
