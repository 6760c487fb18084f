"""Items as people left them in the file, among those that the chat gives; and times at items."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.file_text import written
from bot.core.model import Bullet, Episode, Found, Item, Link, Topic, Verbatim
from bot.core.profile.profile import load
from bot.core.render import layout

PLAIN = load("", "{{ body }}")


def laid_out(*contents, profile=PLAIN):
    items = tuple(Item(str(n), one, "m", "u", n) for n, one in enumerate(contents))
    return layout.body(Episode("e", (Topic("t", "", items),)), {}, profile)


CHAT = Bullet(("chat",))


@pytest.mark.parametrize(
    ("contents", "text"),
    [
        ((CHAT, written("- a")), "- chat\n- a"),
        ((written("- a"), CHAT), "- a\n- chat"),
        ((written("* a\n  - b"), CHAT), "* a\n  - b\n* chat"),
        ((CHAT, written("words"), CHAT), "- chat\n\nwords\n\n- chat"),
        ((written("- a\n\n  more"), CHAT), "- a\n\n  more\n- chat"),
        ((written("- a\n\n<p>embed</p>"), CHAT), "- a\n\n<p>embed</p>\n\n- chat"),
        ((written("words"), written("    - code"), CHAT), "words\n\n    - code\n\n- chat"),
        ((CHAT, written(""), CHAT), "- chat\n- chat"),
        ((CHAT, written(" \n"), CHAT), "- chat\n- chat"),
        ((CHAT, Verbatim("\n| a |\n\n"), CHAT), "- chat\n\n| a |\n\n- chat"),
        ((CHAT, Verbatim("\n\n"), CHAT), "- chat\n- chat"),
        ((Bullet(()), CHAT), "- chat"),
    ],
)
def test_blank_lines_stand_where_a_list_begins_or_ends(contents, text):
    body = laid_out(*contents)
    assert body.text == text
    assert len(body.lines) == len(text.split("\n"))


def test_a_line_is_its_items_and_a_blank_one_between_two_is_nobodys():
    body = laid_out(CHAT, written("words\n\nmore"), CHAT)
    assert body.lines == ("0", None, "1", "1", "1", None, "2")


def test_a_link_that_people_left_without_a_title_waits_for_it_if_it_is_quiet():
    text = "- <https://a.example/1>, https://a.example/2 and [T](https://a.example/3)"
    assert [link.url for link in laid_out(written(text)).untitled] == ["https://a.example/1"]


@pytest.mark.parametrize(
    ("pattern", "line", "text"),
    [
        ("{title} ({time})", ("1:30 words",), "- words (1:30)"),
        ("[{time}] {title}", ("1:02:03 words",), "- [1:02:03] words"),
        ("{title} ({time})", ("words at 1:30",), "- words at 1:30"),
        ("{title} ({time})", ("1:30 ", Link("https://a.example/", "a", "T")),
         "- [T](https://a.example/) (1:30)"),
    ],
)  # fmt: skip
def test_a_time_at_an_item_stands_where_the_site_has_it(pattern, line, text):
    profile = load(f"times: {{items: '{pattern}'}}", "{{ body }}")
    assert laid_out(Bullet(line), profile=profile).text == text


NUMBERED = load("list: {marker: '1) '}", "{{ body }}")


@given(st.lists(st.sampled_from(["of the chat", "ours", "of people"]), min_size=1), st.data())
def test_what_people_left_our_number_is_counted_and_theirs_stays(whose, data):
    contents, numbers = [], []
    for one in whose:
        number = data.draw(st.integers(0, 120))
        text = written(f"{number}) {one}\n   - note")
        numbers.append(number if one == "of people" else (numbers or [0])[-1] + 1)
        contents.append(Bullet((one,)) if one == "of the chat"
                        else replace(text, counted=one == "ours"))  # fmt: skip
    lines = [
        line for line in laid_out(*contents, profile=NUMBERED).text.split("\n") if line[0].isdigit()
    ]
    assert lines == [f"{number}) {one}" for number, one in zip(numbers, whose, strict=True)]


def test_where_a_list_is_not_numbered_peoples_numbers_stay_and_are_counted_on():
    counted = replace(written("4. mine"), counted=True)
    assert laid_out(CHAT, counted, CHAT).text == "- chat\n4. mine\n5. chat"


@pytest.mark.parametrize(("mark", "follows"), [("1. ", "2. "), ("-   ", "-   ")])
def test_an_embed_of_a_link_that_goes_on_with_peoples_marks_stands_as_it_was_given(mark, follows):
    link = Link("https://e.org/", "e.org/", "T")
    embed = "<figure>\n  <pre>\n  a\n  </pre>\n</figure>"
    contents = (replace(written(f"{mark}theirs"), since=0), Bullet((link,)))
    items = tuple(Item(str(n), one, "m", "u", n) for n, one in enumerate(contents))
    body = layout.body(
        Episode("e", (Topic("t", "", items),)), {link.url: Found(embed=embed)}, PLAIN
    )
    assert body.text == f"{mark}theirs\n{follows}[T]({link.url})\n\n{embed}"


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=6),
    st.sampled_from(["* ", "+ ", "-   ", "1. ", "7) "]),
    st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_what_comes_behind_people_marks_goes_on_with_them_and_what_was_there_does_not(
    times, mark, reworded
):
    theirs = replace(written(f"{mark}theirs\n{' ' * len(mark)}- note"), since=5)
    chat = Bullet(("chat",))
    items = [Item("0", theirs, "m", "u", 0)]
    for number, (at, is_reworded) in enumerate(zip(times, reworded, strict=False), 1):
        text = replace(written("- chat"), listed="- chat")
        items.append(Item(str(number), text if is_reworded else chat, "m", "u", at))
    topics = (Topic("t", "", tuple(items)), Topic("u", "next", (Item("x", chat, "m", "u", 9),)))
    lines = layout.body(Episode("e", topics), {}, PLAIN).text.split("\n")
    later = next((n for n, at in enumerate(times) if at <= 5), len(times))
    wanted = [mark] * len(times)
    if mark[0].isdigit():
        wanted = [f"{int(mark[0]) + n}{mark[1:]}" for n in range(1, len(times) + 1)]
    wanted[later:] = ["- "] * (len(times) - later)
    assert lines[2:-4] == [f"{one}chat" for one in wanted]
    assert lines[-1] == "- chat"
