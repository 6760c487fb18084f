"""Titles of links to the show's own episodes: made of their files, without asking the web."""

import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bot.core.model import Job, Link, Lookup, links_within
from bot.errors import TemplateError
from bot.services.lookups import FRESH
from bot.services.notification import Notification
from bot.services.ports import Templates
from bot.services.show import Show

if TYPE_CHECKING:
    from bot.core.site_index.model import SitePage

_log = logging.getLogger(__name__)

LONGEST = 300


class OwnTitles:
    """Keeps look-ups of the show's own episodes, made by the profile's `own_title`.

    They are kept as a provider's: the site says best what its episodes are called, and what the web
    says of the same address comes after it.
    """

    def __init__(self, *, show: Show, templates: Templates) -> None:
        self._show = show
        self._templates = templates

    async def know(self, links: Iterable[Link]) -> None:
        """Keep the titles of those links that lead to our own episodes; others are passed by."""
        if self._show.profile.own_title is None:
            return
        wanted = {link.canonical: link.url for link in links}
        pages = self._show.memory.own_pages(wanted)
        if not pages:
            return
        now, known = self._show.clock(), await self._show.store.lookups(pages)
        titles = await self._titles(pages)
        made = {
            one: Lookup(wanted[one], title, source="provider", at=now)
            for one, title in titles.items()
        }
        new = {one: each for one, each in made.items() if _is_new(each, known.get(one))}
        if new:
            await self._show.store.put_lookups(new)

    async def know_all(self) -> None:
        """Keep the titles of all such links of open episodes, as the site has them now."""
        for record in self._show.episodes.open_now():
            before = self._show.store.lookups_version
            episode = await self._show.episode(record.id)
            await self.know(link for item in episode.items() for link in links_within(item.content))
            if self._show.store.lookups_version != before:
                self._show.notifications.announce(Notification(record.id, "changed"))

    async def _titles(self, pages: "Mapping[str, SitePage]") -> dict[str, str]:
        profile = self._show.profile
        template = profile.own_title
        assert template is not None  # noqa: S101 - the caller looked
        jobs = [
            Job(template.source, _names(page, profile.name), template.file, template.line)
            for page in pages.values()
        ]
        try:
            texts = await self._templates.render(jobs)
        except TemplateError as error:
            # The web is asked then, as for any other link.
            _log.warning("no titles of our own", extra={"cause": str(error)})
            return {}
        lines = [" ".join(text.split())[:LONGEST] for text in texts]
        return {one: line for one, line in zip(pages, lines, strict=True) if line}


def _names(page: "SitePage", name: str) -> dict[str, object]:
    return {
        "number": page.number,
        "title": page.title,
        "full_title": page.full_title,
        "date": page.date,
        "name": name,
    }


def _is_new(made: Lookup, known: Lookup | None) -> bool:
    """Return whether a title says something else than what is known, or that will be old soon."""
    if known is None or known.source == "file":
        return known is None
    same = (known.title, known.source, known.error) == (made.title, made.source, made.error)
    return not same or known.at + FRESH // 2 < made.at
