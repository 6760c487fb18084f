"""The pages of the repository: what they link to is there, and they name what the code has."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.profile.profile import _READERS
from tests.needs import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob(".github/*.md")])
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CITED = re.compile(r"\bdocs/[\w.-]+\.md\b")


def prose(page: Path) -> str:
    """Return a page without its blocks of code and code spans, in which nothing is a link."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    text = re.sub(r"(?m)^ {4}.*$", "", text)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"(?m)^#+ (.+)$", _FENCE.sub("", page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_links_to_is_there(page: Path) -> None:
    for target in _LINK.findall(prose(page)):
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def sources() -> Iterator[Path]:
    for folder in ("bot", "cogs", "storage", "tests"):
        yield from (ROOT / folder).rglob("*.py")


def test_the_pages_that_the_code_cites_are_there() -> None:
    cited = {name for path in sources() for name in _CITED.findall(path.read_text("utf-8"))}
    assert {name for name in cited if not (ROOT / name).is_file()} == set()
    assert len(cited) > 2


def test_the_faults_that_are_named_as_harmless_are_of_lines_that_are_there() -> None:
    named = tomllib.loads((ROOT / "tests/mutants.toml").read_text("utf-8"))["equivalent"]
    for one in named:
        assert one["line"] in " ".join((ROOT / one["file"]).read_text("utf-8").split())


def test_every_page_is_reached_from_the_readme() -> None:
    reached = set()
    todo = [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = (target.partition("#")[0] for target in _LINK.findall(prose(page)))
        todo += [(page.parent / link).resolve() for link in links if link]
    assert set((ROOT / "docs").glob("*.md")) - reached == set()


def test_the_reference_of_the_profile_names_every_key_and_no_other() -> None:
    text = (ROOT / "docs/profile.md").read_text("utf-8")
    table = text.partition("## site.yml")[2].partition("### ")[0]
    named = re.findall(r"(?m)^\| `(\w+)` \|", table)
    assert sorted(named) == sorted(_READERS)
