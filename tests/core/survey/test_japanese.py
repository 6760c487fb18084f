"""Sites whose folders and titles are Japanese throughout."""

import pytest

from bot.core.survey.site import survey


@pytest.mark.parametrize(
    ("folder", "title"), [("content/話", "第{}回 雑談"), ("content/ラジオ", "雑談その{}")]
)
def test_numbered_pages_are_episodes_by_their_japanese_words(folder, title):
    pages = {
        f"{folder}/{number}.md": f"---\ntitle: {title.format(number)}\n---\n\n- [a](https://e.example/)\n"
        for number in ("007", "008", "009")
    }
    found = survey(list(pages), pages.get)
    assert found is not None
    assert (found.folder, found.next) == (folder, "10")


def test_numbered_pages_that_say_nothing_of_episodes_are_none():
    pages = {f"content/話/{number}.md": "---\ntitle: 日記\n---\n\nx\n" for number in range(7, 12)}
    assert survey(list(pages), pages.get) is None
