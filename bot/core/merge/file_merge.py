"""What the episode gives, merged with the file as it is."""

from bot.core.document.pieces import lines_of
from bot.core.document.version import Side
from bot.core.merge.merge import Merged, merge
from bot.core.model import Episode


def merge_with_file(base: Side, ours: Side, theirs: Side, former: Episode) -> Merged:
    """Merge ours with the file over what we committed, which the `former` episode had given.

    What people changed stands until somebody chooses, though the chat took it out. What was nested
    below it stands there too, then, and not for itself.
    """
    merged = merge(base, ours, theirs)
    removed = (one for one in merged.conflicts if one.kind == "item" and not one.ours)
    parts = {one.id for one in former.below(*(one.owner for one in removed if one.owner))}
    if not parts:
        return merged
    lines = zip(lines_of(ours.text), ours.owners, strict=True)
    left = [(line, owner) for line, owner in lines if owner not in parts]
    rest = Side("".join(line for line, _ in left), tuple(owner for _, owner in left))
    return merge(base, rest, theirs)
