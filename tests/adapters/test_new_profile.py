"""`rundown init` puts a profile into a site, and says there what the site says of itself."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.new_profile import init, with_settings
from bot.adapters.profile_files import KINDS, SHIPPED, site_profile
from bot.core.profile.profile import load
from bot.errors import RundownError, SiteError
from tests.adapters.git.repositories import empty_repo


def tree(folder):
    return {path: path.is_file() and path.read_bytes() for path in folder.rglob("*")}


def loaded(folder):
    files = site_profile(folder)
    return load(files.settings, files.template, default_name=folder.name)


async def test_a_jekyll_site_says_name_language_zone_and_branch(tmp_path):
    repo = empty_repo(tmp_path)
    repo.write("_config.yml", 'title: "A: \\"b\\" # 相転移"\nlang: ja\ntimezone: Asia/Tokyo\n')
    written = await init(tmp_path)
    assert written.kind == "jekyll"
    assert [path.name for path in written.paths] == ["site.yml", "draft.md.j2"]
    profile = loaded(tmp_path)
    assert profile.name == 'A: "b" # 相転移'
    assert (profile.language, profile.zone.key, profile.branch) == ("ja", "Asia/Tokyo", "main")
    assert (tmp_path / ".rundown/draft.md.j2").read_text() == (
        SHIPPED / "jekyll/draft.md.j2"
    ).read_text()


@pytest.mark.parametrize("form", ["toml", "yaml", "json"])
async def test_a_hugo_site_says_them_in_any_of_its_forms(tmp_path, form):
    said = {"title": "Phase [1]", "languageCode": "en-us", "timeZone": "Europe/Vienna"}
    lines = [f"{key} = {json.dumps(value)}" for key, value in said.items()]
    texts = {"toml": "\n".join(lines), "yaml": yaml.safe_dump(said), "json": json.dumps(said)}
    (tmp_path / f"hugo.{form}").write_text(texts[form])
    assert (await init(tmp_path)).kind == "hugo"
    profile = loaded(tmp_path)
    assert (profile.name, profile.language) == ("Phase [1]", "en-us")
    assert (profile.zone.key, profile.branch) == ("Europe/Vienna", None)


async def test_what_a_site_does_not_say_keeps_its_default(tmp_path):
    (tmp_path / "_config.yml").write_text("timezone: Mars/Olympus\nlang: [en]\ntitle: {}\n")
    await init(tmp_path)
    profile = loaded(tmp_path)
    assert (profile.name, profile.language, profile.zone.key) == (tmp_path.name, "en", "UTC")


@given(
    st.dictionaries(
        st.sampled_from(["name", "branch"]),
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=50),
    ),
    st.sampled_from(KINDS),
)
def test_a_setting_is_read_back_as_it_was_said(settings, kind):
    shipped = (SHIPPED / kind / "site.yml").read_text("utf-8")
    text = with_settings(shipped, settings)
    assert yaml.safe_load(text) == {**yaml.safe_load(shipped), **settings}
    assert text.replace("\n\n", "\n").startswith(shipped.partition("\n\n")[0])


@pytest.mark.parametrize("there", ["folder", "file", "link"])
async def test_a_profile_that_is_there_is_left_as_it_is(tmp_path, there):
    (tmp_path / "_config.yml").touch()
    own = tmp_path / ".rundown"
    if there == "folder":
        own.mkdir()
        (own / "site.yml").write_text("name: mine\n")
    elif there == "file":
        own.write_text("mine")
    else:
        own.symlink_to("nowhere")
    before = tree(tmp_path)
    with pytest.raises(SiteError, match=r"/\.rundown is there already"):
        await init(tmp_path)
    assert tree(tmp_path) == before


async def test_an_unknown_site_gets_nothing_unless_the_kind_is_said(tmp_path):
    with pytest.raises(SiteError, match="neither a Jekyll nor a Hugo site"):
        await init(tmp_path)
    with pytest.raises(SiteError, match="no profile for wiki: choose one of jekyll, hugo"):
        await init(tmp_path, kind="wiki")
    assert tree(tmp_path) == {}
    assert (await init(tmp_path, kind="hugo")).kind == "hugo"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("_config.yml", "title: a\nb: [", r"_config\.yml:2 cannot be read as YAML"),
        ("_config.yml", "title: !ruby/object:X {}", r"_config\.yml:1 cannot be read as YAML"),
        ("_config.yml", "[" * 1_000, r"_config\.yml.* cannot be read as YAML"),
        ("_config.yml", b"title: \xff", r"_config\.yml cannot be read as YAML"),
        ("hugo.toml", "title = a", r"hugo\.toml:1 cannot be read as TOML"),
        ("hugo.json", '{\n"title": }', r"hugo\.json:2 cannot be read as JSON"),
        ("_config.yml", "#" * 300_000, "larger than 256 KB"),
    ],
)
async def test_a_configuration_that_cannot_be_read_is_named(tmp_path, name, text, says):
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(RundownError, match=says):
        await init(tmp_path)
    assert not (tmp_path / ".rundown").exists()


JEKYLL = {"docs/_config.yml": "title: T\n", "README.md": "x\n"}
HUGO = {"hugo/hugo.toml": 'title = "T"\n', "hugo/content/posts/ep7.md": "---\ntitle: 7\n---\n\nA\n"}


@pytest.mark.parametrize("named", ["", "inside"])
@pytest.mark.parametrize(("files", "inside"), [(JEKYLL, "docs"), (HUGO, "hugo")])
async def test_a_site_in_a_folder_of_its_repository_is_found_or_named(
    tmp_path, files, inside, named
):
    repo = empty_repo(tmp_path)
    for name, text in files.items():
        repo.write(name, text)
    await init(tmp_path / inside if named else tmp_path)
    assert not (tmp_path / inside / ".rundown").exists()
    settings = yaml.safe_load((tmp_path / ".rundown/site.yml").read_text())
    assert settings["root"] == inside
    assert loaded(tmp_path).path.source.startswith(f"{inside}/")
