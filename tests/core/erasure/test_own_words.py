"""Words of people's own on lines that go off the record are counted, and those of hosts are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.erasure.own_words import has_own_words
from bot.core.events import Event
from bot.core.file_events import ItemAdded, ItemWritten, TopicWritten
from tests.talk import did, fold, in_file, said, url

A, B = url("a"), url("b")
TALK = (said(1, A), said(2, f"[Kim leaves]({B})\n- in the summer"))
FIRST, SECOND = (item.id for item in fold(*TALK).episode.items())
LINE = f"- [Kim leaves]({B})"


def has_own(*events: Event) -> bool:
    return has_own_words([*TALK, *events], TALK[1].what.message.id)


@pytest.mark.parametrize(
    ("what", "own"),
    [
        pytest.param(ItemWritten(SECOND, LINE, f"{LINE} at last"), True, id="behind its link"),
        pytest.param(ItemWritten(SECOND, LINE, f"- [Kim goes on]({B})"), True, id="its title"),
        pytest.param(ItemWritten(SECOND, LINE, f"{LINE}\n  - by Sam, below"), False, id="below it"),
        pytest.param(
            ItemWritten(SECOND, f"- [Title]({B})", f"- **[Title]({B})**"), False, id="looks"
        ),
        pytest.param(ItemWritten(FIRST, f"- <{A}>", f"- <{A}> and [x y]({B})"), False, id="joined"),
        pytest.param(ItemWritten(FIRST, f"- <{A}>", f"- <{A}>, <{B}>, both old"), True, id="words"),
        pytest.param(
            ItemWritten(
                FIRST, f"- <{A}>\n  - in the summer", f"- <{A}>\n  - in the warm summer, says Sam"
            ),
            True,
            id="in its note on another's link",
        ),
        pytest.param(
            ItemWritten(FIRST, f"- <{A}>\n  - in the summer", f"- <{A}>\n  - quite another thing"),
            False,
            id="in the place of its note",
        ),
        pytest.param(
            ItemAdded(f"Sam on [Kim leaves]({B}) today\n\nand more", ""), True, id="added"
        ),
        pytest.param(
            ItemWritten(SECOND, LINE, f"- [Kim leaves]({url('c')})"), True, id="its address"
        ),
        pytest.param(
            ItemAdded(f"- [Kim leaves]({url('c')})", "", item=SECOND), True, id="asked about"
        ),
        pytest.param(
            ItemAdded(f"- [Kim leaves]({url('c')}), <{A}>", "", item=SECOND), False, id="of two"
        ),
        pytest.param(ItemAdded("quite another thing", ""), False, id="another line"),
        pytest.param(
            ItemAdded(f"- [Kim goes on]({B})", "", item=SECOND, was=LINE),
            True,
            id="made of its link",
        ),
        pytest.param(ItemAdded(LINE, "", item=SECOND, was=LINE), False, id="its link alone"),
    ],
)
def test_words_that_no_message_had_are_told_from_all_others(what: object, own: bool) -> None:
    assert has_own(in_file(9, what)) is own  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "own"), [("Kim leaves at last", True), ("1:04:16 Kim leaves", False), ("Kim", False)]
)
def test_their_words_in_a_heading_are_own_but_not_its_time(now: str, own: bool) -> None:
    heading = said(1, "# Kim leaves")
    topic = fold(heading).episode.topics[-1].id
    written = in_file(9, TopicWritten(topic, "Kim leaves", now))
    assert has_own_words([heading, written], heading.what.message.id) is own


def test_what_people_took_out_again_is_not_lost_with_it() -> None:
    first = in_file(8, ItemWritten(SECOND, LINE, f"{LINE} at last"))
    assert has_own(first, in_file(9, ItemWritten(SECOND, f"{LINE} at last", LINE))) is False


def test_what_hosts_do_is_none_of_it() -> None:
    assert has_own(did(9, ItemWritten(SECOND, LINE, f"{LINE} at last"))) is False


@given(st.lists(st.sampled_from(["Kim", "leaves", "in", "the", "summer", "SUMMER", ",", "-"])))
def test_the_words_of_messages_are_none_of_their_own(words: list[str]) -> None:
    assert has_own(in_file(9, ItemWritten(SECOND, LINE, f"{LINE} {' '.join(words)}"))) is False
