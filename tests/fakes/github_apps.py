"""GitHub Apps on the local GitHub: who proves to be one gets a token that lives an hour."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.fakes.github_repository import Repository

INSTALLATION = 4711


@lru_cache
def key() -> rsa.RSAPrivateKey:
    """Make the app's key, once: it takes a moment."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem() -> str:
    form = serialization.PrivateFormat.TraditionalOpenSSL
    encoding = serialization.Encoding.PEM
    return key().private_bytes(encoding, form, serialization.NoEncryption()).decode()


@dataclass
class Apps:
    """The one app that there is: its id, and the tokens that were given out with their end."""

    clock: Callable[[], float]
    app: str = "12345"
    tokens: dict[str, float] = field(default_factory=dict)

    def knows(self, token: str) -> bool:
        return self.tokens.get(token, 0) > self.clock()

    def revoke(self) -> None:
        """Take back all tokens."""
        self.tokens.clear()

    def installation(self, bearer: str, repository: Repository) -> tuple[int, Any]:
        if (refused := self._refused(bearer)) is not None:
            return refused
        if not repository.installed:
            return 404, {"message": "Not Found", "documentation_url": "", "status": "404"}
        now = _time(self.clock())
        owner = repository.full_name.partition("/")[0]
        root = "https://api.github.com"
        return 200, {
            "id": INSTALLATION,
            "account": _account(owner),
            "repository_selection": "selected",
            "access_tokens_url": f"{root}/app/installations/{INSTALLATION}/access_tokens",
            "repositories_url": f"{root}/installation/repositories",
            "html_url": f"https://github.com/settings/installations/{INSTALLATION}",
            "app_id": int(self.app),
            "app_slug": "rundown",
            "target_id": 1,
            "target_type": "User",
            "permissions": {"contents": "write", "pull_requests": "write"},
            "events": [],
            "created_at": now,
            "updated_at": now,
            "single_file_name": None,
            "suspended_by": None,
            "suspended_at": None,
        }

    def access_token(self, bearer: str, parts: list[str], body: Any) -> tuple[int, Any]:
        if (refused := self._refused(bearer)) is not None:
            return refused
        if parts != ["app", "installations", str(INSTALLATION), "access_tokens"]:
            return 404, {"message": "Not Found", "documentation_url": "", "status": "404"}
        token = f"ghs_test{len(self.tokens)}"
        ends = self.clock() + 3600
        self.tokens[token] = ends
        return 201, {
            "token": token,
            "expires_at": _time(ends),
            "permissions": {"contents": "write", "pull_requests": "write"},
            "repository_selection": "selected",
        }

    def _refused(self, bearer: str) -> tuple[int, Any] | None:
        """Check the proof as GitHub does: signed by the key, and not for longer than 10 minutes."""
        try:
            claims = jwt.decode(
                bearer, key().public_key(), algorithms=["RS256"],
                options={"verify_exp": False, "verify_iat": False},
            )  # fmt: skip
        except jwt.PyJWTError:
            return 401, {"message": "A JSON web token could not be decoded"}
        now = self.clock()
        if not claims["iat"] <= now <= claims["exp"] <= now + 600 or claims["iss"] != self.app:
            return 401, {"message": "'Expiration time' claim ('exp') is too far in the future"}
        return None


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")


def _account(login: str) -> dict[str, Any]:
    root = f"https://api.github.com/users/{login}"
    lists = (
        "followers_url", "following_url", "gists_url", "starred_url", "subscriptions_url",
        "organizations_url", "repos_url", "events_url", "received_events_url",
    )  # fmt: skip
    return {
        "login": login,
        "id": 1,
        "node_id": "U_1",
        "avatar_url": f"https://github.com/{login}.png",
        "gravatar_id": None,
        "url": root,
        "html_url": f"https://github.com/{login}",
        **{each: f"{root}/{each.removesuffix('_url')}" for each in lists},
        "type": "User",
        "site_admin": False,
    }
