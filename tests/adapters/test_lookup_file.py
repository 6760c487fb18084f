"""Look-up files are read and written line by line."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.lookup_file import read_lookups, write_lookups
from bot.core.model import Lookup
from bot.errors import LookupFileError
from tests.needs import sample

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
LOOKUPS = st.lists(
    st.builds(
        Lookup,
        url=TEXT.filter(bool),
        title=st.none() | TEXT,
        site_name=st.none() | TEXT,
        embed_html=st.none() | TEXT,
        error=st.none() | TEXT,
        source=st.just("file"),
    ),
    max_size=5,
)


def refused(path: Path) -> str:
    with pytest.raises(LookupFileError) as caught:
        read_lookups(path)
    assert str(path) in caught.value.say("ja")
    assert "\n" not in str(caught.value)
    return str(caught.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOOKUPS)
def test_what_was_written_is_read_again(tmp_path: Path, lookups: list[Lookup]) -> None:
    path = tmp_path / "lookups.jsonl"
    write_lookups(path, lookups)
    assert read_lookups(path) == lookups
    before = path.read_bytes()
    write_lookups(path, read_lookups(path))
    assert path.read_bytes() == before


def test_a_line_holds_what_is_known_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "lookups.jsonl"
    found = Lookup("https://a.example/1", "論文", source="page", at=5)
    write_lookups(path, [found, Lookup("https://a.example/2", error="HTTP 404")])
    assert path.read_text(encoding="utf-8") == (
        '{"url": "https://a.example/1", "title": "論文"}\n'
        '{"url": "https://a.example/2", "error": "HTTP 404"}\n'
    )


def test_blank_lines_unknown_keys_and_a_byte_order_mark_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "lookups.jsonl"
    line = json.dumps({"url": "https://a.example/1", "title": "T", "extra": [1]})
    path.write_bytes(b"\xef\xbb\xbf" + line.encode() + b"\r\n\r\n")
    assert read_lookups(path) == [Lookup("https://a.example/1", "T", source="file")]


def test_half_a_character_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "lookups.jsonl"
    path.write_text('{"url": "https://a.example/1", "title": "a\\ud83d"}')
    assert read_lookups(path)[0].title == "a?"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"title", "line 2 is not a look-up"),
        (b"[]", "line 2 is not a look-up"),
        (b'{"url": "x"', "line 2 is not a look-up"),
        (b'{"url": "\x82\xa0"}', "line 2 is not a look-up"),
        (b"[" * 100_000, "line 2 is not a look-up"),
        (b"9" * 10_000, "line 2 is not a look-up"),
        (b'{"title": "x"}', "line 2: `url`"),
        (b'{"url": ""}', "line 2: `url`"),
        (b'{"url": "x", "title": 5}', "line 2: `title`"),
        (b'{"url": "x", "title": "' + b"x" * 10_001 + b'"}', "line 2: `title`"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: bytes, said: str) -> None:
    path = tmp_path / "lookups.jsonl"
    path.write_bytes(b'{"url": "https://a.example/1"}\n' + line)
    assert said in refused(path)


def test_a_file_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    assert "There is no look-up file" in refused(tmp_path / "absent.jsonl")
    assert "Is a directory" in refused(tmp_path)
    huge = tmp_path / "huge.jsonl"
    with huge.open("wb") as stream:
        stream.truncate(65 << 20)
    assert "larger than 64 MB" in refused(huge)
    with pytest.raises(LookupFileError, match="cannot be written"):
        write_lookups(tmp_path / "no" / "such" / "folder.jsonl", [])


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.mkdir()
    with pytest.raises(LookupFileError, match="cannot be written"):
        write_lookups(path, [Lookup("https://a.example/1", "T")])
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["", ".", "n" * 300, "/proc/nothing.jsonl"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(LookupFileError, match="cannot be written"):
        write_lookups(tmp_path / name if name else Path(), [])


def test_a_name_as_long_as_can_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    write_lookups(path, [Lookup("https://a.example/1", "T")])
    assert [found.title for found in read_lookups(path)] == ["T"]


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    path, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    link.symlink_to(path)
    write_lookups(link, [Lookup("https://a.example/1", "T")])
    assert link.is_symlink()
    assert len(read_lookups(path)) == 1


def test_what_is_no_file_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_lookups(path, [Lookup("https://a.example/1")])
        assert os.read(reader, 100) == b'{"url": "https://a.example/1"}\n'
    finally:
        os.close(reader)
    assert path.is_fifo()


def test_the_sample_is_read_whole() -> None:
    path = sample("interaxion", "ep57", "lookups.jsonl")
    assert len(read_lookups(path)) == len(path.read_text(encoding="utf-8").splitlines())
