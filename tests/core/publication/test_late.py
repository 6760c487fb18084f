"""What was kept and is in no file."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.pieces import lines_of
from bot.core.publication.late import Late, addresses_in, late
from bot.core.urls import canonical
from tests.talk import fold, said, url

ADDRESSES = st.integers(1, 5).map(url)
LINES = st.one_of(
    ADDRESSES.map(lambda one: f"- [T]({one})"),
    ADDRESSES.map(lambda one: f"- <{one}>"),
    ADDRESSES.map(lambda one: f'<a href="{one}">T</a>'),
    st.sampled_from(["", "words", "- a bullet", "```", "# A"]),
)


def test_a_link_is_there_wherever_and_however_its_address_stands():
    file = f'[a]({url(1)}) and <a href="{url(2)}?a=1&amp;b=2">x</a>\n[1]: {url(3)}\n<{url(4)}>\n'
    assert addresses_in(file) >= {
        canonical(one) for one in (url(1), f"{url(2)}?a=1&b=2", url(3), url(4))
    }


def test_an_address_that_another_begins_with_is_not_there():
    items = fold(said(1, url(1)), said(2, url(12))).episode.items()
    assert [one.missing for one in late(items, f"- <{url(12)}>")] == [(canonical(url(1)),)]


def test_words_are_there_while_their_line_stands():
    items = fold(said(1, "- a bullet"), said(2, "- another")).episode.items()
    text = "- a bullet\n- another\n"
    owners = [item.id for item in items]
    assert late(items, text, committed=text, owners=owners) == []
    found = late(items, "- a bullet\n", committed=text, owners=owners)
    assert [one.item.id for one in found] == owners[1:]


@pytest.mark.parametrize(
    ("now", "is_there"),
    [
        ("- The harbour opens on Thursday, at last", True),
        ("See: the harbour opens Thursday", True),
        ("- The market closes Monday", False),
        ("- the kiosk", False),
        ("***", False),
    ],
)
def test_words_are_there_where_people_reworded_their_line(now: str, is_there: bool):
    said_both = said(1, "- The harbour opens on Thursday"), said(2, "- the kiosk")
    item, other = fold(*said_both).episode.items()
    text, owners = "- The harbour opens on Thursday\n- the kiosk\n", [item.id, other.id]
    found = late([item, other], f"{now}\n- the kiosk\n", committed=text, owners=owners)
    assert [one.item.id for one in found] == ([] if is_there else [item.id])
    never = late(
        [item, other], f"{now}\n- the kiosk\n", committed="- the kiosk\n", owners=owners[1:]
    )
    assert [one.item.id for one in never] == [item.id]


WORDS = st.lists(st.sampled_from(["kim", "sea", "on", "baker", "opens"]), min_size=1, max_size=6)


@given(WORDS, st.lists(WORDS, max_size=4))
def test_a_line_is_reworded_if_and_only_if_a_new_one_has_most_of_its_words_in_their_order(
    was: list[str], now: list[list[str]]
):
    [item] = fold(said(1, "- words")).episode.items()
    is_there = any(
        all(word in rest for word in most)
        for line in now
        for most in combinations(was, len(was) // 2 + 1)
        for rest in [iter(line)]
    )
    file = "".join(f"* {' '.join(line)}\n" for line in now)
    found = late([item], file, committed=f"- {' '.join(was)}\n", owners=[item.id])
    assert bool(found) != is_there


@given(st.lists(LINES), st.lists(ADDRESSES))
def test_a_link_is_late_if_and_only_if_no_line_has_it(lines: list[str], posted: list[str]):
    items = fold(*(said(n, one) for n, one in enumerate(posted, 1))).episode.items()
    file = "\n".join(lines)
    missing = {one for found in late(items, file) for one in found.missing}
    assert missing == {canonical(one) for one in posted if f"{one}" not in file}
    assert late(items, file) == late(items, "".join(lines_of(file)))


def test_what_is_late_is_known_by_what_of_it_is_missing():
    (item,) = fold(said(1, f"{url(1)}, {url(2)}")).episode.items()
    keys = [
        Late(item, missing, words).key
        for missing in ((), (url(1),), (url(2),), (url(1), url(2)))
        for words in ((), ("a",), ("ab",), ("a", "b"))
    ]
    assert len(set(keys)) == len(keys)
    assert all(key.startswith(item.id) for key in keys)
    assert not any("example" in key or "ab" in key.split()[1:] for key in keys)
