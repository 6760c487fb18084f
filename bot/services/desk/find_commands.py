"""`/find` and `/link earlier`: what was said before."""

from bot.core.episode import find
from bot.core.model import links_within
from bot.services.desk.named_thing import named_thing
from bot.services.drafting.rendering import Drafting
from bot.services.request import Answer, Request
from bot.services.show import Show
from bot.services.site_index.keeper import IndexKeeper
from bot.texts import say

LONGEST_READ = 2.0
"""Seconds that `/find` waits for what a draft just changed; it shows what is known then."""


class Finding:
    """Looks through all episodes of the site."""

    def __init__(self, *, show: Show, drafting: Drafting, keeper: IndexKeeper | None) -> None:
        self._keeper = keeper
        self._show = show
        self._drafting = drafting

    async def find(self, request: Request, *, words: str = "") -> Answer:
        """Show where words stand, the newest episodes first."""
        if not words.strip():
            return Answer(say("find.no-words", request.language), search=True)
        # Loaded where it is used: a chat hardly ever looks back.
        from bot.services.site_index.lines import found_lines

        memory, language = self._show.memory, request.language
        if self._keeper is not None and memory.is_whole:
            await self._keeper.ensure_current(seconds=LONGEST_READ)
        found = await memory.find(words)
        name = find.shortened(words, 60)
        lines = found_lines(found, language) or [say("find.none", language, words=name)]
        return Answer("\n".join([*lines, *self._unread(language)]), search=True)

    def _unread(self, language: str) -> list[str]:
        """Return what is said as long as not all episodes were read."""
        return [] if self._show.memory.is_whole else [say("find.reading", language)]

    async def earlier(self, request: Request, *, link: str) -> Answer:
        """Show where earlier episodes had a link, and with which words."""
        from bot.services.site_index.lines import hit_lines

        record = await self._show.episodes.current(request.channel)
        view = await self._drafting.view(record.id)
        among = find.items(view.episode, view.titles)
        named = named_thing(link, among, missing="desk.no-such-link")
        item = next(one for one in view.episode.items() if one.id == named.id)
        urls = [one.url for one in links_within(item.content) if one.url in view.earlier]
        label = find.shortened(named.label, 60)
        if not urls:
            never = say("find.never", request.language, link=label)
            return Answer("\n".join([never, *self._unread(request.language)]))
        lines = [say("find.earlier", request.language, link=label)]
        for url in dict.fromkeys(urls):
            lines += hit_lines(view.earlier[url].hits, request.language)
        return Answer("\n".join(lines))
