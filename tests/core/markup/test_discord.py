"""Discord's mark-up becomes plain Markdown."""

import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup.discord import thread_topic, to_markdown

MARKED = st.text(alphabet="`<>|:@#!&ta123\\ \nx/")


@pytest.mark.parametrize(
    ("content", "plain"),
    [
        ("<@1> これどう", "@buka これどう"),
        ("<@!1>", "@buka"),
        ("<@&7> 集合", "@hosts 集合"),
        ("<#5> を見て", "#show-notes を見て"),
        ("<@99> <@&99> <#99>", "@unknown-user @unknown-role #unknown-channel"),
        ("<id:customize>", "#customize"),
        ("</topic add:12>", "/topic add"),
        ("<:party:12> https://a.example/1", "https://a.example/1"),
        ("# <a:party:12> GNoME", "# GNoME"),
        ("- <:party:12>GNoME", "- GNoME"),
        ("https://a.example/1\n-# via Mastodon", "https://a.example/1\nvia Mastodon"),
        ("> -# small", "> small"),
        ("-# # no topic", "-# # no topic"),
        ("`-# code` -#small, -# behind", "`-# code` -#small, -# behind"),
        ("見て <:a:1> <:b:2>\n次", "見て\n次"),
        (":smile: と :tada:", "😄 と 🎉"),
        ("10:30:20 と :no_such_name:", "10:30:20 と :no_such_name:"),
        ("||犯人|| は ||", "犯人 は ||"),
        ("||a|| と ||b||", "a と b"),
        ("||||", "||||"),
        ("||https://a.example/1||", "https://a.example/1"),
        ("<https://a.example/1>", "<https://a.example/1>"),
        ("https://a.example/:smile:/1", "https://a.example/:smile:/1"),
        ("`<@1> :smile:` <@1>", "`<@1> :smile:` @buka"),
        ("```md\n<@1> ||x||\n```", "```md\n<@1> ||x||\n```"),
        (r"\:smile: \<@1>", r"\:smile: \<@1>"),
        ("前\n>>> 一\n二 <@1>\n\n三", "前\n> 一\n> 二 @buka\n>\n> 三"),
        ("`>>> x`\n> y", "`>>> x`\n> y"),
        ("# X\n- a\n  - b\n-# small", "# X\n- a\n  - b\nsmall"),
    ],
)
def test_mark_up_becomes_markdown(content: str, plain: str) -> None:
    names = {"users": {"1": "buka"}, "roles": {"7": "hosts"}, "channels": {"5": "show-notes"}}
    assert to_markdown(content, **names) == plain


@pytest.mark.parametrize(
    ("style", "written"),
    [("", "2023-12-21 00:30"), (":F", "2023-12-21 00:30"), (":D", "2023-12-21"),
     (":R", "2023-12-21"), (":t", "00:30")],
)  # fmt: skip
def test_a_moment_is_written_in_the_given_zone(style: str, written: str) -> None:
    content = f"録音 <t:1703086200{style}>"
    assert to_markdown(content, zone=ZoneInfo("Asia/Tokyo")) == f"録音 {written}"


def test_a_moment_that_no_calendar_has_stays() -> None:
    assert to_markdown("<t:999999999999999>") == "<t:999999999999999>"


def test_a_name_cannot_leave_its_line() -> None:
    assert to_markdown("<@1>", users={"1": "a\n# b\x00"}) == "@a # b"


def test_emoji_of_the_server_go_where_an_exporter_made_names_of_them() -> None:
    content = ":blob: https://a.example/1 :tada: `:blob:`"
    assert to_markdown(content, custom={"blob"}) == "https://a.example/1 🎉 `:blob:`"


@given(st.text(alphabet=st.characters(exclude_characters="<|:>")))
def test_text_without_mark_up_stays_as_it_is(text: str) -> None:
    assert to_markdown(text) == text


@given(st.one_of(st.text(), MARKED))
def test_any_text_is_taken(text: str) -> None:
    to_markdown(text, users={"1": "x"}, custom={"t"})


@given(MARKED)
def test_code_is_left_alone(text: str) -> None:
    code = "```md\n" + text.replace("`", "'") + "\n```"
    assert to_markdown(code) == code


@pytest.mark.parametrize(
    "piece",
    [
        "`",
        "` ``",
        "||",
        "-# ",
        "\n-#  ",
        "|| a ",
        "<",
        "</",
        "<:x:1> ",
        ":a",
        ":",
        ">>> `\n",
        "\\",
        "https://",
    ],
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    to_markdown(text)
    assert time.process_time() - began < 2  # a quadratic pass takes minutes


@pytest.mark.parametrize(
    ("name", "first", "topic"),
    [
        ("DeepMind GNoME", "https://a.example/1", "DeepMind GNoME"),
        ("見た？ すごい論文", "見た？ すごい論文が出てる", ""),
        ("見た？ すごい…", "見た？\nすごい論文", ""),
        ("GNoME", "", "GNoME"),
    ],
)
def test_a_threads_name_is_its_topic_unless_it_begins_the_first_message(
    name: str, first: str, topic: str
) -> None:
    assert thread_topic(name, first) == topic
