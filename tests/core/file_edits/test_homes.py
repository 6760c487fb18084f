"""Items that our render shows under no heading stay in their topics."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.file_edits.homes import with_homes
from bot.core.file_edits.sections import FileItem, Part


def part(topic, *items):
    return Part(topic, "", range(0), None, [FileItem(item, item or "", range(0)) for item in items])


def rows(parts):
    return {one.id: [spot.id for spot in one.spots] for one in parts if one.spots}


HOMES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("XYZ"), min_size=1)


@given(HOMES, st.randoms())
def test_in_one_list_each_item_is_in_the_topic_that_the_episode_has_it_in(homes, random):
    order = sorted(homes)
    random.shuffle(order)
    found = rows(with_homes([part("top", *order)], [part("top", *homes)], homes))
    assert {item: topic for topic, row in found.items() for item in row} == homes
    assert all(row == [one for one in order if one in row] for row in found.values())


@given(HOMES)
def test_what_headings_tell_is_taken_from_the_file(homes):
    shown = [part(topic, *(one for one in homes if homes[one] == topic)) for topic in "XYZ"]
    file = [part("X", *homes)]
    assert with_homes(file, shown, homes) == file


def test_what_people_wrote_is_in_the_topic_of_the_one_above_it():
    homes = {"a": "X", "b": "Y"}
    shown = [part("top", "a", "b")]
    assert rows(with_homes([part("top", None, "a", None, "b", None)], shown, homes)) == {
        "X": [None, "a", None], "Y": ["b", None],
    }  # fmt: skip


def test_what_was_moved_below_a_heading_of_the_episode_is_under_it():
    homes = {"a": "X", "b": "Y", "c": "Z"}
    shown = [part("top", "a", "b"), part("Z", "c")]
    assert rows(with_homes([part("top", "b"), part("Z", "c", "a")], shown, homes)) == {
        "Y": ["b"], "Z": ["c", "a"],
    }  # fmt: skip
