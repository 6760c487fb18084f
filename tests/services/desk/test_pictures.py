"""The picture that an episode is published with: kept until then, never written over another's."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.publication.picture import kind_of
from bot.errors import CommandError, FileChanged, TemplateError
from bot.services.request import Answer
from tests.services.desk.house import SITE_YML, House, house

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
SETTINGS = f"""{SITE_YML}publish:
  path: "_posts/ep{{{{ number }}}}.md"
  picture: "images/ep{{{{ number }}}}.{{{{ extension }}}}"
  set: {{image: "{{{{ picture and '/' ~ picture }}}}"}}
  required: [picture]
"""
FILES = """files:
  - {path: 'data/ep{{ number }}.png', text: words}
  - {path: "{{ 'public' if published else 'other' }}/ep{{ number }}.png/a.txt", text: words}
"""
HEAD = "---\ntitle: {{ title | yaml }}\nimage:\n---\n\n{{ body }}\n"
WITH = {"settings": SETTINGS, "template": HEAD}


async def publish(home: House, what: str = "", picture: bytes | None = None) -> Answer:
    given = None if picture is None else base64.b64encode(picture).decode()
    return await home.desk.publishing.publish(home.request(), what=what, picture=given)


async def test_it_is_asked_for_kept_over_a_restart_and_committed_with_the_page(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, **WITH) as home:
        await home.say("# A\n- TODO")
        assert "no picture yet" in (await publish(home)).text
        told = await publish(home, picture=PNG)
        assert "picture" not in told.text
        assert "TODO" in told.text  # something else is missing still
    async with house(tmp_path, **WITH, begin=20) as home:
        await publish(home, "anyway")
        changed = home.git("show", "--format=", "--name-only", "HEAD").split()
        assert changed == ["_posts/ep1.md", "images/ep1.png"]
        assert (home.site / "images/ep1.png").read_bytes() == PNG
        assert "image: /images/ep1.png\n" in (home.site / "_posts/ep1.md").read_text()
        assert home.git("status", "--porcelain") == ""
        kept = (await home.store.state("publish-picture")).values()
        assert all(len(one) < 100 for one in kept)  # its bytes are in the site now


async def test_another_one_takes_its_place_once_publishing_was_undone(tmp_path: Path) -> None:
    async with house(tmp_path, **WITH) as home:
        await home.say("# A")
        await publish(home, picture=PNG)
        await publish(home, "undo")
        await publish(home)  # the one that is there
        assert (home.site / "images/ep1.png").read_bytes() == PNG
        assert "image: /images/ep1.png\n" in (home.site / "_posts/ep1.md").read_text()
        await publish(home, "undo")
        await publish(home, picture=PNG + b"!")
        assert (home.site / "images/ep1.png").read_bytes() == PNG + b"!"


async def test_what_somebody_else_put_there_is_never_written_over(tmp_path: Path) -> None:
    async with house(tmp_path, **WITH) as home:
        await home.say("# A")
        (home.site / "images").mkdir()
        (home.site / "images/ep1.jpg").write_bytes(b"theirs")
        home.git("add", "--all")
        home.git("commit", "--quiet", "--message=theirs")
        with pytest.raises(FileChanged, match=r"already at images/ep1\.jpg") as told:
            await publish(home, picture=JPEG)
        assert "change publish: picture in .rundown/site.yml, line 6" in str(told.value)
        assert (home.site / "images/ep1.jpg").read_bytes() == b"theirs"
        assert "theirs" in home.git("log", "-1", "--format=%s")
        assert not (await home.desk.views.episode("notes")).closed


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg onload='x'/>", "picture-none"),
        (b"x", "picture-none"),
        (b"", "picture-none"),
        (PNG + bytes(4 * 2**20), "picture-large"),
    ],
)
async def test_what_is_no_picture_is_refused(tmp_path: Path, data: bytes, name: str) -> None:
    async with house(tmp_path, **WITH) as home:
        await home.say("# A")
        with pytest.raises(CommandError) as told:
            await publish(home, "anyway", picture=data)
        assert told.value.name == f"publish.{name}"
        assert home.git("log", "--format=%s").strip() == "begin"


async def test_a_profile_that_says_no_place_is_told(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("# A")
        with pytest.raises(CommandError, match="`picture` under publish:"):
            await publish(home, picture=PNG)


async def test_it_never_goes_where_no_page_belongs(tmp_path: Path) -> None:
    settings = SETTINGS.replace("images/", ".github/")
    async with house(tmp_path, settings=settings, template=HEAD) as home:
        await home.say("# A")
        with pytest.raises(TemplateError, match=r"\.github"):
            await publish(home, picture=PNG)
        assert home.git("log", "--format=%s").strip() == "begin"


@pytest.mark.parametrize("path", ["../ep.png", "/srv/x.png", "", "images/", "images/a: b.png"])
async def test_a_path_at_which_no_file_can_be_is_told_with_the_profiles_line(
    tmp_path: Path, path: str
) -> None:
    settings = SETTINGS.replace("images/ep{{ number }}.{{ extension }}", path)
    async with house(tmp_path, settings=settings, template=HEAD) as home:
        await home.say("# A")
        with pytest.raises(TemplateError, match=r"^\.rundown/site\.yml, line 6: The ") as told:
            await publish(home, picture=PNG)
        assert f"“{path}”" in str(told.value) or f"path {path} " in str(told.value)
        assert home.git("log", "--format=%s").strip() == "begin"


@pytest.mark.parametrize(
    ("picture", "key"),
    [
        ("_posts/ep{{ number }}.md", "publish: path"),
        ("_posts/ep{{ number }}.md/{{ extension }}", "publish: path"),
        ("_posts", "publish: path"),
        ("_drafts/ep{{ number }}.md", "path"),
        ("data/ep{{ number }}.{{ extension }}", "files"),
        ("public/ep{{ number }}.{{ extension }}", "files"),
    ],
)
@pytest.mark.parametrize("is_drafted", [False, True])
async def test_a_place_that_the_profile_gives_to_another_file_is_refused(
    tmp_path: Path, picture: str, key: str, is_drafted: bool
) -> None:
    settings = SETTINGS.replace("images/ep{{ number }}.{{ extension }}", picture) + FILES
    async with house(tmp_path, settings=settings, template=HEAD) as home:
        await home.say("# A")
        if is_drafted:
            await home.draft()
        head, path = home.git("rev-parse", "HEAD"), r"(_posts|_drafts|data|public)\S*"
        told = rf"site\.yml, line 6: .*`publish: picture` .* {path}, .*`{key}`"
        with pytest.raises(TemplateError, match=told):
            await publish(home, picture=PNG)
        assert home.git("rev-parse", "HEAD") == head
        assert not (await home.desk.views.episode("notes")).closed
        assert home.git("status", "--porcelain") == ""


async def test_the_page_may_stay_where_the_draft_is_but_not_with_the_picture(
    tmp_path: Path,
) -> None:
    settings = SETTINGS.replace('  path: "_posts/ep{{ number }}.md"\n', "")
    settings = settings.replace("images/ep{{ number }}.{{ extension }}", "_posts/ep{{ number }}.md")
    settings = settings.replace("_drafts/", "_posts/")
    async with house(tmp_path, settings=settings, template=HEAD) as home:
        await home.say("# A")
        with pytest.raises(TemplateError, match=r"_posts/ep1\.md, .*`path`"):
            await publish(home, picture=PNG)
        assert home.git("log", "--format=%s").strip() == "begin"


async def test_a_file_of_another_repository_may_have_the_pictures_path(tmp_path: Path) -> None:
    there = "  - {path: images/ep1.png, text: words, repository: hosts/notes}\n"
    async with house(tmp_path, settings=f"{SETTINGS}{FILES}{there}", template=HEAD) as home:
        await home.say("# A")
        assert "is published" in (await publish(home, picture=PNG)).text
        assert (home.site / "images/ep1.png").read_bytes() == PNG


@given(st.binary(max_size=40))
def test_only_bytes_that_begin_as_a_picture_are_one(data: bytes) -> None:
    kind = kind_of(data)
    assert kind is None or kind in ("png", "jpg", "gif", "webp", "avif")
    assert kind_of(PNG + data) == "png"
    assert kind_of(b"<svg>" + data) is None
    assert kind_of(b"RIFF\0\0\0\0WEBP" + data) == "webp"
