"""What happens to a file by mishap, and no person means: it is emptied, cut, or loses its head.

Or it holds what git could not merge, between the lines by which git marks that.
"""

from typing import Literal

from bot.core.document.pieces import bare_of, lines_of
from bot.core.front_matter.region import front_matter

Damage = Literal["emptied", "cut", "headless"]

_MARKS = ("<<<<<<<", "=======", ">>>>>>>")


def damage_of(before: str, now: str) -> Damage | None:
    """Return what happened to a file that was `before`; None where people may have meant it.

    One is cut that ends in the middle of one of its lines; headless without its front matter at
    its very beginning, or with nothing between the rulers of that.
    """
    if now == before or not before.strip():
        return None
    if not now.strip():
        return "emptied"
    if before.startswith(now) and not now.endswith("\n") and before[len(now)] not in "\r\n":
        return "cut"
    if _says_something(before) and not _says_something(now):
        return "cut" if before.startswith(now) else "headless"
    return None


def _says_something(text: str) -> bool:
    """Return whether a file has front matter, and not its rulers alone."""
    front = front_matter(text)
    return front is not None and bool(front.text.strip())


def restored(before: str, now: str, damage: Damage) -> str:
    """Return a damaged file with what it lost, and with all that stands in it."""
    if damage != "headless":
        return before
    below = now.lstrip()
    if _says_something(below):  # only blank lines had come before it
        return below
    if emptied := front_matter(now):
        now = "".join(now.splitlines(keepends=True)[emptied.height :])
    head = front_matter(before)
    lines = before.splitlines(keepends=True)[: head.height] if head else []
    return "".join(lines) + ("" if now.startswith("\n") else "\n") + now


def conflicts_in(text: str) -> list[tuple[int, str]]:
    """Return at which lines, counted from 1, what git could not merge begins, and of what that is.

    All three marks have to stand there, in order: each alone may be Markdown. The first and the
    last say of which commits or branches they are, whatever stands between.
    """
    if not all(mark in text for mark in _MARKS):
        return []
    found, begun, wanted = list[tuple[int, str]](), 0, 0
    lines = bare_of(lines_of(text))
    for number, line in enumerate(lines, 1):
        if wanted < 2 and _is_mark(line, 0):  # the second half may say it
            begun, wanted = number, 1
        elif wanted and _is_mark(line, wanted):
            wanted += 1
            if wanted == len(_MARKS):
                found.append((begun, f"{lines[begun - 1]}\n{line}"))
                wanted = 0
    return found


def _is_mark(line: str, which: int) -> bool:
    mark = _MARKS[which]
    return line == mark or (which != 1 and line.startswith(f"{mark} "))
