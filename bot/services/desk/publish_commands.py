"""`/publish`: look what is missing, then make a page of the episode's draft in one commit."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.episode import find
from bot.core.front_matter.draft_state import DraftState
from bot.core.front_matter.values import FrontMatterFault, values_in
from bot.core.profile.profile import Profile
from bot.core.profile.template import Template
from bot.core.publication.front_matter import with_keys
from bot.core.render.draft_path import check_file
from bot.errors import CommandError, FileChanged, RundownError, StoreError
from bot.services.desk.audio_field import weigh_again
from bot.services.desk.draft_report import elsewhere, reviewed
from bot.services.desk.draft_scheduler import DraftScheduler
from bot.services.desk.panel import field_label
from bot.services.desk.pictures import Pictures
from bot.services.drafting.draft_file import is_draft
from bot.services.drafting.proposal import Published, PublishedPage
from bot.services.drafting.publish import Flip, Publish
from bot.services.drafting.rendering import Drafting, Rendered
from bot.services.episode_areas import PUBLISH_AT, PUBLISHED
from bot.services.episodes import nth
from bot.services.lookups import Lookups
from bot.services.notification import Notification
from bot.services.request import Answer, Choice, Field, Form, Request
from bot.services.show import Show
from bot.services.tasks import BackgroundTasks, Supervisor, wait_for
from bot.texts import say

if TYPE_CHECKING:
    from bot.core.publication.checks import Missing

_log = logging.getLogger(__name__)

UNDO = ("undo", "取り消す", "取り消し")
ANYWAY = ("anyway", "yes", "はい", "それでも")
CHECK = ("check", "確認")
NEVER = ("never", "off", "やめる")
"""What may be asked of `/publish`; `at TIME` publishes later."""

_OF = re.compile(r"(\S+) #([0-9]+)")
"""What a button asks for: a word, and which of the show's episodes it stood below."""

_AT = re.compile(r"(?:at\s+)?(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})", re.ASCII)
_DEAD = ("status-404", "status-410", "dns")


Complete = Callable[[float], Awaitable[None]]
"""Reads what was missed of the show, within so many seconds."""

READ_WITHIN = 60.0
"""Seconds that what is due waits for what was missed: while nobody ran, or a platform was away."""


class Publishing:
    """Publishes episodes, now or at a time that hosts set."""

    def __init__(
        self,
        *,
        show: Show,
        drafting: Drafting,
        publish: Publish,
        scheduler: DraftScheduler,
        lookups: Lookups,
        supervisor: Supervisor,
        complete: Complete,
    ) -> None:
        self._show = show
        self._complete = complete
        self._drafting = drafting
        self._publish = publish
        self._scheduler = scheduler
        self._lookups = lookups
        self._clock = show.clock
        self._supervisor = supervisor
        self._pictures = Pictures(show=show, drafting=drafting)
        self._woken = asyncio.Event()
        self._tasks = BackgroundTasks[None]("publishing")

    # --- the command ---------------------------------------------------------------------------

    async def publish(
        self, request: Request, *, what: str | None = None, picture: str | None = None
    ) -> Answer:
        """Publish the episode, or do with its publication what is asked.

        A `picture`, in base64, is kept for it.
        """
        word, of = _read(what or "")
        if word.lower() in UNDO:
            return await self._undo(request, of)
        record = await self._show.episodes.current(request.channel)
        if of and of != str(nth(record.id)):
            raise CommandError("publish.other-episode")
        if record.opened is None:
            raise CommandError("desk.nothing-to-draft")
        if picture is not None:  # an empty file is none that was left out
            await self._pictures.keep(record.id, picture)
        if word.lower() in NEVER:
            await self._show.store.drop_state(PUBLISH_AT, record.id)
            return Answer(_say(request.language, "never"), private=False)
        if time := _AT.fullmatch(word):
            return await self._later(request, record.id, time)
        if word and word.lower() not in (*ANYWAY, *CHECK):
            raise CommandError("publish.not-understood", typed=find.shortened(word, 60))
        await weigh_again(request, record.id, show=self._show, lookups=self._lookups)
        lacking = await self.missing(record.id)
        if word.lower() in CHECK or (lacking and word.lower() not in ANYWAY):
            return _lacking(lacking, request, record.id)
        return await self._now(record.id, at=request.at, language=request.language)

    async def missing(self, episode: str) -> "list[Missing]":
        """Return what is missing of an episode's file as it would be published now."""
        # Loaded here because an episode is published once.
        from bot.core.publication.checks import missing

        _, text = await self._publish.preview(episode)
        view = await self._drafting.view(episode)
        dead = [url for url, reason in view.reasons.items() if reason in _DEAD]
        profile = self._show.profile
        try:
            return missing(
                text,
                view.episode.fields,
                profile.publish,
                times=profile.times,
                dead=dead,
                has_picture=await self._pictures.has(episode),
            )
        except FrontMatterFault as fault:
            raise CommandError("publish.broken", line=fault.line, cause=fault.cause) from fault

    async def _now(self, episode: str, *, at: int, language: str) -> Answer:
        published = await self._scheduler.draft(episode, at=at, flip=self._flip_at(at))
        await self._show.store.drop_state(PUBLISH_AT, episode)
        await self._pictures.committed(episode)
        number = str(published.rendered.episode.fields.get("number", ""))
        path, commit = published.path, published.commit
        done = {"number": number, "path": path, "commit": commit.where if commit else ""}
        lines = [_say(language, "done" if commit else "done-before", **done)]
        lines += reviewed(published.review, language, "publish.to-merge")
        lines += elsewhere(published, language)
        left = published.rendered.episode.removed
        if left:
            lines.append(_say(language, "left-behind", count=len(left)))
        conflicts = (await self._show.log.outline(episode)).conflicts()
        put_off = [find.shortened(found.name) for _, found in conflicts.values() if found.later]
        if put_off:
            lines.append(_say(language, "put-off-there", names=put_off))
        if announcement := await self._announcement(published, at):
            lines += [_say(language, "announce"), announcement]
        undo = Choice(_say(language, "do-undo"), "publish", {"what": f"undo #{nth(episode)}"})
        return Answer("\n".join(lines), private=False, choices=(undo,))

    async def _announcement(self, published: Published, at: int) -> str:
        template = self._show.profile.announce_template
        if template is None:
            return ""
        more = {"published": self._show.profile.date(at), "path": published.path}
        (text,) = await self._drafting.filled(published.rendered, [template], more)
        return text.strip()

    # --- what changes --------------------------------------------------------------------------

    def _flip_at(self, at: int) -> Flip:
        async def flip(rendered: Rendered, path: str, text: str) -> PublishedPage:
            return await self._flipped(rendered, path, text, at=at)

        return flip

    async def _flipped(self, rendered: Rendered, path: str, text: str, *, at: int) -> PublishedPage:
        """Return the page that a draft becomes, by the profile's `publish`.

        Raises CommandError where the site would still hide it, or could not read it.
        """
        profile, rules = self._show.profile, self._show.profile.publish
        day = profile.date(at)
        wanted: list[Template] = [one for _, one in rules.set if one is not None]
        if rules.path is not None:
            wanted.append(rules.path)
        sees, picture = await self._pictures.placed(rendered)
        made = iter(await self._drafting.filled(rendered, wanted, {"published": day, **sees}))
        values = {name: None if one is None else next(made).strip() for name, one in rules.set}
        target = " ".join(next(made).split()) if rules.path is not None else _usual(path, str(day))
        if rules.path is not None:
            check_file(target, rules.path)
        if picture is not None:
            await self._pictures.check_apart(picture, rendered, page=target, draft=path)
        page = with_keys(text, values)
        if _state(profile, target, page) == "draft":
            page = with_keys(page, _unmarked(page))
        try:
            values_in(page)
            state = _state(profile, target, page)
        except FrontMatterFault as fault:
            raise CommandError("publish.broken", line=fault.line, cause=fault.cause) from fault
        if state != "published":
            raise CommandError("publish.still-draft", path=target)
        await self._note(rendered.episode.id, path, text, page)
        return PublishedPage(target, page, picture)

    async def _note(self, episode: str, path: str, text: str, page: str) -> None:
        """Note of what a page is made, to take it back; of one that is a page, that was noted."""
        noted = (await self._show.store.state(PUBLISHED)).get(episode)
        if noted:
            before, profile = json.loads(noted), self._show.profile
            was_draft = is_draft(profile, before["path"], before["text"].encode())
            if before["page"] == text or (was_draft and not is_draft(profile, path, text.encode())):
                return
        made = json.dumps({"path": path, "text": text, "page": page})
        await self._show.store.put_state(PUBLISHED, episode, made)

    # --- taking it back ------------------------------------------------------------------------

    async def _undo(self, request: Request, of: str) -> Answer:
        """Make a draft again of what was published last, while nobody changed its file.

        `of` is the episode that is meant, where that is said: the last one may be a later one.
        """
        noted = await self._show.store.state(PUBLISHED)
        records = [one for one in await self._show.episodes.all() if noted.get(one.id)]
        closed = [one for one in records if one.closed is not None]
        if not closed:
            raise CommandError("publish.nothing-to-undo")
        record = max(closed, key=lambda one: one.closed or 0)
        if of and of != str(nth(record.id)):
            raise CommandError("publish.nothing-to-undo")
        before = json.loads(noted[record.id])

        async def flip(_: Rendered, path: str, text: str) -> PublishedPage:
            if (path, text) == (before["path"], before["text"]):
                raise CommandError("publish.nothing-to-undo")  # somebody else did it just now
            if text != before["page"]:
                raise FileChanged("publish.built-on", path=path)
            return PublishedPage(before["path"], before["text"])

        taken = await self._publish.draft(record.id, at=request.at, flip=flip, closes=False)
        await self._show.store.drop_state(PUBLISHED, record.id)
        await self._publish.publications.reopen(record.id)
        number = str(taken.rendered.episode.fields.get("number", ""))
        lines = [_say(request.language, "undone", number=number, path=taken.path)]
        lines += reviewed(taken.review, request.language, "publish.undo-to-merge")
        lines += elsewhere(taken, request.language)
        return Answer("\n".join(lines), private=False)

    # --- at a time -----------------------------------------------------------------------------

    async def _later(self, request: Request, episode: str, found: re.Match[str]) -> Answer:
        profile = self._show.profile
        try:
            year, month, day, hour, minute = (int(part) for part in found.groups())
            then = datetime(year, month, day, hour, minute, tzinfo=profile.zone)
        except ValueError:
            raise CommandError("publish.no-time", typed=find.shortened(found[0], 40)) from None
        at = round(then.astimezone(UTC).timestamp()) * 1_000_000
        if at <= request.at:
            raise CommandError("publish.past", typed=find.shortened(found[0], 40))
        await self._show.store.put_state(PUBLISH_AT, episode, str(at))
        self._woken.set()
        lacking = await self.missing(episode)
        lines = [
            _say(request.language, "waits", time=f"{then:%Y-%m-%d %H:%M}", zone=str(profile.zone))
        ]
        if lacking:
            lines += [_say(request.language, "lacks-still"), *_named(lacking, request.language)]
        return Answer("\n".join(lines), private=False)

    def start(self) -> None:
        """Publish from now on what is due; what got due while nobody ran at once."""
        self._tasks.start(self._run())

    async def aclose(self) -> None:
        """Stop; what is due later is for the next start."""
        await self._tasks.aclose()

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            wait = await self._supervisor.persist("publishing", self.publish_due)
            await wait_for(self._woken, wait)

    async def publish_due(self) -> float | None:
        """Publish what is due; return the seconds until the next is, None where none waits."""
        noted = await self._show.store.state(PUBLISH_AT)
        waiting = {one: int(at) for one, at in noted.items() if at}
        records = {one.id: one for one in await self._show.episodes.all() if one.is_open}
        times = []
        for episode, at in waiting.items():
            if at > self._clock():
                times += [at] if episode in records else []
                continue
            if episode in records:
                await self._complete(READ_WITHIN)
                await self._due(episode)
            await self._show.store.drop_state(PUBLISH_AT, episode)
        return max(1.0, (min(times) - self._clock()) / 1_000_000) if times else None

    async def _due(self, episode: str) -> None:
        """Publish an episode whose time has come; where something is missing, hosts are told."""
        language = self._show.profile.language
        try:
            lacking = await self.missing(episode)
            if lacking:
                text = "\n".join([_say(language, "not-published"), *_named(lacking, language)])
            else:
                text = (await self._now(episode, at=self._clock(), language=language)).text
        except StoreError:
            raise  # it is tried again: nothing of it is the hosts' to mend
        except RundownError as error:
            _log.warning("publishing at its time failed: %s", error.name)
            text = f"{_say(language, 'not-published')}\n{error.say(language)}"
        said = Notification(episode, "said", lambda _, text=text: text)  # type: ignore[misc]
        self._show.notifications.announce(said)


def _say(language: str, what: str, **values: object) -> str:
    return say(f"publish.{what}", language, **values)


def _read(what: str) -> tuple[str, str]:
    """Return what is asked for, and of which episode; "" where that is not said."""
    word = " ".join(what.split())
    named = _OF.fullmatch(word)
    return (named[1], named[2]) if named else (word, "")


def _lacking(lacking: "Sequence[Missing]", request: Request, episode: str) -> Answer:
    if not lacking:
        return Answer(_say(request.language, "ready"), private=False)
    lines = [_say(request.language, "lacks"), *_named(lacking, request.language)]
    values = {"what": f"anyway #{nth(episode)}"}
    anyway = Choice(_say(request.language, "do-anyway"), "publish", values)
    mending = [one for each in lacking if (one := _mend(each, request.language))]
    return Answer("\n".join(lines), private=False, choices=(*mending, anyway))


def _mend(missing: "Missing", language: str) -> Choice | None:
    """Return the button that asks for what is missing; None where only the file can be mended."""
    name = {"field": missing.name, "player": "audio"}.get(missing.what)
    if name is None:
        return None
    label = field_label(name, language)
    field = Field("value", label, long=name == "summary")
    return Choice(
        _say(language, "do-set", field=label), "episode set", {"field": name}, Form(label, (field,))
    )


def _named(lacking: "Sequence[Missing]", language: str) -> list[str]:
    return [
        "- "
        + _say(
            language,
            f"missing-{one.what}",
            name=one.name,
            line=one.line,
            label=field_label(one.name, language),
        )
        for one in lacking
    ]


def _state(profile: Profile, path: str, text: str) -> DraftState:
    return profile.draft_state(path, text)


def _unmarked(text: str) -> dict[str, str | None]:
    """Return what takes the usual marks of a draft away: `draft: true`, `published: false`."""
    names = {name.lower(): name for name in values_in(text)}
    found: dict[str, str | None] = {}
    if "draft" in names:
        found[names["draft"]] = "false"
    if "published" in names:
        found[names["published"]] = None
    return found


def _usual(path: str, day: str) -> str:
    """Return where a draft of Jekyll's `_drafts` goes; all else stays where it is."""
    folders = path.split("/")
    if "_drafts" not in folders[:-1]:
        return path
    folders[folders.index("_drafts")] = "_posts"
    dated = re.match(r"\d{4}-\d{2}-\d{2}-", folders[-1])
    return "/".join([*folders[:-1], folders[-1] if dated else f"{day}-{folders[-1]}"])
