"""What happens to a file by mishap, and no person means: it is emptied, cut, or loses its head."""

from typing import Literal

from bot.core.front_matter.region import front_matter

Damage = Literal["emptied", "cut", "headless"]


def damage_of(before: str, now: str) -> Damage | None:
    """Return what happened to a file that was `before`; None where people may have meant it.

    One is cut that ends in the middle of one of its lines; headless without its front matter at
    its very beginning.
    """
    if now == before or not before.strip():
        return None
    if not now.strip():
        return "emptied"
    if before.startswith(now) and not now.endswith("\n") and before[len(now)] not in "\r\n":
        return "cut"
    if front_matter(before) and not front_matter(now):
        return "cut" if before.startswith(now) else "headless"
    return None


def restored(before: str, now: str, damage: Damage) -> str:
    """Return a damaged file with what it lost, and with all that stands in it."""
    if damage != "headless":
        return before
    below = now.lstrip()
    if front_matter(below):  # only blank lines had come before it
        return below
    head = front_matter(before)
    lines = before.splitlines(keepends=True)[: head.height] if head else []
    return "".join(lines) + ("" if now.startswith("\n") else "\n") + now
