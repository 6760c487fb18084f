import pytest

from bot.core.chapters.id3 import HEADER, tag, tag_length


@pytest.mark.parametrize("size", [0, 1, 127, 128, 16_383, 16_384, 300_000])
def test_a_tag_says_its_own_length_in_bytes_of_seven_bits(size):
    made = tag(bytes(size))
    assert len(made) == HEADER + size
    assert tag_length(made[:HEADER]) == len(made)
    assert tag(b"", padding=size) == made


def test_a_tag_that_its_length_cannot_count_is_refused():
    with pytest.raises(ValueError, match="smaller than 256 MB"):
        tag(b"", padding=1 << 28)


def test_a_footer_counts_too():
    start = b"ID3\x04\x00\x10" + bytes([0, 0, 1, 0])
    assert tag_length(start) == HEADER + 128 + HEADER


@pytest.mark.parametrize(
    "start",
    [b"", b"ID3\x03\x00\x00\x00\x00\x01", b"TAG" + bytes(7), b"ID3\x03\x00\x00\x00\x00\x00\x80"],
)
def test_what_is_no_tag_has_no_length(start):
    assert tag_length(start) == 0
