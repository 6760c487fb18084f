"""What stands under what: headings by their level, items under a heading, embeds below an item."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.tree import TOP, tree_of

PARTS = {
    "#": "## A\n",
    "##": "### B\n",
    "###": "#### C\n",
    "item": "- [x](https://a.example/x)\n",
    "html": "<blockquote>embed</blockquote>\n",
    "block": "some words\n",
}


@given(st.lists(st.sampled_from(sorted(PARTS)), max_size=12))
def test_every_part_stands_under_what_it_belongs_to(kinds: list[str]) -> None:
    text = "\n".join(PARTS[kind] for kind in kinds)
    tree = tree_of(text)
    assert len(tree.nodes) == len(kinds)
    headings: list[int] = []
    item: int | None = None
    for at, kind in enumerate(kinds):
        if kind.startswith("#"):
            while headings and len(kinds[headings[-1]]) >= len(kind):
                headings.pop()
        topic = headings[-1] if headings else TOP
        is_embed = kind == "html" and item is not None
        assert tree.parents[at] == (item if is_embed else topic), (kinds, at)
        assert tree.is_part(at) == is_embed
        item = at if kind == "item" else item if is_embed else None
        if kind.startswith("#"):
            headings.append(at)
    *gaps, last = tree.gaps
    whole = "".join(gap + node.text for gap, node in zip(gaps, tree.nodes, strict=True))
    assert whole + last == text


def test_an_embed_is_the_items_whose_owner_it_has_and_a_block_too() -> None:
    text = "- one\n\n<p>two</p>\n\nthree\n\nfour\n"
    owners = ("a", None, "a", None, "a", None, "b")
    assert tree_of(text, owners).parents == [TOP, 0, 0, TOP]
    assert tree_of(text, ("a", None, "b", None, "b", None, "b")).parents == [TOP, TOP, 1, 1]
    assert tree_of(text, ("a", None, None, None, None, None, None)).parents == [TOP, 0, TOP, TOP]


def test_an_item_has_below_it_what_its_bullets_begin_with_and_it_does_not() -> None:
    text = "- [a](https://e.org/a)\n  - [b](https://e.org/b) [c](https://e.org/c)\n  [d](https://e.org/d)\n"
    items = "\n".join(f"- [{one}](https://e.org/{one})" for one in "abcd")
    others = [*tree_of(items).nodes, *tree_of("- words alone\n").nodes]
    assert [tree_of(text).has_below(0, one) for one in others] == [False, True, False, False, False]
    again = tree_of("- [b](https://e.org/b)\n  - [b](https://e.org/b)\n")
    assert not again.has_below(0, others[1])
