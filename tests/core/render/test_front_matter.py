"""A draft whose front matter would stop the site's build is found before it is committed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.render import escape
from bot.core.render.front_matter import check_front_matter
from bot.errors import TemplateError


@pytest.mark.parametrize("text", ["", "no front matter\n", "---\n", "---\na: 1\n---\n\n---\n: [\n"])
def test_what_has_none_or_a_good_one_passes(text: str) -> None:
    check_front_matter(text)


@pytest.mark.parametrize(
    ("line", "number"), [("title: a: b", 3), ("- [x", 3), ('title: "open', 3), ("\ttab: x", 3)]
)
def test_what_is_no_yaml_is_told_with_its_line(line: str, number: int) -> None:
    with pytest.raises(TemplateError, match=rf"line {number} "):
        check_front_matter(f"---\nlayout: post\n{line}\n---\n\nbody\n")


@given(st.text())
def test_whatever_is_written_with_the_yaml_filter_passes(text: str) -> None:
    check_front_matter(f"---\ntitle: {escape.yaml(text)}\n---\n")
