"""What stood in the place of a message's line goes in all its states, with hosts' titles of it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.version import Side
from bot.core.erasure.made_lines import MadeLines
from bot.core.events import Event, ItemReaddressed, ItemRetitled, What
from bot.core.file_events import ItemAdded, ItemWritten
from bot.core.urls import canonical, fingerprint

ADDRESSES = st.sampled_from([f"https://example.org/{one}" for one in "abc"])
TITLES = st.text("xyz", min_size=1)
LINES = st.builds(lambda title, url: f"- [{title}]({url})", TITLES, ADDRESSES)


def _event(key: str, what: What) -> Event:
    return Event(key, "e", 1, "file:Oka", what)


def _added(key: str, line: str, item: str | None) -> Event:
    return _event(key, ItemAdded(f"{line}\n  - by Oka", "t", item=item))


@given(LINES, st.lists(LINES, max_size=3))
def test_all_states_of_the_first_line_go_and_nothing_below(line: str, later: list[str]) -> None:
    events = [_added("file:1", line, "m/1"), _added("file:2", "- another", "other/1")]
    for at, now in enumerate(later):
        what = ItemWritten("file:1", f"{line}\n  - by Oka", f"{now}\n  - by Oka")
        events.append(_event(f"w{at}", what))
    assert MadeLines(events, "m", []).said() == {one[2:] for one in (line, *later)}


@given(LINES)
def test_it_stays_where_it_is_left_in_a_draft(line: str) -> None:
    side = Side(f"{line}\n  - by Oka\n", ("file:1", "file:1"))
    events = [_added("file:1", line, "m/1")]
    assert MadeLines(events, "m", [(side, side)]).said() == set()
    without = Side("- by Oka\n", ("file:1",))
    assert MadeLines(events, "m", [(side, without)]).said() == {line[2:]}


def test_titles_and_addresses_that_hosts_gave_it_go_and_those_of_links_below_stay() -> None:
    was, now, below = (f"https://example.org/{one}" for one in ("was", "now", "below"))
    links = [fingerprint(canonical(one)) for one in (was, now, below)]
    text = f"- [Bob leaves]({was})\n  - [see]({below})"
    events = [
        _event("file:1", ItemAdded(text, "t", item="m/1")),
        _event("c1", ItemReaddressed("file:1", links[0], now, "Bob goes")),
        _event("c2", ItemRetitled("file:1", links[1], "Bob went")),
        _event("c3", ItemRetitled("file:1", links[2], "There")),
        _event("c4", ItemRetitled("other/1", links[0], "Elsewhere")),
    ]
    assert {one.key: one.what for one in MadeLines(events, "m", []).untitled()} == {
        "c1": ItemReaddressed("file:1", links[0], "", None),
        "c2": ItemRetitled("file:1", links[1], ""),
    }
