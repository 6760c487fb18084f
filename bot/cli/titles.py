"""`rundown titles`: what look-ups give, a line for each address, in the order asked."""

import asyncio
import json
import sys
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from bot import config
from bot.adapters.lookup_file import write_lookups
from bot.adapters.web.lazy import LazyWeb
from bot.app.app import App, clock, shipped_profile
from bot.app.sites import Sites
from bot.cli.settings import read_settings
from bot.core.episode.fields import one_line
from bot.core.model import Link, Lookup
from bot.core.urls import canonical
from bot.services.lookup_reasons import reason_shown
from bot.services.lookups import Lookups
from bot.services.tasks import BackgroundTasks
from bot.texts import say

UNTITLED = 1
"""The exit code where some have no title; the reasons stand on their lines."""

AHEAD = 200
"""Addresses that are read ahead of the one whose line is printed next."""


class Titles:
    """One run of the command; a line is printed as soon as those before it are."""

    def __init__(self, *, lookups: Lookups, at_once: int, language: str, as_json: bool) -> None:
        self._lookups = lookups
        self._places = asyncio.Semaphore(at_once)
        self._language = language
        self._as_json = as_json

    async def run(self, urls: Iterable[str], *, record: Path | None, progress: bool) -> int:
        """Look all of them up; write what was found to `record`, if there is one.

        Return how many have no title.
        """
        found = []
        urls = list(urls) if progress else urls  # so that their number is known
        shown = Progress(len(urls) if isinstance(urls, list) else 0, self._language)
        async with aclosing(self._in_order(urls)) as lookups:
            async for lookup in lookups:
                if progress:
                    shown.clear()
                print(self._line(lookup), flush=True)
                found.append(lookup)
                if progress:
                    shown.show(len(found))
        if progress:
            shown.clear()
        if record is not None:
            write_lookups(record, found)
        return sum(1 for lookup in found if lookup.title is None)

    async def _in_order(self, urls: Iterable[str]) -> AsyncGenerator[Lookup, None]:
        tasks = BackgroundTasks[Lookup]("titles", awaited=True)
        waiting: deque[asyncio.Task[Lookup]] = deque()
        try:
            for url in urls:
                waiting.append(tasks.start(self._find(url)))
                if len(waiting) >= AHEAD:
                    yield await waiting.popleft()
            while waiting:
                yield await waiting.popleft()
        finally:  # where nobody wants the rest any more
            await tasks.aclose()

    async def _find(self, url: str) -> Lookup:
        async with self._places:
            return await self._lookups.find(Link(url, canonical(url)))

    def _line(self, lookup: Lookup) -> str:
        if self._as_json:
            values = {
                "url": lookup.url,
                "title": lookup.title,
                "source": lookup.source if lookup.title else None,
                "site_name": lookup.site_name,
                "embed_html": lookup.embed_html,
                "error": lookup.error,
            }
            kept = {name: value for name, value in values.items() if value is not None}
            return json.dumps(kept, ensure_ascii=False)
        if lookup.title is not None:
            return one_line(lookup.title)
        reason = reason_shown(lookup.error or "empty", self._language)
        return say("cli.no-title", self._language, url=one_line(lookup.url), reason=reason)


class Progress:
    """A line on standard error that says how far it is, and gives way to what is printed."""

    def __init__(self, total: int, language: str) -> None:
        self._total = total
        self._language = language

    def show(self, count: int) -> None:
        """Say how many of all are done."""
        values = {"count": count, "total": self._total, "left": self._total - count}
        line = say("cli.looked-up", self._language, **values)
        print(f"\r{line}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


# --- the command


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlesOptions:
    """What `rundown titles` was called with."""

    urls: Iterable[str]
    as_json: bool
    record: Path | None
    allow_private: bool
    at_once: int


def titles(options: TitlesOptions, *, language: str, environment: Mapping[str, str]) -> int:
    """Look addresses up; print a line for each, in the order asked."""
    settings = read_settings(environment)
    return asyncio.run(_titles(options, settings, language, environment))


async def _titles(
    options: TitlesOptions,
    settings: config.Settings,
    language: str,
    environment: Mapping[str, str],
) -> int:
    sites = Sites(settings=settings, environment=environment, clock=clock)
    web = LazyWeb(allow_private=options.allow_private, never_ask=settings.never_ask)
    async with App(settings=settings, sites=sites, clock=clock, web=web) as app:
        lookups = app.lookups(shipped_profile())
        job = Titles(
            lookups=lookups,
            at_once=options.at_once,
            language=language,
            as_json=options.as_json,
        )
        try:
            progress = sys.stderr.isatty()
            untitled = await job.run(options.urls, record=options.record, progress=progress)
        finally:
            await lookups.aclose()
    return UNTITLED if untitled else 0
