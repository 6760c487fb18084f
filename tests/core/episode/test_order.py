"""Which of a message's states counts."""

from dataclasses import replace

import pytest

from tests.talk import fold, said, told, url


@pytest.mark.parametrize("key", ["0002@2000000", "0002@2000000~9"])
@pytest.mark.parametrize("first", [False, True])
def test_a_state_with_its_text_counts_whatever_was_stored_of_it_without(
    key: str, *, first: bool
) -> None:
    texts = [said(2, url(1)), replace(said(2, None), key=key)]
    outline = fold(said(1, "# A"), *sorted(texts, key=lambda one: one.key, reverse=first))
    assert told(outline.episode) == ["# A", "1"]
