"""A link that is posted again: what is said with it goes to the first, but for what that says."""

import pytest

from bot.core.file_events import ItemWritten
from bot.core.grammar.message import OFF_RECORD
from bot.core.model import notes_of
from tests.talk import did, fold, gone, marked, said, told, url

NOTED = f"元論文: {url(1)}\nread this\n- and this"


def test_what_the_first_says_already_is_not_said_again_below_it_and_stays_while_one_says_it() -> (
    None
):
    outline = fold(said(1, NOTED), said(2, f"{url(1)}\nby the way"), said(3, NOTED, by="oka"))
    told_once = ["元論文: 1", "  read this", "  - and this"]
    assert told(outline.episode) == [*told_once, "  - by the way"]
    outline.apply(said(1, url(1), edited=9))
    assert told(outline.episode)[:2] == ["1", "  by the way"]
    assert [line.strip(" -") for line in told(outline.episode)[2:]] == [
        "元論文", "read this", "and this",
    ]  # fmt: skip
    outline.apply(said(1, NOTED, edited=10))
    outline.apply(gone(3))
    assert told(outline.episode) == [*told_once, "  - by the way"]
    outline.apply(marked(1, OFF_RECORD))
    assert told(outline.episode) == ["1", "  by the way"]


def test_only_whole_notes_that_stand_together_count_as_said_already() -> None:
    outline = fold(said(1, f"{url(1)}\n- one\n- two"), said(2, f"{url(1)}\n- two\n- one"))
    assert told(outline.episode) == ["1", "  - one", "  - two", "  - two", "  - one"]


@pytest.mark.parametrize(("now", "times"), [("- {}\n  - note\n  - by hand", 1), ("- {}", 2)])
def test_what_people_left_is_not_said_again_and_what_they_took_out_is(now: str, times: int) -> None:
    outline = fold(said(1, f"{url(1)}\n- note"))
    item = outline.episode.items()[0].id
    outline.apply(did(5, ItemWritten(item, f"- {url(1)}\n  - note", now.format(url(1)))))
    outline.apply(said(6, f"{url(1)}\n- note"))
    assert len(notes_of(outline.episode.items()[0])) == times
