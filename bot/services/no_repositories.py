"""For a site that no other repository is bound to."""

from bot.errors import SiteError
from bot.services.site_port import Site


class NoRepositories:
    """Refuses each: what a profile names is bound by who runs the bot, or not at all."""

    async def site(self, name: str) -> Site:
        """Refuse it."""
        raise SiteError("elsewhere.not-bound")
