"""What people did in the file is read as it stands in logs, wherever its kinds are defined."""

import json

import pytest

from bot.core.event_json import KINDS, VERSION, decode, encode
from bot.core.file_events import (
    ConflictFound,
    ConflictSettled,
    FileEdited,
    ItemAdded,
    ItemNested,
    ItemWritten,
    LinkInTemplate,
    StandsIn,
    TopicFound,
    TopicWritten,
)

STORED = {
    "file_edited": (
        FileEdited("e/57.md", "b1", "b2", "c3", 2),
        '{"after":"b2","before":"b1","commit":"c3","count":2,"path":"e/57.md"}',
    ),
    "item_written": (
        ItemWritten("0007/1a", None, "- 川"),
        '{"item":"0007/1a","now":"- 川","was":null}',
    ),
    "item_added": (
        ItemAdded("- 川", "0007/2", "0007/1a", None, True, "0008/1a", "- 山"),
        '{"after":"0007/1a","again":true,"before":null,"item":"0008/1a","text":"- 川",'
        '"topic":"0007/2","was":"- 山"}',
    ),
    "item_nested": (
        ItemNested("0007/1a", "0008/1a", "0007/2", None, "0009/1a"),
        '{"after":null,"before":"0009/1a","item":"0007/1a","topic":"0007/2","under":"0008/1a"}',
    ),
    "topic_found": (
        TopicFound("川", "0007/2", "0008/2", None, True, "0009/2", "山"),
        '{"after":"0008/2","again":true,"before":null,"name":"川","topic":"0009/2",'
        '"under":"0007/2","was":"山"}',
    ),
    "topic_written": (
        TopicWritten("0007/2", "川", "山"),
        '{"now":"山","topic":"0007/2","was":"川"}',
    ),
    "stands_in": (StandsIn("0007/1a", "0008/1a"), '{"into":"0008/1a","item":"0007/1a"}'),
    "link_in_template": (LinkInTemplate("1a", True), '{"link":"1a","there":true}'),
    "conflict_found": (
        ConflictFound("item", "0007/1a", "川", "- a", "- b", True, "- c", "- d"),
        '{"about":"0007/1a","had":"- d","later":true,"name":"川","ours":"- a","said":"- c",'
        '"theirs":"- b","thing":"item"}',
    ),
    "conflict_settled": (
        ConflictSettled("conflict:1", True),
        '{"conflict":"conflict:1","ours":true}',
    ),
}
"""Each kind, and the JSON of it that stands in logs."""


@pytest.mark.parametrize(("kind", "stored"), STORED.items())
def test_what_people_did_in_the_file_stands_in_logs_as_it_always_did(kind, stored):
    what, body = stored
    assert (what.kind, encode(what)) == (kind, body)
    assert decode(kind, VERSION, body) == what
    assert json.loads(body).keys() == set(what.__slots__)


def test_all_kinds_of_the_file_are_held():
    of_file = {kind for kind, cls in KINDS.items() if cls.__module__ == "bot.core.file_events"}
    assert STORED.keys() == of_file
