"""What a panel and its cards show of an episode, whatever it holds. Pure."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.model import Bullet, Episode, Item, Line, Link, Note, Paragraph, Topic
from bot.core.site_index.model import SiteEntry, SitePage
from bot.services.desk import panel
from bot.services.desk.panel import Card, Control, PanelLine
from bot.services.desk.view_commands import earlier_hint, hint_of
from bot.services.lookup_reasons import reason_shown
from bot.services.site_index.memory import Earlier
from bot.services.site_index_port import Hit

A, B, C = (f"https://example.org/{one}" for one in "abc")


def link(url: str, title: str | None = None) -> Link:
    return Link(url, url, title)


def item(identity: str, *line: str | Link, notes: tuple[Line, ...] = ()) -> Item:
    return Item(identity, Bullet(line, tuple(Note("text", 0, one) for one in notes)), "m", "b", 0)


def talk(identity: str, *lines: Line) -> Item:
    return Item(identity, Paragraph(lines), "m", "b", 0)


def topic(name: str, *items: Item, sub: tuple[Topic, ...] = ()) -> Topic:
    return Topic(f"t-{name}", name, items, sub)


def lines(
    *topics: Topic,
    titles: Mapping[str, str] | None = None,
    reasons: Mapping[str, str] | None = None,
    earlier: Mapping[str, Earlier] | None = None,
    language: str = "en",
) -> list[PanelLine]:
    made = panel.panel(
        Episode("show#1", topics), titles or {}, reasons or {},
        page=0, language=language, earlier=earlier or {},
    )  # fmt: skip
    assert (made.page, made.pages, made.jumps) == (0, 1, ())
    return list(made.entries)


def page(number: str, title: str = "", path: str = "p.md") -> SitePage:
    return SitePage(path=path, number=number, title=title, full_title=title)


def earlier(*numbers: str) -> Earlier:
    entry = SiteEntry("item", "x")
    return Earlier(tuple(Hit(page(number), entry) for number in numbers))


# --- lines ---------------------------------------------------------------------------------------


def test_each_thing_has_its_depth_number_and_name() -> None:
    shown = lines(
        topic("", item("i0", "before")),
        topic("One", item("i1", link(A, "A")), sub=(topic("Sub", item("i2", "x")), topic("Low"))),
        topic("Two"),
    )
    assert [(one.id, one.depth, one.number, one.label) for one in shown] == [
        (None, 0, "0", "(before the first topic)"),
        ("i0", 2, "0.1", "before"),
        ("t-One", 0, "1", "One"),
        ("i1", 2, "1.1", "A"),
        ("t-Sub", 1, "1a", "Sub"),
        ("i2", 2, "1a.1", "x"),
        ("t-Low", 1, "1b", "Low"),
        ("t-Two", 0, "2", "Two"),
    ]


def test_a_topic_with_neither_links_nor_sub_topics_is_told_as_empty() -> None:
    shown = lines(topic("One", sub=(topic("Sub"),)), topic("Two", item("i", "x")), topic("Three"))
    assert [one.label for one in shown if one.hint] == ["Sub", "Three"]


def test_a_link_without_a_title_says_so_and_why_where_that_is_known() -> None:
    things = (item("i1", link(A)), item("i2", link(B)), item("i3", link(C)), item("i4", "x"))
    shown = lines(topic("T", *things), titles={C: "Title"}, reasons={B: "status-404"})
    hints = {one.id: one.hint for one in shown[1:]}
    assert hints["i1"] == "no title"
    assert "404" in str(hints["i2"])
    assert hints["i3"] is hints["i4"] is None


def test_a_link_that_a_line_does_not_show_is_named() -> None:
    noted = item("i1", link(A, "A"), notes=((link(B),),))
    assert str(hint_of(noted, {}, {}, "en")).startswith(f"{B}: ")
    assert hint_of(noted, {B: "Title"}, {}, "en") is None
    both = item("i1", link(A), notes=((link(B),),))
    assert not str(hint_of(both, {}, {}, "en")).startswith("http")
    said = talk("i2", ("see ", link(A)))
    assert hint_of(said, {}, {}, "en") is not None


def test_where_a_link_was_before_stands_beside_it() -> None:
    one, many = earlier("7"), earlier("9", "7", "9", "3")
    link_item = item("i1", link(A, "A"))
    assert earlier_hint(link_item, {}, "en") is None
    assert earlier_hint(link_item, {B: one}, "en") is None
    assert earlier_hint(link_item, {A: one}, "en") == "in episode 7"
    assert earlier_hint(link_item, {A: many}, "en") == "in episode 9 and 2 more"
    noted = item("i1", link(A, "A"), notes=((link(B, "B"),),))
    assert earlier_hint(noted, {A: one, B: earlier("7", "5")}, "en") == "in episode 7 and 1 more"
    shown = lines(topic("T", item("i1", link(A))), earlier={A: one})
    assert shown[1].hint == "no title, in episode 7"


def test_why_there_is_no_title_is_said_in_words() -> None:
    assert "503" in reason_shown("status-503", "en")
    assert reason_shown("embed-height", "en") == reason_shown("embed-width", "en")
    assert reason_shown("offline", "en") not in (
        reason_shown("empty", "en"),
        reason_shown("status-503", "en"),
    )


# --- pages ---------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.text("ab*_", min_size=1, max_size=300), st.integers(0, 40)), max_size=9),
    st.integers(-2, 9),
)
def test_pages_hold_all_lines_in_their_order_and_no_more_than_a_platform_takes(
    topics: list[tuple[str, int]], wanted: int
) -> None:
    made = tuple(
        topic(f"{at} {name}", *(item(f"{at}/{one}", f"line {one}") for one in range(count)))
        for at, (name, count) in enumerate(topics)
    )
    episode = Episode("show#1", made)
    first = panel.panel(episode, {}, {}, page=0, language="en")
    pages = [panel.panel(episode, {}, {}, page=at, language="en") for at in range(first.pages)]
    shown = [one for each in pages for one in each.entries]
    assert len(shown) == sum(1 + count for _, count in topics)
    assert [one.id for one in shown if one.depth == 2] == [
        f"{at}/{one}" for at, (_, count) in enumerate(topics) for one in range(count)
    ]
    for each in pages:
        assert len(each.entries) <= panel.MOST_ENTRIES
        assert sum(map(panel._size, each.entries)) <= panel.MOST_TEXT
    for one, after in pairwise(pages):  # no page ends early
        room = sum(map(panel._size, (*one.entries, after.entries[0])))
        assert len(one.entries) == panel.MOST_ENTRIES or room > panel.MOST_TEXT
    nearest = panel.panel(episode, {}, {}, page=wanted, language="en")
    assert nearest.page == min(max(wanted, 0), first.pages - 1)
    assert nearest.entries == pages[nearest.page].entries


def test_one_may_jump_to_topics_and_to_some_where_they_are_many() -> None:
    def jumps(count: int, each: int) -> tuple[tuple[str, int], ...]:
        made = tuple(
            topic(f"T{at}", *(item(f"{at}/{one}", "x") for one in range(each)), sub=(topic("s"),))
            for at in range(count)
        )
        return panel.panel(Episode("show#1", made), {}, {}, page=0, language="en").jumps

    assert jumps(3, 23) == (("1 T0", 0), ("2 T1", 1), ("3 T2", 2))
    assert jumps(2, 1) == ()
    assert [label for label, _ in jumps(25, 1)] == [f"{at + 1} T{at}" for at in range(25)]
    assert [label for label, _ in jumps(26, 1)] == [f"{at + 1} T{at}" for at in range(0, 26, 2)]


def test_what_markdown_would_take_for_its_own_counts_twice() -> None:
    plain, marked = PanelLine("i", 2, "1", "aaaa"), PanelLine("i", 2, "1", "a*_a", "h")
    assert panel._size(marked) - panel._size(plain) == 2 + 1


# --- cards ---------------------------------------------------------------------------------------

ROW = (
    topic("", item("i0", "before")),
    topic("One", item("i1", link(A, "A")), item("i2", "x"), sub=(topic("Sub"), topic("Low"))),
    topic("Two"),
    topic("Three", item("i3", link(B))),
)


def card(identity: str, **more: Mapping[str, Earlier]) -> Card:
    found = panel.card(Episode("show#1", ROW), {B: "Title"}, identity, "en", **more)
    assert found is not None
    assert found.id == identity
    return found


def control(identity: str, name: str) -> Control:
    found = card(identity).control(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("identity", "up", "down"),
    [
        ("i0", None, {"topic": "t-One", "after": "first"}),
        ("i1", {"after": "i0"}, {"after": "i2"}),
        ("i2", {"before": "i1"}, {"topic": "t-Sub", "after": "first"}),
        ("i3", {"topic": "t-Two"}, None),
        ("t-One", None, {"after": "t-Two"}),  # nothing stands before what has no heading
        ("t-Two", {"before": "t-One"}, {"after": "t-Three"}),
        ("t-Three", {"before": "t-Two"}, None),
        ("t-Sub", None, {"after": "t-Low"}),
        ("t-Low", {"before": "t-Sub"}, None),
    ],
)
def test_up_and_down_lead_to_the_place_beside(
    identity: str, up: Mapping[str, str] | None, down: Mapping[str, str] | None
) -> None:
    kind = "topic" if identity.startswith("t-") else "link"
    for name, place in (("up", up), ("down", down)):
        found = control(identity, name)
        assert (found.enabled, found.command) == (place is not None, f"{kind} move")
        if place is not None:
            assert found.values == {kind: identity, **place}


@pytest.mark.parametrize(
    ("identity", "targets"),
    [
        ("i1", ["t-Sub", "t-Low", "t-Two", "t-Three"]),
        ("i3", ["t-One", "t-Sub", "t-Low", "t-Two"]),
        ("i0", ["t-One", "t-Sub", "t-Low", "t-Two", "t-Three"]),
        ("t-One", ["t-Two", "t-Three"]),
        ("t-Two", ["first", "t-Three"]),
        ("t-Three", ["first", "t-One"]),
        ("t-Sub", ["t-Low"]),
        ("t-Low", ["first"]),
    ],
)
def test_a_thing_can_be_moved_to_where_it_does_not_stand(identity: str, targets: list[str]) -> None:
    assert [one for _, one in card(identity).targets] == targets


def test_a_move_is_the_command_of_its_kind() -> None:
    assert card("i1").move_to("t-Two").values == {"link": "i1", "topic": "t-Two"}
    assert card("t-One").move_to("t-Two").values == {"topic": "t-One", "after": "t-Two"}


def test_a_card_has_the_controls_of_its_kind_each_with_what_it_is_about() -> None:
    assert [one.name for one in card("t-One").controls] == [
        "up", "down", "rename", "remove", "later",
    ]  # fmt: skip
    assert [one.name for one in card("i1").controls] == [
        "up", "down", "rename", "note", "remove", "later",
    ]  # fmt: skip
    assert "rename" not in [one.name for one in card("i2").controls]  # it has no link
    recurs = card("i1", earlier={A: earlier("7")})
    assert [one.name for one in recurs.controls][-1] == "earlier"
    assert card("i1", earlier={B: earlier("7")}).control("earlier") is None
    for identity, about in (("i1", {"link": "i1"}), ("t-One", {"topic": "t-One"})):
        assert control(identity, "remove").values == about
        assert control(identity, "later").values == {"what": identity}
    assert card("i1").title == "1.1 A"
    assert card("t-Sub").title == "1a Sub"
    assert panel.card(Episode("show#1", ROW), {}, "nobody", "en") is None


def test_a_form_begins_with_what_there_is() -> None:
    values = {}
    for identity in ("i1", "i3", "t-One"):
        form = control(identity, "rename").form
        assert form is not None
        values[identity] = [(one.option, one.value, one.long) for one in form.fields]
    assert values == {
        "i1": [("title", "A", False)],
        "i3": [("title", "Title", False)],
        "t-One": [("name", "One", False)],
    }
    untitled = panel.card(Episode("show#1", ROW), {}, "i3", "en")
    assert untitled is not None
    rename = untitled.control("rename")
    assert rename is not None
    assert rename.form is not None
    assert rename.form.fields[0].value == ""
    note = control("i1", "note").form
    assert note is not None
    assert [(one.option, one.value, one.long) for one in note.fields] == [("text", "", True)]
    added = panel.add_topic("en")
    assert (added.command, added.values) == ("topic add", {})


def test_the_form_of_an_episode_shows_its_fields_as_one_would_type_them() -> None:
    fields = {"title": "T", "tags": ["a", "b"], "starring": ("Oka", "Buka"), "other": "x"}
    form = panel.episode_form(fields, "en").form
    assert form is not None
    assert [(one.option, one.value, one.long, one.required) for one in form.fields] == [
        ("title", "T", False, False),
        ("date", "", False, False),
        ("starring", "Oka, Buka", False, False),
        ("summary", "", True, False),
        ("tags", "a, b", False, False),
    ]
    assert form.fields[0].label == "Title"
    assert panel.shown_value(7) == "7"
