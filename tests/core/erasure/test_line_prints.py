"""What went off the record is looked for by fingerprints of its words, and found by these."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.erasure.line_prints import LinePrints, letters_and_words, mark_of, word_print
from bot.core.erasure.line_words import Share, words_in

KEY = "a key"
WORDS = st.sampled_from(["bread", "salt", "川", "かわ", "1", "honey-cake"])
LINES = st.builds(
    "{}{}".format,
    st.sampled_from(["", "- ", "1. ", "> ", "<!-- ", "### "]),
    st.lists(WORDS, max_size=4).map(" ".join),
)


@given(st.lists(LINES, max_size=6), st.sets(WORDS, min_size=1))
def test_lines_with_a_word_of_a_mark_are_had_and_say_as_much_as_they_have(lines, said):
    known = {word for one in said for word in words_in(one)}
    mark = f"{mark_of(KEY, known)}@above.below"
    prints = LinePrints(KEY, lines)
    having = prints.having(mark)
    assert having == sorted(set(having))
    for at, line in enumerate(lines):
        share = prints.share(line, mark)
        assert share == Share.of(words_in(line) & known, sum(map(len, known)))
        assert at in having or not share.known


@given(st.sets(WORDS, min_size=1))
def test_a_mark_has_how_many_letters_there_are_and_each_words_print(words):
    prints = sorted(word_print(KEY, word) for word in words)
    assert letters_and_words(mark_of(KEY, words)) == (sum(map(len, words)), prints)


def test_no_two_words_of_a_file_have_the_same_print():
    words = [f"word{number}" for number in range(10_000)]
    assert len({word_print(KEY, word) for word in words}) == len(words)
