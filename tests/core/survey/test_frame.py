"""The lines that stand on all of a site's pages, or on all but one, and what parts them."""

import re

import pytest

from bot.core.survey.context import Context
from bot.core.survey.frame import frame
from bot.core.survey.page import page


def framed(*texts):
    """Return the fixed lines before what differs, and behind it, of pages with these bodies."""
    pages = [page(f"p/{at}.md", text) for at, text in enumerate(texts)]
    numbers = (re.search(r"Number (\d)", text) for text in texts)
    known = [Context(number=found[1] if found else "") for found in numbers]
    found = frame(pages, known)
    return [line.shown for line in found.before], [line.shown for line in found.after]


def own(text, count=6):
    """Return bodies, the newest first: `{n}` is their number, `{}` a word of their own."""
    words = [f"word{'abcdefghijklm'[n]}" for n in range(count + 1)]
    return [text.format(words[n], words[n - 1], n=n) for n in range(count, 0, -1)]


@pytest.mark.parametrize(
    ("texts", "before", "after"),
    [
        (own("{}\n"), [], []),
        (own("Hello.\n\n{}\n"), ["Hello."], []),
        (own("{}\n\nBye.\n"), [], ["Bye."]),
        (own("Hello.\n\n{}\n\nBye.\n"), ["Hello."], ["Bye."]),
        ([*own("Hello.\n\n{}\n\nBye.\n", 5), "x\n"], ["Hello."], ["Bye."]),
        ([*own("Hello.\n\n{}\n\nBye.\n", 4), "x\n", "y\n"], [], []),
        (own("Number {n} is here.\n\n{}\n"), ["Number  is here."], []),
        ([*own("Number {n} is here.\n\n{}\n", 5), "x\n"], ["Number  is here."], []),
        ([*own("Number {n} is here.\n\n{}\n", 4), "x\n", "y\n"], [], []),
        (own("Hello,\ndear {}.\n\n- {}\n"), [], []),  # no half paragraph
        (own("Hello,\ndear all.\n\n- {}\n"), ["Hello,", "dear all."], []),
        # most of what differs stands behind them
        (own("{}\n\nHello,\ndear all.\n\n- x{n}\n- y{n}\n"), ["Hello,", "dear all."], []),
        (own("One {}", 1), [], []),
        (own("Hello.\n\n{}\n", 2), ["Hello."], []),
    ],
)  # fmt: skip
def test_a_line_is_fixed_that_all_pages_have_but_one(texts, before, after):
    assert framed(*texts) == (before, after)


def test_a_block_that_is_the_same_lately_is_fixed_if_half_of_all_pages_have_it():
    new, old = own("Hello,\ndear all.\n\n- {}\n- {}\n", 6), own("Hi,\nall.\n\n- {}\n", 12)
    assert framed(*new, *old[:6]) == (["Hello,", "dear all."], [])
    assert framed(*new, *old[:7]) == ([], [])
    assert framed(old[0], *new) != (["Hello,", "dear all."], [])
