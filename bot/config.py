"""The settings: what the environment and a .env file say, checked and typed."""

import io
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from bot.errors import SettingsError, os_cause

LEVELS = ("debug", "info", "warning", "error")
NAMES = (
    "DISCORD_TOKEN",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "GITHUB_TOKEN",
    "GITHUB_APP_ID",
    "GITHUB_APP_PRIVATE_KEY",
    "RUNDOWN_SITE",
    "RUNDOWN_OWNERS",
    "RUNDOWN_FILES",
    "RUNDOWN_NEVER_ASK",
    "RUNDOWN_DB",
    "RUNDOWN_KEEP",
    "RUNDOWN_LOG",
    "RUNDOWN_HEALTH",
    "RUNDOWN_METRICS",
    "DISCORD_API_URL",
    "SLACK_API_URL",
    "GITHUB_API_URL",
    "GITHUB_GRAPHQL_URL",
)

FEWEST_DAYS = 30
"""Days for which a closed episode is kept at least: people still correct it."""

_REPOSITORY = re.compile(
    r"([A-Za-z0-9][A-Za-z0-9_-]{0,38})/([A-Za-z0-9._-]{1,100})"
    r"(?:/\.rundown/([A-Za-z0-9][A-Za-z0-9._-]{0,59}))?(?:@(.*))?"
)
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,20}|\[[0-9a-f:.]+\]")
_OWNER = re.compile(r"\d{1,20}|[TE][A-Z0-9]{2,}/[UW][A-Z0-9]{2,}")
_BIND = re.compile(r"(?:(\d{1,3}(?:\.\d{1,3}){3}|localhost|\[[0-9a-fA-F:]+\]):)?(\d{1,5})")
_NO_BRANCH = re.compile(r"[ ~^:?*\[\\]|\.\.|@\{|//|^[-/]|[/.]$|\.lock$|^$")
_ON_SERVER = re.compile(r"postgres(?:ql)?:", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)  # RFC 3986, 3.1
_PEM = re.compile(r"-----BEGIN ([A-Z ]*PRIVATE KEY)-----\n.+\n-----END \1-----", re.DOTALL)


class Secret:
    """A value that shows itself to nobody who does not ask with `reveal`."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself, to be sent to the one it is meant for."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return format("***", spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository on GitHub; `branch` is None for its default branch.

    `show` names the profile in `.rundown/` of one of several shows.
    """

    owner: str
    name: str
    branch: str | None = None
    show: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What was set. None means that it was not; `.env.example` says what each is for.

    `site` is a repository on GitHub or a folder, `owners` are Discord's ids of users and Slack's
    `T…/U…` (empty: the application's owner on Discord, nobody on Slack), `files` pairs of a site
    and another repository that its profile may put files into, `never_ask` the hosts that no
    look-up asks, nor any below them, `db` the database's file or the address of one on a server,
    `keep` how long a closed episode is kept in it, `log` one of LEVELS, `health` a file that is
    touched while all is well, `metrics` the host and port at which figures are shown. Addresses
    have no slash at their end.
    """

    discord_token: Secret | None
    slack_bot_token: Secret | None
    slack_app_token: Secret | None
    github_token: Secret | None
    github_app_id: str | None
    github_app_private_key: Secret | None
    site: Repository | Path | None
    owners: frozenset[str]
    files: tuple[tuple[Repository | Path, Repository | Path], ...]
    never_ask: frozenset[str]
    keep: timedelta | None
    db: Path | Secret | None
    log: str
    health: Path | None
    metrics: tuple[str, int] | None
    discord_api_url: str | None
    slack_api_url: str | None
    github_api_url: str | None
    github_graphql_url: str | None

    @property
    def slack(self) -> tuple[tuple[Secret, Secret], ...]:
        """The apps on Slack, one for each workspace: the bot's token and the app's."""
        return tuple(zip(_each(self.slack_bot_token), _each(self.slack_app_token), strict=True))

    def secrets(self) -> tuple[Secret, ...]:
        """Return the secrets that were set, for what has to keep them out of sight."""
        held = (
            self.discord_token,
            *_each(self.slack_bot_token),
            *_each(self.slack_app_token),
            self.github_token,
            self.github_app_private_key,
            *(hidden_of(self.db) if isinstance(self.db, Secret) else ()),
        )
        return tuple(secret for secret in held if secret is not None)


def read(environment: Mapping[str, str], env_file: Path | None = None) -> Settings:
    """Read the settings from an environment, and from a .env file what that does not set.

    Empty means unset; a file that is not there sets nothing. `environment` also tells the user's
    home (HOME). Raises SettingsError, which names the setting or the line of the file and never a
    value.
    """
    given = _from_file(env_file) if env_file is not None else {}
    given |= {name: value for name, value in environment.items() if value.strip()}
    values = {name: given[name].strip() for name in NAMES if given.get(name, "").strip()}
    _check_together(values, "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    _check_as_many(values, "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    _check_together(values, "GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY")
    return Settings(
        discord_token=_token(values, "DISCORD_TOKEN"),
        slack_bot_token=_token(values, "SLACK_BOT_TOKEN"),
        slack_app_token=_token(values, "SLACK_APP_TOKEN"),
        github_token=_token(values, "GITHUB_TOKEN"),
        github_app_id=_app_id(values, "GITHUB_APP_ID"),
        github_app_private_key=_private_key(values, "GITHUB_APP_PRIVATE_KEY"),
        site=_site(values, "RUNDOWN_SITE", environment),
        owners=_owners(values, "RUNDOWN_OWNERS"),
        files=_bindings(values, "RUNDOWN_FILES", environment),
        never_ask=_hosts(values, "RUNDOWN_NEVER_ASK"),
        keep=_keep(values, "RUNDOWN_KEEP"),
        db=_database(values, "RUNDOWN_DB", environment),
        log=_level(values, "RUNDOWN_LOG"),
        health=_path_of(values, "RUNDOWN_HEALTH", environment),
        metrics=_bind(values, "RUNDOWN_METRICS"),
        discord_api_url=_address(values, "DISCORD_API_URL"),
        slack_api_url=_address(values, "SLACK_API_URL"),
        github_api_url=_address(values, "GITHUB_API_URL"),
        github_graphql_url=_address(values, "GITHUB_GRAPHQL_URL"),
    )


def site_named(text: str) -> Repository | Path:
    """Read what an option names as a site: a folder that is there, else owner/repo[@branch].

    Raises SettingsError where it is neither and cannot be a folder.
    """
    folder = Path(text)
    if folder.exists() or not _REPOSITORY.fullmatch(text):
        return folder
    return _repository(text, "--site")


def repository_named(text: str) -> Repository:
    """Read owner/repo[@branch]; raise SettingsError for what is none."""
    return _repository(text, "site")


def database_named(text: str) -> Path | Secret:
    """Read what an option names as a database: a file, or the address of one on a server.

    Raises SettingsError for an address of another kind, which may hold a password, too.
    """
    if _ON_SERVER.match(text):
        return Secret(text)
    if _ADDRESS.match(text):
        raise SettingsError("settings.database", name="DB")
    return Path(text)


def in_file(db: Path | Secret | None) -> Path | None:
    """Return a database that is in a file; raise SettingsError for one on a server."""
    if isinstance(db, Secret):
        raise SettingsError("settings.db-file")
    return db


def names_in(env_file: Path) -> list[str]:
    """Return the names that a .env file sets, known or not; none without a file."""
    return list(_from_file(env_file))


def _from_file(path: Path) -> dict[str, str]:
    # Not dotenv_values: it would pass over a broken line, and put os.environ into `$` of a value.
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise SettingsError("settings.not-text", file=path) from None
    except OSError as error:
        raise SettingsError("settings.unreadable", file=path, cause=os_cause(error)) from error
    # Loaded here because many chats in a terminal have no such file.
    from dotenv.parser import parse_stream

    values = {}
    for binding in parse_stream(io.StringIO(text)):
        if binding.error:
            statement = binding.original.string
            blank = statement[: len(statement) - len(statement.lstrip())]
            line = binding.original.line + blank.count("\n")
            raise SettingsError("settings.line", file=path, line=line)
        if binding.key is not None and binding.value is not None:
            values[binding.key] = binding.value
    return values


def _check_together(values: Mapping[str, str], *names: str) -> None:
    missing = [name for name in names if name not in values]
    if missing and len(missing) < len(names):
        present = next(name for name in names if name in values)
        raise SettingsError("settings.pair", name=missing[0], other=present)


def _check_as_many(values: Mapping[str, str], name: str, other: str) -> None:
    counts = [len(_each(Secret(values.get(one, "")))) for one in (name, other)]
    if counts[0] != counts[1]:
        raise SettingsError("settings.as-many", name=name, other=other)


def _each(secret: Secret | None) -> tuple[Secret, ...]:
    """Return the tokens of a setting that takes several, with commas between them."""
    values = secret.reveal().split(",") if secret is not None else []
    return tuple(Secret(value.strip()) for value in values if value.strip())


def _token(values: Mapping[str, str], name: str) -> Secret | None:
    value = values.get(name)
    if value is None:
        return None
    several = name.startswith("SLACK_")
    bare = value.replace(", ", ",") if several else value
    if not bare.isascii() or not bare.isprintable() or " " in bare:
        raise SettingsError("settings.token", name=name)
    return Secret(bare)


def _app_id(values: Mapping[str, str], name: str) -> str | None:
    value = values.get(name)
    if value is not None and not re.fullmatch(r"[A-Za-z0-9.]{1,100}", value):
        raise SettingsError("settings.app-id", name=name)
    return value


def _private_key(values: Mapping[str, str], name: str) -> Secret | None:
    value = values.get(name)
    if value is None:
        return None
    # Services that keep settings on one line write the key's line breaks as \n.
    value = value.replace("\\n", "\n").replace("\r\n", "\n").strip()
    if not _PEM.fullmatch(value):
        raise SettingsError("settings.key", name=name)
    return Secret(value + "\n")


def _address(values: Mapping[str, str], name: str) -> str | None:
    value = values.get(name)
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    plain = value.isprintable() and not re.search(r"[ @?#\\]", value)
    if not whole or not plain:
        raise SettingsError("settings.address", name=name)
    if parts.scheme == "http" and not _is_this_machine(parts.hostname or ""):
        raise SettingsError("settings.plain-http", name=name)
    return value.rstrip("/")


def _is_this_machine(host: str) -> bool:
    """Return whether what is sent to a host cannot be read on its way: tokens go there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _database(
    values: Mapping[str, str], name: str, environment: Mapping[str, str]
) -> Path | Secret | None:
    value = values.get(name)
    if value is None or not _ON_SERVER.match(value):
        if value is not None and _ADDRESS.match(value):
            raise SettingsError("settings.database", name=name)
        return _path_of(values, name, environment)
    try:
        urlsplit(value).port  # noqa: B018 - it raises for what is no number
    except ValueError:
        raise SettingsError("settings.database", name=name) from None
    if not value.isprintable() or " " in value:
        raise SettingsError("settings.database", name=name)
    return Secret(value)


def hidden_of(address: Secret) -> tuple[Secret, ...]:
    """Return what is to be seen nowhere of a database's address: itself, and its password."""
    try:
        parts = urlsplit(address.reveal())
        written = [parts.password or "", *parse_qs(parts.query).get("password", ())]
    except ValueError:
        written = []
    found = {address.reveal()}.union(*({one, unquote(one)} for one in written))
    return tuple(map(Secret, sorted(found - {""})))


def _bind(values: Mapping[str, str], name: str) -> tuple[str, int] | None:
    value = values.get(name)
    if value is None:
        return None
    found = _BIND.fullmatch(value)
    if found is None or not 0 < int(found[2]) < 65536:
        raise SettingsError("settings.metrics", name=name)
    return (found[1] or "127.0.0.1").strip("[]"), int(found[2])


def _keep(values: Mapping[str, str], name: str) -> timedelta | None:
    value = values.get(name)
    if value is None:
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,4}) ?(?:d|days?)?", value.lower())
    if found is None or int(found[1]) < FEWEST_DAYS:
        raise SettingsError("settings.keep", name=name, fewest=FEWEST_DAYS)
    return timedelta(days=int(found[1]))


def _level(values: Mapping[str, str], name: str) -> str:
    value = values.get(name, "warning").lower()
    if value not in LEVELS:
        raise SettingsError("settings.level", name=name, levels=", ".join(LEVELS))
    return value


def _site(
    values: Mapping[str, str], name: str, environment: Mapping[str, str]
) -> Repository | Path | None:
    value = values.get(name)
    if value is None:
        return None
    is_address = "://" in value or value.startswith("git@")
    if not is_address and not _REPOSITORY.fullmatch(value):
        path = _path(value, name, environment)
        folder, at, _ = str(path).rpartition("@")
        # (Path.is_dir raises for a name that is too long.)
        if at and os.path.isdir(folder) and not os.path.lexists(path):  # noqa: PTH112
            raise SettingsError("settings.folder-branch", name=name)
        return path
    return _repository(value, name)


def _hosts(values: Mapping[str, str], name: str) -> frozenset[str]:
    typed = frozenset(re.split(r"[,\s]+", values.get(name, "").lower())) - {""}
    hosts = frozenset(one.rstrip(".") for one in typed)
    if not all(map(_HOST.fullmatch, hosts)):
        raise SettingsError("settings.hosts", name=name)
    return hosts


def _owners(values: Mapping[str, str], name: str) -> frozenset[str]:
    owners = frozenset(re.split(r"[,\s]+", values.get(name, ""))) - {""}
    if not all(map(_OWNER.fullmatch, owners)):
        raise SettingsError("settings.owners", name=name)
    return owners


def _bindings(
    values: Mapping[str, str], name: str, environment: Mapping[str, str]
) -> tuple[tuple[Repository | Path, Repository | Path], ...]:
    """Read which repositories' profiles may write where: `site=repository, …`."""
    found = []
    for pair in filter(None, re.split(r"[,\s]+", values.get(name, ""))):
        sides = [_site({name: side}, name, environment) for side in pair.split("=") if side]
        if pair.count("=") != 1 or len(sides) != 2 or sides[0] is None or sides[1] is None:
            raise SettingsError("settings.files", name=name)
        found.append((sides[0], sides[1]))
    return tuple(found)


def _repository(value: str, name: str) -> Repository:
    found = _REPOSITORY.fullmatch(value)
    if found is None or found[2] in (".", ".."):
        raise SettingsError("settings.site", name=name)
    branch = found[4]
    if branch is not None and (_NO_BRANCH.search(branch) or not branch.isprintable()):
        raise SettingsError("settings.site", name=name)
    return Repository(found[1], found[2], branch, found[3])


def _path_of(values: Mapping[str, str], name: str, environment: Mapping[str, str]) -> Path | None:
    return _path(values[name], name, environment) if name in values else None


def _path(value: str, name: str, environment: Mapping[str, str]) -> Path:
    if not value.isprintable():
        raise SettingsError("settings.path", name=name)
    if value != "~" and not value.startswith("~/"):
        return Path(value)
    home = environment.get("HOME")
    if not home:
        raise SettingsError("settings.home", name=name)
    return Path(home) / value[2:]
