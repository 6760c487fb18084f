"""Notes of several messages below one item stay those of who wrote them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.grammar.notes import joined_notes, notes_alone
from bot.core.model import Note

THEIRS = Note("bullet", 1, ("theirs",))
NOTES = st.lists(
    st.builds(
        lambda kind, level, words: Note(kind, level + (kind == "bullet"), (words,)),
        st.sampled_from(["bullet", "text", "quote"]),
        st.integers(0, 2),
        st.sampled_from(["a", "b"]),
    ),
    min_size=1,
    max_size=5,
).map(tuple)


@given(NOTES, NOTES)
def test_notes_come_below_those_that_are_there_and_their_words_stay(notes, more):
    joined = joined_notes(notes, more)
    assert joined[: len(notes)] == notes
    assert [note.line[-1] for note in joined[len(notes) :]] == [note.line[-1] for note in more]


@given(NOTES)
def test_where_no_bullet_is_above_or_a_bullet_comes_first_notes_stay_as_they_are(more):
    plain = (Note("text", 0, ("words",)),)
    assert joined_notes(plain, more) == plain + more
    bullet = Note("bullet", 1, ("c",))
    assert joined_notes((THEIRS,), (bullet, *more)) == (THEIRS, bullet, *more)


@given(NOTES.filter(lambda notes: not notes[0].level))
def test_behind_anothers_bullet_the_first_line_of_text_is_a_bullet_and_the_next_are_its_own(more):
    first, *rest = joined_notes((THEIRS,), more)[1:]
    mark = ("> ",) if more[0].kind == "quote" else ()
    assert first == Note("bullet", 1, (*mark, *more[0].line))
    assert rest == [
        note if note.level or note.kind == "bullet" else replace(note, level=1) for note in more[1:]
    ]


@given(NOTES)
def test_notes_alone_are_a_bullet_with_all_words_in_their_order(notes):
    alone = notes_alone(notes)
    lines = [alone.line, *(note.line for note in alone.notes)]
    assert [line[-1] for line in lines] == [note.line[-1] for note in notes]
    assert (alone.line[0] == "> ") is (notes[0].kind == "quote")


def test_what_stood_below_the_first_of_them_does_still():
    notes = (
        THEIRS,
        Note("bullet", 2, ("below",)),
        Note("bullet", 1, ("next",)),
        Note("text", 1, ("of it",)),
    )
    assert notes_alone(notes).notes == (Note("bullet", 1, ("below",)), *notes[2:])
