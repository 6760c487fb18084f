"""What tests do on a machine that lacks something: skip by name; on CI, stop before the first."""

import os
import subprocess
import sys

import pytest

from tests import machine
from tests.machine import Need
from tests.needs import ROOT, need


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {"sh": Need("sh", "dash"), "wiggle": Need("wiggle", "wiggle-dev")}
    monkeypatch.setattr(machine, "NEEDS", wanted)
    machine.has.cache_clear()


def test_what_is_there_is_used(without):
    need("sh")


def test_what_is_missing_skips_the_test_by_name(without, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"wiggle \(Debian: wiggle-dev\)"):
        need("sh", "wiggle")


def test_on_ci_what_is_missing_fails_the_test(without, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="wiggle"):
        need("wiggle")


def test_a_shim_that_does_not_run_is_as_good_as_missing(tmp_path, monkeypatch):
    (tmp_path / "hugo").write_text("#!/bin/sh\nexit 127\n", "utf-8")
    (tmp_path / "hugo").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    machine.has.cache_clear()
    assert not machine.has("hugo")
    machine.has.cache_clear()


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.long
def test_on_ci_one_line_says_what_to_install_before_anything_runs(tmp_path):
    done = run("pytest", "-q", "tests/test_needs.py", CI="true", PATH=str(tmp_path))
    assert done.returncode == 3
    line = (done.stdout + done.stderr).strip()
    assert line.startswith("Exit: CI lacks what tests need: apt-get install ")
    assert {"git", "npm", "jekyll-theme-minima"} <= set(line.split())
    assert "\n" not in line


def test_the_packages_that_are_missing_are_printed_for_ci_to_install(tmp_path):
    done = run("tests.machine", PATH=str(tmp_path))
    assert {"git", "nodejs", "npm", "jekyll-theme-minima"} <= set(done.stdout.split())


def test_where_nothing_is_missing_nothing_is_printed(monkeypatch):
    monkeypatch.setattr(machine, "NEEDS", {"sh": Need("sh", "dash")})
    machine.has.cache_clear()
    assert machine.absent() == []
