"""`rundown outline`, `rundown history` and `rundown draft`: one command of a host, for scripts."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import config
from bot.cli.local_desk import local_desk, login, site_meant
from bot.cli.settings import read_settings
from bot.core.episode import find
from bot.core.model import Item, Topic, links_within
from bot.local.room import CHANNEL, person_named
from bot.services.desk.desk import Desk
from bot.services.drafting.rendering import EpisodeView
from bot.services.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class OnceOptions:
    """What the command was called with; None where an option was not given."""

    command: str
    site: str | None
    db: Path | None
    offline: bool = True
    allow_private: bool = False
    name: str | None = None
    as_json: bool = False


def once(options: OnceOptions, *, language: str, environment: Mapping[str, str]) -> int:
    """Hand one command to the desk of the local chat's site, and print its answer."""
    settings = read_settings(environment)
    return asyncio.run(_once(options, settings, language, environment))


async def _once(
    options: OnceOptions,
    settings: config.Settings,
    language: str,
    environment: Mapping[str, str],
) -> int:
    async with local_desk(
        site_meant(options.site, settings),
        settings=settings,
        environment=environment,
        db=options.db,
        offline=options.offline,
        allow_private=options.allow_private,
    ) as (desk, room):
        print(await _answer(options, desk, room.now(), language))
    return 0


async def _answer(options: OnceOptions, desk: Desk, at: int, language: str) -> str:
    person = person_named(options.name or login())
    request = Request(f"C{at}", person, CHANNEL, at, language)
    match options.command:
        case "draft":
            return (await desk.drafts.draft(request)).text
        case "history":
            return (await desk.views.history(request)).text
    if options.as_json:
        view = await desk.views.view(CHANNEL)
        return json.dumps(as_data(view), ensure_ascii=False, default=str, indent=2)
    return (await desk.views.outline(request)).text


def as_data(view: EpisodeView) -> dict[str, Any]:
    """Return an episode as plain data: its fields, and its topics with their items."""
    return {
        "fields": dict(view.episode.fields),
        "topics": [
            _topic(number, topic, view) for number, topic in find.numbered_topics(view.episode)
        ],
    }


def _topic(number: str, topic: Topic, view: EpisodeView) -> dict[str, Any]:
    return {
        "number": number,
        "name": topic.name,
        "items": [
            _item(f"{number}.{count}", item, view) for count, item in enumerate(topic.items, 1)
        ],
    }


def _item(number: str, item: Item, view: EpisodeView) -> dict[str, Any]:
    links = [
        {
            "url": link.url,
            "title": link.title or view.titles.get(link.url),
            "why": None if link.title else view.reasons.get(link.url),
        }
        for link in links_within(item.content)
    ]
    return {"number": number, "text": find.label_of(item.content, view.titles), "links": links}
