"""Lines that define what links by reference lead to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.definitions import only_defines

DEFINED = st.sampled_from(
    [
        "[a1]: https://example.org/a",
        "  [Two words]: <https://example.org/b>",
        '[c]: https://example.org/c "Its title"',
        "[猫]: https://example.org/d (the title)",
        "[e]: HTTPS://example.org/e\n  'on the next line'",
    ]
)
OTHER = st.sampled_from(
    [
        "- [a1]: https://example.org/a",
        "[a1]: https://example.org/a and words",
        "[by Sam][a1]",
        "[^1]: a footnote",
        "words",
        "'a title of nothing'",
    ]
)


@given(st.lists(DEFINED | st.just(""), min_size=1))
def test_definitions_alone_are_nothing_that_a_reader_sees(lines: list[str]) -> None:
    assert only_defines("\n".join(lines)) is any(lines)


@given(st.lists(DEFINED, max_size=3), OTHER, st.lists(DEFINED, max_size=3))
def test_with_anything_else_they_are(above: list[str], other: str, below: list[str]) -> None:
    # That is a title where a definition above has none yet.
    is_title = other.startswith("'") and above and above[-1].endswith(("/a", "/b>"))
    assert only_defines("\n".join([*above, other, *below])) is bool(is_title)


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_nothing_defines_nothing(text: str) -> None:
    assert not only_defines(text)
