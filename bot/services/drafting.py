"""From an episode to its file: look-ups and the profile's templates, around core/render.py."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core import render
from bot.core.find import links_within
from bot.core.model import Episode, Found, Lookup
from bot.core.render import Body
from bot.services.ports import Templates
from bot.services.show import Show


@dataclass(frozen=True, slots=True)
class Rendered:
    """An episode's draft: the file's path in the site, its whole text, and its body."""

    episode: Episode
    path: str
    text: str
    body: Body


class Drafting:
    """Renders the episodes of a show by its profile."""

    def __init__(self, *, show: Show, templates: Templates) -> None:
        self._show = show
        self._templates = templates

    async def render(self, episode: Episode) -> Rendered:
        """Render the whole file. Raises TemplateError where the profile's templates fail."""
        profile = self._show.profile
        found = await self._found(episode)
        body = render.body(episode, found, profile)
        names = render.names(episode, profile, body, found)
        path, text = await self._templates.render(render.files(profile, names))
        return Rendered(episode, " ".join(path.split()), render.page(text), body)

    async def body(self, episode: Episode) -> Body:
        """Render the topics alone."""
        return render.body(episode, await self._found(episode), self._show.profile)

    async def titles(self, episode: Episode) -> dict[str, str]:
        """Give the titles that were looked up for an episode's links, by address as typed."""
        found = await self._found(episode)
        return {url: one.title for url, one in found.items() if one.title}

    async def reasons(self, episode: Episode) -> dict[str, str]:
        """Give why links have no title, by address as typed; nothing of those not asked yet."""
        known = await self._lookups(episode)
        return {
            link.url: reason
            for item in episode.items()
            for link in links_within(item.content)
            if link.canonical in known and (reason := known[link.canonical].error)
        }

    async def _found(self, episode: Episode) -> Mapping[str, Found]:
        """Give what is written for each link, by address as typed."""
        profile = self._show.profile
        plan = render.plan(episode, profile, await self._lookups(episode))
        texts = await self._templates.render(plan.jobs) if plan.jobs else []
        return render.found(plan, texts, profile)

    async def _lookups(self, episode: Episode) -> dict[str, Lookup]:
        wanted = {link.canonical for link in render.links(episode, self._show.profile)}
        for item in episode.removed:
            wanted |= {link.canonical for link in links_within(item.content)}
        return await self._show.store.lookups(wanted)
