"""What the chat does to an item that people wrote in the file goes into their words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.file_text import (
    apply_file_text,
    is_said_anew,
    links_now,
    notes_beside,
    readdressed,
    retitled,
    written,
)
from bot.core.file_events import ItemWritten
from bot.core.grammar.line import read_line
from bot.core.model import (
    Bullet,
    Episode,
    Item,
    Link,
    Note,
    Parted,
    Patch,
    Readdressed,
    Topic,
    words_of,
)
from bot.core.profile.profile import load
from bot.core.render.layout import body
from bot.core.urls import canonical, fingerprint
from tests.talk import SECOND, did, fold, said

URLS = [f"https://example.org/{letter}" for letter in "abcdefgh"]
NEW = "https://example.com/new"
PLAIN = load("", "{{ body }}")


def key(url):
    return fingerprint(canonical(url))


@pytest.mark.parametrize(
    ("line", "titled"),
    [
        ("- see [old](https://example.org/a) now", "- see [T](https://example.org/a) now"),
        ("https://example.org/a", "[T](https://example.org/a)"),
        ("<https://example.org/a>", "[T](https://example.org/a)"),
        ("[old](<https://example.org/a>)", "[T](<https://example.org/a>)"),
        ("  - a\n  - [b](https://example.org/b)", "  - a\n  - [b](https://example.org/b)"),
        ("a: no address", "a: no address"),
    ],
)
def test_a_title_takes_the_place_of_the_words_of_that_link(line, titled):
    assert retitled(line, key(URLS[0]), "T") == titled


@pytest.mark.parametrize(
    ("line", "title", "now"),
    [
        ("- [old](https://example.org/a) now", None, f"- [old]({NEW}) now"),
        ("- [old](https://example.org/a) now", "T", f"- [old]({NEW}) now"),
        ("see https://example.org/a now", None, f"see {NEW} now"),
        ("see <https://example.org/a> now", None, f"see <{NEW}> now"),
        ("see https://example.org/a now", "T", f"see [T]({NEW}) now"),
        ("see <https://example.org/a> now", "T", f"see [T]({NEW}) now"),
    ],
)
def test_an_address_takes_the_place_of_that_links_and_a_title_only_where_there_is_none(
    line, title, now
):
    assert readdressed(line, Readdressed(key(URLS[0]), NEW, title)) == now


@given(st.lists(st.sampled_from(URLS), unique=True, min_size=2), st.data())
def test_other_links_stay_to_the_letter(urls, data):
    one = data.draw(st.sampled_from(urls))
    text = "\n".join(f"- [{url[-1]}]({url}) and *words*" for url in urls)
    assert retitled(text, key(one), "T") == text.replace(f"[{one[-1]}]({one})", f"[T]({one})")
    moved = readdressed(text, Readdressed(key(one), NEW, "T"))
    assert moved == text.replace(one, NEW)


def test_a_piece_of_a_file_has_the_links_of_all_its_lines_once():
    text = "\n- *[a](https://example.org/a)* b\n  - https://example.org/b\n"
    read = written(text)
    assert read.text == text
    assert [link.url for link in read.links] == URLS[:2]
    assert [link.url for link in written(f"- {URLS[0]}").links] == URLS[:1]


@given(st.lists(st.sampled_from(["one", "two <https://example.org/a>", "three"]), unique=True),
       st.sets(st.integers(0, 2)))  # fmt: skip
def test_of_the_chat_s_notes_those_stand_beside_people_s_words_that_they_have_not(words, kept):
    """Each note is there once: in what people wrote, or beside it."""
    notes = tuple(Note("bullet", 1, read_line(one)) for one in words)
    there = [one for at, one in enumerate(words) if at in kept]
    text = "\n".join(["- [A](https://example.org/x)", *(f"  - {one}" for one in there)])
    beside = notes_beside(Bullet(read_line("https://example.org/x"), notes), text)
    assert [note.line for note in beside] == [read_line(one) for one in words if one not in there]
    assert notes_beside(written(text), text) == ()


LINES = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6).map(" ".join)
MINUTE = 60 * SECOND


def as_bullet(item):
    return f"- {words_of(item.content.line, {})}"


def shown(was, people, chat, *, newest=False):
    """Return a bullet whose message was edited after people had changed it in the file."""
    first = said(2, f"# A\n- start {was}")
    item = fold(first).episode.items()[0].id
    wrote = did(10, ItemWritten(item, f"- start {was}", f"- start {people}"))
    talk = fold(first, wrote, said(2, f"# A\n- start {chat}", edited=MINUTE)).episode
    assert is_said_anew(talk.items()[0])
    episode = apply_file_text(talk, as_bullet, lambda text, step: text, newest=newest)
    return episode.items()[0].content.text


@given(LINES, LINES, LINES)
def test_no_word_is_in_neither_version_and_peoples_line_stands_where_there_are_two(
    was, people, chat
):
    stands, newest = (shown(was, people, chat, newest=one) for one in (False, True))
    new = {*people.split(), *chat.split()} - set(was.split())
    assert new <= {*stands.split(), *newest.split()}
    if stands != newest:
        assert stands == f"- start {people}"


NOTES = st.lists(st.sampled_from("abcd"), unique=True)


@given(NOTES, NOTES, NOTES)
def test_notes_of_both_stand_in_one_order_be_the_message_edited_since_or_not(was, people, chat):
    def text(notes):
        return "\n".join(["- start", *(f"  - {note}" for note in notes)])

    theirs, ours = [*was, *(f"p{one}" for one in people)], [*was, *(f"c{one}" for one in chat)]
    patch = Patch(text(was), text(theirs), 5)
    found = set()
    for stamp, newest in ((1, False), (9, False), (9, True)):
        item = Item("m/1", Bullet(("start",)), "m", "u", 1, stamp=stamp, steps=(patch,))
        episode = Episode("e", (Topic("t", "A", (item,)),))
        left = apply_file_text(episode, lambda _: text(ours), lambda text, _: text, newest=newest)
        found.add(left.items()[0].content.text)
    assert len(found) == 1
    assert {f"  - {one}" for one in (*theirs, *ours)} <= {*found.pop().split("\n")}


@given(LINES, LINES)
def test_who_alone_changed_a_line_is_not_disagreed_with(was, now):
    for people, chat in ((now, was), (was, now), (now, now)):
        assert {shown(was, people, chat, newest=one) for one in (False, True)} == {f"- start {now}"}


@given(st.sampled_from(["2. ", "10. ", "*   "]), st.lists(st.integers(0, 4), min_size=1))
def test_people_move_notes_in_below_the_mark_of_their_list_as_far_as_below_the_chats(mark, deep):
    def text(mark, deep):
        lines = (" " * (len(mark) + one) + f"- n{at}" for at, one in enumerate(deep))
        return "\n".join([f"{mark}start", *lines])

    flat = [0] * len(deep)
    patch = Patch(text(mark, flat), text(mark, deep), 5)
    item = Item("m/1", Bullet(("start",)), "m", "u", 1, steps=(patch,))
    episode = Episode("e", (Topic("t", "A", (item,)),))
    left = apply_file_text(episode, lambda _: text("- ", flat), lambda text, _: text)
    assert left.items()[0].content.text == text("- ", deep)


@given(
    mark=st.sampled_from(["* ", "-   ", "9. ", "10) ", "123.  "]),
    own=st.sampled_from(["- ", "*   ", "1. "]),
    deep=st.lists(st.integers(1, 9), max_size=4),
)
def test_what_people_put_below_a_link_in_their_list_stands_there_as_far_in_as_they_put_it(
    mark: str, own: str, deep: list[int]
) -> None:
    start = f"{mark}start\n{' ' * len(mark)}- note"
    now = "\n".join([start, *(f"{' ' * one}- n{at}" for at, one in enumerate(deep))])
    item = Item("m/1", Bullet(("start",)), "m", "u", 6, steps=(Patch(start, now, 7),))
    theirs = replace(written(_before(mark)), since=5)
    above = Item("f/1", theirs, "f", "u", 5)
    episode = Episode("e", (Topic("t", "", (above, item)),))
    given_text = f"{own}start\n{' ' * len(own)}- note"
    left = apply_file_text(episode, lambda _: given_text, lambda text, _: text)
    assert body(left, {}, PLAIN).text == f"{_before(mark)}\n{now}"


def _before(mark: str) -> str:
    """Return the item above one with a mark in the same list."""
    number = mark.rstrip(" .)")
    return f"{int(number) - 1}{mark[len(number) :]}first" if number.isdigit() else f"{mark}first"


NOTED = st.lists(st.sampled_from("abcd"), unique=True, min_size=1)


@given(NOTED, st.data(), st.lists(st.sampled_from("xyz"), max_size=3))
def test_what_went_another_way_is_not_in_what_it_was_below_nor_anything_below_it(notes, data, deep):
    part = data.draw(st.sampled_from(notes))
    block = [f"  - note {part}", *(f"    - deep {one}" for one in deep)]
    lines = [one for note in notes for one in (block if note == part else [f"  - note {note}"])]
    now = "\n".join(["- host", *lines])
    gone = Item("f/1", written("\n".join(line[2:] for line in block)), "f", "sam", 2)
    item = Item(
        "m/1", Bullet(("host",)), "m", "u", 1, steps=(Patch("- host", now, 5), Parted(gone))
    )
    episode = Episode("e", (Topic("t", "A", (item,)),))

    def render(one):
        return one.content.text if one.id == gone.id else "- host"

    left = apply_file_text(episode, render, lambda text, _: text).items()[0].content.text
    assert left.split("\n") == ["- host", *(f"  - note {note}" for note in notes if note != part)]


def left_in_file(said_now, was, now, rendered, *, newest):
    """What an edited message's item says, over what people made of it while it was `was`."""
    content = Bullet(read_line(said_now))
    item = Item("m/x/0", content, "m", "buka", 1, stamp=9, steps=(Patch(was, now, 5),))
    episode = Episode("e", topics=(Topic("t", "A", (item,)),))
    (left,) = apply_file_text(
        episode, lambda _: rendered, lambda text, _: text, newest=newest
    ).items()
    return left.content.text


TITLES = st.sampled_from(["The Title", "猫の話", "A [b] c", "by Sam"])


@given(TITLES, st.booleans(), st.sampled_from(["", "\n  - a note", "\n  - one\n  - two"]))
def test_a_title_that_is_looked_up_late_never_speaks_against_peoples(title, newest, notes):
    url = URLS[0]
    was, now = f"- <{url}>", f"- [Sam's]({url})"
    text = left_in_file(url, was, now, f"- [{title}]({url}){notes}", newest=newest)
    assert text == f"{now}{notes}"


@pytest.mark.parametrize("newest", [True, False])
def test_a_title_that_a_host_gives_does(newest):
    url = URLS[0]
    was, now, said_now = f"- <{url}>", f"- [Sam's]({url})", f"[Hers]({url})"
    text = left_in_file(said_now, was, now, f"- {said_now}", newest=newest)
    assert text == (f"- {said_now}" if newest else now)


@pytest.mark.parametrize("end", ["", "(1)", "(1", "1)"])
def test_a_link_is_there_by_now_whatever_brackets_are_in_its_address(end):
    """People only put a note below; the message was edited to a titled link after that."""
    was, now = "https://a.example/was", f"https://a.example/now{end}"
    bullet = Bullet((Link(now, canonical(now), "A harbour"),))
    item = Item("1/x/0", bullet, "1", "buka", 1, stamp=9)
    links = links_now(item, Patch(f"- <{was}>", f"- <{was}>\n  - note", 5))
    assert [link.canonical for link in links] == [canonical(now)]
