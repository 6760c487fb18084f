"""A commit's first line: what changed, the most important first. Pure."""

import pytest

from bot.core.episode.diff import Changes
from bot.services.drafting.summary import LONGEST_NAME, summary


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (Changes(), "layout"),
        (Changes(links={"A": 1}), "1 link in A"),
        (Changes(links={"A": 2}), "2 links in A"),
        (Changes(links={"": 1}), "1 link"),
        (Changes(links={"": 3, "B": 1}), "3 links, 1 link in B"),
        (Changes(links={"A": 2, "B": 1, "C": 4}), "7 links in 3 topics"),
        (Changes(removed=1, changed=1, moved=1, titled=1),
         "1 link removed, 1 link changed, 1 link moved, 1 title found"),
        (Changes(removed=2, changed=3, moved=4, titled=5),
         "2 links removed, 3 links changed, 4 links moved, 5 titles found"),
        (Changes(topics=("A",)), "topic A"),
        (Changes(topics=("A", "B")), "topic A, topic B"),
        (Changes(topics=("A", "B", "C")), "3 topics"),
        (Changes(links={"A": 1}, topics=("A", "B")), "1 link in A, topic B"),
        (Changes(topics_gone=("A",), renamed=("B",)), "topic A removed, topic renamed to B"),
        (Changes(topics_gone=tuple("ABC"), renamed=tuple("DEFG")),
         "3 topics removed, 4 topics renamed"),
        (Changes(reordered=True), "topics reordered"),
        (Changes(fields=("title", "date")), "title, date set"),
        (Changes(moved=1, reordered=True, fields=("title",)),
         "1 link moved, topics reordered, title set"),
    ],
)  # fmt: skip
def test_what_changed_is_said_in_a_few_words(changes: Changes, text: str) -> None:
    assert summary(changes, "en") == text


def test_in_japanese_things_are_joined_as_there() -> None:
    said = summary(Changes(links={"A": 1}, reordered=True), "ja")
    assert said == "A にリンク 1 件、話題を並べ替え"


def test_a_long_name_is_shortened() -> None:
    said = summary(Changes(topics=("x" * (LONGEST_NAME + 1),)), "en")
    assert said == f"topic {'x' * (LONGEST_NAME - 1)}…"
