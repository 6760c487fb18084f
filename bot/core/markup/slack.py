"""Slack's mark-up into plain Markdown (docs/chat-grammar.md, section 0).

Slack gives what people write twice: as `rich_text` blocks, which are exact, and as a text in its
own mark-up, which is all there is of old messages and of `/me`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.core.markup import common as markup
from bot.core.markup import emoji
from bot.core.markup.slack_blocks import from_blocks
from bot.core.markup.slack_inline import Run, Workspace, fence, link, unescape, write
from bot.core.markup.slack_message import MOST_TEXT, dict_of, dicts_of

_TOKEN = re.compile(
    r"""
      <(?P<angle>[^<>]*)>
    | (?P<address>https?://[^\s<>|]+)      # nothing in an address is mark-up
    | (?<![0-9A-Za-z]):(?P<short>[a-z0-9_+'-]{1,64}(?:::skin-tone-[2-6])?):(?![0-9A-Za-z])
    | (?P<mark>[*_~])
    | (?P<line>\n)
    """,
    re.VERBOSE,
)
_ANGLE = re.compile(r"<([^<>]*)>")
_BULLET = re.compile(r"^([ \t]*)[•◦▪‣][\ufe0e\ufe0f]?[ \t]+", re.MULTILINE)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")
_STYLES = {"*": "bold", "_": "italic", "~": "strike"}


def to_markdown(text: str, blocks: object, workspace: Workspace) -> str:
    """Turn a message's `text` and `blocks`, as Slack gives them, into plain Markdown.

    Takes any text and any JSON, in linear time. In a text without blocks a workspace's own emoji
    stay as `:name:`, for they cannot be told from words between colons.
    """
    written = from_blocks(blocks, workspace)
    return from_text(text, workspace) if written is None else written


def written_in(raw: Mapping[str, Any], workspace: Workspace) -> str:
    """Turn what a message says into plain Markdown, with the messages that it forwards below it.

    Slack keeps a forwarded message as an attachment with `is_share`; a preview of a message's
    address has none.
    """
    parts = [to_markdown(_text_of(raw), raw.get("blocks"), workspace)]
    for shared in dicts_of(raw.get("attachments")):
        if shared.get("is_share") is not True:
            continue
        blocks = [dict_of(one.get("message")) for one in dicts_of(shared.get("message_blocks"))]
        inner = [block for one in blocks for block in dicts_of(one.get("blocks"))]
        by_people = from_blocks(inner, workspace)
        shown = _of_app(inner, workspace) if by_people is None else by_people
        parts.append(shown or from_text(_text_of(shared), workspace))
    # What was forwarded stands for itself: its words are no notes of what stands above it.
    return "\n\n".join(part for part in parts if part.strip()) or parts[0]


def _of_app(blocks: Sequence[Mapping[str, Any]], workspace: Workspace) -> str:
    """Turn the blocks of a message that an app made, which somebody forwarded, into Markdown."""
    lines = [line for block in blocks for line in _app_lines(block, workspace)]
    return "\n".join(line for line in lines if line.strip())


def _app_lines(block: Mapping[str, Any], workspace: Workspace) -> Iterator[str]:
    elements = dicts_of(block.get("elements"))
    for one in (dict_of(block.get("text")), *dicts_of(block.get("fields")), *elements):
        if one.get("type") == "mrkdwn":
            yield from_text(_text_of(one), workspace)
        elif one.get("type") == "plain_text":
            yield _text_of(one)
    for button in (dict_of(block.get("accessory")), *elements):
        if isinstance(url := button.get("url"), str):
            yield write([link(url, _text_of(dict_of(button.get("text"))))])


def _text_of(raw: Mapping[str, Any]) -> str:
    text = raw.get("text")
    return text[:MOST_TEXT] if isinstance(text, str) else ""


def from_text(text: str, workspace: Workspace) -> str:
    """Turn a message's `text` alone into plain Markdown."""
    out: list[str] = []
    runs: list[Run] = []
    at = 0
    # A backtick in a link's label is a character of the label.
    outside = _ANGLE.sub(lambda match: match[0].replace("`", "x"), text)
    for start, end in markup.code_spans(outside):
        _read(text, at, start, runs, workspace)
        at = end
        ticks = len(text[start:end]) - len(text[start:end].lstrip("`"))
        code = _ANGLE.sub(lambda match: _typed(match[1], workspace), text[start:end])
        code = unescape(code[ticks:-ticks])
        if ticks < 3:
            runs.append(Run(code, {"code"}))
            continue
        out.append(_lines(runs))
        if out[-1] and not out[-1].endswith("\n"):
            out.append("\n")
        out.append(fence(code))
        if text[end : end + 1] not in ("", "\n"):
            out.append("\n")
        runs = []
    _read(text, at, len(text), runs, workspace)
    return "".join([*out, _lines(runs)])


def _lines(runs: list[Run]) -> str:
    return _BULLET.sub(r"\1- ", write(runs))


def _read(text: str, at: int, end: int, runs: list[Run], workspace: Workspace) -> None:
    """Add the runs of a stretch without code."""
    opened: dict[str, int] = {}
    for match in _TOKEN.finditer(text, at, end):
        if at < match.start():
            runs.append(Run(unescape(text[at : match.start()])))
        at = match.end()
        if match["mark"]:
            _mark(match, runs, opened)
        elif match["angle"] is not None:
            runs.append(_angle(match["angle"], workspace))
        elif match["short"]:
            runs.append(Run(emoji.character(match["short"]) or match[0]))
        else:
            runs.append(Run(unescape(match[0])))
            if match["line"]:
                opened.clear()
    runs.append(Run(unescape(text[at:end])))


def _mark(match: re.Match[str], runs: list[Run], opened: dict[str, int]) -> None:
    """Begin or end a style: its mark stands between a word and the outside of it."""
    sign, text, (start, end) = match[0], match.string, match.span()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    inner, outer = before not in ("", sign) and not before.isspace(), after != sign
    if sign in opened and inner and outer and not after.isalnum():
        first = opened.pop(sign)
        runs[first].text = ""
        for run in runs[first:]:
            run.styles.add(_STYLES[sign])
        return
    if before != sign and not before.isalnum() and after not in ("", sign) and not after.isspace():
        opened[sign] = len(runs)
    runs.append(Run(sign))


def _angle(content: str, workspace: Workspace) -> Run:
    named, _, shown = content.partition("|")
    named, shown = unescape(named), unescape(shown)
    if named.startswith("@"):
        return Run(workspace.user(named[1:], shown))
    if named.startswith("#"):
        return Run(workspace.channel(named[1:], shown))
    if named.startswith("!subteam^"):
        return Run(workspace.group(named[9:], shown))
    if named.startswith("!date^"):
        return Run(_date(named, shown, workspace))
    if named.startswith("!"):
        return Run("@" + (shown or named[1:]).removeprefix("@"))
    return link(named, shown) if _ADDRESS.match(named) else Run(f"<{unescape(content)}>")


def _date(named: str, shown: str, workspace: Workspace) -> str:
    _, seconds, form, *_ = [*named.split("^", 3), "", ""]
    try:
        return workspace.date(int(seconds[:20]), form, shown)
    except ValueError:
        return shown


def _typed(content: str, workspace: Workspace) -> str:
    """Return what was typed where Slack put mark-up into code; still escaped."""
    named, _, shown = content.partition("|")
    if _ADDRESS.match(named):
        return shown or named
    return _angle(content, workspace).text
