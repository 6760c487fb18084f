"""Front matter of each format is found and read, each scalar as it was written."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.front_matter.brackets import bracketed, toml_1_0
from bot.core.front_matter.region import front_matter
from bot.core.front_matter.values import FrontMatterFault, Scalar, text_at, values_in


def bare(text):
    return Scalar(text, quoted=False)


def test_yaml_toml_and_json_are_found_by_how_a_file_begins():
    for text, kind, height in (
        ("---\na: b\n---\nbody\n", "yaml", 3),
        ("---\r\na: b\r\n...\r\nbody\r\n", "yaml", 3),
        ("+++ \na = 1\n+++\t\n\nbody\n", "toml", 3),
        ("---toml\na = 1\n---\n", "toml", 3),
        ('---json\n{"a": 1}\n---\n', "json", 3),
        ('{\n  "a": {"b": "}"}\n}\n\nbody\n', "json", 3),
        ('{"a": 1}\nbody\n', "json", 1),
        ("\ufeff+++\n+++\n", "toml", 2),
    ):
        found = front_matter(text)
        assert found is not None
        assert (found.format, found.height) == (kind, height)


@pytest.mark.parametrize(
    "text",
    ["", "---\n\nbody\n", "---||no\n---\n", "+++\na = 1\n", "{% include x %}\n", '{"a": 1\n',
     "{{ page }}\n", "+ a\n", '{"a": 1} and so on\n', "---\nwords\n---\n", "---\n\n# A\n\nb",
     "---\n# A\nwords: no\n b\nnor here", "---\nhttps://a.example\n---\n"],
)  # fmt: skip
def test_what_only_looks_like_front_matter_is_none(text):
    assert front_matter(text) is None
    assert values_in(text) == {}


def test_scalars_stay_what_was_written():
    assert values_in('---\na: 060\nb: "060"\nc: 50.50\nd: 12:30\ne: yes\nf:\n---\n') == {
        "a": bare("060"), "b": Scalar("060"), "c": bare("50.50"), "d": bare("12:30"),
        "e": bare("yes"), "f": bare(""),
    }  # fmt: skip
    assert values_in('+++\na = 50.50\nb = "060"\nc = 2024-11-29T11:54:00+10:30\nd = true\n+++') == {
        "a": bare("50.50"), "b": Scalar("060"), "c": bare("2024-11-29T11:54:00+10:30"),
        "d": bare("true"),
    }  # fmt: skip
    assert values_in('{"a": 50.50, "b": "060", "c": false, "d": null, "e": ["x"]}') == {
        "a": bare("50.50"), "b": Scalar("060"), "c": bare("false"), "d": bare("null"),
        "e": (Scalar("x"),),
    }  # fmt: skip


def test_a_toml_table_in_braces_may_stand_on_several_lines():
    text = '+++\nx = {\n  a = 1, # "one", {\n  b = "}",\n}\n[y]\nz = [\n 1,\n 2,\n]\n+++\n'
    found = values_in(text)
    assert found["x"] == {"a": bare("1"), "b": Scalar("}")}
    assert values_in('+++\nx = {\n  a = 1, "b" = 2,\n}\n+++\n')["x"] == {
        "a": bare("1"),
        "b": bare("2"),
    }
    assert text_at(found, "x.a") == "1"
    assert text_at(found, "y.z") is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\na: 1\nb: c: d\n---\n", 3),
        ("---\na: 1\n\tb: 2\n---\n", 3),
        ("---\na: 1\na: 2\n---\n", 3),
        ('---\na: "b\nc: 1\nd: 2\n---\n', 2),  # where it begins what never ends
        ("---\na: 1\nb：2\nc: 3\n---\n", 3),
        ("---\na: 1\n<<<<<<< HEAD\nb: 3\n---\n", 3),
        ("---\n\na: " + "[" * 200 + "\n---\n", 3),
        ("---\na: 1\n- b\n---\n", 3),
        ("+++\na = 1\nb = \n+++\n", 3),
        ("+++\na = 1\na = 2\n+++\n", 3),
        ("+++\na = {\n b = 1 c\n}\n+++\n", 2),
        ('+++\na = 1\nb = """\nc\nd\ne\n+++\n', 6),  # at the end, where nothing closed it
        ('---\na: 1\nb: "\\UFFFFFFFF"\n---\n', 3),
        ("---\na: 1\nb: \ud800\n---\n", 2),  # the first, as the reader does not say which it is
        ("---\na: 1\u2028\u2028\u2028\u2028b: [\n---\n", 7),  # lines, as YAML counts them
        ('{\n  "a": 1,\n}\n', 3),
        ('{\n  "a": 1, "a": 2\n}\n', 1),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text, line):
    with pytest.raises(FrontMatterFault) as caught:
        values_in(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "text",
    [
        "---\na: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(9)) + "---\n",
        "---\na: " + "[" * 200 + "\n---\n",
        "---\na: &a [*a]\n---\n",
        "+++\na = " + "[" * 200 + "\n+++\n",
        "{" + '"a": {' * 200 + "}" * 201 + "\n",
        "+++\na = " + '"""' * 50_001 + "\n+++\n",
        "+++\n" + "a = { # '\n" * 20_000 + "+++\n",
        "---\na: " + "{a: " * 200 + "\n---\n",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_front_matter_grows_or_takes_long(text):
    started = time.process_time()
    try:
        values_in(text)
    except FrontMatterFault as fault:
        assert fault.line >= 1
    assert time.process_time() - started < 5


@pytest.mark.parametrize(("depth", "is_read"), [(60, True), (61, False)])
def test_yaml_is_nested_as_deep_as_anybody_nests_it(depth, is_read):
    text = "".join(f"{' ' * level}a:\n" for level in range(depth))
    try:
        found = values_in(f"---\n{text}---\n")
    except FrontMatterFault as fault:
        assert (fault.cause, is_read) == ("it has too many values", False)
    else:
        assert (text_at(found, ".".join("a" * depth)), is_read) == ("", True)


@pytest.mark.parametrize(("depth", "is_read"), [(59, True), (60, False)])
def test_lists_of_yaml_are_nested_as_deep_as_keys(depth, is_read):
    text = f"---\na:\n{'- ' * depth}x\n---\n"
    try:
        found = values_in(text)["a"]
    except FrontMatterFault as fault:
        assert (fault.cause, is_read) == ("it has too many values", False)
    else:
        for _ in range(depth):
            (found,) = found
        assert (found, is_read) == (Scalar("x", quoted=False), True)


@given(st.text(alphabet="[]{}\"'#,:= \n\\ab1"))
def test_brackets_give_their_text_again(text):
    for start, opening in enumerate(text):
        if opening in "[{" and (found := bracketed(text, start)):
            assert found.text == text[start : found.end]


@given(st.text(alphabet="[]{}\"'#,= \n\\ab"))
def test_any_text_can_be_tried(text):
    for whole in (f"+++\na = {text}\n+++\n", f"---\na: {text}\n---\n", f'{{"a": {text}}}\n'):
        try:
            values_in(whole)
        except FrontMatterFault as fault:
            assert fault.line >= 1
    assert toml_1_0("a = 1\n") == "a = 1\n"
