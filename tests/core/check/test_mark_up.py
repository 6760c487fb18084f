"""Tags that nothing closes, or that close nothing: as a simple model tells them, step by step."""

import sys
from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.check.mark_up import mark_up_faults, uncoded_lines

MAY_STAY_OPEN = ("p", "li")
TAGS = st.lists(st.tuples(st.sampled_from(["div", "b", "p", "li", "br"]), st.booleans()))


def faults_of(tags):
    lines = [f"<{'/' if closes else ''}{name}>" for name, closes in tags]
    found = [(one.line, one.what, one.values["tag"]) for one in mark_up_faults(lines, 1)]
    return sorted(found)


def modelled(tags) -> Iterator[tuple[int, str, str]]:
    """Yield the faults that a list of the open elements gives, looked through from its end."""
    opened: list[tuple[str, int]] = []
    for line, (name, closes) in enumerate(tags, 1):
        if name == "br":
            continue
        if not closes:
            opened.append((name, line))
        elif name in [one for one, _ in opened]:
            while (last := opened.pop())[0] != name:
                if last[0] not in MAY_STAY_OPEN:
                    yield (last[1], "tag", last[0])
        elif name not in MAY_STAY_OPEN:
            yield (line, "tag-extra", name)
    yield from ((line, "tag", name) for name, line in opened if name not in MAY_STAY_OPEN)


@given(TAGS)
@example([("div", False), ("p", False), ("b", False), ("div", True), ("b", True)])
def test_tags_are_closed_from_the_inside_out(tags):
    assert faults_of(tags) == sorted(modelled(tags))


def steps(count):
    """Return how many lines of our code run for a page with so many tags that nothing closes."""
    lines = ["<div>"] * count + ["</p></b>"] * count
    ran = 0

    def trace(frame, event, _):
        nonlocal ran
        ran += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        assert len(list(mark_up_faults(lines, 1))) == 2 * count
    finally:
        sys.settrace(before)
    return ran


def test_a_page_of_open_tags_takes_steps_in_proportion_to_them():
    assert steps(400) < 2.2 * steps(200)


LINES = st.lists(
    st.lists(st.sampled_from(["<!--", "-->", "`", "``", "\\", "words", " ", "- "]))
    .map("".join)
    .filter(lambda line: "```" not in line),  # of code in lines of its own nothing is left
    max_size=6,
)


@given(LINES)
@example(["a <!-- b --> c", "`d` <!-- e", "f --> g"])
def test_what_is_blanked_leaves_all_else_at_its_place(lines):
    shown, _ = uncoded_lines(lines)
    for line, bare in zip(lines, shown, strict=True):
        assert len(bare) == len(line)
        assert all(there in (letter, " ") for letter, there in zip(line, bare, strict=True))


def test_code_and_comments_are_blanked_and_nothing_else():
    lines = ["a <!-- b --> c", "`d` e `` ` `` f", "g <!-- h", "i --> j", "\\<!-- k -->", "` l"]
    assert uncoded_lines(lines)[0] == [
        "a            c", "    e         f", "g       ", "      j", "\\<!-- k -->", "` l",
    ]  # fmt: skip
