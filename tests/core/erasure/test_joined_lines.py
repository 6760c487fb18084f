"""People put several messages' words onto one line, and one of those goes off the record."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.pieces import links_in
from bot.core.erasure.joined_lines import given_back, lines_back, scrubbed_events
from bot.core.erasure.scrubbed_event import GoneLines
from bot.core.events import ItemRemoved
from bot.core.file_events import ItemAdded, ItemWritten, StandsIn
from bot.core.urls import fingerprint
from tests.talk import did, fold, in_file, said, url

A, B, C = (url(name) for name in "abc")
GONE = GoneLines(set(), {B})
FIRST, SECOND, THIRD = (
    f"{number:04}/{fingerprint(one)}/0" for number, one in ((1, A), (2, B), (3, C))
)
JOINED = f"- [one]({A}), [two]({B}), [three]({C})"


def back(*whats: ItemWritten | ItemAdded | StandsIn) -> list[object]:
    events = [did(at, what) for at, what in enumerate(whats, 900)]
    rewritten = given_back(events, GONE)
    return [rewritten[event.key].what if event.key in rewritten else None for event in events]


def test_the_item_whose_line_it_was_has_its_own_again_and_what_others_gave_is_itself():
    own = f"- <{A}>"
    assert back(ItemWritten(FIRST, own, JOINED), StandsIn(THIRD, FIRST)) == [
        ItemWritten(FIRST, own, own),
        StandsIn(THIRD, THIRD),
    ]


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(f"- [two]({B})", id="people took its link out"),
        pytest.param(f"- [one]({A})\n  - [two]({B})", id="its own line stays"),
    ],
)
def test_another_line_gives_nothing_back(now: str):
    assert back(ItemWritten(FIRST, f"- <{A}>", now), StandsIn(THIRD, FIRST)) == [None, None]


def test_what_people_wrote_below_the_line_stays_there():
    (what,) = back(ItemWritten(FIRST, f"- <{A}>", f"{JOINED}\n  - by hand\n  - see {B}"))
    assert what == ItemWritten(FIRST, f"- <{A}>", f"- <{A}>\n  - by hand")


def test_out_of_a_line_of_the_peoples_own_each_is_itself_again():
    events = [said(1, A), said(2, B), said(3, C)]
    events += [in_file(900, ItemAdded(JOINED, "")), in_file(901, ItemRemoved(THIRD))]
    stands = in_file(902, StandsIn(THIRD, events[3].key))
    assert THIRD not in {item.id for item in fold(*events, stands).episode.items()}
    rewritten = given_back([*events, stands], GONE)
    back = fold(*events, rewritten[stands.key]).episode
    assert THIRD in {item.id for item in back.items()}


LINKS = st.lists(st.sampled_from([A, B, C, url("d")]), max_size=3)
LINES = st.lists(
    LINKS.map(lambda links: "- " + " and ".join(f"[x]({one})" for one in links) + "\n"), max_size=6
)


@given(lines=LINES, draft=LINES, data=st.data())
def test_no_link_is_lost_that_the_draft_has_and_the_file_had(
    lines: list[str], draft: list[str], data: st.DataObject
):
    gone = data.draw(st.sets(st.sampled_from(range(len(lines)))) if lines else st.just(set[int]()))
    there = lines_back(lines, gone, draft)
    assert there.keys() <= gone
    kept = [line for at, line in enumerate(lines) if at not in gone]
    after = {link.canonical for line in (*kept, *there.values()) for link in _links(line)}
    had = {link.canonical for line in lines for link in links_in(line)}
    assert had & {link.canonical for line in draft for link in links_in(line)} <= after
    assert after <= had  # what people took out does not come back
    apart = {link.canonical for line in kept for link in _links(line)}
    if {link.canonical for line in draft for link in _links(line)} <= had - apart:
        assert set("".join(there.values()).splitlines()) <= set("".join(draft).splitlines())


PAIRS = st.permutations([A, B, C, url("d")]).map(
    lambda links: [f"- [x]({one}) and [x]({other})\n" for one, other in (links[:2], links[2:])]
)


@given(goes=LINES, stays=LINES, draft=PAIRS)
def test_a_link_of_the_drafts_stands_no_more_often_than_people_left_it(
    goes: list[str], stays: list[str], draft: list[str]
) -> None:
    back = lines_back([*goes, *stays], range(len(goes)), draft).values()
    had, has = (
        Counter(link for line in some for link in {one.canonical for one in _links(line)})
        for some in ([*goes, *stays], [*back, *stays])
    )
    assert has <= had


def _back(draft: str, now: str) -> str:
    return lines_back([f"{now}\n"], {0}, [f"{draft}\n"]).get(0, "")


@pytest.mark.parametrize(
    ("draft", "now", "line"),
    [
        (f"- Write: [mail]({A}) or [Sam]({B})", f"- Write: [mail]({A}) and <{C}>",
         f"- Write: [mail]({A})"),
        (f"- [Sam]({B}) or [mail]({A}) by day", f"- <{C}> [mail]({A}) by day",
         f"- [mail]({A}) by day"),
        (f"<{A}>または<{B}>", f"<{A}>と<{C}>", f"<{A}>"),
        (f"- Ours: [mail]({A})  ", f"- <{A}> and <{C}>", f"- Ours: [mail]({A})  "),
        (f"- <b>or</b> [mail]({A}), {B}", f"- [mail]({A}) and <{C}>",
         f"- <b>or</b> [mail]({A}), {B}"),
    ],
)  # fmt: skip
def test_a_line_comes_back_without_the_links_that_people_took_out_of_it(
    draft: str, now: str, line: str
) -> None:
    assert _back(draft, now).rstrip("\n") == line


def test_a_line_comes_back_without_the_link_that_people_put_elsewhere() -> None:
    lines = [f"- [Sam]({B})\n", f"- Write: [mail]({A}) and <{C}>\n"]
    back = lines_back(lines, {1}, [f"- Write: [mail]({A}) or [Sam]({B})\n"])
    assert back == {1: f"- Write: [mail]({A})\n"}


def _links(text: str):
    return [link for line in text.splitlines() for link in links_in(line)]


def test_what_keeps_one_link_of_several_is_no_item_that_has_that_link() -> None:
    events = [said(1, A), said(2, B), in_file(9, ItemAdded(f"| <{A}> |\n| <{B}> |", ""))]
    events.append(in_file(10, ItemRemoved(FIRST)))
    after = {event.key: event for event in scrubbed_events(events, GONE, {})}
    episode = fold(*(after.get(event.key, event) for event in events)).episode
    assert f"| <{A}> |" in [getattr(item.content, "text", "") for item in episode.items()]
