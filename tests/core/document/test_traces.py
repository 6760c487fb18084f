"""A file's text holds what a message said, whatever stands around it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.traces import bare_line, traces

LINES = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40).map(
    lambda text: text.replace("\x85", "")
)


@given(
    line=LINES,
    before=st.lists(LINES),
    after=st.lists(LINES),
    mark=st.sampled_from(["", "- ", "  > ", "* ", "12. ", "> 3) - "]),
)
def test_a_line_is_found_wherever_it_stands(line, before, after, mark):
    known = bare_line(line)
    text = "\n".join([*before, mark + known, *after])
    assert traces([known], []).in_text(text) == bool(known)


@given(before=LINES, after=LINES)
def test_an_address_is_found_in_any_line_under_either_scheme(before, after):
    found = traces([], ["https://www.example.org/a/"])
    assert found.in_text(f"{before}http://example.org/a?from=chat{after}")


def test_short_words_count_as_whole_lines_alone():
    found = traces(["Robots", "来月公開です", "it comes out in March"], [])
    assert found.in_text("- Robots\n")
    assert not found.in_text("Robots and more\n")
    assert found.in_text("聞いた話では来月公開ですとのこと\n")
    assert found.in_text("Heard that it comes out in March.\n")
    assert not traces([""], [""]).in_text("\n\n")
