"""Under which key a conflict between chat and file is kept, so that it is asked about once."""

import hashlib

from bot.core.file_events import OF_CONFLICT


def conflict_key(*parts: str) -> str:
    """Return a key under which a conflict about something, between these texts, is asked once."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    return f"{OF_CONFLICT}{digest[:20]}"
