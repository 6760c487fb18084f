"""The log: one line an event on standard error, without secrets and without what people wrote.

    time=2026-11-22T07:00:00.123Z level=info logger=bot.services.publish message=drafted number=57

Values come as `extra={"number": "57"}`. Ids, counts, paths and names are fit to be logged; the
text, titles and addresses of messages are not.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import TextIO

from bot.config import Secret
from bot.errors import RundownError

OURS = ("bot", "cogs", "storage")

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_BARE = re.compile(r"[\w./:@+#*-]+")


class LineFormatter(logging.Formatter):
    """Writes a record as `name=value` pairs on one line, `secrets` blotted out."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        super().__init__()
        # A key of many lines is as secret line by line.
        lines = {line for secret in secrets for line in secret.reveal().splitlines() if line}
        self._secrets = sorted(lines, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. An exception is named with its place, but its words stay out."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        message = record.getMessage()
        if record.name.partition(".")[0] not in OURS:
            message = message.partition("\n")[0]  # libraries go on with what they had in hand
        pairs: dict[str, object] = {
            "time": time.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message,
        }
        pairs |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info and record.exc_info[1]:
            pairs |= _error(record.exc_info[1])
        return " ".join(f"{name}={self._value(value)}" for name, value in pairs.items())

    def _value(self, value: object) -> str:
        text = str(value)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        if _BARE.fullmatch(text):
            return text
        quoted = json.dumps(text, ensure_ascii=False)
        return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in quoted)


def setup(level: str, secrets: Iterable[Secret] = (), stream: TextIO | None = None) -> None:
    """Send the log to `stream` (standard error), ours from `level` (config.LEVELS) on.

    Libraries speak from warnings on only: below that, they tell what messages hold.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter(secrets))
    number = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(number)


def _error(error: BaseException) -> dict[str, object]:
    # What an exception says may quote a message; ours never do (bot/errors.py).
    frames = extract_tb(error.__traceback__)
    pairs: dict[str, object] = {"error": type(error).__name__}
    if isinstance(error, RundownError):
        pairs["cause"] = str(error)
    pairs["at"] = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-5:])
    return pairs
