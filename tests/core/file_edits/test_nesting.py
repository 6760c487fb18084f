"""What people put below an item is nested there, and stands for itself when that goes."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.version import Side
from bot.core.episode.fold import Outline
from bot.core.events import (
    Event,
    ItemMoved,
    ItemNoted,
    ItemReaddressed,
    ItemRemoved,
    ItemRestored,
    ItemRetitled,
    What,
)
from bot.core.file_edits.detect import detect
from bot.core.file_edits.nesting import Nesting
from bot.core.file_events import ItemAdded, ItemNested, ItemWritten, StandsIn
from bot.core.grammar.message import LEAVE_OUT, OFF_RECORD
from bot.core.model import Noted, Step, Written
from bot.core.render import layout
from bot.core.urls import canonical, fingerprint
from tests.core.file_edits.test_detect import PROFILE, holds, rendered
from tests.talk import EPISODE, SECOND, did, fold, gone, in_file, marked, said, url

NONE: Mapping[str, str] = MappingProxyType({})
A, B, C = url(1), url(2), url(3)
TALK = (said(1, f"# A\n{A}"), said(2, B, by="jonas"), said(3, f"{C}\n- of c"))


def take_in(
    outline: Outline, text: str, *, second: int = 800, lost: Mapping[str, str] = NONE
) -> list[Event]:
    """Take in what people made of the file, as its lines below the heading.

    The chat took out what is `lost`, which was nested with that text.
    """
    episode, side = rendered(outline)
    lines = [f"{line}\n" for line in ("### A", "", *text.splitlines())]
    known = dict(zip(side.text.splitlines(keepends=True), side.owners, strict=True))
    file = Side("".join(lines), _owners(lines, known))
    events: list[Event] = []
    for _ in range(3):
        episode, side = rendered(outline)
        nested = {one.item.id: layout.item_text(one.item, {}, PROFILE) for one in episode.nested}
        deeds, file = detect(
            episode, side, file, names=outline.names(), sub_level=4,
            prefix=f"file:{second}:", count=len(events), nested=nested, lost=lost,
        )  # fmt: skip
        new = [Event(key, EPISODE, second * SECOND, "file:oka", what) for key, what in deeds]
        outline.extend(new)
        events += new
        if not new:
            break
    holds(outline, file)
    return events


def _owners(lines: list[str], known: dict[str, str | None]) -> tuple[str | None, ...]:
    """Return whose the lines are, as a merge has it: a line that is indented is its bullet's."""
    owners: list[str | None] = []
    for line in lines:
        below = line.startswith(" ") and owners
        owners.append(owners[-1] if below else known.get(line))
    return tuple(owners)


def shown(outline: Outline) -> str:
    return rendered(outline)[1].text.removeprefix("### A\n\n")


NESTED = f"""\
- <{A}>
  - by hand
  - <{B}>
    - <{C}>
      - of c
  - last
"""


def test_what_is_below_is_nested_and_the_text_is_the_file_s():
    outline = fold(*TALK)
    events = take_in(outline, NESTED)
    assert shown(outline) == NESTED
    assert not [one for one in events if isinstance(one.what, ItemRemoved)]
    assert [one.item.message for one in outline.episode.nested if one.item.by != "file:oka"] == [
        "0002",
        "0003",
    ]
    assert take_in(outline, NESTED, second=801) == []


def test_it_stands_for_itself_when_what_it_is_below_goes():
    rest = f"- by hand\n- <{B}>\n  - <{C}>\n    - of c\n- last\n"
    for event in (
        marked(1, LEAVE_OUT),
        gone(1),
        did(850, ItemRemoved("0001/" + _born(A))),
        said(1, "# A\nnever mind", edited=1),
    ):
        outline = fold(*TALK)
        take_in(outline, NESTED)
        outline.apply(event)
        assert shown(outline) == rest, event


def test_one_in_the_middle_leaves_its_own_to_the_one_above_until_that_goes():
    outline = fold(*TALK)
    take_in(outline, NESTED)
    outline.apply(gone(2))
    assert shown(outline) == NESTED  # people's text stays as it is
    outline.apply(did(960, ItemRemoved("0001/" + _born(A))))
    assert shown(outline) == f"- by hand\n- <{C}>\n  - of c\n- last\n"


def test_what_comes_out_again_is_the_item_that_it_was():
    outline = fold(*TALK)
    take_in(outline, NESTED)
    events = take_in(
        outline, f"- <{A}>\n  - by hand\n- <{B}>\n  - <{C}>\n    - of c\n- last\n", second=801
    )
    moved = [one.what.item for one in events if isinstance(one.what, ItemMoved)]
    assert [item[:4] for item in moved][:1] == ["0002"]
    assert not [one for one in events if isinstance(one.what, ItemAdded)]
    outline.apply(said(2, f"[Jonas]({B})", by="jonas", edited=1))
    assert f"- [Jonas]({B})\n" in shown(outline)


def test_locked_and_lifted_it_comes_back_without_what_people_had_put_below_it():
    rest = f"- <{A}>\n- by hand\n- <{B}>\n  - <{C}>\n    - of c\n- last\n"
    outline = _locked_and_lifted(1)
    assert shown(outline) == rest
    take_in(outline, NESTED, second=960)
    assert shown(outline) == NESTED


def test_so_it_is_with_what_was_below_and_what_was_below_that_stays_there():
    outline = _locked_and_lifted(2)
    assert shown(outline).endswith(f"\n- <{B}>\n")
    outline.apply(gone(1))
    assert shown(outline) == f"- by hand\n- <{B}>\n- <{C}>\n  - of c\n- last\n"


def _locked_and_lifted(number: int) -> Outline:
    """The fold of a message that was, without what 🔒 erases of it."""
    outline = fold(*TALK)
    events = take_in(outline, NESTED)
    text = "\n".join(line for line in NESTED.splitlines() if number == 1 or B not in line)
    kept = [
        Event(one.key, one.episode, one.at, one.by, ItemWritten(one.what.item, None, text))
        if isinstance(one.what, ItemWritten) and one.what.item.startswith("0001") and number == 2
        else one
        for one in events
        if not (isinstance(one.what, ItemWritten) and one.what.item.startswith(f"000{number}"))
    ]
    locks = [marked(number, OFF_RECORD, at=900), marked(number, OFF_RECORD, on=False, at=901)]
    return fold(*TALK, *kept, *locks)


def test_what_people_take_out_with_it_is_gone():
    outline = fold(*TALK)
    take_in(outline, NESTED)
    take_in(outline, f"- <{A}>\n  - <{B}>\n", second=801)
    outline.apply(gone(1))
    assert shown(outline) == f"- <{B}>\n"


def test_it_moves_along():
    outline = fold(*TALK, said(4, "# Z\n" + url(9)))
    take_in(outline, NESTED + f"\n### Z\n\n- <{url(9)}>\n")
    topic = outline.episode.topics[1].id
    outline.apply(did(850, ItemMoved("0001/" + _born(A), topic, None, None)))
    outline.apply(gone(1))
    assert shown(outline).endswith(
        f"### Z\n\n- <{url(9)}>\n- by hand\n- <{B}>\n  - <{C}>\n    - of c\n- last\n"
    )


def test_of_two_below_each_other_the_one_stands_that_is_the_upper_now():
    outline = fold(*TALK)
    b, c = "0002/" + _born(B), "0003/" + _born(C)
    outline.apply(did(800, ItemNested(b, c, "0001/0")))
    assert [item.message for item in outline.episode.items()] == ["0001", "0003"]
    outline.apply(did(801, ItemNested(c, b, "0001/0")))
    assert [item.message for item in outline.episode.items()] == ["0001", "0002"]


def _born(address: str) -> str:
    item = next(iter(fold(said(1, address)).episode.items()))
    return item.id.partition("/")[2]


def test_what_the_chat_took_out_and_people_put_out_of_a_line_is_that_still():
    outline = fold(*TALK)
    take_in(outline, f"- <{A}>\n  - <{B}>\n- <{C}>\n  - of c\n")
    outline.apply(gone(2, at=890))
    (item,) = (one.id for one in outline.episode.removed)
    text = f"- <{A}>\n- <{B}>\n- <{C}>\n  - of c\n"
    events = take_in(outline.copy(), text, second=900, lost={item: f"- <{B}>"})
    assert ItemRestored(item) in [one.what for one in events]
    assert not [one for one in events if isinstance(one.what, ItemAdded)]
    events = take_in(outline, text, second=900)  # without it, it is people's
    assert [one.what.text for one in events if isinstance(one.what, ItemAdded)] == [f"- <{B}>"]


def test_what_people_joined_with_a_line_and_put_by_itself_again_is_what_it_was() -> None:
    outline = fold(*TALK)
    first = outline.episode.items()[0].id
    take_in(outline, f"- <{A}>\n- <{C}>\n  - of c\n")
    (item,) = (one.id for one in outline.episode.removed)
    outline.apply(in_file(850, StandsIn(item, first)))
    text = f"- <{A}>\n- at last <{B}>\n- <{C}>\n  - of c\n"
    take_in(outline, text, second=900, lost={item: f"- <{B}>"})
    assert [one.id for one in outline.episode.items()][1] == item
    assert not outline.episode.removed
    outline.apply(said(901, f"{B}\n- a note"))
    noted = [one.id for one in outline.episode.items() if any(map(_is_note, one.steps))]
    assert noted == [item]  # and not the line that it was in


def _is_note(step: Step) -> bool:
    return isinstance(step, Noted)


@pytest.mark.parametrize(
    ("do", "left"),
    [
        (lambda item: ItemNoted(item, "said of it"), "- by hand  \n  said of it\n"),
        (lambda item: ItemMoved(item, "0001/0", None, None), "- by hand\n"),
        (ItemRemoved, ""),
        (lambda item: ItemNested(item, "0004/" + _born(url(9)), "0001/0"), None),
    ],
)
def test_what_is_done_to_it_while_it_stands_alone_outlives_the_return(do, left):
    outline = fold(*TALK, said(4, url(9)))
    take_in(outline, NESTED + f"- <{url(9)}>\n")
    [item] = [
        one.item.id
        for one in outline.episode.nested
        if isinstance(one.item.content, Written) and one.item.content.text == "- by hand"
    ]
    outline.apply(marked(1, LEAVE_OUT, at=850))
    outline.apply(did(860, do(item)))
    outline.apply(marked(1, LEAVE_OUT, on=False, at=870))
    text = shown(outline)
    assert f"- <{A}>\n  - <{B}>\n    - <{C}>\n      - of c\n  - last\n" in text
    below = [one.under for one in outline.episode.nested if one.item.id == item]
    if left is None:
        assert below == ["0004/" + _born(url(9))]
        assert "by hand" not in text  # its line there is told of by what people wrote there then
    else:
        assert below == []
        assert text.count("by hand") == left.count("by hand")
        assert left in text


def test_of_many_lines_those_are_known_again_that_people_reworded_below_others_that_they_took_out():
    """Only some are looked at for each: all with all would take minutes."""
    talk = (
        said(1, f"# A\n{A}"),
        *(said(n, f"- what was said of {n} in May") for n in range(2, 62)),
    )
    outline = fold(*talk)
    take_in(
        outline,
        "\n".join([f"- <{A}>", *(f"  - what was said of {n} in May" for n in range(2, 62))]),
    )
    assert len(outline.episode.nested) == 60
    was = {one.item.id for one in outline.episode.nested}
    left = [f"  - what they said of {n} in May" for n in range(40, 62)]
    events = take_in(outline, "\n".join([f"- <{A}>", *left]), second=900)
    assert not [event for event in events if isinstance(event.what, ItemAdded)]
    now = [one.item.id for one in outline.episode.nested]
    assert len(now) == 22
    assert was.issuperset(now)


@pytest.mark.parametrize("note", ["note one", "note two"])
def test_a_note_of_theirs_is_not_the_hosts_note_that_came_to_stand_above_it(note):
    did: list[What] = []

    def do(what: What) -> str:
        did.append(what)
        return f"file:{len(did)}"

    nesting = Nesting([], {}, do)
    was, now = f"- <{A}>\n  - note one", f"- note one\n  - {note}"
    nesting.take("m/1", was, now, "topic")
    assert [what.text for what in did if isinstance(what, ItemAdded)] == [f"- {note}"]


NOTES = st.lists(st.sampled_from(["a", "note", "of", "ours", "mine"]), min_size=1).map(" ".join)


@given(NOTES, NOTES, st.booleans())
def test_a_note_goes_with_what_gave_it_however_like_it_is_to_one_of_the_line_above(
    above: str, own: str, stays: bool
) -> None:
    outline = fold(said(1, f"# A\n- a plan\n  - {above}"), said(2, f"{B}\n- {own}", by="jonas"))
    kept = f"  - {above}\n" if stays else ""
    take_in(outline, f"- a plan\n{kept}  - <{B}>\n    - {own}\n")
    plan, *_ = (item.id for item in outline.episode.items())
    outline.apply(did(900, ItemRemoved(plan)))
    assert shown(outline) == f"- <{B}>\n  - {own}\n"


def test_what_they_put_out_of_a_link_that_the_chat_took_out_is_not_that_link() -> None:
    outline = fold(*TALK[:2])
    take_in(outline, f"- <{A}>\n  - <{B}>\n")
    first = outline.episode.items()[0].id
    outline.extend([said(2, "never mind", by="jonas", edited=1), did(850, ItemRemoved(first))])
    episode, side = rendered(outline)
    file = Side(f"{side.text}- <{A}>\n- <{B}>\n", (*side.owners, first, None))
    deeds, _ = detect(
        episode, side, file, names=outline.names(), sub_level=4, prefix="file:801:",
        away={first: f"- <{A}>\n  - <{B}>"},
    )  # fmt: skip
    outline.extend(Event(key, EPISODE, 860 * SECOND, "file:oka", what) for key, what in deeds)
    assert shown(outline) == f"- <{A}>\n- <{B}>\n"
    assert [one.message == "0001" for one in outline.episode.items()] == [True, False]


LINK = fingerprint(canonical(B))


@pytest.mark.parametrize(
    ("title", "address", "now"),
    [("Ours", None, f"[Ours]({B})"), (None, url("new"), f"<{url('new')}>")],
)
@pytest.mark.parametrize("goes", ["removed", "deleted"])
def test_what_hosts_make_of_a_link_below_another_line_is_its_own(
    title: str | None, address: str | None, now: str, goes: str
) -> None:
    outline = fold(said(1, "# A"), said(2, "- a plan"), said(3, B, by="jonas"))
    take_in(outline, f"- a plan\n  - <{B}>\n")
    (plan,) = (item.id for item in outline.episode.items())
    (link,) = (item.id for item in outline.episode.below(plan))
    made = ItemRetitled(link, LINK, title) if title else ItemReaddressed(link, LINK, address, None)
    outline.apply(did(900, made))
    assert shown(outline) == f"- a plan\n  - {now}\n"
    outline.apply(did(910, ItemRemoved(plan)) if goes == "removed" else gone(2))
    assert shown(outline) == f"- {now}\n"
