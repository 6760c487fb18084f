"""A stand-in for Slack's composer: plain Markdown into the `rich_text` blocks it would send."""

import re
from typing import Any

_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\[(?P<label>[^\]]+)\]\((?P<target>[^)]+)\)|(?P<url>https?://(?:\([^\s()]*\)|[^\s<>()（）「」、。])+)"
    r"|(?P<file>README\.md)|(?P<user>@buka)|(?P<emoji>😄)"
    r"|\*\*(?P<bold>.+?)\*\*|~~(?P<strike>.+?)~~|\*(?P<italic>.+?)\*"
)


def compose(markdown: str) -> list[dict[str, Any]]:
    """Return the blocks of a message; lines that are no list, quote or fence share a section."""
    parts: list[dict[str, Any]] = []
    lines = markdown.split("\n")
    while lines:
        line = lines.pop(0)
        if line.startswith("```"):
            code = [line[3:]]
            while lines and not (line := lines.pop(0)).rstrip().endswith("```"):
                code.append(line)
            if last := line.rstrip().removesuffix("```"):
                code.append(last)
            parts.append(_part("preformatted", [{"type": "text", "text": "\n".join(code)}]))
        elif item := re.fullmatch(r"( *)- (.*)", line):
            _add_item(parts, len(item[1]) // 2, item[2])
        elif line.startswith("> "):
            parts.append(_part("quote", _inline(line[2:])))
        elif parts and parts[-1]["type"] == "rich_text_section":
            parts[-1]["elements"] += [*_inline(line), {"type": "text", "text": "\n"}]
        else:
            parts.append(_part("section", [*_inline(line), {"type": "text", "text": "\n"}]))
    if parts[-1]["type"] == "rich_text_section":
        parts[-1]["elements"].pop()
    return [{"type": "rich_text", "elements": parts}]


def _part(kind: str, elements: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": f"rich_text_{kind}", "elements": elements}


def _add_item(parts: list[dict[str, Any]], indent: int, words: str) -> None:
    last = parts[-1] if parts else {}
    if last.get("type") != "rich_text_list" or last["indent"] != indent:
        parts.append({**_part("list", []), "style": "bullet", "indent": indent})
    parts[-1]["elements"].append(_part("section", _inline(words)))


def _inline(words: str, **style: bool) -> list[dict[str, Any]]:
    styled = {"style": style} if style else {}
    elements: list[dict[str, Any]] = []
    at = 0
    for match in _INLINE.finditer(words):
        if match.start() > at:
            elements.append({"type": "text", "text": words[at : match.start()], **styled})
        at = match.end()
        kind = match.lastgroup
        if kind in ("bold", "strike", "italic"):
            elements += _inline(match[kind], **style, **{kind: True})
        elif kind == "code":
            elements.append({"type": "text", "text": match[1], "style": {**style, "code": True}})
        elif kind == "target":
            link = {"type": "link", "url": match["target"], "text": match["label"]}
            elements.append({**link, **styled})
        elif kind == "url":
            elements.append({"type": "link", "url": match["url"], **styled})
        elif kind == "file":
            elements.append({"type": "link", "url": "http://README.md", "text": "README.md"})
        elif kind == "user":
            elements.append({"type": "user", "user_id": "U1"})
        else:
            elements.append({"type": "emoji", "name": "smile", "unicode": "1f604"})
    if at < len(words):
        elements.append({"type": "text", "text": words[at:], **styled})
    return elements


def as_text(blocks: Any) -> str:
    """Return the `text` that Slack sends beside blocks: its own mark-up, links in angles."""
    lines: list[str] = []
    for part in blocks[0]["elements"]:
        sections = part["elements"] if part["type"] == "rich_text_list" else [part]
        for section in sections:
            words = "".join(_marked(one) for one in section["elements"])
            if part["type"] == "rich_text_list":
                words = "    " * part["indent"] + "• " + words
            elif part["type"] == "rich_text_quote":
                words = "\n".join(f"&gt; {line}" for line in words.split("\n"))
            elif part["type"] == "rich_text_preformatted":
                words = f"```{words}```"
            lines.append(words.removesuffix("\n"))
    return "\n".join(lines)


def _marked(one: dict[str, Any]) -> str:
    text = str(one.get("text", ""))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if one["type"] == "link":
        url = one["url"].replace("&", "&amp;")
        text = f"<{url}|{text}>" if text else f"<{url}>"
    elif one["type"] == "user":
        text = f"<@{one['user_id']}>"
    elif one["type"] == "emoji":
        text = f":{one['name']}:"
    for style, mark in (("code", "`"), ("italic", "_"), ("strike", "~"), ("bold", "*")):
        if one.get("style", {}).get(style) and text.strip():
            text = f"{mark}{text}{mark}"
    return text
