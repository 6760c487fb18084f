"""The demo that a newcomer meets."""

import os
import subprocess
from pathlib import Path

import pytest

from bot.adapters.new_profile import init
from bot.errors import SiteError
from bot.local.demo import make_site, tell
from tests.local.conftest import START, House
from tests.needs import need

BODY = """\
### A machine that dreams of crystals

- [A machine proposes two million crystals](https://example.org/crystals/2-million)
- Reply: [Are they new? A chemist reads the list](https://example.com/blog/are-they-new)
  - only three in a hundred are new, says the author

### Robots

- [A robot with no joints that walks upstairs](https://example.org/robot-walks-upstairs)
  - 関節がないのに階段を上る
  - 動画: [Robot on the stairs (1:20)](https://example.com/video/robot-stairs)

My cat does this without a grant.

### その他

- [二重振り子を3Dプリンタで作る \\| 工作日記](https://example.com/ja/pendulum)
- Listeners ask for a longer episode on heat pumps"""


async def test_the_conversation_is_a_draft_with_titles(house: House) -> None:
    async with house.open() as (desk, room):
        await tell(desk, room, now=START)
    assert await house.body() == BODY


async def test_a_demo_that_was_stopped_goes_on_and_says_nothing_twice(house: House) -> None:
    async with house.open() as (desk, room):
        await tell(desk, room, now=START)
        first = room.posts()
        await tell(desk, room, now=START + 10**12)
        assert room.posts() == first
    assert [post.at for post in first] == sorted({post.at for post in first})
    assert all(post.at < START for post in first)


async def test_the_demo_site_builds_with_a_draft_in_it(house: House) -> None:
    need("jekyll", "minima")
    async with house.open() as (desk, room):
        await tell(desk, room, now=START)
    code, _, errors = await house.play("/draft\n")
    assert (code, errors) == (0, "")
    pages = build(house.site, house.site.with_name("built"))
    assert any("A machine proposes two million crystals" in page for page in pages)


def build(site: Path, built: Path) -> list[str]:
    """Build a site with Jekyll; return its pages."""
    options = ["--unpublished", "--future", "--strict_front_matter", "--quiet"]
    subprocess.run(
        ["jekyll", "build", *options, "--source", str(site), "--destination", str(built)],
        check=True,
        env={**os.environ, "JEKYLL_NO_BUNDLER_REQUIRE": "true", "LANG": "C.UTF-8"},
        cwd=site,
    )
    return [page.read_text() for page in built.rglob("*.html")]


async def test_a_folder_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine").write_text("mine")
    with pytest.raises(SiteError):
        await make_site(tmp_path / "site", put_profile=init)
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["mine"]
