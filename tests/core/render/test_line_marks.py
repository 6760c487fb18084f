"""Whose a file's lines are, found by marks that a template carried along."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.render.layout import Body
from bot.core.render.line_marks import is_marked, marked, owners_by_marks

LINES = st.lists(
    st.tuples(st.sampled_from(["- a", "b", ""]), st.sampled_from(["one", "two", "x"])),
    min_size=1,
    max_size=30,
).map(lambda lines: [(line, owner if line else None) for line, owner in lines])


def body_of(lines: list[tuple[str, str | None]]) -> Body:
    return Body("\n".join(line for line, _ in lines), tuple(one for _, one in lines), ())


def shown(body: Body) -> list[str]:
    return [str(names["body"]) for names in marked({}, body)]


@given(LINES.filter(lambda lines: any(line for line, _ in lines)), st.sampled_from(["", "\n"]))
def test_each_line_is_whose_it_is_wherever_the_template_puts_it(lines, end):
    body = body_of([(line, f"{at}" if line else None) for at, (line, _) in enumerate(lines)])
    for one in shown(body):
        assert is_marked(one) and not is_marked(body.text)
        text = f"head\n\n{body.text}\nfoot{end}"
        owners = owners_by_marks(text, [f"head\n\n{one}\nfoot{end}"], body)
        assert owners == (None, None, *body.lines, None)
        upside_down = "\n".join(reversed(one.split("\n")))
        text = "\n".join(reversed(body.text.split("\n")))
        if not text.endswith("\n"):
            assert owners_by_marks(text, [upside_down], body) == tuple(reversed(body.lines))


@given(st.integers(0, 3))
def test_blank_lines_within_an_item_are_its_and_others_are_nobodys(blank):
    body = body_of(
        [("- a", "one"), *[("", None)] * blank, ("  b", "one"), ("", None), ("c", "two")]
    )
    for one in shown(body):
        owners = owners_by_marks(f"{body.text}\n", [f"{one}\n"], body)
        assert owners == (*["one"] * (blank + 2), None, "two")


def test_a_template_whose_text_the_marks_change_is_not_followed():
    body = body_of([("- a", "one")])
    assert owners_by_marks("- a", ["- a"], body) is None
    assert owners_by_marks("- a", [f"{shown(body)[0]}!"], body) is None
    assert owners_by_marks("- a", [f"{shown(body)[0]}!", *shown(body)], body) == ("one",)


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_there_are_as_many_owners_as_lines(count, end):
    body = body_of([("a", "one")] * count)
    text = body.text + end
    assert owners_by_marks(text, [one + end for one in shown(body)], body) == ("one",) * count
