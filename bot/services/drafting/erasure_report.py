"""What hosts are told of a message that went off the record: what holds its words still."""

import asyncio
from collections import Counter
from collections.abc import Collection

from bot.core.document.pieces import lines_of
from bot.core.document.traces import bare_line
from bot.core.episode.find import label_of, shortened
from bot.core.model import links_within
from bot.errors import RundownError, SiteError
from bot.services.drafting.erasing import Erased
from bot.services.drafting.hidden_lines import KEYS, key_name
from bot.services.drafting.hidden_words import hidden_words
from bot.services.drafting.proposal import known_as
from bot.services.drafting.rendering import Drafting
from bot.services.ports import Draft
from bot.services.show import Show
from bot.services.site_port import Seen
from bot.texts import say

MOST_NAMED = 3
"""Items that hold a message's address, too, and are named."""

LONGEST_NAMED = 60

MOST_COMMITS = 30
"""Commits that are named; there are hardly ever more that hold the words of one message."""

LONGEST_WAIT = 20.0
"""Seconds that whoever marked a message waits for the site's history."""


class ErasureReport:
    """Asks a show's site what holds the words of an erased message, and says it."""

    def __init__(self, *, show: Show, drafting: Drafting) -> None:
        self._show = show
        self._drafting = drafting

    async def of(self, episode: str, erased: Erased, language: str) -> str:
        """Say what was erased, which commits hold it still, and what else holds its addresses."""
        hidden = [draft for draft in erased.drafts if draft.commit and draft.hidden]
        before = hidden if not erased.is_known else []  # what was told then is known no more
        in_files = erased.in_files or dict.fromkeys(draft.episode for draft in before)
        lines = await self._until_when(in_files, language)
        if erased.traces.lines or erased.traces.addresses:
            lines += await self._still_held(episode, erased, language)
        elif before:
            lines.append(say("erasure.held", language, commits=[str(before[-1].commit)[:10]]))
        reworded, stays = await self._left_in_files(erased, language)
        if reworded:
            lines.append(say("erasure.may-hold", language, lines=_named(reworded)))
        if stays:
            lines.append(say("erasure.stays", language, places=_named(stays)))
        if erased.notes:
            named = [shortened(" ".join(note.split()), LONGEST_NAMED) for note in erased.notes]
            lines.append(say("erasure.notes", language, notes=_named(named)))
        lines += await self._others_with(episode, erased.addresses, language)
        if erased.with_own:
            lines.append(say("erasure.own-words", language))
        return "\n".join(lines)

    async def _until_when(self, in_files: Collection[str], language: str) -> list[str]:
        """Say what takes a message out of the files of these episodes: no draft of closed ones."""
        records = await self._show.episodes.all()
        closed = [one.id for one in records if one.id in in_files and one.closed is not None]
        if not closed:
            return [say("erasure.in-file" if in_files else "erasure.done", language)]
        numbers = await self._show.numbers()
        name = "erasure.in-file" if len(closed) < len({*in_files}) else "erasure.erased"
        told = [say("erasure.closed", language, number=numbers.get(one, "?")) for one in closed]
        return [say(name, language), *told]

    async def _still_held(self, episode: str, erased: Erased, language: str) -> list[str]:
        """Name every commit that holds the words, asked of the site's history."""
        view = await self._drafting.view(episode)
        number = known_as(erased.drafts[-1] if erased.drafts else None, view.episode)
        now, elsewhere = await self._paths_now(episode)
        named, lines = list[str](), list[str]()

        def holds(data: bytes) -> bool:
            return erased.traces.in_text(data.decode("utf-8", "replace"))

        for name, paths in {"": [*erased.paths, *now], **elsewhere}.items():
            try:
                async with asyncio.timeout(LONGEST_WAIT):
                    site = await self._show.further.site(name) if name else self._show.site
                    found = await site.holding(paths, number=number, holds=holds)
            except TimeoutError:
                slow = say("erasure.slow", language)
                lines.append(say("erasure.not-asked", language, why=slow))
                continue
            except SiteError as error:
                lines.append(say("erasure.not-asked", language, why=error.say(language)))
                continue
            named += [f"{name} {commit}".strip() for commit in found.commits]
            lines += [] if found.whole else [say("erasure.not-all", language)]
        more = ["…"] if len(named) > MOST_COMMITS else []
        held = [*named[:MOST_COMMITS], *more]
        return [say("erasure.held", language, commits=held), *lines] if held else lines

    async def _left_in_files(self, erased: Erased, language: str) -> tuple[list[str], list[str]]:
        """Return the lines of the files that may be what people made of it, and where they say it.

        Both stay. What says it is a field, mostly, or another thing that is none of an item's: it
        is told by its place, since the answer may be read by others.
        """
        keys = await self._show.store.state(KEYS)
        may_hold, stays = list[str](), list[str]()
        for draft in erased.drafts:
            try:
                async with asyncio.timeout(LONGEST_WAIT):
                    path, seen = await self._file_of(draft)
            except (TimeoutError, SiteError):
                continue  # the next draft says it
            text = left = (seen.data or b"").decode("utf-8", "replace")
            if (key := keys.get(key_name(draft))) is not None:
                left, hidden = hidden_words(draft, text, key=key)
                may_hold += hidden.may_hold
            said = Counter(filter(erased.said.in_line, lines_of(left)))
            there = [bare_line(line) for line in lines_of(left) if line not in said]
            may_hold = [line for line in (*may_hold, *erased.may_hold) if line in there]
            stays += [
                say("erasure.place", language, line=at, path=path)
                for at, line in enumerate(lines_of(text), 1)
                if said[line] > 0 and not said.subtract([line])
            ]
        return [shortened(one, LONGEST_NAMED) for one in dict.fromkeys(may_hold)], stays

    async def _file_of(self, draft: Draft) -> tuple[str, Seen]:
        """Return a draft's file as it is now, and its path, where people moved it, too."""
        site, number = self._show.site, draft.number
        seen = await site.look(draft.path, number=number)
        moved = await site.moved(draft.path, blob=draft.blob, seen=seen) if not seen.data else None
        if moved is None:
            return draft.path, seen
        return moved, await site.look(moved, number=number)

    async def _paths_now(self, episode: str) -> tuple[list[str], dict[str, list[str]]]:
        """Return where the next draft would go, and its files in other repositories, by these.

        (People may have begun that file by hand.)
        """
        try:
            rendered = await self._drafting.rendered(episode)
        except RundownError:  # of a template that fails, there is no file
            return [], {}
        elsewhere: dict[str, list[str]] = {}
        for file in rendered.files:
            if file.repository and file.path:
                elsewhere.setdefault(file.repository, []).append(file.path)
        return [rendered.path], elsewhere

    async def _others_with(self, episode: str, addresses: set[str], language: str) -> list[str]:
        """Say what else holds a message's addresses."""
        now = await self._drafting.view(episode)
        others = [
            shortened(label_of(item.content, now.titles), LONGEST_NAMED)
            for item in now.episode.items()
            if addresses & {link.canonical for link in links_within(item.content)}
        ]
        if not others:
            return []
        return [say("erasure.others", language, others=_named(others))]


def _named(things: list[str]) -> list[str]:
    """Return the first of some things, and whether there are more."""
    return [*things[:MOST_NAMED], *(["…"] if len(things) > MOST_NAMED else [])]
