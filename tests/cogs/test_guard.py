"""What is left of a message that the library cannot read."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cogs.guard import needed, with_forwarded_names

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


USERS = st.lists(st.integers(1, 5), max_size=4)


@given(own=USERS, carried=st.lists(USERS, max_size=3), roles=USERS)
def test_whom_snapshots_name_the_message_names_and_its_own_as_before(
    own: list[int], carried: list[list[int]], roles: list[int]
) -> None:
    def users(ids: list[int], name: str) -> list[dict[str, str]]:
        return [{"id": str(one), "username": name} for one in ids]

    forwards = [
        {"message": {"mentions": users(ids, "there"), "mention_roles": roles}} for ids in carried
    ]
    message = {"id": "1", "mentions": users(own, "here"), "message_snapshots": forwards}
    named = {one["id"]: one["username"] for one in with_forwarded_names(message)["mentions"]}
    wanted = {str(one): "there" for ids in carried for one in ids}
    assert named == wanted | {str(one): "here" for one in own}
    assert set(with_forwarded_names(message).get("mention_roles", ())) == (
        set(roles) if carried else set()
    )
    assert message["mentions"] == users(own, "here")


def test_what_names_nobody_is_the_message_itself() -> None:
    odd = [{"message": {"mentions": [{"id": "4"}], "mention_roles": None}}, {"message": None}, {}]
    for message in ({"id": "1"}, {"id": "1", "message_snapshots": odd}):
        assert with_forwarded_names(message) is message
