"""Rows of a table of which each is somebody's stay so, whatever people do to one of them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.pieces import lines_of
from bot.core.document.version import Side
from bot.core.merge import shared_blocks
from bot.core.merge.merge import merge
from bot.core.merge.sequences import likeness
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


def test_of_many_rows_that_people_reworded_each_stays_whose_it_was():
    rows = [f"<tr>\n<td>what was said of {n} in May</td>\n</tr>\n" for n in range(300)]
    owners = (None, *(f"id-{n}" for n in range(300) for _ in range(3)), None)
    base = Side("<table>\n" + "".join(rows) + "</table>\n", owners)
    theirs = Side(base.text.replace("was said", "they said"))
    assert with_shared_blocks(base, theirs).owners == owners


def test_of_many_rows_without_links_only_the_next_ones_are_looked_at(monkeypatch):
    """All with all would take minutes."""
    looked_at = []

    def counted(one, other):
        looked_at.append(one)
        return likeness(one, other)

    monkeypatch.setattr(shared_blocks, "likeness", counted)
    count = 300
    owners = (None, None, *(f"id-{n}" for n in range(count)))
    base = Side(HEAD + "".join(f"| what was said of {n} |\n" for n in range(count)), owners)
    theirs = Side(HEAD + "".join(f"| 12-{n} |\n" for n in range(count)))
    assert not any(with_shared_blocks(base, theirs).owners)
    assert len(looked_at) < 60 * count
