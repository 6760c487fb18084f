"""A file that is given with a command becomes an option's value, the same on every platform."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CommandError
from bot.services.desk.given_files import LARGEST_FILE, check_size, option_value


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r")))
def test_a_text_stays_what_it_is_however_its_lines_end(text):
    text = text.removeprefix("\ufeff")
    for end in ("\n", "\r\n", "\r"):
        data = text.replace("\n", end).encode("utf-8-sig")
        assert option_value(data, kind="file", name="cut.txt") == text


@given(st.binary())
def test_a_picture_keeps_its_bytes(data):
    value = option_value(data, kind="picture", name="cover.jpg")
    assert base64.b64decode(value, validate=True) == data


def test_what_is_no_text_or_too_large_is_refused_by_its_name():
    with pytest.raises(CommandError, match=r"cut\.txt"):
        option_value(b"\xff\xfe\x00", kind="file", name="cut.txt")
    check_size(LARGEST_FILE, kind="file", name="cut.txt")
    with pytest.raises(CommandError, match=r"cut\.txt"):
        check_size(LARGEST_FILE + 1, kind="file", name="cut.txt")
    with pytest.raises(CommandError) as refused:
        check_size(LARGEST_FILE + 1, kind="picture", name="cover.jpg")
    assert refused.value.name == "publish.picture-large"
    assert f"{LARGEST_FILE // 1024 // 1024} MB" in str(refused.value)
