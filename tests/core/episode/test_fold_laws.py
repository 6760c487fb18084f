"""Laws of the fold, over conversations with edits, marks, deletions and commands at random."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.episode.fold import Outline
from bot.core.episode.referred import is_talk, referred
from bot.core.event_json import decode, encode
from bot.core.events import (
    Event,
    FieldSet,
    ItemMoved,
    ItemNoted,
    ItemReaddressed,
    ItemRemoved,
    ItemRestored,
    ItemRetitled,
    Redone,
    Thread,
    TopicAdded,
    TopicMerged,
    TopicMoved,
    TopicRemoved,
    TopicRenamed,
    Undone,
    What,
)
from bot.core.file_events import (
    ConflictFound,
    ConflictSettled,
    ItemAdded,
    ItemNested,
    ItemWritten,
    LinkInTemplate,
    TopicFound,
    TopicWritten,
)
from bot.core.grammar.message import KEEP, LEAVE_OUT, OFF_RECORD
from bot.core.later.events import (
    ItemCarried,
    ItemPostponed,
    TopicCarried,
    TopicPostponed,
    carried_key,
)
from bot.core.later.item_state import state_of
from bot.core.urls import canonical, fingerprint
from tests.talk import did, fold, gone, marked, said, url

NUMBERS = st.integers(1, 12)
TEXTS = st.sampled_from(
    [
        *(url(n) for n in range(1, 5)),
        f"元論文: {url(1)}\n> quoted",
        f"{url(2)}, {url(3)}\n- note",
        "# A",
        "# B\n" + url(5),
        "#### S",
        "#### S\n" + url(6) + "\n\n# A\n- bullet",
        "talk",
        "- bullet",
        "```md\n| a |\n```",
        None,
    ]
)
MESSAGES = st.builds(
    said,
    NUMBERS,
    TEXTS,
    by=st.sampled_from(["buka", "oka"]),
    channel=st.sampled_from(["x", "y"]),
    edited=st.integers(0, 2),
    reply_to=st.none() | NUMBERS,
    threaded=st.booleans(),
    thread=st.none() | st.just(Thread("t", "Thread", "x", "0001")),
)
MARKS = st.builds(
    marked, NUMBERS, st.sampled_from([KEEP, LEAVE_OUT, OFF_RECORD]), on=st.booleans(),
    at=st.integers(1, 30),
)  # fmt: skip


def _items(number: int) -> list[str]:
    prints = [fingerprint(canonical(url(n))) for n in range(1, 7)]
    return [f"{number:04}/{one}/0" for one in prints]


ITEMS = NUMBERS.flatmap(lambda number: st.sampled_from(_items(number)))
TOPICS = st.builds(lambda number, line: f"{number:04}/{line}", NUMBERS, st.integers(0, 2))
NAMES = st.sampled_from("AB")
TEXT = st.sampled_from(["", "- words", f"- [T]({url(1)})", f"- [T]({url(2)})\n  - note", "Words."])
WHATS: st.SearchStrategy[What] = st.one_of(
    st.builds(FieldSet, st.sampled_from(["title", "music.url"]), st.sampled_from(["x", None])),
    st.builds(TopicAdded, st.sampled_from("ABC"), st.just("x"), st.none() | TOPICS, TOPICS),
    st.builds(TopicRenamed, TOPICS, st.sampled_from("ABC")),
    st.builds(TopicMoved, TOPICS, st.none() | TOPICS, st.none() | TOPICS, under=st.none() | TOPICS),
    st.builds(TopicMerged, TOPICS, TOPICS),
    st.builds(TopicRemoved, TOPICS),
    st.builds(ItemMoved, ITEMS, TOPICS, st.none() | ITEMS, st.none() | ITEMS),
    st.builds(ItemRetitled, ITEMS, st.just(fingerprint(canonical(url(1)))), st.just("Mine")),
    st.builds(ItemNoted, ITEMS, st.sampled_from(["a note", "> quoted", "- bullet"])),
    st.builds(ItemRemoved, ITEMS),
    st.builds(ItemRestored, ITEMS),
    st.builds(ItemWritten, ITEMS, st.none() | TEXT, TEXT),
    st.builds(ItemAdded, TEXT, TOPICS, st.none() | ITEMS, st.none() | ITEMS, st.booleans()),
    st.builds(
        LinkInTemplate,
        st.sampled_from([fingerprint(canonical(url(n))) for n in range(1, 4)]),
        st.booleans(),
    ),
    st.builds(ItemNested, ITEMS, ITEMS, TOPICS, st.none() | ITEMS, st.none() | ITEMS),
    st.builds(TopicWritten, TOPICS, st.sampled_from("ABC"), st.sampled_from(["1:30 A", "D"])),
    st.builds(
        TopicFound,
        st.sampled_from("ABD"),
        st.none() | TOPICS,
        st.none() | TOPICS,
        st.none() | TOPICS,
        st.booleans(),
    ),
    st.builds(ConflictFound, st.sampled_from(["item", "topic"]), ITEMS | TOPICS, NAMES, TEXT, TEXT),
    st.builds(ConflictSettled, st.builds("c{:05}".format, st.integers(1, 30)), st.booleans()),
    st.builds(ItemPostponed, ITEMS, st.booleans()),
    st.builds(
        ItemReaddressed,
        ITEMS,
        st.sampled_from([fingerprint(canonical(url(n))) for n in range(1, 4)]),
        st.sampled_from([url(2), url(8)]),
        st.none() | st.just("Old title"),
    ),
    st.builds(TopicPostponed, TOPICS, st.lists(ITEMS, max_size=2).map(tuple)),
    st.builds(Undone, st.builds("c{:05}".format, st.integers(1, 30))),
    st.builds(Redone, st.builds("c{:05}".format, st.integers(1, 30))),
)
COMMANDS = st.builds(did, st.integers(1, 30), WHATS)
STATES = st.none() | st.integers(1, 6).map(
    lambda number: state_of(fold(said(number, f"{url(number)}\n- note")).episode.items()[0])
)
CARRIED = st.builds(
    lambda place, count, what: Event(carried_key("show#1", place, count), "show#1", 0, "", what),
    st.integers(0, 3),
    st.integers(0, 3),
    st.builds(ItemCarried, ITEMS, st.none() | TOPICS, st.just("show#0"), st.just("p"), STATES)
    | st.builds(
        TopicCarried,
        TOPICS,
        st.none() | TOPICS,
        st.just("show#0"),
        st.just("p"),
        st.none() | NAMES,
    ),
)
EVENTS = st.lists(MESSAGES | MESSAGES | MARKS | COMMANDS | CARRIED | NUMBERS.map(gone), max_size=30)


def _first_of_each_key(events: list[Event]) -> list[Event]:
    """The log takes one event a key, and a message's other metadata do not change by an edit."""
    return list({event.key: event for event in reversed(events)}.values())


@settings(max_examples=150)
@given(EVENTS)
def test_folding_one_at_a_time_equals_folding_all(events: list[Event]) -> None:
    events = _first_of_each_key(events)
    slowly = Outline("show#1", fold().rules)
    for event in events:
        slowly.apply(event)
        assert slowly.episode.id == "show#1"  # asked after each, as live chat does
    assert slowly.episode == fold(*events).episode


@settings(max_examples=150)
@given(EVENTS, st.randoms(use_true_random=False))
def test_delivery_again_or_in_another_order_changes_nothing(
    events: list[Event], random: Random
) -> None:
    events = _first_of_each_key(events)
    again = [*events, *events]
    random.shuffle(again)
    assert fold(*again).episode == fold(*events).episode


@settings(max_examples=300)
@given(st.lists(MESSAGES | MESSAGES | MARKS | NUMBERS.map(gone), max_size=30))
def test_talk_to_which_nothing_refers_has_no_say(events: list[Event]) -> None:
    events = _first_of_each_key(events)
    counts, ahead = set[str](), [event for event in events if not is_talk(event)]
    while named := {one for event in ahead for one in referred(event)} - counts:
        counts |= named
        ahead = [event for event in events if is_talk(event) and event.about in named]
    some = [event for event in events if not is_talk(event) or event.about in counts]
    assert fold(*some).episode == fold(*events).episode


@settings(max_examples=150)
@given(EVENTS, EVENTS, st.integers(1, 30))
def test_undo_then_redo_is_the_identity_also_when_others_worked_in_between(
    events: list[Event], others: list[Event], second: int
) -> None:
    everything = _first_of_each_key([*events, *others])
    key = f"c{second:05}"
    last = [one for one in everything if isinstance(one.what, Undone | Redone)]
    undone = any(one.what.event == key and isinstance(one.what, Undone) for one in last)  # type: ignore[union-attr]  # both have it
    if undone:
        return  # it was undone already, so redo would do more than take our undo back
    outline = fold(*everything[: len(events)], did(1000, Undone(key)), *everything[len(events) :])
    outline.apply(did(1001, Redone(key)))
    assert outline.episode == fold(*everything).episode


@settings(max_examples=150)
@given(EVENTS)
def test_every_link_of_a_message_that_stands_is_in_the_episode(events: list[Event]) -> None:
    messages = [event for event in events if not isinstance(event.what, ItemRemoved)]
    messages = [event for event in _first_of_each_key(messages) if event.about == event.key[:4]]
    outline = fold(*messages)
    have = {link.canonical for item in outline.episode.items() for link in _links(item.content)}
    for event in messages:
        state = outline.message(event.about or "")
        if state is not None and state.text is not None and state.id not in _gone(messages):
            for number in range(1, 7):
                if url(number) in state.text:
                    assert canonical(url(number)) in have


def _links(content: object) -> tuple[object, ...]:
    return getattr(content, "links", ())


def _gone(events: list[Event]) -> set[str]:
    return {event.key[:4] for event in events if event.key.endswith("!gone")}


HEADINGS = st.builds(said, st.integers(1, 4), st.sampled_from(["# A", "#### S", "#### T"]))
ABOVE = st.integers(1, 4).map("{:04}/0".format)
BELOW = st.builds(
    did, st.integers(1, 30), st.builds(TopicMoved, ABOVE, st.none(), st.none(), under=ABOVE)
)


@settings(max_examples=150)
@given(st.lists(HEADINGS | BELOW, max_size=9))
def test_no_topic_stands_deeper_than_a_sub_topic(events: list[Event]) -> None:
    for topic in fold(*_first_of_each_key(events)).episode.topics:
        assert not any(sub.subtopics for sub in topic.subtopics)


@given(EVENTS)
def test_events_come_out_of_the_log_as_they_went_in(events: list[Event]) -> None:
    for event in events:
        assert decode(event.what.kind, 1, encode(event.what)) == event.what


def answers(outline: Outline) -> tuple[object, ...]:
    """What a fold answers to all who ask it."""
    messages = [f"{number:04}" for number in range(1, 13)]
    return (
        outline.episode, outline.number, outline.conflicts(), outline.names(), outline.carried(),
        outline.commands(), outline.unread(), outline.unerased(), outline.off_record(),
        [(outline.outcome(one), outline.message(one), outline.marks(one), outline.lifted(one),
          outline.holds(one)) for one in messages],
    )  # fmt: skip


@settings(max_examples=100)
@given(EVENTS, EVENTS)
def test_a_copy_goes_its_own_way(events: list[Event], others: list[Event]) -> None:
    events = _first_of_each_key([*events, *others])
    first = fold(*events[: len(events) // 2])
    other = first.copy()
    other.extend(events[len(events) // 2 :])
    other.index()
    assert answers(first) == answers(fold(*events[: len(events) // 2]))
    assert answers(other) == answers(fold(*events))
    assert answers(other.copy()) == answers(other)


@given(EVENTS)
def test_what_is_off_the_record_and_here_still_is_unerased(events: list[Event]) -> None:
    outline = fold(*_first_of_each_key(events))
    marked_so = {f"{n:04}" for n in range(1, 13) if OFF_RECORD in outline.marked(f"{n:04}")}
    assert outline.off_record() == marked_so
    assert set(outline.unerased()) == {one for one in marked_so if outline.holds(one)}
