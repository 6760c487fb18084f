"""Tells a supervisor how the bot is: systemd by its socket, anything else by a file's time."""

import logging
import os
import socket
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_log = logging.getLogger(__name__)

BEAT = 10.0
"""Seconds between two signs of life."""


class Ills:
    """Knows which parts of the bot to complain of: once, and not of a moment's absence.

    Every platform ends connections now and then, and a look can fall into the second between two.
    """

    def __init__(self) -> None:
        self._before: set[str] = set()
        self._told: set[str] = set()

    def look(self, ill: Iterable[str]) -> list[str]:
        """Return those that are ill now, were so at the look before, and were not told of since."""
        now = set(ill)
        new = (now & self._before) - self._told
        self._told = (self._told & now) | new
        self._before = now
        return sorted(new)


class Health:
    """Sends signs of life; `notify` is systemd's NOTIFY_SOCKET, `file` is touched."""

    def __init__(self, *, notify: str | None, file: Path | None) -> None:
        self._notify = notify
        self._file = file

    def starting(self) -> None:
        """Take away the sign of life of a run before us that was killed."""
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)

    def ready(self) -> None:
        """Say that the bot has started."""
        self._tell("READY=1")
        self.alive()

    def alive(self) -> None:
        """Say that all is well."""
        if self._file is not None:
            try:
                self._file.touch()
            except OSError as error:
                _log.warning("health file not touched", extra={"cause": error.strerror})
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that the bot is stopping."""
        self._tell("STOPPING=1")
        if self._file is not None:
            self._file.unlink(missing_ok=True)

    def _tell(self, what: str) -> None:
        if not self._notify:
            return
        # A name that begins with @ is in Linux's own space of names, not in the file system.
        address = f"\0{self._notify[1:]}" if self._notify.startswith("@") else self._notify
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
                line.connect(address)
                line.send(what.encode())
        except OSError as error:
            _log.warning("systemd not told", extra={"cause": os.strerror(error.errno or 0)})
