"""What `make` does in the hands of a newcomer, with programs that only say how they were called."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.needs import ROOT, need

need("make")


def script(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)


def python(folder: Path, name: str, *, new: bool = True, venv: bool = True) -> None:
    """Put an interpreter there that answers whether it is new enough and can make a venv."""
    answers = f"*version_info*) exit {int(not new)};; *ensurepip*) exit {int(not venv)};;"
    script(folder / name, f'case "$2" in {answers} esac\necho "${{0##*/}} $*"')


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1, 1))
    return tmp_path


@pytest.fixture
def installed(clone: Path) -> Path:
    script(clone / ".venv/bin/python", "echo must not be called; exit 1")
    script(clone / ".venv/bin/rundown", 'echo "rundown $*"')
    (clone / ".venv/.installed").touch()
    return clone


def make(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME")}
    return subprocess.run(
        [shutil.which("make") or "make", *words],
        cwd=folder,
        env=inherited | environment,
        capture_output=True,
        text=True,
    )


def test_run_opens_the_demo(installed):
    assert make(installed, "run").stdout == "rundown chat --demo\n"


def test_run_passes_words_on(installed):
    assert make(installed, "run", "ARGS=--help me").stdout == "rundown chat --demo --help me\n"


def test_install_is_silent_where_nothing_changed(installed):
    done = make(installed, "install")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_install_begins_again_when_the_lock_changed(installed):
    (installed / "requirements.txt").touch()
    os.utime(installed / ".venv/.installed", (1, 1))
    assert "must not be called" in make(installed, "install").stdout


def test_the_newest_python_that_runs_makes_the_environment(clone):
    script(clone / "bin/python3.13", "exit 127")  # a version manager's shim without a version
    python(clone / "bin", "python3.12", venv=False)
    python(clone / "bin", "python3.11")
    python(clone / "bin", "python3")
    done = make(clone, ".venv/bin/python", PATH=str(clone / "bin"))
    assert done.stdout == "python3.11 -m venv --clear .venv\n"


def test_a_python_can_be_picked(clone):
    python(clone / "bin", "python3.13")
    python(clone / "other", "python3")
    done = make(clone, ".venv/bin/python", f"PYTHON={clone}/other/python3", PATH=str(clone / "bin"))
    assert done.stdout == "python3 -m venv --clear .venv\n"


def test_without_a_new_enough_python_one_line_says_so(clone):
    python(clone / "bin", "python3", new=False)
    done = make(clone, ".venv/bin/python", PATH=str(clone / "bin"))
    assert done.returncode == 2
    assert done.stderr.startswith("Rundown needs Python 3.11 or newer")
    assert done.stdout == ""


def test_without_the_venv_module_one_line_says_what_to_install(clone):
    python(clone / "bin", "python3", venv=False)
    done = make(clone, ".venv/bin/python", PATH=str(clone / "bin"))
    assert done.returncode == 2
    assert done.stderr.startswith("python3 has no venv module")
    assert "python3-venv" in done.stderr
