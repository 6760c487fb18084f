"""A Slack workspace's export is read as messages."""

from pathlib import Path
from typing import Any

import pytest

from bot.adapters.export.read import read_export
from bot.errors import ExportError
from bot.services.ports import Person, Preview, Reaction, Snapshot
from tests.adapters.export.exports import pack, put, slack, slack_message

T1, T2, T3 = "1703073600.000100", "1703073660.000200", "1703160000.000300"


def read(path: Path) -> list[Snapshot]:
    return list(read_export(path))


def one(tmp_path: Path, text: str = "x", **more: Any) -> Snapshot:
    [snapshot] = read(slack(tmp_path / "e", {"収録/2023-12-20": [slack_message(T1, text, **more)]}))
    return snapshot


def test_a_message_has_its_ids_its_time_and_its_author(tmp_path: Path) -> None:
    snapshot = one(tmp_path, "<@U2> <#C1> <https://a.example/1|論文>")
    message = snapshot.message
    assert (message.id, message.channel, message.by) == (f"C1:{T1}", "C1", "U1")
    assert message.at == message.stamp == 1_703_073_600_000_100
    assert message.text == "@oka #収録 [論文](https://a.example/1)"
    assert (message.reply_to, message.threaded) == (None, False)
    assert snapshot.author == Person("U1", "buka")


def test_blocks_come_before_the_text(tmp_path: Path) -> None:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}
    part = {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [item]}
    blocks = [{"type": "rich_text", "block_id": "b", "elements": [part]}]
    assert one(tmp_path, "• a", blocks=blocks).message.text == "  - a"


def test_a_forwarded_message_says_what_it_carries(tmp_path: Path) -> None:
    link = {"type": "link", "url": "https://a.example/s"}
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [link]}]}
    shared = {"is_share": True, "is_msg_unfurl": True, "text": "<https://a.example/s>"}
    inside = {"message_blocks": [{"team": "T1", "channel": "C9", "message": {"blocks": [rich]}}]}
    for attachment in (shared, shared | inside):
        message = one(tmp_path, "for us", attachments=[attachment]).message
        assert message.text == "for us\n\nhttps://a.example/s"


def test_an_edit_is_the_messages_stamp(tmp_path: Path) -> None:
    message = one(tmp_path, edited={"user": "U1", "ts": T2}).message
    assert (message.at, message.stamp) == (1_703_073_600_000_100, 1_703_073_660_000_200)


def test_what_is_in_a_thread_belongs_to_its_first_message(tmp_path: Path) -> None:
    first, reply, shown = read(
        slack(
            tmp_path,
            {
                "収録/2023-12-20": [
                    slack_message(T1, "a", thread_ts=T1, reply_count=2),
                    slack_message(T2, "b", thread_ts=T1, parent_user_id="U1"),
                    slack_message(T3, "c", thread_ts=T1, subtype="thread_broadcast"),
                ]
            },
        )
    )
    assert (first.message.reply_to, first.message.threaded) == (None, False)
    for message in (reply.message, shown.message):
        assert (message.reply_to, message.threaded) == (f"C1:{T1}", True)


def test_reactions_become_characters(tmp_path: Path) -> None:
    reactions = [
        {"name": "memo", "users": ["U1", "U9", "U2"], "count": 3},
        {"name": "no_entry_sign", "users": [], "count": 1},
        {"name": "lock", "users": ["U9"], "count": 1},
        {"name": "+1::skin-tone-3", "users": ["U2"], "count": 1},
        {"name": "our-own", "users": ["U1"], "count": 1},
    ]
    assert one(tmp_path, reactions=reactions).reactions == (
        Reaction("📝", "U1"),
        Reaction("📝", "U2"),
        Reaction("🚫", ""),
        Reaction("👍", "U2"),
    )


def test_attachments_are_previews_where_they_have_a_title(tmp_path: Path) -> None:
    attachments = [
        {"title": "論文", "title_link": "https://b.example", "from_url": "https://a.example/1"},
        {"title": "二", "title_link": "https://a.example/2"},
        {"title": "no address"},
        {"from_url": "https://a.example/3"},
    ]
    assert one(tmp_path, attachments=attachments).previews == (
        Preview("https://a.example/1", "論文"),
        Preview("https://a.example/2", "二"),
    )


def test_what_people_did_not_write_is_not_read(tmp_path: Path) -> None:
    messages = [
        slack_message(T1, "joined", subtype="channel_join"),
        slack_message(T1, "x", subtype="bot_message", user=None, bot_id="B1"),
        slack_message(T1, "x", bot_id="B1"),
        slack_message(T1, "x", user="U9"),
        slack_message(T1, "x", user="USLACKBOT"),
        slack_message(T1, "gone", subtype="tombstone"),
        slack_message(T1, "_waves_", subtype="me_message"),
        slack_message(T2, "see", subtype="file_share", files=[{"id": "F1"}]),
        slack_message(T3, None, files=[{"id": "F1"}]),
    ]
    found = read(slack(tmp_path, {"収録/2023-12-20": messages}))
    assert [snapshot.message.text for snapshot in found] == ["*waves*", "see", ""]


def test_somebody_from_elsewhere_is_named_by_the_message(tmp_path: Path) -> None:
    snapshot = one(tmp_path, user="W7", user_profile={"display_name": "guest", "name": "g"})
    assert snapshot.author == Person("W7", "guest")
    assert one(tmp_path, user="W8").author == Person("W8", "W8")


def test_days_come_in_order_conversation_by_conversation(tmp_path: Path) -> None:
    days = {
        "収録/2023-12-21": [slack_message(T3, "c")],
        "収録/2023-12-20": [slack_message(T1, "a"), slack_message(T2, "b")],
        "D1/2023-12-20": [slack_message(T2, "dm")],
        "old-name/2023-12-20": [slack_message(T2, "unlisted")],
        "収録/canvas_in_the_conversation": [{"no": "message"}],
    }
    found = read(slack(tmp_path, days))
    assert [snapshot.message.id for snapshot in found] == [
        f"D1:{T2}",
        f"old-name:{T2}",
        f"C1:{T1}",
        f"C1:{T2}",
        f"C1:{T3}",
    ]


def test_a_folder_a_zip_and_a_packed_folder_are_the_same(tmp_path: Path) -> None:
    folder = slack(tmp_path / "e", {"収録/2023-12-20": [slack_message(T1, "a")]})
    found = read(folder)
    assert len(found) == 1
    assert read(pack(folder, tmp_path / "a.zip")) == found
    assert read(pack(folder, tmp_path / "b.zip", "Show Slack export/")) == found
    assert read(tmp_path) == found


def test_a_conversations_folder_may_be_given_alone(tmp_path: Path) -> None:
    days = {"収録/2023-12-20": [slack_message(T1, "a")], "D1/2023-12-20": [slack_message(T2, "b")]}
    folder = slack(tmp_path, days)
    assert [snapshot.message.id for snapshot in read(folder / "収録")] == [f"C1:{T1}"]


@pytest.mark.parametrize(
    ("message", "field"),
    [
        (slack_message("soon", "x"), "ts"),
        ({"type": "message", "user": "U1", "text": "x"}, "ts"),
        (slack_message("1703073600", "x"), "ts"),
        (slack_message(T1, "x", user=7), "user"),
        (slack_message(T1, "x", thread_ts=5), "thread_ts"),
        (slack_message(T1, "x", edited={"ts": None}), "ts"),
        (slack_message(T1, ["x"]), "text"),
        (slack_message(T1, "x", subtype={}), "subtype"),
    ],
)
def test_a_message_of_the_wrong_shape_is_named(
    tmp_path: Path, message: dict[str, Any], field: str
) -> None:
    folder = slack(tmp_path, {"収録/2023-12-20": [slack_message(T1, "fine"), message]})
    with pytest.raises(ExportError, match=rf"2023-12-20\.json, entry 2 .*`{field}`"):
        read(folder)


def test_lists_of_the_wrong_shape_are_named(tmp_path: Path) -> None:
    folder = slack(tmp_path, {"収録/2023-12-20": [slack_message(T1, "a")]})
    put(folder / "users.json", [{"id": "U1"}, {"name": "x"}])
    with pytest.raises(ExportError, match=r"users\.json, entry 2 .*`id`"):
        read(folder)
    put(folder / "users.json", {"ok": True})
    with pytest.raises(ExportError, match=r"users\.json should be a list"):
        read(folder)
    put(folder / "users.json", ["U1"])
    with pytest.raises(ExportError, match=r"users\.json, entry 1 .*not an object"):
        read(folder)
