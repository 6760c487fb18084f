"""The picture of an episode: what kind of file it is, by its first bytes."""

_KINDS = (
    (b"\x89PNG\r\n\x1a\n", 0, "png"),
    (b"\xff\xd8\xff", 0, "jpg"),
    (b"GIF87a", 0, "gif"),
    (b"GIF89a", 0, "gif"),
    (b"WEBP", 8, "webp"),
    (b"ftypavif", 4, "avif"),
)


def kind_of(data: bytes) -> str | None:
    """Return how the name of a picture's file ends; None for what a browser shows as none.

    (SVG is none: it may hold scripts.)
    """
    return next((kind for mark, at, kind in _KINDS if data.startswith(mark, at)), None)
