"""What people made part of another line, as the chat says it by now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.file_edits.said_anew import said_anew
from bot.core.merge.words import words_in

WORDS = st.lists(st.sampled_from(["harbour", "guest", "leaves", "baker", "bread"]), min_size=1)


@pytest.mark.parametrize(
    ("text", "was", "now", "right"),
    [
        ("- one\n  - a baker comes", "- a baker comes", "- a cook comes",
         "- one\n  - a cook comes"),
        ("one, and a baker comes", "- a baker comes", "- a cook comes", "one, and a cook comes"),
        ("a good baker comes", "- a baker comes", "- a baker comes today",
         "a good baker comes today"),
        ("A baker comes", "- A baker comes", "", ""),
        ("- one\n  - a baker comes", "- a baker comes", "", "- one"),
        ("- one\n  - a baker\n  - with bread", "- a baker\n  - with bread", "", "- one"),
        ("- one\n  - a baker", "- a baker", "- a baker\n  - with bread",
         "- one\n  - a baker\n    - with bread"),
        ("- one\n  - a baker\n    - with bread", "- a baker", "- a baker\n  - with bread", None),
        ("one, and a baker", "- a baker", "- a baker\n  - with bread", None),
        ("- one\n  - a baker", "- a baker", "- a cook\n  - with bread",
         "- one\n  - a cook\n    - with bread"),
        ("[The paper](https://e.org/a)", "- <https://e.org/a>", "", ""),
        ("See [it](https://e.org/a) now", "- <https://e.org/a>", "", "See  now"),
        ("of something else", "- a baker comes", "- a cook comes", None),
        ("- a cook comes", "- a baker comes", "- a cook comes", None),
    ],
)  # fmt: skip
def test_it_says_the_new_words(text: str, was: str, now: str, right: str | None) -> None:
    assert said_anew(text, was, now) == right


@given(WORDS, WORDS, WORDS, WORDS)
def test_words_around_it_stay(
    before: list[str], was: list[str], now: list[str], after: list[str]
) -> None:
    text = " ".join(["head", *before, "then", *was, "then", *after, "tail"])
    found = said_anew(text, f"- {' '.join(was)}", f"- {' '.join(now)}")
    if found is None:
        assert " ".join(now) in text
    else:
        assert len(words_in(found)) == len(words_in(text)) - len(was) + len(now)
        assert " ".join(now) in found


@given(WORDS, WORDS)
def test_it_is_asked_once(was: list[str], now: list[str]) -> None:
    text = f"- one\n  - {' '.join(was)}"
    old, new = f"- {' '.join(was)}", f"- {' '.join(now)}"
    found = said_anew(text, old, new)
    assert said_anew(found or text, old, new) is None


@given(WORDS, st.lists(WORDS, max_size=3))
def test_what_people_put_below_it_stays_where_it_goes(
    was: list[str], more: list[list[str]]
) -> None:
    parts = [f"- part {number} {' '.join(one)}" for number, one in enumerate(more)]
    said = "\n".join([f"- {' '.join(was)} gone", *(f"  {one}" for one in parts)])
    text = "\n".join(["- one", *(f"  {line}" for line in said.split("\n"))])
    found = said_anew(text, said, "", parts=parts)
    assert found == "\n".join(["- one", *(f"  {one}" for one in parts)])
