"""Slack's mark-up, in both of its forms, becomes plain Markdown."""

import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup.slack import from_text, to_markdown, written_in
from bot.core.markup.slack_blocks import from_blocks
from bot.core.markup.slack_inline import Workspace
from tests.core.markup.slack_composer import compose

PLACE = Workspace(
    {"U1": "buka"}, {"C1": "show-notes"}, {"S1": "hosts"}, zone=ZoneInfo("Asia/Tokyo")
)


def text(value: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": value, **({"style": style} if style else {})}


def section(*elements: dict[str, Any], kind: str = "section", **more: Any) -> dict[str, Any]:
    return {"type": f"rich_text_{kind}", "elements": list(elements), **more}


def rich(*parts: dict[str, Any]) -> str | None:
    return from_blocks([{"type": "rich_text", "elements": list(parts)}], PLACE)


# --- text alone --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "plain"),
    [
        ("<https://a.example/1>", "https://a.example/1"),
        ("<https://a.example/1|論文>", "[論文](https://a.example/1)"),
        ("<https://a.example/?a=1&amp;b=2>", "https://a.example/?a=1&b=2"),
        ("<http://README.md|README.md> を直した", "README.md を直した"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<http://arxiv.org/abs/2311.1|arxiv.org/abs/2311.1>", "http://arxiv.org/abs/2311.1"),
        (
            "<http://www.a.example|www.a.example> <http://a.org|a.org>",
            "http://www.a.example http://a.org",
        ),
        (
            "<http://b.co.jp/|b.co.jp> <http://main.rs|main.rs> <http://x.sh|x.sh>",
            "http://b.co.jp/ main.rs x.sh",
        ),
        ("<https://a.example/1|https://a.example/1>", "https://a.example/1"),
        ("<https://a.example/1|a.example/1>", "https://a.example/1"),
        ("<https://a.example/%E3%81%82|https://a.example/あ>", "https://a.example/あ"),
        ("[本文](<https://a.example/1>)", "[本文](https://a.example/1)"),
        ("<https://a.example/1|a ] b>", r"[a \] b](https://a.example/1)"),
        ("<https://a.example/1|`run`>", "[`run`](https://a.example/1)"),
        ("<https://a.example/1|a ` b> と `x`", "[a ` b](https://a.example/1) と `x`"),
        ("`<https://a.example/1|a ` b>`", "`` a ` b ``"),
        ("<https://a.example/1|a [b] c>", "[a [b] c](https://a.example/1)"),
        ("<https://a.example/x)|label>", "[label](https://a.example/x%29)"),
        ("<https://a.example/1>です", "https://a.example/1 です"),
        ("<https://a.example/1>。次", "https://a.example/1。次"),
        ("<https://a.example/1>,<https://a.example/2>", "https://a.example/1 ,https://a.example/2"),
        ("*<https://a.example/1>*", "https://a.example/1"),
        ("<@U1> <@U9|ann> <@U9>", "@buka @ann @unknown-user"),
        ("<#C1> <#C2|talk> <#C2|>", "#show-notes #talk #unknown-channel"),
        ("<!here> <!channel> <!subteam^S1> <!subteam^S2|@all>", "@here @channel @hosts @all"),
        ("<!date^1703086200^{date_num} {time}^https://a.example|x>", "2023-12-21 00:30"),
        ("<!date^99999999999999^{date}|later>", "later"),
        ("&lt;b&gt; R&amp;D &amp;lt;", "<b> R&D &lt;"),
        ("*太字* と _斜体_ と ~線~", "**太字** と *斜体* と ~~線~~"),
        ("*a _b* c_ d", "**a *b*** *c* d"),
        ("2*3*4 snake_case_name a ~ b", "2*3*4 snake_case_name a ~ b"),
        ("* item\n*a\nb*", "* item\n*a\nb*"),
        ("`*a* :smile: &lt;` *b*", "`*a* :smile: <` **b**"),
        (":memo: :wave::skin-tone-2: :our-own: 10:30:20", "📝 👋🏻 :our-own: 10:30:20"),
        ("• a\n    ◦ b\n        ▪︎ c", "- a\n    - b\n        - c"),
        ("&gt; 引用", "> 引用"),
        ("```md\n&lt;b&gt; <https://a.example/1>\n```", "```md\n<b> https://a.example/1\n```"),
        ("前 ```html\n&lt;p&gt;``` 後", "前 \n```html\n<p>\n```\n 後"),
        ("```code```", "```\ncode\n```"),
        ("# GNoME", "# GNoME"),
        ("*# GNoME*\n*not a heading*", "# GNoME\n**not a heading**"),
        ("*＃話題*", "＃話題"),
    ],
)
def test_text_becomes_markdown(sent: str, plain: str) -> None:
    assert from_text(sent, PLACE) == plain


def test_text_serves_where_no_block_is_rich_text() -> None:
    assert to_markdown("*a*", [{"type": "section"}], PLACE) == "**a**"
    assert to_markdown("*a*", None, PLACE) == "**a**"


# --- rich_text ---------------------------------------------------------------------------------


def test_sections_lists_quotes_and_code_stand_on_lines_of_their_own() -> None:
    written = rich(
        section(text("# GNoME\n見て\n")),
        section(section(text("a")), section(text("b\nc")), kind="list", style="bullet", indent=0),
        section(section(text("d")), kind="list", style="ordered", indent=1),
        section(text("q1\n\nq2"), kind="quote"),
        section(section(text("in a quote")), kind="list", style="bullet", border=1),
        section(text("html\n<p>"), kind="preformatted"),
        section(text("end")),
    )
    assert written == (
        "# GNoME\n見て\n- a\n- b\n  c\n  - d\n> q1\n>\n> q2\n> - in a quote\n```html\n<p>\n```\nend"
    )


@pytest.mark.parametrize(
    ("code", "more", "fence"),
    [
        ("md\n# x", {}, "```md\n# x\n```"),
        ("# x", {"language": "markdown"}, "```md\n# x\n```"),
        ("<p>", {"language": "html"}, "```html\n<p>\n```"),
        ("md", {}, "```\nmd\n```"),
        ("print()", {"language": "python"}, "```\nprint()\n```"),
        ("a\n```\nb", {}, "````\na\n```\nb\n````"),
    ],
)
def test_a_code_blocks_word_is_its_language_or_its_first_line(
    code: str, more: dict[str, str], fence: str
) -> None:
    assert rich(section(text(code), kind="preformatted", **more)) == fence


@pytest.mark.parametrize(
    ("elements", "plain"),
    [
        ([text("a ", bold=True), text("b", bold=True, italic=True), text(" c")], "**a *b*** c"),
        ([text("# GNoME\n", bold=True), text("a", bold=True)], "# GNoME\n**a**"),
        ([text("## ", bold=True), text("GN", bold=True, italic=True), text("oME")], "## *GN*oME"),
        ([{"type": "newer", "url": "https://a.example/1", "text": "本"}], "[本](https://a.example/1)"),
        ([text("x", strike=True), text(" y", bold=True)], "~~x~~ **y**"),
        ([text("a\nb", bold=True)], "**a**\n**b**"),
        ([text("a`b", code=True)], "`` a`b ``"),
        ([text("論文: "), {"type": "link", "url": "https://a.example/1"}], "論文: https://a.example/1"),
        (
            [{"type": "link", "url": "https://a.example/1", "text": "本", "style": {"bold": True}}],
            "**[本](https://a.example/1)**",
        ),
        (
            [
                text("見て ", bold=True),
                {"type": "link", "url": "https://a.example/1", "style": {"bold": True}},
                text("です"),
            ],
            "**見て** https://a.example/1 です",
        ),
        ([{"type": "link", "url": "http://README.md", "text": "README.md"}], "README.md"),
        (
            [{"type": "user", "user_id": "U1"}, {"type": "usergroup", "usergroup_id": "S1"}],
            "@buka@hosts",
        ),
        ([{"type": "channel", "channel_id": "C1"}, text("の件")], "#show-notesの件"),
        ([{"type": "broadcast", "range": "channel"}], "@channel"),
        ([{"type": "emoji", "name": "flag-jp", "unicode": "1f1ef-1f1f5"}], "🇯🇵"),
        ([{"type": "emoji", "name": "memo"}], "📝"),
        ([{"type": "emoji", "name": "our-own"}, text(" https://a.example/1")], "https://a.example/1"),
        ([text("a "), {"type": "emoji", "name": "our-own"}, text(" b")], "a b"),
        ([{"type": "emoji", "name": "x", "unicode": "ffffffffffff"}, text("b")], "b"),
        ([{"type": "date", "timestamp": 1703086200, "format": "{date_long}に"}], "2023-12-21に"),
        ([{"type": "date", "timestamp": "soon", "fallback": "later"}], "later"),
        ([{"type": "color", "value": "#F00"}], "#F00"),
        ([text("R&D &lt;")], "R&D &lt;"),
    ],
)  # fmt: skip
def test_elements_become_markdown(elements: list[dict[str, Any]], plain: str) -> None:
    assert rich(section(*elements)) == plain


def test_links_in_other_blocks_that_people_write_are_kept() -> None:
    link = {"type": "link", "url": "https://a.example/1", "text": "本"}
    cell = {"type": "rich_text", "elements": [section(link)]}
    blocks = [
        {"type": "rich_text", "elements": [section(text("見て"))]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "論文"}, cell], [], None]},
        {"type": "markdown", "text": "- [a](https://a.example/2)"},
        {
            "type": "video",
            "title": {"type": "plain_text", "text": "v"},
            "title_url": "https://a.example/3",
        },
    ]
    assert to_markdown("other", blocks, PLACE) == (
        "見て\n論文 [本](https://a.example/1)\n- [a](https://a.example/2)\n[v](https://a.example/3)"
    )


def test_an_address_between_backticks_is_left_alone():
    code = section({"type": "link", "url": "https://a.example/1", "style": {"code": True}})
    assert to_markdown("", [{"type": "rich_text", "elements": [code]}], PLACE) == (
        "`https://a.example/1`"
    )


SHARE = {"is_share": True, "is_msg_unfurl": True, "text": "<https://a.example/s>", "fallback": "x"}
RICH = [
    {"type": "rich_text", "elements": [section({"type": "link", "url": "https://a.example/s"})]}
]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ({"text": "", "attachments": [SHARE]}, "https://a.example/s"),
        ({"text": "for us", "attachments": [SHARE]}, "for us\n\nhttps://a.example/s"),
        (
            {"attachments": [SHARE | {"message_blocks": [{"message": {"blocks": RICH}}]}]},
            "https://a.example/s",
        ),
        ({"text": "a", "attachments": [SHARE | {"is_share": False}]}, "a"),
        ({"text": "a", "attachments": [SHARE, SHARE]}, "a\n\nhttps://a.example/s\n\nhttps://a.example/s"),
        ({"attachments": [SHARE | {"message_blocks": [{"message": {"blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "New paper"}},
            {"type": "section", "text": {"type": "mrkdwn", "text": "*<https://a.example/1|One>*"},
             "accessory": {"type": "button", "url": "https://a.example/3",
                           "text": {"type": "plain_text", "text": "Read"}}},
            {"type": "section", "fields": [{"type": "mrkdwn", "text": "by Ada"}, 3, {"text": "x"}]},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "<https://a.example/2>"}]},
            {"type": "actions", "elements": [{"type": "button", "url": "https://a.example/4"}]},
            {"type": "divider"},
        ]}}]}]},
         "New paper\n**[One](https://a.example/1)**\n[Read](https://a.example/3)\nby Ada\n"
         "https://a.example/2\nhttps://a.example/4"),
        ({"attachments": [SHARE | {"message_blocks": [{"message": {"blocks": [{"type": "x"}]}}]}]},
         "https://a.example/s"),
        ({"text": "a", "attachments": "x"}, "a"),
        ({"text": "a", "attachments": [SHARE | {"text": 5, "message_blocks": [None, 3]}]}, "a"),
    ],
)  # fmt: skip
def test_a_forwarded_message_says_what_it_carries(raw: dict[str, Any], plain: str) -> None:
    assert written_in(raw, PLACE) == plain


# --- laws --------------------------------------------------------------------------------------

WORD = st.text("abyz019あ論文", min_size=1, max_size=6)
STYLED = st.one_of(
    WORD, WORD.map("**{}**".format), WORD.map("*{}*".format), WORD.map("~~{}~~".format),
    WORD.map("`{}`".format), WORD.map("**~~{}~~ x**".format),
    st.tuples(WORD, st.integers(0, 99)).map(lambda x: f"[{x[0]}](https://a.example/{x[1]})"),
    st.integers(0, 99).map("https://a.example/{}".format),
    st.just("@buka"), st.just("README.md"), st.just("😄"),
)  # fmt: skip
WORDS = st.lists(STYLED, min_size=1, max_size=4).map(" ".join)
LINE = st.one_of(
    WORDS, WORDS.map("# {}".format), WORDS.map("> {}".format), st.just(""),
    st.lists(st.tuples(st.integers(0, 3), WORDS), min_size=1, max_size=4).map(
        lambda items: "\n".join("  " * depth + "- " + words for depth, words in items)
    ),
    WORDS.map(lambda words: f"```md\n{words.replace('`', '')}\n- x\n```"),
)  # fmt: skip


@given(st.lists(LINE, min_size=1, max_size=6).map("\n".join))
def test_what_the_composer_makes_of_markdown_comes_back_as_it_was(markdown: str) -> None:
    assert from_blocks(compose(markdown), PLACE) == markdown


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["type", "elements", "text", "style", "url", "unicode", "timestamp"]),
            st.one_of(
                inner, st.sampled_from(["rich_text", "rich_text_list", "link", "emoji", "date"])
            ),
            max_size=5,
        ),
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_taken_for_blocks(blocks: Any) -> None:
    from_blocks(blocks, PLACE)
    from_blocks([{"type": "rich_text", "elements": blocks}], PLACE)


@given(st.one_of(st.text(), st.text("`*_~<>|:!@#^a1 \n&;•https/")))
def test_any_text_is_taken(sent: str) -> None:
    from_text(sent, PLACE)


@pytest.mark.parametrize(
    "piece",
    ["*a ", "*_~", "_*", "*a*", "*\n", "<", "<https://x.example>", "`", "` ``", ":a", "&amp;", "• ",
     "<https://x.example>,", "*`a` ", "<https://x.example|[", "```a``` "],
)  # fmt: skip
def test_time_grows_with_the_length_alone(piece: str) -> None:
    sent = piece * (30_000 // len(piece))
    began = time.process_time()
    from_text(sent, PLACE)
    rich(section(*[text(piece, bold=True), {"type": "link", "url": "https://x.example"}] * 1_000))
    assert time.process_time() - began < 1  # a quadratic pass takes half a minute
