"""Which lines a draft hides once their message is off the record."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.erasure.line_prints import fingerprint
from bot.core.merge.merge import Merged
from bot.services.drafting.hidden_lines import (
    hide,
    hides,
    holds_hidden,
    may_hold,
    without_hidden,
)
from bot.services.ports import Draft


@pytest.mark.parametrize(
    ("locked", "other"),
    [("C# is nice\n", "C is nice\n"), ("Chapter 1. Rome\n", "Chapter 2. Rome\n")],
)
def test_what_looks_like_a_mark_within_a_line_is_a_part_of_it(locked: str, other: str) -> None:
    """Else the two were one: the other was hidden, and the store kept the one that is locked."""
    draft = Draft("d", "e", 1, 1, "a.md", f"{locked}\n{other}", ("m1/1", None, "m2/1"), "", "", {})
    hidden = hide(draft, Merged(other, ("m2/1",), ()), "m1", key="a key")
    assert hidden.written == f"\n{other}"


def test_another_s_link_that_has_its_title_once_the_locked_one_is_gone_is_not_hidden() -> None:
    """Else it was taken out of the file alone, and its note below it, which then stood twice.

    (It stood without a title because people had put it below the locked one.)
    """
    bare, titled = "<https://e.example/a>", "[A](https://e.example/a)"
    text = f"- <https://e.example/x>\n  - {bare}  \n    a note\n"
    draft = Draft("d", "e", 1, 1, "a.md", text, ("m1/1",) * 3, "", "", {})
    cleaned = Merged(f"- {titled}  \n  a note\n", ("m2/1",) * 2, ())
    hidden = hide(draft, cleaned, "m1", key="a key")
    assert hidden.written == f"- {bare}  \n  a note\n"
    assert without_hidden(hidden, text, key="a key") == hidden.written


def test_a_line_that_says_the_locked_title_of_a_link_is_hidden_though_the_link_stays() -> None:
    secret, link = "[Secret](https://e.example/a)", "https://e.example/a"
    draft = Draft("d", "e", 1, 1, "a.md", f"- {secret}\n", ("m2/1",), "", "", {})
    hidden = hide(draft, Merged(f"- <{link}>\n", ("m2/1",), ()), "m1", key="a key")
    assert hidden.written == ""


KEY = "a key"
Line = tuple[str, str | None]


def drafted(*lines: Line) -> Draft:
    text, owners = "".join(f"{line}\n" for line, _ in lines), tuple(owner for _, owner in lines)
    return Draft("d", "e", 1, 1, "a.md", text, owners, "", "", {})


def locked(draft: Draft, message: str) -> Draft:
    """The draft once a message is off the record, of which each line is its own."""
    lines = draft.committed.splitlines(keepends=True)
    kept = [
        (line, owner)
        for line, owner in zip(lines, draft.owners, strict=True)
        if not (owner or "").startswith(f"{message}/")
    ]
    cleaned = Merged("".join(line for line, _ in kept), tuple(owner for _, owner in kept), ())
    return hide(draft, cleaned, message, key=KEY)


def left(draft: Draft, *lines: str) -> list[str]:
    """What of a file's lines the next draft takes for there."""
    return without_hidden(draft, "".join(f"{line}\n" for line in lines), key=KEY).splitlines()


A, A_AGAIN, B = "- [A](https://e.example/a)", "- [Once more](https://e.example/a)", "- b"


@given(
    st.lists(
        st.tuples(
            st.sampled_from([A, A_AGAIN, B, "- c", "words"]),
            st.sampled_from(["m1/1", "m1/2", "m2/1", None]),
        )
    )
)
def test_of_an_untouched_file_what_the_message_gave_is_hidden_and_nothing_else(
    lines: list[Line],
) -> None:
    draft = locked(drafted(*lines), "m1")
    stays = [line for line, owner in lines if not (owner or "").startswith("m1/")]
    assert left(draft, *(line for line, _ in lines)) == stays


def test_of_lines_that_are_alike_the_one_goes_that_stood_there() -> None:
    draft = locked(drafted((B, "m2/1"), ("- c", None), (B, "m1/1")), "m1")
    assert left(draft, B, "- c", B) == [B, "- c"]
    assert left(draft, B, "- new", "- c", B) == [B, "- new", "- c"]


def test_where_people_added_more_that_are_alike_the_first_go() -> None:
    draft = locked(drafted((B, "m1/1"), ("- c", None)), "m1")
    assert left(draft, B, "- c", B) == ["- c", B]
    assert left(draft, "- c", B, B, B) == ["- c", B, B]


def test_of_reworded_links_to_a_hidden_address_as_many_go_as_there_were() -> None:
    draft = locked(drafted((A, "m1/1"), (B, None)), "m1")
    assert left(draft, A_AGAIN, B) == [B]
    assert left(draft, B, A_AGAIN, "- c", f"{A_AGAIN} too") == [B, "- c", f"{A_AGAIN} too"]
    assert left(draft, A, A_AGAIN, B) == [A_AGAIN, B]


def test_marks_of_an_older_version_hide_all_that_is_alike() -> None:
    draft = replace(drafted(("- c", None)), hidden=(fingerprint(KEY, B),))
    assert left(draft, B, "- c", B) == ["- c"]


def test_one_word_is_looked_for_nowhere_else_where_its_heading_stands_reworded() -> None:
    draft = locked(drafted(("### Topic C", "m0/1"), ("", None), ("### Topic A", "m1/1")), "m1")
    here = ["After a rule.", "", "### Topic C by Sam", ""]
    assert left(draft, *here, "### Topic A by Sam") == here[:-1]
    assert left(draft, "### Topic C", "", "After a rule.") == ["### Topic C", ""]  # may be that one


TOPIC = locked(
    drafted(
        (B, "m2/1"), ("", None), ("### One", "m1/0"), ("", None), (A, "m1/1"), ("- c", "m1/2"),
        ("", None), ("### Other", "m3/0"), ("", None), ("- d", "m3/1"),
    ),
    "m1",
)  # fmt: skip
OTHER = ["### Other", "", "- d"]


@given(
    above=st.sampled_from([B, "- b by Sam", "- by Sam"]),
    heading=st.sampled_from(["### One by Sam", "### By Sam"]),
    added=st.sampled_from([[], ["- by Sam"], ["By Sam.", ""]]),
    below=st.sampled_from([[A, "- c"], ["- c", A], [A_AGAIN], ["- c"], [f"{A} by Sam", "- e"]]),
)
def test_a_reworded_heading_is_known_by_what_is_below_it_whatever_stands_around_it_by_now(
    above: str, heading: str, added: list[str], below: list[str]
) -> None:
    there = left(TOPIC, above, "", heading, "", *added, *below, "", *OTHER)
    stays = [above, *added, *(line for line in below if line == "- e"), *OTHER]
    assert [line for line in there if line] == [line for line in stays if line]


def test_so_are_several_of_one_message() -> None:
    draft = locked(
        drafted(("### One", "m1/0"), (A, "m1/1"), ("### Two", "m1/2"), ("- c", "m1/3")), "m1"
    )
    assert left(draft, "### 1", "- by Sam", A, "### 2", "- by him", "- c") == [
        "- by Sam",
        "- by him",
    ]


def test_a_heading_is_known_by_another_message_s_line_that_stood_below_it_too() -> None:
    draft = locked(drafted((A, "m1/1"), ("### One", "m1/0"), (B, "m2/1")), "m1")
    assert left(draft, "- by Sam", "### By Sam", "- by him", B) == ["- by Sam", "- by him", B]


@pytest.mark.parametrize("level", ["##", "####"])
def test_a_heading_of_people_s_own_stays_above_hidden_lines_at_another_level_or_without_any(
    level: str,
) -> None:
    assert left(TOPIC, B, f"{level} By Sam", "- by Sam", A, "- c", *OTHER) == [
        B, f"{level} By Sam", "- by Sam", *OTHER
    ]  # fmt: skip
    assert left(TOPIC, "- by Sam", "### By Sam", "- by him", *OTHER[:2], A, OTHER[2]) == [
        "- by Sam", "### By Sam", "- by him", *OTHER
    ]  # fmt: skip


def test_a_link_below_a_hidden_bullet_is_no_note_of_that_reworded() -> None:
    draft = locked(drafted(("- words", "m1/2"), (A, "m1/1"), ("  a note", "m1/1")), "m1")
    theirs = "- [By Sam](https://e.example/b)"
    assert left(draft, "- words", f"  {theirs}") == [theirs]
    assert left(draft, "- words", "  by Sam") == []


@pytest.mark.parametrize("rest", ["- b", "> b", "b"])
def test_what_people_wrote_where_they_took_out_no_note_is_none_of_that_reworded(rest: str) -> None:
    draft = locked(drafted((A, "m1/1"), (rest, "m1/2")), "m1")
    assert left(draft, A, "  - by Sam") == ["- by Sam"]


@pytest.mark.parametrize("end", [(), ("",)])
def test_a_file_ends_as_it_did_where_people_took_out_what_stood_behind_the_last(end) -> None:
    draft = locked(
        drafted((B, "m2/1"), ("", None), (A, "m1/1"), ("", None), ("by Sam", None)), "m1"
    )
    assert left(draft, B, "", A, *end) == [B, *end]


CONTAINERS = ["{}", "1. {}", "> {}", "- > {}", "### {}", "- [ ] {}", "| x | {} |", "<p>{}</p>"]
TITLED, BARE = "Words: [Secret host](https://e.example/a)", "- Words: <https://e.example/a>"


def given_by_another(line: str, now: str = BARE) -> Draft:
    """The draft where a message goes that titled a link, which another one gives without."""
    draft = drafted(("- top", "m2/1"), (f"- {line}", "m2/2"), ("- last", "m2/3"))
    cleaned = Merged(f"- top\n{now}\n- last\n", ("m2/1", "m2/2", "m2/3"), ())
    return hide(draft, cleaned, "m1", key=KEY)


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_hidden_title_goes_whatever_people_put_its_line_into_though_its_link_stays(
    container: str,
) -> None:
    """The other one's line takes its place."""
    now = container.format(TITLED)
    here = left(given_by_another(TITLED), "- top", now, "- last")
    assert [line for line in here if line != BARE] == ["- top", "- last"]
    elsewhere = left(given_by_another(TITLED), "- top", "- last", "", "Mine.", "", now)
    assert [line for line in elsewhere if line not in ("", BARE)] == ["- top", "- last", "Mine."]


@pytest.mark.parametrize("now", ["Words: [Secret host, by Sam]({})", "see the [secret host]({})"])
def test_a_hidden_title_goes_where_people_reworded_its_line_though_its_link_stays(now: str) -> None:
    now = now.format("https://e.example/a")
    here = left(given_by_another(TITLED), "- top", f"- {now}", "- last")
    assert [line for line in here if line != BARE] == ["- top", "- last"]


@pytest.mark.parametrize("mark", ["###", "####"])
def test_a_hidden_line_goes_where_people_reworded_it_and_made_a_heading_of_it(mark: str) -> None:
    """It stayed, and nobody was told."""
    draft = locked(drafted(("- the secret plan", "m1/1"), ("### Other", "m2/0")), "m1")
    assert left(draft, f"{mark} The secret plan by Sam", "### Other") == ["### Other"]
    stays = ["### Other", "### A plan"]
    assert left(draft, *stays) == stays


def test_a_title_of_people_s_own_stays_with_a_link_whose_hidden_title_they_took_out() -> None:
    here = ["- top", "- Words: [Mine](https://e.example/a)", "- last"]
    draft = given_by_another(TITLED)
    assert left(draft, *here) == here
    file = "".join(f"{line}\n" for line in here)
    assert may_hold(draft, file, file, key=KEY) == []


def test_what_is_left_of_a_hidden_title_with_its_link_is_named() -> None:
    draft = given_by_another("Words: [Secret host of the evening show](https://e.example/a)")
    file = "- top\n- Words: [Our host](https://e.example/a)\n- last\n"
    assert without_hidden(draft, file, key=KEY) == file
    assert may_hold(draft, file, file, key=KEY) == ["Words: [Our host](https://e.example/a)"]


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("words", ["top last", "a secret note"])
def test_a_hidden_line_goes_whatever_people_put_it_into_though_others_say_all_its_words(
    words: str, container: str
) -> None:
    lines = (("- top", "m2/1"), (f"- {words}", "m1/1"), ("- last", "m2/2"))
    now = container.format(words)
    assert left(locked(drafted(*lines), "m1"), "- top", now, "- last") == ["- top", "- last"]


@pytest.mark.parametrize("words", ["top last", "a secret note"])
def test_a_hidden_line_is_known_in_a_message_and_in_another_file_whatever_it_is_in(
    words: str,
) -> None:
    draft = locked(drafted(("- top", "m2/1"), (f"- {words}", "m1/1"), ("- last", "m2/2")), "m1")
    assert hides(draft, [words], [], key=KEY)
    assert not hides(draft, ["something else"], [], key=KEY)
    assert holds_hidden(draft.hidden, f"  1. {words}", key=KEY)
    assert not holds_hidden(draft.hidden, "  1. top", key=KEY)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["one of them", "two of them", f"[A of {B}](https://e.example/a)"]),
            st.sampled_from([None, *CONTAINERS]),
        ),
        unique_by=lambda one: one[0],
    ),
    st.lists(st.sampled_from(["- of them", "- <https://e.example/b>", "words"]), min_size=1),
)
def test_whatever_people_put_hidden_lines_into_these_go_and_nothing_else(
    hidden: list[tuple[str, str | None]], kept: list[str]
) -> None:
    """None stands as it did."""
    lines, now = list[Line](), list[str]()
    for at in range(max(len(hidden), len(kept))):
        for words, container in hidden[at : at + 1]:
            lines.append((f"- {words}", f"m1/{at}"))
            now.append((container or "- {}").format(words))
        for line in kept[at : at + 1]:
            lines.append((line, f"m2/{at}"))
            now.append(line)
    assert left(locked(drafted(*lines), "m1"), *now) == kept


@pytest.mark.parametrize("heading", ["### 14:21 Notes", "### Notes"])
def test_one_word_of_a_hidden_line_counts_only_where_that_stood(heading: str) -> None:
    """People had changed the heading below it: what they wrote there was taken for that line."""
    staying = [("- first", "m2/1"), ("### Notes", "t"), ("- last", "m3/1")]
    text = "- first\n### Notes\n- last\n"
    draft = drafted(staying[0], ("- quoted us", "m1/1"), *staying[1:])
    owners = tuple(owner for _, owner in staying)
    hidden = hide(draft, Merged(text, owners, ()), "m1", key=KEY)
    theirs = f"- first\n{heading}\n> quoted them\n- last\n"
    assert without_hidden(hidden, theirs, key=KEY) == theirs
    there = f"- first\n> quoted them\n{heading}\n- last\n"
    assert without_hidden(hidden, there, key=KEY) == f"- first\n{heading}\n- last\n"
