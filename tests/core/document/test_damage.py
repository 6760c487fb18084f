"""What happens to a file by mishap is told from what people do to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.damage import conflicts_in, damage_of, restored

FILE = "---\ntitle: x\ndraft: true\n---\n\n### A\n\n- [One](https://example.org/1)\n- two\n"


@pytest.mark.parametrize(
    ("now", "damage"),
    [
        ("", "emptied"),
        ("\n \n", "emptied"),
        (FILE[:10], "cut"),
        (FILE[:-3], "cut"),
        (FILE[:60], "cut"),
        ("\n" + FILE, "headless"),
        ("### A\n\n- [One](https://example.org/1)\n", "headless"),
        (FILE[:-1], None),
        (FILE[: FILE.index("- two")], None),
        (FILE + "\nMore.\n", None),
        (FILE.replace("draft: true\n", ""), None),
        (
            FILE.replace("---\n", "+++\n").replace(": x", ' = "x"').replace(": true", " = true"),
            None,
        ),
        (FILE, None),
    ],
)
def test_it_is_known_by_what_was_committed(now: str, damage: str | None) -> None:
    assert damage_of(FILE, now) == damage


def test_a_file_without_front_matter_cannot_lose_it() -> None:
    assert damage_of("Words.\n", "Other words.\n") is None
    assert damage_of("", "") is None


@given(st.integers(0, len(FILE)), st.sampled_from(["", "\n", "My words.\n", "\n\nMy words.\n"]))
def test_mended_it_has_what_it_lost_and_all_that_stands_in_it(cut: int, words: str) -> None:
    for now in (FILE[:cut], words, "\n" + FILE):
        damage = damage_of(FILE, now)
        if damage is not None:
            whole = restored(FILE, now, damage)
            assert whole.startswith("---\ntitle: x\ndraft: true\n---\n")
            assert now.strip() in whole
            assert damage_of(FILE, whole) is None


MARKS = ["<<<<<<< HEAD", "||||||| base", "=======", ">>>>>>> branch", "words", "<<<<<<<", ">>>>>>>"]


@given(st.lists(st.sampled_from([*MARKS, "====", "> > > words", "<<<<<<<<", "======= x"])))
def test_what_git_could_not_merge_is_known_by_all_its_marks_in_order(lines: list[str]) -> None:
    found = conflicts_in("\n".join(lines))
    assert len(found) <= lines.count("=======")
    for number, what in found:
        first, last = what.split("\n")
        assert lines[number - 1] == first
        assert first.startswith("<<<<<<<")
        assert last.startswith(">>>>>>>")
        below = lines[number:]
        assert last in below[below.index("=======") :]
    assert bool(found) == _has_conflict(lines)
    assert conflicts_in("\r\n".join(lines)) == conflicts_in("\r".join(lines)) == found


def _has_conflict(lines: list[str]) -> bool:
    begins = [at for at, line in enumerate(lines) if line in ("<<<<<<< HEAD", "<<<<<<<")]
    ends = [at for at, line in enumerate(lines) if line in (">>>>>>> branch", ">>>>>>>")]
    middles = [at for at, line in enumerate(lines) if line == "======="]
    return any(begin < at < end for begin in begins for at in middles for end in ends)
