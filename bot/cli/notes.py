"""`rundown notes`: short notes for podcast apps, of an episode's file."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.templates.client import TemplateWorker
from bot.cli.chapters import profile_in, text_of
from bot.core.profile.profile import Profile
from bot.core.short_notes.html import plain_of
from bot.core.short_notes.shorten import ShortNotes
from bot.services.short_notes import short_notes
from bot.texts import say


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesOptions:
    """What `rundown notes` was called with; None takes the limit of the profile."""

    file: Path
    profile: Path
    limit: int | None
    format: str


def notes(options: NotesOptions, *, language: str) -> int:
    """Print the short notes of a file; how many lines were cut goes to standard error."""
    text = text_of(options.file).removeprefix("\ufeff")
    made = asyncio.run(_made(text, profile_in(options.profile), options.limit))
    shown = {
        "markdown": lambda: made.markdown,
        "html": lambda: made.html + "\n",
        "text": lambda: plain_of(made.markdown),
    }
    print(shown[options.format](), end="")
    if made.cut:
        values = {"count": len(made.cut), "length": len(made.html)}
        print(say("chapters.notes-cut", language, **values), file=sys.stderr)
    return 0


async def _made(text: str, profile: Profile, limit: int | None) -> ShortNotes:
    async with TemplateWorker() as templates:
        return await short_notes(text, profile, templates, limit=limit)
