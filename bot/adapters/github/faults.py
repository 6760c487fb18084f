"""What can go wrong with GitHub, told from its answers: pure, one `GitHubFault` for each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from bot.errors import SiteError

A_WHILE = 60.0
"""Seconds to wait where GitHub says that it is too much, and not for how long."""

MOST_BLOB = 100 * 2**20
"""The largest file, in bytes, that GitHub gives by its API
(https://docs.github.com/en/rest/git/blobs)."""

_TOO_LARGE = "too_large"
_RATE = re.compile(r"rate limit|abuse detection|submitted too quickly", re.I)
_SAML = re.compile(r"SAML", re.I)
_RIGHT = re.compile(r"not accessible by|required scopes|does not have (?:the )?\S*permission", re.I)
_ARCHIVED = re.compile(r"archived|read-only", re.I)
_PROTECTED = re.compile(
    r"branch[ _]protection|protected branch|rule violations?|through a pull request"
    r"|RULE_VIOLATION|not authorized to push",
    re.I,
)
_STALE = re.compile(r"expected branch to point to|is at [0-9a-f]{40} but expected", re.I)
_PASSING = re.compile(r"something went wrong|time(?:d ?)?out|try again later|temporarily", re.I)
_NO_COMMIT = re.compile(r"repository is empty", re.I)


class Kind(Enum):
    """What a fault means for what was asked."""

    STALE = auto()  # the branch moved: nothing was done
    RATE = auto()  # too much at once: nothing was done, wait
    TOKEN = auto()  # the token is not taken: nothing was done
    PASSING = auto()  # may pass; whether a change was made is not known
    FINAL = auto()  # nothing was done, and asking again will not help


@dataclass(frozen=True, slots=True)
class GitHubFault:
    """What went wrong: its kind, the text that says it, and how many seconds to wait."""

    kind: Kind
    name: str
    values: Mapping[str, object] = field(default_factory=dict)
    wait: float = 0.0

    def error(self) -> SiteError:
        """Return it as an error of the app."""
        return SiteError(self.name, **self.values)


def of_status(
    status: int, headers: Mapping[str, str], body: object, *, repository: str, now: float
) -> GitHubFault | None:
    """Return what an answer's status means; None where it is a success. `now` is since 1970."""
    if 200 <= status < 300:
        return None
    words = body.get("message", "") if isinstance(body, dict) else ""
    why = shown(". ".join(filter(None, [str(words), *_details(body)]))) or str(status)
    # (Whoever commits puts the branch in.)
    values: dict[str, object] = {"repository": repository, "branch": "", "why": why}
    if status in (403, 429) and (wait := _asked_to_wait(status, headers, str(words), now)):
        return _rate(wait)
    if status == 403 and _TOO_LARGE in _codes(body):
        return GitHubFault(Kind.FINAL, "github.too-much", {**values, "limit": MOST_BLOB // 1024})
    if status == 403:
        sso = "x-github-sso" in headers or _SAML.search(why)
        return _forbidden("SAML" if sso else why, values)
    if status >= 500 or status == 408:
        return GitHubFault(Kind.PASSING, "github.down", {"status": status, **values})
    kind = Kind.TOKEN if status == 401 else Kind.FINAL
    if status == 409:
        name = "github.empty" if _NO_COMMIT.search(why) else "github.refused"
    else:
        names = {401: "github.token-refused", 404: "github.not-found", 410: "github.not-found"}
        name = names.get(status, "github.refused")
    if name == "github.refused" and _PROTECTED.search(why):
        name = "github.protected"
    return GitHubFault(kind, name, values)


def of_errors(
    errors: Sequence[Any], headers: Mapping[str, str], *, repository: str, now: float
) -> GitHubFault | None:
    """Return what the `errors` of a GraphQL answer mean, the most telling first."""
    told = [each for each in errors if isinstance(each, dict)]
    faults = [_of_error(each, headers, repository, now) for each in told]
    order = (Kind.STALE, Kind.RATE, Kind.TOKEN, Kind.FINAL, Kind.PASSING)
    return min(faults, key=lambda fault: order.index(fault.kind), default=None)


def _of_error(
    error: Mapping[str, Any], headers: Mapping[str, str], repository: str, now: float
) -> GitHubFault:
    extensions = error.get("extensions")
    code = extensions.get("code", "") if isinstance(extensions, dict) else ""
    kind = str(error.get("type") or code)
    words = f"{error.get('message', '')}"
    why = shown(words)
    values: dict[str, object] = {"repository": repository, "branch": "", "why": why or kind}
    if kind == "STALE_DATA" or _STALE.search(words):
        return GitHubFault(Kind.STALE, "github.busy", values)
    if "RATE_LIMIT" in kind.upper() or _RATE.search(words):
        return _rate(_asked_to_wait(403, headers, "rate limit", now))
    if _PROTECTED.search(kind) or _PROTECTED.search(words):
        return GitHubFault(Kind.FINAL, "github.protected", values)
    if kind in ("FORBIDDEN", "INSUFFICIENT_SCOPES") or _RIGHT.search(words):
        saml = isinstance(extensions, dict) and extensions.get("saml_failure")
        return _forbidden("SAML" if saml else why, values, otherwise="github.no-right")
    if _ARCHIVED.search(words):
        return GitHubFault(Kind.FINAL, "github.archived", values)
    if kind == "NOT_FOUND":
        return GitHubFault(Kind.FINAL, "github.not-found", values)
    if (not kind and _PASSING.search(words)) or kind in ("SERVICE_UNAVAILABLE", "INTERNAL"):
        return GitHubFault(Kind.PASSING, "github.down", {"status": 200, **values})
    return GitHubFault(Kind.FINAL, "github.refused", values)


def _details(body: object) -> list[str]:
    """Return what a refusal says of each thing that is wrong: its message may be general."""
    told = (each.get("message") if isinstance(each, dict) else each for each in _errors(body))
    return [each for each in told if isinstance(each, str)]


def _codes(body: object) -> list[object]:
    """Return GitHub's words for the things that are wrong."""
    return [each.get("code") for each in _errors(body) if isinstance(each, dict)]


def _errors(body: object) -> list[object]:
    errors = body.get("errors") if isinstance(body, dict) else None
    return errors if isinstance(errors, list) else []


def _forbidden(
    why: str, values: Mapping[str, object], *, otherwise: str = "github.forbidden"
) -> GitHubFault:
    if _SAML.search(why):
        return GitHubFault(Kind.FINAL, "github.sso", values)
    if _ARCHIVED.search(why):
        return GitHubFault(Kind.FINAL, "github.archived", values)
    if _PROTECTED.search(why):
        return GitHubFault(Kind.FINAL, "github.protected", values)
    name = "github.no-right" if _RIGHT.search(why) else otherwise
    return GitHubFault(Kind.FINAL, name, values)


def _rate(wait: float) -> GitHubFault:
    minutes = max(1, round(wait / 60))
    return GitHubFault(Kind.RATE, "github.rate", {"minutes": minutes}, wait=wait)


def _asked_to_wait(status: int, headers: Mapping[str, str], words: str, now: float) -> float:
    """Return the seconds that a refusal asks to wait, 0 where it is not about being too much."""
    if (after := _number(headers.get("retry-after"))) is not None:
        return max(after, 1.0)
    if headers.get("x-ratelimit-remaining") == "0":
        reset = _number(headers.get("x-ratelimit-reset"))
        return max(reset - now, 1.0) if reset is not None else A_WHILE
    return A_WHILE if status == 429 or _RATE.search(words) else 0.0


def _number(text: str | None) -> float | None:
    return float(text) if text is not None and re.fullmatch(r"\d{1,12}", text) else None


def shown(words: object) -> str:
    """Return GitHub's own words on one line, fit for a message: no control characters, not long."""
    text = " ".join(str(words).split())
    return "".join(c if c.isprintable() else "\ufffd" for c in text)[:200]
