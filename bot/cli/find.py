"""`rundown find`: words looked for in all episodes of a site."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot import config
from bot.app.app import clock
from bot.app.site_indexes import index_path
from bot.app.sites import Sites
from bot.cli.local_desk import site_meant
from bot.cli.settings import read_settings
from bot.errors import InputError, StoreError
from bot.services.site_index.lines import found_lines
from bot.services.site_index.memory import SiteMemory
from bot.services.site_index.upkeep import SiteUpkeep
from bot.services.site_index_port import FoundEntries, Hit
from bot.texts import say
from storage.site_index import SqliteSiteIndex

ALL = 1_000_000
"""More pages, and more places of each, than the index ever gives: for scripts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindOptions:
    """What `rundown find` was called with."""

    words: list[str]
    site: str | None
    db: Path | None
    as_json: bool


def find(options: FindOptions, *, language: str, environment: Mapping[str, str]) -> int:
    """Print where words are found in a site's episodes, the newest first; 1 where they are not."""
    if not any(word.strip() for word in options.words):
        raise InputError("find.no-words")
    settings = read_settings(environment)
    found = asyncio.run(_found(options, settings, environment))
    if options.as_json:
        print(json.dumps([_data(hit) for hit in found.hits], ensure_ascii=False, indent=2))
        if found.more:
            print(say("find.more", language), file=sys.stderr)
    elif found.hits:
        print("\n".join(found_lines(found, language)))
    else:
        words = " ".join(options.words)
        print(say("find.none", language, words=words), file=sys.stderr)
    return 0 if found.hits else 1


async def _found(
    options: FindOptions, settings: config.Settings, environment: Mapping[str, str]
) -> FoundEntries:
    sites = Sites(settings=settings, environment=environment, clock=clock)
    async with sites.open(site_meant(options.site, settings)) as opened:
        kept = settings.db if isinstance(settings.db, Path) else None  # an index is on this machine
        db = options.db or kept or await opened.private_folder() / "rundown.db"
        if os.path.isdir(db):  # noqa: ASYNC240, PTH112 - one look
            raise StoreError("store.cannot-open", file=db)
        index = SqliteSiteIndex(index_path(db, opened.identity))
        try:
            upkeep = SiteUpkeep(site=opened.site, index=index, profile=lambda: opened.profile)
            await upkeep.bring_up_to_date()
            words, memory = " ".join(options.words), SiteMemory(index)
            if options.as_json:
                return await memory.find(words, pages=ALL, entries=ALL)
            return await memory.find(words)
        finally:
            await index.aclose()


def _data(hit: Hit) -> dict[str, Any]:
    page, entry = hit.page, hit.entry
    return {
        "number": page.number,
        "title": page.full_title,
        "date": page.date,
        "draft": page.is_draft,
        "path": page.path,
        "address": page.address,
        **asdict(entry),
    }
