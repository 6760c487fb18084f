"""What a command makes of a link: items with another title or address for it. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.core import events
from bot.core.episode.file_text import links_written
from bot.core.file_events import ItemWritten
from bot.core.model import Bullet, Item, Line, Link, Paragraph
from bot.core.urls import canonical, fingerprint


def retitled(content: Bullet | Paragraph, what: events.ItemRetitled) -> Bullet | Paragraph:
    """Return an item with another title for a link."""
    return _by_line(content, lambda line: retitled_line(line, what.link, what.title))


def retitled_line(line: Line, link: str, title: str, *, anew: bool = True) -> Line:
    """Return a line with another title for a link; unless `anew`, for one that has none."""
    return tuple(
        replace(part, title=title)
        if isinstance(part, Link)
        and fingerprint(part.canonical) == link
        and (anew or part.title is None)
        else part
        for part in line
    )


def readdressed(content: Bullet | Paragraph, what: events.ItemReaddressed) -> Bullet | Paragraph:
    """Return an item with another address for a link, and with a title where it has none."""

    def line(parts: Line) -> Line:
        return tuple(
            replace(
                part, url=what.url, canonical=canonical(what.url), title=part.title or what.title
            )
            if isinstance(part, Link) and fingerprint(part.canonical) == what.link
            else part
            for part in parts
        )

    return _by_line(content, line)


def readdressings(commands: Iterable[events.Event]) -> dict[str, list[events.Event]]:
    """Return by which events people gave items another address in the file, by the items."""
    found: dict[str, list[events.Event]] = {}
    for event in commands:
        what = event.what
        if isinstance(what, ItemWritten) and _addresses(what.now) - _addresses(what.was or ""):
            found.setdefault(what.item, []).append(event)
    return found


def links_shown(
    item: Item, links: tuple[Link, ...], given: Iterable[events.Event]
) -> tuple[Link, ...]:
    """Return the links of an item that stand in the file, where people had `given` it others.

    What its message was edited to after that does not until hosts chose; what it was is the same.
    """
    texts = [
        text
        for event in given
        if isinstance(event.what, ItemWritten) and event.at < item.stamp
        for text in (event.what.was or "", event.what.now)
    ]
    known = set().union(*map(_addresses, texts))
    return tuple(link for link in links if link.canonical in known) if texts else links


def _addresses(text: str) -> set[str]:
    return {link.canonical for link in links_written(text.partition("\n")[0])}


def _by_line(content: Bullet | Paragraph, change: Callable[[Line], Line]) -> Bullet | Paragraph:
    if isinstance(content, Paragraph):
        return Paragraph(tuple(map(change, content.lines)))
    notes = tuple(replace(note, line=change(note.line)) for note in content.notes)
    return Bullet(change(content.line), notes)
