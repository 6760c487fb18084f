"""What Slack is strict about: fields, lengths, counts, and which scope a method wants."""

from collections.abc import Iterator
from typing import Any

SCOPES = {
    "auth.test": None,
    "users.info": "users:read",
    "conversations.info": "channels:read",
    "conversations.members": "channels:read",
    "conversations.join": "channels:join",
    "conversations.open": "im:write",
    "conversations.history": "channels:history",
    "conversations.replies": "channels:history",
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
    "reactions.get": "reactions:read",
    "views.open": None,
    "views.push": None,
    "views.update": None,
    "views.publish": None,
    "usergroups.list": "usergroups:read",
    "usergroups.users.list": "usergroups:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}

NEEDED_BY_EVENTS = {
    "app_mentions:read",
    "commands",
    "files:read",
    "groups:history",
    "groups:read",
}
"""Scopes that no method here wants, but commands, shared files and private channels do."""

REQUIRED = {
    "users.info": ("user",),
    "conversations.info": ("channel",),
    "conversations.join": ("channel",),
    "conversations.open": ("users",),
    "conversations.history": ("channel",),
    "conversations.replies": ("channel", "ts"),
    "chat.postMessage": ("channel",),
    "chat.postEphemeral": ("channel", "user"),
    "chat.update": ("channel", "ts"),
    "chat.delete": ("channel", "ts"),
    "reactions.add": ("channel", "timestamp", "name"),
    "reactions.remove": ("channel", "timestamp", "name"),
    "reactions.get": ("channel", "timestamp"),
    "views.open": ("trigger_id", "view"),
    "views.push": ("trigger_id", "view"),
    "views.update": ("view",),
    "views.publish": ("user_id", "view"),
    "usergroups.users.list": ("usergroup",),
    "files.getUploadURLExternal": ("filename", "length"),
    "files.completeUploadExternal": ("files",),
}

RICH = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
INLINE = {
    "text": ("text",), "link": ("url",), "user": ("user_id",), "channel": ("channel_id",),
    "usergroup": ("usergroup_id",), "emoji": ("name",), "broadcast": ("range",),
    "date": ("timestamp", "format"), "color": ("value",),
}  # fmt: skip
BLOCKS = {"header", "section", "context", "actions", "divider", "input", "rich_text", "image"}


def faults_of_blocks(blocks: Any, *, most: int = 50) -> Iterator[str]:
    """Tell what Slack would not take of blocks."""
    if not isinstance(blocks, list):
        yield "blocks are no list"
        return
    if len(blocks) > most:
        yield f"{len(blocks)} blocks, at most {most}"
    ids = [block.get("block_id") for block in blocks if block.get("block_id")]
    if len(ids) != len(set(ids)):
        yield "two blocks of one block_id"
    for block in blocks:
        kind = block.get("type")
        if kind not in BLOCKS:
            yield f"a block of type {kind}"
        if len(block.get("block_id") or "") > 255:
            yield "block_id over 255"
        yield from _of_block(kind, block)


def _of_block(kind: str, block: dict[str, Any]) -> Iterator[str]:
    if kind == "header":
        yield from _text(block.get("text"), 150, plain=True)
    elif kind == "section":
        yield from _text(block.get("text"), 3000)
    elif kind == "context":
        if not 1 <= len(block["elements"]) <= 10:
            yield "context of no or over 10 elements"
        for one in block["elements"]:
            yield from _text(one, 3000)
    elif kind == "actions":
        yield from _actions(block)
    elif kind == "input":
        yield from _text(block.get("label"), 2000, plain=True)
        yield from _element(block.get("element") or {})
    elif kind == "rich_text":
        yield from _rich(block)


def _rich(block: dict[str, Any]) -> Iterator[str]:
    if not block.get("elements"):
        yield "rich_text without elements"
    for part in block.get("elements", ()):
        if part.get("type") not in RICH:
            yield f"rich_text of {part.get('type')}"
        for one in part.get("elements", ()):
            if part.get("type") == "rich_text_list":
                continue
            needed = INLINE.get(one.get("type"))
            if needed is None:
                yield f"an inline {one.get('type')}"
            elif any(one.get(name) in (None, "") for name in needed):
                yield f"an inline {one.get('type')} without {needed}"


def _actions(block: dict[str, Any]) -> Iterator[str]:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= 25:
        yield f"actions of {len(elements)} elements"
    ids = [one.get("action_id") for one in elements]
    if len(ids) != len(set(ids)):
        yield "two elements of one action_id in a block"
    for one in elements:
        yield from _element(one)


def _element(one: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(one.get("action_id") or "") <= 255:
        yield "action_id of no or over 255 characters"
    kind = one.get("type")
    if kind == "button":
        yield from _text(one.get("text"), 75, plain=True)
        if len(one.get("value") or "") > 2000:
            yield "a button's value over 2000"
        if one.get("style") not in (None, "primary", "danger"):
            yield "a button's style"
    elif kind in ("static_select", "external_select"):
        yield from _select(one)
    elif kind == "plain_text_input":
        if not 1 <= one.get("max_length", 3000) <= 3000:
            yield "max_length over 3000"
        if len(one.get("initial_value", "")) > one.get("max_length", 3000):
            yield "initial_value over max_length"
    else:
        yield f"an element of type {kind}"


def _select(one: dict[str, Any]) -> Iterator[str]:
    yield from _text(one.get("placeholder"), 150, plain=True)
    options = one.get("options") or []
    if one["type"] == "external_select":
        if options or one.get("min_query_length", 3) < 0:
            yield "an external_select with options of its own"
        return
    if not 1 <= len(options) <= 100:
        yield f"a select of {len(options)} options"
    yield from faults_of_options(options)


def faults_of_options(options: list[dict[str, Any]]) -> Iterator[str]:
    """Tell what Slack would not take of the options of a select."""
    if len(options) > 100:
        yield f"{len(options)} options"
    for option in options:
        yield from _text(option.get("text"), 75, plain=True)
        if not 1 <= len(option.get("value") or "") <= 150:
            yield f"an option's value of {len(option.get('value') or '')} characters"


def _text(value: Any, most: int, *, plain: bool = False) -> Iterator[str]:
    if not isinstance(value, dict) or value.get("type") not in ("plain_text", "mrkdwn"):
        yield f"no text object: {value!r:.60}"
        return
    if plain and value["type"] != "plain_text":
        yield "mrkdwn where plain_text is wanted"
    if not 1 <= len(value.get("text") or "") <= most:
        yield f"a text of {len(value.get('text') or '')} characters, at most {most}"


def faults_of_view(view: Any) -> Iterator[str]:
    """Tell what Slack would not take of a view."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        yield "no view"
        return
    yield from faults_of_blocks(view.get("blocks"), most=100)
    if len(view.get("private_metadata") or "") > 3000:
        yield "private_metadata over 3000"
    if len(view.get("callback_id") or "") > 255:
        yield "callback_id over 255"
    if view["type"] == "modal":
        for name in ("title", "submit", "close"):
            if name == "title" or name in view:
                yield from _text(view.get(name), 24, plain=True)
        has_input = any(block.get("type") == "input" for block in view.get("blocks") or ())
        if has_input and "submit" not in view:
            yield "inputs without submit"
