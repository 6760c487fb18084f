"""`rundown check --site DIR`: all links of a site's pages, asked politely; it may be interrupted.

What was answered stands in a file, a line of JSON an address. Where that is not whole yet, the next
run goes on behind it; where it is, it says what titles the pages had.
"""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot import config
from bot.adapters.site_files import list_files, reader
from bot.adapters.web.lazy import LazyWeb
from bot.app.app import App, clock, shipped_profile
from bot.app.sites import Sites
from bot.cli.chapters import profile_in
from bot.cli.settings import read_settings
from bot.cli.titles import Progress
from bot.core.check.file import links_by_line
from bot.core.check.link import Answered, Rot, rot
from bot.core.episode.fields import one_line
from bot.core.front_matter.region import front_matter
from bot.core.profile.profile import Profile
from bot.errors import InputError
from bot.services.link_check import LinkCheck
from bot.services.lookup_reasons import reason_shown
from bot.services.tasks import BackgroundTasks
from bot.texts import say

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx")
AT_ONCE = 16
AHEAD = 200
"""Addresses that are asked for ahead of the one whose answer is written next."""

MOST_COPIES = 500
"""Addresses for which an archived copy is asked for."""

DONE = {"done": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOptions:
    """What `rundown check --site` was called with."""

    site: Path
    state: Path
    as_json: bool
    allow_private: bool


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """Where a link stands in a site."""

    file: str
    line: int
    url: str


class State:
    """The answers of a run, written as they come; `titles` are those of the run before."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._before = path.with_name(f"{path.name}.before")
        self.answers: dict[str, Answered] = {}
        self.titles: dict[str, str] = {}

    def open(self) -> None:
        """Read what an earlier run left: to go on with, or to compare with."""
        answers, is_done = _read(self._path)
        if is_done:
            self._path.replace(self._before)
            answers = {}
        self.answers = answers
        before, _ = _read(self._before)
        self.titles = {url: one.title for url, one in before.items() if one.title}
        self._path.touch(mode=0o600)
        if self._path.read_bytes()[-1:] not in (b"", b"\n"):  # it ended in the middle of a line
            with self._path.open("a", encoding="utf-8") as file:
                file.write("\n")

    def add(self, answered: Answered) -> None:
        """Keep an answer."""
        self.answers[answered.url] = answered
        self._write(asdict(answered))

    def close(self) -> None:
        """Note that all is asked."""
        self._write(DONE)

    def _write(self, values: Mapping[str, Any]) -> None:
        with self._path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(json.dumps(values) + "\n")


def _read(path: Path) -> tuple[dict[str, Answered], bool]:
    """Return the answers in a file, and whether they are all; a line that was cut counts not."""
    found: dict[str, Answered] = {}
    is_done = False
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}, False
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("check.state", path=path, cause=type(error).__name__) from error
    for line in lines:
        try:
            values = json.loads(line)
            if values == DONE:
                is_done = True
            else:
                answered = Answered(**values)
                found[answered.url] = answered
        except (ValueError, TypeError):
            continue
    if lines and not found and not is_done:
        raise InputError("check.state", path=path, cause="JSON")
    return found, is_done


def check_site(options: SiteOptions, *, language: str, environment: Mapping[str, str]) -> int:
    """Ask all links of a site; print what is wrong with them, and return whether anything is."""
    settings = read_settings(environment)
    places = asyncio.run(_places(options.site))
    state = State(options.state)
    state.open()
    try:
        asyncio.run(_ask(options, settings, places, state, language, environment))
    except KeyboardInterrupt:
        said = say("check.go-on", language, path=options.state)
        print(f"\r\x1b[K{said}" if sys.stderr.isatty() else said, file=sys.stderr)
        raise
    state.close()
    rows = [
        (place, one)
        for place in places
        if (answered := state.answers.get(place.url)) is not None
        for one in rot(answered, known_title=state.titles.get(place.url))
    ]
    for line in _lines(rows, language, as_json=options.as_json):
        print(line)
    counts = {"links": len({one.url for one in places}), "count": len(rows)}
    print(say("check.site-done", language, **counts), file=sys.stderr)
    return 1 if rows else 0


async def _places(folder: Path) -> list[LinkPlace]:
    """Return the links of all pages: Markdown with front matter."""
    read = reader(folder)
    found = []
    for path in sorted(await list_files(folder)):
        if not path.lower().endswith(MARKDOWN):
            continue
        text = read(path)
        if text is None or front_matter(text) is None:
            continue
        found += [LinkPlace(path, line, url) for line, url in links_by_line(text)]
    return found


async def _ask(
    options: SiteOptions,
    settings: config.Settings,
    places: Sequence[LinkPlace],
    state: State,
    language: str,
    environment: Mapping[str, str],
) -> None:
    """Ask for all addresses that have no answer yet."""
    urls = [url for url in dict.fromkeys(one.url for one in places) if url not in state.answers]
    profile = _profile(options.site)
    sites = Sites(settings=settings, environment=environment, clock=clock)
    web = LazyWeb(allow_private=options.allow_private, never_ask=settings.never_ask, is_polite=True)
    async with App(settings=settings, sites=sites, clock=clock, web=web) as app:
        lookups = app.lookups(profile)
        check = LinkCheck(
            ask=lookups.ask, profile=lambda: profile, clock=clock, archived=MOST_COPIES
        )
        shown = Progress(len(urls), language) if sys.stderr.isatty() else None
        try:
            async with aclosing(_answers(check, urls)) as answers:
                count = 0
                async for answered in answers:
                    state.add(answered)
                    count += 1
                    if shown is not None:
                        shown.show(count)
        finally:
            if shown is not None:
                shown.clear()
            await lookups.aclose()


async def _answers(check: LinkCheck, urls: Iterable[str]) -> AsyncGenerator[Answered, None]:
    """Yield the answers as they come, AT_ONCE under way."""
    places = asyncio.Semaphore(AT_ONCE)

    async def ask(url: str) -> Answered:
        async with places:
            return await check.answered(url)

    left = iter(urls)
    tasks = BackgroundTasks[Answered]("links of a site", awaited=True)
    running = set[asyncio.Task[Answered]]()
    try:
        while True:
            while len(running) < AHEAD and (url := next(left, None)) is not None:
                running.add(tasks.start(ask(url)))
            if not running:
                return
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                yield task.result()
    finally:
        await tasks.aclose()


def _profile(folder: Path) -> Profile:
    own = folder / ".rundown"
    return profile_in(own) if (own / "site.yml").is_file() else shipped_profile()


def _lines(rows: Sequence[tuple[LinkPlace, Rot]], language: str, *, as_json: bool) -> Iterable[str]:
    if as_json:
        for place, one in rows:
            values = {**asdict(place), "what": one.what, "message": _told(one, language)}
            values |= {"address": one.address} if one.address else {}
            yield json.dumps(values, ensure_ascii=False)
        return
    wheres = [f"{place.file}:{place.line}" for place, _ in rows]
    width = max((min(len(one), 60) for one in wheres), default=0)
    for where, (place, one) in zip(wheres, rows, strict=True):
        yield f"{one_line(where).ljust(width)}  {one_line(place.url)}  {_told(one, language)}"


def _told(one: Rot, language: str) -> str:
    detail: str = one.detail
    if one.what in ("no-answer", "embed"):
        detail = reason_shown(detail, language) if detail else ""
    name = f"check.rot-{one.what}" + ("-new" if one.address else "")
    return one_line(say(name, language, detail=detail[:120], address=one.address or ""))
