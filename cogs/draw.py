"""Panels and cards drawn with Discord's embeds, buttons, selects and modals.

An id of a component says all that a tap means: `rd:VERB:REST`. Nothing is kept for it. What fits
is as https://discord.com/developers/docs/components/reference has it, and for embeds
https://discord.com/developers/docs/resources/message#embed-object-embed-limits.
"""

import discord

from bot.core.episode.find import shortened
from bot.core.render.escape import LONGEST_TITLE
from bot.services.desk.panel import Card, Control, Panel, PanelLine, add_topic
from bot.services.request import Form
from bot.texts import say
from cogs.answers import no_dispatch, plain

PREFIX = "rd"
LONGEST_ID = 100
LONGEST_LABEL = 80
MOST_IN_ROW = 5
"""What Discord takes of buttons: characters of an id and a label, and how many stand in a row."""

MOST_OPTIONS = 25
LONGEST_OPTION = 100
"""What it takes of a select: options, and characters of the label and the description of one."""

LONGEST_NAME = 45
LONGEST_PARAGRAPH = 2_000
"""What it takes of a modal: characters of its title and of a field's label; what we take of one."""

LONGEST_HEADLINE, LONGEST_TEXT = 256, 4_096
"""What it takes of an embed: characters of its title, and of its text."""

MOST_TARGETS = 3
"""Selects of targets on a card: with two rows of buttons they take Discord's five rows."""

COLOUR = 0x5865F2

_STYLES = {
    "remove": discord.ButtonStyle.danger,
    "draft": discord.ButtonStyle.success,
}


def custom_id(verb: str, rest: str = "") -> str:
    """Return the id of a component."""
    return f"{PREFIX}:{verb}:{rest}"


def parse_id(identity: str) -> tuple[str, str] | None:
    """Return verb and rest of a component's id; None for one that is not ours."""
    prefix, _, rest = identity.partition(":")
    verb, _, rest = rest.partition(":")
    return (verb, rest) if prefix == PREFIX else None


# --- the panel ---------------------------------------------------------------------------------


def panel_embed(panel: Panel) -> discord.Embed:
    """Draw what a page of the outline holds."""
    lines = [_line(entry) for entry in panel.entries]
    text = "\n".join(lines) or plain(say("desk.outline-empty", panel.language))
    title = plain(panel.headline)[:LONGEST_HEADLINE]
    embed = discord.Embed(title=title, description=text[:LONGEST_TEXT], colour=COLOUR)
    if panel.pages > 1:
        embed.set_footer(
            text=say("panel.page", panel.language, page=panel.page + 1, pages=panel.pages)
        )
    return embed


def _line(entry: PanelLine) -> str:
    name = plain(entry.label)
    hint = f" *({plain(entry.hint)})*" if entry.hint else ""
    if entry.depth == 2:
        return f"\u2003{entry.number} {name}{hint}"
    indent = "\u2003" * entry.depth
    return f"{indent}**{entry.number}. {name}**{hint}"


def panel_view(panel: Panel) -> discord.ui.View:
    """Draw what can be tapped on a page of the outline."""
    view = discord.ui.View(timeout=None)
    options = [_option(entry) for entry in panel.entries if entry.id is not None]
    if options:
        view.add_item(
            discord.ui.Select(
                custom_id=custom_id("pick"),
                placeholder=say("panel.pick", panel.language),
                options=options[:MOST_OPTIONS],
                row=0,
            )
        )
    _button(view, add_topic(panel.language).label, custom_id("add"))
    _button(view, say("panel.episode", panel.language), custom_id("episode"))
    _button(view, say("panel.undo", panel.language), custom_id("undo"))
    draft = say("panel.draft", panel.language)
    _button(view, draft, custom_id("draft"), style=_STYLES["draft"])
    if panel.pages > 1:
        _turning(view, panel)
    return no_dispatch(view)


def _turning(view: discord.ui.View, panel: Panel) -> None:
    """Draw how one comes to the other pages: by a topic, or one after the other."""
    if panel.jumps:
        options = [
            discord.SelectOption(label=shortened(label, LONGEST_OPTION - 1), value=f"{page}:{at}")
            for at, (label, page) in enumerate(panel.jumps)
        ]
        jump = discord.ui.Select[discord.ui.View](
            custom_id=custom_id("jump"),
            placeholder=say("panel.jump", panel.language),
            options=options[:MOST_OPTIONS],
            row=2,
        )
        view.add_item(jump)
    last = panel.pages - 1
    _button(view, "◀", custom_id("page", str(panel.page - 1)), off=panel.page == 0, row=3)
    _button(view, "▶", custom_id("page", str(panel.page + 1)), off=panel.page == last, row=3)


def _option(entry: PanelLine) -> discord.SelectOption:
    indent = "\u2003" if entry.depth == 2 else ""
    return discord.SelectOption(
        label=indent + shortened(f"{entry.number} {entry.label}", LONGEST_OPTION - 1),
        value=entry.id or "-",
        description=shortened(entry.hint, LONGEST_OPTION) if entry.hint else None,
    )


def _button(
    view: discord.ui.View,
    label: str,
    identity: str,
    *,
    off: bool = False,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    row: int = 1,
) -> None:
    view.add_item(
        discord.ui.Button(
            label=label[:LONGEST_LABEL], custom_id=identity, disabled=off, style=style, row=row
        )
    )


# --- a card ------------------------------------------------------------------------------------


def card_text(card: Card, report: str = "") -> str:
    """Draw which thing a card is about, below what was just done to it."""
    title = f"**{plain(card.title)}**"
    return f"{plain(report)}\n\n{title}" if report else title


def card_view(card: Card) -> discord.ui.View:
    """Draw what can be done to a topic or link."""
    view = discord.ui.View(timeout=None)
    for number, control in enumerate(card.controls):
        identity = custom_id("do", f"{control.name}:{card.id}")
        style = _STYLES.get(control.name, discord.ButtonStyle.secondary)
        if len(identity) <= LONGEST_ID:
            row, off = number // MOST_IN_ROW, not control.enabled
            _button(view, control.label, identity, off=off, style=style, row=row)
    chunks = [
        card.targets[start : start + MOST_OPTIONS]
        for start in range(0, len(card.targets), MOST_OPTIONS)
    ]
    first = -(-len(card.controls) // MOST_IN_ROW)  # the row below the buttons
    for number, chunk in enumerate(chunks[:MOST_TARGETS]):
        identity = custom_id("to", f"{number}:{card.id}")
        options = [
            discord.SelectOption(label=label[:LONGEST_OPTION], value=to) for label, to in chunk
        ]
        if len(identity) <= LONGEST_ID:
            view.add_item(
                discord.ui.Select(
                    custom_id=identity,
                    placeholder=say("panel.move-to", card.language),
                    options=options,
                    row=first + number,
                )
            )
    return no_dispatch(view)


def undo_view(language: str) -> discord.ui.View:
    """Draw the button that takes back what was just done."""
    view = discord.ui.View(timeout=None)
    _button(view, say("panel.undo", language), custom_id("undo"), row=0)
    return no_dispatch(view)


def choice_view(choices: list[tuple[str, str]]) -> discord.ui.View:
    """Draw the choices below an answer, given as labels and keys."""
    view = discord.ui.View(timeout=None)
    style = discord.ButtonStyle.primary
    for at, (label, key) in enumerate(choices):
        _button(view, label, custom_id("choice", key), style=style, row=at // MOST_IN_ROW)
    return no_dispatch(view)


# --- a form ------------------------------------------------------------------------------------


def modal(control: Control, form: Form, rest: str) -> discord.ui.Modal:
    """Draw what a control asks for before it acts."""
    window = discord.ui.Modal(
        title=form.title[:LONGEST_NAME],
        custom_id=custom_id("form", f"{control.name}:{rest}")[:LONGEST_ID],
    )
    for field in form.fields:
        most = LONGEST_PARAGRAPH if field.long else LONGEST_TITLE
        fits = len(field.value) <= most
        if not (fits or field.required):
            continue  # sent back empty, it would be taken away
        asked = discord.ui.TextInput[discord.ui.Modal](
            label=field.label[:LONGEST_NAME],
            custom_id=field.option,
            style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
            # What does not fit is not shown at all: sent back, it would be a shorter title.
            default=field.value if field.value and fits else None,
            required=field.required,
            max_length=most,
        )
        window.add_item(asked)
    window.stop()  # found by its id, as all is
    return window
