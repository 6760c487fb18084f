"""What a command makes of a link: items with another title or address for it. Pure."""

from collections.abc import Callable
from dataclasses import replace

from bot.core import events
from bot.core.model import Bullet, Line, Link, Paragraph
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


def _by_line(content: Bullet | Paragraph, change: Callable[[Line], Line]) -> Bullet | Paragraph:
    if isinstance(content, Paragraph):
        return Paragraph(tuple(map(change, content.lines)))
    notes = tuple(replace(note, line=change(note.line)) for note in content.notes)
    return Bullet(change(content.line), notes)
