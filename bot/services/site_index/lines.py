"""What was found in earlier episodes, as lines that a person reads."""

from collections.abc import Iterable, Iterator

from bot.core.episode.find import LONGEST_LABEL, shortened
from bot.core.site_index.model import SiteEntry, SitePage
from bot.services.site_index_port import FoundEntries, Hit
from bot.texts import say

LONGEST = 160
"""Characters of a line's words."""


def found_lines(found: FoundEntries, language: str) -> list[str]:
    """Return what was found, by episode, each with its address."""
    lines = list(hit_lines(found.hits, language))
    return [*lines, "", say("find.more", language)] if found.more else lines


def hit_lines(hits: Iterable[Hit], language: str) -> Iterator[str]:
    """Yield a line for each episode, and one for each place in it."""
    shown = ""
    for hit in hits:
        if hit.page.path != shown:
            shown = hit.page.path
            yield f"{episode_name(hit.page, language)}: {hit.page.address or shown}"
        if hit.entry.kind != "episode":
            yield f"  {entry_line(hit.entry)}"


def hit_choice(hit: Hit) -> tuple[str, str]:
    """Return a hit as something to choose, and the words that find it again."""
    text = hit.entry.text if hit.entry.kind != "episode" else hit.page.full_title
    name = hit.page.number or shortened(hit.page.full_title or hit.page.path, 30)
    return shortened(f"{name} · {text}"), text[:LONGEST_LABEL].strip()


def episode_name(page: SitePage, language: str) -> str:
    """Return what an episode is called, with its date, and whether it is a draft."""
    name = page.full_title or page.path
    if page.number and page.title:
        name = f"{page.number}: {page.title}"
    name = shortened(name, LONGEST)
    if page.is_draft:
        name = say("find.draft", language, episode=name)
    return say("find.dated", language, episode=name, date=page.date) if page.date else name


def entry_line(entry: SiteEntry) -> str:
    """Return an entry's words with its topic and time, and the notes below it."""
    if entry.kind == "topic":
        return f"{entry.time} # {entry.text}".strip()
    topic = f"{shortened(entry.topic, 40)}: " if entry.topic else ""
    notes = f" – {shortened(entry.notes, 80)}" if entry.notes else ""
    return f"{topic}{shortened(entry.text, LONGEST)}{notes}"
