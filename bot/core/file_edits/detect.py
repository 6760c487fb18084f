"""What people did to an episode's file, as events: after them the episode is what the file is."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.core.document.form import same_but_for_form
from bot.core.document.heading_levels import at_former_levels
from bot.core.document.list_marks import item_mark
from bot.core.document.pieces import Piece, around, lines_of, read
from bot.core.document.version import Side
from bot.core.episode.file_text import links_written
from bot.core.episode.item_index import links_of
from bot.core.episode.sections import TOP
from bot.core.events import ItemMoved, ItemRemoved, ItemRestored, TopicMoved, TopicRemoved, What
from bot.core.file_edits.fields import fields_set, words_within
from bot.core.file_edits.homes import is_told, with_homes
from bot.core.file_edits.left_behind import left_behind
from bot.core.file_edits.nesting import Nesting
from bot.core.file_edits.sections import FileItem, KnownIds, Part, shape, texts
from bot.core.file_edits.stands_in import stands_in
from bot.core.file_events import (
    ItemAdded,
    ItemWritten,
    LinkInTemplate,
    StandsIn,
    TopicFound,
    TopicWritten,
)
from bot.core.grammar.topic_name import same_name
from bot.core.merge.lines import merge_lines
from bot.core.merge.sequences import increasing
from bot.core.model import Episode, Topic, Written

Deed = tuple[str, What]
"""What somebody did, and the key of its event."""

Name = tuple[str | None, str]
"""The topic that one is under, None for the episode, and the name by which it is the same."""


def known(episode: Episode) -> KnownIds:
    """Return the ids of an episode's topics and items, those that were taken out or wait, too."""
    topics = {topic.id for topic in episode.sections()}
    items = (*episode.items(), *episode.removed, *episode.waiting_items())
    nested = {one.item.id for one in episode.nested}
    return KnownIds(topics, {item.id for item in items}, nested)


def detect(
    episode: Episode,
    rendered: Side,
    file: Side,
    *,
    names: Collection[Name],
    sub_level: int,
    prefix: str,
    count: int = 0,
    both: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    nested: Mapping[str, str] = MappingProxyType({}),
    away: Mapping[str, str] = MappingProxyType({}),
    lost: Mapping[str, str] = MappingProxyType({}),
) -> tuple[list[Deed], Side]:
    """Return what people did to a file, as events with keys that begin with `prefix`.

    `episode` is what gave `rendered`; both sides name whose their lines are. `names` are all that
    lead to a topic, former ones too. Keys are counted on from `count`. `both` has what items were,
    and what people made of them, which the chat had changed as well, `nested` the text of each item
    that is a part of another one's, `away` that of each that was taken out or waits and that the
    file has still, `lost` that of each that was such a part, or joined with another one, when we
    committed. The file comes back with the ids of what people wrote in it.
    """
    keys = _Keys(prefix, count)
    apart = around(rendered.text, rendered.owners)
    ours = read(rendered.text, rendered.owners, apart=apart)
    theirs = at_former_levels(read(file.text, file.owners, apart=apart), ours)
    here = known(episode)
    was = texts(ours, here.topics)
    sub_level = _written_level(episode, ours) or sub_level
    found = shape(theirs, ours, known=here, sub_level=sub_level)
    parts = found.parts
    job = _Job(episode, was, names, keys, both, nested, away, lost)
    job.topics(parts)
    homes = job.homes()
    if not is_told(ours, homes):
        shown = shape(ours, ours, known=here, sub_level=sub_level).parts
        parts = with_homes(parts, shown, homes)
    job.items(parts)
    job.gone(parts, rendered.text, file.text)
    job.in_template(found.in_template)
    job.deeds += [(keys.next(), what) for what in fields_set(episode, _front(ours), _front(theirs))]
    return job.deeds, Side(file.text, _owners(file, parts))


def _written_level(episode: Episode, rendered: Sequence[Piece]) -> int | None:
    """Return the level at which an episode's sub-topics are written: a template may change it.

    None where there are none, or where that is not below all of its topics.
    """
    levels = {piece.owner: piece.level for piece in rendered if piece.kind == "heading"}
    topics = [levels.get(topic.id, 0) for topic in episode.topics]
    subs = [levels.get(one.id, 0) for topic in episode.topics for one in topic.subtopics]
    level = min(filter(None, subs), default=0)
    return level if level > max(topics, default=0) else None


def _is_counted(written: Written) -> bool:
    mark = item_mark(written.text) if written.counted else None
    return mark is not None and mark.bullet[0].isdigit()


def _owners(file: Side, parts: Iterable[Part]) -> tuple[str | None, ...]:
    owners: list[str | None] = [None] * len(lines_of(file.text))
    for part in parts:
        spans = [(part.id, part.lines), *((spot.id, spot.lines) for spot in part.spots)]
        for identity, lines in spans:
            owners[lines.start : lines.stop] = [identity] * len(lines)
    return tuple(owners)


def _front(pieces: Sequence[Piece]) -> str:
    return pieces[0].text if pieces and pieces[0].kind == "front" else ""


@dataclass(slots=True)
class _Keys:
    prefix: str
    count: int

    def next(self) -> str:
        self.count += 1
        return f"{self.prefix}{self.count:04}"


@dataclass(slots=True)
class _Job:
    """Goes from an episode to the parts of its file, one event after the other.

    `rows` are the topics, by what they stand under (None: the episode), the first of them first, as
    the events leave them; `within` are the items that each topic had and that no event moved.
    """

    episode: Episode
    was: Mapping[str, str]
    leading: Collection[Name]
    keys: _Keys
    both: Mapping[str, tuple[str, str]]
    nested: Mapping[str, str]
    away: Mapping[str, str]
    lost: Mapping[str, str]
    deeds: list[Deed] = field(default_factory=list)
    rows: dict[str | None, list[str]] = field(default_factory=dict)
    within: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    named: dict[str | None, set[str]] = field(default_factory=dict)
    """The names under a topic to which others were added, those of what it had, too."""
    parts: set[str] = field(default_factory=set)
    """The items that are parts of others' text in the file."""

    _written: dict[str, str] = field(default_factory=dict)
    """What people wrote, which a template may have no place for, or write in a way of its own."""

    def __post_init__(self) -> None:
        contents = ((item.id, item.content) for item in self.episode.items())
        self._written = {
            one: it.text
            for one, it in contents
            # What goes on with a list may have had that mark or number before, and another by now.
            if isinstance(it, Written) and not (one in self.was and (it.listed or _is_counted(it)))
        }
        self.rows[None] = [topic.id for topic in self.episode.topics if topic.id != TOP]
        for topic in self.episode.topics:
            self._know(topic)
            self.rows[topic.id] = [one.id for one in topic.subtopics]
            for one in topic.subtopics:
                self._know(one)
        self.within.setdefault(TOP, [])

    def _know(self, topic: Topic) -> None:
        self.names[topic.id] = topic.name
        self.within[topic.id] = [item.id for item in topic.items]

    def do(self, what: What) -> str:
        key = self.keys.next()
        self.deeds.append((key, what))
        return key

    # --- topics --------------------------------------------------------------------------------

    def topics(self, parts: Sequence[Part]) -> None:
        """Name, order and add topics; the parts have their ids after this."""
        for part in parts:
            known = self.names.get(part.id or "")
            if known is None:
                continue
            shown = self.was.get(part.id or "", known)  # `1. Apples` of the topic `Apples`
            if not any(same_but_for_form(part.name, one) for one in (known, shown)):
                name = words_within(known, shown, part.name) or part.name
                self.do(TopicWritten(part.id or "", known, name))
        self._move_topics(parts)
        last: dict[str | None, str] = {}
        for part, before in zip(parts[1:], _next_known(parts), strict=True):
            under = _over(parts, part)
            if part.id is None:
                part.id = self._find_topic(part, under, last.get(under), before)
            last[under] = part.id

    def _find_topic(
        self, part: Part, under: str | None, after: str | None, before: str | None
    ) -> str:
        """Add a topic; where it stands is known by the one behind it, too, if the other goes."""
        row = self.rows.setdefault(under, [])
        before = before or (row[0] if row and not after else None)
        if under not in self.named:
            self.named[under] = {same_name(self.names[one]) for one in row}
        name = same_name(part.name)
        again = name in self.named[under] or (under, name) in self.leading
        self.named[under].add(name)
        topic, was = part.made_of, self.both.get(part.made_of or "", (None,))[0]
        key = self.do(TopicFound(part.name, under, after, before, again, topic, was))
        row.append(key)
        self.rows[key], self.within[key], self.names[key] = [], [], part.name
        return key

    def _move_topics(self, parts: Sequence[Part]) -> None:
        """Put the topics that the file has in its order, and under what they stand there."""
        for under in dict.fromkeys(_over(parts, part) for part in parts[1:]):
            wanted = [part.id for part in parts[1:] if part.id and _over(parts, part) == under]
            row = self.rows.setdefault(under, [])
            stays = _longest([one for one in row if one in wanted], wanted)
            for at, topic in enumerate(wanted):
                if topic in stays:
                    continue
                after = wanted[at - 1] if at else None
                before = next((one for one in wanted[at + 1 :] if one in stays), None)
                self.do(TopicMoved(topic, after, before, under=under))
                for other in self.rows.values():
                    if topic in other:
                        other.remove(topic)
                # Only what stands first is asked for later.
                row.insert(0 if after is None else len(row), topic)
                stays.add(topic)

    # --- items ---------------------------------------------------------------------------------

    def homes(self) -> dict[str, str]:
        """Return the topic of each item."""
        return {item: topic for topic, row in self.within.items() for item in row}

    def items(self, parts: Sequence[Part]) -> None:
        """Write, bring back, move and add the items that the file has."""
        away = (*self.episode.removed, *self.episode.waiting_items())
        dead = {item.id for item in away}
        homes = self.homes()
        below = self._below(parts)
        for part in parts:
            assert part.id is not None  # noqa: S101 - `topics` gave each an id
            for spot, behind in _with_next(part.spots):
                self._known(spot, part.id, behind, homes, dead, below)
        for part in parts:
            assert part.id is not None  # noqa: S101 - as above
            for spot, behind in _with_next(part.spots):
                self._lifted(spot, part.id, behind, below)
        self._taken_out(parts, below)
        there = {spot.id for part in parts for spot in part.spots}
        # What was taken out, and they brought back, has its links again.
        given = (*self.episode.items(), *(one for one in away if one.id in there))
        linked = {link.canonical for one in given for link in links_of(one.content)}
        for part in parts:
            assert part.id is not None  # noqa: S101 - as above
            self._place(part.id, part.spots, homes, linked)

    def _below(self, parts: Sequence[Part]) -> Nesting:
        """Return what finds the items that are below others: those that stand nowhere else."""
        there = {spot.id for part in parts for spot in part.spots}
        items = [item.id for item in self.episode.items()]
        texts = {one: self.was[one] for one in items if one in self.was and one not in there}
        lost = {one.id: self.lost[one.id] for one in self.episode.removed if one.id in self.lost}
        new = [spot.text for part in parts for spot in part.spots if spot.id is None]
        former = {one: self.lost[one] for one in self.nested if one in self.lost}
        every = {**texts, **self.nested}
        return Nesting(self.episode.nested, every, self.do, lost=lost, former=former, new=new)

    def _known(
        self,
        spot: FileItem,
        topic: str,
        before: str | None,
        homes: Mapping[str, str],
        dead: Iterable[str],
        below: Nesting,
    ) -> None:
        """Give an item the text that it has in the file; what is not known is people's."""
        if spot.id is None:
            return
        was = self.was.get(spot.id)
        if was is not None and below.begins(spot.id, was, spot.text):
            spot.id = None
        elif spot.id in homes:
            if spot.text not in (was, self._written.get(spot.id)):
                self.do(ItemWritten(spot.id, *self._reworded(spot.id, spot.text)))
                self.parts.update(below.take(spot.id, was, spot.text, topic, before))
        elif spot.id in dead:
            was = self.away.get(spot.id)
            self.do(ItemRestored(spot.id))
            self.do(ItemWritten(spot.id, was, spot.text))
            had = self.both.get(spot.id, ("",))[0] or was  # what the chat gave since was in no file
            self.parts.update(below.take(spot.id, had, spot.text, topic, before, is_back=True))
        else:
            spot.id = None

    def _lifted(self, spot: FileItem, topic: str, before: str | None, below: Nesting) -> None:
        """Know again what stood below another item, or in its line, and stands for itself."""
        if spot.id is not None:
            return
        if (item := below.lifted(spot.text)) is None:
            if (item := below.brought_back(spot.text)) is not None:
                spot.id = item
                self.do(ItemRestored(item))
                self.do(ItemWritten(item, self.lost[item], spot.text))
            return
        spot.id, was = item, self.nested[item]
        if spot.text != was:
            self.do(ItemWritten(item, was, spot.text))
        self.parts.update(below.take(item, was, spot.text, topic, before))

    def _taken_out(self, parts: Sequence[Part], below: Nesting) -> None:
        """Take out what stood below an item that people changed or took out, and stands nowhere."""
        now = {spot.id: spot.text for part in parts for spot in part.spots}
        for item in below.left:
            root = below.root(item)
            if item in self.nested and root in self.was and now.get(root) != self.was[root]:
                self.do(ItemRemoved(item))

    def _reworded(self, item: str, text: str) -> tuple[str | None, str]:
        """Return what an item was when people changed it, and what they made of it.

        Where the chat took away what they reworded, that is what it was before: else it would come
        back beside their words when the chat brings it back.
        """
        now = self.was.get(item)
        before, after = self.both.get(item, ("", ""))
        if not before or not after or now is None:
            return now, text
        fits = merge_lines(before, now, after, prefer="theirs")[0] == text
        return (before, after) if fits else (now, text)

    def _place(
        self, topic: str, spots: Sequence[FileItem], homes: Mapping[str, str], linked: set[str]
    ) -> None:
        row = self.within[topic]
        wanted = [spot.id for spot in spots if spot.id is not None]
        stays = _longest([one for one in row if one in wanted], wanted)
        after: str | None = None
        for spot in spots:
            before = None
            if after is None:  # it is the first
                before = next((one.id for one in spots[1:] if one.id in stays), None)
                before = before or next((one for one in row if one != spot.id), None)
            if spot.id is None:
                links = [link.canonical for link in links_written(spot.text)]
                again = len(links) == 1 and links[0] in linked
                linked.update(links)
                item, was = spot.made_of, self.both.get(spot.made_of or "", (None,))[0]
                spot.id = self.do(ItemAdded(spot.text, topic, after, before, again, item, was))
            elif spot.id not in stays:
                self.do(ItemMoved(spot.id, topic, after, before))
                if spot.id in homes:
                    self.within[homes[spot.id]].remove(spot.id)
            after = spot.id

    # --- what is gone --------------------------------------------------------------------------

    def gone(self, parts: Sequence[Part], rendered: str, file: str) -> None:
        """Take out the items and topics that were rendered and that the file has no more."""
        gone: dict[str, What] = {}
        there = self.parts.union(spot.id for part in parts for spot in part.spots if spot.id)
        for item in self.episode.items():
            if item.id in self.was and item.id not in there:
                gone[item.id] = ItemRemoved(item.id)
        kept = {part.id for part in parts}
        for topic in self.episode.sections():
            if topic.id != TOP and topic.id in self.was and topic.id not in kept:
                gone[topic.id] = TopicRemoved(topic.id)
        out = {one: self.was[one] for one, what in gone.items() if isinstance(what, ItemRemoved)}
        for one, text in left_behind(out, rendered, file, apart=self.nested.values()):
            self.do(ItemWritten(one, out[one], text))
        for what in gone.values():
            self.do(what)
        names = ((part.id, part.name) for part in parts)
        texts = ((spot.id, spot.text) for part in parts for spot in part.spots)
        written = [(one, text) for one, text in (*names, *texts)
                   if one is not None and text != self.was.get(one)]  # fmt: skip
        lost = {one: self.was[one] for one in (*gone, *self.parts) if one in self.was}
        for one, into in stands_in(lost, self.was, written).items():
            self.do(StandsIn(one, into))

    def in_template(self, links: Set[str]) -> None:
        """Tell which links stand in the template's lines by now, and in none any more."""
        for link in sorted(links ^ self.episode.in_template):
            self.do(LinkInTemplate(link, link in links))


def _over(parts: Sequence[Part], part: Part) -> str | None:
    """Return the id of the topic that a part is under; None where it is a topic itself."""
    return None if part.under is None else parts[part.under].id


def _next_known(parts: Sequence[Part]) -> list[str | None]:
    """Return for each part but the first the next known topic beside it, further down."""
    found, known = list[str | None](), dict[int | None, str]()
    for part in reversed(parts[1:]):
        found.append(known.get(part.under))
        if part.id is not None:
            known[part.under] = part.id
    return found[::-1]


def _with_next(spots: Sequence[FileItem]) -> Iterator[tuple[FileItem, str | None]]:
    """Yield each item with the id of the next one."""
    for at, spot in enumerate(spots):
        yield spot, spots[at + 1].id if at + 1 < len(spots) else None


def _longest(row: Sequence[str], wanted: Sequence[str]) -> set[str]:
    """Return the most of a row that stand in the wanted order already."""
    place = {one: at for at, one in enumerate(wanted)}
    return {row[at] for at in increasing([place[one] for one in row])}
