"""What cannot be read as an export is refused in one line that names the file and the place."""

import io
import json
import os
import re
import shutil
import struct
import zipfile
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.export import json_stream
from bot.adapters.export.json_stream import JsonFile
from bot.adapters.export.read import read_export
from bot.errors import ExportError
from tests.adapters.export.exports import BOT, HOST, discord, discord_message, pack, put, slack


def refused(path: Path) -> str:
    """Read to the end, and give the line that it ended with."""
    with pytest.raises(ExportError) as caught:
        list(read_export(path))
    for language in ("en", "ja"):
        line = caught.value.say(language)
        assert str(path.name) in line
        assert "\n" not in line
    return caught.value.say()


# --- whole files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n \n", "ends in the middle, after entry 0"),
        (b"hello", "is not JSON"),
        (b"# Notes\n- a", "is not JSON"),
        (b"\x00" * 5000, "is not JSON"),
        (json.dumps(discord(discord_message(0, "x"))).encode("utf-16"), "is not UTF-8"),
        (json.dumps(discord(discord_message(0, "漢字の投稿")), ensure_ascii=False).encode("cp932"),
         "is not UTF-8"),
        (b'{"a": 1}', "not a chat export that Rundown knows"),
        (b"[]", "not a chat export that Rundown knows"),
        (b'"x"', "not a chat export that Rundown knows"),
        (b'{"channel": {"id": "2"}}', "not a chat export that Rundown knows"),
        (b'{"channel": {"id": 2}, "messages": []}', "`channel.id`"),
        (b'{"channel": [], "messages": []}', "`channel.id`"),
        (b'{"channel": {"id": "2"}, "messages": []} {}', "is not JSON"),
        (b'{"channel": {"id": "2"}, "messages": [1, 2]}', "entry 1 .*not an object"),
        (b'{"channel": {"id": "2"}, "messages": {"a": 1}}', "entry 1 .*`author`"),
        (b'{"channel": {"id": "2"}, "messages": [{},]}', "`author`"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_export(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(content)
    assert re.search(said, refused(path))


def test_a_fault_is_placed_after_the_last_good_entry(tmp_path: Path) -> None:
    messages = [discord_message(number, "x" * 1000) for number in range(50)]
    text = json.dumps(discord(*messages))
    path = tmp_path / "e.json"
    path.write_text(text[: text.index(messages[40]["id"])] + "\x07")
    assert "after entry 41" in refused(path)
    path.write_text(text[: text.index(messages[40]["id"])])
    line = refused(path)
    assert "ends in the middle, after entry 41" in line
    assert str(path.stat().st_size) in line


def test_nothing_to_read(tmp_path: Path) -> None:
    assert "There is no" in refused(tmp_path / "absent.json")
    assert "holds no chat export" in refused(tmp_path)
    put(tmp_path / "a.json", {"a": 1})
    put(tmp_path / "b.json", [])
    assert "holds no chat export" in refused(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "neither a file nor a folder" in refused(pipe)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = put(tmp_path / "e.json", discord())
    path.chmod(0)
    assert "Permission denied" in refused(path)


# --- messages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": None}, "id"),
        ({"id": 1190000000000000000}, "id"),
        ({"id": "12; DROP"}, "id"),
        ({"type": None}, "type"),
        ({"timestamp": None}, "timestamp"),
        ({"timestamp": 1703073600}, "timestamp"),
        ({"timestamp": "yesterday"}, "timestamp"),
        ({"timestamp": "0001-01-01T00:00:00+09:00"}, "timestamp"),
        ({"timestamp": "9999-12-31T23:59:59-09:00"}, "timestamp"),
        ({"timestamp": "1969-12-31T00:00:00Z"}, "timestamp"),
        ({"timestampEdited": "never"}, "timestampEdited"),
        ({"content": None}, "content"),
        ({"content": ["x"]}, "content"),
        ({"author": None}, "author"),
        ({"author": {**HOST, "id": 1000}}, "id"),
    ],
)
def test_a_message_of_the_wrong_shape(tmp_path: Path, changes: dict[str, Any], field: str) -> None:
    messages = [discord_message(0, "fine"), {**discord_message(1, "x"), **changes}]
    line = refused(put(tmp_path / "e.json", discord(*messages)))
    assert "entry 2 " in line
    assert f"`{field}`" in line


def test_the_time_of_nowhere_is_refused(tmp_path: Path) -> None:
    """A time without a zone would move with the machine it is read on."""
    raw = discord_message(0, "x", timestamp="2023-12-20T21:00:00")
    assert "`timestamp`" in refused(put(tmp_path / "e.json", discord(raw)))


def test_a_message_longer_than_any_chat_allows(tmp_path: Path) -> None:
    path = put(tmp_path / "e.json", discord(discord_message(0, "x" * 100_000)))
    assert len(list(read_export(path))) == 1
    put(path, discord(discord_message(0, "x" * 100_001)))
    assert "over 100000 characters" in refused(path)
    folder = slack(tmp_path / "slack", {"C/2023-12-20": [{"user": "U1", "ts": "1703073600.0"}]})
    text = {"user": "U1", "ts": "1703073600.0", "text": "x" * 100_001}
    put(folder / "C" / "2023-12-20.json", [text])
    with pytest.raises(ExportError, match="over 100000 characters"):
        list(read_export(folder))


def test_what_is_not_read_need_not_be_right(tmp_path: Path) -> None:
    raw = {**discord_message(0, "x", author=BOT), "content": None, "timestamp": "never"}
    assert not list(read_export(put(tmp_path / "e.json", discord(raw))))


ODD = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["id", "name", "users", "emoji", "url"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(sorted(discord_message(0, ""))), ODD, max_size=4))
def test_a_field_of_any_shape_is_read_or_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    path = put(tmp_path / "e.json", discord({**discord_message(0, "x"), **changes}))
    try:
        list(read_export(path))
    except ExportError as error:
        assert "entry 1 " in str(error)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"a \ude00b", "a \ufffdb"),
        (r"\ud83d", "\ufffd"),
        (r"\uD83D\uD83D\uDE00!", "\ufffd😀!"),
        (r"\ude00\ud83d", "\ufffd\ufffd"),
        (r"\ud83d\ude00", "😀"),
        (r"\\ude00", "\\ude00"),
    ],
)
@pytest.mark.parametrize("padding", [0, 300_000], ids=["usual", "large"])
def test_half_a_pair_of_surrogates_becomes_a_sign_that_it_was_there(
    tmp_path: Path, written: str, text: str, padding: int
) -> None:
    raw = discord_message(0, "CONTENT", author={**HOST, "nickname": "CONTENT"})
    whole = json.dumps(discord({**raw, "padding": ["x"] * (padding // 5)}))
    path = tmp_path / "e.json"
    path.write_text(whole.replace("CONTENT", written), "utf-8")
    [found] = read_export(path)
    assert (found.message.text, found.author.name) == (text, text)


# --- values of any size and shape --------------------------------------------------------------

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["a", "b", "\\", "漢"]), inner),
    max_leaves=30,
)


def entries(text: str, key: str | None) -> list[object]:
    file = JsonFile("e.json", lambda: io.BytesIO(text.encode()))
    return list(file.entries(key, frozenset(["a", "b", "\\", "漢"])))


@given(st.lists(VALUES), VALUES, st.sampled_from([None, 1]), st.integers(30, 90))
def test_a_value_is_the_same_whole_or_in_parts(
    listed: list[object], beside: object, indent: int | None, usual: int
) -> None:
    whole = json.dumps({"x": beside, "list": listed, "y": beside}, indent=indent)
    with mock.patch.object(json_stream, "USUAL", usual), mock.patch.object(json_stream, "CHUNK", 7):
        assert entries(whole, "list") == listed
        assert entries(json.dumps(listed, indent=indent, ensure_ascii=False), None) == listed
    assert entries(whole, "list") == listed


@given(st.lists(VALUES), st.integers(30, 90), st.data())
def test_what_is_cut_short_says_so(listed: list[object], usual: int, data: st.DataObject) -> None:
    whole = json.dumps(listed)
    cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
    with (
        mock.patch.object(json_stream, "USUAL", usual),
        mock.patch.object(json_stream, "CHUNK", 7),
        pytest.raises(ExportError) as caught,
    ):
        entries(cut, None)
    assert caught.value.name == "export.cut-short"


@pytest.mark.parametrize(
    "text",
    [
        *("[1,,2]", "[1 2]", '[{"a" 1}]', "[NaN]", "[-Infinity]", "[01]", "[1]]", "[nul]"),
        *('["\t"]', "[tru]", '["\\x"]', "[{1: 2}]"),
    ],
)
@pytest.mark.parametrize("usual", [30, 1 << 18])
def test_what_is_no_json_is_told(text: str, usual: int) -> None:
    with (
        mock.patch.object(json_stream, "USUAL", usual),
        pytest.raises(ExportError) as caught,
    ):
        entries(text, None)
    assert caught.value.name == "export.not-json"


# --- ZIPs --------------------------------------------------------------------------------------


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    for number in range(30):
        messages = [discord_message(second, os.urandom(200).hex()) for second in range(20)]
        put(tmp_path / "x" / f"{number}.json", discord(*messages, channel={"id": str(number)}))
    return pack(tmp_path / "x", tmp_path / "e.zip")


def test_a_zip_that_was_cut_or_bent(packed: Path) -> None:
    whole = packed.read_bytes()
    packed.write_bytes(whole[:-100])
    assert "not a whole ZIP" in refused(packed)
    bent = bytearray(whole)
    bent[len(whole) // 3 : len(whole) // 3 + 50] = bytes(50)
    packed.write_bytes(bent)
    assert "cannot be read (bad ZIP)" in refused(packed) or "not JSON" in refused(packed)


def test_a_zip_with_a_password_or_another_method(tmp_path: Path, packed: Path) -> None:
    pack(tmp_path / "x", packed, method=zipfile.ZIP_LZMA)
    assert "packed in a way we do not read" in refused(packed)
    pack(tmp_path / "x", packed)
    content = bytearray(packed.read_bytes())
    at = content.find(b"PK\1\2")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\1\2", at + 4)
    packed.write_bytes(content)
    assert "packed in a way we do not read" in refused(packed)


def test_a_zip_that_unpacks_to_too_much(tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb, bomb.open("e.json", "w") as out:
        out.write(b'{"guild": {}, "junk": "')
        for _ in range(110):
            out.write(b"x" * (1 << 20))
    assert "unpacks to over 200 times its size" in refused(path)


def test_a_zip_with_too_many_files(packed: Path) -> None:
    """Its directory would fill the memory before the first file is seen."""
    content = bytearray(packed.read_bytes())
    content[-10:-6] = struct.pack("<I", 9 << 20)
    packed.write_bytes(content)
    assert "too many files" in refused(packed)


def test_reading_leaves_no_file_behind(tmp_path: Path, packed: Path) -> None:
    shutil.rmtree(tmp_path / "x")
    assert len(list(read_export(packed))) == 600
    assert list(tmp_path.iterdir()) == [packed]
