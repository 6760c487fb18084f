"""Why a look-up gave no title, or a link's address no page, in words."""

from bot.texts import say


def reason_shown(reason: str, language: str) -> str:
    """Return in words why a look-up gave no title; `reason` is that of a Lookup."""
    if reason.startswith("status-"):
        return say("lookup.reason-status", language, status=reason.removeprefix("status-"))
    if reason.startswith("embed-"):
        return say("lookup.reason-embed", language)
    return say(f"lookup.reason-{reason}", language)
