"""From an episode to its file: look-ups and the profile's templates, around core/render.py."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.episode.file_text import settled
from bot.core.merge.merge import Side
from bot.core.model import Episode, Found, Item, Lookup, Noted, links_within
from bot.core.render import layout, render
from bot.core.render.profile import Profile
from bot.core.render.render import Body
from bot.services.ports import Templates
from bot.services.show import Show


@dataclass(frozen=True, slots=True)
class Rendered:
    """An episode's draft: the file's path in the site, its whole text, and its body.

    `episode` has what people wrote in the file in place; `owners` names for each line of `text`
    the item or topic that it belongs to; `lookups` are what was known of the links.
    """

    episode: Episode
    path: str
    text: str
    body: Body
    owners: tuple[str | None, ...]
    lookups: Mapping[str, Lookup]

    @property
    def side(self) -> Side:
        """The text as one side of a merge."""
        return Side(self.text, self.owners)


class Drafting:
    """Renders the episodes of a show, by its profile unless another is given."""

    def __init__(self, *, show: Show, templates: Templates) -> None:
        self._show = show
        self._templates = templates

    async def episode(self, identity: str) -> Episode:
        """Return an episode as it stands, with what people wrote in its file."""
        return await self.settled(await self._show.episode(identity))

    async def settled(self, episode: Episode) -> Episode:
        """Return a folded episode with what people wrote in its file in place."""
        if not any(item.steps for item in (*episode.items(), *episode.removed)):
            return episode
        profile = self._show.profile
        return _settled(episode, await self._found(episode, profile, None), profile)

    async def render(
        self,
        episode: Episode,
        *,
        profile: Profile | None = None,
        lookups: Mapping[str, Lookup] | None = None,
    ) -> Rendered:
        """Render the whole file of a folded episode, with what is known now or was then.

        Raises TemplateError where the profile's templates fail.
        """
        profile = profile or self._show.profile
        known = await self._lookups(episode, profile) if lookups is None else lookups
        found = await self._found(episode, profile, known)
        episode = _settled(episode, found, profile)
        body = render.body(episode, found, profile)
        names = render.names(episode, profile, body, found)
        path, text = await self._templates.render(render.files(profile, names))
        text = render.page(text)
        owners = render.owners(text, body)
        return Rendered(episode, " ".join(path.split()), text, body, owners, known)

    async def body(self, episode: Episode) -> Body:
        """Render the topics alone."""
        profile = self._show.profile
        found = await self._found(episode, profile, None)
        return render.body(_settled(episode, found, profile), found, profile)

    async def titles(self, episode: Episode) -> dict[str, str]:
        """Return the titles that were looked up for an episode's links, by address as typed."""
        found = await self._found(episode, self._show.profile, None)
        return {url: one.title for url, one in found.items() if one.title}

    async def reasons(self, episode: Episode) -> dict[str, str]:
        """Return why links have no title, by address as typed; nothing of those not asked yet."""
        known = await self._lookups(episode, self._show.profile)
        return {
            link.url: reason
            for item in episode.items()
            for link in links_within(item.content)
            if link.canonical in known and (reason := known[link.canonical].error)
        }

    async def _found(
        self, episode: Episode, profile: Profile, known: Mapping[str, Lookup] | None
    ) -> Mapping[str, Found]:
        """Return what is written for each link, by address as typed."""
        if known is None:
            known = await self._lookups(episode, profile)
        plan = render.plan(episode, profile, known)
        texts = await self._templates.render(plan.jobs) if plan.jobs else []
        return render.found(plan, texts, profile)

    async def _lookups(self, episode: Episode, profile: Profile) -> dict[str, Lookup]:
        wanted = {link.canonical for link in render.links(episode, profile)}
        for item in episode.removed:
            wanted |= {link.canonical for link in links_within(item.content)}
        return await self._show.store.lookups(wanted)


def _settled(episode: Episode, found: Mapping[str, Found], profile: Profile) -> Episode:
    def text(item: Item) -> str:
        return layout.item_text(item, found, profile)

    def notes(below: str, step: Noted) -> str:
        return layout.noted_text(below, step.notes, found, profile)

    return settled(episode, text, notes)
