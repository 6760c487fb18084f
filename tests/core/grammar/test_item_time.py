"""A time before an item is kept with it where the site has times at items."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.grammar.item_time import split_line_time, with_line_time
from bot.core.model import Link
from bot.core.profile.profile import load
from bot.core.render import render
from bot.errors import ProfileError
from tests.services.desk.house import SITE_YML, house
from tests.talk import fold, marked, said

ITEMS = "times: {items: '[{time}] {title}'}\n"
LINES = st.lists(
    st.text("a1: ()[]@-–\n：", max_size=6)
    | st.just(Link("https://a.example", "https://a.example")),
    max_size=4,
).map(tuple)


def body(settings: str, *texts: str) -> str:
    profile = load(settings, "{{ body }}")
    events = [said(n, text) for n, text in enumerate(texts, 1)]
    return render.body(fold(*events, rules=profile.rules).episode, {}, profile).text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("12:30 https://a.example/x", "- [12:30] <https://a.example/x>"),
        ("12:30 that one was fun https://a.example/x", "- [12:30] <https://a.example/x>"),
        ("(1:02:03) [x](https://a.example)", "- [1:02:03] [x](https://a.example)"),
        ("[@00:00] - https://a.example", "- [00:00] <https://a.example>"),
        ("１２:３０ https://a.example", "- [12:30] <https://a.example>"),
        ("- 12:30 some words", "- [12:30] some words"),
        ("- 12：30 some words", "- [12:30] some words"),
        ("- 12:30", "- 12:30"),
        ("- see 12:30 there", "- see 12:30 there"),
    ],
)
def test_it_is_written_as_the_site_writes_it(typed: str, shown: str) -> None:
    assert body(ITEMS, typed) == shown


def test_without_it_a_time_beside_a_link_is_talk() -> None:
    assert body("", "12:30 https://a.example") == "- <https://a.example>"
    assert body("times: '{title} ({time})'\n", "# 1:00 A\n- x") == "### A (1:00)\n\n- x"


def test_a_message_that_is_kept_whole_has_it_too() -> None:
    profile = load(ITEMS, "{{ body }}")
    events = said(1, "12:30 fun https://a.example"), marked(1, "📝")
    text = render.body(fold(*events, rules=profile.rules).episode, {}, profile).text
    assert text == "- [12:30] fun <https://a.example>"


@given(LINES)
def test_a_line_is_its_time_and_the_rest(line: tuple[str | Link, ...]) -> None:
    time, rest = split_line_time(line)
    again = split_line_time(with_line_time(time, rest))
    assert again[0] == time
    assert [part for part in again[1] if isinstance(part, Link)] == [
        part for part in line if isinstance(part, Link)
    ]
    if not time:
        assert with_line_time(time, rest) == line


async def test_what_people_make_of_it_in_the_file_stays(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SITE_YML + ITEMS) as home:
        await home.say("12:30 [a](https://a.example/x)")
        await home.say("- 13:00 words")
        await home.draft()
        file = home.site / "_drafts/ep1.md"
        text = file.read_text()
        assert "- [12:30] [a](https://a.example/x)\n- [13:00] words\n" in text
        file.write_text(text.replace("[13:00] words", "[13:05] words"))
        await home.say("14:00 [b](https://b.example)")
        await home.draft()
        assert file.read_text().endswith(
            "- [12:30] [a](https://a.example/x)\n- [13:05] words\n- [14:00] [b](https://b.example)\n"
        )


@pytest.mark.parametrize("value", ["{items: x}", "{item: '{time} {title}'}", "{items: ['{time}']}"])
def test_a_mistake_is_told(value: str) -> None:
    with pytest.raises(ProfileError, match=r"times|did you mean items"):
        load(f"times: {value}\n", "x")


def test_the_template_sees_it_by_itself() -> None:
    profile = load(ITEMS, "x")
    episode = fold(said(1, "# A\n12:30 https://a.example"), rules=profile.rules).episode
    names = render.names(episode, replace(profile), render.body(episode, {}, profile), {})
    assert names["topics"][0]["items"][0]["time"] == "12:30"
