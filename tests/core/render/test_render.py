"""An episode laid out by a profile: the rules of layout, titles, embeds, and whose lines are."""

import asyncio
import json
from collections.abc import Mapping

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.templates.client import TemplateWorker
from bot.core.model import (
    Bullet,
    Content,
    Episode,
    Found,
    Item,
    Line,
    Link,
    Lookup,
    Note,
    Paragraph,
    Topic,
    Verbatim,
)
from bot.core.profile.profile import Profile, load
from bot.core.render import render
from bot.core.urls import canonical
from tests.core.render.test_escape import many
from tests.core.ruby import Outline, html_of, needs_ruby
from tests.needs import sample

PLAIN = load("", "{{ body }}")


def link(url: str, title: str | None = None, *, quiet: bool = False) -> Link:
    return Link(url, canonical(url), title, quiet)


A, B = link("https://a.example/1"), link("https://a.example/2")
TITLES = {A.url: Found("Title 1"), B.url: Found("Title 2")}


def episode(*contents: Content, name: str = "", **fields: object) -> Episode:
    items = tuple(Item(f"m{n}/i/0", one, f"m{n}", "u", n) for n, one in enumerate(contents))
    return Episode("show#1", (Topic("t", name, items),), fields)


def laid_out(
    *contents: Content, found: Mapping[str, Found] = TITLES, profile: Profile = PLAIN
) -> str:
    return render.body(episode(*contents), found, profile).text


def note(kind: str, level: int, *line: str | Link, tight: bool = False) -> Note:
    return Note(kind, level, line, tight)  # type: ignore[arg-type]  # the tests' own spelling


@pytest.mark.parametrize(
    ("notes", "body"),
    [
        ([note("text", 0, "memo")], "- [Title 1](https://a.example/1)  \n  memo"),
        (
            [note("bullet", 1, "a"), note("bullet", 2, B), note("text", 2, "b")],
            "- [Title 1](https://a.example/1)\n"
            "  - a\n    - [Title 2](https://a.example/2)  \n      b",
        ),
        (
            [note("quote", 0, "a"), note("quote", 0, "b", tight=True), note("text", 0, "c")],
            "- [Title 1](https://a.example/1)  \n  > a\n  >b\n\n  c",
        ),
        ([note("quote", 0, "")], "- [Title 1](https://a.example/1)  \n  >"),
        ([note("text", 0, "---")], "- [Title 1](https://a.example/1)  \n  \\---"),
    ],
)
def test_notes_stand_below_their_bullet(notes, body):
    assert laid_out(Bullet((A,), tuple(notes))) == body


def test_blocks_have_a_blank_line_around_and_the_list_goes_on_behind():
    body = render.body(
        episode(
            Bullet((A,)),
            Bullet(("text",)),
            Paragraph((("one",), ("two ", B))),
            Bullet((B,)),
            Verbatim("<div>\n\n</div>"),
            Bullet((A,)),
            name="GNoME",
        ),
        {**TITLES, B.url: Found("Title 2", "<b>\n</b>")},
        PLAIN,
    )
    assert body.text.split("\n") == [
        "### GNoME",
        "",
        "- [Title 1](https://a.example/1)",
        "- text",
        "",
        "one  ",
        "two [Title 2](https://a.example/2)",
        "",
        "- [Title 2](https://a.example/2)",
        "",
        "<b>",
        "</b>",
        "",
        "<div>",
        "",
        "</div>",
        "",
        "- [Title 1](https://a.example/1)",
    ]
    owners = ["t", None, 0, 1, None, 2, 2, None, 3, 3, 3, 3, None, 4, 4, 4, None, 5]
    assert list(body.lines) == [f"m{n}/i/0" if isinstance(n, int) else n for n in owners]


def test_an_embed_follows_only_the_one_link_of_a_line_that_is_not_quiet():
    known = {A.url: Found("Title 1", "<embed>")}
    quiet = link(A.url, quiet=True)
    assert "<embed>" in laid_out(Bullet((A,), (note("text", 0, "memo"),)), found=known)
    assert "<embed>" in laid_out(Bullet(("label: ", link(A.url, "Mine"))), found=known)
    for line in ((quiet,), (A, " ", B), ("words",)):
        assert "<embed>" not in laid_out(Bullet(line), found=known)
    assert "<embed>" not in laid_out(Bullet(("x",), (note("bullet", 1, A),)), found=known)


def test_a_link_without_a_title_is_an_address_and_is_told():
    body = render.body(episode(Bullet((A,)), Bullet((A, " ", B))), {B.url: Found("T")}, PLAIN)
    assert body.text == "- <https://a.example/1>\n- <https://a.example/1> [T](https://a.example/2)"
    assert body.untitled == (A,)


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ((link(A.url, "A | B"),), r"- [A \| B](https://a.example/1)"),
        ((link(A.url, "*x* ] [y]"),), r"- [*x* \] [y]](https://a.example/1)"),
        (("すごい!", A), r"- すごい\![Title 1](https://a.example/1)"),
        (("back\\", A), r"- back\\[Title 1](https://a.example/1)"),
        (("three\\\\\\", A), r"- three\\\\[Title 1](https://a.example/1)"),
        (("two\\\\", A), r"- two\\[Title 1](https://a.example/1)"),
        (("two\\\\!", A), r"- two\\\![Title 1](https://a.example/1)"),
        (("[PDF]: ", A), r"- \[PDF]: [Title 1](https://a.example/1)"),
        (("a | b `c|d`",), r"- a \| b `c|d`"),
        (("{{ x }}",), "- &#123;{ x }}"),
    ],
)
def test_a_hosts_words_break_nothing(line, body):
    assert laid_out(Bullet(line)) == body


def test_a_quotation_in_a_paragraph_takes_nothing_else_in():
    talk = Paragraph(((">a",), (">b",), ("c",), ("d",)))
    assert laid_out(talk) == ">a\n>b\n\nc  \nd"


def test_headings_have_the_profiles_levels_and_keep_their_sharp():
    profile = load("headings: {topic: 2, subtopic: 5}", "")
    topics = (Topic("t", "C#", subtopics=(Topic("s", "a | b"),)),)
    assert render.body(Episode("e", topics), {}, profile).text == "## C\\#\n\n##### a | b"


def test_tracking_is_taken_out_where_the_profile_says_so():
    tracked = link("https://a.example/1?utm_source=x", "T")
    clean = load("clean_urls: true", "")
    assert laid_out(Bullet((tracked,))) == "- [T](https://a.example/1?utm_source=x)"
    assert laid_out(Bullet((tracked,)), profile=clean) == "- [T](https://a.example/1)"


lines: st.SearchStrategy[Line] = st.lists(
    st.sampled_from([A, B, link(A.url, "x]"), link(B.url, quiet=True)]) | st.text(max_size=8),
    min_size=1,
    max_size=3,
).map(tuple)
contents = st.one_of(
    st.builds(
        Bullet,
        lines,
        st.lists(
            st.builds(
                Note,
                st.sampled_from(["bullet", "text", "quote"]),
                st.integers(1, 3),
                lines,
                st.booleans(),
            ),
            max_size=3,
        ).map(tuple),
    ),
    st.builds(Paragraph, st.lists(lines, min_size=1, max_size=3).map(tuple)),
    st.builds(Verbatim, st.text(max_size=20)),
)


@settings(max_examples=60)
@given(st.lists(contents, max_size=4), st.booleans())
def test_every_line_has_its_owner_and_the_text_its_form(blocks, embeds):
    known = {A.url: Found("Title", "<b>\n</b>" if embeds else None)}
    body = render.body(episode(*blocks), known, PLAIN)
    written = body.text.split("\n") if body.text else []
    assert len(body.lines) == len(written)
    assert not body.text.startswith("\n")
    for line, owner in zip(written, body.lines, strict=True):
        assert owner is not None or line == ""
    owners = [owner for owner in body.lines if owner]
    assert list(dict.fromkeys(owners)) == sorted(dict.fromkeys(owners))  # each in one piece
    body.text.encode()


middles = st.lists(st.sampled_from(["", "between", "## more"]), min_size=1, max_size=4)


@given(st.integers(0, 3), st.integers(1, 3), st.integers(1, 4), middles, st.booleans())
def test_the_lines_of_a_body_are_found_in_a_file_in_one_piece_or_in_two(
    above, words, links, middle, apart
):
    paragraphs = [Paragraph(((f"words {number}",),)) for number in range(words)]
    bullets = [
        Bullet((Link(f"https://a.example/{one}", f"a.example/{one}"),)) for one in range(links)
    ]
    body = render.body(episode(*paragraphs, *bullets), {}, PLAIN)
    lead, rest = body.parts
    between = ["", "***", *middle, "***", ""] if apart else [""]
    file = ["---"] * above + lead.split("\n") + between + rest.split("\n")
    owners = render.owners("\n".join(file) + "\n", body)
    assert owners is not None
    assert len(owners) == len(file)
    whose = dict(zip(body.text.split("\n"), body.lines, strict=True))
    for line, owner in zip(file, owners, strict=True):
        assert owner == (whose.get(line) if line else None)
    assert render.owners("something else\n", body) is None


def test_a_field_that_is_a_list_is_one_for_templates_and_others_stay_what_they_are():
    profile = load("name: X\nfields: {sponsors: list, mood: text}\n", "{{ body }}\n")
    seen = render.names(
        episode(sponsors="one", mood="fine"), profile, render.body(episode(), {}, profile), {}
    )
    assert (seen["sponsors"], seen["mood"]) == (["one"], "fine")


# --- titles and embeds -------------------------------------------------------------------------

EMBEDDING = r"""
titles:
- {match: '\s*\|\s*', replace: ' - '}
- {match: '^Only here: ', replace: '', hosts: [a.example]}
embeds:
- match: 'https://v\.example/(?P<id>.+)'
  html: '<iframe src="https://v.example/embed?id={{ id }}"></iframe>'
- match: 'https://s\.example/.*'
  oembed: https://s.example/oembed
  title: '{{ author_name }}: {{ text }}'
  html: '{{ html | trim }}'
"""


def found(one: Episode, lookups: list[Lookup], text: str = EMBEDDING) -> dict[str, Found]:
    profile = load(text, "")
    plan = render.plan(one, profile, {canonical(each.url): each for each in lookups})

    async def answers() -> list[str]:
        async with TemplateWorker() as worker:
            return await worker.render(plan.jobs)

    return render.found(plan, asyncio.run(answers()), profile)


def test_rules_apply_to_looked_up_titles_of_their_hosts():
    c = link("https://sub.a.example/3")
    known = found(
        episode(Bullet((A,)), Bullet((B,)), Bullet((c,)), Bullet((link("https://z.example"),))),
        [
            Lookup(A.url, "Only here: x|y"),
            Lookup(B.url, error="404"),
            Lookup(c.url, "Only here: \n z"),
            Lookup("https://z.example", "Only here: w"),
        ],
    )
    assert [one.title for one in known.values()] == ["x - y", None, "z", "Only here: w"]


def test_an_embed_needs_what_its_profile_says():
    video, post = link("https://v.example/7"), link("https://s.example/1")
    both = episode(Bullet((video,)), Bullet((post,)))
    assert [one.embed for one in found(both, []).values()] == [
        '<iframe src="https://v.example/embed?id=7"></iframe>',
        None,
    ]
    answer = {"author_name": "R & B"}
    html = "\n<blockquote><p>One<br>two <b>&amp;</b></p>\n\n&mdash; {{ x }}</blockquote>\n"
    known = found(both, [Lookup(post.url, "Own", embed_html=html, answer=answer)])
    assert known[post.url].title == "R & B: One two &"
    assert known[post.url].embed == (
        "<blockquote><p>One<br>two <b>&amp;</b></p>\n&mdash; &#123;{ x }}</blockquote>"
    )
    own = found(both, [Lookup(post.url, "Own", embed_html=html)])
    assert own[post.url].title == "Own"


def test_an_address_cannot_break_out_of_an_embed():
    video = link('https://v.example/7"onload="x<b>{{ y }}')
    known = found(episode(Bullet((video,))), [])
    assert known[video.url].embed == (
        '<iframe src="https://v.example/embed?id=7%22onload=%22x%3Cb%3E%7B%7B%20y%20}}"></iframe>'
    )


def test_links_are_those_that_need_a_look_up():
    titled, post = link("https://a.example/3", "Mine"), link("https://s.example/1", "Mine")
    one = episode(Bullet((A, " ", A)), Bullet((titled,)), Bullet((post,)), music={"url": B.url})
    assert render.links(one, load(EMBEDDING, "")) == (A, post, B)


def test_a_link_with_a_title_is_looked_up_for_its_embed_only_where_it_stands_alone():
    post, other = link("https://s.example/1", "Mine"), link("https://s.example/2", "Mine")
    titled, bare = link("https://s.example/3", "Mine"), link("https://s.example/4")
    profile = load(EMBEDDING, "")
    assert render.links(episode(Bullet((post, " ", other))), profile) == ()
    noted = Bullet((post, " words"), (note("text", 0, titled, bare),))
    assert render.links(episode(noted), profile) == (post, bare)


# --- what the templates see --------------------------------------------------------------------


def test_fields_reach_the_template_with_defaults_below_them():
    profile = load(
        f"members: [{{name: oka, url: x}}]\ndefaults: {{music: {{url: '{A.url}'}}, tags: [a]}}", ""
    )
    one = episode(number=57, date="2023-12-28", starring=["oka", "guest"], music={"name": "弓"})
    body = render.body(one, {}, profile)
    sees = render.names(one, profile, body, {A.url: Found("T | 1", "<e>")})
    assert (sees["number"], str(sees["date"]), sees["tags"]) == ("57", "2023-12-28", ["a"])
    assert sees["starring"] == [{"name": "oka", "url": "x"}, {"name": "guest"}]
    assert sees["music"] == {
        "url": A.url,
        "name": "弓",
        "link": rf"[T \| 1]({A.url})",
        "embed": "<e>",
    }


def test_topics_are_seen_without_their_times():
    topics = tuple(
        Topic(f"t{n}", name, (Item("i", Bullet((A,)), "m", "u", 0),))
        for n, name in enumerate(["", "1:30:08 GNoME", "0:00 x", "お知らせ"])
    )
    sees = render.names(Episode("e", topics), PLAIN, render.Body("", (), ()), TITLES)
    links = [{"title": "Title 1", "url": A.url}]
    assert sees["links"] == links * 4
    item = {"kind": "link", "text": "Title 1", "links": links, "notes": [], "time": ""}
    assert all(topic.pop("items") == [item] for topic in sees["topics"])
    assert sees["topics"] == [
        {"title": "GNoME", "time": "1:30:08", "links": links},
        {"title": "x", "time": "0:00", "links": links},
        {"title": "お知らせ", "time": "", "links": links},
    ]


FILE = """---
title: {{ title | yaml }}
first: {{ topics[0].links[0].title | yaml }}
---

{{ body }}
"""


@needs_ruby
@settings(max_examples=3)
@given(st.integers(0, 2**32))
def test_no_title_leaves_its_file(seed):
    titles = many(seed, 100)
    profile = load("", FILE)
    links = [link(f"https://e.example/{n}") for n in range(len(titles))]
    one = episode(*(Bullet((each,)) for each in links), name="T", title=titles[0])
    lookups = [Lookup(each.url, title) for each, title in zip(links, titles, strict=True)]
    known = found(one, lookups, "")
    body = render.body(one, known, profile)
    names = render.names(one, profile, body, known)

    async def text() -> str:
        async with TemplateWorker() as worker:
            return render.page((await worker.render(render.files(profile, names)))[1])

    page = asyncio.run(text())
    assert page.endswith("\n")
    assert not page.endswith("\n\n")
    _, head, rest = page.split("---\n", 2)
    assert yaml.safe_load(head)["first"] == known[links[0].url].title
    outline = Outline(html_of([rest])[0])
    shown = [(each.url, known[each.url].title) for each in links]
    assert outline.links == [[pair] for pair in shown]


async def test_the_first_sites_file_comes_out_as_it_is():
    folder = sample("interaxion")
    text, template = (
        (folder / "profile" / name).read_text() for name in ("site.yml", "draft.md.j2")
    )
    profile = load(text, template)
    expected = (folder / "ep57" / "expected.md").read_text()
    fields = yaml.safe_load((folder / "ep57" / "episode.yml").read_text())
    fields["date"] = str(fields["date"])
    rows = [json.loads(row) for row in (folder / "ep57" / "lookups.jsonl").read_text().splitlines()]
    lookups = {canonical(row["url"]): Lookup(**row, source="file") for row in rows}
    linked = link(rows[6]["url"])
    topic = Topic(
        "t", "同時に出たUCバークレー自動実験論文も熱い", episode(Bullet((linked,))).topics[0].items
    )
    one = Episode("show#1", (topic,), fields)
    async with TemplateWorker() as worker:
        plan = render.plan(one, profile, lookups)
        known = render.found(plan, await worker.render(plan.jobs), profile)
        body = render.body(one, known, profile)
        names = render.names(one, profile, body, known)
        path, page = await worker.render(render.files(profile, names))
    page = render.page(page)
    assert path == "_posts/2023-12-28-ep57.md"
    assert page.startswith(expected[: expected.index("### DeepMind")])
    assert page.endswith(expected[expected.index("### お知らせ") :])
    assert body.text.split("\n\n", 1)[1] in expected


def test_a_list_may_stand_in_from_the_margin_and_links_may_say_their_text_again():
    profile = load('list: {marker: "  * ", indent: 4}\nlink_titles: true\n', "{{ body }}")
    named = link("https://a.example/3", 'A "b" | c')
    notes = (note("bullet", 1, "a"), note("text", 1, "b"), note("text", 0, "c"))
    assert laid_out(Bullet((A,), notes), Bullet((named,)), profile=profile) == (
        '  * [Title 1](https://a.example/1 "Title 1")\n      * a  \n          b  \n      c\n'
        '  * [A "b" \\| c](https://a.example/3 "A &quot;b&quot; &#124; c")'
    )
    numbered = load('list: {marker: "  1. "}', "{{ body }}")
    assert laid_out(Bullet((A,)), Bullet((B,)), profile=numbered) == (
        "  1. [Title 1](https://a.example/1)\n  2. [Title 2](https://a.example/2)"
    )
    kept = load("pipes: keep", "{{ body }}")
    found = {A.url: Found("a | b"), B.url: Found("a \\| [b")}
    assert laid_out(Bullet((A, " | x")), Bullet((B,)), found=found, profile=kept) == (
        "- [a | b](https://a.example/1) | x\n- [a \\\\| \\[b](https://a.example/2)"
    )
