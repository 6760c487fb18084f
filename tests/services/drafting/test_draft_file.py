"""A draft's file as people left it: what is a draft's text, and what only a person can tell."""

import pytest

from bot.core.profile.profile import Profile, load
from bot.errors import FileChanged
from bot.services.drafting.draft_file import (
    MOST_LINES,
    draft_identity,
    is_draft,
    owners_below,
    state_of,
    text_of,
    was_draft,
    whole,
)
from bot.services.ports import Draft
from bot.services.site_port import Seen

BODY = "\n### A\n\n- a line\n"
DRAFT = f"---\ntitle: x\n---\n{BODY}"
HIDDEN = f"---\ntitle: x\npublished: false\n---\n{BODY}"
MARKED = f"---\ntitle: x\ndraft: true\n---\n{BODY}"
BROKEN = f"---\ntitle: [x\n---\n{BODY}"
POST, OTHER, DRAFTS = "_posts/2023-11-14-ep1.md", "pages/ep1.md", "_drafts/ep1.md"


def profile(more: str = "") -> Profile:
    return load(f"name: T\n{more}", "---\ntitle: x\n---\n\n{{ body }}\n")


def committed(text: str, path: str = POST) -> Draft:
    return Draft("d", "show#1", 1, 1, path, text, (), "", "", {})


def seen(data: bytes | None) -> Seen:
    return Seen("main", "head", data, "blob")


def refused(name: str) -> object:
    return pytest.raises(FileChanged, check=lambda error: error.name == name)


def test_a_text_is_read_as_utf_8_and_up_to_a_length() -> None:
    assert text_of(seen(None), "p") is None
    assert text_of(seen("é\n".encode()), "p") == "é\n"
    for end in (b"\n", b"\r"):
        assert text_of(seen(end * MOST_LINES), "p") is not None
        with refused("desk.file-too-long"):
            text_of(seen(end * (MOST_LINES + 1)), "p")
    with refused("desk.file-too-long"):
        text_of(seen(b"\r\n" * (MOST_LINES // 2 + 1)), "p")
    with refused("desk.file-not-text"):
        text_of(seen(b"a\xff"), "p")


def test_what_is_damaged_is_told_or_mended_where_that_is_asked_for() -> None:
    last = committed(DRAFT)
    assert whole(last, DRAFT + "- more\n", "p", recreate=False) == DRAFT + "- more\n"
    for damaged, damage in (("", "emptied"), (DRAFT[:-3], "cut"), (BODY, "headless")):
        with refused(f"draft_file.file-{damage}"):
            whole(last, damaged, "p", recreate=False)
        assert whole(last, damaged, "p", recreate=True) == DRAFT
    unresolved = f"{DRAFT}<<<<<<< HEAD\n=======\n>>>>>>> branch\n"
    with refused("draft_file.file-unresolved"):
        whole(last, unresolved, "p", recreate=False)
    assert whole(last, unresolved, "p", recreate=True) == unresolved
    more = unresolved + "- more\n"
    assert whole(committed(unresolved), more, "p", recreate=False) == more
    with refused("draft_file.file-unresolved"):
        whole(committed(unresolved), unresolved + unresolved, "p", recreate=False)
    reworded = unresolved.replace("=======", "ours\n=======")
    assert whole(committed(unresolved), reworded, "p", recreate=False) == reworded
    with refused("draft_file.file-unresolved"):  # it came where the other one was taken out
        whole(committed(unresolved), unresolved.replace("branch", "3f2a9c1"), "p", recreate=False)
    for recreate in (False, True):
        with refused("draft_file.front-matter-broken"):
            whole(last, BROKEN, "p", recreate=recreate)


@pytest.mark.parametrize(
    ("path", "text", "ours", "state"),
    [
        (DRAFTS, DRAFT, DRAFT, "draft"),
        (OTHER, MARKED, MARKED, "draft"),
        (OTHER, DRAFT, MARKED, "published"),
        (POST, HIDDEN, HIDDEN, "draft"),
        (POST, DRAFT, HIDDEN, "published"),  # they took the mark away
        (POST, MARKED, MARKED, "draft"),  # a plugin of the site knows `draft`
        (POST, MARKED, HIDDEN, "unclear"),  # for Jekyll itself it is a page now
        (POST, HIDDEN, MARKED, "draft"),
        (OTHER, MARKED, HIDDEN, "draft"),
    ],
)
def test_a_file_is_a_draft_as_its_site_sees_it(path: str, text: str, ours: str, state: str) -> None:
    if state == "unclear":
        with refused("draft_file.draft-unclear"):
            state_of(profile(), path, text, ours)
    else:
        assert state_of(profile(), path, text, ours) == state


def test_where_the_profile_says_what_a_draft_is_nothing_else_counts() -> None:
    own = profile("draft_when: '(?m)^draft: true$'\n")
    assert state_of(own, POST, MARKED, HIDDEN) == "draft"
    assert state_of(own, POST, HIDDEN, HIDDEN) == "published"


def test_front_matter_that_cannot_be_read_is_told_and_is_of_no_draft() -> None:
    with refused("draft_file.front-matter-broken"):
        state_of(profile(), OTHER, BROKEN, DRAFT)
    with refused("draft_file.front-matter-broken"):
        state_of(profile(), POST, MARKED, BROKEN)
    assert not is_draft(profile(), OTHER, BROKEN.encode())
    assert is_draft(profile(), OTHER, MARKED.encode())
    assert is_draft(profile(), OTHER, MARKED.encode() + b"\xff")
    assert not is_draft(profile(), OTHER, DRAFT.encode())
    assert was_draft(profile(), committed(MARKED))
    assert not was_draft(profile(), committed(DRAFT))
    assert not was_draft(profile(), committed(BROKEN))


def test_lines_keep_their_owners_below_front_matter_of_another_height() -> None:
    owners = (None, None, None, None, "a", "b")
    assert owners_below(owners, DRAFT, HIDDEN) == (None, *owners)
    assert owners_below((None, *owners), HIDDEN, DRAFT) == owners
    assert owners_below((None, "a"), BODY, DRAFT) == (None, None, None, None, "a")
    assert owners_below(owners, DRAFT, BODY) == owners[3:]


def test_a_draft_that_is_tried_again_is_the_same_and_any_other_is_not() -> None:
    one = draft_identity("show#1", 7, "head", "text")
    assert one == draft_identity("show#1", 7, "head", "text")
    others = {
        draft_identity("show#2", 7, "head", "text"), draft_identity("show#1", 8, "head", "text"),
        draft_identity("show#1", 7, "other", "text"), draft_identity("show#1", 7, "head", "more"),
    }  # fmt: skip
    assert len({one, *others}) == 5
    assert len(one) == 20
