"""A profile's two files are read from where they may be, within bounds."""

import os

import pytest

from bot.adapters.profile_files import KINDS, MOST, SHIPPED, kind_of, read_profile, site_profile
from bot.core.profile.profile import load
from bot.errors import ProfileError, RundownError, SiteError


def put(folder, settings="name: X\n", template="{{ body }}\n"):
    folder.mkdir(parents=True)
    (folder / "site.yml").write_text(settings, "utf-8")
    (folder / "draft.md.j2").write_text(template, "utf-8")
    return folder


def test_a_sites_own_profile_is_read(tmp_path):
    put(tmp_path / ".rundown", "name: 相転移\n")
    (tmp_path / "_config.yml").touch()
    files = site_profile(tmp_path)
    assert (files.folder, files.settings) == (tmp_path / ".rundown", "name: 相転移\n")
    assert files.template == "{{ body }}\n"


@pytest.mark.parametrize("kind", KINDS)
def test_the_profiles_that_are_shipped_load(kind):
    files = read_profile(SHIPPED / kind)
    profile = load(files.settings, files.template, default_name="site")
    assert profile.name == "site"
    assert profile.branch is None


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (["_config.yml"], "jekyll"),
        (["hugo.toml"], "hugo"),
        (["hugo.yaml"], "hugo"),
        (["hugo.json"], "hugo"),
        (["config.toml", "content/a.md"], "hugo"),
        (["config/_default/config.yaml", "content/a.md"], "hugo"),
    ],
)
def test_a_site_without_one_gets_what_is_shipped_for_its_kind(tmp_path, files, kind):
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert kind_of(tmp_path) == kind
    assert site_profile(tmp_path).folder == SHIPPED / kind


@pytest.mark.parametrize("files", [[], ["config.toml"], ["content/a.md"], ["_config.yml/a"]])
def test_another_kind_of_site_is_told_what_was_looked_for(tmp_path, files):
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    with pytest.raises(SiteError, match=r"looked for _config\.yml; hugo\.toml"):
        site_profile(tmp_path)


def test_a_file_that_is_missing_is_named(tmp_path):
    (put(tmp_path / ".rundown") / "draft.md.j2").unlink()
    with pytest.raises(ProfileError, match=r"There is no draft\.md\.j2 in .*/\.rundown"):
        site_profile(tmp_path)


@pytest.mark.parametrize("which", ["site.yml", "draft.md.j2", "."])
def test_a_symbolic_link_that_leads_out_is_refused(tmp_path, which):
    put(tmp_path / "elsewhere")
    own = put(tmp_path / "site" / ".rundown")
    if which == ".":
        for file in own.iterdir():
            file.unlink()
        own.rmdir()
    else:
        (own / which).unlink()
    (own / which if which != "." else own).symlink_to(tmp_path / "elsewhere" / which)
    with pytest.raises(ProfileError, match="leads out of"):
        site_profile(tmp_path / "site")


def test_a_symbolic_link_within_the_site_is_followed(tmp_path):
    put(tmp_path / "shared", "name: here\n")
    (tmp_path / ".rundown").symlink_to("shared")
    assert site_profile(tmp_path).settings == "name: here\n"


def test_what_is_no_plain_file_is_refused_at_once(tmp_path):
    own = put(tmp_path / ".rundown")
    (own / "site.yml").unlink()
    os.mkfifo(own / "site.yml")
    with pytest.raises(RundownError, match="no plain file"):
        site_profile(tmp_path)


def test_symbolic_links_in_a_ring_are_refused(tmp_path):
    own = put(tmp_path / ".rundown")
    (own / "site.yml").unlink()
    (own / "site.yml").symlink_to("site.yml")
    with pytest.raises(ProfileError, match="cannot be read"):
        site_profile(tmp_path)


def test_a_file_that_is_too_large_or_no_text_is_refused(tmp_path):
    own = put(tmp_path / ".rundown", "#" * (MOST + 1))
    with pytest.raises(ProfileError, match="larger than 256 KB"):
        read_profile(own)
    (own / "site.yml").write_bytes(b"name: \x83\x4c\n")
    with pytest.raises(ProfileError, match=r"site\.yml is not UTF-8 text \(byte 7\)"):
        read_profile(own)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    assert read_profile(put(tmp_path / "p", "\ufeffname: X\n")).settings == "name: X\n"
