"""What the tests of core share."""

import pytest

from tests.core.ruby import need_ruby


@pytest.fixture(scope="session")
def ruby() -> None:
    """Ruby with the parts that Jekyll renders with; asked for by `needs_ruby`."""
    need_ruby()
