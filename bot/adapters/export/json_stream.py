"""JSON of any size, read as a stream.

An export is somebody else's file: whatever its shape, the memory it takes is bounded here. A
single string, the values and the text of one entry, and the nesting each have their limit.
"""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import ijson  # type: ignore[import-untyped]  # it has no stubs

from bot.errors import ExportError

Opener = Callable[[], BinaryIO]
Events = Iterator[tuple[str, Any]]

CHUNK = 1 << 15
LONGEST_TOKEN = 2 << 20  # bytes that give the parser nothing but a part of one string or number
MOST_VALUES = 200_000  # in one entry, without those that are skipped
MOST_TEXT = 4 << 20  # characters in one entry, likewise
DEEPEST = 64

_STEP = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}
_BOM = b"\xef\xbb\xbf"


class JsonFile:
    """One JSON file of an export; `name` stands for it in errors.

    `entry` counts what `entries` gave, from 1, and `byte` is how far the file was read.
    """

    def __init__(
        self, name: str, opener: Opener, count: Callable[[int], None] | None = None
    ) -> None:
        self.name = name
        self.entry = 0
        self.byte = 0
        self._opener = opener
        self._count = count
        self._values = 0
        self._text = 0

    def refuse(self, what: str, **values: object) -> ExportError:
        """Make the error `export.<what>` for this file at this place."""
        place = {"file": self.name, "entry": self.entry, "byte": self.byte}
        return ExportError(f"export.{what}", **place, **values)

    def entries(self, key: str | None, keep: frozenset[str]) -> Iterator[object]:
        """Yield the elements of the list at `key` of the file's object, one by one.

        What is no list is given as it is. With None, the file itself is the list. Of the objects
        within, only the keys in `keep` are read. Raises ExportError where the file is not whole.
        """
        events = self._events()
        started, _ = next(events)
        if key is None:
            if started != "start_array":
                raise self.refuse("no-list")
            yield from self._elements(events, keep)
        else:
            if started != "start_map":
                raise self.refuse("unknown")
            yield from self._member(events, key, keep)
        for _ in events:  # what follows has to be JSON too: a file cut short ends here
            pass

    def _member(self, events: Events, key: str, keep: frozenset[str]) -> Iterator[object]:
        found = False
        for event, name in events:
            if event == "end_map":
                break
            started, value = next(events)
            if name != key:
                self._skip(events, started)
                continue
            found = True
            if started == "start_array":
                yield from self._elements(events, keep)
            else:
                yield self._entry(events, started, value, keep)
        if not found:
            raise self.refuse("unknown")

    def _elements(self, events: Events, keep: frozenset[str]) -> Iterator[object]:
        for event, value in events:
            if event == "end_array":
                return
            yield self._entry(events, event, value, keep)

    def _entry(self, events: Events, started: str, value: object, keep: frozenset[str]) -> object:
        self.entry += 1
        self._values = self._text = 0
        return self._value(events, started, value, keep, 1)

    def _value(
        self, events: Events, started: str, value: object, keep: frozenset[str], depth: int
    ) -> object:
        self._values += 1
        if self._values > MOST_VALUES or self._text > MOST_TEXT or depth > DEEPEST:
            raise self.refuse("too-big")
        if started == "start_map":
            members = {}
            for event, name in events:
                if event == "end_map":
                    break
                inner, value = next(events)
                if name in keep:
                    members[name] = self._value(events, inner, value, keep, depth + 1)
                else:
                    self._skip(events, inner)
            return members
        if started == "start_array":
            elements = []
            for event, inner in events:
                if event == "end_array":
                    break
                elements.append(self._value(events, event, inner, keep, depth + 1))
            return elements
        if isinstance(value, str):
            self._text += len(value)
        return value

    def _skip(self, events: Events, event: str) -> None:
        depth = _STEP.get(event, 0)
        while depth:
            event, _ = next(events)
            depth += _STEP.get(event, 0)
            if depth > DEEPEST:
                raise self.refuse("too-big")

    def _events(self) -> Events:
        parsed = ijson.sendable_list()
        # Numbers as the parser has them: as Decimal, one of a million digits would take minutes.
        parser = ijson.basic_parse_coro(parsed, use_float=True)
        silent = 0
        for chunk in self._chunks():
            broken = False
            try:
                parser.send(chunk)
            except (ijson.JSONError, UnicodeDecodeError):
                broken = True
            silent = 0 if parsed else silent + len(chunk)
            yield from parsed
            del parsed[:]
            if broken:
                raise self.refuse("not-json" if _is_utf8(chunk) else "not-utf8")
            if silent > LONGEST_TOKEN:
                raise self.refuse("too-big")
        try:
            parser.close()
        except ijson.JSONError:
            raise self.refuse("cut-short" if self.byte else "empty") from None
        yield from parsed

    def _chunks(self) -> Iterator[bytes]:
        self.byte = 0
        try:
            with self._opener() as stream:
                while chunk := stream.read(CHUNK):
                    first = self.byte == 0
                    self.byte += len(chunk)
                    if self._count:
                        self._count(len(chunk))
                    yield chunk.removeprefix(_BOM) if first else chunk
        except OSError as error:
            raise self.refuse("unreadable", reason=error.strerror or "I/O") from None


def _is_utf8(chunk: bytes) -> bool:
    """Return whether a piece of a file may be of one in UTF-8; its ends may cut a character."""
    start = next((at for at, byte in enumerate(chunk[:4]) if byte & 0xC0 != 0x80), 4)
    try:
        chunk[start:].decode()
    except UnicodeDecodeError as error:
        return len(chunk) - start - error.start < 4 and error.reason == "unexpected end of data"
    return True
