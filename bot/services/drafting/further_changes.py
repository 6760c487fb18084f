"""What goes into the commit of a draft beside its file, for the few sites that have such files."""

from bot.services.drafting.proposal import Proposal
from bot.services.drafting.rendering import Drafting
from bot.services.ports import Draft
from bot.services.show import Show
from bot.services.site_port import FileChange


async def further_changes(
    show: Show,
    drafting: Drafting,
    proposal: Proposal,
    last: Draft | None,
    recreate: bool,
    turn: bool | None,
) -> tuple[FileChange, ...]:
    """Return the further files of a draft's commit, as `FurtherFiles.changes` does."""
    if not show.profile.files:
        return ()
    # Loaded here because most sites have none.
    from bot.services.drafting.further_files import FurtherFiles

    files = FurtherFiles(show=show, drafting=drafting)
    return await files.changes(proposal, last, recreate=recreate, publishes=turn)
