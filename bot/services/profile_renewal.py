"""The profile that a show goes by, read again where people changed it in the site."""

from collections.abc import Awaitable, Callable

from bot.core.profile.profile import Profile


class ProfileRenewal:
    """Holds the profile. `reload` reads the site's; None where one was given for good."""

    def __init__(
        self,
        profile: Profile,
        *,
        reload: Callable[[], Awaitable[Profile]] | None = None,
        is_stale: bool = False,
    ) -> None:
        self.profile = profile
        self._reload = reload
        # A profile that may be old by now is another than the first that is seen.
        self._seen: tuple[str | None, ...] = ("",) if is_stale else ()
        self._listeners: list[Callable[[Profile], None]] = []

    def on_renewal(self, listener: Callable[[Profile], None]) -> None:
        """Call somebody with each new profile."""
        self._listeners.append(listener)

    async def renew(self, rules: str | None) -> bool:
        """Read the profile again if it is another than when it was seen last.

        `rules` is the state of the site's profile (Seen.rules). Raises ProfileError where it has
        a mistake now; the former one counts until it is mended.
        """
        is_new = bool(self._seen) and self._seen != (rules,) and self._reload is not None
        if is_new:
            assert self._reload is not None  # noqa: S101 - seen above
            self.profile = await self._reload()
            for listener in self._listeners:
                listener(self.profile)
        self._seen = (rules,)
        return is_new
