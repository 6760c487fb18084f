"""What Python 3.11.0 to 3.11.4 do wrongly, and many a server has them: Debian 12 ships 3.11.2."""

import ast
import re
from collections.abc import Iterator

from tests.needs import ROOT

# A possessive repeat of a group goes on from the wrong place where its last try failed half-way
# (https://github.com/python/cpython/issues/106052). An atomic group, `(?>(?:…)*)`, is right; it
# takes memory for each round, so it has a bound. Repeats of a single character are right too.
_POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\}+)\+")


def texts(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            value = node.value
            yield node.lineno, value if isinstance(value, str) else value.decode("latin-1")


def test_no_expression_repeats_a_group_possessively() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("bot", "cogs", "storage")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, text in texts(path.read_text(encoding="utf-8"))
        if _POSSESSIVE_GROUP.search(text)
    ]
    assert found == []


def test_the_rule_sees_what_it_is_about() -> None:
    assert _POSSESSIVE_GROUP.search(r"(?:ab?c)*+")
    assert _POSSESSIVE_GROUP.search(r"(?:ab?c){0,9}+")
    assert not _POSSESSIVE_GROUP.search(r"(?>(?:ab?c)*)[^a]*+\)++")
