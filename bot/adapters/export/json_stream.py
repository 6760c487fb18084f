"""JSON of any size, read as a stream.

An export is somebody else's file: whatever its shape, the memory it takes is bounded here. A value
of usual size is read whole by Python's own scanner; a larger one piece by piece, and then a single
string, the values and the text of one entry, and the nesting each have their limit.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from json import JSONDecoder
from typing import Any, BinaryIO, Final, NoReturn

from bot.errors import ExportError, os_cause

Opener = Callable[[], BinaryIO]

CHUNK = 1 << 15
USUAL = 1 << 18  # characters of a value that is read whole
LONGEST_TOKEN = 2 << 20  # characters of one string
MOST_VALUES = 200_000  # in one entry that is larger than that, without those that are skipped
MOST_TEXT = 4 << 20  # characters in one entry, likewise
DEEPEST = 64

_BLANK = re.compile(r"[ \t\n\r]*")
_STRING_PART = re.compile(r'(?>(?:[^"\\\0-\x1f]++|\\.){0,999})')
_BEGUN_WORD = re.compile(r"-|\.|[eE][+-]?|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?|")
_FLAT = r'(?:[ \t\n\r,:0-9eE+.truefalsn-]++|"(?>(?:[^"\\\0-\x1f]++|\\.){0,999})")'
# What is passed by in one go; brackets in brackets are counted.
_PASSED = re.compile(
    rf"(?>(?:{_FLAT}|\[(?>{_FLAT}{{0,999}})\]|\{{(?>{_FLAT}{{0,999}})\}}){{0,999}})"
)
_HALF_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")
_BETWEEN = frozenset(" \t\n\r,:0123456789eE+.truefalsn-")
_LARGE: Final = object()


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

    def refuse(self, what: str, **values: object) -> ExportError:
        """Make the error `export.<what>` for this file at this place."""
        place = {"file": self.name, "entry": self.entry, "byte": self.byte}
        return ExportError(f"export.{what}", **place, **values)

    def entries(self, key: str | None, keep: frozenset[str]) -> Iterator[object]:
        """Yield the elements of the list at `key` of the file's object, one by one.

        What is no list is given as it is. With None, the file itself is the list. Of an object too
        large to be read whole, only the keys in `keep` are read. Half a pair of surrogates, which
        JSON can hold and no text, becomes U+FFFD. Raises ExportError where the file is not whole.
        """
        values = _Values(self, keep)
        first = values.peek()
        if first not in ("[", "{"):
            values.skip()  # or say that it is no JSON
            raise self.refuse("unknown" if key else "no-list")
        if key is None:
            if first != "[":
                raise self.refuse("no-list")
            yield from values.elements()
        else:
            if first != "{":
                raise self.refuse("unknown")
            yield from self._member(values, key)
        if values.peek():
            raise values.fault()

    def _member(self, values: "_Values", key: str) -> Iterator[object]:
        found = False
        for name in values.members():
            if name != key:
                values.skip()
                continue
            found = True
            if values.peek() == "[":
                yield from values.elements()
            else:
                yield values.read()
        if not found:
            raise self.refuse("unknown")

    def pieces(self) -> Iterator[str]:
        """Yield the file's text as it comes; what stands before a fault comes before its error."""
        self.byte = 0
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        chunk = None
        try:
            with self._opener() as stream:
                while chunk != b"":
                    chunk = stream.read(CHUNK)
                    self.byte += len(chunk)
                    if self._count:
                        self._count(len(chunk))
                    yield decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            yield error.object[: error.start].decode("utf-8-sig")
            raise self.refuse("not-utf8" if chunk else "cut-short") from None
        except OSError as error:
            raise self.refuse("unreadable", reason=os_cause(error)) from None


class _Values:
    """The values of a file, read in turn; no more of its text is held than one of them takes."""

    def __init__(self, file: JsonFile, keep: frozenset[str]) -> None:
        self._file = file
        self._pieces = file.pieces()
        self._keep = keep
        self._text = ""
        self._has_halves = False  # of pairs, and whole pairs: they are looked for in few texts
        self._at = self._start = 0  # where the next value stands, and where the last stood
        self._values_left, self._text_left = MOST_VALUES, MOST_TEXT
        decoder: Any = JSONDecoder(parse_int=_number, parse_constant=_no_number)
        self._scan = decoder.scan_once  # its types leave this out

    # --- marks ---------------------------------------------------------------------------------

    def peek(self) -> str:
        """Pass blanks; return the next character, none at the end of the file."""
        while True:
            mark = self._text[self._at : self._at + 1]
            if mark > " ":
                return mark
            self._at = _end(_BLANK, self._text, self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def members(self) -> Iterator[str]:
        """Yield the names of an object's members; each value is to be read before the next."""
        self._pass("{")
        if self.peek() != "}":
            yield self._name()
            while self.peek() == ",":
                self._at += 1
                yield self._name()
        self._pass("}")

    def elements(self, depth: int = 1) -> Iterator[object]:
        """Yield the elements of a list, each read when it is asked for."""
        self._pass("[")
        if self.peek() != "]":
            yield self.read(depth)
            while self.peek() == ",":
                self._at += 1
                yield self.read(depth)
        self._pass("]")

    def _name(self) -> str:
        name = self._string()
        self._pass(":")
        return name

    def _pass(self, mark: str) -> None:
        if self.peek() != mark:
            raise self.fault()
        self._at += 1

    def _more(self) -> bool:
        """Have more of the text; what was read is let go. Return whether there was any."""
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._text, self._at = self._text[self._at :] + piece, 0
        self._has_halves = _HALF_ESCAPED.search(self._text) is not None
        return True

    # --- values --------------------------------------------------------------------------------

    def read(self, depth: int = 1) -> object:
        """Return the next value; one too large in what is kept of it is refused."""
        if depth == 1:
            self._file.entry += 1
        value = self._usual()
        if value is _LARGE:
            return self._large(depth)
        text, start, end = self._text, self._start, self._at
        if depth > 1:  # else it is small as it is
            self._keep_room(1 + text.count(",", start, end), end - start)
        opened = text.count("[", start, end) + text.count("{", start, end)
        if opened > DEEPEST - depth and _is_deeper(value, DEEPEST - depth + 1):
            raise self._file.refuse("too-big")
        return _mended(value) if self._has_halves else value

    def _usual(self) -> object:
        """Return the next value if it stands whole within USUAL characters, else _LARGE."""
        while True:
            text = self._text
            start = self._at = _end(_BLANK, text, self._at)
            try:
                value, end = self._scan(text, start)
            except (ValueError, StopIteration, RecursionError):
                value, end = _LARGE, len(text)
            if end > len(text) - 3:  # perhaps it goes on, as the 1 of 1e+5
                if end - start > USUAL:
                    return _LARGE
                if self._more():
                    continue
            if value is not _LARGE:
                self._start, self._at = start, end
            return value

    def _large(self, depth: int) -> object:
        """Read a value part by part."""
        if depth > DEEPEST:
            raise self._file.refuse("too-big")
        if depth == 1:
            self._values_left, self._text_left = MOST_VALUES, MOST_TEXT
        first = self.peek()
        if first == "{":
            kept = {}
            for name in self.members():
                if name in self._keep:
                    kept[name] = self.read(depth + 1)
                else:
                    self.skip()
            return kept
        if first == "[":
            return list(self.elements(depth + 1))
        text = self._string()
        self._keep_room(1, len(text))
        return _mended(text)

    def _keep_room(self, values: int, text: int) -> None:
        self._values_left -= values
        self._text_left -= text
        if self._values_left < 0 or self._text_left < 0:
            raise self._file.refuse("too-big")

    def _string(self) -> str:
        """Return the next value, which has to be a string."""
        if self.peek() != '"':
            raise self.fault()
        while True:
            end = _string_end(self._text, self._at + 1)
            rest = self._text[end : end + 2]
            if rest[:1] == '"':
                break
            if end - self._at > LONGEST_TOKEN:
                raise self._file.refuse("too-big")
            if rest not in ("", "\\") or not self._more():
                raise self.fault()
        try:
            text: str = json.loads(self._text[self._at : end + 1])
        except ValueError:
            raise self.fault() from None
        self._at = end + 1
        return text

    def skip(self) -> None:
        """Pass by a value, however large it is."""
        if self._usual() is not _LARGE:
            return
        depth = 0
        while True:
            mark = self.peek()
            if mark == '"':
                self._string()
            elif mark in ("[", "{", "]", "}"):
                depth += 1 if mark in ("[", "{") else -1
                self._at += 1
            elif not depth or not mark or mark not in _BETWEEN:
                raise self.fault()
            if depth > DEEPEST:
                raise self._file.refuse("too-big")
            if depth <= 0:
                return
            self._at = _end(_PASSED, self._text, self._at)

    def fault(self) -> ExportError:
        """Make the error for what stands here, where something else should."""
        rest = self._text[self._at :]
        if not self._file.byte:
            return self._file.refuse("empty")
        begun = _string_end(rest, 1) if rest[:1] == '"' else 0
        is_cut = _BEGUN_WORD.fullmatch(rest) or (begun and rest[begun:] in ("", "\\"))
        return self._file.refuse("cut-short" if is_cut else "not-json")


def _string_end(text: str, at: int) -> int:
    """Return where a string's text ends that goes on at `at`: at its quote, a fault or the end."""
    while (end := _end(_STRING_PART, text, at)) > at:
        at = end
    return at


def _number(digits: str) -> float:
    return int(digits) if len(digits) < 20 else float(digits)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _is_deeper(value: object, most: int) -> bool:
    """Return whether lists and objects are nested in a value more than so many times."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return most == 0 or any(_is_deeper(one, most - 1) for one in inner)
    return False


def _mended(value: object) -> object:
    """Put U+FFFD in place of halves of pairs in all texts of a value."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [_mended(one) for one in value]
    if isinstance(value, dict):
        return {name: _mended(one) for name, one in value.items()}
    return value


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return how far a pattern matches, from there on; not at all where it does not."""
    match = pattern.match(text, at)
    return match.end() if match else at
