"""Inflates what servers send packed, in small pieces: whoever reads stops where it is enough."""

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # it comes without types

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

STEP = 64 * 1024
"""About the most bytes that one piece has."""

ENCODINGS = ("gzip", "deflate", "br", "zstd")

_MOST_MEMBERS = 1000  # of one body; servers that flush often send one after the other
_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
"""8 MiB, all that the web may use."""
_FAULTS = (zlib.error, brotli.error, zstd.ZstdError)


class InflateError(Exception):
    """What was sent is not what it was said to be, or is packed more than once."""


class _Stream(Protocol):
    """One member of a body, as zstd's own decompressor has it."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Zlib:
    """gzip, or deflate with or without its wrapper."""

    def __init__(self, bits: int) -> None:
        self._stream = zlib.decompressobj(bits)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        piece = self._stream.decompress(self._stream.unconsumed_tail + data, max_length)
        # A full piece may leave more inside, without any input.
        self.needs_input = not self._stream.unconsumed_tail and len(piece) < max_length
        return piece


class _Brotli:
    """Brotli, which has no members."""

    unused_data = b""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return bool(self._stream.is_finished())

    def decompress(self, data: bytes, max_length: int) -> bytes:
        piece: bytes = self._stream.process(data, output_buffer_limit=max_length)
        self.needs_input = self._stream.can_accept_more_data() and len(piece) < max_length
        return piece


def _deflate(first: int) -> _Stream:
    # Half of the servers leave zlib's header out, which always begins so.
    return _Zlib(zlib.MAX_WBITS if first & 0x0F == 8 else -zlib.MAX_WBITS)


_STREAMS: dict[str, Callable[[int], _Stream]] = {
    "gzip": lambda _: _Zlib(16 + zlib.MAX_WBITS),
    "deflate": _deflate,
    "br": lambda _: _Brotli(),
    "zstd": lambda _: zstd.ZstdDecompressor(options=_WINDOW),
}


class Inflater:
    """Inflates a body as it comes."""

    def __init__(self, encoding: str) -> None:
        self._start = _STREAMS[encoding]
        self._stream: _Stream | None = None
        self._members = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what these bytes hold, piece by piece, none of it before it is asked for.

        What follows the end and is no member is left out. Raises InflateError.
        """
        while True:
            if self._stream is None:
                if not data or self._members > _MOST_MEMBERS:
                    return
                self._stream = self._start(data[0])
            try:
                piece = self._stream.decompress(data, STEP)
            except _FAULTS as error:
                if not self._members:
                    raise InflateError from error
                self._members = _MOST_MEMBERS + 1
                self._stream = None
                return
            if piece:
                yield piece
            data = b""
            if self._stream.eof:
                data = self._stream.unused_data
                self._stream = None
                self._members += 1
            elif self._stream.needs_input:
                return


def inflater(encoding: str) -> Inflater | None:
    """Return what inflates a body with this Content-Encoding; None if it comes as it is.

    Names that mean nothing are passed over, as browsers do. Raises InflateError for more than
    one encoding.
    """
    names = [name.strip().lower().removeprefix("x-") for name in encoding.split(",")]
    known = [name for name in names if name in _STREAMS]
    if len(known) > 1:
        raise InflateError
    return Inflater(known[0]) if known else None
