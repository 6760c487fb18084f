"""`/notes`: the short notes of an episode, what was cut, and lines that hosts keep or drop."""

from bot.core.document.plain_text import plain_text
from bot.core.episode.find import shortened
from bot.core.short_notes.html import plain_of
from bot.core.short_notes.lines import NoteLine, note_lines
from bot.core.short_notes.shorten import ShortNotes, key_of, line_key
from bot.errors import CommandError
from bot.services.drafting.publish import Publish
from bot.services.ports import Templates
from bot.services.request import Answer, Choice, Request
from bot.services.short_notes import choices_of, chosen_in, short_notes
from bot.services.show import Show
from bot.texts import say

MARKDOWN = ("markdown", "md")
HTML = ("html",)
PLAIN = ("text", "plain", "テキスト")
KEEP = ("keep", "残す")
DROP = ("drop", "外す")
AGAIN = ("reset", "戻す")
"""What may be asked of `/notes`; the last three name a line."""

MOST_CUT = 10
"""Lines that were cut and are named, each with a button."""


class Notes:
    """Makes short notes of what the next draft would write."""

    def __init__(self, *, show: Show, publish: Publish, templates: Templates) -> None:
        self._show = show
        self._publish = publish
        self._templates = templates

    async def notes(self, request: Request, *, what: str | None = None) -> Answer:
        """Show the notes, or keep or drop a line of them."""
        word, _, rest = (what or "").strip().partition(" ")
        word = word.lower()
        if word in (*KEEP, *DROP, *AGAIN):
            return await self._choose(request, word, rest.strip())
        made = await self._made(request)
        if word in MARKDOWN:
            return Answer(made.markdown.rstrip("\n"), file="notes.md")
        if word in HTML:
            return Answer(made.html, file="notes.html")
        if word in PLAIN:
            return Answer(plain_of(made.markdown).rstrip("\n"), file="notes.txt")
        if word:
            raise CommandError("notes.not-understood", typed=shortened(what or "", 60))
        return self._summary(made, request)

    def _summary(self, made: ShortNotes, request: Request) -> Answer:
        limit = self._show.profile.notes.limit
        cut = len(made.cut)
        length = _say(
            request, "length-of" if limit and cut else "length", length=len(made.html), limit=limit
        )
        name = "whole" if not cut else "cut-one" if cut == 1 else "cut-many"
        lines = [_say(request, name, length=length, cut=cut)]
        named = [line for line in made.cut if line.kind != "heading"][-MOST_CUT:][::-1]
        lines += [f"- {_shown(line)}" for line in named]
        asks = [
            Choice(_say(request, f"do-{one}"), "notes", {"what": one})
            for one in ("markdown", "html")
        ]
        keeps = [
            Choice(
                _say(request, "do-keep", line=shortened(_shown(line), 30)),
                "notes",
                {"what": f"keep {line_key(line)}"},
            )
            for line in named[:5]
        ]
        return Answer("\n".join(lines), choices=(*asks, *keeps))

    async def _choose(self, request: Request, word: str, typed: str) -> Answer:
        episode = (await self._show.episodes.current(request.channel)).id
        line = _line(typed, await self._lines(episode))
        area, key = chosen_in(episode), line_key(line)
        if word in AGAIN:
            await self._show.store.drop_state(area, key)
        else:
            await self._show.store.put_state(area, key, "keep" if word in KEEP else "drop")
        name = "kept" if word in KEEP else "dropped" if word in DROP else "reset"
        return Answer(_say(request, name, line=shortened(_shown(line), 80)))

    async def _made(self, request: Request) -> ShortNotes:
        record = await self._show.episodes.current(request.channel)
        if record.opened is None:
            raise CommandError("desk.nothing-to-draft")
        _, text = await self._publish.preview(record.id)
        choices = await choices_of(self._show.store, record.id)
        return await short_notes(text, self._show.profile, self._templates, choices=choices)

    async def _lines(self, episode: str) -> list[NoteLine]:
        _, text = await self._publish.preview(episode)
        return note_lines(text, self._show.profile)


def _say(request: Request, what: str, **values: object) -> str:
    return say(f"notes.{what}", request.language, **values)


def _shown(line: NoteLine) -> str:
    return plain_text(line.text.split("\n")[0].strip(" \t-*+>#"))


def _line(typed: str, lines: list[NoteLine]) -> NoteLine:
    """Return the line that is named by its key, or by a part of its words."""
    wanted = typed.casefold()
    keys = (typed, key_of(typed))
    exact = [one for one in lines if line_key(one) in keys or _shown(one).casefold() == wanted]
    found = exact or [line for line in lines if wanted and wanted in _shown(line).casefold()]
    if len(found) != 1:
        name = "notes.no-such-line" if not found else "notes.not-clear"
        raise CommandError(name, typed=shortened(typed, 60))
    return found[0]
