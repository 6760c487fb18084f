"""What goes into the log comes out of it."""

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.event_json import VERSION, encode
from bot.core.events import (
    Event,
    FieldSet,
    ItemNoted,
    ItemRetitled,
    MessageSeen,
    Thread,
    TopicAdded,
)
from bot.errors import StoreError, StoreNewer
from storage.rows import TALK, event_of, row_of
from tests.storage.happenings import did, ids, messages, seen, times, words

values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner) | st.dictionaries(words, inner),
    max_leaves=5,
)
happenings = st.one_of(
    st.builds(MessageSeen, messages),
    st.builds(FieldSet, ids, values),
    st.builds(TopicAdded, words, ids),
    st.builds(ItemRetitled, ids, ids, words),
    st.builds(ItemNoted, ids, words),
)
events = st.builds(Event, ids, ids, times, ids, happenings)


def read_back(event: Event, *, seq: int = 7, **changed: object) -> Event:
    row = row_of(event, 1)._replace(**changed)
    return event_of((seq, row.key, event.episode, *row[2:]))


def as_json(event: Event) -> dict[str, object]:
    """Two halves of a pair that came apart are one character again once they were JSON."""
    return json.loads(json.dumps(asdict(event)))


@given(events)
def test_an_event_is_read_as_it_was_stored(event):
    assert as_json(read_back(event)) == as_json(replace(event, seq=7))


@given(events)
def test_a_row_is_something_that_utf_8_can_hold(event):
    row_of(event, 1).body.encode("utf-8")


@given(happenings)
def test_the_body_is_the_json_of_what_happened(what):
    whole = json.dumps(asdict(what), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert encode(what) == whole


def test_talk_is_a_kind_of_its_own_and_takes_little_room():
    row = row_of(seen("discord:1", channel="discord:2"), 1)
    assert row.kind == TALK
    assert row.body == '{"channel":"discord:2"}'


def test_a_message_with_an_empty_text_is_not_talk():
    assert row_of(seen("m", ""), 1).kind == "message"


def test_a_row_tells_what_the_event_is_about_and_refers_to():
    thread = Thread("t", "name", "c1", starter="m0")
    row = row_of(seen("m2", "text", reply_to="m1", thread=thread), 1)
    assert (row.about, row.refers, row.starter) == ("m2", "m1", "m0")


def test_an_event_of_a_newer_version_is_refused_by_name():
    for changed in ({"version": VERSION + 1}, {"kind": "telepathy"}):
        with pytest.raises(StoreNewer) as info:
            read_back(did("k", ItemNoted("m/1/1", "x")), **changed)
        assert changed.get("kind", "item_noted") in info.value.say("ja")


@pytest.mark.parametrize("body", ["", "{", "[]", "5", "{}", '{"message": 1}', '{"item": "a"}'])
@pytest.mark.parametrize("event", [seen("m"), seen("m", "text"), did("k", ItemNoted("i", "x"))])
def test_a_damaged_event_is_named_by_its_place(event, body):
    with pytest.raises(StoreError, match="Event 41 "):
        read_back(event, seq=41, body=body)
