"""What is left of events when an address goes off the record."""

from bot.core.document.version import Side
from bot.core.erasure.scrubbed_event import GoneLines, reworded_by, scrubbed
from bot.core.file_events import ConflictFound, ItemAdded, LinkInTemplate
from bot.core.urls import canonical, fingerprint
from tests.talk import in_file, url


def test_a_link_in_the_template_s_line_is_none_any_more_but_others_are() -> None:
    """Else it would be there for others who post it after the next draft took it out."""
    gone = GoneLines((), {canonical(url(1))})
    one, other = (
        in_file(10 + number, LinkInTemplate(fingerprint(canonical(url(number))), True))
        for number in (1, 2)
    )
    assert scrubbed(one, gone, {}).what == LinkInTemplate("", True)
    assert scrubbed(other, gone, {}) is other


def test_what_people_put_below_a_line_that_goes_is_no_more_of_what_it_was_made_of() -> None:
    """Else a second lock, or the message that comes back, takes it for that."""
    line = f"- <{url(1)}>"
    added = in_file(10, ItemAdded(f"{line}\n  - a note", "top", item="m1/1/0", was=line))
    gone = GoneLines((), {canonical(url(1))})
    once = scrubbed(added, gone, {})
    assert once.what == ItemAdded("- a note", "top")
    assert scrubbed(once, gone, {}) is once


def test_a_question_keeps_what_it_is_about_and_loses_the_line_that_goes() -> None:
    line, own = f"- [secret]({url(1)})", f"- <{url(2)}>"
    found = ConflictFound("item", "m2/a", "b", line, f"{line}\n  {own}", had=own)
    event = in_file(10, found)
    left = scrubbed(event, GoneLines((), {canonical(url(1))}), {}).what
    assert left == ConflictFound("item", "m2/a", "b", "", own, had=own)
    gone = scrubbed(event, GoneLines((), {canonical(url(2))}), {}).what
    assert gone == ConflictFound("item", "m2/a", "", line, line)


def test_a_question_loses_the_name_that_a_line_gave_it_with_what_goes() -> None:
    gone, line = GoneLines((), {canonical(url(1))}), f"- one and <{url(1)}>"
    name = f"one and {url(1)}"
    for ours, theirs in (("", line), (line, ""), ("- one", f"{line}\n  - a note")):
        found = ConflictFound("item", "file:a:0001", name, ours, theirs)
        left = scrubbed(in_file(10, found), gone, {}).what
        assert isinstance(left, ConflictFound)
        assert left.name == ""
        assert url(1) not in repr(left)
    kept = in_file(10, ConflictFound("item", "m2/a", "two", "- two", f"- 2\n  - <{url(1)}>"))
    assert scrubbed(kept, gone, {}).what == ConflictFound("item", "m2/a", "two", "- two", "- 2")


def test_a_line_that_goes_on_without_some_words_is_that_line_in_what_people_wrote_too() -> None:
    owners = ("m/1", "m/1", "o/1", None)
    was = Side("- a secret\n  note\n- of both\nby nobody\n", owners)
    now = Side("- left\n  note\nby nobody\n", ("m/1", "m/1", None))
    instead = reworded_by(was, now)
    assert instead == {"a secret": "left"}
    assert reworded_by(was, was) == {}
    gone = GoneLines({"a secret", "of both"}, (), instead)
    assert gone.out_of("- a secret\n  - by Oka\n- of both") == "- left\n  - by Oka"
