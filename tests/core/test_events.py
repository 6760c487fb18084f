"""What happened, as it is stored: by whom it is of, and as older versions wrote it."""

import json
from dataclasses import MISSING, fields

import pytest

from bot.core.event_json import KINDS, VERSION, decode, encode
from bot.core.events import (
    Event,
    FieldSet,
    ItemRemoved,
    Marked,
    MessageGone,
    MessageSeen,
    TopicAdded,
    TopicRenamed,
)
from bot.core.file_events import ConflictFound
from tests.talk import said


def about(what):
    return Event("k", "show#1", 0, "mika", what).about


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (said(7, "a").what, "0007"),
        (MessageGone("0007"), "0007"),
        (Marked("0007", "🔒", True), "0007"),
        (ItemRemoved("0007/1a"), "0007"),
        (TopicRenamed("0007/2", "B"), "0007"),
        (ConflictFound("item", "0007/1a", "a", "b", "c"), "0007"),
        (FieldSet("title", "T"), None),
        (TopicAdded("A", "c1"), None),
    ],
)
def test_an_event_is_about_the_message_that_it_tells_of(what, message):
    assert about(what) == message


OLD = {
    "episode_opened": {"channel": None},
    "topic_added": {"under": None, "after": None, "before": None},
    "topic_moved": {"under": None},
    "item_readdressed": {"title": None},
    "item_added": {"after": None, "before": None, "again": False, "item": None, "was": None},
    "item_nested": {"after": None, "before": None},
    "topic_found": {
        **{"under": None, "after": None, "before": None},
        **{"again": False, "topic": None, "was": None},
    },
    "conflict_found": {"later": False, "said": "", "had": ""},
    "recording": {"moment": None},
    "topic_timed": {"channel": None, "time": None, "moment": None},
    "cut_marked": {"moment": None},
    "item_postponed": {"headings": False},
    "topic_postponed": {"items": ()},
}
"""What older versions did not write, and what it is then."""


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_older_version_left_out_is_read_as_it_was_then(kind):
    cls = KINDS[kind]
    old = OLD.get(kind, {})
    needed = [one.name for one in fields(cls) if one.default is MISSING]
    assert {one.name for one in fields(cls)} == {*needed, *old}
    if cls is not MessageSeen:
        body = json.dumps(dict.fromkeys(needed, "x"))
        what = decode(kind, VERSION, body)
        assert {name: getattr(what, name) for name in old} == old
        assert {getattr(what, name) for name in needed} <= {"x"}


def test_an_old_message_stood_in_no_thread_and_was_no_guests():
    what = said(7, "a").what
    body = json.loads(encode(what))
    more = {"reply_to": None, "threaded": False, "guest": False}
    assert more.items() <= body["message"].items()
    for name in more:
        del body["message"][name]
    assert decode(what.kind, VERSION, json.dumps(body)) == what
