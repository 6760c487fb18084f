"""What is left of a message that the library cannot read."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cogs.guard import needed

CARRIED = {"content": "words", "timestamp": "2026-01-01T00:00:00Z", "embeds": [{"url": "x"}]}
UNKNOWN = st.dictionaries(st.text(min_size=1).map("new_{}".format), st.integers() | st.none())


@given(more=UNKNOWN, inner=UNKNOWN)
def test_what_the_bot_reads_is_kept_and_what_it_does_not_know_is_not(
    more: dict[str, Any], inner: dict[str, Any]
) -> None:
    forward = {"message": CARRIED | inner, "poll": None}
    message = {"id": "1", "content": "", "attachments": [None], "message_snapshots": [forward]}
    left = needed(message | more)
    assert left["id"] == "1"
    assert left["attachments"] == []
    assert not left.keys() & more.keys()
    (snapshot,) = left["message_snapshots"]
    assert snapshot["message"].items() >= CARRIED.items()
    assert not snapshot["message"].keys() & inner.keys()
    assert needed(left) == left
