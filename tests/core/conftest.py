"""What the tests of core share."""

import pytest

from tests.needs import need


@pytest.fixture(scope="session")
def ruby() -> None:
    """Ruby with the parts that Jekyll renders with; asked for by `needs_ruby`."""
    need("kramdown and Liquid")
