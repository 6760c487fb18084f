"""What is deployed has no more rights than it needs."""

import re
import shutil
import subprocess

import pytest

from tests.needs import ROOT

UNIT = ROOT / "deploy/rundown.service"
IMAGE = ROOT / "deploy/Containerfile"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_the_unit_s_exposure_is_two_at_most():
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(UNIT)],
        capture_output=True, text=True,
    )  # fmt: skip
    found = re.search(r"Overall exposure level .*: (\d+\.\d+)", done.stdout)
    if found is None:
        pytest.skip("this systemd cannot look at a unit that is not installed")
    assert float(found[1]) <= 2.0


def test_the_process_that_renders_templates_may_limit_itself():
    filters = [
        line for line in UNIT.read_text().splitlines() if line.startswith("SystemCallFilter")
    ]
    assert filters[-1] == "SystemCallFilter=setrlimit prlimit64"


def test_the_image_is_pinned_and_runs_as_nobody():
    lines = IMAGE.read_text().splitlines()
    assert all("@sha256:" in line for line in lines if line.startswith("FROM "))
    assert "USER 65534:65534" in lines
