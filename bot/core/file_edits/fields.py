"""What people did to the fields of an episode in its file's front matter."""

from collections.abc import Iterator

import yaml

from bot.core.document.pieces import keys_of
from bot.core.events import FieldSet
from bot.core.model import Episode

_FIELDS = ("title", "date", "summary", "starring", "tags")
_LONGEST = 20_000

Value = str | list[str]


def fields_set(episode: Episode, rendered: str, file: str) -> Iterator[FieldSet]:
    """Yield the fields whose key people changed, where the key shows the field itself.

    What else is around a field's words there (`57: ` before a title) has to be there still.
    """
    ours, theirs = _values(rendered), _values(file)
    for name in _FIELDS:
        was, now = ours.get(name), theirs.get(name)
        if was is None or now is None or was == now:
            continue
        value = _value(episode.fields.get(name), was, now)
        if value is not None:
            yield FieldSet(name, value)


def _value(field: object, was: Value, now: Value) -> Value | None:
    """Return what a field must be for its key to show `now`, as it showed `was` with `field`."""
    if isinstance(was, list) or isinstance(now, list):
        listed = list(field) if isinstance(field, list | tuple) else []
        fits = isinstance(now, list) and (was or []) == listed
        return now if fits else None
    words = "" if field is None else str(field)
    if was.count(words) != 1 and words:
        return None
    before, after = (was, "") if not words else was.split(words)
    fits = now.startswith(before.rstrip()) and now.endswith(after)
    inside = now[len(before.rstrip()) : len(now) - len(after)].strip()
    return inside if fits and inside else None


def _values(front: str) -> dict[str, Value]:
    """Return the values of these keys that are text, or lists of text."""
    found: dict[str, Value] = {}
    for key in keys_of(front) if front else ():
        if key.name in _FIELDS and len(key.text) <= _LONGEST:
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
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    return None
