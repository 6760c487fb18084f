"""`rundown check FILE`: a line for each fault, and an exit code for a site's own checks."""

import json
from pathlib import Path

from tests.cli.program import program_text

PROFILE = "name: Test\npath: 'ep.md'\ntimes: '{title} ({time})'\npublish:\n  leftovers: ['☆+']\n"


def test_each_fault_has_its_file_and_line_and_the_exit_code_is_1(tmp_path: Path):
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text("---\ntitle: A\n---\n\n- [a](https://example.org/a)\n", "utf-8")
    bad.write_text("---\ntitle: Episode #57\n---\n\nTODO\x1b[2J\n\n- [b] (https://example.org/b)\n")
    assert program_text("check", good).returncode == 0
    done = program_text("check", good, bad)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"{bad}:2: title: “#57” is a comment and gets lost. Put the whole value in quotes.",
        f"{bad}:5: “TODO” is left over.",
        f"{bad}:7: This is not a link: a blank stands between ] and (.",
    ]
    assert done.stderr == ""


def test_it_speaks_json_and_japanese(tmp_path: Path):
    file = tmp_path / "ep.md"
    file.write_text("\n[b] (https://example.org/b)\n", "utf-8")
    (line,) = program_text("check", "--json", file).stdout.splitlines()
    found = json.loads(line)
    assert (found["file"], found["line"], found["what"]) == (str(file), 2, "link-blank")
    assert "空白" in program_text("check", file, LC_ALL="ja_JP.UTF-8").stdout


def test_the_profile_of_the_site_above_counts(tmp_path: Path):
    (tmp_path / ".rundown").mkdir()
    (tmp_path / ".rundown/site.yml").write_text(PROFILE, "utf-8")
    (tmp_path / ".rundown/draft.md.j2").write_text("{{ body }}\n", "utf-8")
    file = tmp_path / "ep.md"
    file.write_text("### A (1:30)\n\n### B (1:00)\n\n☆☆ TODO\n", "utf-8")
    lines = program_text("check", file).stdout.splitlines()
    assert [line.removeprefix(f"{file}:") for line in lines] == [
        "3: 1:00 is not after 1:30, the time before it.",
        "5: “☆☆” is left over.",
    ]
    lines = program_text("check", "--profile", tmp_path / ".rundown", file).stdout.splitlines()
    assert len(lines) == 2


def test_a_profile_that_cannot_be_used_is_told_once_and_hides_nothing_else(tmp_path: Path):
    (tmp_path / ".rundown").mkdir()
    profile = tmp_path / ".rundown/site.yml"
    profile.write_text("name: Test\nfoo: 1\n", "utf-8")
    (tmp_path / ".rundown/draft.md.j2").write_text("{{ body }}\n", "utf-8")
    files = [tmp_path / name for name in ("a.md", "b.md")]
    for file in files:
        file.write_text("### A\n\nTODO\n", "utf-8")
    done = program_text("check", *files)
    assert (done.returncode, done.stderr) == (1, "")
    about, *others = done.stdout.splitlines()
    assert about.startswith(f"{profile}:2: The site's profile cannot be used, and is left aside: ")
    assert "foo" in about
    assert others == [f"{file}:3: “TODO” is left over." for file in files]
    first, *_ = program_text("check", "--json", *files).stdout.splitlines()
    found = json.loads(first)
    assert (found["file"], found["line"], found["what"]) == (str(profile), 2, "profile")
    (tmp_path / ".rundown/draft.md.j2").unlink()
    files[0].write_text("right\n", "utf-8")
    assert program_text("check", files[0]).returncode == 1


def test_what_cannot_be_read_is_an_error_and_no_finding(tmp_path: Path):
    done = program_text("check", tmp_path / "none.md")
    assert (done.returncode, done.stdout) == (2, "")
    (tmp_path / "binary.md").write_bytes(b"\xff\xfe")
    assert program_text("check", tmp_path / "binary.md").returncode == 2
    assert "Nothing to check" in program_text("check").stderr


def test_a_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path):
    (tmp_path / "broken.md").write_bytes(b"\xff\xfe")
    (tmp_path / "bad.md").write_text("TODO\n", "utf-8")
    names = "broken.md", "none.md", "bad.md"
    done = program_text("check", *names, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "bad.md:1: “TODO” is left over.\n")
    unread = done.stderr.splitlines()
    assert len(unread) == 2 and "broken.md" in unread[0] and "none.md" in unread[1]
    done = program_text("check", "--json", *names, folder=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["what"]) == (2, "left-over")


def test_why_a_file_cannot_be_read_is_told_in_the_readers_language(tmp_path: Path):
    (tmp_path / "folder.md").mkdir()
    for name, english, japanese in (
        ("none.md", "No such file or directory", "ファイルかフォルダーがありません"),
        ("folder.md", "Is a directory", "フォルダーです"),
    ):
        assert english in program_text("check", tmp_path / name).stderr
        assert japanese in program_text("check", tmp_path / name, LC_ALL="ja_JP.UTF-8").stderr
