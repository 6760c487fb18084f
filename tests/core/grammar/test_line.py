"""What a line holds: links, what is no link, and what is left of the words around one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.grammar.line import read_line
from bot.core.grammar.message import parse
from bot.core.model import Link, Verbatim

A, B = "https://a.example/1", "https://b.example/2"


def links(text: str) -> list[tuple[str, str | None]]:
    return [(part.url, part.title) for part in read_line(text) if isinstance(part, Link)]


@pytest.mark.parametrize("url", [A, "https://a.example", "https://a.example/x?b=1&c=2#d"])
@pytest.mark.parametrize("form", ["{}", "<{}>", " {} "])
def test_a_title_that_is_the_links_own_address_is_none(url: str, form: str) -> None:
    assert links(f"[{form.format(url)}]({url})") == [(url, None)]


@pytest.mark.parametrize(("shown", "url"), [(A, B), (B, A), (f"{A} and more", A), (f"{A}x", A)])
def test_a_title_that_is_another_address_or_more_than_one_is_kept(shown: str, url: str) -> None:
    assert links(f"[{shown}]({url})") == [(url, shown)]


@given(st.text(alphabet="ab ", max_size=40), st.text(alphabet="cd ", max_size=9))
def test_a_comment_ends_at_its_own_end(before: str, inside: str) -> None:
    text = f"{before}<!-- {inside} {B} --> {A} <!-- {B} -->"
    assert links(text) == [(A, None)]


@given(st.integers(0, 9), st.lists(st.sampled_from(["x = 1", "", "# no topic", A]), max_size=5))
def test_a_marked_fence_is_kept_whole_wherever_it_stands(above: int, inside: list[str]) -> None:
    fence = "\n".join(["```py", *inside, "```"])
    text = "\n".join([*["words"] * above, fence, "words"])
    kept = [block.text for block in parse(text, marked=True).blocks if isinstance(block, Verbatim)]
    assert kept == [fence]
