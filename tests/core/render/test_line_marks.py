"""Whose a file's lines are, found by marks that a template carried along."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.render.layout import Body
from bot.core.render.line_marks import TopicMarks, is_marked, marked, owners_by_marks

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


@given(
    st.lists(st.lists(st.sampled_from(["- a", "be", "c", "d"]), min_size=1, max_size=5), min_size=1)
)
def test_a_line_that_a_template_wraps_is_one_item_s_in_all_its_lines(lines):
    body = body_of([(" ".join(words), f"{at}") for at, words in enumerate(lines)])
    whose = tuple(f"{at}" for at, words in enumerate(lines) for _ in words)
    text = "\n\n".join("\n".join(words) for words in lines)
    blanks = text.split("\n")
    for one in shown(body):
        wrapped = re.sub(r"(?<!-) ", "\n", one.replace("\n", "\n\n"))
        owners = owners_by_marks(text, [wrapped], body)
        assert tuple(one for one, line in zip(owners, blanks, strict=True) if line) == whose


def test_what_is_cut_off_or_between_is_not_taken_for_a_wrapped_line():
    body = body_of([("- a b", "one"), ("- c", "two")])
    end, start, _ = shown(body)
    cut = end.replace("- a b", "b"), start.replace(" b", "")
    assert owners_by_marks("x\nb\n- c", [f"x\n{cut[0]}"], body) == (None, "one", "two")
    assert owners_by_marks("x\n- a\n- c", [f"x\n{cut[1]}"], body) == (None, "one", "two")
    apart = end.replace("- a b", "- a\n\nb")
    assert owners_by_marks("- a\n\nb\n- c", [apart], body) == (None, None, "one", "two")


# --- a template that writes the topics itself ---------------------------------------------------

TOPICS = ("t1", "A"), ("t2", "B")


def written(marks, template):
    """Return what a template makes of two topics with two items each, by the marked names."""
    return [template(one["topics"]) for one in marks.names]


def topics(mark):
    return [
        {
            "title": mark(identity, name),
            "links": [mark(f"{identity}.{n}", f"{name}{n}") for n in (1, 2)],
        }
        for identity, name in TOPICS
    ]


def by_topics(template, *, ids=("t1", "t2")):
    text = template(topics(lambda owner, shown: shown))
    marks = TopicMarks(topics, ids)
    pages = written(marks, template)
    assert any(map(is_marked, pages))
    owners = marks.owners(text, pages)
    assert len(owners) == len(text.splitlines())
    return owners


@pytest.mark.parametrize("end", ["", "\n"])
def test_lines_that_a_template_writes_of_topics_are_theirs(end):
    def template(topics):
        blocks = [
            "\n".join([f"## {one['title']}", "", *(f"* {link} *" for link in one["links"])])
            for one in topics
        ]
        return "---\nt: x\n---\n\n" + "\n\n".join(blocks) + end

    whose = ("t1", None, "t1.1", "t1.2", None, "t2", None, "t2.1", "t2.2")
    assert by_topics(template) == (None,) * 4 + whose


def test_a_table_of_contents_and_front_matter_are_nobody_s():
    def template(topics):
        names = [one["title"] for one in topics]
        front = ["---", f"topics: [{', '.join(names)}]", f"first: {topics[0]['links'][0]}", "---"]
        heads = [f"# {one}" for one in names]
        return "\n".join([*front, *(f"- {one}" for one in names), *heads])

    assert by_topics(template) == (None,) * 6 + ("t1", "t2")


def test_what_stands_twice_or_with_others_is_nobody_s():
    def template(topics):
        one, two = topics[0]["links"]
        return f"- {one}\n- {two}\n- {one}\n- {topics[1]['links'][0]} {topics[1]['links'][1]}"

    assert by_topics(template) == (None, "t1.2", None, None)


def test_of_topics_whose_text_the_marks_change_no_line_is_known():
    assert by_topics(lambda topics: f"# {len(topics[0]['title'])} {topics[0]['title']}\n") == (
        None,
    )


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_there_are_as_many_owners_as_lines(count, end):
    body = body_of([("a", "one")] * count)
    text = body.text + end
    assert owners_by_marks(text, [one + end for one in shown(body)], body) == ("one",) * count


@pytest.mark.parametrize("char", ["\U00100001", "\U0010fff0"])
def test_characters_of_hosts_that_look_like_marks_are_none(char):
    body = body_of([(f"- {char} one", "a"), ("- two", "b")])
    for page in shown(body)[:2]:
        assert owners_by_marks(f"\n{body.text}", [f"\n{page}"], body) == (None, "a", "b")
    end = body_of([(f"- {char} one", "a")])
    assert owners_by_marks(f"\n{end.text}", [f"\n{shown(end)[2]}"], end) == (None, "a")
    marks = TopicMarks(lambda mark: [{"title": mark("t", f"{char} x")}], {"t"})
    pages = [f"# {one['topics'][0]['title']}\n" for one in marks.names]
    assert marks.owners(f"# {char} x\n", pages) == ("t",)
