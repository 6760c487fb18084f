"""Small readers of what the platforms make of a text, written from their pages alone.

They know nothing of how we escape. Each returns what it finds that acts: a mention, a link that
says something else than where it leads, a block that is none of ours.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

# https://docs.discord.com/developers/reference#message-formatting and Discord's help on Markdown.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MASKED = re.compile(r"\[[^\]]*\]\([^)]*\)")
# Styles are looked for first, and what is in them then.
_STYLED = re.compile(r"\*\*((?:\\.|[^\\])+?)\*\*(?!\*)", re.DOTALL)
# An address goes on to the next blank, whatever is escaped in it.
_URL_OR_ESCAPE = re.compile(
    rf"(?P<url>https?://[^\s<]+[^<.,:;\"'\]\s])|(?P<escaped>{_ESCAPED.pattern})"
)
_DISCORD = {
    "a mention or timestamp": r"<(?:@[!&]?|#|t:|/|a?:\w+:|id:)[^<>]*>",
    "a link without preview": r"<https?:[^<>\s]*>",
    "code": r"`",
    "a spoiler": r"\|\|",
    "a heading": r"^#{1,3} ",
    "small print": r"^-# ",
    "a quote": r"^>",
    "a list": r"^\s*(?:[-+*] |\d+\. )",
}


def on_discord(text: str, *, known: frozenset[str], is_panel: bool = False) -> list[str]:
    """Return what acts in a message's text or an embed's; mentions of `known` ids do not count."""
    styled = _STYLED.sub(r"\1", text)
    shown = _URL_OR_ESCAPE.sub(lambda one: "\ufffc" if one["escaped"] else "URL", styled)
    shown = re.sub(r"<(?:@&?|#)(\d+)>", lambda one: "" if one[1] in known else one[0], shown)
    if is_panel:  # our own numbers stand in front of topics and links
        shown = re.sub(r"^([\u2003*]*)\d+\.(?:\w+)?\.?", r"\1", shown, flags=re.MULTILINE)
    found = [what for what, form in _DISCORD.items() if re.search(form, shown, re.MULTILINE)]
    if _MASKED.search(_ESCAPED.sub("\ufffc", text)):
        found.append("a masked link")
    marks = len(re.findall(r"\*\*|__|~~", shown))
    return found + (["a style left open"] if marks % 2 else [])


def in_discord_body(body: dict[str, Any], *, known: frozenset[str]) -> Iterator[str]:
    """Yield what acts in the body of a message that a bot sends."""
    content = body.get("content") or ""
    for fault in on_discord(content, known=known):
        yield f"{fault}: {content!r}"
    pings = body.get("allowed_mentions")
    if re.search("@everyone|@here|<@", content) and (pings is None or any(pings.values())):
        yield f"a ping: {content!r} {pings}"
    for embed in body.get("embeds") or []:
        for part in ("title", "description"):
            for fault in on_discord(embed.get(part) or "", known=known, is_panel=True):
                yield f"{fault} in an embed: {embed[part]!r}"
        if embed.get("url"):
            yield f"an embed that is a link: {embed['url']!r}"


# https://docs.slack.dev/messaging/formatting-message-text and the reference of blocks.
_NAMING = ("user", "usergroup", "channel", "team")
_ANGLED = re.compile(r"<[^<>]*>")


def in_slack(given: Any, *, known: frozenset[str]) -> Iterator[str]:
    """Yield what acts in something that was sent to Slack: a message, a window, a Home tab."""
    if isinstance(given, list):
        for each in given:
            yield from in_slack(each, known=known)
    elif isinstance(given, dict):
        yield from _in_object(given, known)
        for name, value in given.items():
            is_packed = name in ("blocks", "view") and isinstance(value, str)
            yield from in_slack(json.loads(value) if is_packed else value, known=known)


def _in_object(given: dict[str, Any], known: frozenset[str]) -> Iterator[str]:
    kind, text = given.get("type"), given.get("text")
    if kind == "mrkdwn" or (kind is None and isinstance(text, str)):
        yield from (f"mark-up: {one!r} in {text!r}" for one in _ANGLED.findall(str(text)))
    if kind == "link" and text not in (None, given["url"]):
        yield f"a masked link: {given!r}"
    if kind == "link" and not _is_whole(given["url"]):
        yield f"a link that Slack refuses or that leads elsewhere: {given!r}"
    if kind in _NAMING and not known & set(map(str, given.values())):
        yield f"a mention: {given!r}"
    if kind in ("broadcast", "date", "image", "markdown"):
        yield f"a {kind}: {given!r}"
    if given.get("link_names") or given.get("parse") not in (None, "none"):
        yield f"names that Slack makes mentions of: {given!r}"


def _is_whole(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable()


# https://docs.github.com/en/get-started/writing-on-github, and git's own reader of trailers.
_GITHUB = re.compile(
    r"(?:^|[^\w`])@[A-Za-z0-9]|(?:^|[^\w])#\d|\bGH-\d|\b(?:https?|ftp)://|\bwww\.|\b[0-9a-f]{7,40}\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"Co-authored-by: [^<>\n]*<[\w.-]+@rundown\.invalid>|Rundown-Draft: [0-9a-f]{20}"
)


def in_commit(message: str) -> list[str]:
    """Return what GitHub or git would make of a commit's message, but for our own trailers."""
    trailers = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=message, capture_output=True, text=True,
        check=True,
    ).stdout.splitlines()  # fmt: skip
    faults = [f"a trailer: {one!r}" for one in trailers if not _OURS.fullmatch(one)]
    lines = message.rstrip("\n").split("\n")
    if any(line and not _OURS.fullmatch(line) for line in lines[1:]):
        faults.append(f"further lines: {message!r}")
    words = re.sub(
        r"<[\w.-]+@rundown\.invalid>|^Rundown-Draft: [0-9a-f]{20}$", "", message, flags=re.M
    )
    faults += [f"for GitHub: {one!r} in {message!r}" for one in _GITHUB.findall(words)]
    if any(not char.isprintable() for line in lines for char in line if char != "\u2060"):
        faults.append(f"what cannot be seen: {message!r}")
    return faults


def in_log(line: str) -> list[str]:
    """Return what is wrong with a line of the log."""
    faults = [f"{line!r} cannot all be seen"] if not line.isprintable() else []
    if not re.fullmatch(r'(?:[\w.]+=(?:[\w./:@+#*-]*|"(?:[^"\\]|\\.)*") ?)+', line):
        faults.append(f"{line!r} is not all of names and values")
    return faults
