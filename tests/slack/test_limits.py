"""Every text and panel fits what Slack takes."""

from importlib import import_module

import pytest

from bot.core.episode.find import shortened
from bot.services.desk.command_table import COMMANDS
from bot.services.desk.panel import FORM_FIELDS, Card, Control, Panel, PanelLine, episode_form
from bot.services.request import Field, Form
from bot.slack import draw
from bot.slack.answers import as_code, named, rich
from bot.texts import say
from tests.fakes.slack_rules import faults_of_blocks, faults_of_view
from tests.needs import ROOT

LONG = "とても長い題名 <&> *x* `y` " * 40
TEXTS = [
    text
    for path in sorted((ROOT / "bot/texts").glob("[a-z]*.py"))
    for pair in import_module(f"bot.texts.{path.stem}").TEXTS.values()
    for text in pair
]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_panel_of_the_longest_entries_fits(language: str) -> None:
    entries = tuple(
        PanelLine(
            f"C0000000000:1700000000.000{n:03}/abcdef123456/10", 2, f"12.{n}", LONG[:150], LONG
        )
        for n in range(25)
    )
    panel = Panel(LONG, entries, 1, 3, language)
    assert list(faults_of_blocks(draw.panel_blocks(panel))) == []
    view = draw.home_view(panel, "C1", [(LONG, "C1"), ("b", "C2")])
    assert list(faults_of_view(view)) == []
    assert list(faults_of_view(draw.empty_home(language))) == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_card_of_the_longest_things_fits(language: str) -> None:
    identity = "C0000000000:1700000000.000001/abcdef123456/10"
    form = Form(say("panel.rename-link", language), (Field("title", LONG, LONG * 5, long=True),))
    names = ("up", "down", "rename", "note", "remove")
    controls = tuple(
        Control(name, say(f"panel.{name}", language), "link move", {}, form) for name in names
    )
    targets = tuple((shortened(LONG), f"{identity}{n}") for n in range(250))
    card = Card(identity, "link", LONG, controls, targets, language)
    assert list(faults_of_view(draw.card_view(card, "C0000000000", LONG))) == []
    assert list(faults_of_view(draw.form_view(controls[0], form, {}, language))) == []
    asks = episode_form(dict.fromkeys(FORM_FIELDS, LONG), language)
    assert asks.form is not None
    assert list(faults_of_view(draw.form_view(asks, asks.form, {}, language))) == []
    assert list(faults_of_view(draw.command_view("C1", "1.1", language))) == []
    assert list(faults_of_view(draw.report_view(LONG, "C1", language))) == []


def test_every_text_fits_an_answer() -> None:
    assert {text for text in TEXTS if list(faults_of_blocks(rich(named(text))))} == set()


def test_answers_of_any_length_fit() -> None:
    for text in ("", LONG * 200, "x" * 200_000, "\n" * 5_000):
        assert list(faults_of_blocks(rich(text))) == []
        assert list(faults_of_blocks(as_code(text))) == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.name)
def test_a_command_is_called_as_it_is_typed_on_slack(command) -> None:
    own = command.name in ("draft", "outline", "preview")
    typed = f"/{command.name}" if own else f"/rundown {command.name}"
    assert named(f"try /{command.name}: now") == f"try {typed}: now"
    assert named(f"https://example.org/{command.name}") == f"https://example.org/{command.name}"
