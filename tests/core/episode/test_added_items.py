"""What people wrote into the file, and a message that is edited to the same link after that."""

import pytest

from bot.core.events import Event, ItemRetitled
from bot.core.file_events import ItemAdded, ItemNested, ItemWritten
from bot.core.model import Written, notes_of
from bot.core.urls import fingerprint
from tests.talk import fold, in_file, said, url

FIRST = f"0002/{fingerprint(url(2))}/0"
TOPIC, BEFORE = said(1, "# Topic"), said(2, url(2))
LINE = in_file(10, ItemAdded(f"- [by hand]({url(5)})\n  - theirs", "0001/0", before=FIRST))


def edited(text: str, *, at: int = 30) -> Event:
    return said(2, text, edited=(at - 2) * 1_000_000)


@pytest.mark.parametrize(
    "done",
    [
        in_file(20, ItemWritten(FIRST, f"- <{url(2)}>", f"- [reworded]({url(2)})")),
        in_file(5, ItemWritten(FIRST, f"- <{url(2)}>", f"- [reworded]({url(2)})")),
        in_file(20, ItemRetitled(FIRST, fingerprint(url(2)), "retitled")),
    ],
)
def test_what_was_done_to_a_message_s_former_link_is_not_done_to_the_line_it_comes_to(
    done: Event,
) -> None:
    outline = fold(TOPIC, BEFORE, LINE, done, edited(url(5)))
    (item,) = outline.episode.items()
    assert item.id == LINE.key
    assert isinstance(item.content, Written)
    assert (item.content.text, item.steps) == (f"- [by hand]({url(5)})\n  - theirs", ())


def test_what_the_message_says_of_it_stands_below_the_line_once() -> None:
    outline = fold(TOPIC, BEFORE, LINE, edited(f"{url(5)}\n- theirs\n- said"))
    (item,) = outline.episode.items()
    assert [note.line for note in notes_of(item)] == [("said",)]


def test_what_people_had_put_below_the_message_s_link_stands_for_itself() -> None:
    below = in_file(6, ItemNested(f"0003/{fingerprint(url(3))}/0", FIRST, "0001/0", FIRST))
    outline = fold(TOPIC, BEFORE, said(3, url(3)), below, LINE)
    assert len(outline.episode.items()) == 2
    outline.apply(edited(url(5)))
    assert [item.message for item in outline.episode.items()] == [LINE.key, "0003"]
    assert outline.episode.nested == ()


def test_a_line_goes_onto_the_item_whose_message_was_edited_to_its_link_before() -> None:
    outline = fold(TOPIC, BEFORE, edited(url(5), at=8), LINE)
    (item,) = outline.episode.items()
    assert item.id == FIRST
    outline.apply(edited(f"{url(5)}\n- said", at=30))
    assert [item.id for item in outline.episode.items()] == [FIRST]


def test_the_link_is_the_message_s_own_again_once_it_is_edited_back() -> None:
    outline = fold(TOPIC, BEFORE, LINE, edited(url(5)), edited(url(2), at=40))
    assert {item.id for item in outline.episode.items()} == {LINE.key, FIRST}
