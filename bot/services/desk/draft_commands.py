"""The commands around drafts."""

from bot.core.episode.fields import is_true
from bot.core.episode.find import shortened
from bot.core.events import DraftAsked, DraftRefused, Event
from bot.core.file_events import OF_CONFLICT, ConflictFound, ConflictSettled
from bot.errors import CommandError, CommitUnknown, RundownError
from bot.services.desk.draft_report import report
from bot.services.desk.draft_scheduler import DraftScheduler
from bot.services.desk.one_at_a_time import one_at_a_time
from bot.services.desk.quiet_time import read_quiet
from bot.services.drafting.publish import Publish
from bot.services.request import Answer, Request
from bot.services.show import Show
from bot.texts import say

OURS = ("chat", "ours", "チャット")
THEIRS = ("file", "theirs", "ファイル")
"""Words for the two sides of a conflict."""


class Drafts:
    """Drafts an episode when asked to, and lets hosts say what is to stand in it."""

    def __init__(self, *, show: Show, publish: Publish, scheduler: DraftScheduler) -> None:
        self._show = show
        self._publish = publish
        self._scheduler = scheduler

    async def draft(self, request: Request, *, recreate: str | None = None) -> Answer:
        """Commit the episode's draft to the site; `recreate` makes again what people removed.

        Raises CommandError where nothing was kept yet, the episode has been published, or
        `recreate` is neither yes nor no.
        """
        anew = recreate is not None and is_true("recreate", recreate)
        record = await self._show.episodes.current(request.channel)
        if record.opened is None or await self._is_blank(record.id):
            raise CommandError("desk.nothing-to-draft")
        by, at = request.person.id, request.at
        asked = Event(f"{request.key}:draft", record.id, at, by, DraftAsked())
        await self._show.log.record([asked])
        try:
            published = await self._scheduler.draft(record.id, at=at, recreate=anew)
        except CommitUnknown:
            raise  # it is owed still
        except RundownError:
            refused = Event(f"{request.key}:refused", record.id, at, by, DraftRefused())
            await self._show.log.record([refused])
            raise
        return await report(published, self._show, request.language)

    async def _is_blank(self, episode: str) -> bool:
        """Return whether an episode was opened, and nothing was put into it or committed of it."""
        known = (await self._show.log.outline(episode)).episode
        if any(one.name or one.items for one in known.sections()) or known.fields.keys() > {
            "number"
        }:
            return False
        return not await self._show.store.drafts(episode)

    async def preview(self, request: Request) -> Answer:
        """Show the file as it would be drafted, with what people wrote in it."""
        record = await self._show.episodes.current(request.channel)
        path, text = await self._publish.preview(record.id)
        return Answer(text.rstrip("\n"), file=path.rpartition("/")[2])

    @one_at_a_time
    async def choose(self, request: Request, *, conflict: str, side: str) -> Answer:
        """Settle a conflict between chat and file: `ours`, or what stands in the file."""
        key, found = await self._conflict(request, conflict)
        word = side.strip().lower()
        if word not in (*OURS, *THEIRS):
            raise CommandError("desk.no-such-side", typed=shortened(side, 40))
        ours = word in OURS
        record = await self._show.episodes.current(request.channel)
        event = Event(
            request.key, record.id, request.at, request.person.id, ConflictSettled(key, ours)
        )
        await self._show.people.meet([request.person])
        await self._show.log.record([event])
        if ours and found.later:
            return Answer(say("later.chosen-chat", request.language, name=found.name))
        return Answer(request.say("chosen-ours" if ours else "chosen-theirs", name=found.name))

    async def _conflict(self, request: Request, typed: str) -> tuple[str, ConflictFound]:
        record = await self._show.episodes.current(request.channel)
        outline, typed = await self._show.log.outline(record.id), typed.strip()
        for key, (number, found) in outline.conflicts().items():
            if typed in (key, str(number), found.name):
                return key, found
        for key, (number, found, answer) in outline.settled().items():
            if typed in (key, str(number), found.name):
                raise await self._answered(found, answer)
        if typed.startswith(OF_CONFLICT):  # a button's, of which hosts know nothing
            raise CommandError("desk.conflict-over")
        raise CommandError("desk.no-such-conflict", typed=shortened(typed, 60))

    async def _answered(self, found: ConflictFound, answer: Event) -> CommandError:
        """Say who answered a question, and how."""
        who = (await self._show.people.names()).get(answer.by, answer.by)
        is_ours = isinstance(answer.what, ConflictSettled) and answer.what.ours
        text = "desk.answered-chat" if is_ours else "desk.answered-file"
        return CommandError(text, name=found.name, person=who)

    async def autodraft(self, request: Request, *, quiet: str | None = None) -> Answer:
        """Show, or set, after how much quiet the draft commits itself; "off" for never."""
        if quiet is not None:
            try:
                read = read_quiet(quiet)
            except ValueError as error:
                raise CommandError("desk.no-quiet", typed=shortened(quiet, 40)) from error
            await self._scheduler.be_quiet_for(read)
        now = await self._scheduler.quiet()
        if now is None:
            return Answer(request.say("autodraft-off"), private=False)
        return Answer(request.say("autodraft-on", quiet=now), private=False)
