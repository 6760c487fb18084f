"""Lines that went off the record, and stand in the site's file until the next draft.

A draft is kept without them. What is left of each is a mark: keyed fingerprints of the line and of
its addresses, with its place among lines that look the same. So the next draft takes out what the
message gave, and nothing that others wrote. The key is random, and kept apart from the draft until
the next one is committed (`KEYS`): without it, nobody can try words and see whether they fit.

It is known by its words, too, where people reworded it, or put another address into it: by their
fingerprints, and the length of all. What it says is known whatever people put it into. Where
another line has its link by now, that takes its place.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from html import unescape

from bot.core.document.enclosing import lines_left
from bot.core.document.nesting import below
from bot.core.document.pieces import lines_of, links_in, words_of
from bot.core.document.traces import bare_line
from bot.core.document.version import Side
from bot.core.document.wrapped_links import whole_links
from bot.core.erasure.closed_up import closed_up, gaps_in
from bot.core.erasure.joined_lines import lines_back
from bot.core.erasure.line_containers import in_other_containers, is_scant, said_in
from bot.core.erasure.line_forms import canonicals_in, forms_of, places_among, unmarked
from bot.core.erasure.line_heirs import owners_left, standing_instead
from bot.core.erasure.line_places import (
    is_near,
    level_of,
    neighbours,
    place_of,
    reworded_headings,
    standing_in,
)
from bot.core.erasure.line_prints import LinePrints, fingerprint, mark_of
from bot.core.erasure.line_words import Share, words_in, wrapped
from bot.core.events import born_of
from bot.core.merge.merge import Merged
from bot.core.merge.sequences import matched
from bot.core.model import Link
from bot.core.urls import canonical
from bot.services.ports import Draft

KEYS = "erasure keys"
"""Where the store's state has the key of each draft that hides something, by `key_name`."""

_URL = re.compile(r"https?://[^\s\"'<>()\[\]]+")

_NO_NOTE = ".0"
"""Behind a place: what stood there was no heading, and stood below no other line."""

_Marks = dict[str, list[tuple[int, int]]]
"""By fingerprint: the place of each line that goes, and how many lines there are of that kind."""


def key_name(draft: Draft) -> str:
    """Return the name under which the key of a draft is kept."""
    return f"{draft.episode}/{draft.id}"


# --- hiding --------------------------------------------------------------------------------------


def hide(draft: Draft, cleaned: Merged, message: str, *, key: str) -> Draft:
    """Return a draft as it would be without a message: its text `cleaned`, and marks of the rest.

    What `cleaned` has elsewhere, or has and the draft had not, is not written into the file yet.
    """
    before, after = written_by(draft), lines_of(cleaned.text)
    lines = lines_of(before.text)
    own = {at for at, owner in enumerate(before.owners) if owner and born_of(owner) == message}
    gone = _gone_from(lines, after, own)
    addresses = {link.canonical for line in after for link in links_in(line)}
    number = 1 + max((_number(mark) for mark in draft.hidden), default=0)
    marks = [
        f"{number}:{place}/{count}:{fingerprint(key, words)}"
        for kind in (forms_of, canonicals_in)
        for words, place, count in places_among(lines, gone, kind)
        if words not in addresses
    ]
    stays = {one for at in gone for one in canonicals_in(lines[at]) if one in addresses}
    marks += [f"{number}:=:{fingerprint(key, one)}" for one in sorted(stays)]
    marks += [
        f"{number}:{neighbours(draft.id, lines, at)}:{fingerprint(draft.id, lines[at])}"
        for at in sorted(gone)
        if lines[at].startswith("#")
    ]
    left = lines_left(lines, gone)
    now = Side(cleaned.text, cleaned.owners)
    instead = standing_instead(before, now, gone | own)
    owners = owners_left(before, now, own, instead)
    kept = [(line, owner) for line, owner in zip(left, owners, strict=True) if line is not None]
    staying = [*(line for at, line in enumerate(lines) if at not in gone), *after]
    others = {word for line in staying for word in words_in(line)}
    standing = standing_in(line for line, _ in kept)
    marks += [f"{number}:{mark}" for mark in _marks_of_said(key, lines, gone, others, standing)]
    taking = sorted({after[there].strip() for at, there in instead.items() if at in gone})
    marks += [f"{number}:+:{fingerprint(key, line)}" for line in taking]
    still = {fingerprint(key, one) for one in addresses}
    return replace(
        draft,
        hidden=(*(_hidden_too(mark, still) for mark in draft.hidden), *marks),
        written="".join(line for line, _ in kept),
        writers=tuple(owner for _, owner in kept),
        committed=cleaned.text,
        owners=cleaned.owners,
        conflicts=(),
        both={},
    )


def _marks_of_said(
    key: str,
    lines: Sequence[str],
    gone: Collection[int],
    others: Collection[str],
    standing: Collection[str],
) -> Iterator[str]:
    """Yield the marks of what hidden lines say, whatever they are in, and of their own words."""
    for at in sorted(gone):
        line, place = lines[at], place_of(key, lines, at, standing)
        if said := said_in(line):
            yield f"^{place}:{fingerprint(key, said[0])}"
        if words := words_in(line).difference(others):
            print_ = fingerprint(key, (*canonicals_in(line), line)[0])
            yield f"~{mark_of(key, words)}@{place}{_depth(line)}:{print_}"


def _hidden_too(mark: str, still: Collection[str]) -> str:
    """Return the mark of an address that stayed as another message gave it, and is given no more.

    Only the hidden line had it in the file.
    """
    number, _, print_ = mark.partition(":=:")
    return f"{number}:0/1:{print_}" if print_ and print_ not in still else mark


def written_by(draft: Draft) -> Side:
    """Return what a draft wrote into the file, but for what is hidden."""
    if draft.written is not None:
        return Side(draft.written, draft.writers)
    return Side(draft.committed, draft.owners)


def taking_place(draft: Draft, *, key: str) -> list[str]:
    """Return the lines of a draft that stand where hidden ones with their links did."""
    taking = {mark.rpartition(":")[2] for mark in draft.hidden if ":+:" in mark}
    lines = lines_of(draft.committed) if taking else ()
    return [line for line in lines if fingerprint(key, line.strip()) in taking]


def hidden_addresses(draft: Draft, addresses: Iterable[str], *, key: str) -> set[str]:
    """Return which of some addresses stand on hidden lines."""
    prints = {mark.rpartition(":")[2] for mark in draft.hidden}
    return {one for one in addresses if fingerprint(key, one) in prints}


def _gone_from(before: Sequence[str], after: Sequence[str], own: Collection[int]) -> set[int]:
    """Return the lines that are nowhere any more; of lines that are alike, one's `own` first.

    A link without a title is the same link with the one that it has by now.
    """
    before, after = list(map(unmarked, before)), list(map(unmarked, after))
    pairs = matched(before, after)
    stays, known = {one for one, _ in pairs}, {other for _, other in pairs}
    moved = Counter(line for at, line in enumerate(after) if at not in known)
    gone = set()
    for at in sorted(set(range(len(before))) - stays, key=lambda at: (at in own, at)):
        if moved[before[at]]:
            moved[before[at]] -= 1
        elif before[at]:
            gone.add(at)
    new = {one for line in moved.elements() for one in canonicals_in(line)}
    bare = (at for at in gone if not words_of(before[at]))
    return gone - {
        at for at in bare if (links := canonicals_in(before[at])) and new.issuperset(links)
    }


# --- a further file ------------------------------------------------------------------------------


def holds_hidden(hidden: Iterable[str], line: str, *, key: str) -> bool:
    """Return whether a line is one that a draft's `hidden` are of, or has an address of one."""
    marks = (mark.split(":") for mark in hidden)
    prints = {mark[-1] for mark in marks if len(mark) == 1 or "/" in mark[-2] or "^" in mark[-2]}
    addresses = [canonical(unescape(url)) for url in _URL.findall(line)]
    said = () if is_scant(line) else said_in(line)
    known = (unmarked(line), *forms_of(line), *canonicals_in(line), *addresses, *said)
    return any(fingerprint(key, words) in prints for words in known)


def hides(draft: Draft, lines: Iterable[str], links: Iterable[Link], *, key: str) -> bool:
    """Return whether something hidden is one of these lines of a message, or has its address."""
    prints = {mark.rpartition(":")[2] for mark in draft.hidden if ":+:" not in mark}
    if any(fingerprint(key, link.canonical) in prints for link in links):
        return True
    words = LinePrints(key, [line.lstrip("#").strip() for line in lines])
    if any(fingerprint(key, said) in prints for line in words.lines for said in said_in(line)):
        return True
    headings = (f"{'#' * level} {line}" for line in words.lines for level in range(1, 7))
    if any(fingerprint(key, heading) in prints for heading in headings):
        return True
    marks = marks_of_words(draft)
    return any(share.is_most for mark, _ in marks for _, share in _sharing(words, mark, ()))


# --- the file ------------------------------------------------------------------------------------


def without_hidden(draft: Draft, text: str, *, key: str) -> str:
    """Return a file as it would be had the hidden lines of that draft never been in it.

    Where another line of the draft has the link of a hidden one by now, it stands in its place.
    """
    lines = lines_of(text)
    erasures: defaultdict[int, _Marks] = defaultdict(lambda: defaultdict(list))
    headings: defaultdict[int, dict[str, str]] = defaultdict(dict)
    words: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    stays: defaultdict[int, set[str]] = defaultdict(set)
    said: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for mark in draft.hidden:
        *_, spot, print_ = ("", "0/0", mark) if ":" not in mark else mark.split(":")
        if "/" in spot:
            place, count = map(int, spot.split("/"))
            erasures[_number(mark)][print_].append((place, count))
        elif spot.startswith("~"):
            words[_number(mark)].append((print_, spot[1:]))
        elif spot.startswith("^"):
            said[_number(mark)].append((print_, spot[1:]))
        elif spot == "=":
            stays[_number(mark)].add(print_)
        elif spot != "+":
            headings[_number(mark)][print_] = spot
    written = written_by(draft)
    gaps = gaps_in(lines_of(written.text))
    kept = standing_in(lines_of(written.text))
    draft_lines = [*lines_of(written.text), *taking_place(draft, key=key)]
    for number in sorted(erasures):
        gone = _gone(key, lines, erasures[number])
        gone |= in_other_containers(lines, said[number], draft_lines, gone, key=key)
        reworded = reworded_headings(draft.id, lines, headings[number], kept, gone)
        gone |= {at for at in reworded.values() if at is not None}
        marks = words[number]
        if None not in reworded.values():
            marks = [(print_, _without_level(mark)) for print_, mark in marks]
        gone = whole_links(lines, gone | _with_words(key, lines, marks, kept, gone, stays[number]))
        back = lines_back(lines, gone, draft_lines)
        lines = [back.get(at, line) for at, line in enumerate(lines)]
        lines = lines_of("".join(closed_up(lines, gone - back.keys(), gaps)))
    return "".join(lines)


def _depth(line: str) -> str:
    """Return what the place of a line's words has of its level; nothing for one below another."""
    return level_of(line) if line.startswith("#") else "" if line[:1].isspace() else _NO_NOTE


def _without_level(mark: str) -> str:
    """Return the mark of words, a heading's without its place, where alone one word would count."""
    words, at, place = mark.partition("@")
    is_heading = place.count(".") == 2 and not place.endswith(_NO_NOTE)
    return words if is_heading else f"{words}{at}{place}"


def marks_of_words(draft: Draft) -> list[tuple[str, str]]:
    """Return the mark of the words of each hidden line, with the fingerprint of the line."""
    marks = (mark.split(":")[-2:] for mark in draft.hidden if ":~" in mark)
    return [(spot[1:], print_) for spot, print_ in marks]


def _with_words(
    key: str,
    lines: Sequence[str],
    marks: Sequence[tuple[str, str]],
    kept: Collection[str],
    found: Collection[int],
    stays: Collection[str],
) -> set[int]:
    """Return the lines that say more than half of a hidden one, which stands there no more.

    A line with an address stands there where the address does with those words. Where it does with
    others, people may have put it below them, or into a reference, so lines without an address are
    looked at. One word alone may be said of anything: it counts only where the hidden line stood.
    Where none says that much of what was a note, it is what stands below one that was `found`, in
    its place, unless that has an address: that is a link of its own.
    """
    gone: set[int] = set()
    with_print = _by_print(key, lines) if marks else {}
    words = LinePrints(key, lines)
    may_go = [line if line.strip() not in kept else "" for line in lines]
    others = {word for line in kept for word in words_in(line)} if marks else set()
    for print_, mark in marks:
        there = with_print.get(print_, ())
        most = [at for at in there if words.share(lines[at], mark).is_most]
        own = {at for at in there if at in found or (print_ in stays and at in most)}
        if not most:
            here = [*found, *gone]
            own |= _reworded_line(key, words, mark, kept, here, is_there=bool(there))
        near = {*words.having(mark), *own}
        some = [line if at in near else "" for at, line in enumerate(may_go)]
        share = partial(words.share, mark=mark)
        gone |= (own | wrapped(some, own, share, others=others)).difference(found)
    return gone


def _reworded_line(
    key: str,
    words: LinePrints,
    mark: str,
    kept: Collection[str],
    gone: Collection[int],
    *,
    is_there: bool,
) -> set[int]:
    """Return the lines that say most of a hidden one; its address may be there with other words."""
    own, lines = set[int](), words.lines
    spot = mark.partition("@")[2]
    for at, share in _sharing(words, mark, kept):
        if is_there and canonicals_in(lines[at]):
            continue
        if share.is_most and (not share.is_scant or is_near(key, lines, at, kept, gone, spot)):
            own.add(at)
    if is_there or own:
        return own
    notes = {note for at in gone for note in below(lines, at)}
    unknown = (at for at in sorted(notes.difference(gone)) if lines[at].strip() not in kept)
    noted = (at for at in unknown if not canonicals_in(lines[at]))
    return set(
        [at for at in noted if place_of(key, lines, at, kept).split(".") == spot.split(".")][:1]
    )


def _by_print(key: str, lines: Sequence[str]) -> dict[str, list[int]]:
    """Return where lines are, by their fingerprints and those of their addresses."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        for words in (line, *canonicals_in(line)):
            found[fingerprint(key, words)].append(at)
    return found


def _sharing(words: LinePrints, mark: str, kept: Collection[str]) -> Iterator[tuple[int, Share]]:
    """Yield the lines that have words of a hidden one, and how much of it."""
    for at in words.having(mark):
        line = words.lines[at]
        if line.strip() not in kept:
            yield at, words.share(line, mark)


def may_hold(draft: Draft, text: str, rest: str, *, key: str) -> list[str]:
    """Return what a file has of a hidden line's words, but too few to take it out.

    That is an eighth of their letters at least, in a line that the draft has not. `rest` is the
    file without what is hidden.
    """
    if not draft.hidden:
        return []
    there = _by_print(key, lines_of(text))
    kept = standing_in([*lines_of(written_by(draft).text), *taking_place(draft, key=key)])
    words = LinePrints(key, lines_of(rest))
    stays = {mark.rpartition(":")[2] for mark in draft.hidden if ":=:" in mark}
    found = [
        at
        for mark, print_ in marks_of_words(draft)
        if print_ not in there or print_ in stays
        for at, share in _sharing(words, mark, kept)
        if 8 * share.known >= share.letters
    ]
    return [bare_line(words.lines[at]) for at in dict.fromkeys(found)]


def _number(mark: str) -> int:
    """Return which erasure a mark is of; those of older versions have none, and hide all alike."""
    return int(mark.partition(":")[0]) if ":" in mark else 0


def _gone(key: str, lines: Sequence[str], marks: _Marks) -> set[int]:
    """Return the marked lines.

    Where there are as many lines of a kind as there were, those go that went then; else the first.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        for words in dict.fromkeys((*forms_of(line), *canonicals_in(line))):
            if (print_ := fingerprint(key, words)) in marks:
                places[print_].append(at)
    gone: set[int] = set()
    for print_, spots in marks.items():
        there = places[print_]
        if spots[0][1] == 0:
            gone.update(there)
        elif len(there) == spots[0][1]:
            gone.update(there[place] for place, _ in spots)
        else:
            rest = [at for at in there if at not in gone]
            gone.update(rest[: len(spots) - (len(there) - len(rest))])
    return gone
