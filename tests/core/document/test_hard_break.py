from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.hard_break import hard_break, with_break

LINES = st.text(st.sampled_from("a\\ -"), max_size=8).filter(str.strip)


@given(LINES)
def test_a_line_is_broken_once(line: str) -> None:
    broken = with_break(line)
    assert hard_break(broken) in ("\\", *(" " * count for count in range(2, 12)))
    assert with_break(broken) == broken
    assert broken.startswith(line)


def test_an_escaped_backslash_and_one_blank_are_no_breaks() -> None:
    assert [hard_break(line) for line in ("a\\\\", "a ", "a", "a\\ ")] == ["", "", "", ""]
    assert [hard_break(line) for line in ("a\\", "a  ", "a\\\\\\", "a\\   ")] == [
        "\\", "  ", "\\", "   ",
    ]  # fmt: skip
