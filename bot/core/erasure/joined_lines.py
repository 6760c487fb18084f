"""Lines onto which people put several messages' words, where one of those goes off the record.

The line goes. What the others gave comes back, each as it was before it was put there; but not the
links that people took out of it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.core.document.list_marks import item_start
from bot.core.document.pieces import links_in
from bot.core.erasure.line_words import words_in
from bot.core.erasure.scrubbed_event import GoneLines, scrubbed
from bot.core.events import Event
from bot.core.file_edits.stands_in import stands_in
from bot.core.file_events import ItemAdded, ItemWritten, StandsIn
from bot.core.grammar.line import spans
from bot.core.model import Link
from bot.core.urls import fingerprint

_WORDS = re.compile(r"\s*\S+|\s+")


def scrubbed_events(
    events: Collection[Event], gone: GoneLines, newest: Mapping[str, Event]
) -> list[Event]:
    """Return the events of which something goes, without it, and those by which others come back.

    What came from another episode is without it in its `newest` state.
    """
    back = given_back(events, gone)
    now = ((event, scrubbed(back.get(event.key, event), gone, newest)) for event in events)
    return [after for before, after in now if after is not before]


def given_back(events: Iterable[Event], gone: GoneLines) -> dict[str, Event]:
    """Return what has others come back whose words stood on lines that go, by the events' keys.

    Items whose own line that was get the one that they had; what was taken out for it is there.
    """
    stored, back, lost = list(events), dict[str, Event](), dict[str, list[str]]()
    own = set[str]()
    for event in stored:
        what = event.what
        if isinstance(what, ItemAdded):
            lost.setdefault(event.key, []).extend(gone.within(what.text))
        elif isinstance(what, ItemWritten):
            lost.setdefault(what.item, []).extend(gone.within(what.now))
            if (line := _own_line(what, gone)) is not None:
                now = gone.out_of("\n".join([line, *what.now.split("\n")[1:]]))
                was = gone.out_of(what.was or "")
                back[event.key] = replace(event, what=replace(what, was=was, now=now))
                own.add(what.item)
            elif what.item in own:  # people reworded that line
                was, now = (gone.out_of(text) for text in (what.was or "", what.now))
                back[event.key] = replace(event, what=replace(what, was=was, now=now))
    for event in stored:
        what = event.what
        if isinstance(what, StandsIn) and _was_in(what.item, lost.get(what.into, ())):
            back[event.key] = replace(event, what=replace(what, into=what.item))
    return back


def _own_line(what: ItemWritten, gone: GoneLines) -> str | None:
    """Return the line that an item had before people made of it one that goes, and has it still."""
    now, was = (text.split("\n")[0] for text in (what.now, what.was or ""))
    is_joined = was.strip() and gone.within(now) and not gone.within(was)
    is_there = is_joined and stands_in({what.item: was}, {}, [(what.item, now)])
    return was if is_there else None


def _was_in(item: str, lines: Iterable[str]) -> bool:
    """Return whether the link that an item was born of stood on one of these lines."""
    return any(fingerprint(link.canonical) in item for line in lines for link in links_in(line))


def lines_back(lines: Sequence[str], gone: Collection[int], draft: Iterable[str]) -> dict[int, str]:
    """Return what stands in place of lines that go: the draft's, whose links they alone had.

    They are without the links that people took out of them, or put elsewhere.
    """
    there = set[str]().union(*map(_links, lines))
    left = Counter(link for at, line in enumerate(lines) if at not in gone for link in _links(line))
    had = [(line, _links(line)) for line in draft]
    count = Counter(link for _, links in had for link in links)
    back = dict[int, str]()
    for at in sorted(gone):
        own = _links(lines[at])
        alone = own - left.keys()
        kept = own | {link for link in there if left[link] < count[link]}
        found = [line for line, links in had if links & alone]
        shown = [_without_links(line, lines[at], kept) for line in found]
        left.update(link for line in shown for link in _links(line))
        if shown:
            back[at] = "".join(shown) if len(shown) > 1 else _indented_as(lines[at], shown[0])
    return back


def _indented_as(other: str, line: str) -> str:
    """Return a line that stands where another did, be that below something else."""
    return other[: len(other) - len(other.lstrip(" "))] + line.lstrip(" ")


def _without_links(line: str, now: str, there: Collection[str]) -> str:
    """Return a line of the draft's with those of its links alone that are `there` still.

    Where they did, the words go that are not in what the line is now, too: those beside that link.
    """
    body = line.rstrip()
    cut = item_start(body)
    parts = spans(body[cut:])
    is_html = any(isinstance(part, str) and "<" in part for *_, part in parts)
    if is_html or _links(line).issubset(there):
        return line
    words, kept = words_in(now), ""
    for start, end, part in parts:
        text = body[cut:][start:end]
        if not isinstance(part, Link):
            kept += "".join(
                one for one in _WORDS.findall(text) if not (own := words_in(one)) or own & words
            )
        else:
            kept = kept + text if part.canonical in there else kept.rstrip()
    return body[:cut] + kept.strip() + line[len(line.rstrip("\r\n")) :]


def _links(line: str) -> set[str]:
    return {link.canonical for link in links_in(line)}
