"""The files of an export, be they in a folder, in a ZIP, or one alone."""

import os
import re
import stat
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from io import RawIOBase
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from bot.adapters.export.json_stream import JsonFile
from bot.errors import ExportError, os_cause

MOST_FILES = 200_000
_ZIP_DIRECTORY = 8 << 20  # bytes; the directory of a ZIP is held in memory ten times as large
_ZIP_END = 22
_ZIP_SMALL = 100 << 20  # bytes; what unpacks to less may be packed as tightly as it likes
_ZIP_TIGHTEST = 200
_PART = re.compile(r"(?P<stem>.*?)(?: \[part (?P<number>\d{1,6})\])?\.json", re.DOTALL)


class Files(ABC):
    """Files by their path within the export, with `/`; `sizes` has their bytes."""

    def __init__(self, sizes: dict[str, int]) -> None:
        self.sizes = sizes

    def json(self, name: str, count: Callable[[int], None] | None = None) -> JsonFile:
        """Return one of the files, to be read as JSON; `count` is told of bytes as they pass."""
        return JsonFile(self.title(name), lambda: self.open(name), count)

    @abstractmethod
    def title(self, name: str) -> str:
        """Return a file's name as it is shown."""

    @abstractmethod
    def open(self, name: str) -> BinaryIO:
        """Open a file; raises OSError, here and in reading, where it cannot be read."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what is open."""


def part_of(name: str) -> tuple[str, int]:
    """Return what the parts of a split file have in common, and which of them this is, from 1."""
    match = _PART.fullmatch(name)
    return (match["stem"], int(match["number"] or 1)) if match else (name, 1)


def open_files(path: Path) -> Files:
    """Return the JSON files at `path`: of a folder, of a ZIP, or the file with its further parts.

    Raises ExportError where there is nothing of the kind.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return Folder(path, _walk(path))
        if not stat.S_ISREG(mode):
            raise ExportError("export.no-file", file=path)
        with path.open("rb") as stream:
            packed = stream.read(4) in (b"PK\3\4", b"PK\5\6")
        return Zip(path) if packed else Folder(path.parent, _parts(path))
    except FileNotFoundError:
        raise ExportError("export.missing", file=path) from None
    except OSError as error:
        reason = os_cause(error)
        raise ExportError("export.unreadable", file=path, reason=reason) from None


class Folder(Files):
    """Files in a folder."""

    def __init__(self, path: Path, sizes: dict[str, int]) -> None:
        super().__init__(sizes)
        self._path = path

    def title(self, name: str) -> str:
        return str(self._path / name)

    def open(self, name: str) -> BinaryIO:
        return (self._path / name).open("rb")

    def close(self) -> None:
        """Do nothing: no file is kept open."""


def _parts(path: Path) -> dict[str, int]:
    stem, number = part_of(path.name)
    sizes = {path.name: path.stat().st_size}
    for beside in path.parent.iterdir():
        other, further = part_of(beside.name)
        if other == stem and further > number and beside.is_file():
            sizes[beside.name] = beside.stat().st_size
    return sizes


def _walk(path: Path) -> dict[str, int]:
    sizes: dict[str, int] = {}
    seen = 0
    for folder, inner, names in os.walk(path):
        inner[:] = [name for name in inner if _entered(name)]
        seen += len(inner) + len(names)
        if seen > MOST_FILES:
            raise ExportError("export.too-many", file=path)
        for name in names:
            file = Path(folder, name)
            if _listed(name) and file.is_file():
                sizes[file.relative_to(path).as_posix()] = file.stat().st_size
    return sizes


def _listed(name: str) -> bool:
    return name.endswith(".json") and not name.startswith(".")


def _entered(folder: str) -> bool:
    """Return whether a folder is one to look into; `…_Files` has what people attached."""
    return not folder.startswith(".") and not folder.endswith("_Files") and folder != "__MACOSX"


class Zip(Files):
    """Files in a ZIP; nothing is unpacked to the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        _check_directory(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            raise ExportError("export.zip-broken", file=path) from None
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            name = PurePosixPath(_name(info).replace("\\", "/"))
            if _listed(name.name) and all(map(_entered, name.parts[:-1])):
                self._members[str(name)] = info
        super().__init__({name: info.file_size for name, info in self._members.items()})

    def title(self, name: str) -> str:
        return f"{self._path}: {name}"

    def open(self, name: str) -> BinaryIO:
        info = self._members[name]
        readable = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if info.flag_bits & 1 or not readable:
            raise ExportError("export.zip-method", file=self.title(name))
        if info.file_size > max(_ZIP_SMALL, info.compress_size * _ZIP_TIGHTEST):
            raise ExportError("export.zip-bomb", file=self.title(name), times=_ZIP_TIGHTEST)
        try:
            return cast(BinaryIO, _Member(self._zip.open(info)))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
            raise OSError(None, "bad ZIP") from None

    def close(self) -> None:
        self._zip.close()


class _Member(RawIOBase):
    """A file in a ZIP whose faults are those of a file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError):
            raise OSError(None, "bad ZIP") from None

    def close(self) -> None:
        self._stream.close()
        super().close()


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; programs that write UTF-8 without saying so are common."""
    if not info.flag_bits & 0x800:
        try:
            return info.filename.encode("cp437").decode()
        except UnicodeError:
            pass
    return info.filename


def _check_directory(path: Path) -> None:
    """Refuse a ZIP whose directory alone would fill the memory, before it is read."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _ZIP_END - (1 << 16) - 20))
        tail = stream.read()
    end = tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) < end + _ZIP_END:
        raise ExportError("export.zip-broken", file=path)
    extended = tail[max(end - 20, 0) : end].startswith(b"PK\6\7")  # ZIP64 says its size elsewhere
    if extended or int.from_bytes(tail[end + 12 : end + 16], "little") > _ZIP_DIRECTORY:
        raise ExportError("export.too-many", file=path)
