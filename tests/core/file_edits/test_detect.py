"""What people did in a file becomes events: after them, the episode is what the file is."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.document.pieces import read
from bot.core.document.version import Side
from bot.core.episode.file_text import apply_file_text
from bot.core.episode.fold import Outline
from bot.core.events import (
    Event,
    FieldSet,
    ItemMoved,
    ItemRemoved,
    ItemRestored,
    TopicMoved,
    TopicRemoved,
)
from bot.core.file_edits.detect import detect, known
from bot.core.file_edits.sections import KnownIds, shape
from bot.core.file_events import ItemAdded, ItemWritten, TopicFound, TopicWritten
from bot.core.model import Episode
from bot.core.profile.profile import Profile, load
from bot.core.render import layout
from bot.services.drafting.file_edits import ROUNDS
from tests.talk import EPISODE, SECOND, did, fold, said, url

PROFILE: Profile = load("name: Test\naround_links: keep\n", "{{ body }}\n")


def seen(outline: Outline) -> Episode:
    return apply_file_text(
        outline.episode,
        lambda item: layout.item_text(item, {}, PROFILE),
        lambda text, step: layout.noted_text(text, step.notes, {}, PROFILE),
    )


def rendered(outline: Outline) -> tuple[Episode, Side]:
    episode = seen(outline)
    body = layout.body(episode, {}, PROFILE)
    return episode, Side(body.text + "\n" if body.text else "", body.lines)


def take_in(outline: Outline, file: Side) -> tuple[list[Event], Side]:
    events: list[Event] = []
    for _ in range(ROUNDS):
        episode, side = rendered(outline)
        deeds, file = detect(
            episode,
            side,
            file,
            names=outline.names(),
            sub_level=4,
            prefix="file:d:",
            count=len(events),
        )
        if not deeds:
            break
        new = [Event(key, EPISODE, 1000 * SECOND, "file:oka", what) for key, what in deeds]
        outline.extend(new)
        events += new
    return events, file


def edited(side: Side, edit) -> Side:
    """Return a file as people left it: `edit` changes its lines, each with whose it is."""
    lines = list(zip(side.text.splitlines(keepends=True), side.owners, strict=True))
    edit(lines)
    return Side("".join(line for line, _ in lines), tuple(owner for _, owner in lines))


def told(side: Side, episode: Episode) -> list[tuple[str, list[str]]]:
    """A file in short: the names of its topics, each with the texts of its items."""
    parts = shape(read(side.text, side.owners), [], known=known(episode), sub_level=4).parts
    return [(part.name, [spot.text for spot in part.spots]) for part in parts]


def holds(outline: Outline, file: Side) -> None:
    """The episode gives the topics and items of the file, in its order."""
    episode, side = rendered(outline)
    assert told(side, episode) == told(file, episode)


def kinds(events: list[Event]) -> list[type]:
    return [type(event.what) for event in events]


TALK = (
    said(1, f"# A\n{url(1)}\n- a note"),
    said(2, url(2)),
    said(3, f"# B\n{url(3)}\n\n- a bullet"),
)


def test_a_file_that_nobody_changed_gives_nothing():
    outline = fold(*TALK)
    assert take_in(outline, rendered(outline)[1])[0] == []


@given(
    level=st.integers(1, 4),
    before=st.sampled_from(["", "Hello.\n\n", "## Music\n\n- by Sam\n\n"]),
    said_at_the_top=st.integers(0, 3),
    with_topics=st.booleans(),
)
def test_below_the_templates_heading_is_before_the_first_topic(
    level: int, before: str, said_at_the_top: int, with_topics: bool
) -> None:
    top = [said(n, url(10 + n)) for n in range(said_at_the_top)]
    outline = fold(*top, *(TALK if with_topics else ()))
    episode, side = rendered(outline)
    head = f"{before}{'#' * level} Links\n\n"
    page = Side(head + side.text, (*[None] * len(head.splitlines()), *side.owners))
    names = outline.names()
    deeds, _ = detect(episode, page, page, names=names, sub_level=4, prefix="file:d:")
    assert deeds == []


def test_a_title_that_people_wrote_is_the_items_from_then_on():
    outline = fold(*TALK)

    def retitle(lines):
        at = next(n for n, (line, _) in enumerate(lines) if url(2) in line)
        lines[at] = (f"- [Two]({url(2)})\n", lines[at][1])

    file = edited(rendered(outline)[1], retitle)
    events, _ = take_in(outline, file)
    assert kinds(events) == [ItemWritten]
    holds(outline, file)
    link = seen(outline).topics[0].items[1].content.links[0]
    assert (link.title, link.url) == ("Two", url(2))


def test_what_people_added_stands_where_they_put_it():
    outline = fold(*TALK)

    def add(lines):
        at = next(n for n, (line, _) in enumerate(lines) if url(2) in line)
        lines.insert(at, (f"- [New]({url(9)})\n", None))
        lines += [("\n", None), ("### C\n", None), ("\n", None), ("My own words,\n", None),
                  ("two lines.\n", None)]  # fmt: skip

    file = edited(rendered(outline)[1], add)
    events, _ = take_in(outline, file)
    assert sorted(kinds(events), key=str) == [ItemAdded, ItemAdded, TopicFound]
    holds(outline, file)


def test_what_people_put_first_stands_before_the_item_that_was_first():
    outline = fold(said(1, f"# A\n{url(1)}"), said(2, url(2)), said(3, url(3)))
    first, *_ = outline.episode.items()

    def add(lines):
        at = next(n for n, (line, _) in enumerate(lines) if url(1) in line)
        lines.insert(at, (f"- [New]({url(9)})\n", None))

    events, _ = take_in(outline, edited(rendered(outline)[1], add))
    (added,) = (event.what for event in events)
    assert (added.after, added.before) == (None, first.id)


def test_what_stands_alone_in_a_topic_stands_before_all_that_the_chat_has_there():
    outline = fold(*TALK, said(4, url(4)))
    names = {topic.name: topic for topic in outline.episode.topics}
    moved = names["A"].items[1].id
    _, side = rendered(outline)
    lines = [("### A\n", names["A"].id), ("\n", None), ("- new\n", None), ("\n", None)]
    lines += [("### B\n", names["B"].id), ("\n", None), (f"- <{url(2)}>\n", moved)]
    file = Side("".join(line for line, _ in lines), tuple(owner for _, owner in lines))
    deeds, _ = detect(
        outline.episode, side, file, names=outline.names(), sub_level=4, prefix="file:d:"
    )
    [added] = [what for _, what in deeds if isinstance(what, ItemAdded)]
    [over] = [what for _, what in deeds if isinstance(what, ItemMoved)]
    assert (added.after, added.before) == (None, names["A"].items[0].id)
    assert (over.after, over.before) == (None, names["B"].items[0].id)


def test_a_sub_topic_that_people_wrote_belongs_to_the_topic_above_it():
    outline = fold(*TALK)
    rest = "#### S|- [s](x:7)|### C|- [c](x:8)|#### T|- [t](x:9)|##### U|- [u](x:10)"
    more = rest.replace("x:", "https://a.example/").replace("|", "\n\n").splitlines()
    file = edited(
        rendered(outline)[1],
        lambda lines: lines.extend((f"{one}\n", None) for one in ("", *more)),
    )
    take_in(outline, file)
    holds(outline, file)
    topics = [(topic.name, [sub.name for sub in topic.subtopics]) for topic in seen(outline).topics]
    assert topics == [("A", []), ("B", ["S"]), ("C", ["T", "U"])]


def test_what_people_took_out_is_gone_and_can_be_brought_back():
    outline = fold(*TALK)
    file = edited(rendered(outline)[1], lambda lines: lines.pop(
        next(n for n, (line, _) in enumerate(lines) if url(2) in line)))  # fmt: skip
    events, _ = take_in(outline, file)
    assert kinds(events) == [ItemRemoved]
    holds(outline, file)
    outline.apply(did(1001, ItemRestored(events[0].what.item)))
    assert url(2) in rendered(outline)[1].text


def test_a_heading_reworded_in_the_file_still_takes_what_is_dropped_under_its_old_name():
    outline = fold(*TALK)

    def reword(lines):
        at = next(n for n, (line, _) in enumerate(lines) if line == "### A\n")
        lines[at] = ("### 1:30 Crystals\n", lines[at][1])

    file = edited(rendered(outline)[1], reword)
    assert kinds(take_in(outline, file)[0]) == [TopicWritten]
    holds(outline, file)
    outline.extend([said(1002, f"# A\n{url(7)}")])
    assert [len(topic.items) for topic in seen(outline).topics] == [3, 2]


def test_topics_that_people_moved_or_dropped_are_so_in_the_episode():
    outline = fold(*TALK)

    def move(lines):
        at = next(n for n, (line, _) in enumerate(lines) if line == "### B\n")
        lines[:] = [*lines[at:], ("\n", None), *lines[: at - 1]]

    file = edited(rendered(outline)[1], move)
    assert kinds(take_in(outline, file)[0]) == [TopicMoved]
    holds(outline, file)

    def drop(lines):
        at = next(n for n, (line, _) in enumerate(lines) if line == "### A\n")
        del lines[at : at + 2]

    file = edited(rendered(outline)[1], drop)
    assert TopicRemoved in kinds(take_in(outline, file)[0])
    holds(outline, file)


def test_a_new_topic_stands_before_the_one_that_people_moved_to_the_front():
    outline = fold(*TALK, said(4, f"# C\n{url(4)}"))
    names = {topic.name: topic.id for topic in outline.episode.topics}

    def move(lines):
        at = next(n for n, (line, _) in enumerate(lines) if line == "### C\n")
        lines[:] = [("### New\n", None), ("\n", None), *lines[at:], ("\n", None), *lines[: at - 1]]

    file = edited(rendered(outline)[1], move)
    events, _ = take_in(outline, file)
    assert [event.what for event in events] == [
        TopicMoved(names["C"], None, names["A"], under=None),
        TopicFound("New", None, None, names["C"], False),
    ]
    holds(outline, file)


def test_a_topic_moved_behind_others_leaves_the_first_where_it_is():
    outline = fold(*TALK, said(4, f"# C\n{url(4)}"))
    names = {topic.name: topic.id for topic in outline.episode.topics}

    def move(lines):
        b, c = (lines.index((line, names[line[4]])) for line in ("### B\n", "### C\n"))
        new = [("### New\n", None), ("\n", None)]
        lines[:] = [*new, *lines[:b], *lines[c:], ("\n", None), *lines[b : c - 1]]

    events, _ = take_in(outline, edited(rendered(outline)[1], move))
    (moved, found) = (event.what for event in events)
    assert isinstance(moved, TopicMoved)
    assert found == TopicFound("New", None, None, names["A"], False)


def test_items_added_and_moved_in_one_topic_are_right_at_the_first_look():
    outline = fold(said(1, f"# A\n{url(1)}"), *(said(n, url(n)) for n in range(2, 6)))
    new = [(f"- {words}\n", None) for words in "xyz"]

    def edit(lines):
        at = next(n for n, (line, _) in enumerate(lines) if "://" in line)
        a, b, c, d, e = lines[at:]
        lines[at:] = [a, e, new[0], b, new[1], new[2], d, c]

    file = edited(rendered(outline)[1], edit)
    episode, side = rendered(outline)
    deeds, _ = detect(episode, side, file, names=(), sub_level=4, prefix="file:d:")
    outline.extend([Event(key, EPISODE, SECOND * 1000, "file:oka", what) for key, what in deeds])
    holds(outline, file)


def test_a_link_that_was_dropped_late_and_is_in_the_file_by_hand_is_there_once():
    outline = fold(*TALK)
    added = ("- [By hand](https://a.example/8)\n", None)
    file = edited(rendered(outline)[1], lambda lines: lines.append(added))
    take_in(outline, file)
    outline.extend([said(4, url(8))])
    assert rendered(outline)[1].text.count(url(8)) == 1
    outline.extend([said(1005, url(8))])
    assert rendered(outline)[1].text.count(url(8)) == 1


FRONT = '---\ntitle: "57: {title}"\ndate: 2026-11-20\ntags:\n{tags}---\n\n'


def test_a_field_is_read_where_its_key_shows_it():
    outline = fold(did(1, FieldSet("title", "Peers")), did(2, FieldSet("tags", ["a"])))
    side = Side(FRONT.format(title="Peers", tags="  - a\n"))
    file = Side(FRONT.format(title="Peer review", tags="  - a\n  - b\n"))
    deeds, _ = detect(
        outline.episode, side, file, names=outline.names(), sub_level=4, prefix="file:d:"
    )
    assert [what for _, what in deeds] == [
        FieldSet("title", "Peer review"), FieldSet("tags", ["a", "b"]),
    ]  # fmt: skip


def test_a_key_that_people_took_out_or_put_in_sets_no_field():
    outline = fold(did(1, FieldSet("title", "Peers")), did(2, FieldSet("tags", ["a"])))
    whole = Side(FRONT.format(title="Peers", tags="  - a\n"))
    for key in ('title: "57: Peers"\n', "date: 2026-11-20\n", "tags:\n  - a\n"):
        less = Side(whole.text.replace(key, ""))
        assert less != whole
        for side, file in ((whole, less), (less, whole)):
            told = detect(
                outline.episode, side, file, names=outline.names(), sub_level=4, prefix="file:d:"
            )
            assert told[0] == []


def test_a_key_that_shows_more_than_its_field_is_no_field():
    outline = fold(did(1, FieldSet("title", "Peers")))
    side = Side("---\ntitle: Peers of 57\n---\n")
    file = Side("---\ntitle: Something else\n---\n")
    assert (
        detect(outline.episode, side, file, names=outline.names(), sub_level=4, prefix="file:d:")[0]
        == []
    )


WORDS = st.sampled_from(["- [T](https://b.example/1)\n", "- words\n", "Words of mine.\n",
                         "### New\n", "#### Sub\n", "<p>html</p>\n", "- [U](https://b.example/2)\n"
                         "  - with a note\n"])  # fmt: skip


@st.composite
def talks(draw):
    texts = st.sampled_from([
        *(url(n) for n in range(1, 9)), "# A", "# B", "# C\n" + url(9), "#### S", "- bullet",
        f"{url(10)}\n- note\n  - deeper", "```md\n| a |\n\n| b |\n```",
    ])  # fmt: skip
    return [said(n, draw(texts)) for n in range(1, draw(st.integers(2, 12)))]


def pieces(side: Side) -> list[list[tuple[str, str | None]]]:
    """A file in parts that people move, take out and change as a whole."""
    found: list[list[tuple[str, str | None]]] = []
    for line, owner in zip(side.text.splitlines(keepends=True), side.owners, strict=True):
        if not line.strip() and owner is None:
            continue
        if found and owner is not None and found[-1][0][1] == owner:
            found[-1].append((line, owner))
        else:
            found.append([(line, owner)])
    return found


def joined(parts: list[list[tuple[str, str | None]]]) -> Side:
    lines: list[tuple[str, str | None]] = []
    for part in parts:
        if lines:
            lines.append(("\n", None))
        lines += part
    return Side("".join(line for line, _ in lines), tuple(owner for _, owner in lines))


def test_two_new_topics_of_one_name_take_a_second_look():
    outline = fold(said(1, url(1)), said(2, url(2)), said(3, f"# C\n{url(9)}"), said(4, "#### S"))
    one, two = (item.id for item in outline.episode.topics[0].items)
    text = f"- <{url(1)}>\n\n- <{url(2)}>\n\n### New\n\n#### S\n\n### New\n\n### C again\n"
    owners = (one, None, two, None, None, None, "0004/0", None, None, None, "0003/0")
    file = Side(text, owners)
    _, owned = take_in(outline, file)
    episode, side = rendered(outline)
    assert told(side, episode) == told(file, episode)
    assert take_in(outline, owned)[0] == []


def test_what_was_never_rendered_is_not_taken_for_removed():
    outline = fold(said(1, url(1)), said(2, url(2)))
    episode, side = rendered(outline)
    shown, hidden = (item.id for item in episode.items())
    first = Side(side.text.splitlines(keepends=True)[0], (shown,))
    deeds, _ = detect(episode, first, first, names=outline.names(), sub_level=4, prefix="file:d:")
    assert [what for _, what in deeds if getattr(what, "item", None) == hidden] == []


@settings(max_examples=300)
@given(talks(), st.lists(WORDS, max_size=4), st.integers(0, 10**6))
def test_after_any_edits_the_episode_is_what_the_file_is(talk, words, seed):
    random = Random(seed)  # noqa: S311 - a test's choices
    outline = fold(*talk)
    parts = pieces(rendered(outline)[1])
    for _ in range(random.randrange(5)):
        if not parts:
            break
        at = random.randrange(len(parts))
        how = random.randrange(3)
        if how == 0:
            parts.pop(at)
        elif how == 1:
            parts.insert(random.randrange(len(parts)), parts.pop(at))
        else:
            first, owner = parts[at][0]
            parts[at][0] = (first.rstrip("\n") + " reworded\n", owner)
    for text in words:
        lines = [(line, None) for line in text.splitlines(keepends=True)]
        parts.insert(random.randint(0, len(parts)), lines)
    file = joined(parts)
    events, owned = take_in(outline, file)
    episode, side = rendered(outline)
    assert told(side, episode) == told(file, episode), [event.what for event in events]
    assert take_in(outline, owned)[0] == [], "it is taken in once"


def test_what_the_template_made_stays_its_own_when_people_reword_it():
    ours = "Heard on this week's show:\n\nSaid, all of it.\n\n- a\n\n### Thanks to all of you\n"
    owners = (None, None, None, None, "1", None, None)
    theirs = ours.replace("this", "last").replace("all of it", "most of it")
    theirs = theirs.replace("to all of you", "to you all") + "\nMy own words.\n"
    parts = shape(
        read(theirs, (*owners, None, None)),
        read(ours, owners),
        known=KnownIds(topics=(), items=("1",)),
        sub_level=4,
    ).parts
    assert [(part.name, [spot.text for spot in part.spots]) for part in parts] == [
        ("", ["- a"]), ("Thanks to you all", ["My own words."]),
    ]  # fmt: skip
