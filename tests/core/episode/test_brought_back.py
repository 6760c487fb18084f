"""What was brought back and what becomes of its message after that."""

from collections.abc import Callable

import pytest

from bot.core.events import Event, ItemRemoved, ItemRestored
from tests.talk import did, fold, gone, in_file, said, told, url

A_AND_B = (said(1, "# A"), said(2, url(1)), said(3, "# B"), said(4, url(2)), said(5, url(3)))


@pytest.mark.parametrize("by", [did, in_file])
def test_what_was_brought_back_goes_once_its_message_is_deleted(by: Callable[..., Event]) -> None:
    item = fold(*A_AND_B).episode.topics[1].items[0].id
    back = (by(20, ItemRemoved(item)), by(30, ItemRestored(item)))
    assert told(fold(*A_AND_B, *back).episode) == ["# A", "1", "# B", "2", "3"]
    outline = fold(*A_AND_B, *back, gone(4, at=40))
    assert told(outline.episode) == ["# A", "1", "# B", "3"]
    outline.apply(did(50, ItemRestored(item)))
    assert told(outline.episode) == ["# A", "1", "# B", "2", "3"]
