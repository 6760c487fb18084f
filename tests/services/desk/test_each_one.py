"""What is done to one topic or link of many is done to that one, wherever it stands."""

from collections.abc import Sequence
from pathlib import Path

from bot.services.desk.panel import Card
from tests.services.desk.house import House, house
from tests.services.desk.test_panel import TABLE, card, row, run, tap

SECTIONS = {
    "One": ["A", "B"], "(s1)": ["C"], "(s2)": ["D", "E"], "Two": ["F"], "Three": ["G", "H", "I"],
}  # fmt: skip
BLOCKS = [["One", "(s1)", "(s2)"], ["Two"], ["Three"]]
LINKS = [one for links in SECTIONS.values() for one in links]


def rows(blocks: Sequence[Sequence[str]] = BLOCKS, **sections: list[str]) -> list[str]:
    """The panel's lines: topics in this order, some of them with other links."""
    held = SECTIONS | sections
    return [line for block in blocks for name in block for line in (name, *held[name])]


async def filled(home: House) -> None:
    for name, links in SECTIONS.items():
        await home.say(f"#### {name}" if name.startswith("(") else f"# {name}")
        for link in links:
            await home.say(f"[{link}](https://example.org/{link})")
    assert await row(home) == rows()


async def back(home: House) -> None:
    await home.desk.edits.undo(home.request())
    assert await row(home) == rows()


async def give(home: House, of: Card, control: str, **typed: str) -> None:
    """Tap a control, and fill in the form that it asks with."""
    found = of.control(control)
    assert found is not None
    await run(home.desk, TABLE[found.command], home.request(), {**found.values, **typed})


async def test_each_link_goes_over_the_line_above_it_and_the_line_below_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        for link in LINKS:
            at = rows().index(link)
            for control, other in (("up", at - 1), ("down", at + 1)):
                found = (await card(home, link)).control(control)
                assert found is not None
                assert found.enabled is (1 <= other < len(rows()))
                if found.enabled:
                    expected = rows()
                    expected[at], expected[other] = expected[other], expected[at]
                    await tap(home, link, control)
                    assert await row(home) == expected, (link, control)
                    await back(home)


async def test_each_topic_changes_places_with_its_neighbour(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        for at, block in enumerate(BLOCKS):
            for control, other in (("up", at - 1), ("down", at + 1)):
                found = (await card(home, block[0])).control(control)
                assert found is not None
                assert found.enabled is (0 <= other < len(BLOCKS))
                if found.enabled:
                    turned = list(BLOCKS)
                    turned[at], turned[other] = turned[other], turned[at]
                    await tap(home, block[0], control)
                    assert await row(home) == rows(turned), (block, control)
                    await back(home)
        for name, control in (("(s1)", "down"), ("(s2)", "up")):
            await tap(home, name, control)
            assert await row(home) == rows([["One", "(s2)", "(s1)"], *BLOCKS[1:]])
            await back(home)


async def test_each_is_renamed_noted_taken_out_and_put_off_by_itself(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        for label in rows():
            others = [one for one in rows() if one != label]
            found = await card(home, label)
            asked = found.control("rename")
            assert asked is not None
            assert asked.form is not None
            assert [one.value for one in asked.form.fields] == [label]
            field = "title" if label in LINKS else "name"
            await give(home, found, "rename", **{field: "Another"})
            now = await row(home)
            assert now[rows().index(label)].strip("()") == "Another"
            assert [one for one in now if "Another" not in one] == others
            await back(home)
            await give(home, found, "remove")
            left = await row(home)
            if label == "One":  # what it held falls to no topic
                assert left.pop(0).startswith("(")
            if label == "Two":  # what it held falls to the topic before, above its sub-topics
                others.insert(others.index("(s1)"), others.pop(others.index("F")))
            assert left == others
            await back(home)
            await give(home, found, "later")
            held = SECTIONS.get(label, []) + (BLOCKS[0][1:] if label == "One" else [])
            held += [one for name in held for one in SECTIONS.get(name, [])]
            assert await row(home) == [one for one in rows() if one not in (label, *held)]
            await back(home)
            if label in LINKS:
                before = (await home.body()).splitlines()
                await give(home, found, "note", text="noted")
                after = [line.rstrip() for line in (await home.body()).splitlines()]
                (at,) = [at for at, line in enumerate(after) if "noted" in line]
                assert f"[{label}]" in after[at - 1]
                assert [*after[:at], *after[at + 1 :]] == before
                await back(home)


async def test_each_link_goes_to_each_topic_that_is_offered(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await filled(home)
        for name, links in SECTIONS.items():
            for link in links:
                found = await card(home, link)
                others = [one for one in SECTIONS if one != name]
                assert [label.split(" ", 1)[1] for label, _ in found.targets] == others
                for (_, topic), other in zip(found.targets, others, strict=True):
                    await home.desk.edits.link_move(home.request(), link=found.id, topic=topic)
                    left = [one for one in links if one != link]
                    there = [*SECTIONS[other], link]
                    assert await row(home) == rows(**{name: left, other: there})
                    await back(home)
