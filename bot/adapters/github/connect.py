"""Opens the way to a repository on GitHub, by what the settings say."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from bot.adapters.github.auth import AppTokens, PersonalToken
from bot.adapters.github.client import REST, GitHub, Tokens, Wire
from bot.adapters.github.rate_limit import RateLimiter, Time
from bot.config import Repository, Settings
from bot.errors import SettingsError


@asynccontextmanager
async def open_github(
    repository: Repository,
    settings: Settings,
    time: Time,
    *,
    limiter: RateLimiter,
    seconds: float = 30.0,
) -> AsyncIterator[GitHub]:
    """Open a repository with the token, or as the app, that is set.

    `limiter` is the process's, `seconds` what a request may take. Raises SettingsError where
    neither token nor app is set.
    """
    name = f"{repository.owner}/{repository.name}"
    async with aiohttp.ClientSession() as session:
        wire = Wire(session, time, repository=name, seconds=seconds)
        yield GitHub(
            wire,
            _tokens(repository, settings, wire, time),
            limiter,
            time,
            owner=repository.owner,
            name=repository.name,
            rest=settings.github_api_url,
            graphql=settings.github_graphql_url,
        )


def _tokens(repository: Repository, settings: Settings, wire: Wire, time: Time) -> Tokens:
    if settings.github_token is not None:
        return PersonalToken(settings.github_token)
    app, key = settings.github_app_id, settings.github_app_private_key
    if app is None or key is None:
        name = f"{repository.owner}/{repository.name}"
        raise SettingsError("github.no-token", repository=name)
    return AppTokens(
        wire,
        time,
        app=app,
        key=key,
        owner=repository.owner,
        name=repository.name,
        rest=settings.github_api_url or REST,
    )
