"""Git's objects as bytes: their ids, what a tree holds, and packs, in which git takes them over.

The formats are those of git's pages `gitformat-pack` and, for ids and trees, of "Git Internals".
`digits` is the length of the repository's ids: 40 where they are SHA-1, 64 where SHA-256.
"""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

FILE, FOLDER = "100644", "40000"

_HASHES = {40: hashlib.sha1, 64: hashlib.sha256}
_IN_PACKS = {"commit": 1, "tree": 2, "blob": 3}


class TreeEntry(NamedTuple):
    """What stands under a name in a tree."""

    mode: str
    id: str

    @property
    def is_folder(self) -> bool:
        """Whether it is a tree itself."""
        return self.mode == FOLDER

    @property
    def is_file(self) -> bool:
        """Whether it is a plain file, executable or not."""
        return self.mode.startswith("100")


def object_id(kind: str, data: bytes, digits: int) -> str:
    """Return the id of an object with these bytes."""
    head = b"%s %d\0" % (kind.encode(), len(data))
    return _HASHES[digits](head + data, usedforsecurity=False).hexdigest()


def read_tree(data: bytes, digits: int) -> dict[bytes, TreeEntry]:
    """Return what a tree holds, by name."""
    entries = {}
    at = 0
    while at < len(data):
        end = data.index(b"\0", at)
        mode, _, name = data[at:end].partition(b" ")
        at = end + 1 + digits // 2
        entries[name] = TreeEntry(mode.decode(), data[end + 1 : at].hex())
    return entries


def tree_data(entries: Mapping[bytes, TreeEntry]) -> bytes:
    """Return the bytes of a tree; git sorts a folder as if its name ended in a slash."""

    def place(name: bytes) -> bytes:
        return name + b"/" if entries[name].is_folder else name

    return b"".join(
        b"%s %s\0%s" % (entries[name].mode.encode(), name, bytes.fromhex(entries[name].id))
        for name in sorted(entries, key=place)
    )


def pack(objects: Iterable[tuple[str, bytes]], digits: int) -> bytes:
    """Return a pack of objects, each a kind and its bytes, for `git unpack-objects`."""
    parts = [_head(kind, len(data)) + zlib.compress(data) for kind, data in objects]
    body = b"PACK" + (2).to_bytes(4) + len(parts).to_bytes(4) + b"".join(parts)
    return body + _HASHES[digits](body, usedforsecurity=False).digest()


def _head(kind: str, size: int) -> bytes:
    """Return kind and size of an object in a pack: four bits of the size, then seven a byte."""
    byte, size = _IN_PACKS[kind] << 4 | size & 15, size >> 4
    head = bytearray()
    while size:
        head.append(byte | 128)
        byte, size = size & 127, size >> 7
    head.append(byte)
    return bytes(head)
