"""Which lines a draft hides once their message is off the record."""

import pytest

from bot.core.merge.merge import Merged
from bot.services.drafting.hidden_lines import hide
from bot.services.ports import Draft


@pytest.mark.parametrize(
    ("locked", "other"),
    [("C# is nice\n", "C is nice\n"), ("Chapter 1. Rome\n", "Chapter 2. Rome\n")],
)
def test_what_looks_like_a_mark_within_a_line_is_a_part_of_it(locked: str, other: str) -> None:
    """Else the two were one: the other was hidden, and the store kept the one that is locked."""
    draft = Draft("d", "e", 1, 1, "a.md", f"{locked}\n{other}", ("m1/1", None, "m2/1"), "", "", {})
    hidden = hide(draft, Merged(other, ("m2/1",), ()), "m1", key="a key")
    assert hidden.written == f"\n{other}"
