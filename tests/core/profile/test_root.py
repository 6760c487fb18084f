"""A site in a folder of its repository: the profile's places are seen from there."""

from pathlib import Path

import pytest

from bot.core.profile.profile import load
from bot.errors import ProfileError
from tests.services.desk.house import house

TEMPLATE = "---\ntitle: {{ title | yaml }}\ndraft: true\n---\n\n{{ body }}\n"
SETTINGS = r"""name: Test
root: docs/
path: '_drafts/ep{{ number }}.md'
number_from: '^_posts/ep(\d+)\.md$'
publish: {path: '_posts/ep{{ number }}.md'}
files:
  - {path: 'data/{{ number }}.yml', text: 'number: {{ number }}'}
  - {path: '{% if guests %}guests/{{ number }}.md{% endif %}', text: 'x'}
"""


@pytest.mark.parametrize(
    "source",
    [
        "'^_posts/ep(\\d+)\\.md$'",
        "{front_matter: number, match: '^(\\d+)$', files: '^_posts/'}",
        "{front_matter: number}",
    ],
)
def test_numbers_are_looked_for_below_it_alone(source: str) -> None:
    settings = f"root: docs\npath: '_posts/ep{{{{ number }}}}.md'\nnumber_from: {source}\n"
    profile = load(settings, TEMPLATE)
    paths = ["docs/_posts/ep7.md", "_posts/ep9.md", "other/docs/_posts/ep8.md"]
    assert profile.number_from is not None
    texts = profile.number_from.pages(paths)
    if profile.number_from.front_matter:
        assert texts == ["docs/_posts/ep7.md"]
        texts = ["---\nnumber: 7\n---\n"]
    assert profile.next_number(texts or paths) == "8"
    assert profile.path.source.startswith("docs/_posts/")


async def test_drafts_pages_and_further_files_go_there(tmp_path: Path) -> None:
    async with house(tmp_path, settings=SETTINGS, template=TEMPLATE) as home:
        (home.site / "docs/_posts").mkdir(parents=True)
        (home.site / "docs/_posts/ep3.md").write_text("---\ntitle: x\n---\n")
        home.git("add", "--all")
        home.git("commit", "--quiet", "--message=old")
        await home.say("- https://example.org/a")
        await home.draft()
        shown = home.git("show", "--format=", "--name-only", "HEAD").split()
        assert shown == ["docs/_drafts/ep4.md", "docs/data/4.yml"]
        await home.desk.publishing.publish(home.request(), what="anyway")
        assert (home.site / "docs/_posts/ep4.md").exists()


@pytest.mark.parametrize("root", ["../x", "a//b", "./a", "{{ x }}", "a\\b", ""])
def test_what_is_no_folder_is_told(root: str) -> None:
    with pytest.raises(ProfileError, match="root"):
        load(f"root: '{root}'\n", TEMPLATE)
