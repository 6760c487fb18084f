"""What a message gave is found in what people made of it in the file, and nothing else is."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.erasure import said_again
from bot.core.erasure.line_words import Share
from bot.core.erasure.said_again import SaidAgain, made_of, without_questions
from bot.core.events import Event, ItemRemoved, What
from bot.core.file_events import ConflictFound, ItemAdded, ItemWritten, StandsIn, TopicFound

WORDS = st.lists(st.sampled_from(["harbour", "guest", "leaves", "job", "baker"]), min_size=1)
KINDS = st.sampled_from(["", "- ", "  - ", "> ", "* ", "1. "])
HEADINGS = st.sampled_from(["### ", "###### ", "## 1:02:03 "])


def _event(key: str, by: str, what: What) -> Event:
    return Event(key, "e", 1, by, what)


def _finder(said: str, *, changed: str = "m/1", others: str = "") -> SaidAgain:
    events = [
        _event("f1", "file:Oka", ItemRemoved(changed)),
        _event("f2", "file:Oka", ItemAdded("", "t", None, None)),
    ]
    return SaidAgain(events, "m", words={said}, others={others}, addresses=(), theirs=())


@given(WORDS, KINDS | HEADINGS)
def test_it_is_found_in_every_kind(words: list[str], kind: str) -> None:
    said = " ".join(words)
    assert _finder(said).within([(f"{kind}{said}\n", "f2")], "") == {0}


@given(WORDS, KINDS | HEADINGS)
def test_lines_of_hosts_and_of_nobody_stay(words: list[str], kind: str) -> None:
    said = " ".join(words)
    line = f"{kind}{said}\n"
    assert _finder(said).within([(line, "other/1"), (line, None)], line) == set()


@given(WORDS, KINDS)
def test_what_people_put_below_a_line_of_the_template_is_found(words: list[str], kind: str) -> None:
    lines = ["---\n", "title: x\n", "---\n", "- by the template\n", f"  {kind}{' '.join(words)}\n"]
    found = _finder(" ".join(words)).within([(line, None) for line in lines], "".join(lines[:4]))
    assert found == {4}


@given(WORDS, KINDS)
def test_where_people_changed_nothing_of_it_all_stays(words: list[str], kind: str) -> None:
    said = " ".join(words)
    assert _finder(said, changed="other/1").within([(f"{kind}{said}\n", "f2")], "") == set()


@given(WORDS, KINDS)
def test_a_note_is_found_that_people_took_out_of_the_item_of_another(
    words: list[str], kind: str
) -> None:
    note = " ".join(words)
    events = [
        _event("f1", "file:Oka", ItemWritten("o/1", f"- <https://a.example/>\n  {note}", "- x")),
        _event("f2", "file:Oka", ItemAdded("", "t", None, None)),
    ]
    finder = SaidAgain(events, "m", words={note}, others=(), addresses=(), theirs=())
    lines = [("- by hand\n", "f2"), (f"  {kind}{note}\n", "f2"), (f"- {note}\n", "o/2")]
    assert finder.within(lines, "") == {1}


@given(WORDS, KINDS | HEADINGS)
def test_all_its_words_are_its_own_though_others_say_each_of_them(
    words: list[str], kind: str
) -> None:
    said = " ".join(words)
    others = "\n".join(["a word more", *words])
    lines = [(f"{kind}{said}\n", "f2"), *((f"- {one} x\n", "o/1") for one in words)]
    assert _finder(said, others=others).within(lines, "") == {0}


def test_words_of_others_are_not_its_own() -> None:
    assert _finder("a harbour", others="a harbour").within([("- a harbour\n", "f2")], "") == set()


def test_one_word_in_common_is_not_enough() -> None:
    finder = _finder("international guests")
    assert finder.within([("- international harbours\n", "f2")], "") == set()
    assert finder.within([("- the international guests come\n", "f2")], "") == {0}


def test_a_link_of_somebody_else_stays_although_its_title_says_the_same() -> None:
    line = "- [the guests come](https://example.org/b)\n"
    assert _finder("the guests come").within([(line, "f2")], "") == set()


@given(WORDS, KINDS | HEADINGS)
def test_what_people_made_of_a_line_that_was_out_goes_whatever_they_made_of_it(
    words: list[str], kind: str
) -> None:
    made = _event("f1", "file:Oka", ItemAdded("", "t", item="m/1"))
    of_others = _event("f2", "file:Oka", ItemAdded("", "t", item="other/1"))
    events = [made, of_others, _event("f3", "file:Oka", TopicFound("", topic="m/2"))]
    finder = SaidAgain(events, "m", words={"an engine"}, others=(), addresses=(), theirs=())
    line, below = f"{kind}{' '.join(words)}\n", "  - by Oka\n"
    lines = [(line, "f2"), (below, "f2"), (line, "f1"), (below, "f1")]
    assert finder.within(lines, "") == {2}
    assert made_of(events, "m") == {"f1", "f3"}


@given(WORDS, KINDS | HEADINGS)
def test_but_not_what_another_message_says_in_the_place_of_such_a_line(
    words: list[str], kind: str
) -> None:
    said = " ".join(words)
    others = {said, "https://a.example/"}
    events = [_event("f1", "file:Oka", ItemAdded("", "t", item="m/1"))]
    finder = SaidAgain(events, "m", words={"an engine"}, others=others, addresses=(), theirs=())
    assert finder.within([(f"{kind}{said}\n", "f1")], "") == set()
    assert finder.within([("- <https://by-oka.example/>\n", "f1")], "") == {0}


def test_what_was_asked_of_it_loses_its_words_alone() -> None:
    asked = ConflictFound("item", "f1", "a harbour", "", "- a harbour")
    events = [
        _event("f1", "file:Oka", ItemAdded("- a harbour", "t", item="m/1")),
        _event("c1", "file:Oka", asked),
        _event("c2", "file:Oka", ConflictFound("item", "f2", "a baker", "", "- a baker")),
    ]
    (blank,) = without_questions(events, "m")
    assert (blank.key, blank.what) == ("c1", ConflictFound("item", "f1", "", "", ""))


def test_of_a_long_file_only_lines_are_looked_at_that_may_go_on_with_one_of_the_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each line of a message with each of the file took ten seconds where both are long."""
    looked_at: list[str] = []
    share = said_again._share

    def counted(line: str, said: Collection[str]) -> Share:
        looked_at.append(line)
        return share(line, said)

    monkeypatch.setattr(said_again, "_share", counted)
    added = [_event(f"f{at}", "file:Oka", ItemAdded("", "t")) for at in range(200)]
    events = [*added, _event("gone", "file:Oka", ItemRemoved("m/1"))]
    lines = [(f"- said of t{at} by somebody\n", event.key) for at, event in enumerate(added)]
    words = [f"what was said of t{at}" for at in range(50)]
    again = SaidAgain(events, "m", words=words, others=(), addresses=(), theirs=())
    again.within(lines, "", lines)
    assert len(looked_at) < 200


@pytest.mark.parametrize(("into", "goes"), [("f2", {0}), ("f9", set()), (None, set())])
def test_one_word_is_enough_in_a_heading_that_is_known_to_have_its_words(
    into: str | None, goes: set[int]
) -> None:
    events = [
        _event("f2", "file:Oka", TopicFound("harbours by Oka")),
        _event("f3", "file:Oka", ItemRemoved("m/1")),
        *([_event("f4", "file:Oka", StandsIn("m/1", into))] if into else []),
    ]
    finder = SaidAgain(events, "m", words={"harbours"}, others=(), addresses=(), theirs=())
    lines = [("### harbours by Oka\n", "f2"), ("- harbours by Kim\n", "o/1")]
    assert finder.within(lines[:1], "") == goes
    assert finder.within(lines, "") == set()


def test_but_not_in_the_lines_of_an_item_below_which_people_put_it() -> None:
    events = [
        _event("f2", "file:Oka", ItemAdded("- a note\n  > quoted by Oka", "t")),
        _event("f3", "file:Oka", ItemWritten("f2", "- a note\n  > quoted by Oka", "- x")),
        _event("f4", "file:Oka", StandsIn("m/1", "f2")),
    ]
    finder = SaidAgain(events, "m", words={"quoted Kim"}, others=(), addresses=(), theirs=())
    assert finder.within([("- a note\n", "f2"), ("  > quoted by Oka\n", "f2")], "") == set()
