"""What an episode may be called, and whether it may be open: a clear refusal before anything is so.

Two episodes that are open in one channel, or that have one number, would end in one file.
"""

from difflib import get_close_matches

from bot.core.episode.fields import FIELDS
from bot.core.episode.numbers import bare_number
from bot.errors import CommandError
from bot.services.drafting.draft_file import MOST_FILES, is_draft
from bot.services.episodes import EpisodeRecord
from bot.services.show import Show


class EpisodeChecks:
    """Refuses what would make one episode look like another."""

    def __init__(self, show: Show) -> None:
        self._show = show

    async def check_number(self, number: str, record: EpisodeRecord) -> None:
        """Refuse a number that another of our episodes has, or a page of the site.

        A draft of that number that people began is gone on with.
        """
        for episode, used in (await self._show.numbers()).items():
            if bare_number(used) == bare_number(number) and episode != record.id:
                raise CommandError("desk.number-taken", number=number)
        own = {draft.path for draft in await self._show.store.drafts(record.id)}
        for path in (await self._show.files_numbered(number))[:MOST_FILES]:
            if path in own:
                continue
            seen = await self._show.site.look(path, number=number)
            if seen.data is not None and not is_draft(self._show.profile, path, seen.data):
                raise CommandError("desk.number-in-site", number=number, path=path)

    async def check_may_open(self, record: EpisodeRecord) -> None:
        """Refuse to open an episode beside another that is open for the same channels."""
        other = self._show.episodes.open_of(record.channel)
        if other is not None and other.id != record.id:
            numbers = await self._show.numbers()
            raise CommandError(
                "desk.another-is-open",
                number=numbers.get(record.id, "?"),
                other=numbers.get(other.id, "?"),
            )

    def check_field(self, name: str) -> None:
        """Refuse a field that stands nowhere in the site's templates: nothing would show it."""
        known = self._show.profile.field_names
        root = name.partition(".")[0]
        if root in FIELDS or root in known:
            return
        near = get_close_matches(root, [*FIELDS, *sorted(known)], n=1)
        shown = ", ".join((*near, *(one for one in FIELDS if one not in near)))
        raise CommandError("desk.field-unknown", field=name[:60], fields=shown)
