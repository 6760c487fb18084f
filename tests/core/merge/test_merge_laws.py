"""Laws of the merge: over files and edits at random, over any text, and over the real history."""

import time
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.document.pieces import lines_of, read
from bot.core.document.version import Side, Version
from bot.core.merge.lines import merge_lines
from bot.core.merge.merge import merge
from bot.core.merge.order import as_in_one_side, placed
from bot.core.merge.resolve import resolve
from bot.core.merge.union import OURS, THEIRS, Union
from tests.core.document.test_pieces_laws import TEXTS
from tests.core.episode.histories import histories
from tests.core.render.drafts import versions

PREFER = st.sampled_from(["ours", "theirs"])
HISTORIES = histories()


def merged(base, ours, theirs, prefer="theirs"):
    return merge(Side(base), Side(ours), Side(theirs), prefer=prefer)


def said(text):
    """Return the lines that are not blank, without regard to their order or end."""
    return Counter(line.rstrip() for line in lines_of(text) if line.strip())


# --- over any text -------------------------------------------------------------------------------


@given(TEXTS, TEXTS, PREFER)
def test_a_side_that_changed_nothing_leaves_the_others_bytes(base, changed, prefer):
    assert merged(base, base, changed, prefer).text == changed
    assert merged(base, changed, base, prefer).text == changed


@given(TEXTS, TEXTS, PREFER)
def test_the_same_change_of_both_is_no_conflict(base, changed, prefer):
    both = merged(base, changed, changed, prefer)
    assert (both.text, both.conflicts) == (changed, ())


@given(TEXTS, TEXTS, TEXTS, PREFER)
def test_every_line_has_an_owner_or_none(base, ours, theirs, prefer):
    result = merged(base, ours, theirs, prefer)
    assert result.owners == (None,) * len(lines_of(result.text))
    for conflict in result.conflicts:
        assert 0 <= conflict.line <= conflict.line + conflict.height <= len(result.owners)
        assert len(conflict.name.splitlines()) <= 1


@given(TEXTS, TEXTS, TEXTS, PREFER)
@example("a b", "a c", "d b", "ours")
def test_lines_merge_whatever_they_are(base, ours, theirs, prefer):
    assert merge_lines(base, base, theirs, prefer=prefer)[1] is False
    text, disagree = merge_lines(base, ours, theirs, prefer=prefer)
    swapped = "theirs" if prefer == "ours" else "ours"
    other, other_disagree = merge_lines(base, theirs, ours, prefer=swapped)
    assert disagree == other_disagree
    assert said(text) == said(other)


# --- over files and edits ------------------------------------------------------------------------


@given(versions(), PREFER)
def test_merging_twice_changes_nothing(three, prefer):
    base, ours, theirs = three
    once = merged(base, ours, theirs, prefer)
    twins = any(map(has_twins, three))
    if once.conflicts or (twins and removed(*three)):
        return
    for again in (merged(base, once.text, theirs, prefer), merged(base, ours, once.text, prefer)):
        assert (said(again.text), again.conflicts) == (said(once.text), ())
        if not twins:
            assert again.text == once.text


def has_twins(text):
    """Return whether a line stands twice: two topics of a name, which only a file by hand has.

    Which of two was taken out, and which put in, nobody can tell: where one side has three of a
    line of which the base has one, and the other has none, two are left, and of those one.
    """
    return max(said(text).values(), default=0) > 1


def removed(base, ours, theirs):
    """Return the lines that a side took out."""
    return said(base) - (said(ours) & said(theirs))


TWIN = "### e9f114 624953 99c0b8 d0d8ec\n\n"
BELOW = "#### c5faca 15ac2f 93578b 39ef4b\n"


def test_topics_of_one_name_keep_their_order_when_merged_again():
    ours, theirs = TWIN * 2 + BELOW, "### 1:30 1ced8f 5be2db 23a651 3eba4d\n\n" + TWIN * 3 + BELOW
    once = merged(TWIN + BELOW, ours, theirs, "ours")
    assert merged(TWIN + BELOW, ours, once.text, "ours").text == once.text


FALLEN = "### A 41f0 9b2c\n\nWords 77aa.\n\n#### Sub d0d8 c5fa\n\nMore 15ac.\n"
IN_TOP = "Words 77aa.\n\n- put in\n\n#### Sub d0d8 c5fa\n\nMore 15ac.\n"


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
@pytest.mark.parametrize("name", ["Sub d0d8 c5fa", "Sub d0d8 3eba"])
def test_what_moved_and_what_fell_stands_the_same_when_merged_again(prefer, name):
    moved = f"### A 41f0 9b2c\n\n#### {name}\n\nWords 77aa.\n\nMore 15ac.\n"
    once = merged(FALLEN, IN_TOP, moved, prefer)
    assert once.text == f"- put in\n\n#### {name}\n\nWords 77aa.\n\nMore 15ac.\n"
    assert merged(FALLEN, IN_TOP, once.text, prefer).text == once.text
    assert merged(FALLEN, once.text, moved, prefer).text == once.text


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_a_reworded_topic_below_a_heading_that_was_put_in_keeps_its_place(prefer):
    last = "### 1:30 1ced8f 5be2db 23a651 3eba4d\n"
    base = f"### 3b785d c66e7c 83045b eca541\n\n{last}"
    ours = f"### 3b785d e9f114 83045b eca541\n\n{last}"
    theirs = f"## 6f760b 9e9eac\n\n{base}"
    once = merged(base, ours, theirs, prefer).text
    assert once == f"## 6f760b 9e9eac\n\n{ours}"
    assert merged(base, ours, once, prefer).text == once
    assert merged(base, once, theirs, prefer).text == once


@given(versions(), PREFER)
def test_without_a_conflict_swapping_the_sides_changes_order_at_most(three, prefer):
    base, ours, theirs = three
    one, other = merged(base, ours, theirs, prefer), merged(base, theirs, ours, prefer)
    assert bool(one.conflicts) == bool(other.conflicts)
    if not one.conflicts:
        assert said(one.text) == said(other.text)


@given(versions(), PREFER)
def test_every_line_comes_from_a_side_or_joins_what_both_did_to_it(three, prefer):
    base, ours, theirs = three
    result = merged(base, ours, theirs, prefer)
    known = {word for text in (ours, theirs) for word in text.split()}
    assert set(result.text.split()) <= known
    lines = said(ours) | said(theirs)
    joined = said(result.text) - lines
    assert joined.total() <= 2 * (said(base) - (said(ours) & said(theirs))).total()


@given(versions(), PREFER)
def test_nothing_that_a_side_added_is_lost_and_nothing_that_one_removed_comes_back(three, prefer):
    base, ours, theirs = (said(text) for text in three)
    result = merged(*three, prefer)
    text = said(result.text)
    if result.conflicts or text - (ours | theirs) or (base - ours) & (base - theirs):
        return  # lines that were joined are looked at above
    assert not (ours - base) - text
    assert not (theirs - base) - text
    assert not {line for line in text if line in base and line not in ours | theirs}
    assert all(text[line] <= max(ours[line], theirs[line], base[line]) for line in text)


@given(TEXTS, TEXTS | st.none(), PREFER)
@example("- a\n<br>\n", "- b\n- a\n<br>\n", "ours")
@example("# a\n- b\n## c\n", "# a\n## d\n- b\n## c\n", "theirs")
def test_where_one_side_moved_nothing_the_other_sides_order_is_what_the_long_way_finds(
    base, changed, prefer
):
    lines = lines_of(base)
    edited = "".join(f"{line.rstrip()}!\n" if "b" in line else line for line in lines)
    three = (base, base if changed is None else changed, edited)
    union = Union(*(Version(Side(text)).tree for text in three))
    side = OURS if prefer == "ours" else THEIRS
    stays = [resolved.side >= 0 for resolved in resolve(union, side, side, side)]
    order = as_in_one_side(union, stays)
    assert order is None or order == placed(union, stays, side)


@given(versions(), PREFER)
def test_the_merge_is_made_of_whole_pieces(three, prefer):
    """What was no block before is none now: nothing is glued to what it did not belong to."""
    result = merged(*three, prefer)
    if result.conflicts:
        return
    kinds = Counter(one.kind for one in read(result.text))
    sides = [Counter(one.kind for one in read(text)) for text in three[1:]]
    for kind in ("item", "heading", "html"):
        assert kinds[kind] <= sides[0][kind] + sides[1][kind]
    blocks = {one.text.split()[0] for text in three for one in read(text) if one.kind != "gap"}
    assert {one.text.split()[0] for one in read(result.text) if one.kind == "item"} <= blocks


def topics_of(counts, *, edited=(), without=()):
    """Return a file of topics with so many items; some of its items edited, some topics away."""
    lines = []
    for topic, count in enumerate(counts):
        if topic in without:
            continue
        lines.append(f"### Topic {topic * 7919}\n\n")
        for item in range(count):
            note = "  - a note by hand\n" if (topic, item) in edited else ""
            lines.append(f"- [Link {topic}/{item}](https://example.org/{topic}/{item})\n{note}")
        lines.append("\n")
    return "".join(lines)


@given(st.data(), st.lists(st.integers(1, 3), min_size=1, max_size=5), PREFER)
def test_what_stays_though_one_side_took_its_topic_out_stays_under_its_heading(
    data, counts, prefer
):
    every = [(topic, item) for topic, count in enumerate(counts) for item in range(count)]
    gone = data.draw(st.sets(st.sampled_from(range(len(counts)))))
    edited = data.draw(st.sets(st.sampled_from(every)))
    base, without = topics_of(counts), topics_of(counts, without=gone)
    by_hand = topics_of(counts, edited=edited)
    sides = (without, by_hand) if prefer == "theirs" else (by_hand, without)
    result = merged(base, *sides, prefer)
    stay = {one for one in edited if one[0] in gone}
    assert len(result.conflicts) == len(stay)
    wanted = [one for one in every if one[0] not in gone or one in stay]
    shown = topics_of(counts, edited=edited, without=gone - {topic for topic, _ in stay})
    for topic, item in set(every) - set(wanted):
        shown = shown.replace(f"- [Link {topic}/{item}](https://example.org/{topic}/{item})\n", "")
    assert [line for line in lines_of(result.text) if line.strip()] == [
        line for line in lines_of(shown) if line.strip()
    ]


# --- over the real history -----------------------------------------------------------------------


@pytest.mark.parametrize("name", HISTORIES)
def test_the_laws_hold_for_what_people_really_did(name):
    texts = HISTORIES[name]
    triples = [(texts[0], one, other) for one, other in combinations(texts[1:8], 2)]
    for base, ours, theirs in triples:
        once = merged(base, ours, theirs)
        assert merged(base, base, theirs).text == theirs
        if once.conflicts:
            continue
        assert merged(base, once.text, theirs).text == once.text
        assert merged(base, ours, once.text).text == once.text
        assert said(merged(base, theirs, ours).text) == said(once.text)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_a_file_are_kept_by_what_is_added(end):
    for texts in HISTORIES.values():
        base, theirs = (text.replace("\n", end) for text in texts[:2])
        ours = texts[0].rstrip("\n") + "\n\n### Added\n\n- x\n"
        result = merged(base, ours.replace("\n", end), theirs)
        assert {line[len(line.rstrip("\r\n")) :] for line in lines_of(result.text)} <= {end, ""}
        # The app's own lines end in line feeds, whatever the file has.
        assert merged(texts[0], ours, theirs).text == result.text


# --- in bounded time -----------------------------------------------------------------------------

HOSTILE = {
    "bullets": "- \n" * 100_000,
    "the same item": "- [a](https://example.org/a)\n" * 4_000,
    "the same paragraph": "a b c\n\n" * 4_000,
    "other items": "".join(f"- [{n} a](https://example.org/{n})\n" for n in range(4_000)),
    "reworded": "".join(f"- {n} text that is much like the others\n" for n in range(4_000)),
    "nested": "".join(" " * (n % 2_000) + "- a\n" for n in range(2_000)),
    "topics": "".join(f"{'#' * (n % 6 + 1)} {n}\n" for n in range(8_000)),
    "the same topic": "### a\n\n- b\n\n" * 4_000,
    "one line": "- " + "a b " * 100_000 + "\n",
    "one long note": "- a\n" + "".join(f"  - note {n % 50}\n" for n in range(8_000)),
    "keys": "---\n" + "".join(f"key{n}: x\n" for n in range(8_000)) + "---\n",
    "tags": "---\ntags:\n" + "".join(f"  - x{n}\n" for n in range(8_000)) + "---\n",
    "brackets": "- " + "[" * 8_000 + "\n",
    "embeds": "<blockquote>a</blockquote>\n\n" * 4_000,
}


SLOWEST = {"other items", "reworded", "the same item", "the same topic", "the same paragraph",
           "one long note", "embeds"}  # fmt: skip


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[pytest.mark.soak] * (one in SLOWEST)) for one in HOSTILE]
)
def test_no_file_takes_long(name):
    base = HOSTILE[name]
    lines = base.splitlines(keepends=True)
    cut = "".join(lines[: len(lines) // 3] + lines[len(lines) // 2 :])
    theirs = cut.replace("a", "b", 3_000)
    ours = "".join(reversed(lines)).replace("a", "c", 5_000)
    started = time.process_time()
    merged(base, ours, theirs)
    assert time.process_time() - started < 20
