"""`rundown replay`, as its own process: the main job from an export to a file or a commit."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.export.read import read_export
from bot.services.ports import Snapshot
from tests.cli.program import program_text
from tests.needs import SAMPLES
from tests.services.desk.house import git, house, make_site

EP57 = SAMPLES / "interaxion" / "ep57"
PROFILE = SAMPLES / "interaxion" / "profile"
RUNDOWN = str(Path(sys.executable).with_name("rundown"))

with_samples = pytest.mark.skipif(not EP57.is_dir(), reason="no samples beside the repository")


def ep57(*more: str | Path) -> list[str]:
    files = {"--profile": PROFILE, "--episode": EP57 / "episode.yml"}
    options = [str(one) for pair in files.items() for one in pair]
    lookups = ["--lookups", str(EP57 / "lookups.jsonl")]
    return ["replay", str(EP57 / "export.json"), *options, *lookups, *map(str, more)]


def run(*arguments: str | Path, folder: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = program_text(*arguments, "--offline", folder=folder, LC_ALL="C.UTF-8")
    assert done.returncode == code, done.stderr
    return done


# --- the real episode ----------------------------------------------------------------------------


@with_samples
def test_the_real_episode_comes_out_to_the_byte(tmp_path: Path) -> None:
    expected = (EP57 / "expected.md").read_text(encoding="utf-8")
    assert run(*ep57(), folder=tmp_path).stdout == expected
    assert list(tmp_path.iterdir()) == []


@with_samples
def test_committing_it_touches_that_file_alone_and_only_once(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    git(site, "branch", "--move", "master")
    (site / "untracked").write_text("x", encoding="utf-8")
    (site / "_config.yml").write_text("staged: true\n", encoding="utf-8")
    git(site, "add", "_config.yml")
    for _ in range(2):
        run(*ep57("--commit", site), folder=tmp_path)
        assert git(site, "rev-list", "--count", "HEAD").strip() == "2"
    path = "_posts/2023-12-28-ep57.md"
    assert git(site, "show", "--name-only", "--format=", "HEAD").split() == [path]
    assert (site / path).read_bytes() == (EP57 / "expected.md").read_bytes()
    assert git(site, "status", "--porcelain") == "M  _config.yml\n?? untracked\n"


@with_samples
def test_the_transcripts_come_out_but_for_five_lines(tmp_path: Path) -> None:
    # Three lines hold a `|` that a host typed, which kramdown would make a table of; two go on
    # with a nested bullet, and are written at its column, as Markdown reads them in any case.
    (tmp_path / "draft.md.j2").write_text("{{ body }}", encoding="utf-8")
    settings = (PROFILE / "site.yml").read_text(encoding="utf-8")
    (tmp_path / "site.yml").write_text(settings, encoding="utf-8")
    missing = []
    for folder in sorted((SAMPLES / "interaxion" / "transcripts").iterdir()):
        options = ["--profile", tmp_path, "--lookups", folder / "lookups.jsonl"]
        got = run("replay", folder / "export.json", *options, folder=tmp_path).stdout
        wanted = (folder / "expected-body.md").read_text(encoding="utf-8")
        missing += _not_in_order(_lines(wanted), _lines(got))
    assert len(missing) <= 5, missing
    assert sum("|" in line for line in missing) == 3


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def _not_in_order(wanted: list[str], got: list[str]) -> list[str]:
    """Lines that are missing where all others come in order (each step as far as it must go)."""
    missing, at = [], 0
    for line in wanted:
        if line in got[at:]:
            at = got.index(line, at) + 1
        else:
            missing.append(line)
    return missing


# --- the same messages in other ways -------------------------------------------------------------


@with_samples
@pytest.mark.parametrize("seed", range(3))
async def test_live_out_of_order_twice_or_from_an_export_the_draft_is_the_same(
    tmp_path: Path, seed: int
) -> None:
    snapshots = list(read_export(EP57 / "export.json"))
    drafts = []
    for name, said in (("export", None), ("live", snapshots), ("late", _shuffled(snapshots, seed))):
        settings = (PROFILE / "site.yml").read_text(encoding="utf-8")
        template = (PROFILE / "draft.md.j2").read_text(encoding="utf-8")
        async with house(tmp_path / name, settings=settings, template=template) as home:
            if said is None:
                await home.desk.capture.read(snapshots, at=0)
            for one in said or ():
                await home.desk.capture.message(one)
            drafts.append((await home.desk.views.rendered("2")).text)
    assert drafts[0].count("<https://") > 10
    assert drafts[1:] == [drafts[0], drafts[0]]


def _shuffled(snapshots: list[Snapshot], seed: int) -> list[Snapshot]:
    twice = [*snapshots, *snapshots]
    random.Random(seed).shuffle(twice)  # noqa: S311 - nothing secret
    return twice


# --- killed --------------------------------------------------------------------------------------


@with_samples
@pytest.mark.parametrize("seed", range(2))
def test_killed_while_reading_it_goes_on_without_loss(tmp_path: Path, seed: int) -> None:
    _kill_and_go_on(tmp_path, seed)


@with_samples
@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4, 104))
def test_killed_at_a_hundred_points(tmp_path: Path, seed: int) -> None:
    _kill_and_go_on(tmp_path, seed)


def _kill_and_go_on(folder: Path, seed: int) -> None:
    """Kill a replay that commits at some moment of its life; the next one must finish it."""
    site = make_site(folder / "site")
    git(site, "branch", "--move", "master")
    command = [RUNDOWN, *ep57("--db", folder / "rundown.db", "--commit", site), "--offline"]
    pause = random.Random(seed).uniform(0.1, 1.2)  # noqa: S311 - nothing secret
    victim = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(pause)
    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    for _ in range(2):
        run(*command[1:-1], folder=folder)
    assert git(site, "rev-list", "--count", "HEAD").strip() == "2"
    path = site / "_posts/2023-12-28-ep57.md"
    assert path.read_bytes() == (EP57 / "expected.md").read_bytes()
    git(site, "fsck", "--strict")


# --- bad input -----------------------------------------------------------------------------------


def export(*messages: dict[str, Any]) -> str:
    """A small export in DiscordChatExporter's form."""
    whole = []
    for number, message in enumerate(messages, 1):
        author = {"id": "7", "name": "buka", "isBot": False}
        time_of = f"2026-01-01T00:00:{number:02}+00:00"
        whole.append(
            {"id": str(100 + number), "type": "Default", "timestamp": time_of, "author": author}
            | message
        )
    head = {"guild": {"id": "1"}, "channel": {"id": "2", "name": "n"}}
    return json.dumps(head | {"messages": whole})


def refused(folder: Path, *arguments: str | Path) -> str:
    """Run what must end with exit code 2, one line and no change; return the line."""
    before = sorted(folder.rglob("*"))
    done = run(*arguments, folder=folder, code=2)
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert sorted(folder.rglob("*")) == before
    return line


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a good export and a good profile, to be spoilt."""
    (tmp_path / "export.json").write_text(export({"content": "https://example.org/1"}), "utf-8")
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile/site.yml").write_text("name: Small\n", encoding="utf-8")
    (tmp_path / "profile/draft.md.j2").write_text("{{ body }}\n", encoding="utf-8")
    return tmp_path


def test_the_good_one_is_good(small: Path) -> None:
    done = run("replay", "export.json", "--profile", "profile", folder=small)
    assert done.stdout == "- <https://example.org/1>\n"
    assert done.stderr == "No title for https://example.org/1\n"


def test_the_draft_is_utf8_whatever_the_locale_of_the_output(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small / "export.json").write_text(export({"content": "# 話題\n- 点"}), encoding="utf-8")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = run("replay", "export.json", "--profile", "profile", folder=small)
    assert done.stdout == "### 話題\n\n- 点\n"


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("export.json", "{", ["export.json"]),
        ("export.json", '{"messages": [{"id": "1"', ["export.json"]),
        ("export.json", "no json at all", ["export.json"]),
        (
            "export.json",
            export({"timestamp": "yesterday", "content": "x"}),
            ["export.json", "timestamp", "entry 1"],
        ),
        ("profile/site.yml", "nme: x\n", ["site.yml", "line 1", "nme", "name"]),
        ("profile/site.yml", "path: '../../x.md'\nx: {", ["site.yml", "line 2"]),
        ("profile/site.yml", "titles:\n- {match: '(', replace: ''}\n", ["site.yml", "line 2"]),
        ("profile/draft.md.j2", "a\n{% for x in y %}", ["draft.md.j2"]),
        ("profile/draft.md.j2", "a\n{{ ''.__class__.__mro__ }}", ["draft.md.j2", "line 2"]),
        (
            "profile/draft.md.j2",
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            ["draft.md.j2"],
        ),
        ("profile/draft.md.j2", "{{ 'x' * 10000000000 }}", ["draft.md.j2"]),
    ],
)
def test_bad_input_is_one_clear_line(small: Path, file: str, text: str, said: list[str]) -> None:
    (small / file).write_text(text, encoding="utf-8")
    line = refused(small, "replay", "export.json", "--profile", "profile")
    assert all(one in line for one in said), line


def test_a_catastrophic_regular_expression_is_stopped(small: Path) -> None:
    titles = "titles:\n- {match: '^(([a-z])+.)+[A-Z]([a-z])+$', replace: ''}\n"
    (small / "profile/site.yml").write_text(titles, encoding="utf-8")
    lookup = {"url": "https://example.org/1", "title": "a" * 3_000}
    (small / "lookups.jsonl").write_text(json.dumps(lookup), encoding="utf-8")
    options = ["--profile", "profile", "--lookups", "lookups.jsonl"]
    line = refused(small, "replay", "export.json", *options)
    assert "site.yml" in line
    assert "line 2" in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a list", ["episode.yml", "line 1"]),
        ("title: x\nnumber: many\n", ["episode.yml", "many"]),
        ("title: [\n", ["episode.yml", "line 2"]),
        ("title: x\ndate: 2026-02-30\n", ["episode.yml", "2026-02-30"]),
        (f"number: {'9' * 5000}\n", ["episode.yml", "number"]),
        ("a: x\nb: &b [*b]\n", ["episode.yml", "line 2", "anchors"]),
        ("x: !!binary aGVsbG8=\n", ["episode.yml", "line 1", "binary"]),
        (f"x: {'[' * 2000}\n", ["episode.yml", "line 1", "deep"]),
        ("title: x\ntitle: y\n", ["episode.yml", "line 2", "twice"]),
        ('title: "\\ud800"\n', ["episode.yml", "line 1"]),
    ],
)
def test_a_bad_episode_file_is_one_clear_line(small: Path, text: str, said: list[str]) -> None:
    (small / "episode.yml").write_text(text, encoding="utf-8")
    options = ["--profile", "profile", "--episode", "episode.yml"]
    line = refused(small, "replay", "export.json", *options)
    assert all(one in line for one in said), line


@pytest.mark.parametrize("name", ["nowhere.json", "profile"])
def test_an_export_that_is_not_there_is_one_clear_line(small: Path, name: str) -> None:
    assert name in refused(small, "replay", name, "--profile", "profile")


@pytest.mark.parametrize("path", ["../out.md", "/out.md", ".git/config", "a/../../x.md"])
def test_a_path_that_leaves_the_repository_is_refused(small: Path, path: str) -> None:
    site = make_site(small / "site")
    (small / "profile/site.yml").write_text(f"path: '{path}'\n", encoding="utf-8")
    head = git(site, "rev-parse", "HEAD")
    options = ["--profile", "profile", "--commit", "site"]
    assert path in refused(small, "replay", "export.json", *options)
    assert git(site, "rev-parse", "HEAD") == head


def test_committing_twice_without_a_database_makes_no_second_file(small: Path) -> None:
    site = make_site(small / "site")
    options = ["--profile", "profile", "--commit", "site"]
    run("replay", "export.json", "--offline", *options, folder=small)
    head = git(site, "rev-parse", "HEAD")
    line = refused(small, "replay", "export.json", "--offline", *options)
    assert "holds what this export gives already" in line
    assert git(site, "rev-parse", "HEAD") == head


def test_committing_again_with_a_new_database_makes_no_second_file_either(small: Path) -> None:
    site = make_site(small / "site")
    options = ["--profile", "profile", "--commit", "site"]
    run("replay", "export.json", "--offline", *options, folder=small)
    head = git(site, "rev-parse", "HEAD")
    again = ["replay", "export.json", "--offline", *options, "--db", "new.db"]
    assert "holds what this export gives already" in run(*again, folder=small, code=2).stderr
    assert git(site, "rev-parse", "HEAD") == head


def test_committing_again_with_its_own_database_goes_on(small: Path) -> None:
    make_site(small / "site")
    options = ["--profile", "profile", "--commit", "site", "--db", "kept.db", "--offline"]
    run("replay", "export.json", *options, folder=small)
    text = export({"content": "https://example.org/1"}, {"content": "https://example.org/new"})
    (small / "export.json").write_text(text, encoding="utf-8")
    assert "Commit" in run("replay", "export.json", *options, folder=small).stdout


def test_committing_where_there_is_no_repository_is_refused(small: Path) -> None:
    (small / "plain").mkdir()
    options = ["--profile", "profile", "--commit", "plain"]
    assert "git init" in refused(small, "replay", "export.json", *options)


def test_a_look_up_file_with_a_bad_line_names_it(small: Path) -> None:
    (small / "lookups.jsonl").write_text('{"url": "https://x.example"}\n{\n', encoding="utf-8")
    options = ["--profile", "profile", "--lookups", "lookups.jsonl"]
    line = refused(small, "replay", "export.json", *options)
    assert "lookups.jsonl" in line
    assert "2" in line


def test_titles_come_from_the_exports_own_embeds_and_are_recorded(small: Path) -> None:
    embeds = [{"url": "https://example.org/1", "title": "From the embed"}]
    text = export({"content": "https://example.org/1", "embeds": embeds})
    (small / "export.json").write_text(text, encoding="utf-8")
    options = ["--profile", "profile", "--record", "seen.jsonl"]
    done = run("replay", "export.json", *options, folder=small)
    assert done.stdout == "- [From the embed](https://example.org/1)\n"
    [seen] = map(json.loads, (small / "seen.jsonl").read_text(encoding="utf-8").splitlines())
    assert seen["title"] == "From the embed"


def test_with_a_database_what_a_later_export_lacks_is_not_taken_for_deleted(small: Path) -> None:
    options = ["--profile", "profile", "--db", "kept.db"]
    run("replay", "export.json", *options, folder=small)
    later = export({"content": "talk"}, {"content": "https://example.org/2", "id": "201"})
    (small / "export.json").write_text(later, encoding="utf-8")
    done = run("replay", "export.json", *options, folder=small)
    assert done.stdout == "- <https://example.org/1>\n- <https://example.org/2>\n"


def test_a_broken_export_changes_nothing_that_is_kept(small: Path) -> None:
    options = ["--profile", "profile", "--db", "kept.db"]
    run("replay", "export.json", *options, folder=small)
    good = export({"content": "https://example.org/2", "id": "201"})
    (small / "export.json").write_text(good[:-3], encoding="utf-8")
    assert "export.json" in refused(small, "replay", "export.json", *options)
    (small / "export.json").write_text(export({"content": "talk"}), encoding="utf-8")
    done = run("replay", "export.json", *options, folder=small)
    assert done.stdout == "- <https://example.org/1>\n"


def test_what_a_draft_holds_in_part_is_told_as_it_is(small: Path) -> None:
    site = make_site(small / "site")
    options = ["--profile", "profile", "--commit", "site"]
    run("replay", "export.json", *options, folder=small)
    longer = [{"content": f"https://example.org/{number}"} for number in (1, 2, 3)]
    (small / "export.json").write_text(export(*longer), encoding="utf-8")
    head = git(site, "rev-parse", "HEAD")
    assert "holds 1 of the 3 links" in refused(small, "replay", "export.json", *options)
    assert git(site, "rev-parse", "HEAD") == head
    (small / "episode.yml").write_text("number: 7\n", encoding="utf-8")
    run("replay", "export.json", *options, "--episode", "episode.yml", folder=small)
    assert git(site, "rev-parse", "HEAD") != head


def test_an_export_with_nothing_for_the_draft_says_so(small: Path) -> None:
    options = ["--profile", "profile", "--after", "2099-01-01"]
    done = run("replay", "export.json", *options, folder=small)
    assert "no link, topic or bullet" in done.stderr
