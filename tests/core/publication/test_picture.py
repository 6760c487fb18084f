"""A picture is told by its first bytes, whatever its name."""

import pytest

from bot.core.publication.picture import kind_of


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0....", "jpg"),
        (b"GIF87a....", "gif"),
        (b"GIF89a....", "gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00\x20ftypavif....", "avif"),
        (b"\x00\x00\x00\x20ftypheic....", None),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", None),
        (b"WEBP", None),
        (b".GIF89a", None),
        (b"<svg></svg>", None),
        (b"", None),
    ],
)
def test_a_picture_is_told_by_its_first_bytes(data, kind):
    assert kind_of(data) == kind
