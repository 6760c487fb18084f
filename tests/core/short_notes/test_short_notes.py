import difflib
from dataclasses import replace
from itertools import pairwise

import cmarkgfm
import pytest
import yaml
from cmarkgfm.cmark import Options
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.profile.profile import load
from bot.core.short_notes.html import html_of, plain_of
from bot.core.short_notes.lines import NoteLine, note_lines
from bot.core.short_notes.shorten import body_of, cut_short, key_of, line_key, shorten
from tests.needs import sample

EPISODES = ("ep30", "ep40", "ep50", "ep57", "ep63", "ep66")
PROFILE = load(
    """
notes:
  limit: 300
  leave_out: ['^Appendix']
  keep: ['shop\\.example']
  lines:
    - {match: ' \\(No\\.\\d+\\)', replace: ''}
    - {match: '^- gone$', replace: ''}
""",
    "---\ntitle: {{ title }}\n---\n\n{{ body }}\n\n### News\n\n- write to us\n",
)
FILE = """---
title: x
---

<details>
<summary>x</summary>
</details>

### 0:00 A

Some prose.

- [a](https://example.org/a) (No.12) {% include x.html %}
  a note
  > a quote
  - [b](https://example.org/b)

<blockquote>embed</blockquote>

- gone
- just text
- [c](https://shop.example/c)
- [d](https://example.org/d)

### Appendix

#### more

- [e](https://example.org/e)

### News

- write to us
"""
WHOLE = """### 0:00 A

Some prose.

- [a](https://example.org/a)
  a note
  > a quote
  - [b](https://example.org/b)
- just text
- [c](https://shop.example/c)
- [d](https://example.org/d)

### News

- write to us"""

words = st.text("abc 超伝導<>&*_`[]()#!\\~|\"'{}%:/.-", max_size=60)
line = st.one_of(
    words.map(lambda text: f"- {text}"),
    words.map(lambda text: f"- [{text}](https://example.org/{text.strip()})"),
    words.map(lambda text: f"  - {text}"),
    words.map(lambda text: f"  {text}"),
    words.map(lambda text: f"  > {text}"),
    words.map(lambda text: f"### 1:00 {text}"),
    words,
    st.sampled_from(["", "```", "<div>", "</div>", "| a | b |", "1. one", "---", "\t- tab"]),
)
files = st.lists(line, max_size=30).map("\n".join)


def real_length(markdown):
    """Return the length of another program's HTML (GitHub's cmark), without line breaks."""
    shown = cmarkgfm.markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE)
    return len(shown.replace("\n", ""))


def test_notes_hold_what_an_app_can_show_and_nothing_else():
    notes = shorten(note_lines(FILE, PROFILE), PROFILE.notes, limit=0)
    assert notes.markdown == WHOLE
    assert notes.cut == ()


def test_what_says_least_is_cut_first_and_topics_last():
    lines = note_lines(FILE, PROFILE)
    full = len(html_of(WHOLE))
    order = []
    for limit in range(full, 20, -2):
        cut = [line.text.strip() for line in shorten(lines, PROFILE.notes, limit=limit).cut]
        order += [text for text in cut if text not in order]
    assert order == [
        "Some prose.",
        "> a quote",
        "a note",
        "- just text",
        "- [b](https://example.org/b)",
        "- [d](https://example.org/d)",
        "- [c](https://shop.example/c)",
        "- [a](https://example.org/a)",
        "- write to us",
        "### News",
    ]


def test_the_first_link_of_all_counts_as_one_below_a_heading():
    text = "- just text\n- [a](https://example.org/a)\n- [b](https://example.org/b)\n"
    lines = note_lines(f"{text}\n### A\n\nprose\n\n- <https://example.org/c>\n", PROFILE)
    assert [line.text for line in lines if line.is_first] == [
        "- [a](https://example.org/a)", "- <https://example.org/c>",
    ]  # fmt: skip


def test_lines_that_take_less_room_than_they_seem_to_are_counted_as_they_are():
    stars = "\\*" * 40  # twice as long as in HTML
    prose = "\n\n".join(f"{at} {stars}" for at in range(8))
    lines = note_lines(f"### A\n\n{prose}\n\n- [a](https://example.org/a)\n", PROFILE)
    for limit in range(120, 500, 7):
        notes = shorten(lines, PROFILE.notes, limit=limit)
        assert "example.org/a" in notes.markdown, "there is prose to leave out before it"
        assert len(html_of(f"{notes.markdown}\n\n8 {stars}")) > limit, "one more would fit"


def test_hosts_keep_and_drop_single_lines_and_that_stays_when_the_file_changes():
    lines = note_lines(FILE.replace("[d]", "[a new title]"), PROFILE)
    known = {line_key(line): line.text for line in note_lines(FILE, PROFILE)}
    wanted = {"org/d)": True, "org/a)": False, "just text": True}
    choices = {
        key: keep for key, text in known.items() for part, keep in wanted.items() if part in text
    }
    assert len(choices) == 3
    notes = shorten(lines, PROFILE.notes, limit=190, choices=choices)
    assert "a new title" in notes.markdown
    assert "just text" in notes.markdown
    assert "example.org/a" not in notes.markdown
    assert "example.org/b" not in notes.markdown  # it went with what it stood under
    assert len(notes.html) <= 190


@given(files, st.integers(1, 2_000))
@example("- [<'](https://example.org/<')\n  - a", 83)
def test_notes_are_never_longer_than_the_limit_whatever_the_file(text, limit):
    notes = shorten(note_lines(text, PROFILE), PROFILE.notes, limit=limit)
    assert len(notes.html) <= limit
    assert real_length(notes.markdown) <= limit


@given(files, st.integers(1, 400), words)
def test_a_template_that_is_too_long_by_itself_is_cut_too(text, limit, around):
    lines = note_lines(text, PROFILE)
    notes = shorten(lines, PROFILE.notes, whole=lambda body: f"# {around}\n\n{body}\n", limit=limit)
    assert len(notes.html) <= limit


@given(files, st.integers(1, 2_000))
def test_every_line_of_the_notes_stands_in_the_file_in_that_order(text, limit):
    lines = note_lines(text, PROFILE)
    notes = shorten(lines, PROFILE.notes, limit=limit)
    rest = iter(one.rstrip() for line in lines for one in line.text.split("\n"))
    assert all(one.rstrip() in rest for one in notes.markdown.split("\n") if one.strip())


@given(files)
def test_more_room_never_gives_less_text_at_the_ends(text):
    lines = note_lines(text, PROFILE)
    whole = shorten(lines, PROFILE.notes, limit=0)
    assert shorten(lines, PROFILE.notes, limit=len(whole.html) or 1).markdown == whole.markdown


def test_plain_text_has_addresses_behind_their_words():
    assert (
        plain_of(WHOLE.replace("Some", "*Some*  \n<b>"))
        == """0:00 A

Some
<b> prose.

- a <https://example.org/a>
  a note
  a quote
  - b <https://example.org/b>
- just text
- c <https://shop.example/c>
- d <https://example.org/d>

News

- write to us
"""
    )


def published(episode):
    folder = sample("interaxion", "published")
    profile = load(
        (folder / "profile/site.yml").read_text("utf-8"),
        (folder / "profile/draft.md.j2").read_text("utf-8"),
    )
    return profile, (folder / episode / "site.md").read_text("utf-8"), folder / episode


def head(text):
    """Return what the assumed notes.md.j2 writes above the body."""
    page = yaml.safe_load(text.split("\n---\n")[0][4:])
    title = page["title"].replace(": ", " ", 1)
    whole = f"https://interaxion-podcast.github.io{page['permalink']}"
    about = f"以下の Show Notes は簡易版です。完全版は[こちら]({whole})。"
    return f"# Ep. {title}\n\n{page['excerpt']}  \n{about}\n\n"


def share(mine, hosts):
    a, b = ([one.rstrip() for one in text.strip("\n").split("\n")] for text in (mine, hosts))
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def test_of_the_published_episodes_more_lines_are_those_of_the_hosts_than_by_plain_rules():
    shares = {}
    for episode in EPISODES:
        profile, text, folder = published(episode)
        around = head(text)
        notes = shorten(
            note_lines(text, profile),
            profile.notes,
            whole=lambda body, around=around: around + body,
        )
        assert real_length(notes.markdown) <= profile.notes.limit
        shares[episode] = share(notes.markdown, (folder / "notes.md").read_text("utf-8"))
    assert sum(shares.values()) / len(shares) > 0.78, shares


@pytest.mark.parametrize("episode", EPISODES)
def test_no_limit_leaves_a_published_file_unshortened(episode):
    profile, text, _ = published(episode)
    lines = note_lines(text, profile)
    lengths = [len(shorten(lines, profile.notes, limit=limit).html) for limit in (500, 4_000, 0)]
    assert all(less <= more for less, more in pairwise(lengths))
    free = replace(profile.notes, limit=0)
    assert shorten(lines, free).cut == ()


@given(
    st.lists(st.sampled_from(["words", "- item", "", "*a* & b", "## A"]), max_size=12),
    st.integers(0, 120),
)
def test_a_text_that_is_cut_short_keeps_as_many_of_its_first_lines_as_fit(lines, most):
    begun = ["\n".join(lines[:count]) for count in range(len(lines) + 1)]
    fitting = [text for text in begun if len(html_of(text)) <= most]
    assert cut_short("\n".join(lines), most) == max(fitting, key=len, default="")


@pytest.mark.parametrize(
    "text",
    [
        "- a\n  a note\n- b\n- c\n  - d\n    of d\n  - e\n- f",
        "### A\n\n- a\n  a note\n\n### B\n\n- b\n  - c\n  - d\n    - e\n  - f\n- g",
        "- a\n  - b\n    - c\n- d\n  - e",
    ],
)
def test_what_is_kept_whole_stays_as_it_was_laid_out(text):
    lines = note_lines(f"---\ntitle: x\n---\n\n{text}\n", PROFILE)
    assert body_of(lines, set(range(len(lines)))) == text
    for line in lines:
        above = -1 if line.parent < 0 else lines[line.parent].level
        assert line.kind == "heading" or line.level == above + 1
        assert not line.is_bullet or line.text.startswith("  " * line.level + "- ")


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("- [a](https://example.org/a) b", "https://example.org/a"),
        ("- [other words](<https://example.org/a>)", "https://example.org/a"),
        ("  - <https://example.org/a>", "https://example.org/a"),
        ("- just *text* here", "just text here"),
        ("### A", "A"),
        ("> quoted", "quoted"),
    ],
)
def test_a_line_is_known_by_its_address_or_else_by_its_words(line, known):
    assert line_key(NoteLine("text", line)) == key_of(known)
