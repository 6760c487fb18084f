"""What is known of each episode: the key that counts them, and the one that dates them."""

import pytest

from bot.core.survey.context import ALONE, NumberPlace, date_key, number_place
from bot.core.survey.page import page


def pages(*fronts):
    """Return pages, the newest first."""
    return [page(f"p/{at}.md", f"---\n{front}\n---\n") for at, front in enumerate(fronts)]


DOWN = range(30, 20, -1)


@pytest.mark.parametrize(
    ("fronts", "place"),
    [
        ([f"n: {n}" for n in DOWN], NumberPlace("n", ALONE)),
        ([f"title: DNE {n} - words" for n in DOWN], NumberPlace("title", r"^DNE (\d+) - ")),
        ([f"title: words\nep: {n}" for n in DOWN], NumberPlace("ep", ALONE)),
        # of both, the one that is nothing else
        ([f"title: '{n}. words'\nep: {n}" for n in DOWN], NumberPlace("ep", ALONE)),
        # seven of ten have it, six of ten
        ([f"n: {n}" if n < 28 else "n: ''" for n in DOWN], NumberPlace("n", ALONE)),
        ([f"n: {n}" if n < 27 else "n: ''" for n in DOWN], None),
        ([f"n: {n}" if n % 2 else "m: x" for n in DOWN], None),
        ([f"size: {n * n * 7919 % 1000}" for n in DOWN], None),  # no sequence
        (["n: 5"] * 10, None),  # not their own
        ([f"season: 2\nepisode: {n}" for n in range(10, 0, -1)], NumberPlace("episode", ALONE)),
        ([f"season: {s}\nepisode: {n}" for s in (3, 2, 1) for n in (4, 3, 2, 1)],
         NumberPlace("episode", ALONE, "season")),
        ([f"series: {s}\nno: {n}" for s in (3, 2, 1) for n in (4, 3, 2, 1)],
         NumberPlace("no", ALONE, "series")),
        ([f"season: {s}\nsize: {n}" for s in (3, 2, 1) for n in (4, 3, 2, 1)], None),
        ([f"season: {s}\nepisode: {n}" for s in (3, 2, 1) for n in (40, 30, 20, 10)], None),
    ],
)  # fmt: skip
def test_the_key_that_counts_episodes_is_found(fronts, place):
    assert number_place(pages(*fronts)) == place


@pytest.mark.parametrize(
    ("fronts", "key"),
    [
        (["date: 2026-01-05"] * 4, "date"),
        (["recorded: 2026-01-04\ndate: 2026-01-05"] * 4, "date"),
        (["recorded: 2026-01-04"] * 4, "recorded"),
        (["recorded: 2026-01-04"] * 2 + ["x: y"] * 2, "recorded"),
        (["recorded: 2026-01-04"] + ["x: y"] * 3, None),
        (["recorded: 2026-01-04\ndate: soon"] * 4, "recorded"),
        (["x: y"] * 4, None),
    ],
)
def test_the_key_that_dates_episodes_is_one_that_half_of_them_have(fronts, key):
    assert date_key(pages(*fronts)) == key
