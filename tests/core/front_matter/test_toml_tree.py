"""TOML as a tree: which lines are whose."""

from itertools import product

import pytest

from bot.core.front_matter.toml_tree import toml_tree
from bot.core.front_matter.tree import numbered


@pytest.mark.parametrize(("opening", "inside", "closing"), [
    ("[", "  1, # one", "]"), ("{", "  # one", "}"), ('"""', "words = [", '"""'),
    ("'''", "b = 1", "'''"),
])  # fmt: skip
def test_a_value_takes_the_lines_up_to_its_end_however_many_and_wherever_it_begins(
    opening: str, inside: str, closing: str
) -> None:
    for height, above in product([0, 1, 5, 6, 7, 8, 30, 31, 200], [1, 2, 3, 9]):
        value = [f"key = {opening}", *[inside] * height, f"{closing} # its end"]
        first = [f"first{at} = 1" for at in range(above)]
        tree = toml_tree(numbered([*first, *value, "last = 2"]))
        assert [node.name for node in tree[above:]] == ["key", "last"], (height, above)
        assert [len(node.own) for node in tree] == [1] * above + [len(value), 1], (height, above)


def test_a_value_that_nothing_ends_takes_its_own_line_alone() -> None:
    tree = toml_tree(numbered(["a = [", *["  1,"] * 40, "b = 2"]))
    assert (tree[0].name, len(tree[0].own)) == ("a", 1)
    assert tree[-1].name == "b"


def test_a_table_below_an_entry_of_a_list_of_tables_is_that_entrys() -> None:
    text = "[[g]]\na = 1\n[g.links]\nb = 2\n[[g.x]]\nc = 3\n[[g]]\na = 4\n[g.links]\n[other]\n[g2]"
    g, other, g2 = toml_tree(numbered(text.split("\n")))
    assert [(one.name, one.kind) for one in (g, other, g2)] == [
        ("g", "list"), ("other", "mapping"), ("g2", "mapping"),
    ]  # fmt: skip
    inside = [[(part.name, part.kind) for part in entry.children] for entry in g.children]
    assert inside == [
        [("a", "value"), ("links", "mapping"), ("x", "list")],
        [("a", "value"), ("links", "mapping")],
    ]
