"""Talks to GitHub: the only module that does. What to say is in graphql.py.

Reads are tried again by themselves where the trouble may pass. A write is sent once; what came of
it where the answer was lost, only its caller can find out.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar
from urllib.request import getproxies, proxy_bypass

import aiohttp
from yarl import URL

from bot import __version__
from bot.adapters.github import faults
from bot.adapters.github.faults import GitHubFault, Kind
from bot.adapters.github.graphql import Data
from bot.adapters.github.rate_limit import RateLimiter, Time
from bot.config import Secret
from bot.errors import SiteError, network_cause
from bot.texts import Text

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_Send = Callable[["Call"], Awaitable[_T | GitHubFault]]

REST, GRAPHQL = "https://api.github.com", "https://api.github.com/graphql"
USER_AGENT = f"Rundown/{__version__} (podcast show notes)"
MOST_ANSWER = 32 * 2**20
"""The largest answer that is read, in bytes: more than the tree of 100,000 files takes (7 MB)."""

JSON, RAW = "application/vnd.github+json", "application/vnd.github.raw+json"
PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds between the tries of a read."""

PATIENCE = 120.0
"""The longest that a read waits because GitHub asks to; a host is waiting for the answer."""


@dataclass(frozen=True, slots=True)
class Response:
    """What GitHub answered: headers with names in lower case, and the body as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> object:
        """Return the body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Call:
    """What to ask: `body` is sent as JSON, `most` bytes of the answer are read."""

    method: str
    url: str
    accept: str = JSON
    body: object = None
    most: int = MOST_ANSWER


class Tokens(Protocol):
    """What tells GitHub who we are."""

    async def token(self) -> Secret:
        """Return the token to use now."""

    def refused(self, token: Secret) -> bool:
        """Note that GitHub refused a token; return whether asking for another may help."""


class Wire:
    """Sends one request and gives the answer or the fault; tries nothing twice.

    It takes the environment's proxies: the only addresses that are asked are those of the
    operator's own settings, and behind a company's proxy there is no other way.
    """

    def __init__(
        self, session: aiohttp.ClientSession, time: Time, *, repository: str, seconds: float
    ) -> None:
        self._session = session
        self._time = time
        self._repository = repository
        self._timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=min(seconds, 10.0))
        self._seconds = seconds

    async def send(self, request: Call, token: Secret) -> Response | GitHubFault:
        """Send a request with this token; redirects (a renamed repository) are followed."""
        headers = {
            "Accept": request.accept,
            "Authorization": f"Bearer {token.reveal()}",
            "User-Agent": USER_AGENT,
            "X-GitHub-Api-Version": "2022-11-28",
        }
        try:
            async with self._session.request(
                request.method,
                request.url,
                json=request.body,
                headers=headers,
                timeout=self._timeout,
                # (aiohttp takes the token away where a redirect leaves the host.)
                max_redirects=3,
                proxy=_proxy(URL(request.url)),
            ) as response:
                return await self._answer(response, request)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            return self._trouble(error, request)

    async def _answer(
        self, response: aiohttp.ClientResponse, request: Call
    ) -> Response | GitHubFault:
        body = bytearray()
        async for chunk in response.content.iter_chunked(2**16):
            body += chunk
            if len(body) > request.most:
                values = {"repository": self._repository, "limit": request.most // 1024}
                return GitHubFault(Kind.FINAL, "github.too-much", values)
        headers = {name.lower(): value for name, value in response.headers.items()}
        answer = Response(response.status, headers, bytes(body))
        fault = faults.of_status(
            response.status,
            headers,
            answer.json() if response.status >= 300 else None,
            repository=self._repository,
            now=self._time.now(),
        )
        return fault or answer

    def _trouble(self, error: Exception, request: Call) -> GitHubFault:
        """Say what the network refused; its own words name no more than a host."""
        host = URL(request.url).host or ""
        if isinstance(error, TimeoutError):
            return GitHubFault(
                Kind.PASSING, "github.slow", {"host": host, "seconds": self._seconds}
            )
        if isinstance(error, aiohttp.ClientSSLError):  # while connecting: nothing was sent
            return GitHubFault(Kind.FINAL, "github.tls", {"host": host, "why": _cause(error)})
        if isinstance(error, aiohttp.InvalidURL | aiohttp.TooManyRedirects):
            return GitHubFault(Kind.FINAL, "github.bad-answer", {"host": host})
        return GitHubFault(Kind.PASSING, "github.unreachable", {"host": host, "why": _cause(error)})


def _proxy(url: URL) -> str | None:
    """Return the proxy that the environment names for an address.

    Not aiohttp's `trust_env`: that also reads ~/.netrc, and fails where it knows the host.
    """
    if url.host is None or proxy_bypass(url.host):
        return None
    found = getproxies().get(url.scheme)
    return found if found is None or "://" in found else f"http://{found}"


def _cause(error: Exception) -> Text | str:
    known = network_cause(error)
    return faults.shown(known) if isinstance(known, str) else known


class GitHub:
    """One repository on GitHub, to be asked and changed; every fault is a SiteError at the end."""

    def __init__(
        self,
        wire: Wire,
        tokens: Tokens,
        limiter: RateLimiter,
        time: Time,
        *,
        owner: str,
        name: str,
        rest: str | None = None,
        graphql: str | None = None,
    ) -> None:
        self._wire = wire
        self._tokens = tokens
        self._rest = rest or REST
        self._graphql = graphql or GRAPHQL
        self.limiter = limiter
        self.time = time
        self.owner = owner
        self.name = name
        self.page = ""

    @property
    def full_name(self) -> str:
        """The repository as `owner/name`."""
        return f"{self.owner}/{self.name}"

    async def ask(self, document: str, variables: Data) -> Data:
        """Ask by GraphQL of the repository; return its `data`."""
        given = {"owner": self.owner, "name": self.name, **variables}
        request = Call("POST", self._graphql, body={"query": document, "variables": given})
        answer = await self._patiently(request, self._graph)
        if answer.get("repository") is None:
            raise SiteError("github.not-found", repository=self.full_name, why="")
        return answer

    async def get(self, path: str, *needed: str) -> Data:
        """Ask by REST below the repository; return the JSON, which has all that is `needed`."""
        answer = await self._patiently(self._below(path, JSON, MOST_ANSWER), self._once)
        found = answer.json()
        if not isinstance(found, dict) or not found.keys() >= set(needed):
            raise self.odd().error()
        return found

    async def get_raw(self, path: str, *, most: int) -> bytes:
        """Ask by REST below the repository; return the bytes."""
        return (await self._patiently(self._below(path, RAW, most), self._once)).body

    async def change(self, document: str, given: Data) -> Data | GitHubFault:
        """Make a change by GraphQL, for which `limiter.write()` was waited for.

        Where GitHub says that it is too much, waits and tries again, without end. Returns the data,
        or a fault that is STALE, FINAL, or PASSING: whether the change was made is then not known.
        """
        body = {"query": document, "variables": {"input": given}}
        request = Call("POST", self._graphql, body=body)
        while True:
            outcome = await self._graph(request)
            if not isinstance(outcome, GitHubFault) or outcome.kind is not Kind.RATE:
                return outcome
            self._hold(outcome)
            await self.limiter.write()

    def follow(self, full_name: str, page: str) -> None:
        """Take note of the name that the repository has now, and of its page."""
        self.owner, _, self.name = full_name.partition("/")
        self.page = page

    async def _patiently(self, request: Call, send: _Send[_T]) -> _T:
        """Send a read until it is answered: again where that may help, within bounds."""
        pauses = iter(PAUSES)
        waited = 0.0
        while True:
            held = self.limiter.held()
            if held and waited + held > PATIENCE:
                raise SiteError("github.rate", minutes=max(1, round(held / 60)))
            if held:
                waited += held
                await self.time.sleep(held)
            outcome = await send(request)
            if not isinstance(outcome, GitHubFault):
                return outcome
            if outcome.kind is Kind.RATE:
                self._hold(outcome)
            elif outcome.kind is not Kind.PASSING or (pause := next(pauses, None)) is None:
                raise outcome.error()
            else:
                _log.info("asking GitHub again", extra={"cause": outcome.name, "seconds": pause})
                await self.time.sleep(pause)

    async def _graph(self, request: Call) -> Data | GitHubFault:
        answer = await self._once(request)
        if isinstance(answer, GitHubFault):
            return answer
        found = answer.json()
        if not isinstance(found, dict):
            return self.odd()
        if errors := found.get("errors"):
            fault = faults.of_errors(
                errors, answer.headers, repository=self.full_name, now=self.time.now()
            )
            if fault is not None:
                return fault
        data = found.get("data")
        if not isinstance(data, dict):
            return self.odd()
        return data

    async def _once(self, request: Call) -> Response | GitHubFault:
        """Send a request, with a new token where GitHub does not take the one we had."""
        token = await self._tokens.token()
        outcome = await self._wire.send(request, token)
        refused = isinstance(outcome, GitHubFault) and outcome.kind is Kind.TOKEN
        if refused and self._tokens.refused(token):
            outcome = await self._wire.send(request, await self._tokens.token())
        return outcome

    def _hold(self, fault: GitHubFault) -> None:
        _log.warning("GitHub asks to wait", extra={"seconds": round(fault.wait)})
        self.limiter.hold(fault.wait)

    def _below(self, path: str, accept: str, most: int) -> Call:
        url = f"{self._rest}/repos/{self.owner}/{self.name}{path}"
        return Call("GET", url, accept=accept, most=most)

    def odd(self) -> GitHubFault:
        """Return the fault of an answer that is none of GitHub's."""
        host = URL(self._graphql).host or ""
        return GitHubFault(Kind.PASSING, "github.bad-answer", {"host": host})
