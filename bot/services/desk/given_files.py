"""Files that are given with a command, as the table takes them: a text, or a picture in base64."""

import base64

from bot.errors import CommandError

LARGEST_FILE = 4 * 1024 * 1024
"""The bytes of a file that a command takes."""


def check_size(size: int, *, kind: str, name: str) -> None:
    """Raise CommandError for a file that is too large, by the kind of the option it is given to."""
    if size <= LARGEST_FILE:
        return
    if kind == "picture":
        raise CommandError("publish.picture-large", most=LARGEST_FILE // 2**20)
    raise CommandError("times.too-long", path=name)


def option_value(data: bytes, *, kind: str, name: str) -> str:
    """Return a file as an option's value; raise CommandError where it is no text."""
    if kind == "picture":
        return base64.b64encode(data).decode()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError("chapters.not-text", path=name) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
