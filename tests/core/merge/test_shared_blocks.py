"""Rows of a table of which each is somebody's stay so, whatever people do to one of them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.pieces import lines_of
from bot.core.document.version import Side
from bot.core.merge.merge import merge
from bot.core.merge.shared_blocks import with_shared_blocks

HEAD = "| t | u |\n|---|---|\n"


def table(rows):
    text = HEAD + "".join(f"| {title} | https://example.org/{name} |\n" for name, title in rows)
    return Side(text, (None, None, *(f"id-{name}" for name, _ in rows)))


NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=2, max_size=6)


@given(NAMES, st.data())
def test_a_row_that_people_changed_is_whose_it_was_and_all_others_stand(names, data):
    base = table([(name, f"title {name}") for name in names])
    changed = data.draw(st.sampled_from(names))
    theirs = Side(base.text.replace(f"title {changed}", "by Sam"))
    ours = table([*((name, f"title {name}") for name in names), ("new", "title new")])
    merged = merge(base, ours, theirs)
    assert merged.text == ours.text.replace(f"title {changed}", "by Sam")
    assert merged.owners == ours.owners
    assert not merged.conflicts


@given(NAMES, st.data())
def test_a_row_that_the_chat_took_out_goes_and_one_of_people_stays(names, data):
    base = table([(name, f"title {name}") for name in names])
    gone = data.draw(st.sampled_from(names))
    rows = lines_of(base.text)
    rows.insert(data.draw(st.integers(2, len(rows))), "| Sam | https://example.org/sam |\n")
    ours = table([(name, f"title {name}") for name in names if name != gone])
    merged = merge(base, ours, Side("".join(rows)))
    kept = [row for row in rows if f"/{gone} " not in row]
    assert sorted(lines_of(merged.text)) == sorted(kept)
    assert merged.text.startswith(HEAD)


def test_what_is_known_and_what_nobody_shares_is_left_as_it_is():
    known = Side("- a\n- b\n", ("a", "b"))
    theirs = Side("- a\n- c\n")
    assert with_shared_blocks(known, theirs) is theirs
    assert with_shared_blocks(Side(known.text), theirs) is theirs
    assert with_shared_blocks(table([("a", "A"), ("b", "B")]), known) is known
