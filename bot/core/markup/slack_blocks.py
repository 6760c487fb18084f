"""Slack's `rich_text` blocks into plain Markdown; any JSON will do, unknown parts are left out."""

from collections.abc import Iterator
from typing import Any

from bot.core.markup import emoji
from bot.core.markup.slack_inline import Run, Workspace, fence, link, write

_STYLES = ("bold", "italic", "strike", "code")
_DEEPEST = 8  # Slack's own limit of a list's indent


def from_blocks(blocks: object, workspace: Workspace) -> str | None:
    """Turn a message's `blocks` into plain Markdown; None where there is no rich_text in them."""
    rich = [block for block in _dicts(blocks) if block.get("type") == "rich_text"]
    if not rich:
        return None
    parts = [
        _part(element, workspace) for block in rich for element in _dicts(block.get("elements"))
    ]
    # A part is a block of its own, so the line break that a section has at its end is that of
    # the block.
    return "\n".join([part.removesuffix("\n") for part in parts[:-1]] + parts[-1:])


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
        run = _run(element, workspace)
        style = element.get("style")
        if isinstance(style, dict):
            run.styles.update(name for name in _STYLES if style.get(name) is True)
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
