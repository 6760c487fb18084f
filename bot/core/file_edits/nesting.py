"""What people put below an item in the file: others' items, and lines of their own.

The file has it as one piece with that item. What is below is told of as items that are nested, so
that each stands for itself again when what it is below goes (core/episode/item_index.py).
"""

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Generic, TypeVar

from bot.core.document.form import same_but_for_form
from bot.core.document.list_marks import item_start, split_marks
from bot.core.document.nesting import below, without_lines
from bot.core.document.pieces import read, words_of
from bot.core.document.sense import Sense, addresses_in, sense_of
from bot.core.events import What
from bot.core.file_edits.sections import text_of
from bot.core.file_events import OF_FILE, ItemAdded, ItemNested, ItemWritten
from bot.core.merge.words import words_in
from bot.core.model import Nested

T = TypeVar("T")

_ALIKE = 0.6
_COMPARED = 2_000
_RARE = 4  # of its rarest words those by which a line is known that stood further away
_NEAR = 16  # lines above and below where one stood of which it may be what people made


class Nesting:
    """Finds whose the lines below an item are, and tells of what changed there."""

    def __init__(
        self,
        nested: Sequence[Nested],
        texts: Mapping[str, str],
        do: Callable[[What], str],
        lost: Mapping[str, str] = MappingProxyType({}),
        former: Mapping[str, str] = MappingProxyType({}),
        new: Iterable[str] = (),
    ) -> None:
        """Take what was nested, the `texts` of all that may be found below an item, by its id.

        Those that are `lost` were nested until the chat took them out, or joined with another one;
        `former` are the texts that nested ones had when we committed.
        What is `new` stands for itself in the file, and did not: what people put out is there.
        """
        self._above = {one.item.id: one.under for one in nested}
        self._parts: dict[str, list[str]] = {}
        for one in nested:
            self._parts.setdefault(one.under, []).append(one.item.id)
        self._texts = texts
        self._do = do
        self._left = dict.fromkeys(texts)
        self._rows = {
            host: _Row({one: _first(texts[one]) for one in row if one in texts})
            for host, row in self._parts.items()
        }
        self._alike: dict[Sense, dict[str, None]] = {}
        for item, text in texts.items():
            self._alike.setdefault(sense_of(_first(text)), {})[item] = None
        self._former = {sense_of(_first(text)): item for item, text in former.items()}
        self._lost = {sense_of(_first(text)): item for item, text in lost.items()}
        self._put_out = {sense_of(line) for text in new for line in text.split("\n")}

    @property
    def left(self) -> list[str]:
        """The items that were found nowhere yet."""
        return list(self._left)

    def root(self, item: str) -> str:
        """Return what an item was nested below in the end."""
        seen = {item}
        while (above := self._above.get(item)) is not None and above not in seen:
            seen.add(above)
            item = above
        return item

    def begins(self, host: str, was: str, now: str) -> bool:
        """Return whether an item's text begins with what stood below it: it is gone, and that not.

        `was` is its text before.
        """
        if not self._above or _first(was) == _first(now):
            return False
        first = sense_of(_first(now))
        below = (one for one in self._alike.get(first, ()) if one in self._above)
        return first != sense_of(_first(was)) and any(self.root(one) == host for one in below)

    def find(self, text: str, under: str) -> str | None:
        """Return the item whose text this is below another; each is found but once."""
        same = self._alike.get(sense_of(_first(text)), {})
        row = self._rows.setdefault(under, _Row({}))
        here = (one for one in same if self._above.get(one) == under)
        item = next(here, None) or next(iter(same), None) or row.like(_first(text), self._left)
        row.look_behind(item)
        return self._found(item)

    def lifted(self, text: str) -> str | None:
        """Return the item that was nested and whose text stands for itself now."""
        same = self._alike.get(sense_of(_first(text)), {})
        item = next((one for one in same if one in self._above), None)
        if item is None:  # the chat says another thing of it by now
            former = self._former.get(sense_of(_first(text)))
            item = former if former in self._left else None
        return self._found(item)

    def brought_back(self, text: str) -> str | None:
        """Return what is lost, and people put out of what it was nested in or joined with."""
        return self._lost.pop(sense_of(_first(text)), None)

    def _found(self, item: str | None) -> str | None:
        if item is not None:
            del self._left[item]
            del self._alike[sense_of(_first(self._texts[item]))][item]
        return item

    def take(
        self,
        host: str,
        was: str | None,
        now: str,
        topic: str,
        before: str | None = None,
        *,
        is_back: bool = False,
    ) -> list[str]:
        """Tell of what stands below an item whose text was that, and is this, in a topic.

        The new text was told of before: what is told here was done to no item that stood alone.
        Where nothing is known of what it was, or all is people's, no line of theirs is told of.
        What was below one that `is_back` stood for itself meanwhile, and in that one's text still.
        Returns all that stands below it; `before` is the next item that does not.
        """
        parts = self._parts.get(host, [])
        had = [*parts, *(self._alone(now) if is_back else ())]
        if was is not None and not had and same_but_for_form(was, now):
            return []
        lines = now.split("\n")
        if was is None or host.startswith(OF_FILE):
            own = set(range(len(lines))) - self._of_others(lines)
        else:
            own = self._own(lines, was.split("\n"), [self._texts[one] for one in had])
        found: list[tuple[str, str | None, str]] = []
        for text in _blocks(lines, own):
            item = self.find(text, host)
            former = None if item is None else self._texts[item]
            if item is None:
                item = self._do(ItemAdded(text, topic, host, before, again=True))
            found.append((item, former, text))
        every = list[str]()
        is_new = parts != [item for item, _, _ in found]
        for item, former, text in found:
            if is_new:
                self._do(ItemNested(item, host, topic, [host, *every][-1], before))
            if former is not None and _bare(former) != _bare(text):
                self._do(ItemWritten(item, former, text))
            every += [item, *self.take(item, former, text, topic, before)]
        return every

    def _alone(self, text: str) -> list[str]:
        """Return the items that a text says, stood for themselves, and do nowhere by now."""
        known = (self._alike.get(sense_of(line), ()) for line in text.split("\n"))
        return [one for items in known for one in items if one not in self._above]

    def _of_others(self, lines: Sequence[str]) -> set[int]:
        """Return the lines below the first that are those of other items, and what is below.

        What goes on with the words above, such as a link's title, begins none.
        """
        found: set[int] = set()
        for at in range(1, len(lines)):
            begins = item_start(lines[at]) or not lines[at - 1].strip()
            if begins and at not in found and self._alike.get(sense_of(lines[at])):
                found |= {at, *below(lines, at)}
        return found

    def _given_by_others(self, lines: Sequence[str]) -> set[int]:
        """Return the lines below those of other items that stood below these as well."""
        found = set[int]()
        for at in range(1, len(lines)):
            for item in self._alike.get(sense_of(lines[at]), ()):
                said = Counter(map(sense_of, self._texts[item].split("\n")[1:]))
                for one in below(lines, at):
                    if said[sense := sense_of(lines[one])] > 0:
                        said[sense] -= 1
                        found.add(one)
        return found

    def _own(self, now: Sequence[str], was: Sequence[str], parts: Sequence[str]) -> set[int]:
        """Return the lines that an item gave itself, as they are or as people reworded them.

        What another one gave is that one's still, below that.
        """
        theirs = self._given_by_others(now)
        senses = Counter(map(sense_of, was[1:]))
        # What is the first line now was below it before, and is not gone from there.
        elsewhere = [now[0], *(line for text in parts for line in text.split("\n"))]
        senses -= Counter(map(sense_of, elsewhere))
        addresses = {*sense_of(was[0]), *sense_of(now[0])}
        own, rest = {0}, list[int]()
        for at, line in enumerate(now[1:], 1):
            sense = sense_of(line)
            if not line.strip() or at in theirs:
                continue
            if senses[sense]:
                senses[sense] -= 1
                own.add(at)
            elif not self._alike.get(sense):
                rest.append(at)
        away = {sense for sense, count in senses.items() if count > 0} - self._put_out
        gone = {at: line for at, line in enumerate(was) if at and sense_of(line) in away}
        row = _Row({at: line for at, line in gone.items() if line.strip()})
        for at in rest:
            like = row.like(now[at], gone)
            row.look_behind(like)
            if like is not None:
                del gone[like]
            if like is not None or addresses.intersection(addresses_in(now[at])):
                own.add(at)
        return own


class _Row(Generic[T]):
    """What stood below an item, in order; what is looked for comes in about the same order."""

    def __init__(self, texts: Mapping[T, str]) -> None:
        self._texts = [words_of(text)[:_COMPARED] for text in texts.values()]
        self._things: list[T] = list(texts)
        self._places = {one: at for at, one in enumerate(texts)}
        self._with: dict[str, list[int]] = {}
        for at, words in enumerate(self._texts):
            for word in set(words_in(words)):
                self._with.setdefault(word, []).append(at)
        self._at = 0

    def like(self, text: str, left: Container[T]) -> T | None:
        """Return what is `left` and like a text: near here, or else with its rarest words."""
        words = words_of(text)[:_COMPARED]
        matcher = SequenceMatcher(None, "", words, autojunk=False)
        rare = sorted((self._with[one] for one in {*words_in(words)} & self._with.keys()), key=len)
        near = range(max(0, self._at - _NEAR), min(self._at + _NEAR, len(self._things)))
        far = (at for places in rare[:_RARE] for at in places[:_RARE])
        for at in dict.fromkeys((*near, *far)):
            thing: T = self._things[at]
            if thing not in left:
                continue
            matcher.set_seq1(self._texts[at])
            bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
            if all(ratio() > _ALIKE for ratio in bounds):  # the first two are quick, and higher
                return thing
        return None

    def look_behind(self, found: T | None) -> None:
        """Go on behind what was found, or one further where nothing was."""
        at = self._at if found is None else self._places.get(found, self._at)
        self._at = at + 1


def _blocks(lines: Sequence[str], own: Collection[int]) -> Iterator[str]:
    """Yield what stands below an item, block by block, as it stands without that."""
    left = [line for line in without_lines(lines, own) if line is not None]
    for piece in read("\n".join(left)):
        if piece.kind != "gap":
            yield text_of([piece])


def _first(text: str) -> str:
    return next((line for line in text.split("\n") if line.strip()), "")


def _bare(text: str) -> str:
    """Return a text without the mark of its bullet: another list has another."""
    first, end, rest = text.partition("\n")
    return split_marks(first)[1] + end + rest
