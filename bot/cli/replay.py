"""The main job on a chat export: read it, set the episode's fields, print or commit the draft."""

import asyncio
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import config
from bot.adapters.absent import NoRoom, NoSite
from bot.adapters.export.read import ALL, Selection, read_export
from bot.adapters.lookup_file import read_lookups, write_lookups
from bot.adapters.profile_files import read_profile
from bot.adapters.web.lazy import LazyWeb
from bot.app.app import App, clock, shipped_profile
from bot.app.sites import Sites, load_profile
from bot.cli.settings import read_settings
from bot.core.document.pieces import lines_of, links_in
from bot.core.episode.fields import from_mapping
from bot.core.model import links_within
from bot.core.profile import yaml_nodes
from bot.core.profile.profile import Profile
from bot.errors import CommandError, InputError, os_cause
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Store
from bot.services.profile_renewal import ProfileRenewal
from bot.services.request import Request
from bot.services.site_port import Site
from bot.texts import say

NOWHERE = ""
"""The channel of what the command line itself does."""

MOST_NAMED = 10
"""Links without a title that are named one by one."""

UNTITLED = 1
"""The exit code where look-ups failed; the links are named on standard error."""

LONGEST_WAIT = 600.0
"""Seconds for all look-ups of an episode."""

MOST_COMPARED = 5
"""Files of the site, the newest, that are compared with what would be committed."""

LARGEST = 4 * yaml_nodes.LONGEST_FILE
"""Bytes that an episode file may have."""


class Replay:
    """One run of `rundown replay`; results go to standard output, all else to standard error."""

    def __init__(
        self,
        *,
        desk: Desk,
        store: Store,
        profile: Profile,
        language: str,
        clock: Callable[[], int],
    ) -> None:
        self._desk = desk
        self._store = store
        self._profile = profile
        self._language = language
        self._clock = clock

    async def know(self, path: Path) -> None:
        """Keep the look-ups of a file."""
        await self._desk.know(read_lookups(path))

    async def read(
        self, export: Path, *, kept: bool, progress: bool, select: Selection = ALL
    ) -> None:
        """Read the export's messages; with `progress`, say how far it is.

        Where they are `kept`, the whole export is looked through first: a broken one must change
        nothing.
        """
        show = self._show_progress if progress else None
        if kept:
            for _ in read_export(export, zone=self._profile.zone, select=select):
                pass
        snapshots = read_export(export, zone=self._profile.zone, progress=show, select=select)
        await self._desk.capture.read(snapshots, at=self._clock())
        if progress:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _show_progress(self, done: int, whole: int) -> None:
        percent = 100 * done // max(whole, 1)
        line = say("cli.reading", self._language, percent=percent)
        print(f"\r{line}", end="", file=sys.stderr, flush=True)

    async def set_fields(self, path: Path) -> None:
        """Set the fields that an episode file holds."""
        try:
            fields = from_mapping(_mapping(path))
        except CommandError as error:
            cause = error.say(self._language)
            raise InputError("cli.episode-unread", path=path, cause=cause) from error
        await self._desk.edits.episode_fill(self._request("fill"), fields=fields)

    async def look_up(self) -> None:
        """Look up what the export and the look-up file did not give."""
        await self._desk.look_up(NOWHERE, seconds=LONGEST_WAIT)

    async def check_is_new(self, site: Site) -> None:
        """Refuse to make a second file of what a draft of the site holds already.

        Where nothing is kept, or in another database, a second run knows nothing of the first.
        """
        episode = await self._desk.views.episode(NOWHERE)
        if await self._store.drafts(episode.id):
            return
        given = {link.canonical for item in episode.items() for link in links_within(item.content)}
        source = self._profile.number_from
        paths = await site.paths()
        numbered = [path for path in paths if source and source.match.search(path)]
        newest = sorted(numbered, key=_by_number)[-MOST_COMPARED:]
        for path, text in zip(newest, await site.texts(newest), strict=True):
            held = {link.canonical for line in lines_of(text) for link in links_in(line)}
            both = len(given & held)
            if given and both == len(given):
                raise InputError("cli.replay-again", path=path)
            if 2 * both >= min(len(given), len(held)) > 0:  # of an earlier, shorter export
                raise InputError("cli.replay-partly", path=path, count=both, of=len(given))

    async def finish(self, *, commit: bool) -> None:
        """Commit the draft, or print it."""
        request = self._request("draft")
        if commit:
            print((await self._desk.drafts.draft(request)).text)
            return
        rendered = await self._desk.views.rendered(NOWHERE)
        if not rendered.episode.items() and not rendered.episode.topics:
            print(say("cli.replay-nothing", self._language), file=sys.stderr)
        untitled = rendered.body.untitled
        for link in untitled[:MOST_NAMED]:
            print(say("cli.untitled", self._language, url=link.url), file=sys.stderr)
        if len(untitled) > MOST_NAMED:
            more = len(untitled) - MOST_NAMED
            print(say("cli.untitled-more", self._language, count=more), file=sys.stderr)
        # The file's own bytes, whatever the locale.
        sys.stdout.buffer.write(rendered.text.encode("utf-8", "replace"))
        sys.stdout.flush()

    async def has_failed(self) -> bool:
        """Return whether a title that was looked up was not found."""
        reasons = (await self._desk.views.view(NOWHERE)).reasons
        return any(reason != "not-asked" for reason in reasons.values())

    async def record(self, path: Path) -> None:
        """Write the look-ups of the episode's links to a file."""
        episode = await self._desk.views.episode(NOWHERE)
        links = [link for item in episode.items() for link in links_within(item.content)]
        found = await self._store.lookups(link.canonical for link in links)
        write_lookups(path, found.values())

    def _request(self, what: str) -> Request:
        at = self._clock()
        return Request(f"replay:{what}:{at}", Person("", ""), NOWHERE, at, self._language)


def _by_number(path: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d{1,9}", path)]


def _mapping(path: Path) -> dict[str, object]:
    """Read a YAML file that holds one mapping, as plain data."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError("cli.episode-unread", path=path, cause=os_cause(error)) from error
    if len(data) > LARGEST:
        raise InputError("cli.episode-unread", path=path, cause=f"> {LARGEST} bytes")
    try:
        value = yaml_nodes.read(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise InputError("cli.episode-unread", path=path, cause="UTF-8?") from error
    return {name: entry.plain() for name, entry in value.mapping().items()} if value else {}


def moment(text: str | None, zone: tzinfo) -> int | None:
    """Read a date or a time as typed, in the profile's zone, in microseconds since 1970."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError("cli.no-moment", typed=text[:40]) from None
    return int((at if at.tzinfo else at.replace(tzinfo=zone)).timestamp()) * 1_000_000


# --- the command


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayOptions:
    """What `rundown replay` was called with; None where an option was not given."""

    export: Path
    profile: Path | None
    episode: Path | None
    lookups: Path | None
    record: Path | None
    offline: bool
    allow_private: bool
    db: Path | None
    commit: str | None
    site_moved: bool
    channel: str | None = None
    after: str | None = None
    before: str | None = None


def replay(options: ReplayOptions, *, language: str, environment: Mapping[str, str]) -> int:
    """Read a chat export; print the draft, or commit it."""
    settings = read_settings(environment)
    with TemporaryDirectory(prefix="rundown-") as scratch:
        return asyncio.run(_replay(options, settings, Path(scratch), language, environment))


async def _replay(
    options: ReplayOptions,
    settings: config.Settings,
    scratch: Path,
    language: str,
    environment: Mapping[str, str],
) -> int:
    sites = Sites(settings=settings, environment=environment, clock=clock)
    app = App(
        settings=settings,
        sites=sites,
        clock=clock,
        db=options.db or scratch / "rundown.db",
        web=None
        if options.offline
        else LazyWeb(allow_private=options.allow_private, never_ask=settings.never_ask),
        site_moved=options.site_moved,
    )
    profile = load_profile(read_profile(options.profile), "") if options.profile else None
    if options.commit is None:
        profile = profile or shipped_profile()
        return await _replayed(options, app, NoSite(profile.name), None, profile, language)
    where = config.site_named(options.commit)
    async with sites.open(where, profile=profile) as opened:
        return await _replayed(options, app, opened.site, opened.identity, opened.profile, language)


async def _replayed(
    options: ReplayOptions,
    app: App,
    site: Site,
    identity: str | None,
    profile: Profile,
    language: str,
) -> int:
    async with (
        app,
        app.desk(
            site=site, renewal=ProfileRenewal(profile), room=NoRoom(), identity=identity
        ) as desk,
    ):
        job = Replay(desk=desk, store=app.store, profile=profile, language=language, clock=clock)
        if options.lookups is not None:
            await job.know(options.lookups)
        select = Selection(
            options.channel,
            moment(options.after, profile.zone),
            moment(options.before, profile.zone),
        )
        is_kept, progress = options.db is not None, sys.stderr.isatty()
        await job.read(options.export, kept=is_kept, progress=progress, select=select)
        if options.episode is not None:
            await job.set_fields(options.episode)
        await job.look_up()
        has_number = options.episode is not None and "number" in _mapping(options.episode)
        if options.commit is not None and not has_number:
            await job.check_is_new(site)
        await job.finish(commit=options.commit is not None)
        if options.record is not None:
            await job.record(options.record)
        has_failed = not options.offline and await job.has_failed()
    return UNTITLED if has_failed else 0
