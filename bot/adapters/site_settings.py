"""What a site says of itself in its generator's settings: its name, language and time zone."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from bot.adapters.profile_files import configuration_of, read_bounded
from bot.core.front_matter.brackets import toml_1_0
from bot.errors import SiteError

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def said_by(folder: Path) -> dict[str, str | None]:
    """Return name, language and time zone as the site's configuration has them."""
    try:
        file = configuration_of(folder)
    except SiteError:  # it has none, or one that is not known
        return {}
    said = _read(file, folder)
    found = {key.lower(): value for key, value in said.items() if isinstance(key, str)}
    language = found.get("lang") or found.get("locale") or found.get("languagecode")
    language = language or found.get("language") or found.get("defaultcontentlanguage")
    return {
        "name": _words(found.get("title") or found.get("name")),
        "language": _language(language),
        "timezone": _zone(found.get("timezone")),
    }


def _read(file: Path, folder: Path) -> Mapping[Any, Any]:
    """Read a configuration file, whichever of its three formats it has."""
    kind = {".toml": "TOML", ".json": "JSON"}.get(file.suffix, "YAML")
    data = read_bounded(file, folder)
    try:
        text = data.decode("utf-8-sig")
        if kind == "TOML":
            said: Any = _toml(text)
        elif kind == "JSON":
            said = json.loads(text)
        else:
            said = yaml.safe_load(text)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        place = f"{file}{_line(error)}"
        raise SiteError("site.broken-settings", place=place, format=kind) from None
    return said if isinstance(said, Mapping) else {}


def _toml(text: str) -> Mapping[str, Any]:
    """Read TOML; a table in braces over several lines is TOML 1.1, which Hugo reads."""
    # Loaded here because many sites have none.
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        if (older := toml_1_0(text)) == text:
            raise
        return tomllib.loads(older)


def _line(error: Exception) -> str:
    """Return `:LINE` where the error knows the line."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f":{error.problem_mark.line + 1}"
    found = re.search(r"\bline (\d+)", str(error))  # as JSON's and TOML's errors have it
    return f":{found[1]}" if found else ""


def _words(value: object) -> str | None:
    text = " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
    return "".join(c for c in text if c.isprintable())[:200] or None


def _language(value: object) -> str | None:
    """Return a language's tag: `ja`, `en-us`."""
    return value.replace("_", "-") if isinstance(value, str) and _TAG.fullmatch(value) else None


def _zone(value: object) -> str | None:
    """Return the time zone if it is one that is known here."""
    if not isinstance(value, str):
        return None
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
