"""What Discord would not take: every text of a panel, a card and an answer, measured."""

import itertools
from dataclasses import replace

import discord
import pytest

from bot.core.model import Bullet, Episode, Item, Link, Topic
from bot.services.desk import panel
from bot.services.request import parts
from bot.texts import LANGUAGES
from cogs import draw
from cogs.answers import LONGEST, plain

LONG = "とても長い名前 *_~`|\\<@1> " * 40


def episode(topics: int, links: int) -> Episode:
    count = itertools.count()
    made = []
    for topic in range(topics):
        items = []
        for _ in range(links):
            number = next(count)
            url = f"https://example.org/{number}/{'x' * 300}"
            item = Item(f"{10**18 + number}/0123456789ab/0", Bullet((Link(url, url),)), "m", "b", 0)
            items.append(item)
        made.append(Topic(f"{10**18 + topic}/0", f"{topic} {LONG}", tuple(items)))
    return Episode("show#1", tuple(made), fields={"number": "57", "title": LONG, "date": "x"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("topics", "links"), [(0, 0), (1, 0), (25, 4), (60, 3)])
def test_every_page_of_a_panel_fits(language: str, topics: int, links: int) -> None:
    whole = episode(topics, links)
    reasons = {f"https://example.org/{n}/{'x' * 300}": "status-404" for n in range(500)}
    first = panel.panel(whole, {}, reasons, page=0, language=language)
    seen = 0
    for page in range(first.pages):
        shown = panel.panel(whole, {}, reasons, page=page, language=language)
        embed, view = draw.panel_embed(shown), draw.panel_view(shown)
        assert len(embed.title or "") <= 256
        assert len(embed.description or "") <= 4096
        assert (embed.description or "").count("\n") + 1 == max(1, len(shown.entries))
        assert len(embed) <= 6000
        check(view)
        seen += len(shown.entries)
    assert seen == topics * (links + 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_and_form_fits(language: str) -> None:
    whole = episode(60, 3)
    for topic in (whole.topics[0], whole.topics[30], whole.topics[59]):
        for identity in (topic.id, topic.items[0].id):
            card = panel.card(whole, {}, identity, language)
            assert card is not None
            check(draw.card_view(card))
            assert len(draw.card_text(card, "x" * 300)) <= 2000
            for control in card.controls:
                if control.form is not None:
                    fields = tuple(replace(one, value=LONG * 9) for one in control.form.fields)
                    form = draw.modal(control, replace(control.form, fields=fields), identity)
                    fits(form)
    for asks in (panel.add_topic(language), panel.episode_form(whole.fields, language)):
        assert asks.form is not None
        fits(draw.modal(asks, asks.form, ""))


def check(view: discord.ui.View) -> None:
    rows = view.to_components()
    assert len(rows) <= 5
    for row in rows:
        assert len(row["components"]) <= 5
        for one in row["components"]:
            assert 1 <= len(one["custom_id"]) <= 100
            assert len(one.get("label", "")) <= 80
            assert len(one.get("placeholder") or "") <= 150
            assert len(one.get("options", [])) <= 25
            for option in one.get("options", []):
                assert 1 <= len(option["label"]) <= 100
                assert 1 <= len(option["value"]) <= 100
                assert len(option.get("description") or "") <= 100
            values = [option["value"] for option in one.get("options", [])]
            assert len(values) == len(set(values))


def fits(form: discord.ui.Modal) -> None:
    assert 1 <= len(form.title) <= 45
    assert len(form.custom_id) <= 100
    rows = form.to_components()
    assert 1 <= len(rows) <= 5
    for row in rows:
        (field,) = row["components"]
        assert 1 <= len(field["label"]) <= 45
        assert len(field.get("value") or "") <= field["max_length"] <= 4000


def test_a_long_answer_is_split_into_messages_that_discord_takes() -> None:
    text = "\n".join([LONG * 3, "short", *[f"line {n}" for n in range(500)]])
    found = parts(plain(text), LONGEST)
    assert all(0 < len(one) <= LONGEST for one in found)
    assert "".join(found).replace("\n", "") == plain(text).replace("\n", "")
