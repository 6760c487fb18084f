"""What some tests need from the machine, and what happens where it is missing."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT.parent / "shared" / "samples"


def need(*programs: str) -> None:
    """Skip the test (or module, if called there) where a program is missing; with CI set, fail."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"not on the PATH: {', '.join(missing)} (.ci/run installs it)", pytrace=False)
    if missing:
        pytest.skip(f"not on the PATH: {', '.join(missing)}", allow_module_level=True)


def sample(*parts: str) -> Path:
    """Give a path in the samples, which are no part of the repository; skip where they are not."""
    if not SAMPLES.is_dir():
        pytest.skip("no samples beside the repository", allow_module_level=True)
    return SAMPLES.joinpath(*parts)
