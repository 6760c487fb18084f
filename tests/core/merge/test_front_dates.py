"""A date that one side changed keeps the time that the other put behind it."""

import pytest

from bot.core.document.version import Side
from bot.core.merge.merge import Merged, merge


def merged(base: str, ours: str, theirs: str) -> Merged:
    return merge(Side(base), Side(ours), Side(theirs))


@pytest.mark.parametrize(
    ("base", "time"),
    [
        ("---\ndate: 2024-01-02\ntitle: T\n---\n", " 18:30:00 +0900"),
        ('---\ndate: "2024-01-02" # to come\n---\n', "T18:30+09:00"),
        ("+++\ndate = 2024-01-02\n+++\n", "T18:30:00Z"),
        ('{\n  "title": "T",\n  "date": "2024-01-02"\n}\n\nbody\n', "T18:30:00Z"),
        ("---\ndate: 2024-01-02 09:00:00 +0900\n---\n", None),
    ],
)
def test_another_date_keeps_the_time_that_the_other_side_put_behind_it(
    base: str, time: str | None
) -> None:
    newer = base.replace("2024-01-02", "2024-03-04")
    timed = base.replace("2024-01-02", f"2024-01-02{time}") if time else base.replace("09:", "10:")
    right = timed.replace("2024-01-02", "2024-03-04")
    for ours, theirs in ((newer, timed), (timed, newer)):
        result = merged(base, ours, theirs)
        assert (result.text, result.conflicts) == (right, ())


def test_two_other_dates_are_told_though_one_has_a_time() -> None:
    base = "---\ndate: 2024-01-02\n---\n"
    others = (base.replace("01-02", "03-04"), base.replace("01-02", "05-06 18:30"))
    assert [one.name for one in merged(base, *others).conflicts] == ["date"]
