"""What DiscordChatExporter wrote is read as messages."""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.export.read import read_export
from bot.core.events import Thread
from bot.errors import ExportError
from bot.services.ports import Person, Preview, Reaction, Snapshot
from tests.adapters.export.exports import BOT, HOST, OTHER, discord, discord_message, pack, put
from tests.needs import sample

NINE_PM = 1_703_073_600_000_000
TRANSCRIPTS = ("ep15", "ep30", "ep36", "ep40", "ep50", "ep55.5", "ep63", "ep66")


def read(path: Path, **more: Any) -> list[Snapshot]:
    return list(read_export(path, **more))


def one(tmp_path: Path, content: str = "x", **more: Any) -> Snapshot:
    [snapshot] = read(put(tmp_path / "e.json", discord(discord_message(0, content, **more))))
    return snapshot


def texts(path: Path) -> list[str | None]:
    return [snapshot.message.text for snapshot in read(path)]


# --- a message ---------------------------------------------------------------------------------


def test_a_message_has_its_ids_its_time_and_its_author(tmp_path: Path) -> None:
    snapshot = one(tmp_path, "# GNoME", timestamp="2023-12-20T21:00:00.1234567+09:00")
    message = snapshot.message
    assert (message.id, message.channel, message.by) == ("1190000000000000000", "2", "1000")
    assert message.at == message.stamp == NINE_PM + 123_456
    assert message.text == "# GNoME"
    assert (message.reply_to, message.threaded, message.thread) == (None, False, None)
    assert snapshot.author == Person("1000", "buka")
    assert (snapshot.reactions, snapshot.previews) == ((), ())


def test_an_edit_is_the_messages_stamp(tmp_path: Path) -> None:
    message = one(tmp_path, timestampEdited="2023-12-20T21:05:00+09:00").message
    assert (message.at, message.stamp) == (NINE_PM, NINE_PM + 300_000_000)


def test_a_reply_names_what_it_replies_to(tmp_path: Path) -> None:
    reference = {"messageId": "77", "channelId": "2", "guildId": "1"}
    assert one(tmp_path, type="Reply", reference=reference).message.reply_to == "77"
    assert one(tmp_path, reference=reference).message.reply_to is None


def test_a_forwarded_message_says_what_it_carries(tmp_path: Path) -> None:
    snapshot = one(
        tmp_path,
        "",
        reference={"type": "Forward", "messageId": "77"},
        forwardedMessage={
            "content": "https://a.example/1",
            "embeds": [{"title": "論文", "url": "https://a.example/1"}],
        },
    )
    assert snapshot.message.text == "https://a.example/1"
    assert snapshot.message.reply_to is None
    assert snapshot.previews == (Preview("https://a.example/1", "論文"),)


def test_embeds_are_previews_where_they_have_a_title(tmp_path: Path) -> None:
    embeds = [
        {"title": " 論文 ", "url": "https://a.example/1", "author": {"name": "A", "url": "u"}},
        {"title": "", "url": "https://a.example/2"},
        {"title": "画像", "url": None},
    ]
    assert one(tmp_path, embeds=embeds).previews == (Preview("https://a.example/1", "論文"),)


def test_reactions_name_the_people_and_leave_out_bots_and_custom_emoji(tmp_path: Path) -> None:
    def reaction(name: str, *users: dict[str, Any], id: str | None = "") -> dict[str, Any]:
        emoji = {"id": id, "name": name, "code": "memo"}
        return {"emoji": emoji, "count": len(users) or 2, "users": list(users)}

    reactions = [
        reaction("📝", HOST, BOT, OTHER),
        reaction("🔒", BOT),
        reaction("🚫"),
        reaction("📝", HOST, id="55"),
        {"emoji": {"id": None, "name": "👍🏻"}, "count": 1},
    ]
    assert one(tmp_path, reactions=reactions).reactions == (
        Reaction("📝", "1000"),
        Reaction("📝", "1001"),
        Reaction("🚫", ""),
        Reaction("👍", ""),
    )
    raw = discord_message(0, "x")
    del raw["reactions"]
    [unknown] = read(put(tmp_path / "e.json", discord(raw)))
    assert unknown.reactions is None


def test_what_people_did_not_write_is_not_read(tmp_path: Path) -> None:
    path = put(
        tmp_path / "e.json",
        discord(
            discord_message(0, "Joined the server.", type="GuildMemberJoin"),
            discord_message(1, "Pinned a message.", type="ChannelPinnedMessage"),
            discord_message(2, "", type="21"),
            discord_message(3, "https://a.example/1", author=BOT),
            discord_message(4, "人の"),
        ),
    )
    assert texts(path) == ["人の"]


def test_raw_and_plain_exports_give_the_same_text(tmp_path: Path) -> None:
    raw = one(
        tmp_path,
        "<@1001> <#2> <:blob:5> <t:1703073600:D> https://a.example/1",
        mentions=[OTHER],
        inlineEmojis=[{"id": "5", "name": "blob", "code": "blob"}],
    )
    plain = one(
        tmp_path,
        "@oka #show-notes :blob: 2023-12-20 https://a.example/1",
        mentions=[OTHER],
        inlineEmojis=[{"id": "5", "name": "blob", "code": "blob"}],
    )
    assert raw.message.text == "@oka #show-notes 2023-12-20 https://a.example/1"
    assert plain.message.text == raw.message.text


def test_dates_are_in_the_given_zone(tmp_path: Path) -> None:
    path = put(tmp_path / "e.json", discord(discord_message(0, "<t:1703086200:D>")))
    [snapshot] = read(path, zone=ZoneInfo("Asia/Tokyo"))
    assert snapshot.message.text == "2023-12-21"


# --- channels, threads, parts ------------------------------------------------------------------


def test_a_thread_knows_its_parent_and_what_it_hangs_on(tmp_path: Path) -> None:
    channel = {"id": "90", "type": "GuildPublicThread", "categoryId": "2", "name": "GNoME の話"}
    path = put(tmp_path / "e.json", discord(discord_message(0, "x"), channel=channel))
    [snapshot] = read(path)
    assert snapshot.message.channel == "90"
    assert snapshot.message.thread == Thread("90", "GNoME の話", "2", "90")


def test_a_thread_named_by_discord_after_its_first_message_has_no_topic_yet(tmp_path: Path) -> None:
    starter = discord_message(5, "すごい論文が出てる！")
    channel = {"id": starter["id"], "type": "GuildPublicThread", "name": "すごい論文が…"}
    put(tmp_path / "a thread.json", discord(discord_message(6, "どれ"), channel=channel))
    put(tmp_path / "channel.json", discord(starter))
    before, within = read(tmp_path)
    assert before.message.thread is None
    assert within.message.thread == Thread(starter["id"], "", "3", starter["id"])


def test_a_forum_post_is_a_thread_whose_first_message_is_in_it(tmp_path: Path) -> None:
    first = discord_message(5, "GNoME について\nhttps://a.example/1")
    channel = {"id": first["id"], "type": "GuildPublicThread", "name": "GNoME について"}
    path = put(tmp_path / "post.json", discord(first, discord_message(6, "x"), channel=channel))
    assert {snapshot.message.thread.name for snapshot in read(path) if snapshot.message.thread} == {
        ""
    }


def test_a_file_brings_its_further_parts(tmp_path: Path) -> None:
    for number, name in enumerate(("x [2].json", "x [2] [part 2].json", "x [2] [part 10].json")):
        put(tmp_path / name, discord(discord_message(number, name)))
    for number in range(3, 10):
        name = f"x [2] [part {number}].json"
        put(tmp_path / name, discord(discord_message(20 + number, name)))
    put(tmp_path / "another.json", discord(discord_message(50, "another")))
    found = texts(tmp_path / "x [2].json")
    assert found[:3] == ["x [2].json", "x [2] [part 2].json", "x [2] [part 3].json"]
    assert found[-1] == "x [2] [part 10].json"
    assert len(found) == 10
    assert texts(tmp_path / "x [2] [part 10].json") == ["x [2] [part 10].json"]
    assert texts(tmp_path) == ["another", *found]


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    for name in ("x.json", "x [part 2].json", "x [part 4].json"):
        put(tmp_path / name, discord())
    with pytest.raises(ExportError, match=r"x \[part 3\] is missing"):
        read(tmp_path / "x.json")


def test_a_folder_and_a_zip_of_it_are_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    put(folder / "チャンネル.json", discord(discord_message(0, "<#9>")))
    put(folder / "thread.json", discord(discord_message(1, "y"), channel={"id": "9", "name": "t"}))
    put(folder / "package.json", {"name": "not ours"})
    put(folder / "x.json_Files" / "attached.json", discord(discord_message(2, "attached")))
    put(folder / "__MACOSX" / "._x.json", {})
    found = read(folder)
    assert [snapshot.message.text for snapshot in found] == ["y", "#t"]
    assert read(pack(folder, tmp_path / "e.zip")) == found
    assert read(pack(folder, tmp_path / "f.zip", "Export 2023/")) == found


def test_the_channel_is_found_wherever_it_stands(tmp_path: Path) -> None:
    whole = discord(discord_message(0, "x"))
    turned = dict(reversed(whole.items()))
    assert list(turned).index("messages") < list(turned).index("channel")
    assert read(put(tmp_path / "a.json", turned)) == read(put(tmp_path / "b.json", whole))


def test_a_byte_order_mark_and_unknown_fields_do_not_matter(tmp_path: Path) -> None:
    whole = discord(discord_message(0, "x", poll={"q": [1.5e300, {}]}), version=2)
    path = tmp_path / "e.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(whole).encode())
    assert texts(path) == ["x"]


def test_progress_reaches_the_size_of_what_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    for number in range(3):
        messages = [discord_message(second, "x" * 2000) for second in range(60)]
        put(folder / f"{number}.json", discord(*messages, channel={"id": str(number)}))
    seen: list[tuple[int, int]] = []
    read(folder, progress=lambda done, total: seen.append((done, total)))
    size = sum(file.stat().st_size for file in folder.iterdir())
    assert seen[-1] == (size, size)
    assert len(seen) > 6
    assert seen == sorted(seen)


# --- the real thing ----------------------------------------------------------------------------


@pytest.mark.parametrize("episode", TRANSCRIPTS)
def test_the_sample_transcripts_are_read_whole(episode: str) -> None:
    path = sample("interaxion", "transcripts", episode, "export.json")
    assert_read_whole(path)


def test_the_sample_episode_is_read_whole() -> None:
    assert_read_whole(sample("interaxion", "ep57", "export.json"))


def assert_read_whole(path: Path) -> None:
    messages = json.loads(path.read_text(encoding="utf-8"))["messages"]
    found = read(path)
    assert [snapshot.message.id for snapshot in found] == [message["id"] for message in messages]
    assert [snapshot.message.text for snapshot in found] == [raw["content"] for raw in messages]
    assert [len(snapshot.reactions or ()) for snapshot in found] == [
        sum(reaction["count"] for reaction in raw["reactions"]) for raw in messages
    ]


def test_wherever_a_file_is_cut_short_it_is_said(tmp_path: Path) -> None:
    whole = json.dumps(
        discord(discord_message(0, "あ"), discord_message(1, "b")), indent=1
    ).encode()
    path = tmp_path / "e.json"
    for length in range(0, len(whole), 17):
        path.write_bytes(whole[:length])
        with pytest.raises(ExportError, match=r"e\.json"):
            read(path)
