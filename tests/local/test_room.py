"""The local chat's own room."""

import json
import subprocess
import sys
from datetime import UTC
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError, StoreError
from bot.local.room import CHANNEL, LocalRoom, as_message, as_snapshot, message_id, person_named

BUKA = person_named("buka")


def room_in(folder: Path) -> LocalRoom:
    return LocalRoom.open(folder / "room.jsonl", clock=lambda: 1_000)


def test_what_was_said_is_there_when_the_room_is_opened_again(tmp_path: Path) -> None:
    room = room_in(tmp_path)
    room.post(BUKA, "# 話題\nhttps://example.org/a")
    room.post(person_named("oka"), "hm", reply_to=1)
    room.edit(1, "# Topic")
    again = room_in(tmp_path)
    assert again.posts() == room.posts()
    assert [post.text for post in again.posts()] == ["# Topic", "hm"]


def test_of_an_address_with_a_secret_only_the_host_is_in_the_file(tmp_path: Path) -> None:
    room = room_in(tmp_path)
    post = room.post(BUKA, "see https://me:hush@example.org/a and https://example.org/b")
    assert post.text is not None
    assert "hush" in post.text  # this time, it is told what is left out
    room.post(BUKA, "x")
    room.edit(2, "HTTP://me:hu@sh@example.org")
    room.post(BUKA, "[draft](https://example.org/hush?token=0123abcd)\n- 草")
    room.post(BUKA, "https://a.example/?to=https%3A%2F%2Fhush.example%2F%3Fpwd%3D1")
    room.post(BUKA, "見て（https://a.example/?token=0123abcd）と **https://b.example/?pwd=1**、")
    room.post(BUKA, "https://a.example/?q=1)&pwd=hush")
    assert "hu" not in (tmp_path / "room.jsonl").read_text()
    assert [one.text for one in room_in(tmp_path).posts()] == [
        "see https://***:***@example.org/ and https://example.org/b",
        "https://***:***@example.org/",
        "[draft](https://***:***@example.org/)\n- 草",
        "https://***:***@a.example/",
        "見て（https://***:***@a.example/）と **https://***:***@b.example/**、",
        "https://***:***@a.example/",
    ]


def test_times_rise_even_if_the_clock_stands_still_or_falls_back(tmp_path: Path) -> None:
    ticks = iter([500, 500, 100, 100])
    room = LocalRoom.open(tmp_path / "room", clock=lambda: next(ticks))
    times = [room.post(BUKA, "a").at, room.now(), room.post(BUKA, "b").at]
    assert times == sorted(set(times))
    later = LocalRoom.open(tmp_path / "room", clock=lambda: 1)
    assert later.now() > times[-1]


def test_ids_sort_as_the_messages_do_and_hold_no_stroke() -> None:
    ids = [message_id(number) for number in (1, 9, 10, 99, 100, 12_345)]
    assert ids == sorted(ids)
    assert not any("/" in name for name in ids)


async def test_the_desk_can_ask_for_a_message_as_it_is_now(tmp_path: Path) -> None:
    room = room_in(tmp_path)
    first = room.post(BUKA, "one")
    edited = room.edit(1, "two")
    assert await room.fetch(CHANNEL, first.id, UTC) == as_snapshot(edited)
    assert as_message(edited).stamp > as_message(first).stamp
    room.edit(1, None)
    for channel, message in [(CHANNEL, first.id), (CHANNEL, "L2"), ("x", first.id), (CHANNEL, "")]:
        assert await room.fetch(channel, message, UTC) is None


def test_a_deleted_message_is_in_the_file_no_more_and_its_number_is_not_used_again(
    tmp_path: Path,
) -> None:
    room = room_in(tmp_path)
    room.post(BUKA, "a secret")
    room.edit(1, None)
    assert "secret" not in (tmp_path / "room.jsonl").read_text()
    assert room.newest() is None
    assert room_in(tmp_path).post(BUKA, "b").number == 2


@given(cut=st.integers(1, 60))
def test_a_line_that_a_crash_cut_short_is_dropped_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("room")
    room = room_in(folder)
    room.post(BUKA, "kept")
    whole = (folder / "room.jsonl").read_bytes()
    room.post(BUKA, "後で書いた長い投稿 後で書いた長い投稿")
    both = (folder / "room.jsonl").read_bytes()
    (folder / "room.jsonl").write_bytes(both[: max(len(whole), len(both) - cut - 1)])
    again = room_in(folder)
    assert [post.text for post in again.posts()] == ["kept"]
    assert again.cut_short == (len(both) - cut - 1 > len(whole))
    assert again.post(BUKA, "next").number == 2
    assert [post.text for post in room_in(folder).posts()] == ["kept", "next"]


@pytest.mark.parametrize(
    "line", ["[]", "{}", "no", '{"number":7,"at":1,"by":"b","name":"b","text":""}']
)
def test_a_file_that_is_no_room_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    room_in(tmp_path).post(BUKA, "a")
    with (tmp_path / "room.jsonl").open("a") as file:
        file.write(line + "\n")
    before = (tmp_path / "room.jsonl").read_bytes()
    with pytest.raises(InputError, match=r"^Line 2 of .*room\.jsonl"):
        room_in(tmp_path)
    assert (tmp_path / "room.jsonl").read_bytes() == before


def test_a_room_that_cannot_be_written_says_so_and_stays_as_it_was(tmp_path: Path) -> None:
    room = LocalRoom.open(tmp_path / "missing" / "room", clock=lambda: 1)
    with pytest.raises(StoreError, match="cannot be written"):
        room.post(BUKA, "a")
    assert room.posts() == []


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from bot.errors import StoreError
from bot.local.room import LocalRoom, person_named

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
room = LocalRoom.open(Path(sys.argv[1]), clock=lambda: 1)
room.post(person_named("buka"), "kept")
try:
    room.post(person_named("buka"), "x" * 4_000)
except StoreError:
    room.post(person_named("buka"), "short")
"""


def test_a_message_that_does_not_fit_on_the_disk_leaves_no_part_of_it(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", FULL_DISK, str(tmp_path / "room.jsonl")], check=True)
    again = room_in(tmp_path)
    assert [post.text for post in again.posts()] == ["kept", "short"]
    assert not again.cut_short


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
def test_any_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("room")
    room = LocalRoom.open(folder / "room.jsonl", clock=count(1).__next__)
    for text in texts:
        room.post(BUKA, text)
    assert [post.text for post in room_in(folder).posts()] == texts
    for line in (folder / "room.jsonl").read_text().split("\n")[:-1] if texts else ():
        json.loads(line)


def test_names_differ_by_what_they_say_alone() -> None:
    assert person_named(" Ｂｕｋａ ").id == person_named("buka").id
    assert person_named("ブカ\n\x1b[31m").name == "ブカ [31m"
    assert person_named(" \u200b\n").name == ""
    assert len(person_named("あ" * 500).name) == 40
