"""The profiles of sites on GitHub as they were read last, for when GitHub does not answer."""

import json
from pathlib import Path

from bot.adapters.profile_files import ProfileFiles
from bot.services.ports import Store

_PROFILES = "profiles"


class KeptProfiles:
    """Keeps profiles in the store's state, by the identity of their site."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def keep(self, identity: str, files: ProfileFiles) -> None:
        """Keep a profile in place of the one before."""
        body = {
            "folder": str(files.folder),
            "settings": files.settings,
            "template": files.template,
            "further": dict(files.further),
        }
        await self._store.put_state(_PROFILES, identity, json.dumps(body))

    async def find(self, identity: str) -> ProfileFiles | None:
        """Return the profile that was kept; None for a site that was never opened."""
        body = (await self._store.state(_PROFILES)).get(identity)
        if body is None:
            return None
        kept = json.loads(body)
        return ProfileFiles(
            Path(kept["folder"]), kept["settings"], kept["template"], kept["further"]
        )
