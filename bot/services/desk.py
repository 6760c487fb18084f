"""The one door that every chat front uses.

A front translates what its platform says into one call here and shows the answer; it holds no
rule of its own. There is one method for each thing that can happen in a chat, and one for each
command (commands.py lists them with their options). They stand in the rooms behind: capture.py
(what happens in the chat), edits.py (commands that change), views.py (commands that show),
publish.py (the draft). A topic or link is given to a command as hosts name it: an id (of a
completion), a number of the outline ("2", "2.3"), or a name or a part of it; CommandError says
what was not found or not clear.
"""

from collections.abc import Callable

from bot.core.profile import Profile
from bot.services.capture import Capture, Receipt
from bot.services.drafting import Drafting
from bot.services.edits import Edits
from bot.services.erasure import Erasure
from bot.services.ports import Room, Site, Store, Templates
from bot.services.publish import Publish
from bot.services.request import Answer, Request
from bot.services.show import Show
from bot.services.views import Kind, Views

__all__ = ["Answer", "Desk", "Kind", "Receipt", "Request"]


class Desk(Capture, Edits, Views):
    """One show: its episodes, and all that can be done to them."""

    def __init__(
        self,
        *,
        name: str,
        store: Store,
        site: Site,
        profile: Profile,
        templates: Templates,
        room: Room,
        clock: Callable[[], int],
    ) -> None:
        self._room = room
        self._show = Show(name=name, store=store, site=site, profile=profile, clock=clock)
        self._drafting = Drafting(show=self._show, templates=templates)
        self._erasure = Erasure(show=self._show, drafting=self._drafting)
        self._publish = Publish(show=self._show, drafting=self._drafting)

    async def start(self) -> None:
        """Finish what an earlier run left undone."""
        await self._erasure.settle()

    async def aclose(self) -> None:
        """Stop what runs by itself."""
        await self._erasure.aclose()

    async def draft(self, request: Request) -> Answer:
        """Commit the episode's draft to the site."""
        chapter = await self._show.current(request.channel)
        published = await self._publish.draft(chapter.id, at=request.at)
        return Answer(published.told(request), private=False)
