"""Names what was kept for an episode that is over and is in no file, so that nothing is lost.

What is owed is noted before it is stored (`late-due`), what was named, and what hosts said of it,
after (`late`): a start goes on where an earlier run stopped.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.document.version import Side
from bot.core.episode import find
from bot.core.events import (
    DraftAsked,
    DraftRefused,
    EpisodeClosed,
    EpisodeOpened,
    EpisodeReopened,
    Event,
    Message,
    MessageSeen,
)
from bot.services.drafting.publish import Publish
from bot.services.drafting.rendering import Drafting
from bot.services.episode_areas import LATE_DUE, LATE_NAMED
from bot.services.notification import Notification
from bot.services.request import Answer, Choice, Request
from bot.services.show import Show
from bot.services.tasks import BackgroundTasks
from bot.texts import say

if TYPE_CHECKING:
    from bot.core.publication.late import Late

PATIENCE = 5.0
"""Seconds that whoever asks waits for what is being named."""

MOST_NAMED = 100
"""Links that are named one by one."""

_NO_NEWS = (EpisodeOpened, EpisodeReopened, DraftAsked, DraftRefused)


class LateLinks:
    """Looks at episodes once they are closed, and when something comes for them later.

    Fulfils event_log.Follower.
    """

    def __init__(self, *, show: Show, publish: Publish, drafting: Drafting) -> None:
        self._show = show
        self._publish = publish
        self._drafting = drafting
        self._tasks = BackgroundTasks[None]("links in no file")
        self._again: set[str] = set()
        self._coming = Counter[str]()
        """What is being stored for an episode that is over."""

    # --- following the log ---------------------------------------------------------------------

    async def before(self, events: Sequence[Event]) -> Collection[str]:
        """Note the episodes for which something may come too late for their file."""
        concerned = await self._concerned(events)
        self._coming.update(concerned)
        for episode in sorted(concerned):
            await self._show.store.put_state(LATE_DUE, episode, "")
        return concerned

    async def after(self, events: Sequence[Event], owing: Collection[str]) -> None:
        """Name what came too late; whoever closes an episode by command is told in the answer."""
        self._coming.subtract(owing)
        told = {one.episode for one in events if isinstance(one.what, EpisodeClosed) and one.by}
        for episode in sorted(await self._concerned(events) - told):
            self._look(episode)

    async def resume(self) -> None:
        """Name what an earlier run owes."""
        mine = f"{self._show.name}#"
        for episode in await self._show.store.state(LATE_DUE):
            if episode.startswith(mine):
                self._look(episode)

    async def wait_idle(self) -> None:
        """Wait until all is named that is owed."""
        await self._tasks.wait_idle()

    async def aclose(self) -> None:
        """Stop; what is owed is named after the next start."""
        await self._tasks.aclose()

    async def _concerned(self, events: Iterable[Event]) -> set[str]:
        records = {one.id: one for one in await self._show.episodes.all()}
        return {
            event.episode
            for event in events
            if isinstance(event.what, EpisodeClosed)
            or (
                not isinstance(event.what, _NO_NEWS)
                and not (isinstance(event.what, MessageSeen) and event.what.message.text is None)
                and (record := records.get(event.episode)) is not None
                and record.closed is not None
            )
        }

    def _look(self, episode: str) -> None:
        self._again.add(episode)
        self._tasks.ensure(episode, lambda: self._name(episode))

    async def _name(self, episode: str) -> None:
        """Name what is in no file and was not named before."""
        while episode in self._again:
            self._again.discard(episode)
            report = await self.report(episode)
            if report.found or report.waiting:
                said = Notification(episode, "said", report.text, report.choices)
                self._show.notifications.announce(said)
            await self.told(report)

    # --- telling -------------------------------------------------------------------------------

    async def report(self, episode: str) -> "Report":
        """Return what is in no file of an episode, or waits and is there, and was not named.

        It is `told` once it was said.
        """
        known = await self._known(episode)
        fresh = [one for one in await self.of(episode) if one.key not in known]
        labels = await self.labels(episode, fresh)
        number = (await self._show.numbers()).get(episode, "?")
        waiting = {key: name for key, name in await self._in_file(episode) if key not in known}
        return Report(episode, number, fresh, labels, waiting)

    async def answer(self, request: Request, episode: str, text: str) -> Answer:
        """Return an answer that names it below a text.

        That it was named is kept once the answer is on its way: after a crash it is named again.
        """
        report = await self.report(episode)
        self._tasks.start(self.told(report))
        lines = [one for one in (text, report.text(request.language)) if one]
        return Answer("\n".join(lines), choices=report.choices(request.language))

    async def told(self, report: "Report") -> None:
        """Take in that hosts were told what is in no file."""
        if report.found or report.waiting:
            keys = {one.key: "named" for one in report.found} | dict.fromkeys(
                report.waiting, "told"
            )
            await self._put(report.episode, keys | await self._known(report.episode))
        if report.episode not in self._again and not self._coming[report.episode]:
            await self._show.store.drop_state(LATE_DUE, report.episode)

    async def labels(self, episode: str, found: Sequence["Late"]) -> "list[Label]":
        """Return the words by which hosts know what is in no file."""
        if not found:
            return []
        view = await self._drafting.view(episode)
        return [Label(find.label_of(one.item.content, view.titles), one.words) for one in found]

    # --- asking --------------------------------------------------------------------------------

    async def of(self, episode: str) -> "list[Late]":
        """Return what of a closed episode is in no file."""
        records = {one.id: one for one in await self._show.episodes.all()}
        if episode not in records or records[episode].closed is None:
            return []
        # Loaded with the first episode that is over.
        from bot.core.publication.late import late, renamed

        file, last = await self._publish.file(episode)
        items = (await self._drafting.episode(episode)).items()
        if last is None:
            return late(items, file)
        chat = (await self._show.log.outline(episode)).episode
        drafted = await self._publish.drafted(last)
        found = late(
            items,
            file,
            committed=last.committed,
            owners=last.owners,
            chat=chat.items(),
            drafted=drafted.items(),
        )
        return [*found, *renamed(chat.sections(), drafted.sections(), file)]

    async def _in_file(self, episode: str) -> list[tuple[str, str]]:
        """Return what was put off before an episode was closed, and its file has still, by its key.

        What is late and was sent on after that stays in its file.
        """
        view = await self._drafting.view(episode)
        closed = next(one.closed for one in await self._show.episodes.all() if one.id == episode)
        commands = (await self._show.log.outline(episode)).commands()
        before = {one.key for one in commands if closed is None or one.at < closed}
        put_off = (one for one in view.episode.waiting if one.postponed in before)
        waiting = [item for one in put_off for item in one.topic.every_item()]
        file, last = await self._publish.file(episode) if waiting else ("", None)
        if last is None:
            return []
        # Loaded where something waits.
        from bot.core.file_edits.left_in_file import LeftInFile

        there = LeftInFile(file, Side(last.committed, last.owners), view.episode.items())
        return [
            (f"waits {one.id}", find.label_of(one.content, view.titles))
            for one in waiting
            if one.id in last.owners and there.line(one.id, one, was_there=True)
        ]

    async def pending(self, channel: str) -> list[tuple[str, list["Late"]]]:
        """Return what is in no file and nobody decided on, by its episode, the newest first."""
        await self._tasks.wait_idle(PATIENCE)  # what was just said may not be kept yet
        found = []
        noted = await self._show.store.state(LATE_NAMED)
        for record in reversed(list(await self._show.episodes.all())):
            if record.channel not in (None, channel) or record.id not in noted:
                continue
            known = json.loads(noted[record.id])
            if "named" in known.values():
                left = [one for one in await self.of(record.id) if known.get(one.key) != "left"]
                if left:
                    found.append((record.id, left))
        return found

    async def messages(self) -> list[Message]:
        """Return the messages of what was named and nobody decided on, of the newest first."""
        found: list[Message] = []
        noted = await self._show.store.state(LATE_NAMED)
        for record in reversed(list(await self._show.episodes.all())):
            if record.closed is None or record.id not in noted or len(found) >= MOST_NAMED:
                continue
            known = json.loads(noted[record.id])
            if items := {key.split(" ")[0] for key in known if known[key] == "named"}:
                found += (await self._show.log.outline(record.id)).told_by(items)
                self._show.log.forget(record.id)  # it is over: nobody may ask for it again
        return found[:MOST_NAMED]

    async def leave(self, episode: str, found: "Iterable[Late]") -> None:
        """Take in that hosts decided on what is in no file of an episode."""
        known = dict.fromkeys(await self._known(episode), "left")
        await self._put(episode, known | {one.key: "left" for one in found})

    async def _known(self, episode: str) -> dict[str, str]:
        body = (await self._show.store.state(LATE_NAMED)).get(episode)
        return dict(json.loads(body)) if body is not None else {}

    async def _put(self, episode: str, known: dict[str, str]) -> None:
        await self._show.store.put_state(LATE_NAMED, episode, json.dumps(known, sort_keys=True))


def choices_of(episode: str, language: str) -> tuple[Choice, ...]:
    """Return what can be done with what is in no file of an episode."""
    return tuple(
        Choice(say(f"later.do-{what}", language), "later", {"what": f"{what} {episode}"})
        for what in ("late", "leave")
    )


def intro(count: int, number: str, language: str) -> str:
    """Say how much of an episode is in no file."""
    name = "later.in-no-file-one" if count == 1 else "later.in-no-file-many"
    return say(name, language, count=count, number=number)


@dataclass(frozen=True, slots=True)
class Label:
    """How hosts know what is in no file: an item, or the words that came to one that is there."""

    item: str
    words: Sequence[str] = ()

    def line(self, language: str) -> str:
        """Return it as a line of a list."""
        name = find.shortened(self.item)
        if not self.words:
            return f"- {name}"
        words = find.shortened(" / ".join(self.words))
        return "- " + say("later.words-of", language, name=name, words=words)


@dataclass(frozen=True, slots=True)
class Report:
    """What is in no file of an episode, with the words by which hosts know it.

    `waiting` is what waits for the next episode, and the file has still.
    """

    episode: str
    number: str
    found: Sequence["Late"]
    labels: Sequence[Label]
    waiting: Mapping[str, str]

    def text(self, language: str) -> str:
        """Name it, and say what can be done; nothing where there is nothing."""
        names = [find.shortened(one) for one in self.waiting.values()]
        waits = say("later.in-file-still", language, names=names, number=self.number)
        return "\n".join([*self._missing(language), *([waits] if names else [])])

    def _missing(self, language: str) -> list[str]:
        if not self.labels:
            return []
        shown = [label.line(language) for label in self.labels[:MOST_NAMED]]
        more = ["- …"] if len(self.labels) > MOST_NAMED else []
        first = intro(len(self.labels), self.number, language)
        return [first, *shown, *more, say("later.in-no-file-how", language)]

    def choices(self, language: str) -> tuple[Choice, ...]:
        """Return the buttons below it."""
        return choices_of(self.episode, language) if self.labels else ()
