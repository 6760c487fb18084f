"""Names of topics that go off the record are in no event, and all others stay."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.version import Side
from bot.core.erasure.said_again import SaidAgain
from bot.core.erasure.scrubbed_event import GoneLines
from bot.core.erasure.topic_names import GoneNames, without_names
from bot.core.events import Event, TopicRenamed, What
from bot.core.file_events import TopicFound, TopicWritten

SECRETS = ["Bob leaves", "A secret harbour"]
NAMES = st.sampled_from([*SECRETS, "Apples", "Loaves and fishes"])
TOPICS = st.sampled_from(["file:1", "file:2", "other/0"])
FOUND = st.builds(TopicFound, NAMES, topic=st.sampled_from([None, "m/1", "other/1"]))
LATER = st.one_of(
    st.builds(TopicRenamed, TOPICS, NAMES), st.builds(TopicWritten, TOPICS, NAMES, NAMES)
)


def _event(at: int, key: str, what: What) -> Event:
    return Event(key, "e", at, "file:Oka", what)


@st.composite
def _events(draw: st.DrawFn) -> list[Event]:
    found = [_event(at, f"file:{at}", draw(FOUND)) for at in (1, 2)]
    later = draw(st.lists(LATER, max_size=6))
    return found + [_event(at, f"later-{at}", what) for at, what in enumerate(later, 3)]


def _gone(*drafts: tuple[Side, Side]) -> GoneNames:
    again = SaidAgain([], "m", words=SECRETS, others=(), addresses=(), theirs=())
    return GoneNames(drafts, GoneLines(SECRETS, ()), again)


def _names(event: Event) -> set[str]:
    return {getattr(event.what, name, "") for name in ("name", "was", "now")} - {"", None}


def _given(what: What) -> str:
    return what.now if isinstance(what, TopicWritten) else getattr(what, "name", "")


def _is_of_the_chat(event: Event) -> bool:
    return isinstance(event.what, TopicRenamed) and event.what.topic == "other/0"


@given(_events())
def test_no_event_has_a_name_that_goes_and_no_other_name_is_lost(events: list[Event]) -> None:
    changed = {one.key: one for one in without_names(events, _gone(), "m")}
    after = [changed.get(one.key, one) for one in events]
    left = set().union(*map(_names, after))
    hosts_own = {_given(one.what) for one in events if _is_of_the_chat(one)}
    assert left.isdisjoint(set(SECRETS) - hosts_own)
    made = {one.key for one in events if getattr(one.what, "topic", None) == "m/1"}
    later = [one.what for one in events if not isinstance(one.what, TopicFound)]
    given = {_given(what) for what in later if getattr(what, "topic", None) not in made}
    assert left >= given.difference(SECRETS)
    assert all(getattr(one.what, "topic", None) != "m/1" for one in after)


@given(_events())
def test_done_again_it_changes_nothing(events: list[Event]) -> None:
    changed = {one.key: one for one in without_names(events, _gone(), "m")}
    assert without_names([changed.get(one.key, one) for one in events], _gone(), "m") == []


@given(_events())
def test_a_name_that_a_draft_has_left_stays(events: list[Event]) -> None:
    topics = [one.key for one in events[:2]] + ["other/0"]
    lines = [(f"### {name}\n", topic) for name in SECRETS for topic in topics]
    side = Side("".join(line for line, _ in lines), tuple(topic for _, topic in lines))
    made = {one.key for one in events if getattr(one.what, "topic", None) == "m/1"}
    changed = without_names(events, _gone((side, side)), "m")
    assert {one.key for one in changed if getattr(one.what, "topic", None) not in made} <= made


def test_a_name_goes_with_a_heading_that_has_more_than_the_name() -> None:
    found = _event(1, "file:1", TopicFound("Bob goes at last"))
    before = Side("## 2. Bob goes at last {#bob}\n\n- x\n", ("file:1", None, "i"))
    after = Side("- x\n", ("i",))
    (now,) = without_names([found], _gone((before, after)), "m")
    assert now.what == TopicFound("")
    assert without_names([found], _gone((before, before)), "m") == []
