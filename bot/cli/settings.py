"""The settings of a command: read at its start, and kept out of all that is logged from then on."""

from collections.abc import Mapping
from pathlib import Path

from bot import config, logs
from bot.config import Secret, Settings

ENV_FILE = Path(".env")


def read_settings(environment: Mapping[str, str], *more_secrets: Secret) -> Settings:
    """Read the settings, and begin to log; no secret of theirs is logged, nor any of these."""
    settings = config.read(environment, ENV_FILE)
    logs.setup(settings.log, (*settings.secrets(), *more_secrets))
    return settings
