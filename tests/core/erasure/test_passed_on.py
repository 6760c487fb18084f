"""What was done to what two messages give is done to the one that stays."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.find import label_of
from bot.core.erasure.lock import Lock
from bot.core.erasure.passed_on import PassedOn, SaidAlone, kept_deeds
from bot.core.events import (
    Event,
    ItemMoved,
    ItemRemoved,
    ItemRestored,
    ItemRetitled,
    TopicMerged,
    TopicMoved,
    TopicRemoved,
    What,
)
from bot.core.file_events import ItemAdded, ItemWritten, TopicFound
from bot.core.grammar.message import OFF_RECORD
from bot.core.urls import canonical, fingerprint
from tests.talk import did, fold, in_file, marked, said, told, url

FIRST, END = said(1, f"# First\n{url(1)}"), said(4, f"# End\n{url(4)}")
TWO = (said(2, f"# A\n{url(2)}"), said(3, f"# A\n{url(2)}", by="utti"))
TALK = (FIRST, *TWO, END)
TOPICS = ("0001/0", "0002/0", "0004/0")
ITEMS = tuple(item.id for item in fold(*TALK).episode.items())
topics, items = st.sampled_from(TOPICS), st.sampled_from(ITEMS)
beside = st.none() | items

DEEDS = st.one_of(
    st.builds(ItemMoved, items, topics, beside, beside),
    st.builds(ItemRemoved, items),
    st.builds(ItemRestored, items),
    st.builds(TopicMoved, topics, st.none() | topics, st.none() | topics),
    st.builds(TopicMerged, topics, topics),
    st.builds(TopicRemoved, topics),
    st.builds(ItemAdded, st.sampled_from(["- one", "- two"]), topics, beside, beside),
    st.builds(TopicFound, st.sampled_from(["B", "C"]), st.none() | topics, st.none(), st.none()),
)


def shown(events: Iterable[Event]) -> list[str]:
    """Return the names of topics and the words of what stands under them, whoever gives these."""
    words = [(topic.name, *(label_of(one.content, {}) for one in topic.items))
             for topic in fold(*events).episode.sections()]  # fmt: skip
    return [word for row in words for word in row]


def without(message: int, *events: Event) -> list[Event]:
    """Return the events, and that a message went off the record, as its erasure leaves them."""
    lock = Lock(fold(*events, locked := marked(message, OFF_RECORD)), f"{message:04}")
    passed = PassedOn(events, lock, SaidAlone([], [], []))
    kept = kept_deeds(events, lock, passed)
    return [*(kept.get(event.key, event) for event in events), locked]


@given(st.lists(DEEDS, max_size=5), st.sampled_from([2, 3]))
def test_where_nothing_is_one_messages_alone_the_episode_stays_what_it_was(
    deeds: list[What], locked: int
) -> None:
    done = [
        in_file(at, what) if isinstance(what, ItemAdded | TopicFound) else did(at, what)
        for at, what in enumerate(deeds, 10)
    ]
    events = [*TALK, *done]
    assert shown(without(locked, *events)) == shown(events)


def test_what_was_done_before_the_other_gave_it_was_done_to_the_first_alone() -> None:
    again = said(20, f"# A\n{url(2)}")
    early = (FIRST, TWO[0], END, did(10, ItemMoved(ITEMS[2], "0002/0", None, None)), again)
    assert told(fold(*without(2, *early)).episode) == ["# First", "1", "4", "# End", "# A", "2"]


def written(now: str, *, own: SaidAlone) -> list[What]:
    """Return what is passed on where the line is the second message's by the time of the lock."""
    edited = (said(3, "talk"), said(2, url(2)), said(3, url(2), edited=20))
    item = f"0003/{fingerprint(canonical(url(2)))}/0"
    events = (
        *edited,
        did(10, ItemWritten(item, f"- <{url(2)}>", now)),
        did(11, ItemRetitled(item, fingerprint(canonical(url(2))), "Another")),
    )
    lock = Lock(fold(*events, marked(3, OFF_RECORD)), "0003")
    now = PassedOn(events, lock, own).rewritten(events)
    return [after.what for event, after in zip(events, now, strict=True) if after is not event]


def test_words_are_passed_on_with_all_others_or_not_at_all() -> None:
    own = SaidAlone(["the secret plan"], ["the link"], [])
    assert len(written(f"- [The link]({url(2)})", own=own)) == 2
    assert written(f"- [The plan]({url(2)})", own=own) == []
