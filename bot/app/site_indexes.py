"""Where the index of a site lies: beside the database, in a file of its own."""

from pathlib import Path

from bot.core.urls import fingerprint


def index_path(db: Path, identity: str) -> Path:
    """Return the file of the index of a site, which `identity` tells from any other."""
    return db.with_name(f"{db.stem}-index-{fingerprint(identity)}.db")
