"""What the episode gives, merged with the file as it is."""

from collections import Counter

from bot.core.document.nesting import indent_of
from bot.core.document.pieces import lines_of
from bot.core.document.sense import Sense, sense_of
from bot.core.document.version import Side
from bot.core.merge.merge import Merged, merge
from bot.core.model import Episode


def merge_with_file(base: Side, ours: Side, theirs: Side, former: Episode) -> Merged:
    """Merge ours with the file over what we committed, which the `former` episode had given.

    What people changed stands until somebody chooses, though the chat took it out, and what they
    put below something else does. What was nested below it stands there too, then, and not for
    itself.
    """
    merged = merge(base, ours, theirs)
    parts = {one.item.id for one in former.nested}.intersection(ours.owners)
    if not parts:
        return merged
    before, after = _inside(base.text), _inside(merged.text)
    lines = list(zip(lines_of(ours.text), ours.owners, strict=True))
    doubled = {
        owner
        for line, owner in lines
        if owner in parts
        and not indent_of(line)
        # Others may have the same words in a line of their own: theirs were there before, too.
        and (count := after[sense_of(line)])
        and count >= before[sense_of(line)]
    }
    if not doubled:
        return merged
    left = [(line, owner) for line, owner in lines if owner not in doubled]
    rest = Side("".join(line for line, _ in left), tuple(owner for _, owner in left))
    return merge(base, rest, theirs)


def _inside(text: str) -> Counter[Sense]:
    """Return how often what is the same stands below something else."""
    return Counter(sense_of(line) for line in lines_of(text) if indent_of(line))
