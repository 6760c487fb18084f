"""What nobody's text can do to a page: shown by the renderers themselves, not by comparing."""

import json
import random
import re
from html import unescape
from urllib.parse import unquote

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.render import escape
from tests.core.ruby import Outline, html_of, needs_ruby

NASTY = [
    *("](", "[", "]", "]:", "(", ")", "|", "`", "``", "{{", "}}", "{%", "%}", "{% raw %}", "{:"),
    *("{::}", "-->", "<!--", "<", "<b>", "</a>", "<http://a.b>", "a@b.c", "\n", "\r", "\t", "\x00"),
    *("\u2028", "\u202e", "\u200f", "\ud800", "---", "*", "**", "_", "__", "~~", "~", "$$", "$"),
    *("\\", "&", "&amp;", "&#60;", "^", "[^1]", "!", "![", "[x]", "x", "題", "。", "1", '"', ":"),
    *("#", "+", "=", " ", "{{<", "/*"),
]
ugly = st.lists(st.sampled_from(NASTY) | st.text(max_size=4), min_size=1, max_size=10).map("".join)
# Renderers are asked about many texts at once; those come from a seed, for hypothesis would take
# minutes to make a list so long smaller.
seeds = st.integers(0, 2**32)


def many(seed: int, count: int = 300) -> list[str]:
    """Return that many ugly texts that are not empty once they are clean."""
    chosen = random.Random(seed)  # noqa: S311 - no secret
    alphabet = [*NASTY, "a", "b c", "é", "\u00a0", "\u3000", "²", "https://x.y/"]
    texts: list[str] = []
    while len(texts) < count:
        text = "".join(chosen.choices(alphabet, k=chosen.randint(1, 10)))
        if escape.plain(text):
            texts.append(text)
    return texts


@pytest.mark.parametrize(
    "text",
    [
        "Scaling deep learning for materials discovery - Nature",
        "夜に合うクールなトラック (No.1409484) [mp3/WAV] - Audiostock(オーディオストック)",
        "[mixi]実際、アイツいくつ？",
        "NieR Re[in]carnation - SQUARE ENIX",
        "富岳の消費電力は30~40MW",
        "Introducing computer use \\ Anthropic",
        "Watanabe & Taniguchi, snake_case, 5 * 3, R&D, a < b > c #1! $5 \"x\" 'y' {z} 10^3",
        "改正　契約解除",
    ],
)
def test_a_title_in_which_nothing_is_mark_up_stays_as_it_is(text):
    assert escape.title(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A | B", r"A \| B"),
        ("a ] b [c]", r"a \] b [c]"),
        ("[a](b)", r"\[a\](b)"),
        ("f(*args, **kwargs)", r"f(\*args, \*\*kwargs)"),
        ("_init_ and `code`", r"\_init_ and \`code\`"),
        ("<b> &amp; {{ x }}", r"\<b> &amp;amp; &#123;{ x }}"),
        ("two\n  lines\u202e", "two lines"),
        ("X", "&#88;"),
    ],
)
def test_what_would_be_mark_up_takes_as_little_as_it_can(text, shown):
    assert escape.title(text) == shown


def test_a_title_without_end_is_cut():
    shown = escape.title("あ" * 100_000)
    assert len(shown) == escape.LONGEST_TITLE
    assert shown.endswith("…")


@needs_ruby
@pytest.mark.parametrize("gfm", [True, False])
@settings(max_examples=3)
@given(seeds, st.sampled_from(["", "*a ", "_b "]))
def test_no_title_leaves_its_link_or_its_line(gfm, seed, before):
    texts = many(seed)
    page = "".join(
        f"- {before}[{escape.title(text)}](https://e.example/{number}) * _z_ ~~\n"
        for number, text in enumerate(texts)
    )
    outline = Outline(html_of([page], gfm=gfm)[0])
    assert len(outline.items) == len(texts)
    assert [links for links in outline.links if len(links) != 1] == []
    assert [links[0] for links in outline.links] == [
        (f"https://e.example/{number}", escape.plain(text)) for number, text in enumerate(texts)
    ]


@needs_ruby
@pytest.mark.parametrize("gfm", [True, False])
@settings(max_examples=3)
@given(seeds)
def test_no_title_behind_an_address_leaves_its_quotes(gfm, seed):
    texts = many(seed)
    shown = [escape.title(text) for text in texts]
    page = "".join(
        f'- [{one}](https://e.example/{number} "{escape.link_title(one)}") z\n'
        for number, one in enumerate(shown)
    )
    html = html_of([page], gfm=gfm)[0]
    outline = Outline(html)
    assert [links[0] for links in outline.links] == [
        (f"https://e.example/{number}", escape.plain(text)) for number, text in enumerate(texts)
    ]
    behind = [unescape(one) for one in re.findall(r'<a [^>]*title="([^"]*)"', html)]
    assert behind == [escape.plain(text) for text in texts]


@needs_ruby
@settings(max_examples=3)
@given(seeds)
@example(1)  # `$$` at its start
def test_markdown_shows_any_text_as_one_plain_paragraph(seed):
    texts = many(seed)
    pages = [escape.markdown(text) + "\n" for text in texts]
    for text, html in zip(texts, html_of(pages), strict=True):
        outline = Outline(f"<li>{html}</li>")
        assert outline.tags == ["li", "p"]
        assert outline.items == [escape.plain(text) + "\n"]


addresses = ugly.map(lambda text: "https://e.example/" + text)


@needs_ruby
@settings(max_examples=3)
@given(seeds)
def test_no_address_leaves_its_brackets(seed):
    urls = ["https://e.example/" + text for text in many(seed)]
    page = "".join(f"- [t]({escape.address(url)})\n- <{escape.address(url)}>\n" for url in urls)
    outline = Outline(html_of([page])[0])
    assert len(outline.items) == 2 * len(urls)
    shown = [links[0][0] for links in outline.links if len(links) == 1]
    assert len(shown) == 2 * len(urls)
    for url, in_round, in_angles in zip(urls, shown[::2], shown[1::2], strict=True):
        said = url.encode("utf-8", "replace").decode()
        assert unquote(in_round) == unquote(in_angles) == unquote(said)


@pytest.mark.parametrize(
    "url",
    [
        "https://e.example/wiki/Spin_(physics)?a=1&b=2#c",
        "https://e.example/日本語/~x/*/_y_/%E3%81%82/@z,!$'[1]",
    ],
)
def test_an_address_that_breaks_nothing_stays_as_it_is(url):
    assert escape.address(url) == url


@given(addresses)
def test_an_address_that_is_safe_needs_nothing_more(url):
    assert escape.address(escape.address(url)) == escape.address(url)


@given(ugly)
@example("\x00\x1f\x7f\x80\x9f\xff\u0100\ud7ff\ud800\udfff\ue000\ufeff\U0001f512\n")
def test_a_yaml_scalar_is_one_line_that_reads_back(text):
    scalar = escape.yaml(text)
    assert len(scalar.splitlines()) == 1
    expected = re.sub("[\ud800-\udfff]", "\ufffd", text)
    assert yaml.safe_load(f"---\ntitle: {scalar}\n") == {"title": expected}


@given(ugly)
@example("\x00\x1f\x7f\x80\x9f\xff\u0100\ud7ff\ud800\udfff\ue000\ufeff\U0001f512\n")
def test_a_json_scalar_is_one_line_that_reads_back(text):
    scalar = escape.json(text)
    assert len(scalar.splitlines()) == 1
    assert json.loads(scalar) == re.sub("[\ud800-\udfff]", "\ufffd", text)


def test_a_yaml_scalar_leaves_other_scripts_readable():
    assert escape.yaml("57: 室温超伝導 “x” é") == '"57: 室温超伝導 “x” é"'


# --- what hosts type ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**bold** [x](y) <b>z</b> $$x^2$$ `a|b`", "**bold** [x](y) <b>z</b> $$x^2$$ `a|b`"),
        ("a | b", r"a \| b"),
        (r"a \| b", r"a \| b"),
        ('<i title="a|b">', '<i title="a|b">'),
        ("a ` b", r"a \` b"),
        ("<!-- left open", r"\<!-- left open"),
        ("<!-- closed -->", "<!-- closed -->"),
        ("{% include x.html %}", "&#123;% include x.html %}"),
        ("{{ x }}", "&#123;{ x }}"),
        ("`{{ x }}`", "<code>&#123;&#123; x &#125;&#125;</code>"),
        ('<a href="{{ x }}">', '<a href="&#123;{ x }}">'),
    ],
)
def test_a_hosts_markdown_is_kept_and_slips_are_not(typed, shown):
    assert escape.host(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        '{% include logo.html text="a|b" %}',
        "{{ site.title | upcase }}",
        "{% if a %}x{% else %}y{% endif %}",
        "{% raw %}{{ x }}{% endraw %}",
        "{{< youtube x >}}",
        "`{{ x }}`",
    ],
)
def test_liquid_is_kept_where_the_profile_says_so(typed):
    assert escape.host(typed, keep_liquid=True) == typed
    assert escape.liquid(typed, keep=True) == typed


@pytest.mark.parametrize(
    "typed",
    ["{{ x", "{% x", "{{ x }", "{% if a %}", "{% endif %}", "{% else %}", "{% %}", "`{{ x`"],
)
@needs_ruby
def test_liquid_that_would_stop_the_build_is_shown_as_text(typed):
    html = html_of([escape.host(typed, keep_liquid=True) + "\n"])
    assert Outline(f"<li>{html[0]}</li>").items[0].strip() == typed.strip("`")


@needs_ruby
@settings(max_examples=3)
@given(seeds)
def test_nothing_that_a_host_types_stops_the_build_or_makes_a_table(seed):
    for html in html_of([f"- {escape.host(text)}\n" for text in many(seed)]):
        assert "<table" not in html


@needs_ruby
@settings(max_examples=3)
@given(seeds)
def test_liquid_that_is_no_tag_of_ours_stops_no_build_either(seed):
    texts = [escape.writable(text) for text in many(seed)]
    html_of([escape.liquid(text, keep=False) for text in texts])


@pytest.mark.parametrize(
    ("typed", "first", "shown"),
    [
        ("[PDF]: ", True, r"\[PDF]: "),
        ("[^1]: a footnote", True, "[^1]: a footnote"),
        (": colon", True, r"\: colon"),
        ("+ plus", False, r"\+ plus"),
        ("---", False, r"\---"),
        ("---", True, "---"),
        ("===", False, r"\==="),
        ("^", False, "&#94;"),
        ("~~~", False, "&#126;~~"),
        ("plain", False, "plain"),
    ],
)
def test_a_line_does_not_turn_into_another_block(typed, first, shown):
    assert escape.line_start(typed, first=first) == shown


@given(st.integers(1, 6).map(lambda n: "".join(NASTY[n::6]) * 200))
def test_a_long_line_takes_no_long_time(text):
    for keep in (True, False):
        escape.host(text, keep_liquid=keep)
        escape.host_title(text, keep_liquid=keep)
