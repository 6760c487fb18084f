"""The lines of a value of front matter, merged where each side changed others."""

from collections.abc import Sequence

from bot.core.front_matter.tree import NumberedLine
from bot.core.merge.lines import Taken
from bot.core.merge.words import Prefer, groups


def merged_lines(bodies: Sequence[Sequence[NumberedLine]]) -> list[Taken] | None:
    """Merge the lines of a text; None where both sides changed the same ones.

    A value is one thing: half of each would be neither's.
    """
    base, ours, theirs = ([line.text for line in body] for body in bodies)
    sides: tuple[Prefer, Prefer] = ("ours", "theirs")
    known = {
        line.text: Taken(line.text, name, line.line)
        for name, body in zip(sides, bodies[1:], strict=True)
        for line in body
    }
    texts: list[str] = []
    done = 0
    for start, end, mine, other in groups(base, ours, theirs):
        old = base[start:end]
        if mine != other and old not in (mine, other):
            return None
        texts += [*base[done:start], *(other if mine == old else mine)]
        done = end
    return [known[text] for text in [*texts, *base[done:]]]
