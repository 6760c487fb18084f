"""The merge of an episode's file, by what hosts do in the chat and people on the site."""

import pytest

from bot.core.document.version import Side
from bot.core.merge.lines import merge_lines
from bot.core.merge.merge import marked, merge

FILE = """---
layout: podcast-draft
title: "57: "
starring:
  - 部品
  - oka
tags: [a, b]
---

### GNoME

- [paper](https://example.org/paper)
- [blog](https://example.org/blog)
  - a note

### Robots

- [robot](https://example.org/robot)

<blockquote>robot</blockquote>

- a text bullet

A paragraph of some words.
"""


def merged(ours, theirs, base=FILE, **options):
    return merge(Side(base), Side(ours), Side(theirs), **options)


def changed(*pairs, base=FILE):
    """Return the file with parts of it replaced."""
    for old, new in pairs:
        assert old in base
        base = base.replace(old, new)
    return base


def clean(ours, theirs, **options):
    """Return the merge of two changes that do not disagree, whichever side has which."""
    one, other = merged(ours, theirs, **options), merged(theirs, ours, **options)
    assert one.conflicts == other.conflicts == ()
    assert sorted(one.text.split("\n")) == sorted(other.text.split("\n"))
    return one.text


GNOME, ROBOTS = FILE[FILE.index("### G") : FILE.index("### R")], FILE[FILE.index("### R") :]
BLOG = "- [blog](https://example.org/blog)\n  - a note\n"
LINK = "- [new](https://example.org/new)\n"


# --- what one side did holds where the other moved it ---------------------------------------------


def test_a_title_given_by_one_holds_where_the_other_moved_the_item():
    ours = changed((BLOG, ""), ("- a text bullet\n", f"- a text bullet\n{BLOG}"))
    theirs = changed(("[blog]", "[A better title]"))
    text = clean(ours, theirs)
    assert text == changed(("[blog]", "[A better title]"), base=ours)


def test_a_topic_moves_with_what_the_other_side_put_into_it():
    ours = FILE.replace(GNOME, "").replace(ROBOTS, ROBOTS + "\n" + GNOME.rstrip("\n") + "\n")
    theirs = changed((BLOG, BLOG + LINK), ("### GNoME", "### 1:30 GNoME"))
    text = clean(ours, theirs)
    assert text == changed((BLOG, BLOG + LINK), ("### GNoME", "### 1:30 GNoME"), base=ours)


def test_an_address_swapped_by_one_and_a_title_by_the_other_are_both_kept():
    ours = changed(("[robot](https://example.org/robot)", "[Robot](https://example.org/robot)"))
    theirs = changed(("(https://example.org/robot)", "(https://amzn.example/x) ← a book"))
    assert "- [Robot](https://amzn.example/x) ← a book\n" in clean(ours, theirs)


def test_a_time_put_in_by_one_joins_the_name_of_the_other():
    ours = changed(("### GNoME", "### DeepMind GNoME"))
    theirs = changed(("### GNoME", "### 1:30 GNoME"))
    assert "### 1:30 DeepMind GNoME\n" in clean(ours, theirs)


def test_a_text_bullet_that_became_a_link_is_still_the_same():
    theirs = changed(("- a text bullet", "- [a text bullet](https://example.org/x)"))
    ours = changed(("- a text bullet\n", "- a text bullet\n  - a note of ours\n"))
    text = clean(ours, theirs)
    assert "- [a text bullet](https://example.org/x)\n  - a note of ours\n" in text


def test_words_of_one_paragraph_are_merged():
    ours = changed(("some words", "very few words"))
    theirs = changed(("A paragraph", "The paragraph"))
    assert "The paragraph of very few words.\n" in clean(ours, theirs)


# --- additions ------------------------------------------------------------------------------------


def test_additions_of_both_at_one_place_stay_each_sides_together():
    mine, other = [f"- ours {n}\n" for n in range(2)], [f"- theirs {n}\n" for n in range(2)]
    result = merged(changed((BLOG, BLOG + "".join(mine))), changed((BLOG, BLOG + "".join(other))))
    assert result.conflicts == ()
    assert BLOG + "".join(other) + "".join(mine) in result.text


def test_an_embed_of_one_stays_below_its_item_and_the_link_of_the_other_comes_behind():
    theirs = changed((BLOG, BLOG + "\n<blockquote>blog</blockquote>\n"))
    ours = changed((BLOG, BLOG + LINK))
    assert f"{BLOG}\n<blockquote>blog</blockquote>\n\n{LINK}\n### Robots" in clean(ours, theirs)


def test_the_same_link_added_by_both_is_there_once():
    ours = changed((BLOG, BLOG + LINK))
    theirs = changed(("- a text bullet\n", f"- a text bullet\n{LINK}  - what they say of it\n"))
    text = clean(ours, theirs)
    assert text.count(LINK) == 1
    assert f"{LINK}  - what they say of it\n" in text


def test_the_same_topic_added_by_both_is_there_once_and_holds_what_both_put_in():
    ours = FILE + "\n### New\n\n- ours\n"
    theirs = FILE + "\n### 2:00 New\n\n- theirs\n"
    assert clean(ours, theirs).endswith("\n### 2:00 New\n\n- theirs\n- ours\n")


def test_what_is_added_behind_what_came_under_a_new_topic_goes_along():
    theirs = changed((BLOG, "#### Blogs\n\n" + BLOG))
    text = clean(changed((BLOG, BLOG + LINK)), theirs)
    assert f"#### Blogs\n\n{BLOG}{LINK}" in text


@pytest.mark.parametrize("block", ["A paragraph.", "<iframe></iframe>", "### Topic", "- a"])
@pytest.mark.parametrize("other", ["Some words.", "<br>", "#### Sub", "- b"])
def test_blocks_that_come_together_stay_apart(block, other):
    base = "### A\n\n- x\n\n### B\n\n- y\n"
    sides = []
    for one in (block, other):
        gap = "\n" if one.startswith("- ") else "\n\n"
        sides.append(base.replace("- x", f"- x{gap}{one}"))
    text = merged(*sides, base=base).text
    blocks = ["### A", "- x", block, other, "### B", "- y"]
    parts = text.split("\n\n")
    assert sorted(line for part in parts for line in part.strip("\n").split("\n")) == sorted(blocks)
    for part in parts:
        assert part.count("\n") == 0 or all(line[:2] in ("- ", "") for line in part.split("\n"))


# --- what goes ------------------------------------------------------------------------------------


def test_what_one_removed_and_the_other_left_alone_goes():
    ours, theirs = changed((BLOG, "")), changed(("- a text bullet\n\n", ""))
    assert clean(ours, theirs) == changed((BLOG, ""), ("- a text bullet\n\n", ""))


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_what_one_removed_and_the_other_changed_is_a_conflict(prefer):
    ours, theirs = changed((BLOG, "")), changed(("a note", "another note"))
    result = merged(ours, theirs, prefer=prefer)
    [conflict] = result.conflicts
    assert (conflict.kind, conflict.name, conflict.ours) == ("item", "blog", "")
    assert conflict.theirs == "- [blog](https://example.org/blog)\n  - another note"
    assert conflict.line == 12
    assert result.text == (ours if prefer == "ours" else theirs)


def test_what_is_said_under_a_topic_that_is_gone_falls_to_the_one_before():
    theirs = changed(("### Robots\n\n", ""))
    ours = changed(("- a text bullet\n", f"- a text bullet\n{LINK}"))
    assert clean(ours, theirs) == changed(("- a text bullet\n", f"- a text bullet\n{LINK}"),
                                          base=theirs)  # fmt: skip
    gone = FILE.replace(ROBOTS, "").rstrip("\n") + "\n"
    assert BLOG + LINK in clean(ours, gone)
    assert "### Robots" not in clean(ours, gone)


def test_a_note_that_one_took_out_and_the_other_put_below_another_item_goes():
    note, moved = "  - a note\n", "- [robot](https://example.org/robot)\n"
    theirs = changed((note, ""), (moved, f"{moved}{note}"))
    assert clean(changed((note, "")), theirs) == changed((note, ""))
    both = clean(theirs, changed((f"{note}", f"{note}  - more\n")))
    assert note not in both.partition("### Robots")[0]
    assert f"{moved}{note}" in both


def test_a_topic_that_one_removed_and_the_other_renamed_is_a_conflict():
    gone = FILE.replace(ROBOTS, "").rstrip("\n") + "\n"
    result = merged(gone, changed(("### Robots", "### Many robots")))
    assert [(one.kind, one.name) for one in result.conflicts] == [("topic", "Many robots")]
    assert "### Many robots" in result.text


# --- what both changed ----------------------------------------------------------------------------


@pytest.mark.parametrize(("prefer", "stands"), [("ours", "[mine]"), ("theirs", "[other]")])
def test_two_titles_are_a_conflict_and_all_else_of_both_is_kept(prefer, stands):
    ours = changed(("[blog]", "[mine]"), ("  - a note\n", "  - a note\n  - ours\n"))
    theirs = changed(("[blog]", "[other]"), ("/blog)", "/blog) theirs"))
    result = merged(ours, theirs, prefer=prefer)
    assert f"- {stands}(https://example.org/blog) theirs\n  - a note\n  - ours\n" in result.text
    [conflict] = result.conflicts
    name = "mine" if prefer == "ours" else "other theirs"
    assert (conflict.kind, conflict.name, conflict.height) == ("item", name, 3)


def test_the_order_of_both_is_nothing_to_ask_about():
    items = [f"- [{n}](https://example.org/{n})\n" for n in range(6)]
    base = "".join(items)
    ours = "".join([items[5], *items[:5]])
    theirs = "".join([*items[1:4], items[0], *items[4:]])
    assert merged(ours, theirs, base=base).conflicts == ()
    assert clean(ours, theirs, base=base).split("\n")[:2] == [items[5].strip(), items[1].strip()]
    reverse = "".join(reversed(items))
    assert merged(ours, reverse, base=base).text == reverse


# --- front matter ---------------------------------------------------------------------------------


def test_front_matter_is_merged_by_key_and_lists_by_entry():
    ours = changed(('"57: "', '"57: A title"'), ("  - 部品\n", "  - 部品\n  - ブカ\n"))
    theirs = changed(
        ("-draft", ""),
        ("  - oka\n", "  - oka\n  - うってぃ\npermalink: /57\n"),
        ("[a, b]", "[b, c]"),
    )
    front = clean(ours, theirs).partition("\n\n")[0]
    assert front == (
        '---\nlayout: podcast\ntitle: "57: A title"\nstarring:\n  - 部品\n  - ブカ\n  - oka\n'
        "  - うってぃ\npermalink: /57\ntags: [b, c]\n---"
    )
    both = merged(changed(("[a, b]", "[a, b, x]")), theirs)
    assert "tags: [b, c, x]\n" in both.text


def test_two_values_of_a_key_are_a_conflict():
    result = merged(changed(('"57: "', '"57: A"')), changed(('"57: "', '"57: B"')), prefer="ours")
    [conflict] = result.conflicts
    assert (conflict.kind, conflict.name) == ("front-matter", "title")
    assert (conflict.base, conflict.ours, conflict.theirs) == (
        'title: "57: "', 'title: "57: A"', 'title: "57: B"',
    )  # fmt: skip
    assert result.text.split("\n")[conflict.line] == conflict.ours


# --- bytes ----------------------------------------------------------------------------------------


def test_what_nobody_changed_keeps_its_bytes():
    odd = changed(("### GNoME\n\n", "### GNoME \n \n\n"), ("- a text", "*   a text"))
    base = odd.replace("\n", "\r\n").replace("layout: podcast-draft\r", "layout: podcast-draft")
    theirs = base.replace("A paragraph", "Another paragraph").removesuffix("\r\n")
    ours = base.replace("- [blog]", "- [new](https://example.org/new)\r\n- [blog]")
    result = merged(ours, theirs, base=base)
    assert result.text == theirs.replace("- [blog]", "- [new](https://example.org/new)\r\n- [blog]")
    assert result.conflicts == ()


def test_what_the_app_renders_takes_on_the_line_ends_of_the_file():
    theirs = FILE.replace("\n", "\r\n")
    ours = changed((BLOG, BLOG + LINK))
    assert merged(ours, theirs).text == ours.replace("\n", "\r\n")


# --- owners ---------------------------------------------------------------------------------------


def test_an_owner_says_what_is_the_same_however_it_looks():
    base = Side("- a\n- b\n", ("1", "2"))
    ours = Side("- nothing alike\n- b\n", ("1", "2"))
    theirs = Side("- b\n- something else\n", ("2", "1"))
    result = merge(base, ours, theirs, prefer="ours")
    assert (result.text, result.owners) == ("- b\n- nothing alike\n", ("2", "1"))
    assert [one.owner for one in result.conflicts] == ["1"]


def test_an_item_that_took_in_the_link_of_one_that_is_gone_stands_for_it():
    base = Side("- <https://a.example>\n- <https://b.example>\n", ("1", "2"))
    ours = Side("- <https://b.example>\n", ("1",))
    theirs = Side("- <https://a.example>\n- [B](https://b.example)\n")
    result = merge(base, ours, theirs)
    assert (result.text, result.owners) == ("- [B](https://b.example)\n", ("1",))
    assert result.conflicts == ()


def test_an_item_whose_link_another_took_over_from_it_is_that_one():
    base = Side("- [A](https://a.example)\n", ("1",))
    ours = Side("- a bullet\n- [A](https://a.example)\n", ("1", "2"))
    result = merge(base, ours, Side("- [Better](https://a.example)\n"))
    assert (result.text, result.conflicts) == ("- a bullet\n- [Better](https://a.example)\n", ())
    assert result.owners == ("1", "2")


def test_a_topic_of_one_owner_is_no_other_whatever_it_holds_by_now():
    base = Side("### A\n\n- <https://a.example>\n", ("1", None, "2"))
    ours = Side("### B\n\n- <https://a.example>\n", ("3", None, "2"))
    result = merge(base, ours, Side("### A, reworded\n\n- <https://a.example>\n"))
    assert {"### A, reworded", "### B"} <= set(result.text.split("\n"))
    assert [(one.kind, one.owner) for one in result.conflicts] == [("topic", "1")]


def test_owners_are_carried_to_a_file_that_knows_none():
    base = Side(
        "### T\n\n- [a](https://a.example)\n\n<br>\n\n- b\n", ("t", None, "1", "1", "1", None, "2")
    )
    theirs = Side(
        base.text.replace("- b\n", "- b\n- people's\n\nwords\n").replace("### T", "### 1:00 T")
    )
    for ours in (base, Side(base.text + "- c\n", (*base.owners, "3"))):
        result = merge(base, ours, theirs)
        lines = dict(zip(result.text.split("\n"), result.owners, strict=False))
        assert lines["### 1:00 T"] == "t"
        assert lines["- [a](https://a.example)"] == lines["<br>"] == "1"
        assert lines["- b"] == "2"
        assert lines["- people's"] is lines["words"] is None
        assert lines.get("- c") == ("3" if ours is not base else None)
        assert result.owners[3] == "1"


def test_an_embed_that_was_found_for_a_link_is_nothing_without_the_link():
    base = Side("- a\n- b\n", ("1", "2"))
    ours = Side("- a\n\n<br>\n\n- b\n", ("1", "1", "1", None, "2"))
    result = merge(base, ours, Side("- b\n"))
    assert result.text == "- b\n"
    assert [(one.kind, one.owner) for one in result.conflicts] == [("item", "1")]


# --- marks ----------------------------------------------------------------------------------------


def test_disagreements_are_marked_as_git_does():
    ours = changed(("[blog]", "[mine]"), ('"57: "', '"57: A"'))
    theirs = changed((BLOG, ""), ('"57: "', '"57: B"'))
    text = marked(merged(ours, theirs), ours="HEAD", theirs="site")
    assert '<<<<<<< HEAD\ntitle: "57: A"\n=======\ntitle: "57: B"\n>>>>>>> site\n' in text
    assert "<<<<<<< HEAD\n- [mine](https://example.org/blog)\n  - a note\n=======\n>>>>>>>" in text
    assert marked(merged(FILE, theirs)) == theirs


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "text", "disagree"),
    [
        ("- a b\n", "- a c\n", "- x b\n", "- x c\n", False),
        ("- a\n", "- a  \n  o\n", "- a  \n  t\n", "- a  \n  t\n  o\n", False),
        ("- a\n", "- a  \n  o\n", "- a\n  - t\n", "- a  \n  o\n  - t\n", False),
        ("- a\n", "- a\n  - o\n", "- a  \n  t\n  - u\n", "- a  \n  t\n  - u\n  - o\n", False),
        ("a\n", "a\n", "b", "b", False),
        ("- a\n  - n\n", "- a\n", "- a\n  - n\n", "- a\n", False),
        ("- a\n  - n m\n", "- a\n", "- a\n  - n m o\n", "- a\n  - n m o\n", True),
        ("[a](x)\r\n", "[b](x)\r\n", "[c](x)\r\n", "[c](x)\r\n", True),
        ("", "a\n", "a\n", "a\n", False),
        ("1 2 3 four\n", "I 2 3 x\n", "1 2 3 y\n", "I 2 3 y\n", True),
        ("1 2 3 four\n", "all of it anew\n", "1 2 3 y\n", "1 2 3 y\n", True),
        ("1 2 3 four\n", "I 2 x\n", "we 1 y\n", "we 1 y\n", True),
    ],
)  # fmt: skip
def test_lines_are_merged_by_words_and_links(base, ours, theirs, text, disagree):
    assert merge_lines(base, ours, theirs, prefer="theirs") == (text, disagree)


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_a_line_that_both_changed_keeps_its_own_end_among_others(prefer):
    base = "### A\n\n- one\n- two words\r\n  - a note\n- three\n"
    ours = Side(base.replace("two", "2").replace("- one", "- 1\n- 1b"))
    result = merge(Side(base), ours, Side(base.replace("words", "WORDS")), prefer=prefer)
    assert "- 2 WORDS\r\n  - a note\n" in result.text
    assert result.text.count("\r\n") == 1


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_front_matter_that_one_side_brings_stays_where_a_file_begins(prefer):
    ours, theirs = "---\ntitle: x\n---\n\n### A\n", "- [b](https://example.org/b)\n"
    result = merge(Side(""), Side(ours), Side(theirs), prefer=prefer)
    assert result.text == "---\ntitle: x\n---\n\n- [b](https://example.org/b)\n\n### A\n"


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
@pytest.mark.parametrize("marks", [("<!--", "-->"), ("{% comment %}", "{% endcomment %}")])
def test_what_people_put_away_in_a_comment_stays_as_it_is(marks, prefer):
    begin, end = marks
    base = "### A\n\n- a\n\n### B\n\n- b\n"
    away = f"### A\n\n- a\n\n{begin}\n### B\n\n- b\n{end}\n"
    more = merged(base.replace("- a\n", "- a\n- more\n"), away, base, prefer=prefer)
    assert more.text == away.replace("- a\n", "- a\n- more\n")
    gone = merged("### A\n\n- a\n\n### C\n\n- c\n", away, base, prefer=prefer)
    assert gone.text == f"{away}\n### C\n\n- c\n"
    assert not more.conflicts
    assert not gone.conflicts


@pytest.mark.parametrize("tag", ['<div class="notes" markdown="1">', "<section>", "<details open>"])
def test_tags_around_what_is_ours_stay_where_people_changed_what_they_hold(tag: str) -> None:
    end = f"</{tag[1:].partition(' ')[0].rstrip('>')}>"

    def side(*items: str) -> Side:
        lines = [tag, "", *items, "", end, "", "Goodbye."]
        owners = [None, None, *(item[-2] for item in items), None, None, None, None]
        return Side("".join(f"{line}\n" for line in lines), tuple(owners))

    a, b, by_hand = (
        "- <https://a.example/a>",
        "- <https://a.example/b>",
        "- [Sam](https://s.example)",
    )
    base, ours = side(a), side(a, b)
    theirs = Side(base.text.replace(a, f"{by_hand}\n- [A](https://a.example/a)"))
    merged = merge(base, ours, theirs)
    assert merged.text == theirs.text.replace("/a)\n", f"/a)\n{b}\n")
    assert merged.conflicts == ()


def test_a_note_that_people_put_out_of_a_link_which_the_chat_gives_elsewhere_stands_once() -> None:
    """Another item has that link by now, and the one that had it another one, with the note."""
    one, other = "- <https://example.org/a>\n", "- <https://example.org/b>  \n  a note  \n  more\n"
    base = Side(f"{one}  - a first note\n  - a note\n  - more\n", ("1/a",) * 4)
    ours = Side(other + one, ("1/a",) * 3 + ("2/a",))
    theirs = Side(f"{one}  - a first note\n- a note\n  - more\n", (None,) * 4)
    text = merge(base, ours, theirs).text
    assert text == f"- <https://example.org/b>\n{one}- a note\n  - more\n"


def test_so_does_one_that_they_put_below_another_link_with_the_one_it_stood_on() -> None:
    one, note = "- <https://example.org/a>", "  a note\n"
    above = "- <https://example.org/0>\n"
    base = Side(f"{above}{one}  \n{note}", ("0/0", "1/a", "1/a"))
    new = f"- <https://example.org/b>  \n{note}{one}\n"
    ours = Side(above + new, ("0/0", "1/a", "1/a", "2/a"))
    theirs = Side(f"{above}  {one}  \n  {note}", (None,) * 3)
    assert merge(base, ours, theirs).text == f"{theirs.text}- <https://example.org/b>\n"


def test_a_note_that_people_put_out_stands_once_where_another_message_gives_it_by_now() -> None:
    """Both messages give the link, each by itself again: the first one has its own notes still."""
    link = "- <https://example.org/a>\n"
    own, others = "  - one\n    > said\n", "  - two\n"
    base = Side(link + own + others, ("1/a",) * 4)
    ours = Side(link + own + link + others, ("1/a",) * 3 + ("2/a",) * 2)
    theirs = Side(f"{link}- one\n  > said\n{others}", (None,) * 4)
    text = merge(base, ours, theirs).text
    assert text == f"{link}- one\n  > said\n{others}{link}"
