"""What is asked about in another one's line is by itself what the file has, until hosts chose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Event, ItemNoted, ItemRemoved
from bot.core.file_events import (
    ConflictFound,
    ConflictSettled,
    ItemAdded,
    ItemNested,
    ItemWritten,
    StandsIn,
)
from bot.core.grammar.message import LEAVE_OUT, OFF_RECORD
from bot.core.model import Patch
from tests.talk import did, fold, gone, in_file, marked, said, url

TALK = (said(1, "# A"), said(2, url(1)), said(3, url(2), by="utti"))
LINE, LINK = (item.id for item in fold(*TALK).episode.items())
OWN = f"- <{url(2)}>"
BELOW = f"- <{url(1)}>\n  - <{url(2)}>"
JOINED = f"- [one]({url(1)}) and [two]({url(2)})"
PUT = {
    BELOW: (
        in_file(10, ItemWritten(LINE, f"- <{url(1)}>", BELOW)),
        in_file(11, ItemNested(LINK, LINE, "0001/0")),
        in_file(12, StandsIn(LINK, LINE)),
    ),
    JOINED: (
        in_file(10, ItemWritten(LINE, f"- <{url(1)}>", JOINED)),
        in_file(11, ItemRemoved(LINK)),
        in_file(12, StandsIn(LINK, LINE)),
    ),
}
GOES = (gone(2), marked(2, LEAVE_OUT), marked(2, OFF_RECORD))


def asked(line: str, *, said: str) -> Event:
    ours = f"{line}\n  - noted" if said else f"- <{url(1)}>"
    return in_file(20, ConflictFound("item", LINK, "b", ours, line, said=said, had=OWN))


@pytest.mark.parametrize("line", PUT)
@pytest.mark.parametrize("goes", GOES)
@pytest.mark.parametrize("takes_out", [gone(3), did(15, ItemRemoved(LINK)), marked(3, LEAVE_OUT)])
def test_what_the_chat_took_out_stands_for_itself_until_that_is_chosen(
    line: str, goes: Event, takes_out: Event
) -> None:
    question = asked(line, said="")
    events = (*TALK, *PUT[line], takes_out, question)
    assert [item.id for item in fold(*events).episode.items()] == [LINE]
    left = fold(*events, goes)
    assert [item.id for item in left.episode.items()] == [LINK]
    ((_, found),) = left.conflicts().values()
    assert (found.ours, found.theirs) == ("", OWN)
    for ours, there in ((True, []), (False, [LINK])):
        chosen = did(30, ConflictSettled(question.key, ours))
        assert [item.id for item in fold(*events, goes, chosen).episode.items()] == there


def test_a_link_that_is_back_stands_in_the_line_it_was_put_into_since_and_there_alone() -> None:
    back = (
        *(*TALK, said(4, "- a third"), *PUT[BELOW]),
        *(marked(3, OFF_RECORD), marked(3, OFF_RECORD, on=False, at=910)),
    )
    line, third, link = (item.id for item in fold(*back).episode.items())
    assert (line, link) == (LINE, LINK)
    since = f"- a third\n  {OWN}"
    events = (
        *back,
        marked(3, LEAVE_OUT, at=915),
        in_file(920, ItemWritten(third, "- a third", since)),
        in_file(921, ItemRemoved(LINK)),
        in_file(922, StandsIn(LINK, third)),
        in_file(923, ConflictFound("item", LINK, "b", "- a third", since, had=OWN)),
    )
    assert [item.id for item in fold(*events).episode.items()] == [LINE, third]
    assert [item.id for item in fold(*events, gone(4)).episode.items()] == [LINE, LINK]


@pytest.mark.parametrize("line", PUT)
@pytest.mark.parametrize("goes", GOES)
def test_what_the_chat_says_waits_until_it_is_chosen(line: str, goes: Event) -> None:
    noted = f"{OWN}  \n  noted"
    question = asked(line, said=noted)
    events = (*TALK, *PUT[line], did(15, ItemNoted(LINK, "noted")), question, goes)
    (item,) = fold(*events).episode.items()
    assert item.id == LINK
    assert item.steps[-1] == Patch(noted, OWN, question.at)
    (item,) = fold(*events, did(30, ConflictSettled(question.key, ours=True))).episode.items()
    assert not any(isinstance(step, Patch) for step in item.steps)


@given(st.permutations([*TALK, *PUT[BELOW], gone(3), gone(2), asked(BELOW, said="")]))
def test_the_order_in_which_it_is_heard_of_changes_nothing(events: list[Event]) -> None:
    assert [item.id for item in fold(*events).episode.items()] == [LINK]


def test_a_line_that_people_made_another_one_of_holds_it_still() -> None:
    made = (
        in_file(13, ItemAdded(JOINED, "0001/0", again=True)),
        in_file(14, ItemRemoved(LINE)),
    )
    moved = in_file(15, StandsIn(LINE, made[0].key))
    events = (*TALK, *PUT[JOINED], *made, moved, gone(3), asked(JOINED, said=""))
    assert [item.id for item in fold(*events).episode.items()] == [made[0].key]


def test_people_s_own_line_in_its_place_is_there_once() -> None:
    theirs = in_file(13, ItemAdded(OWN, "0001/0", again=True))
    nested = in_file(14, ItemNested(theirs.key, LINE, "0001/0"))
    found = ConflictFound("item", theirs.key, "b", f"- <{url(1)}>", BELOW, had=OWN)
    events = (*TALK, gone(3), *PUT[BELOW][:1], theirs, nested, in_file(20, found), gone(2))
    assert [item.id for item in fold(*events).episode.items()] == [theirs.key]
    ((key, _),) = fold(*events).conflicts().items()
    assert not list(fold(*events, did(30, ConflictSettled(key, ours=True))).episode.items())
