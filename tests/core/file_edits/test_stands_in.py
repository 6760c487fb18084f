"""Where the words stand that people took away as what they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import ItemRemoved
from bot.core.file_edits.stands_in import stands_in, stands_in_written
from bot.core.file_events import ItemAdded, ItemWritten, TopicFound, TopicWritten

WORDS = st.lists(
    st.sampled_from(["harbour", "guest", "leaves", "baker", "bread"]), min_size=2, unique=True
)
FRAMES = st.sampled_from(["#### {}", "- one\n  - {}", "one, and {} today", "> {}", "1. {}"])


@given(WORDS, FRAMES)
def test_they_are_found_in_whatever_took_them_in(words: list[str], frame: str) -> None:
    said = " ".join(words)
    written = [("other", "- quite another thing"), ("holder", frame.format(said))]
    assert stands_in({"gone": f"- {said}"}, {}, written) == {"gone": "holder"}


@given(WORDS, FRAMES)
def test_what_said_it_before_is_no_new_place(words: list[str], frame: str) -> None:
    text = frame.format(" ".join(words))
    assert stands_in({"gone": f"- {' '.join(words)}"}, {"z": text}, [("z", f"{text} now")]) == {}


@given(WORDS, FRAMES)
def test_they_are_found_in_what_people_did(words: list[str], frame: str) -> None:
    said = " ".join(words)
    gone, text = {"gone": f"- {said}"}, frame.format(said)
    other = ("other", ItemAdded("- quite another thing", ""))
    for key, what in (
        ("new", ItemAdded(text, "")),
        ("new", TopicFound(text)),
        ("k", ItemWritten("new", "- was", text)),
        ("k", TopicWritten("new", "was", text)),
    ):
        assert stands_in_written(gone, [other, (key, what)]) == {"gone": "new"}
    stood = ItemWritten("new", text, f"{text} now")
    assert stands_in_written(gone, [other, ("k", stood), ("r", ItemRemoved("gone"))]) == {}


@pytest.mark.parametrize(
    ("gone", "text", "is_there"),
    [
        ("- <https://e.org/a>", "#### [The paper](https://e.org/a)", True),
        ("- [The paper](https://e.org/a)", "#### The paper", False),
        ("- [The paper](https://e.org/a)", "- [The paper](https://e.org/b)", False),
        ("- international guests", "- international harbours", False),
        ("- a baker from Osaka comes", "- a baker", False),
        ("- ゲストはパン屋です", "- それと、ゲストはパン屋です", True),
    ],
)
def test_a_link_goes_by_its_address_and_words_by_most_of_them(
    gone: str, text: str, is_there: bool
) -> None:
    assert bool(stands_in({"gone": gone}, {}, [("z", text)])) is is_there
