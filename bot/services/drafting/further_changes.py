"""What is asked of every draft about further files, for the few sites that have some."""

from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import TYPE_CHECKING

from bot.errors import FileChanged
from bot.services.drafting.owed_files import episodes_owed
from bot.services.drafting.past_render import PastRender
from bot.services.drafting.proposal import Picture, Proposal, WrittenElsewhere
from bot.services.drafting.rendering import Drafting
from bot.services.ports import Draft
from bot.services.show import Show
from bot.services.site_port import FileChange

if TYPE_CHECKING:
    from bot.services.drafting.other_repositories import OtherRepositories


class FurtherChanges:
    """Loads what writes further files with the first that is written."""

    def __init__(
        self,
        *,
        show: Show,
        drafting: Drafting,
        former: PastRender,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._show = show
        self._drafting = drafting
        self._former = former
        self._sleep = sleep

    @cached_property
    def _others(self) -> "OtherRepositories":
        from bot.services.drafting.other_repositories import OtherRepositories

        show, drafting, former = self._show, self._drafting, self._former
        return OtherRepositories(show=show, drafting=drafting, former=former, sleep=self._sleep)

    async def changes(
        self, proposal: Proposal, last: Draft | None, *, recreate: bool, turn: bool | None
    ) -> tuple[FileChange, ...]:
        """Return the further files of a draft's commit, as `FurtherFiles.changes` does.

        What goes into other repositories is owed to them from now on.
        """
        repositories = {one.repository for one in proposal.rendered.files}
        if repositories - {""}:
            await self._others.owe(proposal, last, recreate=recreate, turn=turn)
        if "" not in repositories:
            return ()
        before = await self._former.given(last) if last is not None else None
        from bot.services.drafting.further_files import FurtherFiles

        files = FurtherFiles(show=self._show, drafting=self._drafting)
        return await files.changes(proposal, last, before=before, recreate=recreate, publishes=turn)

    async def picture(self, proposal: Proposal, picture: Picture | None) -> tuple[FileChange, ...]:
        """Return the file of a page's picture; one of somebody else's is never written over."""
        if picture is None:
            return ()
        there = await self._show.site.look(picture.path, number=proposal.number)
        if there.data == picture.data:
            return ()
        if there.data is not None and there.blob != picture.ours:
            file, line = picture.template.file, picture.template.line
            raise FileChanged("publish.picture-taken", path=picture.path, file=file, line=line)
        return (FileChange(picture.path, "", there.blob, data=picture.data),)

    async def write_owed(self, episode: str, *, turn: bool | None) -> tuple[WrittenElsewhere, ...]:
        """Write what other repositories are owed, as `OtherRepositories.write_owed` does."""
        if episode not in await episodes_owed(self._show.store):
            return ()
        return await self._others.write_owed(episode, turn=turn)

    async def start(self) -> None:
        """Write in other repositories, after a while, what an earlier run left owed."""
        if await episodes_owed(self._show.store):
            self._others.start()

    async def aclose(self) -> None:
        """Stop that; what is owed is for the next start."""
        if "_others" in self.__dict__:
            await self._others.aclose()
