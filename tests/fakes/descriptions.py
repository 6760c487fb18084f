"""The platforms' own descriptions of what they speak: Discord's and GitHub's OpenAPI, and a schema.

They come from npm packages of fixed versions, checked by their hash, into .venv/descriptions/
(`python -m tests.fakes.descriptions`, which `make test` runs once); none is part of the repository.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.fakes.discord_spec import described as described_by
from tests.needs import ROOT, missing

FOLDER = ROOT / ".venv" / "descriptions"


@dataclass(frozen=True)
class Package:
    """A file of an npm package; `integrity` is the SHA-512 of the whole, as npm has it."""

    name: str
    version: str
    integrity: str
    member: str

    @property
    def file(self) -> Path:
        return FOLDER / f"{Path(self.member).stem}-{self.version}{Path(self.member).suffix}"


OPENAPI = Package(
    "@octokit/openapi",
    "23.0.2",
    "pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg==",
    "package/generated/api.github.com.json",
)
GRAPHQL = Package(
    "@octokit/graphql-schema",
    "15.26.1",
    "RFDC2MpRBd4AxSRvUeBIVeBU7ojN/SxDfALUd7iVYOSeEK3gZaqR2MGOysj4Zh2xj2RY5fQAUT+Oqq7hWTraMA==",
    "package/schema.graphql",
)


DISCORD_SCHEMAS = Package(
    "discord-api-spec",
    "10.0.266135",
    "i3VwDwUqN6xFQtXbxIUgdzGrXNef/AaSJLx2MyP5lKu4NKc2Pd3p2zW7eUurHeQUMoIh27DXt1ODUoCJLgsW7g==",
    "package/build/discord-api-spec.zod.js",
)
DISCORD_TYPES = replace(DISCORD_SCHEMAS, member="package/build/discord-api-spec.ts")
GITHUB = (OPENAPI, GRAPHQL)
DISCORD = (DISCORD_SCHEMAS, DISCORD_TYPES)


def need_descriptions(of: Sequence[Package]) -> None:
    """Do without the test (or module, if called there) where descriptions were not fetched."""
    wanted = {package.name for package in of if not package.file.exists()}
    if wanted:
        missing(f"{', '.join(sorted(wanted))} from npm (`make test` fetches it where npm is)")


def fetch(package: Package) -> None:
    """Put the file of a package in its place, unless it is there."""
    if package.file.exists():
        return
    with TemporaryDirectory(prefix="rundown-npm-") as folder:
        wanted = f"{package.name}@{package.version}"
        command = ["npm", "pack", "--silent", "--ignore-scripts", wanted]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=300)
        (archive,) = Path(folder).glob("*.tgz")
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != package.integrity:
            sys.exit(f"{wanted} is not what it was: its sha512 is {found}")
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tarfile.open(archive) as whole:
            source = whole.extractfile(package.member)
            assert source is not None
            part = package.file.with_suffix(".part")
            with part.open("wb") as target:
                shutil.copyfileobj(source, target)
            part.replace(package.file)


# --- Discord -----------------------------------------------------------------------------------


@lru_cache
def discord() -> dict[str, Any]:
    described = described_by(*(package.file.read_text("utf-8") for package in DISCORD))
    # The description has messages that are forwarded, but of references only those of replies; 1 is
    # documented: https://discord.com/developers/docs/resources/message#message-reference-types
    described["components"]["schemas"]["MessageReferenceType"]["enum"] = [0, 1]
    return described


# --- GraphQL -----------------------------------------------------------------------------------


@lru_cache
def graphql_schema() -> Any:
    from graphql import build_schema

    source = GRAPHQL.file.read_text("utf-8")
    return build_schema(source, assume_valid=True, no_location=True)


# --- REST --------------------------------------------------------------------------------------


@lru_cache
def openapi() -> "OpenApi":
    return OpenApi(json.loads(OPENAPI.file.read_bytes()))


class OpenApi:
    """Checks requests and replies of REST; each method gives what is wrong with them."""

    def __init__(self, description: dict[str, Any]) -> None:
        self._description = description
        self._paths = [
            (re.compile(re.sub(r"\\\{[^}]+\\\}", "([^/]+)", re.escape(path)) + r"\Z"), path)
            for path in description["paths"]
        ]
        self._validators: dict[tuple[Any, ...], Any] = {}

    def operation(self, method: str, path: str) -> str | None:
        """Return the description's path that this one is a case of."""
        for pattern, described in self._paths:
            if pattern.match(path) and method.lower() in self._description["paths"][described]:
                return described
        return None

    def of_request(self, method: str, path: str, query: Mapping[str, str], body: Any) -> list[str]:
        described = self.operation(method, path)
        if described is None:
            return [f"{method} {path} is not described"]
        operation = self._description["paths"][described][method.lower()]
        known = {self._resolved(each)["name"] for each in operation.get("parameters", ())}
        wrong = [f"{method} {described}: no parameter {name}" for name in query.keys() - known]
        asked = operation.get("requestBody")
        if body is None:
            required = asked is not None and asked.get("required", False)
            return [*wrong, *([f"{method} {described}: no body"] if required else ())]
        if asked is None:
            return [*wrong, f"{method} {described}: takes no body"]
        schema = asked["content"]["application/json"]["schema"]
        return [*wrong, *self._checked((method, described), schema, body)]

    def of_reply(self, method: str, path: str, status: int, body: Any) -> list[str]:
        described = self.operation(method, path)
        if described is None:
            return []
        operation = self._description["paths"][described][method.lower()]
        reply = operation["responses"].get(str(status))
        if reply is None:
            # (5xx, 401 and 429 are described nowhere: any operation may give them.)
            general = status >= 500 or status in (401, 403, 404, 429)
            return [] if general else [f"{method} {described}: no reply {status}"]
        content = self._resolved(reply).get("content", {}).get("application/json")
        if content is None:
            return []
        return self._checked((method, described, status), content["schema"], body)

    def refusals(self, method: str, path: str) -> tuple[int, ...]:
        """Return the statuses of the refusals that are documented for an operation."""
        responses = self._description["paths"][path][method.lower()]["responses"]
        return tuple(status for status in sorted(map(int, responses)) if status >= 400)

    def _resolved(self, found: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in found:
            target: Any = self._description
            for part in found["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            found = target
        return found

    def _checked(self, key: tuple[Any, ...], schema: Any, body: Any) -> list[str]:
        import jsonschema_rs

        if key not in self._validators:
            whole = {**_plain(schema), "components": _plain(self._used(schema))}
            self._validators[key] = jsonschema_rs.Draft202012Validator(whole)
        found = self._validators[key].iter_errors(body)
        return [f"{key}: {error.message[:300]} at {list(error.instance_path)}" for error in found]

    def _used(self, schema: Any) -> dict[str, Any]:
        """Return the components that a schema needs, and nothing of the other ten megabytes."""
        used: dict[str, Any] = {}
        todo = [schema]
        while todo:
            for name in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(todo.pop())):
                if name not in used:
                    used[name] = self._description["components"]["schemas"][name]
                    todo.append(used[name])
        return {"schemas": used}


def _plain(schema: Any) -> Any:
    """Return a schema of OpenAPI 3.0 in JSON Schema's words: `nullable` is a type there."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _plain(value) for name, value in schema.items() if name != "example"}
    if plain.pop("nullable", False) is True:
        return {"anyOf": [{"type": "null"}, plain]}
    return plain


if __name__ == "__main__":
    try:
        for each in (*GITHUB, *DISCORD):
            fetch(each)
    except (OSError, subprocess.SubprocessError) as error:
        sys.exit(f"They cannot be fetched ({error}): the tests that need them are skipped.")
