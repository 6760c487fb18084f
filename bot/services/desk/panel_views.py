"""The panel of the episode that is open for a channel, and the cards of what stands in it."""

from datetime import tzinfo

from bot.services.desk import panel
from bot.services.desk.panel import Card, Panel
from bot.services.drafting.rendering import Drafting
from bot.services.request import Request
from bot.services.show import Show


class Panels:
    """Gives panels and cards of an episode as it stands now."""

    _show: Show
    _drafting: Drafting

    @property
    def language(self) -> str:
        """The language that the show's hosts share."""
        return self._show.profile.language

    @property
    def zone(self) -> tzinfo:
        """The time zone in which the show writes dates."""
        return self._show.profile.zone

    async def name_of(self, person: str) -> str:
        """Return the name that somebody has, "" where they were never met."""
        return (await self._show.people()).get(person, "")

    async def panel(self, channel: str, *, page: int = 0, language: str | None = None) -> Panel:
        """Return a page of the outline, in the show's language where none is named."""
        episode = await self._show.episode((await self._show.current(channel)).id)
        return panel.panel(
            episode,
            await self._drafting.titles(episode),
            await self._drafting.reasons(episode),
            page=page,
            language=language or self.language,
        )

    async def card(self, request: Request, identity: str) -> Card | None:
        """Return what can be done to a topic or link; None where it is not there any more."""
        episode = await self._show.episode((await self._show.current(request.channel)).id)
        titles = await self._drafting.titles(episode)
        return panel.card(episode, titles, identity, request.language)
