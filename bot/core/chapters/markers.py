"""Markers as audio editors export them: what stands where in the recording, by their name."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.core.chapters.clock import HOUR, TYPED, ClockError, read_clock

CUT = "✂"
"""What the names begin with that are for whoever cuts, never a topic's."""

LONGEST = 4 * 1024 * 1024
"""The longest file of markers that is read, in characters."""

_SECONDS = re.compile(r"\d{1,6}(?:[.,]\d{1,9})?", re.ASCII)
_TIMED = re.compile(rf"\s*[(\[]?({TYPED})[)\]]?[ \t　]+(\S.*)", re.ASCII)
_EVENT = re.compile(r"\d{3,6}\s+\S+\s+\S+\s+\S+((?:\s+\d{2}:\d{2}:\d{2}[:;]\d{2}){4})", re.ASCII)
_RESOLVE = re.compile(r"\|M:(.*?)(?:\s*\|D:\d+)?\s*$")
_BEATS = re.compile(r"-?\d+\.\d+\.\d+", re.ASCII)
_RATE = re.compile(r"(\d{4,6}) ?Hz|(\d{2,3}) ?fps", re.I)


@dataclass(frozen=True, slots=True)
class Marker:
    """A point of a recording: its time in milliseconds, its name, and the line that has it."""

    at: int
    name: str
    line: int = 0


class MarkersError(ValueError):
    """A file of markers cannot be read: `reason` names a text of bot/texts/times.py."""

    def __init__(self, reason: str, line: int = 0, shown: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.shown = shown


def read_markers(text: str) -> list[Marker]:
    """Read the markers of Audacity, Reaper, Audition, Resolve or Hindenburg.

    Others that are read: Podlove and JSON chapters, and lines that begin with a time (mp4chaps, a
    description). They come in order of time, without those that are for cutting. Raises
    MarkersError where the file is none of these, or has a time that cannot be read.
    """
    if len(text) > LONGEST:
        raise MarkersError("too-long")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = list(_reader(text)(text))
    if not found:
        raise MarkersError("no-markers")
    shown = [one for one in found if not one.name.startswith(CUT)]
    return sorted(shown, key=lambda marker: marker.at)


def _reader(text: str) -> Callable[[str], Iterator[Marker]]:
    first = next((line for line in text.split("\n") if line.strip()), "")
    if first.lstrip().startswith("<"):
        return _xml
    if first.lstrip().startswith(("{", "[{")) or first.strip() == "[":
        return _json
    if first.startswith("#,Name,Start"):
        return _reaper
    if first.startswith("Name\tStart\t"):
        return _audition
    if first.startswith("TITLE:") or _EVENT.match(first):
        return _resolve
    return _audacity if "\t" in first and _SECONDS.match(first) else _timed


def _audacity(text: str) -> Iterator[Marker]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("\\"):  # the frequencies of a label
            continue
        parts = line.split("\t", 2)
        yield Marker(_time(parts[0], number), _name(parts[2] if len(parts) > 2 else ""), number)


def _reaper(text: str) -> Iterator[Marker]:
    for number, row in _rows(text, ","):
        if len(row) < 3:
            raise MarkersError("line", number, ",".join(row))
        start = row[2].strip()
        if _BEATS.fullmatch(start):
            raise MarkersError("beats", number, start)
        if start.isdigit() or start.count(":") == 3:
            raise MarkersError("frames", number, start)
        yield Marker(_time(start, number), _name(row[1]), number)


def _audition(text: str) -> Iterator[Marker]:
    for number, row in _rows(text, "\t"):
        if len(row) < 4:
            raise MarkersError("line", number, "\t".join(row))
        rate = _RATE.search(row[3])
        if rate is None:
            at = _time(row[1], number)
        elif rate[1] and row[1].strip().isdigit():
            at = int(row[1]) * 1000 // int(rate[1])
        elif rate[2]:
            whole, _, frames = row[1].strip().rpartition(":")
            if not (frames.isascii() and frames.isdigit()):
                raise MarkersError("time", number, row[1])
            at = _time(whole, number) + int(frames) * 1000 // int(rate[2])
        else:
            raise MarkersError("time", number, row[1])
        yield Marker(at, _name(row[0]), number)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.split("\n")
    if delimiter == "\t":  # Audition quotes nothing
        yield from (
            (number, line.split("\t"))
            for number, line in enumerate(lines, 1)
            if number > 1 and line
        )
        return
    import csv  # as `_xml` below: the chat loads this module, and reads such a file once a month

    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in reader:
            if reader.line_num > 1 and any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise MarkersError("line", reader.line_num) from error


def _resolve(text: str) -> Iterator[Marker]:
    """Read DaVinci Resolve's EDL; a timeline begins at 01:00:00:00 unless a marker says otherwise.

    The frames of a time are less than a second, whatever their rate.
    """
    found: list[Marker] = []
    start: tuple[int, int] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if event := _EVENT.match(line):
            recorded = event[1].split()[2]
            start = number, _time(recorded[:8], number)
        elif (name := _RESOLVE.search(line)) and start:
            found.append(Marker(start[1], _name(name[1]), start[0]))
            start = None
    begun = HOUR if all(one.at >= HOUR for one in found) else 0
    yield from (Marker(one.at - begun, one.name, one.line) for one in found)


def _xml(text: str) -> Iterator[Marker]:
    """Read Hindenburg's session, Podlove's chapters, or a feed that has these."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # nothing that could grow
        raise MarkersError("not-read")
    import xml.etree.ElementTree as ET

    try:
        root = ET.fromstring(text)  # noqa: S314 - without a document type there are no entities
    except ET.ParseError as error:
        raise MarkersError("not-read", error.position[0]) from error
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "Marker" and element.get("Time") is not None:
            yield Marker(_time(element.get("Time", ""), 0), _name(element.get("Name", "")))
        elif tag == "chapter" and element.get("start") is not None:
            yield Marker(_time(element.get("start", ""), 0), _name(element.get("title", "")))


def _json(text: str) -> Iterator[Marker]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MarkersError("not-read", getattr(error, "lineno", 0)) from error
    entries = read.get("chapters") if isinstance(read, dict) else read
    if not isinstance(entries, list):
        raise MarkersError("no-markers")
    for entry in entries:
        if not isinstance(entry, dict):
            raise MarkersError("not-read")
        start = entry.get("startTime", entry.get("start", ""))
        yield Marker(_time(str(start), 0), _name(str(entry.get("title", ""))))


def _timed(text: str) -> Iterator[Marker]:
    for number, line in enumerate(text.split("\n"), 1):
        found = _TIMED.fullmatch(line)
        if found:
            yield Marker(_time(found[1], number), _name(found[2]), number)
        elif line.strip():
            raise MarkersError("line", number, line.strip())


def _time(text: str, line: int) -> int:
    """Return the milliseconds of a time with colons, or of seconds."""
    bare = text.strip()
    if _SECONDS.fullmatch(bare):
        whole, _, fraction = bare.replace(",", ".").partition(".")
        at = int(whole) * 1000 + int(fraction.ljust(3, "0")[:3])
        if at < 100 * HOUR:
            return at
    try:
        return read_clock(bare)
    except ClockError as error:
        raise MarkersError("time", line, bare) from error


def _name(text: str) -> str:
    return " ".join(text.split())
