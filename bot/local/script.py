"""A scripted conversation: each line of a stream is a message or a command.

A line that ends in a backslash goes on in the next one.
"""

import asyncio
import os
from collections.abc import Callable
from typing import Final, TextIO

from bot.errors import InputError
from bot.local.room import LONGEST_MESSAGE

_CHUNK: Final = 65_536
_LONGEST_LINE: Final = 4 * LONGEST_MESSAGE + 8
"""Bytes of a line that are kept: one more character than a message may have, in UTF-8."""


class ScriptReader:
    """Reads messages and commands from a stream that is no terminal, by its file descriptor."""

    def __init__(self, stream: TextIO) -> None:
        self._file = stream.fileno()
        self._rest = b""
        self._number = 0
        self.line: int | None = None

    def aside(self, show: Callable[[], None]) -> None:
        """Leave it out: the output of a script holds what was asked for."""

    async def read(self, who: str) -> str | None:
        """Return the next message or command, None at the end; `line` is where it began.

        Raises InputError for one that is too long or not UTF-8; reading can go on after it.
        """
        del who  # only a prompt shows it
        self.line = self._number + 1
        data = bytearray()
        while line := await self._next():
            text = line.rstrip(b"\r\n")
            goes_on = text.endswith(b"\\")
            data += text[:-1] + b"\n" if goes_on else text
            del data[_LONGEST_LINE:]
            if not goes_on:
                break
        if self._number < self.line:
            return None
        try:
            message = data.decode()
        except UnicodeDecodeError as error:
            if len(data) < _LONGEST_LINE:
                raise InputError("chat.not-text") from error
            message = data.decode(errors="replace")
        if len(message) > LONGEST_MESSAGE:
            raise InputError("chat.too-long", most=LONGEST_MESSAGE)
        return message

    async def _next(self) -> bytes:
        """Return the next line with its line break, b"" at the end; a huge one is cut."""
        line = bytearray()
        while True:
            head, found, self._rest = self._rest.partition(b"\n")
            line += head[: _LONGEST_LINE - len(line)]
            if not found:
                self._rest = await self._read_chunk()
            if found or not self._rest:
                self._number += bool(line or found)
                return bytes(line) + found

    async def _read_chunk(self) -> bytes:
        """Read what is there, and wait for it without holding up the rest of the program."""
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        try:
            loop.add_reader(self._file, ready.set)
        except PermissionError:  # a file on the disk, which is always ready
            return os.read(self._file, _CHUNK)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(self._file)
        return os.read(self._file, _CHUNK)
