"""Discord's own OpenAPI description, asked whether a request or a reply is as it says."""

from functools import cache
from typing import Any

import jsonschema_rs

from tests.fakes.descriptions import discord


@cache
def _validator(path: str, method: str, status: int | None) -> Any:
    operation = discord()["paths"][path][method]
    if status is None:
        described = operation.get("requestBody")
    else:
        described = operation["responses"].get(str(status))
        if described is None and status >= 400:
            return None
        assert described is not None, f"{method} {path} does not answer {status}"
    schema = ((described or {}).get("content") or {}).get("application/json", {}).get("schema")
    if schema is None:
        return None
    return jsonschema_rs.validator_for(
        {**schema, "components": discord()["components"]}, validate_formats=False
    )


def faults(path: str, method: str, body: object, status: int | None = None) -> list[str]:
    """What Discord would say against a request's body, or (with a status) against a reply."""
    validator = _validator(path, method.lower(), status)
    if validator is None:
        return [] if body in (None, {}) or status is not None else [f"{path} takes no body"]
    return [
        f"{'/'.join(map(str, error.instance_path))}: {str(error)[:300]}"
        for error in validator.iter_errors(body)
    ]
