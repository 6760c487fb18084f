"""What tells GitHub who we are: a personal token, or an app's, which lives an hour."""

import asyncio
import logging
from datetime import datetime

import jwt

from bot.adapters.github.client import PAUSES, Call, Response, Wire
from bot.adapters.github.faults import GitHubFault, Kind
from bot.adapters.github.rate_limit import Time
from bot.config import Secret
from bot.errors import SettingsError, SiteError

_log = logging.getLogger(__name__)

EARLY = 5 * 60.0
"""How many seconds before its end a token is renewed."""


class PersonalToken:
    """A token that somebody made, until they make another."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    async def token(self) -> Secret:
        """Return the token."""
        return self._token

    def refused(self, token: Secret) -> bool:
        """Return that there is no other to ask for."""
        return False


class AppTokens:
    """The tokens of a GitHub App's installation on a repository, each asked for when it is due."""

    def __init__(
        self, wire: Wire, time: Time, *, app: str, key: Secret, owner: str, name: str, rest: str
    ) -> None:
        self._wire = wire
        self._time = time
        self._app = app
        self._key = key
        self._owner = owner
        self._name = name
        self._rest = rest
        self._token: Secret | None = None
        self._ends = 0.0
        self._lock = asyncio.Lock()

    async def token(self) -> Secret:
        """Return a token that lives long enough for a request."""
        async with self._lock:
            if self._token is None or self._time.now() > self._ends - EARLY:
                self._token, self._ends = await self._renewed()
            return self._token

    def refused(self, token: Secret) -> bool:
        """Forget a token that GitHub does not take any more; return that another may help."""
        if self._token == token:
            self._token = None
        return True

    async def _renewed(self) -> tuple[Secret, float]:
        place = f"{self._rest}/repos/{self._owner}/{self._name}/installation"
        installation = await self._asked(Call("GET", place))
        place = f"{self._rest}/app/installations/{installation['id']}/access_tokens"
        wanted = {"repositories": [self._name]}
        found = await self._asked(Call("POST", place, body=wanted))
        ends = datetime.fromisoformat(str(found["expires_at"])).timestamp()
        _log.info("renewed the app's token")
        return Secret(str(found["token"])), ends

    async def _asked(self, request: Call) -> dict[str, object]:
        pauses = iter(PAUSES)
        while True:
            outcome = await self._wire.send(request, self._proof())
            passing = isinstance(outcome, GitHubFault) and outcome.kind is Kind.PASSING
            if not passing or (pause := next(pauses, None)) is None:
                return self._read(outcome)
            await self._time.sleep(pause)

    def _read(self, outcome: Response | GitHubFault) -> dict[str, object]:
        repository = f"{self._owner}/{self._name}"
        if isinstance(outcome, GitHubFault):
            if outcome.name == "github.not-found":
                raise SiteError("github.not-installed", repository=repository)
            if outcome.name == "github.token-refused":
                raise SiteError("github.app-refused", why=outcome.values.get("why", ""))
            raise outcome.error()
        found = outcome.json()
        if not isinstance(found, dict) or not ("id" in found or "token" in found):
            raise SiteError("github.bad-answer", host=self._rest)
        return found

    def _proof(self) -> Secret:
        """Sign that we are the app, for the ten minutes that GitHub takes such a proof.

        https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
        """
        now = int(self._time.now())
        # A minute ago, as that page advises: GitHub's clock may be behind ours.
        claims = {"iat": now - 60, "exp": now + 9 * 60, "iss": self._app}
        try:
            return Secret(jwt.encode(claims, self._key.reveal(), algorithm="RS256"))
        except (jwt.PyJWTError, ValueError, TypeError):
            raise SettingsError("github.bad-key") from None
