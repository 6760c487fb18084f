"""Whose lines they are that stood within a message's text when it goes off the record."""

import pytest

from bot.core.document.version import Side
from bot.core.erasure.line_heirs import owners_left

LINK = "https://link.example/"
BARE, TITLED = f"- <{LINK}>\n", f"- [Title]({LINK})\n"


@pytest.mark.parametrize("now", [BARE, TITLED])
def test_a_link_that_was_below_it_is_its_own_message_s_though_the_web_has_a_title(now: str) -> None:
    """The note below went, as that of a link which people had taken out."""
    before = Side(f"- secret\n  {BARE}    - note\n", ("m1/a/0",) * 3)
    after = Side(f"{now}  - note\n", ("m2/b/0",) * 2)
    assert owners_left(before, after, {0, 1, 2}, {}) == ["m1/a/0", "m2/b/0", "m2/b/0"]


def test_a_title_of_people_s_is_not_taken_for_another_one() -> None:
    before = Side(f"- secret\n  - [Theirs]({LINK})\n", ("m1/a/0",) * 2)
    after = Side(TITLED, ("m2/b/0",))
    assert owners_left(before, after, {0, 1}, {}) == ["m1/a/0", "m1/a/0"]


def test_one_line_by_now_is_of_one_line_then() -> None:
    before = Side(f"- secret\n  {BARE}  {BARE}", ("m1/a/0",) * 3)
    after = Side(TITLED, ("m2/b/0",))
    assert owners_left(before, after, {0, 1, 2}, {}) == ["m1/a/0", "m2/b/0", "m1/a/0"]
