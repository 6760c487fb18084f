"""What hosts chose, by commands that name one thing: an address, a side of a conflict, an undo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.file_text import apply_file_text, links_written, written
from bot.core.episode.marks import Marks
from bot.core.episode.sections import insert
from bot.core.episode.undo import Undoings
from bot.core.events import Event, FieldSet, ItemReaddressed, Marked, Redone, TopicMerged, Undone
from bot.core.file_events import ConflictFound, ConflictSettled
from bot.core.model import Bullet, Item, Written
from bot.core.urls import canonical, fingerprint
from tests.talk import did, fold, marked, said, told, url


def link_of(number: int) -> str:
    return fingerprint(canonical(url(number)))


@pytest.mark.parametrize(
    ("text", "title", "shown"),
    [
        (f"see {url(1)} and {url(2)}", "New", ["see [New] and 2"]),
        (f"see {url(1)} and {url(2)}", None, ["see 9 and 2"]),
        (f"[Old]({url(1)})", "New", ["[Old]"]),
        (f"{url(2)}\n- more on {url(1)} here", "New", ["2", "  - more on [New] here"]),
    ],
)
def test_an_address_is_changed_wherever_it_stands_and_a_title_that_is_there_stays(
    text: str, title: str | None, shown: list[str]
) -> None:
    outline = fold(said(1, text))
    (item,) = outline.episode.items()
    outline.apply(did(5, ItemReaddressed(item.id, link_of(1), url(9), title)))
    assert told(outline.episode) == shown
    (item,) = outline.episode.items()
    assert url(9) in repr(item.content)
    assert f"'{url(1)}'" not in repr(item.content)
    assert (url(2) in repr(item.content)) == (url(2) in text)


def test_an_address_within_marked_talk_is_changed_too() -> None:
    outline = fold(said(1, f"# A\n{url(3)}"), said(2, f"we talked of {url(1)} twice"))
    item = list(outline.episode.items())[-1]
    outline.apply(did(5, ItemReaddressed(item.id, link_of(1), url(9))))
    assert told(outline.episode)[-1].endswith("we talked of 9 twice")


@pytest.mark.parametrize(("ours", "stands"), [(True, "Ours"), (False, "Theirs")])
def test_the_side_that_was_chosen_stands_and_is_asked_about_no_more(
    ours: bool, stands: str
) -> None:
    found = did(5, ConflictFound("field", "title", "title", "Ours", "Theirs"))
    outline = fold(did(1, FieldSet("title", "Theirs")), found)
    assert list(outline.conflicts()) == [found.key]
    outline.apply(did(6, ConflictSettled(found.key, ours)))
    assert outline.episode.fields["title"] == stands
    assert not outline.conflicts()
    outline.apply(did(7, ConflictSettled(found.key, not ours)))
    assert outline.episode.fields["title"] == stands


def test_conflicts_are_counted_from_one_and_keep_their_numbers() -> None:
    found = [
        did(second, ConflictFound("field", name, name, "Ours", "Theirs"))
        for second, name in enumerate(("title", "slug", "subtitle", "season"), start=5)
    ]
    outline = fold(*found)
    assert [number for number, _ in outline.conflicts().values()] == [1, 2, 3, 4]
    outline.apply(did(20, ConflictSettled(found[1].key, False)))
    left = {key: number for key, (number, _) in outline.conflicts().items()}
    assert left == {found[0].key: 1, found[2].key: 3, found[3].key: 4}


def test_sub_topics_of_one_name_become_one_where_their_topics_are_merged() -> None:
    outline = fold(
        said(1, f"# A\n#### Same\n{url(1)}\n#### Only here\n{url(2)}"),
        said(2, f"# B\n#### Same\n{url(3)}"),
    )
    a, b = (topic.id for topic in outline.episode.topics if topic.name)
    outline.apply(did(5, TopicMerged(a, b)))
    assert told(outline.episode) == ["# B", "## Same", "3", "1", "## Only here", "2"]


def test_sub_topics_of_a_topic_that_is_merged_into_a_sub_topic_leave_their_items_there() -> None:
    outline = fold(said(1, f"# A\n#### Sub\n{url(1)}"), said(2, f"# B\n#### Below\n{url(2)}"))
    a, b = outline.episode.topics[-2:]
    outline.apply(did(5, TopicMerged(b.id, a.subtopics[0].id)))
    assert told(outline.episode) == ["# A", "## Sub", "1", "2"]


rows = st.lists(st.integers(0, 9), unique=True)


@given(rows, st.integers(0, 9), st.integers(0, 9))
def test_one_is_put_behind_what_is_there_else_before_what_is_there_else_at_the_end(
    row: list[int], after: int, before: int
) -> None:
    into = list(row)
    insert(into, 10, after, before)
    at = into.index(10)
    if after in row:
        assert into[at - 1] == after
    elif before in row:
        assert into[at + 1] == before
    else:
        assert at == len(row)
    assert [one for one in into if one != 10] == row
    last = list(row)
    insert(last, 10, None, None)
    assert last == [*row, 10]


lines = st.lists(
    st.sampled_from(["* ", "- ", "> ", "**", "*", " ", "1. ", f"[a]({url(1)})", url(2), "words"]),
    max_size=6,
).map("".join)


@given(st.lists(lines, min_size=1, max_size=4).map("\n".join))
def test_what_people_wrote_has_the_links_that_its_lines_have(text: str) -> None:
    assert written(text).links == links_written(text)


people = st.sampled_from(["oka", "buka"])
steps = st.lists(st.tuples(people, st.sampled_from(["a", "b", "c"]), st.booleans()), max_size=12)


@given(steps, people, st.integers(0, 12))
def test_people_may_redo_what_they_undid_themselves_since_their_last_edit(
    steps: list[tuple[str, str, bool]], person: str, edited: int
) -> None:
    undoings = Undoings()
    mine: dict[str, int] = {}
    undone: dict[str, bool] = {}
    for at, (by, key, undo) in enumerate(steps, start=1):
        what = Undone(key) if undo else Redone(key)
        undoings.apply(Event(f"{at:03}", "e", at, by, what), what)
        undone[key] = undo
        if undo and by == person:
            mine[key] = at
    other = "buka" if person == "oka" else "oka"
    edits = [did(0, Undone("x"), by=other)]
    if edited:
        edits.append(Event("edit", "e", edited, person, FieldSet("title", "x")))
    may = [key for key in sorted(mine, key=mine.__getitem__) if undone[key] and mine[key] > edited]
    assert undoings.to_redo(person, edits) == may


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=8))
def test_a_mark_that_is_told_of_now_counts_whatever_the_clock_says(
    told_of: list[tuple[int, bool]],
) -> None:
    marks, user = Marks(), "oka"
    for at, on in told_of:
        moment = marks.after((user, "📝"), "0001", at, on=on)
        assert moment >= at
        what = Marked("0001", "📝", on)
        marks.put(Event(f"{on}:{moment}", "e", moment, user, what), what)
        assert marks.of("0001") == {(user, "📝"): on}
    assert not marks.of("0002")


@given(st.permutations([(1, True), (2, False)]), st.sampled_from("🔒📝"))
def test_only_a_message_that_was_off_the_record_is_back(
    told_of: list[tuple[int, bool]], emoji: str
) -> None:
    marks = Marks()
    lock, lift = marked(1, emoji, at=901), marked(1, emoji, on=False, at=902)
    events = [lock if on else lift for _, on in told_of]
    assert marks.lifted("0001", [lift]) is None
    back = lift.at if emoji == "🔒" else None
    assert marks.lifted("0001", events) == back
    for event in events:
        assert isinstance(event.what, Marked)
        marks.put(event, event.what)
    assert marks.lifted("0001") == marks.copy().lifted("0001") == back
    alone = Marks()
    assert isinstance(lift.what, Marked)
    alone.put(lift, lift.what)
    assert alone.lifted("0001") is None


def _bullet(item: Item) -> str:
    """Return the lines of an item that is a bullet of words."""
    content = item.content
    if isinstance(content, Written):
        return content.text
    assert isinstance(content, Bullet)
    return f"- {''.join(str(part) for part in content.line)}"


@pytest.mark.parametrize(
    ("thing", "ours", "theirs", "stands"),
    [
        ("item", "- ours", "- theirs", [("A", ["- ours", "- b"])]),
        ("item", "- a", "", [("A", ["- a", "- b"])]),
        ("item", "", "- theirs", [("A", ["- b"])]),
        ("topic", "C", "A", [("C", ["- a", "- b"])]),
        ("topic", "", "A", [("", ["- a", "- b"])]),
        ("topic", "C", "", [("A", ["- a", "- b"])]),
    ],
)
def test_our_side_of_an_item_or_a_topic_stands_where_it_is_chosen(
    thing: str, ours: str, theirs: str, stands: list[tuple[str, list[str]]]
) -> None:
    talk = fold(said(1, "# A\n- a\n- b"))
    about = talk.episode.topics[0].id if thing == "topic" else talk.episode.items()[0].id
    found = did(5, ConflictFound(thing, about, "a", ours, theirs))
    talk.extend([found, did(6, ConflictSettled(found.key, True))])
    shown = apply_file_text(talk.episode, _bullet, lambda text, step: text)
    rows = [(topic.name, list(map(_bullet, topic.items))) for topic in shown.topics]
    assert rows == stands


def test_marks_that_are_new_count_for_their_own_message_alone() -> None:
    marks = Marks()
    new = [marked(2, "📝"), marked(2, "🔒"), marked(2, "🔒", on=False, at=901)]
    assert marks.set_on("0002", new) == {"📝"}
    assert marks.set_on("0001", new) == marks.set_on("0003", new) == frozenset()
    assert marks.set_on("0002") == frozenset()  # they were asked about, not taken in
