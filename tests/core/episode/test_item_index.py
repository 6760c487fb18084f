"""What people put below other items: a part of those while one of them is there, else by itself."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.builder import EpisodeBuilder
from bot.core.episode.item_index import ItemIndex
from bot.core.episode.sections import PlacedItem
from bot.core.episode.waiting import postpone_item
from bot.core.events import ItemRemoved, ItemRestored
from bot.core.model import Item, Paragraph

NAMES = tuple("abcdef")
FLAGS = st.sampled_from([(False, False), (False, False), (True, False), (False, True)])
STEPS = st.lists(
    st.tuples(st.just("nest"), st.sampled_from(NAMES), st.sampled_from(NAMES), FLAGS)
    | st.tuples(
        st.sampled_from(["lift", "remove", "restore", "wait"]),
        st.sampled_from(NAMES),
        st.none(),
        st.none(),
    ),
    max_size=25,
)


def built(names: tuple[str, ...]) -> EpisodeBuilder:
    builder = EpisodeBuilder(lambda _: None)
    for name in names:
        item = Item(name, Paragraph((("words",),)), name, "buka", 1)
        entry = builder.entries[name] = PlacedItem(item, builder.top, alive=True)
        builder.top.add(entry)
    return builder


@dataclass
class Told:
    """What stands where, found out anew each time from all that was done."""

    above: dict[str, str] = field(default_factory=dict)
    apart: set[str] = field(default_factory=set)
    void: set[str] = field(default_factory=set)
    away: dict[str, str] = field(default_factory=dict)

    def over(self, item: str) -> list[str]:
        under = self.above.get(item)
        if under is None:
            return []
        return [*([] if item in self.void else [under]), *self.over(under)]

    def every_over(self, item: str) -> list[str]:
        under = self.above.get(item)
        return [] if under is None else [under, *self.every_over(under)]

    def is_part(self, item: str) -> bool:
        return item not in self.apart and any(
            self.away.get(one) == "waits" or self.is_alive(one) for one in self.over(item)
        )

    def is_alive(self, item: str) -> bool:
        return item not in self.away and not self.is_part(item)

    def do(self, what: str, item: str, under: str | None, flags: tuple[bool, bool] | None) -> None:
        if what == "nest" and under is not None and under != item:
            if item in self.every_over(under):
                self.above.pop(under)
            self.above[item] = under
            for known, now in zip((self.apart, self.void), flags or (), strict=True):
                (known.add if now else known.discard)(item)
        elif what == "wait":
            below = [one for one in NAMES if item in self.over(one)]
            for one in (
                [item] if self.is_alive(item) else [one for one in below if self.is_alive(one)]
            ):
                self.away[one] = "waits"
        elif what != "nest":
            self.above.pop(item, None)
            if what == "remove":
                self.away[item] = "gone"
            elif what == "restore":
                self.away.pop(item, None)


def do(
    builder: EpisodeBuilder,
    what: str,
    item: str,
    under: str | None,
    flags: tuple[bool, bool] | None,
) -> None:
    if what == "nest" and under is not None and flags is not None:
        builder.nest(item, under, is_apart=flags[0], is_void=flags[1])
    elif what == "lift":
        builder.lift(item)
    elif what == "remove":
        builder.remove_item(ItemRemoved(item), 2)
    elif what == "restore":
        builder.restore_item(ItemRestored(item))
    else:
        postpone_item(builder, item, "later")


@given(STEPS)
def test_each_is_a_part_of_what_is_above_it_while_one_of_these_is_there(
    steps: list[tuple[str, str, str | None, tuple[bool, bool] | None]],
) -> None:
    builder, told = built(NAMES), Told()
    for step in steps:
        do(builder, *step)
        told.do(*step)
        entries = {name: builder.entries[name] for name in NAMES}
        assert [one for one in NAMES if entries[one].alive] == [*filter(told.is_alive, NAMES)]
        parts = [one for one in NAMES if one not in told.away and told.is_part(one)]
        assert [one for one in NAMES if entries[one].nested] == parts
        assert {one.item.id for one in builder.nested()} == {*parts}
        for name in NAMES:
            assert set(builder.below(name)) == {one for one in NAMES if name in told.over(one)}


def test_what_stands_below_others_is_told_in_the_order_of_the_file() -> None:
    builder = built(NAMES)
    for item, under in [("b", "a"), ("c", "b"), ("d", "a"), ("e", "b")]:
        builder.nest(item, under)
    assert builder.below("a") == ["b", "c", "e", "d"]


@pytest.mark.parametrize("below", ["one", "each other"])
def test_it_takes_no_more_looks_for_an_item_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    looks = 0
    meant = ItemIndex.meant

    def counted(self: ItemIndex, identity: str) -> PlacedItem | None:
        nonlocal looks
        looks += 1
        return meant(self, identity)

    monkeypatch.setattr(ItemIndex, "meant", counted)
    taken = []
    for many in (50, 100):
        names = tuple(map(str, range(many)))
        builder, looks = built(names), 0
        for at, name in enumerate(names[1:]):
            builder.nest(name, names[0] if below == "one" else names[at // 3 * 3])
        builder.remove_item(ItemRemoved(names[0]), 2)
        builder.nested()
        taken.append(looks)
    assert taken[1] <= 2.2 * taken[0]
