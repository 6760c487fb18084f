"""What templates see of topics: their items as data, for sites that keep them in front matter."""

import re
from collections.abc import Callable, Iterable, Mapping

from bot.core.model import Bullet, Episode, Found, Item, Line, Link, Paragraph, Topic, Written
from bot.core.profile.profile import Profile
from bot.core.render.layout import item_text

_NOTHING = Found()
_AT = re.compile(r"[(\[]?((?:\d{1,2}:)?\d{1,3}:\d\d)[)\]]?(?=\s|\Z)")


Mark = Callable[[str, str], str]
"""What makes of an id, and a text of that topic or item, the text that a template sees."""


def topics(
    episode: Episode,
    found: Mapping[str, Found],
    profile: Profile,
    mark: Mark = lambda owner, text: text,
) -> list[dict[str, object]]:
    """Return the topics that have a name, with title, time, links and items."""
    return [_topic(topic, found, profile, mark) for topic in episode.topics if topic.name]


def links(episode: Episode, found: Mapping[str, Found]) -> list[dict[str, str]]:
    """Return all links of an episode with title and address, in their order."""
    return [_link(link, found) for item in episode.items() for link in links_of(item)]


def _topic(
    topic: Topic, found: Mapping[str, Found], profile: Profile, mark: Mark
) -> dict[str, object]:
    time, title = profile.times.split(topic.name)
    items = topic.every_item()
    links = [(item.id, _link(link, found)) for item in items for link in links_of(item)]
    return {
        "title": mark(topic.id, title),
        "time": time,
        "links": [_marked(one, owner, mark) for owner, one in links],
        "items": [_item(item, found, profile, mark) for item in items],
    }


def _marked(link: Mapping[str, str], owner: str, mark: Mark) -> dict[str, str]:
    return {**link, "title": mark(owner, link["title"])}


def _link(link: Link, found: Mapping[str, Found]) -> dict[str, str]:
    title = link.title or found.get(link.url, _NOTHING).title or link.url
    return {"title": title, "url": link.url}


def _item(
    item: Item, found: Mapping[str, Found], profile: Profile, mark: Mark
) -> dict[str, object]:
    """Return an item: its kind (`link`, `text`, `words`, `html`), text, links, notes and time."""
    content = item.content
    inside = [_marked(_link(link, found), item.id, mark) for link in links_of(item)]
    if isinstance(content, Bullet):
        kind, text = ("link" if content.links else "text"), _words(content.line, found)
        notes = [mark(item.id, _words(note.line, found)) for note in content.notes]
    elif isinstance(content, Paragraph):
        lines = (_words(line, found) for line in content.lines)
        kind, text, notes = "words", "\n".join(lines), []
    else:
        kind, text, notes = "html", item_text(item, found, profile), []
    at = _AT.match(text)
    text = "\n".join(mark(item.id, line) for line in text.split("\n"))
    return {"kind": kind, "text": text, "links": inside, "notes": notes,
            "time": at[1] if at else ""}  # fmt: skip


def _words(line: Line, found: Mapping[str, Found]) -> str:
    """Return a line as a reader sees it: links by their titles."""
    return "".join(
        part if isinstance(part, str) else _link(part, found)["title"] for part in line
    ).strip()


def links_of(item: Item) -> list[Link]:
    """Return an item's links, those of its notes too, in order."""
    content = item.content
    lines: Iterable[Line] = ()
    if isinstance(content, Written):
        return list(content.links)
    if isinstance(content, Bullet):
        lines = (content.line, *[note.line for note in content.notes])
    elif isinstance(content, Paragraph):
        lines = content.lines
    return [part for line in lines for part in line if isinstance(part, Link)]
