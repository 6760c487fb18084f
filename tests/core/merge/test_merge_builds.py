"""Merged drafts of the real history, built by Jekyll: the page has what the file has."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from bot.core.document.version import Side
from bot.core.merge.merge import merge
from tests.core.episode.histories import Case, successive
from tests.needs import SAMPLES, need

pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")

LAYOUT = "<main>{{ content }}</main>\n"
FILES = {
    "_config.yml": "title: A show\npermalink: /:title\n",
    "_layouts/podcast.html": LAYOUT,
    "_layouts/podcast-draft.html": LAYOUT,
    "_includes/open-access-logo.html": "(open access)",
    "_includes/keyword.html": "{{ include.title }}",
}
MARKS = ("<h3", "<h4", "<li", "<iframe", "<blockquote", "<details", '<a href="')
ADDED = '<a href="https://added.example'


def put(site: Path, name: str, text: str) -> None:
    """Put a draft into the site as a post of its own name."""
    text = re.sub(r"(?m)^permalink:.*$", f"permalink: /{name}.html", text, count=1)
    (site / "_posts" / f"2024-01-01-{name}.md").write_text(text, encoding="utf-8")


def built(site: Path) -> dict[str, str]:
    command = ["jekyll", "build", "--future", "--strict_front_matter", "-d", str(site / "built")]
    environment = {**os.environ, "JEKYLL_NO_BUNDLER_REQUIRE": "true", "LANG": "C.UTF-8"}
    done = subprocess.run(command, cwd=site, capture_output=True, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return {page.stem: page.read_text("utf-8") for page in (site / "built").glob("*.html")}


@pytest.mark.long
def test_jekyll_finds_as_many_topics_links_and_embeds_as_the_file_has(tmp_path: Path) -> None:
    need("jekyll")
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "_posts").mkdir()
    cases: list[Case] = list(successive(("both",), seeds=1))[::2]
    for number, case in enumerate(cases):
        result = merge(Side(case.base), Side(case.ours.text), Side(case.theirs))
        put(tmp_path, f"merged{number}", result.text)
        put(tmp_path, f"theirs{number}", case.theirs)
    pages = built(tmp_path)
    assert len(pages) == 2 * len(cases) > 40
    for number, case in enumerate(cases):
        page, before = pages[f"merged{number}"], pages[f"theirs{number}"]
        topics = sum(line.startswith("### ") for line in case.ours.added)
        links = len(case.ours.added) - topics
        more = {"<h3": topics, "<li": links, '<a href="': links}
        for mark in MARKS:
            expected = before.count(mark) + more.get(mark, 0)
            assert (page.count(mark), mark, case.name) == (expected, mark, case.name)
        assert page.count(ADDED) == links
