"""Look-ups at a server that does its worst: how each one ends, how soon, and in how much memory."""

import sys

import pytest

from tests.bench.hostile import End, hostile_ends
from tests.fakes.hostile_answers import hostile_cases

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def ends() -> list[End]:
    return hostile_ends()


@pytest.mark.long
def test_each_ends_with_its_title_or_the_reason_why_there_is_none(ends: list[End]) -> None:
    expected = {name: end for name, (_, end) in hostile_cases().items()}
    assert {end.name: end.found for end in ends} == expected


def test_none_takes_32_mb(ends: list[End]) -> None:
    assert [end for end in ends if end.grown >= 32] == []
