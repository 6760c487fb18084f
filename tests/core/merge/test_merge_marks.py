"""In a merge, what one side added looks like its neighbours, and never joins the item above."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.pieces import read
from bot.core.document.version import Side
from bot.core.merge.merge import merge
from bot.core.merge.neighbour_style import nearest

BASE = "### One\n\n- [a](https://example.org/a)\n- [b](https://example.org/b)\n\n### Two\n\n- x\n"
NEW = "- [new](https://example.org/new)\n  - a note\n    - of a note\n"
OURS = BASE.replace("org/b)\n", "org/b)\n" + NEW)


def merged(theirs, ours=OURS, base=BASE, **options):
    for prefer in ("ours", "theirs"):
        result = merge(Side(base), Side(ours), Side(theirs), prefer=prefer, **options)
        assert result.conflicts == ()
    again = merge(Side(base), Side(result.text), Side(theirs))
    assert (again.text, again.conflicts) == (result.text, ())
    return result.text


@pytest.mark.parametrize(
    ("mark", "note", "deeper"),
    [("* ", "  ", "    "), ("-   ", "    ", "        "), ("+ ", "  ", "    ")],
)
def test_a_new_item_takes_the_bullet_that_people_changed_to(mark, note, deeper):
    text = merged(BASE.replace("- ", mark))
    assert f"{mark}[new](https://example.org/new)\n{note}- a note\n{deeper}- of a note\n" in text


def test_a_numbered_list_is_counted_on():
    theirs = BASE.replace("- [a]", "1. [a]").replace("- [b]", "2. [b]")
    ours = OURS.replace("  - a note\n    - of a note\n", "- [more](https://example.org/more)\n")
    text = merged(theirs, ours)
    assert "2. [b](https://example.org/b)\n3. [new](https://example.org/new)\n4. [more]" in text


@pytest.mark.parametrize("marks", [("* ", "* ", "* "), ("1. ", "2. ", "3. "), ("+ ", "+ ", "+ ")])
def test_what_people_put_into_their_own_list_stays_as_they_wrote_it(marks):
    first, second, third = marks
    theirs = BASE.replace("- [a]", f"{first}[a]").replace("- [b]", f"{second}[b]")
    theirs = theirs.replace("org/b)\n", f"org/b)\n{third}by Sam\n")
    assert f"\n{third}by Sam\n" in merged(theirs)


@pytest.mark.parametrize("marks", ["1. 2. ", "* * "])
@pytest.mark.parametrize("base", ["### One\n\n### Two\n", "### One\n\n### Two\n\n* x\n- y\n"])
def test_the_first_items_of_both_sides_do_not_change_one_anothers_bullets(base, marks):
    first, second = marks.split()
    theirs = f"### One\n\n{first} by Sam\n{second} by Kim\n"
    ours = base.replace("### Two\n", f"### Two\n\n{NEW}", 1)
    assert theirs in merged(base.replace("### One\n", theirs), ours, base)


@pytest.mark.parametrize(
    ("mark", "note"), [("1. ", "   "), ("10) ", "    "), ("-   ", "    "), ("  - ", "    ")]
)
def test_a_note_stands_below_the_words_of_an_item_that_people_gave_another_bullet(mark, note):
    theirs = BASE.replace("- [a]", f"{mark}[a]")
    ours = BASE.replace("org/a)\n", "org/a)\n  - one\n")
    text = merged(theirs, ours)
    assert text == theirs.replace("org/a)\n", f"org/a)\n{note}- one\n")
    more = merged(text, ours.replace("- one\n", "- one\n  - two\n"), ours)
    assert more == text.replace("- one\n", f"- one\n{note}- two\n")


def test_notes_that_people_left_where_they_were_stay_there_with_the_new_one():
    base = BASE.replace("org/a)\n", "org/a)\n  - one\n")
    text = merged(
        base.replace("- [a]", "1. [a]"), base.replace("- one\n", "- one\n  - two\n"), base
    )
    assert "1. [a](https://example.org/a)\n  - one\n  - two\n" in text


def test_an_indented_list_stays_one_list():
    theirs = BASE.replace("- [", "  - [")
    text = merged(theirs)
    assert "  - [new](https://example.org/new)\n    - a note\n" in text


def test_a_list_that_people_indented_no_more_stays_one_list():
    indented = "".join(f"  {line}" if line.strip() else line for line in OURS.splitlines(True))
    base = BASE.replace("- [", "  - [")
    text = merge(Side(base), Side(indented), Side(BASE)).text
    assert "\n- [new](https://example.org/new)\n  - a note\n    - of a note\n" in text


def test_a_new_heading_is_on_the_level_that_people_changed_to():
    theirs = BASE.replace("### ", "## ")
    text = merged(theirs, BASE + "\n### Three\n\n- y\n")
    assert text == theirs + "\n## Three\n\n- y\n"


def test_what_somebody_wrote_otherwise_than_his_neighbours_stays():
    ours = BASE.replace("org/b)\n", "org/b)\n+ a plus\n")
    assert "\n+ a plus\n" in merged(BASE.replace("- ", "* "), ours)


def test_what_the_episode_gives_takes_the_files_bullet_from_the_first_draft_on():
    base, theirs = "---\ntitle: x\n---\n", "---\ntitle: x\n---\n\n* by hand\n* more\n"
    ours = Side(f"{base}\n- [new](https://example.org/new)\n", (*[None] * 4, "item"))
    result = merge(Side(base), ours, Side(theirs))
    assert "* [new](https://example.org/new)\n" in result.text
    assert "item" in result.owners


def test_line_ends_and_items_stay_as_many():
    theirs = BASE.replace("- ", "* ").replace("\n", "\r\n")
    text = merge(Side(BASE), Side(OURS), Side(theirs)).text
    assert "* [new](https://example.org/new)\r\n  - a note\r\n" in text
    assert [one.kind for one in read(text)].count("item") == 4


def test_org_is_known_by_its_keywords_and_nothing_is_made_to_look_alike_there():
    base = "#+title: Show\n\n* One\n- [[https://a.example/1][a]]\n- [[https://a.example/2][b]]\n"
    ours = f"{base}* Two\n- [[https://a.example/3][c]]\n"
    theirs = base.replace("- [[", "+ [[")
    text = merge(Side(base), Side(ours), Side(theirs)).text
    assert text == f"{theirs}* Two\n- [[https://a.example/3][c]]\n"


@given(st.lists(st.sampled_from(["fits", "ends", "other"])))
def test_the_nearest_is_looked_for_above_and_below_within_the_topic(kinds):
    found = nearest([one == "fits" for one in kinds], [one == "ends" for one in kinds])
    for place, near in enumerate(found):
        first = max((n for n in range(place) if kinds[n] == "ends"), default=-1)
        below = (n for n in range(place + 1, len(kinds)) if kinds[n] == "ends")
        last = min(below, default=len(kinds))
        above = [n for n in range(first + 1, place) if kinds[n] == "fits"]
        under = [n for n in range(place + 1, last) if kinds[n] == "fits"]
        assert near == next(iter(above[::-1] + under), None)
