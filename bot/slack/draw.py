"""Panels, cards and forms drawn with Block Kit.

An action's id says what a tap means, its value or block which thing is meant: nothing is kept
for it, so taps work after a restart too. What fits is as the pages below
https://docs.slack.dev/reference/block-kit and https://docs.slack.dev/reference/views have it.
"""

import json
from collections.abc import Mapping
from typing import Any

from bot.core.episode.find import shortened
from bot.services.desk.panel import Card, Control, Panel, PanelLine, add_topic
from bot.services.request import Field, Form
from bot.slack.answers import Block, as_code, named, rich
from bot.texts import say

MOST_OPTIONS = 100
MOST_OPTION = 75
"""What Slack takes of a select: options, and characters of one; of a button as many."""

MOST_TITLE = 24
MOST_HEADER = 150
"""Characters of a window's title and buttons, and of a header or placeholder."""

MOST_VALUE = 3_000
"""Characters of a field's text."""

_STYLES = {"remove": "danger", "draft": "primary"}


def plain(text: str, most: int) -> Block:
    """Return a text in which nothing is mark-up."""
    return {"type": "plain_text", "text": shortened(text, most) or "–"}


def button(action: str, label: str, value: str = "-", style: str | None = None) -> Block:
    """Draw a button."""
    drawn = {
        "type": "button",
        "action_id": f"rd:{action}",
        "text": plain(label, MOST_OPTION),
        "value": value,
    }
    return drawn | ({"style": style} if style else {})


def select(action: str, label: str, among: list[tuple[str, str]]) -> Block:
    """Draw a select of labels and values."""
    return {
        "type": "static_select",
        "action_id": f"rd:{action}",
        "placeholder": plain(label, MOST_HEADER),
        "options": options(among),
    }


def options(among: list[tuple[str, str]]) -> list[Block]:
    """Draw labels and values as what a select shows."""
    return [
        {"text": plain(shown, MOST_OPTION), "value": value} for shown, value in among[:MOST_OPTIONS]
    ]


# --- the panel ---------------------------------------------------------------------------------


def panel_blocks(panel: Panel) -> list[Block]:
    """Draw a page of the outline, and what can be tapped on it."""
    blocks: list[Block] = [{"type": "header", "text": plain(panel.headline, MOST_HEADER)}]
    lines = [_line(entry) for entry in panel.entries]
    if lines:
        blocks.append({"type": "rich_text", "elements": lines})
    else:
        blocks += rich(named(say("desk.outline-empty", panel.language)))
    if panel.pages > 1:
        position = say("panel.page", panel.language, page=panel.page + 1, pages=panel.pages)
        blocks.append({"type": "context", "elements": [plain(position, MOST_OPTION)]})
    options = [
        (f"{'　' if one.depth == 2 else ''}{one.number} {one.label}", one.id)
        for one in panel.entries
        if one.id is not None
    ]
    if options:
        pick = select("pick", say("panel.pick", panel.language), options)
        blocks.append({"type": "actions", "elements": [pick]})
    if panel.jumps:
        jumps = [(label, f"{page}:{at}") for at, (label, page) in enumerate(panel.jumps)]
        jump = select("page:jump", say("panel.jump", panel.language), jumps)
        blocks.append({"type": "actions", "elements": [jump]})
    return [*blocks, {"type": "actions", "elements": _panel_buttons(panel)}]


def _line(entry: PanelLine) -> Block:
    indent = "\u2003" * (1 if entry.depth else 0)
    name = f"{indent}{entry.number}{' ' if entry.depth == 2 else '. '}{entry.label}"
    words: Block = {"type": "text", "text": name}
    if entry.depth < 2:
        words["style"] = {"bold": True}
    elements = [words]
    if entry.hint:
        elements.append({"type": "text", "text": f" ({entry.hint})", "style": {"italic": True}})
    elements.append({"type": "text", "text": "\n"})
    return {"type": "rich_text_section", "elements": elements}


def _panel_buttons(panel: Panel) -> list[Block]:
    buttons = []
    if panel.page > 0:
        buttons.append(button("page:back", "◀", str(panel.page - 1)))
    if panel.page + 1 < panel.pages:
        buttons.append(button("page:on", "▶", str(panel.page + 1)))
    return [
        *buttons,
        button("add", add_topic(panel.language).label),
        button("episode", say("panel.episode", panel.language)),
        button("undo", say("panel.undo", panel.language)),
        button("draft", say("panel.draft", panel.language), style=_STYLES["draft"]),
    ]


# --- a card ------------------------------------------------------------------------------------


def card_view(card: Card, channel: str, report: str = "") -> Block:
    """Draw what can be done to a topic or link, below what was just done to it."""
    blocks = rich(named(report)) if report else []
    blocks.append({"type": "header", "text": plain(card.title, MOST_HEADER)})
    taps = [
        button(f"do:{one.name}", one.label, card.id, _STYLES.get(one.name))
        for one in card.controls
        if one.enabled  # Block Kit knows no button that is off
    ]
    blocks.append({"type": "actions", "elements": taps})
    for start in range(0, len(card.targets), MOST_OPTIONS):
        chunk = list(card.targets[start : start + MOST_OPTIONS])
        move = select(f"to:{start}", say("panel.move-to", card.language), chunk)
        blocks.append({"type": "actions", "block_id": f"{start}:{card.id}", "elements": [move]})
    return _modal("card", blocks, {"channel": channel, "item": card.id}, card.language)


def report_view(report: str, channel: str, language: str) -> Block:
    """Draw what was done to a thing that is not there any more, with a way back."""
    undo = {"type": "actions", "elements": [button("undo", say("panel.undo", language))]}
    return _modal("card", [*rich(named(report)), undo], {"channel": channel}, language)


def form_view(control: Control, form: Form, held: dict[str, str], language: str) -> Block:
    """Draw what a control asks for before it acts."""
    asked = [_input(field) for field in form.fields if field.required or _fits(field)]
    view = _modal("form", asked, held | {"control": control.name}, language)
    view |= {"title": plain(form.title, MOST_TITLE)}
    return view | {"submit": plain(say("slack.send", language), MOST_TITLE)}


def _fits(field: Field) -> bool:
    return len(field.value) <= MOST_VALUE


def _input(field: Field) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": field.long,
        "max_length": MOST_VALUE,
    }
    if field.value and _fits(field):  # cut, it would come back as a shorter title
        element["initial_value"] = field.value
    return {
        "type": "input",
        "block_id": field.option,
        "optional": not field.required,
        "label": plain(field.label, MOST_VALUE // 2),
        "element": element,
    }


def command_view(
    channel: str, thread: str, language: str, more: Mapping[str, str] | None = None
) -> Block:
    """Draw the window in which a command is typed where Slack takes none: in threads.

    `more` is what else it carries.
    """
    asked = Field("line", say("slack.command", language))
    form = Form(say("slack.command-title", language), (asked,))
    held = {"channel": channel, "thread": thread, **(more or {})}
    return form_view(Control("command", "", "", {}), form, held, language)


def file_view(name: str, text: str, language: str) -> Block:
    """Draw a file as it is."""
    view = _modal("file", as_code(text), {}, language)
    return view | {"title": plain(name, MOST_TITLE)}


def _modal(callback: str, blocks: list[Block], held: dict[str, str], language: str) -> Block:
    return {
        "type": "modal",
        "callback_id": f"rd:{callback}",
        "title": plain(say("slack.card-title", language), MOST_TITLE),
        "close": plain(say("slack.close", language), MOST_TITLE),
        "private_metadata": json.dumps(held),
        "blocks": blocks,
    }


def home_view(panel: Panel, channel: str, channels: list[tuple[str, str]]) -> Block:
    """Draw the App Home tab: the outline of a channel's episode, and the other channels."""
    blocks = panel_blocks(panel)
    if len(channels) > 1:
        other = select("home", say("slack.other-channel", panel.language), channels)
        blocks.insert(0, {"type": "actions", "elements": [other]})
    held = json.dumps({"channel": channel, "page": str(panel.page)})
    return {"type": "home", "private_metadata": held, "blocks": blocks}


def empty_home(language: str) -> Block:
    """Draw the App Home tab of a workspace where nothing is watched."""
    blocks = rich(named(say("slack.home-empty", language)))
    return {"type": "home", "private_metadata": "{}", "blocks": blocks}


def held_by(view: Any) -> dict[str, str]:  # noqa: ANN401 - any JSON
    """Return what a view of ours carries with it."""
    try:
        held = json.loads(view.get("private_metadata") or "{}")
    except (AttributeError, TypeError, ValueError):
        return {}
    return {str(name): str(one) for name, one in held.items()} if isinstance(held, dict) else {}
