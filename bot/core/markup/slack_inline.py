"""What both forms of a Slack message are made of: names, links, code, runs of styled words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from itertools import groupby
from typing import Literal
from urllib.parse import quote, unquote

from bot.core.markup import common as markup
from bot.core.urls import find_urls

_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_TYPED_ADDRESS = re.compile(
    r"(?:www\.|(?:[\w-]+\.)+[a-z]{2,24}(?::\d+)?/\S|(?:[\w-]+\.)+(?:com|edu|gov|jp|net|org)/?\Z)",
    re.IGNORECASE,
)
"""What was typed as an address without its scheme."""

_HEADING = re.compile(r"\s*[#＃]{1,4}(?:\s|(?<=＃))")

_DATE_PART = re.compile(r"\{(\w{1,40})\}")
_LANGUAGES = {"md": "md", "markdown": "md", "html": "html"}
_STYLES = (("bold", "**"), ("strike", "~~"), ("italic", "*"))  # from the outside in
_LOOK_AHEAD = 20


@dataclass(frozen=True, slots=True)
class Workspace:
    """What ids mean in a workspace, and the zone that dates are written in."""

    users: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo = UTC

    def user(self, identity: str, shown: str = "") -> str:
        name = self.users.get(identity) or shown.removeprefix("@")
        return "@" + markup.one_line(name, "unknown-user")

    def channel(self, identity: str, shown: str = "") -> str:
        name = self.channels.get(identity) or shown.removeprefix("#")
        return "#" + markup.one_line(name, "unknown-channel")

    def group(self, identity: str, shown: str = "") -> str:
        name = self.groups.get(identity) or shown.removeprefix("@")
        return "@" + markup.one_line(name, "unknown-group")

    def date(self, seconds: float, form: str, otherwise: str) -> str:
        """Write a moment by Slack's format: `{time…}` as HH:MM, other parts as YYYY-MM-DD."""
        day = markup.date(seconds, self.zone)
        time = markup.date(seconds, self.zone, day=False, time=True)
        if day is None or time is None:
            return otherwise

        def part(match: re.Match[str]) -> str:
            return time if match[1].startswith("time") else day

        return _DATE_PART.sub(part, form) or otherwise


@dataclass(slots=True)
class Run:
    """Words of one style. An `address` is a bare URL; `gone` stands where nothing is written."""

    text: str
    styles: set[str] = field(default_factory=set)
    kind: Literal["words", "address", "gone"] = "words"


def unescape(text: str) -> str:
    """Undo what Slack escapes in all texts (https://docs.slack.dev/messaging/formatting-message-text)."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


# --- links -------------------------------------------------------------------------------------


def link(url: str, label: str) -> Run:
    """Return a link: `[label](url)`, a bare address, or what was typed where Slack linked it.

    Slack links by itself what looks like an address. A file's name (`README.md`, linked to
    http://README.md) is text; a path behind a host (`arxiv.org/abs/1`), `www.` or a common ending
    (`example.org`) make an address of it. So does a label that is the https address without its
    beginning.
    """
    if not label or label == url:
        typed = url
    elif _stripped(label) == _stripped(url):
        is_short = not _SCHEME.match(label) and (
            url[:8].lower() == "https://" or _TYPED_ADDRESS.match(label)
        )
        typed = url if is_short else label
    else:
        return Run(f"[{_label(label)}]({_target(url)})")
    if _WEB.match(typed):
        return Run(_whole(typed), kind="address")
    return Run(_SCHEME.sub("", typed, count=1))


def _stripped(address: str) -> str:
    return unquote(_SCHEME.sub("", address, count=1)).rstrip("/").casefold()


def _label(label: str) -> str:
    label = markup.one_line(label, "link")
    return label if _paired(label, "[]") else re.sub(r"([\[\]])", r"\\\1", label)


def _whole(url: str) -> str:
    """Return an address in which nothing ends it; Slack, which marks its ends, takes more."""
    return url if find_urls(url) == [(0, len(url))] else quote(url, safe="%/:?#[]@!$&*+,;=~|")


def _target(url: str) -> str:
    url = re.sub(r"[\s<>]", lambda match: quote(match[0]), url)
    return url if _paired(url, "()") else url.replace("(", "%28").replace(")", "%29")


def _paired(text: str, brackets: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == brackets[0]) - (char == brackets[1])
        if depth < 0:
            return False
    return depth == 0


# --- code --------------------------------------------------------------------------------------


def fence(code: str, language: str = "") -> str:
    """Write a block of code as a fence.

    Slack's code blocks have no word behind the backticks, so a first line that is `md` or `html`
    alone (what one gets by typing ```` ```md ````) is taken for it.
    """
    code = code.removeprefix("\n").removesuffix("\n")
    first, _, rest = code.partition("\n")
    if rest and first.strip().lower() in _LANGUAGES:
        language, code = first.strip(), rest
    ticks = "`" * max(3, _longest_run(code) + 1)
    return f"{ticks}{_LANGUAGES.get(language.lower(), '')}\n{code}\n{ticks}"


def _inline_code(code: str) -> str:
    longest = _longest_run(code)
    ticks = "`" * (longest + 1)
    return f"{ticks} {code} {ticks}" if longest else f"`{code}`"


def _longest_run(code: str) -> int:
    return max(map(len, re.findall("`+", code)), default=0)


# --- runs into Markdown ------------------------------------------------------------------------


def write(runs: Iterable[Run]) -> str:
    """Write runs as plain Markdown; a style never reaches over a line's end."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(Run(first, run.styles, run.kind))
        lines.extend([Run(other, run.styles, run.kind)] for other in others)
    return "\n".join(_styled(_plain_heading(_tidy(line)), _STYLES) for line in lines)


def _plain_heading(line: list[Run]) -> list[Run]:
    """Return a line without its bold where that begins before a heading's `#`, and hides it."""
    text = "".join(run.text for run in line)
    if line and _HEADING.match(text) and "code" not in line[0].styles:
        hiding = line[0].styles & {"bold", "italic", "strike"}
        return [Run(run.text, run.styles - hiding, run.kind) for run in line]
    return line


def _tidy(line: Sequence[Run]) -> list[Run]:
    """Close the gap of what is gone; keep what follows an address from becoming part of it."""
    out: list[Run] = []
    gap = False
    for index, run in enumerate(line):
        if run.kind == "gone":
            gap = True
            continue
        if gap and run.text.startswith(" ") and (not out or out[-1].text.endswith(" ")):
            run.text = run.text[1:]
        gap = gap and not run.text
        if run.kind == "words":
            out.append(run)
            continue
        out.append(Run(run.text))  # a style's mark at its end would become part of it
        ahead = "".join(other.text[:_LOOK_AHEAD] for other in line[index + 1 : index + 4])
        if _runs_on(run.text, ahead[:_LOOK_AHEAD]):
            out.append(Run(" "))
    return [run for run in out if run.text]


def _runs_on(address: str, ahead: str) -> bool:
    """Return whether what follows an address without a gap would be read as part of it."""
    found = find_urls(address + ahead)
    return bool(found) and found[0][1] > len(address)


def _styled(runs: Sequence[Run], styles: Sequence[tuple[str, str]]) -> str:
    if not styles or not any(run.styles for run in runs):
        return "".join(_inline_code(run.text) if "code" in run.styles else run.text for run in runs)
    (style, mark), *inner = styles
    out = []
    for on, group in groupby(runs, key=lambda run: style in run.styles):
        text = _styled(list(group), inner)
        words = text.strip() if on else ""
        out.append(text.replace(words, mark + words + mark, 1) if words else text)
    return "".join(out)
