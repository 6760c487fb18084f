"""Keeps the index of a site's episodes as the site is: only what a commit changed is read."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence

from bot.core.profile.profile import Profile
from bot.core.site_index.addresses import SiteSettings, read_settings, settings_paths
from bot.core.site_index.model import SitePage
from bot.core.site_index.profile_rules import episode_paths, folder_of, reading, state_of
from bot.core.site_index.reader import PageRules, read_page
from bot.services.site_index_port import SiteIndex
from bot.services.site_port import Site

_log = logging.getLogger(__name__)

MOST_PAGES = 20_000
LARGEST_PAGE = 512 * 1024
BATCH = 50
"""Pages that are asked for, read and stored at a time."""


class SiteUpkeep:
    """Reads the pages of a site's episodes into an index."""

    def __init__(self, *, site: Site, index: SiteIndex, profile: Callable[[], Profile]) -> None:
        """Take the parts; `profile` gives the one that counts now."""
        self._site = site
        self._index = index
        self._profile = profile
        self._said: tuple[object, SiteSettings] | None = None

    @property
    def settings(self) -> SiteSettings:
        """What the site's settings said of its addresses, as they were read last."""
        return self._said[1] if self._said else SiteSettings()

    async def bring_up_to_date(self) -> bool:
        """Read what is new or other than it was read; return whether anything is.

        Raises SiteError where the site cannot be asked, TemplateError where an expression of its
        profile takes too long, StoreError where the index cannot be written.
        """
        profile, blobs = self._profile(), await self._site.blobs()
        settings = await self._settings(profile, blobs)
        before = self._index.version
        known = await self._index.known(state_of(profile, settings))
        paths = await asyncio.to_thread(_pages, profile, blobs)
        new = [path for path in paths if known.get(path) != blobs[path]]
        read = reading(profile, settings)
        for start in range(0, len(new), BATCH):
            batch = {path: blobs[path] for path in new[start : start + BATCH]}
            await self._index.put(await self._read(batch, read))
        await self._index.put([], known.keys() - set(paths))
        await self._index.end_round()
        if new:
            _log.info("the site's pages were read", extra={"pages": len(new)})
        return self._index.version != before

    async def _read(
        self, batch: Mapping[str, str], read: PageRules
    ) -> Sequence[tuple[str, SitePage]]:
        contents = await self._site.contents(list(batch.values()), most=LARGEST_PAGE)
        pages = zip(batch.items(), contents, strict=True)
        return await asyncio.to_thread(
            lambda: [(blob, _page(path, content, read)) for (path, blob), content in pages]
        )

    async def _settings(self, profile: Profile, blobs: Mapping[str, str]) -> SiteSettings:
        """Return what the site's settings say; they are read where they are others than before."""
        files = settings_paths(blobs, folder_of(profile))
        state = (profile.site_url, [(path, blobs[path]) for path in files])
        if self._said is None or self._said[0] != state:
            ids = [blobs[path] for path in files]
            contents = await self._site.contents(ids, most=LARGEST_PAGE) if ids else []
            texts = {path: _text(one) for path, one in zip(files, contents, strict=True)}
            self._said = state, read_settings(texts, profile.site_url)
        return self._said[1]


def _pages(profile: Profile, blobs: Mapping[str, str]) -> list[str]:
    """Return the paths of the episodes' pages, the last in their order first."""
    return sorted(episode_paths(profile, blobs), reverse=True)[:MOST_PAGES]


def _page(path: str, content: bytes | None, read: PageRules) -> SitePage:
    return read_page(path, _text(content), read)


def _text(content: bytes | None) -> str:
    """Return a file's text; an empty one of what is none."""
    try:
        return (content or b"").decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
