"""A path in a site's repository: it stays inside, by names that every system can store."""

import re

from bot.errors import SiteError

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f\\<>:"|?*]|[. ]\Z')
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\..*)?", re.IGNORECASE)
_GITS_OWN = re.compile(r"\.git|git~\d+", re.IGNORECASE)
_NAME_BYTES = 200
_SHOWN = 200


def check_site_path(path: str) -> tuple[str, ...]:
    """Return the parts of a path from the repository's root.

    Raises SiteError where it leaves the repository, goes into `.git`, or has a name that some
    system cannot store (a site is cloned on all of them).
    """
    parts = tuple(path.split("/"))
    if path.startswith("/") or any(part in ("", ".", "..") for part in parts):
        raise SiteError("site.path-outside", path=shown(path))
    for part in parts:
        if _GITS_OWN.fullmatch(part):
            raise SiteError("site.path-git", path=shown(path))
        size = len(part.encode("utf-8", "surrogatepass"))
        if (
            _NOT_IN_NAMES.search(part)
            or _RESERVED.fullmatch(part)
            or size > _NAME_BYTES
            or any("\ud800" <= c <= "\udfff" for c in part)
        ):
            raise SiteError("site.path-name", path=shown(path))
    return parts


def shown(path: str) -> str:
    """Return a path fit for a message, whatever is in it."""
    return "".join(c if c.isprintable() else "\ufffd" for c in path)[:_SHOWN]
