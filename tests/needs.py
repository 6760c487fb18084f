"""What some tests need from the machine, and what happens where it is missing."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT.parent / "shared" / "samples"


def need(*programs: str) -> None:
    """Do without the test (or module, if called there) where a program is not on the PATH."""
    absent = [program for program in programs if shutil.which(program) is None]
    if absent:
        missing(", ".join(absent))


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
