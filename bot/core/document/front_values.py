"""The values in a file's front matter, every scalar as the text that stands there."""

import yaml

from bot.core.document.pieces import keys_of, read

Value = str | list[str]
_LONGEST = 20_000


def front_values(text: str) -> dict[str, Value]:
    """Return the values at the top of a file that are text, or lists of text, by their names."""
    front = next((piece.text for piece in read(text)[:1] if piece.kind == "front"), "")
    found: dict[str, Value] = {}
    for key in keys_of(front) if front else ():
        if key.name and len(key.text) <= _LONGEST:
            value = _read(key.text, key.name)
            if value is not None:
                found[key.name] = value
    return found


def _read(text: str, name: str) -> Value | None:
    try:
        # Every scalar as the text that it is: a date, a number, `yes`.
        loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it builds text and lists
    except yaml.YAMLError:
        return None
    value = loaded.get(name) if isinstance(loaded, dict) else None
    is_texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return value if isinstance(value, str) or is_texts else None
