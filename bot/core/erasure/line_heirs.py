"""Whose the lines of a draft are by now, of a message that goes off the record.

Another message's line may stand in the place of one of its own, and what people put below it may
be an item by itself. Should the message come back, those are not its lines.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from bot.core.document.pieces import lines_of, words_of
from bot.core.document.version import Side
from bot.core.erasure.line_forms import canonicals_in, unmarked
from bot.core.merge.sequences import matched


def standing_instead(before: Side, after: Side, gone: Collection[int]) -> dict[int, int]:
    """Return which line with its link stands in the place of each that goes, by where they are."""
    was, now = lines_of(before.text), lines_of(after.text)
    pairs = sorted(matched(list(map(unmarked, was)), list(map(unmarked, now))))
    found = dict[int, int]()
    edges = pairwise([(-1, -1), *pairs, (len(was), len(now))])
    for (start, other_start), (end, other_end) in edges:
        for at in range(start + 1, end):
            links = canonicals_in(was[at]) if at in gone else []
            same = (
                there
                for there in range(other_start + 1, other_end)
                if links and canonicals_in(now[there])[:1] == links[:1]
                if now[there][:1].isspace() == was[at][:1].isspace()
            )
            if (there := next(same, None)) is not None:
                found[at] = there
    return found


def owners_left(
    before: Side, after: Side, own: Collection[int], instead: Mapping[int, int]
) -> list[str | None]:
    """Return the owners of a draft's lines: of a message's `own` who gives them in its stead.

    That is whose line stands in the place of one of them, or what was below it and is by itself.
    """
    owners = list(before.owners)
    heirs = {after.owners[there] for at, there in instead.items() if at in own} - {None}
    was, now = lines_of(before.text), lines_of(after.text)
    pairs = matched(list(map(unmarked, was)), list(map(unmarked, now))) if heirs else []
    for at, there in (*pairs, *instead.items()):
        if at in own and after.owners[there] in heirs:
            owners[at] = after.owners[there]
    for at, there in _by_itself(before, after, own):
        owners[at] = after.owners[there]
    return owners


def _by_itself(before: Side, after: Side, own: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield which of a message's `own` lines are another's by now that had none, with that one's.

    Where it stands by now does not matter: the message may have been elsewhere in the chat. A link
    without a title is the same link with the one that it has by itself.
    """
    known, lines = {*before.owners, None}, list(map(unmarked, lines_of(before.text)))
    free = defaultdict[str, list[int]](list)
    for there, line in enumerate(map(unmarked, lines_of(after.text))):
        for name in (line, *canonicals_in(line)[:1]):
            if after.owners[there] not in known and line.strip():
                free[name].append(there)
    taken = set[int]()
    for at in sorted(own) if free else ():
        link = () if words_of(lines[at]) else canonicals_in(lines[at])[:1]
        places = (one for name in (lines[at], *link) for one in free[name])
        if (there := next((one for one in places if one not in taken), -1)) >= 0:
            taken.add(there)
            yield at, there
