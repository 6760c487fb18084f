"""The panel of the episode that is open for a channel, and the cards of what stands in it."""

from bot.services.desk import panel
from bot.services.desk.panel import Card, Control, Panel
from bot.services.drafting.rendering import Drafting
from bot.services.request import Request
from bot.services.show import Show


class Panels:
    """Makes panels and cards of an episode as it stands now."""

    def __init__(self, *, show: Show, drafting: Drafting) -> None:
        self._show = show
        self._drafting = drafting

    async def panel(self, channel: str, *, page: int = 0, language: str | None = None) -> Panel:
        """Return a page of the outline, in the show's language where none is named."""
        record = await self._show.episodes.current(channel)
        view = await self._drafting.chat_view(record.id)
        return panel.panel(
            view.episode,
            view.titles,
            view.reasons,
            page=page,
            language=language or self._show.profile.language,
            earlier=view.earlier,
        )

    async def episode_form(self, request: Request) -> Control:
        """Return the form of the episode that is open for a channel, with its fields as set."""
        record = await self._show.episodes.current(request.channel)
        episode = await self._drafting.episode(record.id)
        return panel.episode_form(episode.fields, request.language)

    async def card(self, request: Request, identity: str) -> Card | None:
        """Return what can be done to a topic or link; None where it is not there any more."""
        record = await self._show.episodes.current(request.channel)
        view = await self._drafting.chat_view(record.id)
        return panel.card(view.episode, view.titles, identity, request.language, view.earlier)

    async def card_of(self, request: Request, message: str) -> Card | None:
        """Return what can be done to the first thing that a message gave; None if it gave none."""
        record = await self._show.episodes.current(request.channel)
        view = await self._drafting.chat_view(record.id)
        given = next((one.id for one in view.episode.items() if one.message == message), None)
        if given is None:
            return None
        return panel.card(view.episode, view.titles, given, request.language, view.earlier)
