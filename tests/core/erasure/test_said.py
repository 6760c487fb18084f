"""What others' items say by themselves that people put into the lines of a message."""

from bot.core.erasure.said import lines_within
from bot.core.file_events import ConflictFound, ItemNested, ItemWritten, StandsIn
from tests.talk import in_file, url

PUT = [in_file(10, StandsIn("m2/a", "m1/a")), in_file(11, ItemNested("m3/a", "m2/a", "top"))]


def test_the_first_lines_of_what_stands_there_are_known_however_far_in() -> None:
    events = [
        *PUT,
        in_file(12, ItemWritten("m2/a", f"- <{url(2)}>", f"- [two]({url(2)})\n  - a note")),
        in_file(13, ConflictFound("item", "m3/a", "c", "", "", said="- three anew", had="- three")),
    ]
    told = {f"<{url(2)}>", f"[two]({url(2)})", "three", "three anew"}
    assert lines_within(events, "m1", ()) == told


def test_what_stands_elsewhere_is_none_of_it_nor_what_has_an_address_that_goes() -> None:
    events = [
        *PUT,
        in_file(12, ItemWritten("m4/a", None, "- four")),
        in_file(13, ItemWritten("m2/a", None, f"- [one]({url(1)}) and two")),
    ]
    assert lines_within(events, "m1", {url(1)}) == set()


def test_what_stands_in_itself_alone_is_in_no_line() -> None:
    events = [in_file(10, StandsIn("m2/a", "m2/a")), in_file(11, ItemWritten("m2/a", None, "- b"))]
    assert lines_within(events, "m1", ()) == set()
