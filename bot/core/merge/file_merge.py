"""What the episode gives, merged with the file as it is."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Protocol

from bot.core.document.form import same_but_for_form
from bot.core.document.list_marks import behind, item_mark
from bot.core.document.nesting import below, indent_of, without_lines
from bot.core.document.pieces import bare_of, lines_of, words_of
from bot.core.document.sense import Sense, addresses_in, sense_of
from bot.core.document.version import Side
from bot.core.merge.lines import merge_lines
from bot.core.merge.merge import Merged, merge
from bot.core.model import Bullet, Episode, Link, Written


class WithNested(Protocol):
    """What an episode gives: `nested` has the text of each item that is a part of another one's."""

    @property
    def episode(self) -> Episode: ...
    @property
    def nested(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """Items that stood within the text of others when we committed, or stand there by now.

    Some `stood` below another one, with that text, some people had `joined` with it. Of those that
    came below another one since, or whose one gives another link by now, `within` has the one whose
    text they are a part of in the end, and their first line. So it has those that stood for
    themselves while that one was out, and which the chat took out as it brought that one back.
    """

    stood: Mapping[str, str] = field(default_factory=dict)
    joined: Collection[str] = ()
    within: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, former: WithNested, now: WithNested, base: Side, joined: Mapping[str, str | None]
    ) -> "Parts":
        """Return those of an episode over what it was when we committed the `base`.

        `joined` has what people put into others, with the one that is shown with it, if any is.
        """
        before, by_now = _addresses(former.episode), _addresses(now.episode)
        # A link that another message gives by now is that one's.
        new = {tuple(links): one for one, links in by_now.items() if links and one not in before}
        heirs = {
            one: new[tuple(links)]
            for one, links in before.items()
            if by_now.get(one) != links and tuple(links) in new
        }
        was = {heirs.get(one.item.id, one.item.id): one.under for one in former.episode.nested}
        above = {one.item.id: one.under for one in now.episode.nested}
        # Below one that gives another link by now it stands below another one, too.
        others = {one for one, links in by_now.items() if before.get(one, links) != links}
        within = {
            item: (over[-1], now.nested[item].partition("\n")[0])
            for item, under in above.items()
            for over in [list(_over(item, above))]
            if was.get(item) != under or not others.isdisjoint(over)
        }
        here = {item.id for item in now.episode.items()}
        for item, line in _first_lines(base, joined.keys() - here - above.keys()):
            if (top := joined[item]) is not None:
                within[item] = ([top, *_over(top, above)][-1], line)
        stood = {heirs.get(one, one): text for one, text in former.nested.items()}
        return cls(stood, here.intersection(joined), within)


def _first_lines(side: Side, items: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the first line of each of some items that stand for themselves."""
    left = {*items}
    for line, owner in zip(bare_of(lines_of(side.text)), side.owners, strict=False):
        if owner in left:
            left.discard(owner)
            yield owner, line


def _over(item: str, above: Mapping[str, str]) -> Iterator[str]:
    """Yield in whose text an item stands, the next one first."""
    seen = {item}
    while (over := above.get(item)) is not None and over not in seen:
        yield over
        seen.add(over)
        item = over


def _addresses(episode: Episode) -> dict[str, list[str]]:
    """Return the addresses of each item's own line."""
    items = (*episode.items(), *(one.item for one in episode.nested))
    return {
        item.id: [part.canonical for part in item.content.line if isinstance(part, Link)]
        for item in items
        if isinstance(item.content, Bullet | Written)
    }


def merge_with_file(base: Side, ours: Side, theirs: Side, parts: Parts) -> Merged:
    """Merge ours with the file over what we committed.

    What people changed stands until somebody chooses, though the chat took it out, and what they
    put below something else, or beside it, does. What is a part of it stands there too, then, and
    neither for itself nor below what the chat has it below.
    """
    base = _with_lifted(base, ours, theirs, parts.stood)
    merged = merge(base, ours, theirs)
    known = list(_may_be_doubled(base, ours, parts))
    if not known:
        return merged
    texts = [_Text(one.text) for one in (base, ours, theirs)]
    most = {one: max(one.most(texts), 0) for one in known}
    after = _Text(merged.text)
    doubled = {one for one in known if after.count(one) > most[one]}
    doubled -= {one for one in doubled if one.is_new and not most[one]}
    while doubled:
        rest = _without(ours, {one.item for one in doubled}, parts)
        result = merge(base, rest, _said_anew(base, theirs, doubled))
        after = _Text(result.text)
        lost = {one for one in doubled if most[one] and not after.count(one)}
        if not lost:
            return result
        doubled -= lost
    return merged


def _with_lifted(base: Side, ours: Side, theirs: Side, stood: Mapping[str, str]) -> Side:
    """Return the base with the parts of others for themselves, too, that both sides have so by now.

    Else they would be new in both, and have what one of them took out.
    """
    if not (lifted := sorted({*stood}.difference(base.owners).intersection(ours.owners))):
        return base
    lines = list(zip(lines_of(base.text), base.owners, strict=True))
    known = cache(sense_of)  # the same lines are looked through for each of them
    there = {known(line) for line in lines_of(theirs.text) if not indent_of(line)}
    there -= {known(line) for line, _ in lines if not indent_of(line)}
    for item in lifted:
        sense, bare = known(stood[item].partition("\n")[0]), bare_of([line for line, _ in lines])
        at = next((at for at, text in enumerate(bare) if known(text) == sense), None)
        if sense in there and at is not None and lines[-1][0].endswith(("\r", "\n")):
            top = next(one for one in range(at, -1, -1) if bare[one] and not indent_of(bare[one]))
            end, ending = max((top, *below(bare, top))) + 1, lines[top][0][len(bare[top]) :] or "\n"
            lines[end:end] = [(line + ending, item) for line in stood[item].split("\n")]
    return Side("".join(line for line, _ in lines), tuple(owner for _, owner in lines))


@dataclass(frozen=True, slots=True)
class _Said:
    """What an item says, by whose first line it is known elsewhere, and what it said before."""

    item: str
    text: str
    was: str = ""
    is_joined: bool = False

    @property
    def line(self) -> str:
        return self.text.partition("\n")[0]

    @property
    def is_new(self) -> bool:
        """Whether the chat says something else of it by now."""
        return self.was not in ("", self.text)

    def most(self, texts: "Sequence[_Text]") -> int:
        """Return how often it stands where each side has its way."""
        base, ours, theirs = (text.count(self) for text in texts)
        return ours + theirs - base


class _Text:
    """The lines of a text, by what they say."""

    def __init__(self, text: str) -> None:
        self._lines = lines_of(text)
        senses = [sense_of(line) for line in self._lines]
        self._said = Counter(senses)
        self._linked: dict[str, list[Sense]] = {}
        for sense, line in zip(senses, self._lines, strict=True):
            for link in {*sense} if "://" in line else ():
                self._linked.setdefault(link, []).append(sense)

    def count(self, said: _Said) -> int:
        """Return how many lines say it; of people's prose those that have its links."""
        links = {*addresses_in(said.line)}
        if links:
            found = min((self._linked.get(link, []) for link in links), key=len)
            return sum(links.issubset(one) for one in found)
        words = words_of(said.line) if said.is_joined else ""
        return self._with(words) if words else self._said[sense_of(said.line)]

    def _with(self, words: str) -> int:
        """Return how many lines have some words in theirs."""
        text, count = self._words, 0
        at = text.find(words)
        while at >= 0:
            count += 1
            at = text.find(words, text.index("\n", at))
        return count

    @cached_property
    def _words(self) -> str:
        return "".join(f"{words_of(line)}\n" for line in self._lines)


def _may_be_doubled(base: Side, ours: Side, parts: Parts) -> Iterator[_Said]:
    """Yield what ours has at another place than the base."""
    texts: dict[str, str] = {}
    for line, owner in zip(lines_of(ours.text), ours.owners, strict=False):
        if owner is not None and (owner in texts or not indent_of(line)):
            texts[owner] = texts.get(owner, "") + line
    for item in {*parts.stood, *parts.joined}.difference(base.owners).intersection(texts):
        text = texts[item].rstrip("\r\n")
        yield _Said(item, text, parts.stood.get(item, ""), item in parts.joined)
    for item, (_, first) in parts.within.items():
        yield _Said(item, first)


def _without(ours: Side, gone: Collection[str], parts: Parts) -> Side:
    """Return ours without what stands elsewhere, be it for itself or below something."""
    lines = list(zip(lines_of(ours.text), ours.owners, strict=True))
    left = [(line, owner) for line, owner in lines if owner not in gone]
    stay = {sense_of(first) for item, (_, first) in parts.within.items() if item not in gone}
    for item, (root, first) in parts.within.items():
        if item in gone:
            left = _without_part(left, root, sense_of(first), stay)
    return Side("".join(line for line, _ in left), tuple(owner for _, owner in left))


def _said_anew(base: Side, theirs: Side, doubled: Collection[_Said]) -> Side:
    """Return theirs with what the chat says by now of what stands there below something else.

    That is over what the base has there: a title that the web gave it meanwhile is in no file yet.
    """
    lines, were, known = lines_of(theirs.text), bare_of(lines_of(base.text)), cache(sense_of)
    for one in sorted(doubled, key=lambda one: one.item):
        texts, sense = bare_of(lines), known(one.line)
        at = _place_below(texts, sense, known) if one.was else None
        if at is None:
            continue
        end, there = _block(texts, at)
        place = _place_below(were, sense, known)
        was = one.was if place is None else _over_form(one.was, _block(were, place)[1])
        merged, _ = merge_lines(was, one.text, there, prefer="theirs")
        indent, ending = " " * indent_of(texts[at]), lines[at][len(texts[at]) :] or "\n"
        new = [f"{indent}{text}{ending}" if text else ending for text in merged.split("\n")]
        lines[at:end] = new
    return Side("".join(lines))


def _place_below(texts: Sequence[str], sense: Sense, known: Callable[[str], Sense]) -> int | None:
    """Return the first line below another one that says something."""
    places = (at for at, text in enumerate(texts) if indent_of(text) and known(text) == sense)
    return next(places, None)


def _block(texts: Sequence[str], at: int) -> tuple[int, str]:
    """Return where a line ends with all below it, and what they are where they stand alone."""
    end, indent = max((at, *below(texts, at))) + 1, " " * indent_of(texts[at])
    return end, "\n".join(text.removeprefix(indent) for text in texts[at:end])


def _over_form(text: str, there: str) -> str:
    """Return what is there of a text, in that one's form: another list has another mark."""
    return text if same_but_for_form(text, there) else behind(there, item_mark(text))


_Lines = list[tuple[str, str | None]]


def _without_part(lines: _Lines, root: str, sense: Sense, stay: Collection[Sense]) -> _Lines:
    """Return lines without a part of an item's text; what stands below that comes further out."""
    texts = bare_of([line for line, _ in lines])
    own = (at for at, (_, owner) in enumerate(lines) if owner == root)
    at = next((at for at in own if indent_of(texts[at]) and sense_of(texts[at]) == sense), None)
    if at is None:
        return lines
    gone, kept = {at}, set[int]()
    for line in below(texts, at):
        if sense_of(texts[line]) in stay:
            kept |= {line, *below(texts, line)}
        elif line not in kept:
            gone.add(line)
    left = without_lines(texts, gone)
    return [
        (text + line[len(line.rstrip("\r\n")) :], owner)
        for text, (line, owner) in zip(left, lines, strict=True)
        if text is not None
    ]
