"""What an episode's first draft may not be taken for: a page, or the draft of another episode."""

from bot.core.model import Episode
from bot.errors import FileChanged
from bot.services.drafting.draft_file import MOST_FILES, is_draft
from bot.services.drafting.proposal import known_as
from bot.services.ports import Draft
from bot.services.show import Show

_LETTERS = "bcdefghijklmnopqrstuvwxyz"


async def number_of(show: Show, last: Draft | None, episode: Episode) -> str:
    """Return the number by which the site knows an episode's draft: no other is known by it.

    An episode that had the number before keeps its draft, and what that is reviewed in; a letter
    tells a later one apart.
    """
    number = known_as(last, episode)
    if last is not None or not number:
        return number
    used = {draft.number for draft in await _others(show, episode.id)}
    names = (number, *(f"{number}{letter}" for letter in _LETTERS))
    return next((name for name in names if name not in used), f"{number}-{episode.id}")


async def check_path_free(show: Show, episode: Episode, path: str, known: str) -> None:
    """Refuse a file that is another episode's draft still: it would become one of both."""
    for draft in await _others(show, episode.id):
        if draft.path != path:
            continue
        seen = await show.site.look(path, number=known, until=draft.blob)
        if seen.known and all(edit.blob for edit in seen.edits):  # else it was taken away meanwhile
            other = (await show.numbers()).get(draft.episode) or draft.number
            raise FileChanged("desk.file-of-another", path=path, other=other)


async def check_number(show: Show, episode: Episode, known: str) -> None:
    """Refuse to make a second file of a number that a page of the site has."""
    number = str(episode.fields.get("number", ""))
    for path in (await show.files_numbered(number))[:MOST_FILES] if number else ():
        seen = await show.site.look(path, number=known)
        if seen.data is not None and not is_draft(show.profile, path, seen.data):
            raise FileChanged("desk.number-in-site", number=number, path=path)


async def _others(show: Show, episode: str) -> list[Draft]:
    """Return the last drafts of a show's other episodes."""
    ids = [record.id for record in await show.episodes.all() if record.id != episode]
    found = [await show.store.drafts(one) for one in ids]
    return [drafts[-1] for drafts in found if drafts]
