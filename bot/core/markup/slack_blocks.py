"""Slack's blocks into plain Markdown; any JSON will do, unknown parts are left out.

What people write comes as `rich_text`, with `table`, `markdown` and `video` beside it
(https://docs.slack.dev/reference/block-kit/blocks).
"""

from collections.abc import Iterator
from typing import Any

from bot.core.markup import emoji
from bot.core.markup.slack_inline import Run, Workspace, fence, link, write

_WRITTEN = ("rich_text", "markdown", "table", "video")
_STYLES = ("bold", "italic", "strike", "code")
_DEEPEST = 8  # Slack's own limit of a list's indent


def from_blocks(blocks: object, workspace: Workspace) -> str | None:
    """Turn a message's `blocks` into plain Markdown; None where people wrote none of them."""
    written = [block for block in _dicts(blocks) if block.get("type") in _WRITTEN]
    if not written:
        return None
    parts = [part for block in written for part in _parts(block, workspace)]
    # A part is a block of its own, so the line break that a section has at its end is that of
    # the block.
    return "\n".join([part.removesuffix("\n") for part in parts[:-1]] + parts[-1:])


def _parts(block: dict[str, Any], workspace: Workspace) -> Iterator[str]:
    match block.get("type"):
        case "rich_text":
            yield from (_part(one, workspace) for one in _dicts(block.get("elements")))
        case "markdown":
            yield _text(block, "text")
        case "table":
            rows = block.get("rows")
            written = (_row(row, workspace) for row in (rows if isinstance(rows, list) else ()))
            yield from filter(None, written)
        case "video":
            title = block.get("title")
            label = _text(title, "text") if isinstance(title, dict) else ""
            yield write([link(_text(block, "title_url") or _text(block, "video_url"), label)])


def _row(cells: object, workspace: Workspace) -> str:
    """Write a table's row as one line: its cells with a blank between them."""
    written = []
    for cell in _dicts(cells):
        inner = (
            _parts(cell, workspace) if cell.get("type") == "rich_text" else [_text(cell, "text")]
        )
        written.append(" ".join(" ".join(inner).split()))
    return " ".join(one for one in written if one)


def _part(element: dict[str, Any], workspace: Workspace) -> str:
    kind = element.get("type")
    if kind == "rich_text_preformatted":
        code = "".join(
            _text(inner, "text") or _text(inner, "url") for inner in _dicts(element.get("elements"))
        )
        return fence(code, _text(element, "language"))
    if kind == "rich_text_list":
        written = _list(element, workspace)
        return _quoted(written) if element.get("border") == 1 else written
    written = write(_runs(element, workspace))
    return _quoted(written) if kind == "rich_text_quote" else written


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.removesuffix("\n").split("\n"))


def _list(element: dict[str, Any], workspace: Workspace) -> str:
    indent = element.get("indent")
    margin = "  " * (min(max(indent, 0), _DEEPEST) if isinstance(indent, int) else 0)
    items = []
    for item in _dicts(element.get("elements")):
        first, *others = write(_runs(item, workspace)).removesuffix("\n").split("\n")
        items += [f"{margin}- {first}".rstrip(), *(f"{margin}  {line}".rstrip() for line in others)]
    return "\n".join(items)


def _runs(section: dict[str, Any], workspace: Workspace) -> Iterator[Run]:
    for element in _dicts(section.get("elements")):
        style = element.get("style")
        styles = {name for name in _STYLES if isinstance(style, dict) and style.get(name) is True}
        if "code" in styles and element.get("type") == "link":
            run = Run(_text(element, "text") or _text(element, "url"))  # typed between backticks
        else:
            run = _run(element, workspace)
        run.styles.update(styles)
        yield run


def _run(element: dict[str, Any], workspace: Workspace) -> Run:
    match element.get("type"):
        case "link":
            return link(_text(element, "url"), _text(element, "text"))
        case "user":
            return Run(workspace.user(_text(element, "user_id")))
        case "channel":
            return Run(workspace.channel(_text(element, "channel_id")))
        case "usergroup":
            return Run(workspace.group(_text(element, "usergroup_id")))
        case "broadcast":
            return Run("@" + (_text(element, "range") or "here"))
        case "emoji":
            found = _emoji(element)
            return Run(found) if found else Run("", kind="gone")
        case "date":
            return Run(_date(element, workspace))
        case "color":
            return Run(_text(element, "value"))
    if address := _text(element, "url"):
        return link(address, _text(element, "text"))
    return Run(_text(element, "text") or _text(element, "fallback"))


def _emoji(element: dict[str, Any]) -> str | None:
    """Return an emoji by code points (`1f1ef-1f1f5`), else by name; None for a custom one."""
    points = _text(element, "unicode")
    if not points:
        return emoji.character(_text(element, "name"))
    try:
        return "".join(chr(int(point, 16)) for point in points[:100].split("-"))
    except (ValueError, OverflowError):
        return None


def _date(element: dict[str, Any], workspace: Workspace) -> str:
    seconds = element.get("timestamp")
    otherwise = _text(element, "fallback")
    if not isinstance(seconds, int | float):
        return otherwise
    return workspace.date(seconds, _text(element, "format") or "{date}", otherwise)


def _text(element: dict[str, Any], name: str) -> str:
    value = element.get(name)
    return value if isinstance(value, str) else ""


def _dicts(value: object) -> list[dict[str, Any]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
