"""A GitHub on 127.0.0.1 over real bare repositories, as strict as the real one.

    async with LocalGitHub(tmp_path) as github:
        github.url, github.graphql_url     # where to send a client that has github.token
        github.site.edit("index.md", "words", by="mika")
        github.trouble("Commit", status=502)

Every request and reply is held against GitHub's own descriptions (descriptions.py); what breaks
them fails the test when the server is left. It keeps GitHub's rates by the clock it is given.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote

from aiohttp import web

from tests.fakes import github_rest as rest
from tests.fakes.descriptions import GITHUB, need_descriptions, openapi
from tests.fakes.github_apps import Apps
from tests.fakes.github_graph import Graph
from tests.fakes.github_repository import Repository

A_MINUTE, AN_HOUR, REQUESTS = 80, 500, 5000
"""How many writes GitHub takes a minute and an hour, and how many requests an hour."""


@dataclass(frozen=True)
class Asked:
    """A request as it came: a GraphQL operation's name, or method and place of a REST one."""

    name: str
    write: bool
    at: float
    body: Any


@dataclass
class Trouble:
    """What befalls the next `times` requests whose name begins with `name`.

    `cut` and `hang` end the connection or never answer, "before" or "after" the request was
    carried out; `status`, `headers` and `body` answer in its place, and nothing is done, or it is
    with `after`.
    """

    name: str
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    cut: str | None = None
    hang: str | None = None
    after: bool = False
    times: int = 1
    met: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a request hangs."""


class LocalGitHub:
    """The server. `site` is a repository with a first commit; `repository` makes others."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], float] = lambda: 1_800_000_000.0,
        *,
        name: str = "hosts/site",
        login: str = "rundown-bot",
    ) -> None:
        need_descriptions(GITHUB)
        self._folder = folder
        self._clock = clock
        self._name = name
        self._graph = Graph(self._find, login)
        self._troubles: list[Trouble] = []
        self._writes: deque[float] = deque()
        self._requests: deque[float] = deque()
        self._hanging: set[asyncio.Event] = set()
        self.apps = Apps(clock)
        self.token = "github_pat_test"
        self.repositories: list[Repository] = []
        self.asked: list[Asked] = []
        self.violations: list[str] = []
        self.before: Callable[[Asked], None] = lambda asked: None
        """Called with each request before it is carried out: a person may be quicker."""
        self.tree_entries = rest.MOST_ENTRIES

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        listening = web.TCPSite(self._runner, "127.0.0.1", 0)
        await listening.start()
        self.port = self._runner.addresses[0][1]
        self.site = self.repository(self._name)
        self.site.edit("index.md", "home\n", by="founder", message="Begin the site")
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        for event in self._hanging:
            event.set()
        await self._runner.cleanup()
        for repository in self.repositories:
            repository.bare.close()
        if kind is None:
            assert self.violations == []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v3"

    @property
    def graphql_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/graphql"

    def repository(self, full_name: str) -> Repository:
        """Make a repository, empty."""
        folder = self._folder / "github" / f"{full_name}.git"
        page = f"http://127.0.0.1:{self.port}/{full_name}"
        made = Repository.make(folder, full_name, page, self._clock)
        self.repositories.append(made)
        return made

    def trouble(self, name: str = "", **what: Any) -> Trouble:
        """Let something befall the next request of this name."""
        made = Trouble(name, **what)
        self._troubles.append(made)
        return made

    def end_troubles(self) -> None:
        self._troubles.clear()

    def names(self) -> list[str]:
        return [asked.name for asked in self.asked]

    def writes_in(self, seconds: float) -> int:
        """Return the most writes that came within any so many seconds."""
        times = [asked.at for asked in self.asked if asked.write]
        return max((sum(t <= u < t + seconds for u in times) for t in times), default=0)

    # --- serving -------------------------------------------------------------------------------

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        body = json.loads(raw) if raw else None
        asked = self._noted(request, body)
        trouble = self._trouble_of(asked)
        if trouble and (reply := await self._befall(trouble, request, "before")) is not None:
            return reply
        if trouble and trouble.status is not None and not trouble.after:
            return self._reply(trouble.status, trouble.body, headers=trouble.headers)
        if (refused := self._refused(request, asked)) is not None:
            return refused
        self.before(asked)
        response = self._served(request, body)
        if trouble and (reply := await self._befall(trouble, request, "after")) is not None:
            return reply
        if trouble and trouble.status is not None:
            return self._reply(trouble.status, trouble.body, headers=trouble.headers)
        return response

    def _noted(self, request: web.Request, body: Any) -> Asked:
        if request.path == "/api/graphql":
            words = body["query"].split("(")[0].split()
            name, write = words[1], words[0] == "mutation"
        else:
            parts = request.path.split("/")
            place = "/".join(parts[6:] if "repos" in parts else parts[3:])
            name = f"{request.method} {place}"
            write = request.method != "GET" and "access_tokens" not in place
        asked = Asked(name, write, self._clock(), body)
        self.asked.append(asked)
        return asked

    def _trouble_of(self, asked: Asked) -> Trouble | None:
        for trouble in self._troubles:
            if trouble.times > 0 and asked.name.startswith(trouble.name):
                trouble.times -= 1
                return trouble
        return None

    async def _befall(
        self, trouble: Trouble, request: web.Request, when: str
    ) -> web.StreamResponse | None:
        if trouble.cut == when:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if trouble.hang == when:
            forever = asyncio.Event()
            self._hanging.add(forever)
            trouble.met.set()
            await forever.wait()
            return web.Response()
        return None

    def _refused(self, request: web.Request, asked: Asked) -> web.Response | None:
        """Refuse who is not let in, and what is too much."""
        if request.headers.get("User-Agent", "") == "":
            return self._reply(403, {"message": "Request forbidden by administrative rules."})
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not self._is_app(request) and not self._is_known(bearer):
            return self._reply(401, {"message": "Bad credentials"})
        now = asked.at
        self._requests.append(now)
        while self._requests[0] <= now - 3600:
            self._requests.popleft()
        if len(self._requests) > REQUESTS:
            words = {"message": "API rate limit exceeded for user ID 1."}
            return self._reply(403, words)
        if not asked.write:
            return None
        while self._writes and self._writes[0] <= now - 3600:
            self._writes.popleft()
        minute = sum(at > now - 60 for at in self._writes)
        if minute >= A_MINUTE or len(self._writes) >= AN_HOUR:
            words = {"message": "You have exceeded a secondary rate limit. Please wait a while."}
            return self._reply(403, words, headers={"Retry-After": "60"})
        self._writes.append(now)
        return None

    def _is_app(self, request: web.Request) -> bool:
        return request.path.endswith(("/installation", "/access_tokens"))

    def _is_known(self, bearer: str) -> bool:
        return bearer == self.token or self.apps.knows(bearer)

    def _find(self, full_name: str) -> Repository | None:
        for each in self.repositories:
            names = {each.full_name.lower(), *(name.lower() for name in each.former)}
            if full_name.lower() in names:
                return each
        return None

    def _served(self, request: web.Request, body: Any) -> web.StreamResponse:
        if request.path == "/api/graphql":
            outcome = self._graph.answer(body["query"], body.get("variables") or {})
            self.violations += outcome.violations
            return self._reply(200, outcome.body)
        path = request.rel_url.raw_path.removeprefix("/api/v3")
        self.violations += openapi().of_request(request.method, path, request.query, body)
        parts = [unquote(part) for part in path.split("/")[1:]]
        status, found, raw = self._rest(request, parts, body)
        if raw is not None and "raw" in request.headers.get("Accept", ""):
            return web.Response(body=raw, content_type="application/vnd.github.raw+json")
        if status == 301:
            return self._reply(status, found, headers={"Location": found["url"]})
        self.violations += openapi().of_reply(request.method, path, status, found)
        return self._reply(status, found)

    def _rest(
        self, request: web.Request, parts: list[str], body: Any
    ) -> tuple[int, Any, bytes | None]:
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        missing = (404, {"message": "Not Found", "documentation_url": "", "status": "404"}, None)
        if parts[0] == "app":
            return *self.apps.access_token(bearer, parts, body), None
        repository = self._find("/".join(parts[1:3]))
        if repository is None:
            return missing
        if "/".join(parts[1:3]).lower() != repository.full_name.lower():
            place = "/".join(["repos", repository.full_name, *parts[3:]])
            url = f"{self.url}/{place}{'?' if request.query_string else ''}{request.query_string}"
            return 301, {"message": "Moved Permanently", "url": url}, None
        root = f"{self.url}/repos/{repository.full_name}"
        raw = None
        match parts[3:]:
            case ["installation"]:
                return *self.apps.installation(bearer, repository), None
            case ["git", "trees", *_] if not repository.bare.branches():
                return 409, {"message": "Git Repository is empty.", "documentation_url": ""}, None
            case ["git", "trees", name]:
                deep = "recursive" in request.query
                found: Any = rest.tree(repository, name, root, deep=deep, most=self.tree_entries)
            case ["git", "blobs", sha]:
                both = rest.blob(repository, sha, root)
                found, raw = both if both else (None, None)
            case ["commits", name]:
                found = rest.commit(repository, name, root, request.query)
            case ["compare", pair]:
                found = rest.compare(repository, pair, root)
            case _:
                return missing
        return (200, found, raw) if found is not None else missing

    def _reply(
        self, status: int, body: Any, headers: Mapping[str, str] | None = None
    ) -> web.Response:
        left = max(0, REQUESTS - len(self._requests))
        given = {
            "x-ratelimit-limit": str(REQUESTS),
            "x-ratelimit-remaining": str(left),
            "x-ratelimit-reset": str(int(self._clock()) + 3600),
            "x-github-request-id": "TEST",
            **(headers or {}),
        }
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return web.Response(
            status=status, body=data, headers=given, content_type="application/json",
            charset="utf-8",
        )  # fmt: skip
