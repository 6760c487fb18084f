"""What `make mutants` leaves out: faults of which no test should say anything, by rules."""

import ast
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from cosmic_ray.work_item import MutationSpec

OPERATES = (ast.BinOp, ast.AugAssign, ast.JoinedStr, ast.FormattedValue, ast.Constant)
"""What an operator can stand in; of one in a formatted text Python 3.11 does not know the place."""

SHOWN_WHOLE = 50
"""From so many letters on a slice is of a text that an answer shows, not of a hash or a date."""


def no_fault(mutation: MutationSpec) -> bool:
    """Return whether a mutation can make no fault that a test should notice.

    - In a type: another operator than `|` there stops the import, which any test sees.
    - A `*` that is no operator: between parameters it says that those behind it have names.
    - `^` for `|` between flags of an expression: none stands there twice.
    - In a constant that is a number (a bound, a pause): how large it is, is a choice, and a test
      that holds it would say it twice. So is after how many letters a text is cut that an answer
      shows, in `shortened(text, 60)`, in an error and, from fifty on, elsewhere in `text[:60]`.
    - `==` for `is`: what we compare by `is` (None, a bool, a sentinel, a member) is equal to itself
      alone. `is` for `==`: whether two that are equal are one object is Python's luck, which no
      test should prove; and beside a literal it is a warning, which any test sees.
    - `frozen` and `slots` of a dataclass: that nothing is assigned to it is for the type checker.
    - `if TYPE_CHECKING`: what is loaded for the type checker alone.
    - A decorator that remembers results changes how long something takes; `override`,
      `abstractmethod` and their like are for the type checker.
    """
    name = mutation.operator_name.partition("/")[2]
    within = around(mutation)
    if any(_annotates(outer, inner) for outer, inner in pairwise(within)) or _tunes(within):
        return True
    if name == "NumberReplacer" and _cuts(within):
        return True
    if name.startswith("ReplaceBinary") and not isinstance(within[-1], OPERATES):
        return True
    if name.endswith("BitOr_BitXor") and _joins_flags(within[-1]):
        return True
    if name.endswith(("_Is_Eq", "_IsNot_NotEq", "_Eq_Is", "_NotEq_IsNot")):
        return True
    if name.endswith(("_Is", "_IsNot")):
        compared = next((node for node in reversed(within) if isinstance(node, ast.Compare)), None)
        sides = (compared.left, *compared.comparators) if compared else ()
        return any(isinstance(side, ast.Constant) and side.value is not None for side in sides)
    line = line_of(mutation)
    if line.strip() == "if TYPE_CHECKING:":
        return True
    if name == "ReplaceTrueWithFalse" and line.strip().startswith("@dataclass"):
        return True
    return name == "RemoveDecorator" and (
        "cache" in line or line.strip()[1:] in ("override", "abstractmethod", "runtime_checkable")
    )


def _tunes(within: list[ast.AST]) -> bool:
    """Return whether that is within `NAME = 4 * 1024`, `5 * SECOND`, `PAUSES = (2, 10)`."""
    assigned = within[1] if len(within) > 1 else None
    if not isinstance(assigned, ast.Assign) or not isinstance(assigned.targets[0], ast.Name):
        return False
    parts = (node for node in ast.walk(assigned.value) if isinstance(node, ast.expr))
    numbers = all(
        isinstance(node, ast.BinOp | ast.UnaryOp)
        or (isinstance(node, ast.Tuple) and assigned.targets[0].id.endswith("PAUSES"))
        or (isinstance(node, ast.Name) and node.id.isupper())
        or (isinstance(node, ast.Constant) and type(node.value) in (int, float))
        for node in parts
    )
    return numbers and assigned.targets[0].id.isupper()


def _cuts(within: list[ast.AST]) -> bool:
    """Return whether that is the number in `shortened(text, 60)`, or in `text[:60]`."""
    number, outer = within[-1], within[-2]
    if not isinstance(number, ast.Constant) or type(number.value) is not int:
        return False
    if isinstance(outer, ast.Call):
        return ast.unparse(outer.func).rpartition(".")[2] == "shortened"
    cuts = isinstance(outer, ast.Slice) and outer.upper is number and outer.lower is None
    is_told = any(isinstance(one, ast.Raise) for one in within)
    return cuts and (is_told or number.value >= SHOWN_WHOLE)


def _joins_flags(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and ast.unparse(node).startswith("re.")


def _annotates(outer: ast.AST, inner: ast.AST) -> bool:
    if isinstance(outer, ast.Assign) and isinstance(inner, ast.BinOp):
        named = (
            node
            for node in ast.walk(inner)
            if not isinstance(node, ast.operator | ast.expr_context)
        )
        return all(isinstance(node, ast.BinOp | ast.Name | ast.Attribute) for node in named)
    return inner in (getattr(outer, "annotation", None), getattr(outer, "returns", None))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def line_of(mutation: MutationSpec) -> str:
    return mutation.module_path.read_text(encoding="utf-8").split("\n")[mutation.start_pos[0] - 1]


def around(mutation: MutationSpec) -> list[ast.AST]:
    """Return what a mutation stands in, from the outermost to the innermost."""
    line, letters = mutation.start_pos
    column = len(line_of(mutation)[:letters].encode())  # as Python's own trees count

    def holds(node: ast.AST) -> bool:
        return hasattr(node, "end_lineno") and (
            (first_line(node), node.col_offset if not _decorated(node) else 0)
            <= (line, column)
            < (node.end_lineno, node.end_col_offset)
        )

    found: list[ast.AST] = []
    inner: ast.AST | None = tree(mutation.module_path)
    while inner is not None:
        found.append(inner)
        inner = next((node for node in _children(inner) if holds(node)), None)
    return found


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if hasattr(child, "end_lineno"):
            yield child
        else:
            yield from _children(child)


def _decorated(node: ast.AST) -> bool:
    return bool(getattr(node, "decorator_list", ()))


def first_line(node: Any) -> int:
    return node.decorator_list[0].lineno if _decorated(node) else node.lineno
