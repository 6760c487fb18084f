"""What a test does where something that it needs is missing: skip by name, or fail on CI."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

from tests.machine import absent

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT.parent / "shared" / "samples"


def need(*names: str) -> None:
    """Do without the test (or module, if called there) where one of `machine.NEEDS` is missing."""
    if wanted := absent(names):
        missing(", ".join(f"{each.name} (Debian: {each.packages})" for each in wanted))


def missing(what: str) -> NoReturn:
    """Skip the test or module for want of something; fail it with CI set: .ci/run installs that."""
    if os.environ.get("CI"):
        pytest.fail(f"missing on this machine: {what}", pytrace=False)
    pytest.skip(f"missing on this machine: {what}", allow_module_level=True)


def sample(*parts: str) -> Path:
    """Return a path in the samples, which lie outside the repository; skip without them."""
    if not SAMPLES.is_dir():
        pytest.skip("no samples beside the repository", allow_module_level=True)
    return SAMPLES.joinpath(*parts)
