"""`rundown notes`, as its own process."""

import sys
from pathlib import Path

import pytest

from tests.cli.program import program_text
from tests.needs import sample

RUNDOWN = str(Path(sys.executable).with_name("rundown"))
FILE = (
    "---\ntitle: '57: A'\nexcerpt: x\n---\n\n### 0:00 A\n\n- [a](https://example.org/a)\n- talk\n"
)


def run(*arguments):
    return program_text("notes", *arguments, LC_ALL="C.UTF-8")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "ep.md").write_text(FILE)
    (tmp_path / "site.yml").write_text("notes: {limit: 1000}\n")
    (tmp_path / "draft.md.j2").write_text("{{ body }}\n")
    (tmp_path / "notes.md.j2").write_text("# {{ page.title }}\n\n{{ body }}\n")
    return tmp_path


def test_notes_are_printed_as_the_template_has_them(folder):
    done = run(folder / "ep.md", "--profile", folder)
    body = "# 57: A\n\n### 0:00 A\n\n- [a](https://example.org/a)\n- talk\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, body, "")


def test_html_and_plain_text_are_printed_too(folder):
    done = run(folder / "ep.md", "--profile", folder, "--format", "html", "--limit", "80")
    assert done.stdout.startswith("<h1>57: A</h1><h3>0:00 A</h3>")
    assert len(done.stdout.rstrip()) <= 80
    assert done.stderr.startswith("Left ")
    text = run(folder / "ep.md", "--profile", folder, "--format", "text").stdout
    assert text == "57: A\n\n0:00 A\n\n- a <https://example.org/a>\n- talk\n"


def test_a_template_that_uses_its_body_otherwise_is_held_to_the_limit_too(folder):
    (folder / "notes.md.j2").write_text("{{ body }}\n\n{{ body | upper }}\n")
    done = run(folder / "ep.md", "--profile", folder, "--format", "html", "--limit", "100")
    assert 0 < len(done.stdout.rstrip()) <= 100


def test_without_a_template_there_is_a_usual_one(folder):
    (folder / "notes.md.j2").unlink()
    assert run(folder / "ep.md", "--profile", folder).stdout.startswith("# 57: A\n\nx\n\n### 0:00")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("notes.md.j2", "{{ body", "notes.md.j2, line 1"),
        ("site.yml", "notes: {limit: many}\n", "“many” is not a limit"),
        ("site.yml", "notes: {lines: [{match: a, replace: '\\2'}]}\n", "group"),
        ("ep.md", "\udcff", "not UTF-8"),
    ],
)
def test_what_is_wrong_is_one_line(folder, name, text, words):
    (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run(folder / "ep.md", "--profile", folder)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert words in line


@pytest.mark.parametrize("episode", ["ep30", "ep66"])
def test_a_published_episode_is_shortened_by_the_assumed_profile(episode):
    folder = sample("interaxion", "published")
    arguments = (folder / episode / "site.md", "--profile", folder / "profile")
    assert run(*arguments).stdout.startswith(f"# Ep. {episode[2:]} ")
    assert len(run(*arguments, "--format", "html").stdout.rstrip()) <= 4_000
