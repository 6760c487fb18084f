"""What a message gives, rule by rule (docs/chat-grammar.md, sections 1 to 3)."""

import pytest

from bot.core.grammar.message import (
    KEEP,
    LEAVE_OUT,
    MARKS,
    OFF_RECORD,
    Parsed,
    Rules,
    label_of,
    parse,
    parse_note,
    redact,
)
from bot.core.model import Block, Bullet, Heading, Line, Link, Note, Paragraph, Verbatim
from bot.core.urls import canonical

A, B = "https://a.example/1", "https://b.example/2"
SECRET = "https://a.example/1?access_token=abcdef0123456789"
GIF = "https://tenor.com/view/cat-123"
KEEPING = Rules(around_links="keep")


def shown(line: Line) -> str:
    """Show a line with its links as {address}, {title|address}, and !{…} where quiet."""
    return "".join(
        part if isinstance(part, str)
        else f"{'!' * part.quiet}{{{f'{part.title}|' if part.title else ''}{part.url}}}"
        for part in line
    )  # fmt: skip


def sketch(block: Block) -> str:
    """Show a block on a line, its notes indented by their level below it."""
    if isinstance(block, Heading):
        return f"{'##' if block.level == 'subtopic' else '#'} {block.name}"
    if isinstance(block, Verbatim):
        return f"verbatim: {block.text}"
    if isinstance(block, Paragraph):
        return "paragraph: " + " / ".join(map(shown, block.lines))
    return "\n".join([f"* {shown(block.line)}", *map(sketch_note, block.notes)])


def sketch_note(note: Note) -> str:
    mark = {"bullet": "- ", "text": "", "quote": ">" if note.tight else "> "}[note.kind]
    return f"{'  ' * note.level}{'  ' if note.kind != 'bullet' else ''}{mark}{shown(note.line)}"


def gives(text: str, rules: Rules = KEEPING, *, marked: bool = False) -> str:
    return "\n".join(map(sketch, parse(text, rules, marked=marked).blocks))


# --- lines -------------------------------------------------------------------------------------


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", " \u2060\xad", "\u3164", "\u200e\ufe0f"])
@pytest.mark.parametrize("mark", ["# ", "#### ", "- ", "・"])
def test_what_shows_nothing_is_no_heading_and_no_bullet(mark: str, unseen: str) -> None:
    assert gives(f"{mark}{unseen}\n{A}") == f"* {{{A}}}"
    assert f"a{unseen}b" in gives(f"# a{unseen}b")


def test_a_bare_link_is_a_bullet() -> None:
    assert parse(A).blocks == (Bullet((Link(A, canonical(A)),)),)


@pytest.mark.parametrize(
    "text",
    [
        "それ見た！",
        "",
        " ",
        "#tag",
        "-1 度",
        "2.5倍",
        "・・・",
        "**強い**",
        "##### 五",
        "@buka これ https://a.example/1",
    ],
)
def test_talk_gives_nothing(text: str) -> None:
    assert parse(text) == Parsed()


@pytest.mark.parametrize("hashes", ["#", "##", "###", "＃", "＃＃"])
def test_one_to_three_hashes_open_a_topic(hashes: str) -> None:
    assert parse(f"{hashes} 1:30 GNoME ").blocks == (Heading("topic", "1:30 GNoME"),)


def test_a_full_width_hash_needs_no_blank_behind_it() -> None:
    assert gives("＃話題\n＃＃＃＃小さな話題") == "# 話題\n## 小さな話題"
    assert gives("#話題") == gives("＃＃＃＃＃五") == ""


def test_four_hashes_open_a_sub_topic() -> None:
    assert gives("#### フランス") == "## フランス"


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "•", "・", "1. ", "12) ", "-　", "  - "])
def test_all_bullets_are_the_same(bullet: str) -> None:
    assert gives(f"{bullet}横井軍平") == "* 横井軍平"
    assert gives(f"{bullet}{A}") == f"* {{{A}}}"


@pytest.mark.parametrize("text", ["-", "・", "- ", f"{A}\n-\n"])
def test_a_bullet_with_nothing_behind_it_gives_nothing(text: str) -> None:
    assert gives(text) == gives(text.rstrip("-\n ・"))


def test_a_message_may_hold_headings_links_bullets_and_talk() -> None:
    text = f"これ見て！\n# 題\n{A}\n{B}\n\nwww\n- 医療大事"
    assert gives(text) == f"# 題\n* {{{A}}}\n* {{{B}}}\n* 医療大事"


def test_lines_end_at_line_feeds_and_carriage_returns_alone() -> None:
    assert gives(f"# a\r\n{A}\r- b") == f"# a\n* {{{A}}}\n  - b"
    assert gives("# a\u2028b\x0bc\x85d\x00e") == "# a b c d e"


def test_half_a_character_does_not_reach_the_file() -> None:
    assert gives("# a\ud800") == "# a\ufffd"


# --- fences ------------------------------------------------------------------------------------


def test_a_fence_of_html_or_md_is_verbatim_and_ends_an_item() -> None:
    text = f'{A}\n```html\n<iframe src="{B}">\n\n  # x</iframe>```\nwww'
    assert gives(text) == f'* {{{A}}}\nverbatim: <iframe src="{B}">\n\n  # x</iframe>'
    assert gives("```MD\n| a |\n```") == "verbatim: | a |"


def test_any_other_fence_is_talk() -> None:
    assert gives(f"```py\nprint('{A}')\n```\n{B}") == f"* {{{B}}}"
    assert gives(f"```{A}```") == ""


def test_a_marked_fence_keeps_its_ticks() -> None:
    assert gives("```py\nx\n```", marked=True) == "verbatim: ```py\nx\n```"


def test_a_fence_that_nobody_closed_loses_nothing() -> None:
    assert gives("```html\n<b>\n</b>") == "verbatim: <b>\n</b>"
    assert gives(f"```\nx\n{A}") == f"* {{{A}}}"


def test_a_longer_fence_holds_a_shorter_one() -> None:
    assert gives("````md\n```\nx\n```\n````") == "verbatim: ```\nx\n```"


# --- notes -------------------------------------------------------------------------------------


def test_lines_below_a_link_are_its_notes_until_a_blank_one() -> None:
    text = f"{A}\n一行目\n>引用\n> 引用\n\nやばい"
    assert gives(text) == f"* {{{A}}}\n  一行目\n  >引用\n  > 引用"


def test_bullets_nest_however_many_blanks_were_typed() -> None:
    text = f"{A}\n- 一\n      - 二\n       - 三\n      - 四\n- 五"
    assert gives(text) == f"* {{{A}}}\n  - 一\n    - 二\n      - 三\n    - 四\n  - 五"
    assert gives(f"{A}\n   - 一\n- 二") == f"* {{{A}}}\n  - 一\n  - 二"


def test_a_bullet_at_the_depth_of_a_bullet_is_a_new_item() -> None:
    assert gives(f"- {A}\n  - memo\n- {B}") == f"* {{{A}}}\n  - memo\n* {{{B}}}"


def test_text_belongs_to_the_bullet_that_it_is_indented_under() -> None:
    text = "- 甲\n  - 乙\n    丙\n  丁\n戊"
    assert gives(text) == "* 甲\n  - 乙\n    丙\n  丁\n    戊"


def test_text_under_a_nested_bullet_belongs_to_the_bullet_right_above() -> None:
    assert gives(f"{A}\n- 誤差\nだそうです") == f"* {{{A}}}\n  - 誤差\n    だそうです"


def test_bullets_under_a_line_of_text_are_a_level_deeper() -> None:
    assert gives(f"{A}\n※注\n  - 定義") == f"* {{{A}}}\n  ※注\n    - 定義"


def test_an_indented_line_with_a_link_goes_on_and_one_at_the_margin_begins() -> None:
    assert gives(f"{A}\n  訂正 {B}") == f"* {{{A}}}\n  訂正 {{{B}}}"
    assert gives(f"{A}\n訂正 {B}") == f"* {{{A}}}\n* 訂正 {{{B}}}"
    assert gives(f"  {A}\n  {B}") == f"* {{{A}}}\n* {{{B}}}"


def test_a_quotation_with_a_link_is_still_one() -> None:
    assert gives(f"{A}\n＞ {B} より") == f"* {{{A}}}\n  > {{{B}}} より"


def test_an_empty_line_of_a_quotation_parts_its_paragraphs() -> None:
    assert parse(f"{A}\n>a\n> \n>b").blocks[0] == Bullet(
        (Link(A, canonical(A)),),
        (Note("quote", 0, ("a",), True), Note("quote", 0, ()), Note("quote", 0, ("b",), True)),
    )


def test_words_to_somebody_end_an_item() -> None:
    assert gives(f"{A}\n@buka これどう？\nいいね") == f"* {{{A}}}"


def test_a_note_by_command_is_read_as_below_an_item() -> None:
    notes = parse_note(f"一行目\n\n- 二 {A}\n  > 三\n{SECRET}\n{GIF}")
    assert [sketch_note(note) for note in notes] == [
        "  一行目", f"  - 二 {{{A}}}", "    > 三", f"    {{{GIF}}}",
    ]  # fmt: skip


# --- links -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"元論文: {A}", f"元論文: {{{A}}}"),
        (f"{A}, {B}.", f"{{{A}}}, {{{B}}}."),
        (f"論文（{A}）の続き", f"論文（{{{A}}}）の続き"),
        (f"<{A}> のこと", f"!{{{A}}} のこと"),
        (f"[題]({A})でも", f"{{題|{A}}}でも"),
        (f"[題](<{A}>)", f"!{{題|{A}}}"),
        (f'[題]({A} "言葉")', f"{{題|{A}}}"),
        (f"[[1] 題 ]({A})", f"{{[1] 題 |{A}}}"),
        (f"[x {B}]({A})", f"{{x {B}|{A}}}"),
        (f"[`]` 題]({A})", f"{{`]` 題|{A}}}"),
        (f"[]({A})", f"{{{A}}}"),
        ("[題](https://a.example/x_(y))", "{題|https://a.example/x_(y)}"),
        (r"[題](https://a.example/x_\(y\))", "{題|https://a.example/x_(y)}"),
        (f"[題](/about) {A}", f"[題](/about) {{{A}}}"),
        (f"[題]({A}", f"[題]({{{A}}}"),
        (f"use `{A}` {B}", f"use `{A}` {{{B}}}"),
        (f"``{A}` `` {B}", f"``{A}` `` {{{B}}}"),
        (f"` {A}", f"` {{{A}}}"),
        (f'<a href="{A}">{A}</a> {B}', f'<a href="{A}">{A}</a> {{{B}}}'),
        (f"<img src='{A}'> {B}", f"<img src='{A}'> {{{B}}}"),
        (f"<!-- {A} --> {B}", f"<!-- {A} --> {{{B}}}"),
        (f"![絵]({A}) {B}", f"![絵]({A}) {{{B}}}"),
        (f"[![絵]({A})]({B})", f"{{![絵]({A})|{B}}}"),
        (f'{A} {{% include x.html url="{B}" %}}', f'{{{A}}} {{% include x.html url="{B}" %}}'),
        (f"{{{{ '{A}' | x }}}} {B}", f"{{{{ '{A}' | x }}}} {{{B}}}"),
        (f"https://a.example/{{{{ page }}}} {B}", f"https://a.example/{{{{ page }}}} {{{B}}}"),
        (f"a < b {A}", f"a < b {{{A}}}"),
        (rf"\[題]({A})", rf"\[題]({{{A}}})"),
        (f"$$\\bar{{\\nu}}_e$$ {A}", f"$$\\bar{{\\nu}}_e$$ {{{A}}}"),
    ],
)
def test_links_are_found_in_running_text_alone(text: str, line: str) -> None:
    assert gives(text) == f"* {line}"


def test_an_address_in_code_alone_makes_no_link_line() -> None:
    assert gives(f"`{A}`") == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"元論文: {A} やばい", f"元論文: {{{A}}}"),
        (f"これ次回話したい！ {A} どう思う？", f"{{{A}}}"),
        (f"論文 → {A} ({B})", f"論文 → {{{A}}} ({{{B}}})"),
        (f"「{A}」がすごい", f"「{{{A}}}」"),
        (f"{A} ({B} は良い) 草", f"{{{A}}} ({{{B}}})"),
        (f"{A} と {B}", f"{{{A}}} {{{B}}}"),
        (f"{A}、{B}。", f"{{{A}}}、{{{B}}}。"),
        (f"{A} (Physica C)", f"{{{A}}}"),
        (f"**{A} すごい**", f"{{{A}}}"),
        (f"**元論文: {A}**", f"**元論文: {{{A}}}**"),
        (f"**元論文:** {A}", f"**元論文:** {{{A}}}"),
        (f"**{A}**", f"{{{A}}}"),
        (f"（論文：{A}（英語））", f"（論文：{{{A}}}）"),
        (f'"{A}"、「{B}」', f"{{{A}}}、「{{{B}}}」"),
        (f"＜{A}＞", f"＜{{{A}}}＞"),
        (f"__{A}__ すごい", f"{{{A}}}"),
        (f"__a_b: {A}__", f"__a_b: {{{A}}}__"),
        (f"(a_b: {A})", f"(a_b: {{{A}}})"),
        (f'"{A}"', f"{{{A}}}"),
        (f"「**{A}**」", f"「**{{{A}}}**」"),
        (f"{A} 🎉", f"{{{A}}}"),
        (f"- 甲: {A} 乙", f"甲: {{{A}}}"),
    ],
)
def test_of_the_words_around_links_labels_stay(text: str, line: str) -> None:
    assert gives(text, Rules()) == f"* {line}"


def test_labels_are_kept_in_notes_as_typed() -> None:
    assert gives(f"{A}\n- 甲 {B} 乙", Rules()) == f"* {{{A}}}\n  - 甲 {{{B}}} 乙"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (f"元論文: {A}", "元論文"),
        (f"論文（{A}）", "論文"),
        (f"もう貼ってた？ {A}", None),
        (A, None),
    ],
)
def test_the_label_of_a_link_is_told(text: str, label: str | None) -> None:
    block = parse(text, KEEPING).blocks[0]
    assert isinstance(block, Bullet)
    assert label_of(block) == ((Note("text", 0, (label,)),) if label else ())


# --- not for a draft ---------------------------------------------------------------------------


def test_a_line_with_an_ignored_address_is_talk_that_ends_the_item() -> None:
    assert gives(f"{A}\n- {GIF}\n草") == f"* {{{A}}}"
    assert gives(f"# {GIF}") == ""


def test_a_site_can_ignore_more() -> None:
    rules = Rules(ignoring=lambda: lambda url: "b.example" in url)
    assert gives(f"{A}\n{B}", rules) == f"* {{{A}}}"


def test_a_line_with_a_secret_counts_as_blank_and_its_host_is_told() -> None:
    text = f"{A}\n- {SECRET}\n草"
    assert parse(text) == Parsed(parse(A).blocks, ("a.example",))
    assert parse(text, marked=True).secrets == ("a.example",)
    assert redact(text) == f"{A}\n\n草"


def test_a_secret_is_seen_in_code_titles_tags_and_fences() -> None:
    for text in (f"`{SECRET}`", f"[題]({SECRET})", f'<a href="{SECRET}">', f"# {SECRET}"):
        assert parse(text, marked=True) == Parsed((), ("a.example",))
    assert gives(f"```html\n<b>\n<i src='{SECRET}'>\n</b>\n```") == "verbatim: <b>\n\n</b>"


# --- marks -------------------------------------------------------------------------------------


def test_there_are_three_marks() -> None:
    assert {KEEP, LEAVE_OUT, OFF_RECORD} == {"📝", "🚫", "🔒"} == set(MARKS)


def test_a_mark_keeps_talk_as_paragraphs_in_its_place() -> None:
    text = f"一\n二 `x`\n\n三\n{A} 四\n五\n\n六"
    assert gives(text, Rules(), marked=True) == (
        f"paragraph: 一 / 二 `x`\nparagraph: 三\n* {{{A}}} 四\n  五\nparagraph: 六"
    )


def test_a_mark_keeps_ignored_addresses_and_words_to_somebody() -> None:
    assert gives(f"これ {GIF}\n@buka 見て {A}", marked=True) == (
        f"* これ {{{GIF}}}\nparagraph: @buka 見て {{{A}}}"
    )


def test_a_mark_keeps_no_secret() -> None:
    assert gives(f"一\n{SECRET}\n二", marked=True) == "paragraph: 一\nparagraph: 二"


def test_a_mark_keeps_a_sentence_with_links_as_a_paragraph_with_links() -> None:
    text = f"We read {A} first, and then the talk at {B}, which is longer."
    assert gives(text, Rules(), marked=True) == (
        f"paragraph: We read {{{A}}} first, and then the talk at {{{B}}}, which is longer."
    )
    assert gives(text, Rules()).startswith(f"* {{{A}}}")
    assert gives(f"- {text}", Rules(), marked=True).startswith("* We read")
    assert gives(f"これ {A} のガチ後輩", Rules(), marked=True) == f"* これ {{{A}}} のガチ後輩"
    assert gives(f"{A} と {B} を読みました。完全版はこちら、{A}", Rules(), marked=True).startswith(
        "paragraph"
    )
