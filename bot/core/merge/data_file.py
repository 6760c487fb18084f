"""The three-way merge of a file that is data from end to end: YAML, TOML or JSON, by its ending.

It is merged by key, as front matter is; a list, or what is no data, as pieces of text.
"""

import json

from bot.core.document.version import Side
from bot.core.front_matter.region import front_matter
from bot.core.front_matter.values import FrontMatterFault, values_in
from bot.core.merge.merge import merge

_RULERS = {"yml": "---\n", "yaml": "---\n", "toml": "+++\n", "json": ""}


def merge_file(base: str, ours: str, theirs: str, *, path: str) -> str:
    """Merge two versions of a file over their base; where they disagree, theirs stands."""
    ruler = _RULERS.get(_ending(path))
    pages = [text if ruler is None else _page(text, ruler) for text in (base, ours, theirs)]
    if ruler is None or not all(map(_is_whole, pages)):
        return merge(Side(base), Side(ours), Side(theirs)).text
    merged = merge(*map(Side, pages)).text
    return merged[len(ruler) : len(merged) - len(ruler)] if ruler else merged


def data_fault(text: str, path: str) -> FrontMatterFault | None:
    """Return what keeps a file from being read as what its name says; None for what is no data."""
    ruler = _RULERS.get(_ending(path))
    page = text if ruler is None else _page(text, ruler)
    if ruler is not None and not _is_whole(page):
        return _list_fault(text, _ending(path))
    try:
        values_in(page)
    except FrontMatterFault as fault:
        return fault
    return None


def _ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _page(text: str, ruler: str) -> str:
    """Return data as the front matter of a page without a body."""
    return f"{ruler}{text if text.endswith(chr(10)) or not ruler else text + chr(10)}{ruler}"


def _is_whole(page: str) -> bool:
    found = front_matter(page)
    return found is not None and found.height == page.count("\n") + (not page.endswith("\n"))


def _list_fault(text: str, ending: str) -> FrontMatterFault | None:
    """Return what is wrong with data that has no keys; YAML is read as the value of one."""
    if ending == "json":
        return _json_fault(text)
    page = "---\nall:\n" + "".join(f" {line}\n" for line in text.splitlines()) + "---\n"
    try:
        values_in(page)
    except FrontMatterFault as fault:
        return fault
    return None


def _json_fault(text: str) -> FrontMatterFault | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        lines = text.split("\n")
        return FrontMatterFault(error.lineno, error.msg, lines[error.lineno - 1].strip()[:60])
    except RecursionError:
        return FrontMatterFault(1, "it is nested too deep", text[:60])
    return None
