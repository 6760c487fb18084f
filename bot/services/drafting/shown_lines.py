"""What people's file is compared with, where lines of it went off the record since.

A hidden line may give way to another of the same item, such as a link without the title that was
locked. That is not in the file yet: the next draft puts it there. But where people took the hidden
line out themselves, they took out the item, whatever it would be called. What has another link than
the hidden lines never stood there.
"""

from collections import Counter
from collections.abc import Iterator

from bot.core.document.pieces import lines_of, links_in
from bot.core.document.version import Side
from bot.core.merge.sequences import matched
from bot.services.drafting.hidden_lines import hidden_addresses, taking_place, written_by
from bot.services.ports import Draft

_Lines = list[tuple[str, str | None]]
"""Lines with their owners."""


def shown_by(draft: Draft, text: str, left: str, *, key: str) -> Side:
    """Return what a draft wrote, but for what is hidden, and with what took a hidden line's place.

    That is put in the place already where the file `text` has it as it is `left` without what is
    hidden; and of an item whose links the file has not, people took it out along. The `key` is
    that of what is hidden.
    """
    written = written_by(draft)
    if draft.written is None:
        return written
    # Loaded where something is hidden: most drafts hide nothing.
    from bot.core.publication.late import addresses_in

    committed = _lines(Side(draft.committed, draft.owners))
    links = _links(committed)
    stood = hidden_addresses(draft, set().union(*links.values()), key=key)
    there, known = addresses_in(text), set(written.owners)
    shown = {
        one for one, its in links.items() if one not in known and its & stood and not its & there
    }
    now = Counter(line.strip() for line in lines_of(left))
    wanted = Counter(line.strip() for line in taking_place(draft, key=key))
    put = {line for line, count in wanted.items() if now[line] >= count}
    shown |= {one for line, one in committed if one is not None and line.strip() in put}
    rest = [(line, owner) for line, owner in _lines(written) if owner not in shown]
    lines = list(_with_those_of(shown, rest, committed))
    return Side("".join(line for line, _ in lines), tuple(owner for _, owner in lines))


def waits_for_place(draft: Draft, item: str) -> bool:
    """Return whether an item is to take a hidden line's place, and has no line in the file."""
    return draft.written is not None and item in draft.owners and item not in draft.writers


def _lines(side: Side) -> _Lines:
    return list(zip(lines_of(side.text), side.owners, strict=True))


def _links(lines: _Lines) -> dict[str, set[str]]:
    """Return the addresses of each item."""
    links: dict[str, set[str]] = {}
    for line, owner in lines:
        if owner is not None:
            links.setdefault(owner, set()).update(link.canonical for link in links_in(line))
    return links


def _with_those_of(
    shown: set[str], written: _Lines, committed: _Lines
) -> Iterator[tuple[str, str | None]]:
    """Yield the written lines, and where they would stand those of items that are shown, too."""
    at = other = 0
    for place, behind in [*matched(written, committed), (len(written), len(committed))]:
        yield from written[at:place]
        yield from (line for line in committed[other:behind] if line[1] in shown)
        at, other = place, behind
