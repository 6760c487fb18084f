"""Lists and tables in brackets, split into their elements without loss."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.front_matter.brackets import bracketed

TEXTS = st.sampled_from(["1", '"a # b"', "'# ]'", '"""x\n# y"""', "[1, 2]", "{a = 1}", "C#", "a b"])
TRIVIA = st.sampled_from(["", " ", "\n", " # one\n", " # one\n  # two, ]\n", "\n# 'three'\n\n"])


@given(st.lists(st.tuples(TRIVIA, TEXTS, TRIVIA), min_size=1, max_size=4), st.booleans(), TRIVIA)
def test_comments_and_blanks_around_an_element_are_no_part_of_its_text(parts, comma, tail):
    inside = ",\n".join("".join(part) for part in parts)
    text = f"[{inside}{',' if comma else ''}{tail}]"
    read = bracketed(text)
    assert read is not None
    assert [element.text for element in read.elements] == [part[1] for part in parts]
    assert (read.text, read.end) == (text, len(text))
