"""What a guest said waits until a host takes it in, and is out again when the mark is gone."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.fold import Outline
from bot.core.episode.guests import as_read_first
from bot.core.events import Event, Marked, Message, MessageSeen, Thread
from bot.core.grammar.message import KEEP, Rules

EPISODE = "show#1"


def seen(message: str, text: str | None, *, at: int, guest: bool = False, **more) -> Event:
    channel = more["thread"].id if "thread" in more else "c"
    state = Message(message, channel, at, "u", text, at, guest=guest, **more)
    return Event(f"{message}@{at}", EPISODE, at, "u", MessageSeen(state))


def marked(message: str, *, on: bool = True, at: int = 90) -> Event:
    return Event(f"{message}:{at}", EPISODE, at, "host", Marked(message, KEEP, on))


def topics(*events: Event) -> dict[str, int]:
    outline = Outline(EPISODE, Rules())
    outline.extend(events)
    return {topic.name: len(topic.items) for topic in outline.episode.topics}


HEADING = seen("1", "# Ours", at=1)
LINK = seen("3", "https://example.org/ours", at=3)


def test_a_guest_s_link_is_in_no_topic_until_a_host_marks_it():
    guest = seen("2", "https://example.org/theirs", at=2, guest=True)
    assert topics(HEADING, guest, LINK) == {"Ours": 1}
    assert topics(HEADING, guest, LINK, marked("2")) == {"Ours": 2}
    assert topics(HEADING, guest, LINK, marked("2"), marked("2", on=False, at=91)) == {"Ours": 1}


def test_a_guest_s_heading_takes_nobody_s_links():
    guest = seen("2", "# Theirs", at=2, guest=True)
    assert topics(HEADING, guest, LINK) == {"Ours": 1}
    assert topics(HEADING, guest, LINK, marked("2")) == {"Ours": 0, "Theirs": 1}


def test_a_thread_that_a_guest_named_is_no_topic_until_its_beginning_is_taken_in():
    thread = Thread("9", "Their name", "c", starter="8", guest=True)
    link = seen("4", "https://example.org/in", at=4, thread=thread)
    assert topics(HEADING, link) == {"Ours": 1}
    assert topics(HEADING, link, marked("8")) == {"Ours": 0, "Their name": 1}


def state(text: str, *, stamp: int, guest: bool = False) -> Message:
    return Message("2", "c", 2, "u", text, stamp, guest=guest)


def test_who_became_a_host_since_wrote_the_first_state_as_a_guest_and_the_next_as_a_host():
    known = state("as a guest", stamp=5, guest=True)
    assert as_read_first(state("as a guest", stamp=5), known).guest
    assert as_read_first(state("an older one", stamp=4), known).guest
    assert not as_read_first(state("edited as a host", stamp=6), known).guest


def test_a_host_s_own_state_stays_a_host_s():
    assert not as_read_first(state("a", stamp=5), None).guest
    assert not as_read_first(state("a", stamp=5), state("a", stamp=5)).guest
    assert as_read_first(state("a", stamp=5, guest=True), None).guest


@given(st.permutations([HEADING, LINK, seen("2", "# T", at=2, guest=True), marked("2")]))
def test_the_order_of_news_changes_nothing(events):
    assert topics(*events) == {"Ours": 0, "T": 1}
