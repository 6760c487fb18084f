"""What is told of an episode's file without the web, each with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.chapters.heading_time import HeadingTime
from bot.core.check.file import file_faults, links_by_line
from bot.core.check.liquid import liquid_faults
from bot.core.check.mark_up import bare_lines
from bot.core.profile.expression import Expression
from bot.core.profile.publish_rules import PublishRules

A, B = "https://example.org/a", "https://example.org/b"


def told(text: str, **more) -> list[tuple[int, str]]:
    return [(fault.line, fault.what) for fault in file_faults(text, **more)]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("title: Episode #57", "cut"),
        ("number: 060", "number"),
        ("start: 1:30:00", "number"),
        ("size: 1,000", "number"),
        ("version: 1.10", "number"),
        ("draft: yes", "truth"),
        ("published: Off", "truth"),
        ("title: 2026-08-14", "no-text"),
        ("summary: 57", "no-text"),
        ("hosts: {name: [on]}", "truth"),
        ('title: "never closed', "front-matter"),
        ("title: a: b", "front-matter"),
        ("\ttitle: a", "front-matter"),
    ],
)
def test_front_matter_that_is_read_otherwise_is_told(line: str, what: str):
    assert told(f"---\nlayout: post\n{line}\n---\n\nWords.\n")[0][1] == what


def test_a_value_that_another_names_once_more_is_told_once_where_it_is_written():
    assert told("---\na: &x yes\nb: *x\nc: [*x, on]\n---\n") == [(2, "truth"), (4, "truth")]


def test_what_is_cut_off_a_value_of_several_lines_is_told_where_the_value_begins():
    assert told("---\ntitle: Episode\n  57 #1\nlayout: post\n---\n") == [(2, "cut")]
    assert told("---\ntitle: Episode\n  57\nlayout: post\n---\n") == []


@pytest.mark.parametrize("end", ["\u2028", "\x85", "\u2029"])
def test_a_line_end_that_yaml_alone_knows_ends_no_line_of_the_file(end: str):
    text = f'---\ntitle: "a{end}b{end}c{end}d"\nfirst: 1 #2\ndraft: yes\n---\n'
    assert told(text) == [(3, "cut"), (4, "truth")]


def test_a_key_that_stands_twice_is_told_at_the_second():
    assert told("---\ntitle: a\ntitle: b\n---\n") == [(3, "front-matter")]


@pytest.mark.parametrize(
    "line",
    [
        'title: "Episode #57"',
        "title: C# for all",
        'number: "060"',
        "date: 2026-08-14 20:00:00 +0900",
        "number: 57",
        "ratio: 0.5",
        "draft: true # for now",
        "tags: [a, b]",
        "'on': push",
        "text: |\n  yes\n  060 #57",
    ],
)
def test_front_matter_that_all_read_the_same_is_not(line: str):
    assert told(f"---\nlayout: post\n{line}\n---\n\nWords.\n") == []


def test_toml_and_json_are_read_too():
    assert told('+++\ntitle = "a"\ntitle = "b"\n+++\n') == [(3, "front-matter")]
    assert told('{\n"title": "a",\n"title": "b"\n}\n') == [(1, "front-matter")]
    assert told('+++\ntitle = "a"\nnumber = 60\n+++\n') == []


def test_front_matter_that_is_none_is_told():
    assert told("---\ntitle: x\n\n# A\n") == [(1, "front-matter-open")]
    assert told("\n---\ntitle: x\n---\n\n# A\n") == [(2, "front-matter-late")]
    assert told("---\n\nA rule, and words.\n") == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a\n\n```\n[x] (https://example.org/a)\n", [(3, "fence")]),
        ("- a\n\n  ~~~~ html\n  ~~~\n", [(3, "fence")]),
        (f"- [two] ({A})", [(1, "link-blank")]),
        (f"- [three]({A}", [(1, "link-unclosed")]),
        (f"- [three]({A}\n- [b]({B})", [(1, "link-unclosed")]),
        (f"- [three]({A}\nwords (more)", [(1, "link-unclosed")]),
        (f"- four]({A})", [(1, "link-no-words")]),
        (f"- [five({A})", [(1, "link-open")]),
        ("- [six]()", [(1, "link-empty")]),
        (f"- [seven]({A} b)", [(1, "link-address-blank")]),
        ("## A\n\n#### B", [(3, "heading-level")]),
        ("###\n", [(1, "heading-empty")]),
        ("##A", [(1, "heading-blank")]),
        ("<details>\n<summary>S</summary>\n", [(1, "tag")]),
        ("<div>\n<b>x</div>\n", [(2, "tag")]),
        ("words</div>", [(1, "tag-extra")]),
        ('<iframe src="x"\n', [(1, "tag-open")]),
        (f"- <{A}>\n- [a]({A}#:~:text=x)", [(2, "doubled")]),
        (f"1. {A}\n   - {B}\n\n   more\n\n2. {B}\n3. <{A}> once more", [(7, "doubled")]),
        ("# T\n\n### A\n\n# U", [(3, "heading-level")]),
        ("XXX\n\nTODO: write\n", [(1, "left-over"), (3, "left-over")]),
    ],
)
def test_what_breaks_is_told_with_its_line(text: str, faults: list[tuple[int, str]]):
    assert told(text) == faults
    below = [(line + 4, what) for line, what in faults]
    assert told(f"---\ntitle: x\n---\n\n{text}") == below


@pytest.mark.parametrize(
    "text",
    [
        f'- [a]({A}) and [b](<{B}> "title")\n- [x [y] z](https://example.org/c_(d))',
        "words that go on [in the\nnext line](https://example.org/a) are a link",
        f"- [a](\n  {A}) words\n- [b]({B}\n) more\n",
        "`[x] (https://example.org/a)` ``a ` <div> `` `",
        "<!-- [x] (a) <div>\n``` -->\n\nwords <br> <img src='a'> <p>open",
        "<script>\nif (a < b) { '</div>' }\n</script>\n",
        "{% include x.html a=\"[b] (https://example.org/a)\" %} {{ '<div>' }}",
        "a < b > c, 1 <2, <https://example.org/a>, <mika@example.org>",
        "#hashtag and # A\n\n## B\n\n### C\n\n# D\n",
        f"- {A}/todo-list\n",
        "| a | b |\n|---|---|\n| [x] | [ ] |\n\n- [ ] task\n- [x] done\n",
        f"- [a]({A})\n  - {B}\n- [c]({B})\n  - {A}\n\n### {{{{ x }}}}\n\nSee [a]({A}).",
        f"[a]: {A}\n[b]: {A}\n\n- see [a]({A})\n- see [a]({A})",
        '[a]({{< relref "b#c" >}}) and [d]({% post_url e %}) and <{{ tag }}>',
        "# The page's title\n\n### A\n\n#### B\n\n### C",
        "```md\n[x] (https://example.org/a)\n```\n\n~~~\n```\n~~~\n",
    ],
)
def test_what_is_right_is_not_told(text: str):
    assert told(text) == []


def test_times_and_words_left_over_go_by_the_profile():
    text = "### A (1:30)\n\n### B (1:00)\n\nTODO ☆☆\n"
    rules = PublishRules(leftovers=(Expression("☆+", "publish", "site.yml", 1),))
    found = told(text, rules=rules, times=HeadingTime("{title} ({time})"))
    assert found == [(3, "time-descending"), (5, "left-over")]
    assert told("### 1:30 A\n\n### 1:00 B\n") == [(3, "time-descending")]
    assert told("### 1:30 A\n\n### 1:90 B\n")[0][0] == 3


LINES = st.sampled_from(
    ["", "---", "title: x", "- [a](https://e.org/a)", "<div>", "</div>", "```", "~~~", "`a ``b`",
     "<!-- x", "-->", "# A", "### B", "{% x %}", "> ```", "](", "[", "<a href='", "{", "}", "+++"]
)  # fmt: skip
TEXTS = st.lists(LINES | st.text(max_size=12), max_size=25).map("\n".join)


@settings(max_examples=300)
@given(TEXTS)
def test_every_fault_is_in_a_line_of_the_file_whatever_it_holds(text: str):
    faults = file_faults(text)
    assert all(1 <= fault.line <= text.count("\n") + 1 for fault in faults)
    assert faults == sorted(faults, key=lambda one: one.line)


@settings(max_examples=300)
@given(TEXTS)
def test_what_is_blanked_keeps_its_place(text: str):
    lines = text.split("\n")
    shown, _ = bare_lines(lines)
    assert len(shown) == len(lines)
    assert all(len(after) in (0, len(before)) for before, after in zip(lines, shown, strict=True))
    assert bare_lines(shown)[0] == shown or "`" in text or "<!--" in text or "-->" in text


def test_a_comment_that_nothing_closes_is_told_and_words_about_one_are_not():
    assert told("a\n\n<!-- b -->\n<!-- c\nd\n") == [(4, "comment")]
    assert told("`<!--` begins a comment\n") == []
    assert told("- [a \\<!-- hidden](https://example.org/)\n- \\<!-- b\n") == []
    assert told("\\<!-- <div>\n") == [(1, "tag")]
    assert told("\\\\<!-- c\n") == [(1, "comment")]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("{% raw %}\nb {{ c\n", [(4, "liquid")]),
        ("a\n{% if a %}\n{% for b in c %}\n{%- endif -%}\n", [(6, "liquid")]),
        ("{% if a %}", [(4, "liquid")]),
        ("{{ a\n\n{{ b }}\n", [(4, "liquid-open")]),
        ("{% include x.html\n", [(4, "liquid-open")]),
        ("a\n{% endraw %}\n", [(5, "liquid-extra")]),
        ("{% raw %}{{ {% if %}{% endraw %} {% comment %} {{ {% if %} {% endcomment %}", []),
        ("{% include x.html\n  a='b' %}\n\n{{ c | d }} {% mine %} {% endyours %}\n", []),
        ("`{% raw %}` and\n\n```\n{{ a\n```\n\n<!-- {% if %} -->\n", []),
        ("{% assign a = '{{ b }}' %} {{ c }}}\n", []),
        ("{% case a %}{% when 1 %}{% unless b %}{% endunless %}{% endcase %}\n", []),
    ],
)
def test_liquid_that_breaks_is_told_in_a_jekyll_site(text: str, faults: list[tuple[int, str]]):
    page = f"---\ntitle: x\n---\n{text}"
    assert told(page, is_jekyll=True) == faults
    assert told(page) == []
    assert told(text, is_jekyll=True) == []  # without front matter, Jekyll copies it as it is
    quiet = f"---\nrender_with_liquid: false\n---\n{text}"
    assert told(quiet, is_jekyll=True) == []


@pytest.mark.parametrize("front", ["- a\n- b", "Just words."])
def test_front_matter_without_keys_is_told_in_a_jekyll_site(front: str):
    page = f"---\n{front}\n---\n\nWords.\n"
    assert told(page, is_jekyll=True) == [(1, "front-matter-no-keys")]
    assert told("---\n---\n\nWords.\n", is_jekyll=True) == []
    assert told("---\n\nA rule, and words.\n", is_jekyll=True) == []


@given(st.lists(st.sampled_from(["a", "\n", "{{ b }}", "{% if c %}", "{% raw %}", "{{", "{%"])))
def test_liquid_that_is_closed_behind_has_no_fault_but_what_stood_before(parts: list[str]):
    whole = "".join(parts)
    closed = f"{{% if x %}}{{% raw %}}{whole} {{% endraw %}}{{% endif %}}"
    assert [*liquid_faults(closed.split("\n"), 1)] == []
    height = whole.count("\n") + 1
    assert all(1 <= one.line <= height for one in liquid_faults(whole.split("\n"), 1))


@pytest.mark.parametrize("begin", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_links_of_the_body_are_known_by_their_lines(begin, end):
    text = (
        "---\ntitle: https://a.example/0\n---\n\n- [a](https://a.example/1), <https://a.example/2>\n"
        "`https://a.example/3`\n<!-- https://a.example/4 -->\n\nhttps://a.example/5\n"
    )
    assert links_by_line(begin + text.replace("\n", end)) == [
        (5, "https://a.example/1"), (5, "https://a.example/2"), (9, "https://a.example/5"),
    ]  # fmt: skip
    assert links_by_line("https://a.example/1") == [(1, "https://a.example/1")]
