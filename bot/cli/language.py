"""The language of the terminal."""

from collections.abc import Mapping


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language of the terminal, as its locale has it."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "ja" if locale.lower().startswith("ja") else "en"
