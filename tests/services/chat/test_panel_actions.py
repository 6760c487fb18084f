"""What a tap on a card does, and on one that shows what is not there any more."""

from pathlib import Path

import pytest

from bot.errors import CommandError
from bot.services.request import Choice, Field, Form
from bot.texts import say
from tests.services.chat.station import Station, host, station


async def first(at: Station, kind: str = "link") -> str:
    """The id of the first topic or link of the outline."""
    episode = await at.home.desk.views.episode("notes")
    topic = next(one for one in episode.topics if one.name)
    return topic.id if kind == "topic" else topic.items[0].id


async def filled(at: Station) -> None:
    """Two topics, the first with two links; the panel stands."""
    for text in ("# Bread", "[One](https://example.org/1)", "[Two](https://example.org/2)"):
        await at.home.say(text)
    await at.home.say("# Cheese")
    await at.run("outline")
    await at.idle()


async def test_a_control_is_found_by_its_name_while_it_does_something(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        await filled(at)
        actions, request = at.front.actions, at.home.request()
        topic = await first(at, "topic")
        down = await actions.control(request, "down", topic)
        assert down is not None
        assert down.command == "topic move"
        assert await actions.control(request, "up", topic) is None  # it stands first
        assert await actions.control(request, "sideways", topic) is None
        assert await actions.control(request, "down", "gone") is None


async def test_a_tap_does_its_command_and_shows_the_card_as_it_is_then(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        await filled(at)
        actions, request, link = at.front.actions, at.home.request(), await first(at)
        card = await actions.card(request, link)
        assert card is not None
        assert card.title == "1.1 One"
        down = await actions.control(request, "down", link)
        card, answer = await actions.act(at.home.request(), host(), down, link)
        assert card is not None
        assert card.title == "1.2 One"
        assert answer.text
        target = next(one for label, one in card.targets if "Cheese" in label)
        move = await actions.move(request, link, target)
        card, _ = await actions.act(at.home.request(), host(), move, link)
        assert card is not None
        assert card.title == "2.1 One"
        assert await actions.move(request, "gone", target) is None


async def test_what_may_not_be_done_is_told_beside_the_card(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        await filled(at)
        actions, link = at.front.actions, await first(at)
        remove = await actions.control(at.home.request(), "remove", link)
        card, answer = await actions.act(at.home.request(), host(writes=False), remove, link)
        assert card is not None
        assert answer.text == say("shows.no-host", "en")


async def test_what_somebody_else_removed_meanwhile_is_told_as_gone_and_the_panel_follows(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as at:
        await filled(at)
        actions, link, gone = at.front.actions, await first(at), say("panel.gone", "en")
        remove = await actions.control(at.home.request(), "remove", link)
        assert remove is not None
        card, answer = await actions.act(at.home.request(), host(), remove, link)
        assert (card, answer.text == gone) == (None, False)
        await at.idle()
        drawn = len(at.port.drawn)
        for control in (remove, await actions.control(at.home.request(), "remove", link)):
            assert await actions.act(at.home.request(), host(), control, link) == (
                None,
                actions.gone(at.home.request()),
            )
        await at.idle()
        assert len(at.port.drawn) > drawn


async def test_a_form_that_was_filled_in_gives_its_fields_and_no_others(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        await filled(at)
        actions, request, link = at.front.actions, at.home.request(), await first(at)
        typed = {"text": "a note", "link": "another"}
        note = await actions.filled(request, "note", link, typed)
        assert note is not None
        assert note.values == {"link": link, "text": "a note"}
        _, answer = await actions.act(at.home.request(), host(), note, link)
        assert answer.text
        assert "a note" in await at.home.body()
        assert await actions.filled(request, "remove", link, typed) is None  # it asks nothing
        assert await actions.filled(request, "note", "gone", typed) is None
        empty = await actions.filled(request, "note", link, {})
        assert empty is not None
        assert "text" not in empty.values


async def test_a_message_that_gave_nothing_has_no_card(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        message = await at.home.say("- one\n- two")
        talk = await at.home.say("just talk")
        assert (await at.front.actions.card_of(at.home.request(), message)).title == "0.1 one"
        with pytest.raises(CommandError) as nothing:
            await at.front.actions.card_of(at.home.request(), talk)
        assert nothing.value.name == "panel.not-kept"


async def test_of_an_episodes_form_just_what_is_another_now_is_set(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        await at.run("episode set", field="title", value="Old")
        await at.run("episode set", field="summary", value="Short")
        actions = at.front.actions
        typed = {"title": "New", "summary": " Short ", "tags": "a, b"}
        answer = await actions.set_fields(at.home.request(), host(), typed)
        told = answer.text.split("\n")
        assert [one.partition(":")[0] for one in told if ":" in one] == ["title", "tags"]
        shown = (await actions.episode_form(at.home.request())).form
        assert shown is not None
        assert {one.option: one.value for one in shown.fields if one.value} == {
            "title": "New", "summary": "Short", "tags": "a, b", "date": "2023-11-14",
        }  # fmt: skip
        same = await actions.set_fields(at.home.request(), host(), typed)
        assert same.text == say("panel.nothing-changed", "en")


async def test_a_field_that_cannot_be_set_is_told_and_the_others_are_set(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        typed = {"date": "never", "title": "New"}
        answer = await at.front.actions.set_fields(at.home.request(), host(), typed)
        assert len(answer.text.split("\n")) >= 2
        shown = (await at.front.actions.episode_form(at.home.request())).form
        assert shown is not None
        assert {one.option: one.value for one in shown.fields if one.value} == {
            "title": "New", "date": "2023-11-14",
        }  # fmt: skip


async def test_a_button_gives_its_command_or_asks_first(tmp_path: Path) -> None:
    async with station(tmp_path) as at:
        actions, saved = at.front.actions, at.front.choices
        form = Form("Which?", (Field("name", "Name"),))
        plain = await saved.keep(Choice("Draft", "draft", {"recreate": "yes"}))
        asking = await saved.keep(Choice("Add", "topic add", {"after": "x"}, form))
        command, values, control = await actions.chosen(plain)
        assert (command.name, values, control) == ("draft", {"recreate": "yes"}, None)
        assert (await actions.chosen(plain, {"name": "n"}))[1:] == ({"recreate": "yes"}, None)
        command, values, control = await actions.chosen(asking)
        assert control is not None
        assert (control.command, control.form, control.values) == (
            "topic add",
            form,
            {"after": "x"},
        )
        command, values, control = await actions.chosen(asking, {"name": "n", "other": "o"})
        assert (command.name, values, control) == ("topic add", {"after": "x", "name": "n"}, None)
        former = await saved.keep(Choice("Old", "a command of an earlier version", {}))
        for key in (former, "unknown"):
            with pytest.raises(CommandError) as gone:
                await actions.chosen(key)
            assert gone.value.name == "panel.gone"
