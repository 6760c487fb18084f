"""What people did to the fields of an episode in its file's front matter."""

from collections.abc import Iterator, Mapping

from bot.core.document.form import same_but_for_form
from bot.core.episode.fields import date_in
from bot.core.events import FieldSet
from bot.core.front_matter.values import FrontMatterFault, Scalar, values_in
from bot.core.model import Episode

_FIELDS = ("title", "date", "summary", "starring", "tags")
_LONGEST = 20_000

Value = str | list[str]


def fields_set(episode: Episode, rendered: str, file: str) -> Iterator[FieldSet]:
    """Yield the fields whose key people changed, where the key shows the field itself.

    What else is around a field's words there (`57: ` before a title) has to be there still. A date
    may have a time behind it there, which is the file's alone.
    """
    ours, theirs = _values(rendered), _values(file)
    for key, name in _keys(episode, ours).items():
        was, now = ours.get(key), theirs.get(key)
        if was is None or now is None or was == now:
            continue
        field = episode.fields.get(name)
        value = _value(field, was, now)
        if name == "date" and isinstance(now, str):
            value = date_in(value if isinstance(value, str) else now)
        if value is not None and not _says(value, field):
            yield FieldSet(name, value)


def _says(value: Value, field: object) -> bool:
    """Return whether a value says what a field does, though its form may be another."""
    if isinstance(value, str):
        return value == field or (isinstance(field, str) and same_but_for_form(value, field))
    listed = list(field) if isinstance(field, list | tuple) else []
    return len(value) == len(listed) and all(map(_says, value, listed))


def fields_of_keys(episode: Episode, rendered: str) -> dict[str, str]:
    """Return the fields that keys of a rendered front matter show, by the keys."""
    return _keys(episode, _values(rendered))


def _keys(episode: Episode, ours: Mapping[str, Value]) -> dict[str, str]:
    """Return the keys that show fields: those of their names, or the only one with their value."""
    keys: dict[str, str] = {}
    for name in _FIELDS:
        field = episode.fields.get(name)
        shown = [*field] if isinstance(field, list | tuple) else str(field or "")
        found = [key for key, value in ours.items() if key not in _FIELDS and value == shown]
        if name in ours:
            keys[name] = name
        elif shown and len(found) == 1:
            keys[found[0]] = name
    return keys


def _value(field: object, was: Value, now: Value) -> Value | None:
    """Return what a field must be for its key to show `now`, as it showed `was` with `field`."""
    if isinstance(was, list) or isinstance(now, list):
        listed = list(field) if isinstance(field, list | tuple) else []
        fits = isinstance(now, list) and (was or []) == listed
        return now if fits else None
    words = "" if field is None else str(field)
    if not words and not now.startswith(was.rstrip()):
        return now.strip() or None  # what the template shows where nothing is set is gone
    return words_within(words, was, now)


def words_within(words: str, was: str, now: str) -> str | None:
    """Return what words must be to be shown as `now`, as they were shown as `was`.

    None where what stood around them is there no more.
    """
    if was.count(words) != 1 and words:
        return None
    before, after = (was, "") if not words else was.split(words)
    fits = now.startswith(before.rstrip()) and now.endswith(after)
    inside = now[len(before.rstrip()) : len(now) - len(after)].strip()
    return inside if fits and inside else None


def _values(file: str) -> dict[str, Value]:
    """Return the values of keys that are text, or lists of text, as they were written."""
    try:
        found = values_in(file)
    except FrontMatterFault:
        return {}
    values = {
        key.lower() if key.lower() in _FIELDS else key: _value_of(value)
        for key, value in found.items()
    }
    return {name: value for name, value in values.items() if value is not None}


def _value_of(value: object) -> Value | None:
    if isinstance(value, Scalar):
        return value.text if len(value.text) <= _LONGEST else None
    if isinstance(value, tuple) and all(isinstance(one, Scalar) for one in value):
        return [one.text for one in value]
    return None
