"""What happens in a chat: messages, their edits and deletions, and marks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from bot.core.episode.fold import Outline
from bot.core.events import Event, Marked, Message, MessageGone, MessageSeen
from bot.core.grammar.message import KEEP, LEAVE_OUT, MARKS, OFF_RECORD, Parsed, parse, redact
from bot.core.model import Heading, Link, Lookup, links_within
from bot.core.render import render
from bot.core.urls import canonical
from bot.errors import ExportError
from bot.services.desk.publication import Publication
from bot.services.drafting.erasure import Erasure
from bot.services.episodes import EpisodeRecord
from bot.services.lookups import Lookups
from bot.services.notification import Notification
from bot.services.ports import Person, Preview, Room, Snapshot
from bot.services.request import Answer, Request
from bot.services.show import Show
from bot.texts import say

BATCH = 500
"""Messages of an import that are stored in one transaction."""

MOST_KEPT = 50_000
"""Messages that one import may add to drafts: memory for more is not promised."""


BY_MENU = "menu:"
"""What the id of whoever set a mark by menu begins with: no reaction on the platform shows it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message.

    `outcome` is what the quiet mark of a front shows: `kept`, `already` (the episode has its link
    already), `untitled` (kept, but a link has no title), `talk` (nothing of it is in the draft),
    `secret` (an address was left out because it carries one) or `erased` (off the record). `note`
    tells the host what needs to be known. While `waiting`, a title is being looked up; the receipt
    may be another once it came.
    """

    outcome: Literal["kept", "already", "untitled", "talk", "secret", "erased"]
    note: str | None = None
    waiting: bool = False


class Capture:
    """Keeps what happens in the channels of a show."""

    def __init__(
        self,
        *,
        show: Show,
        room: Room,
        erasure: Erasure,
        lookups: Lookups,
        publication: Publication,
    ) -> None:
        self._show = show
        self._room = room
        self._erasure = erasure
        self._lookups = lookups
        self._publication = publication

    async def message(self, snapshot: Snapshot, *, language: str = "en") -> Receipt:
        """Take in a message that came or was edited, with its marks and previews.

        After a publication it opens the next episode.
        """
        await self._publication.close_if_due()
        message = snapshot.message
        record = await self._show.episodes.home(message.id, message.at, _channel(message))
        outline = await self._show.log.outline(record.id)
        events, parsed = self._events(snapshot, record, outline)
        if not _is_talk(events[0]):
            await self._show.people.meet([snapshot.author])
        stored = await self._show.log.record([*await self._opening(record, events), *events])
        if erased := await self._erase_locked(stored, language):
            return Receipt("erased", erased)
        await self._keep_previews([snapshot])
        # Asked for again: an erasure meanwhile has it folded anew.
        outline = await self._show.log.outline(record.id)
        return await self._receipt(message.id, outline, parsed, language)

    async def _erase_locked(self, stored: Iterable[Event], language: str) -> str | None:
        """Erase what these events took off the record and was stored before; say what of it."""
        told = None
        for event in stored:
            what = event.what
            if isinstance(what, Marked) and what.emoji == OFF_RECORD and what.on:
                outline = await self._show.log.outline(event.episode)
                known = outline.message(what.message)
                if known is not None and known.text is not None:
                    told = await self._erasure.erase(event.episode, what.message, language)
        return told

    async def gone(self, message: str, *, channel: str, person: Person, at: int) -> None:
        """Take in that a message was deleted."""
        record = await self._show.episodes.home(message, at, channel)
        what = MessageGone(message)
        await self._show.log.record([Event(f"{message}!gone", record.id, at, person.id, what)])

    async def mark(
        self,
        message: str,
        emoji: str,
        *,
        on: bool,
        channel: str,
        person: Person,
        at: int,
        language: str = "en",
    ) -> Receipt:
        """Take in that a host put a mark on a message, or took it away."""
        emoji = emoji.rstrip("\ufe0f")
        if emoji not in MARKS:
            return Receipt("talk")
        record = await self._home_of_marked(message, emoji, channel, at)
        if person.name:
            await self._show.people.meet([person])
        event = _mark(message, person.id, emoji, record.id, on=on, at=at)
        await self._show.log.record([event])
        outline = await self._show.log.outline(record.id)
        if emoji == OFF_RECORD and OFF_RECORD in outline.marked(message):
            return Receipt("erased", await self._erasure.erase(record.id, message, language))
        if not on and emoji in outline.marked(message):
            note = say("desk.mark-of-another", language, emoji=emoji)
            return Receipt(outline.outcome(message), note)
        if emoji in (KEEP, OFF_RECORD):
            return await self._read_again(record, outline, channel, message, at, language)
        return Receipt(outline.outcome(message))

    async def mark_by_menu(
        self, request: Request, *, message: str, emoji: str, channel: str
    ) -> Answer:
        """Put a mark on a message in a channel or thread; given again, take it away."""
        by = BY_MENU + request.person.id
        record = await self._show.episodes.home(message, request.at, request.channel)
        marks = (await self._show.log.outline(record.id)).marks(message)
        on = not marks.get((by, emoji), False)
        receipt = await self.mark(
            message,
            emoji,
            on=on,
            channel=channel,
            person=Person(by, ""),
            at=request.at,
            language=request.language,
        )
        kept = receipt.outcome in ("kept", "untitled", "already")
        return Answer(receipt.note or request.say(f"menu-{_MENUS[emoji]}-{_done(on, kept)}"))

    async def _home_of_marked(
        self, message: str, emoji: str, channel: str, at: int
    ) -> EpisodeRecord:
        """Return the episode of a marked message, asking for its time where it was never seen."""
        if emoji != OFF_RECORD and await self._show.store.episode_of(message) is None:
            seen = await self._room.fetch(channel, message)
            if seen is not None:
                return await self._show.episodes.at(seen.at, _channel(seen))
        return await self._show.episodes.home(message, at, channel)

    async def _read_again(
        self,
        record: EpisodeRecord,
        outline: Outline,
        channel: str,
        message: str,
        at: int,
        language: str,
    ) -> Receipt:
        """Ask the platform for a message whose text was not kept, now that its marks changed."""
        known = outline.message(message)
        if known is not None and known.text is not None:
            return Receipt(outline.outcome(message))
        fetched = await self._room.fetch(channel, message)
        if fetched is None:
            return Receipt("talk", say("desk.cannot-read-again", language))
        state, parsed = self._state(fetched, outline.marked(message))
        # An erased state keeps its key, so that it never comes back: this one needs another.
        event = _seen(state, record.id, again=f"+{at}")
        await self._show.log.record([*await self._opening(record, [event]), event])
        return await self._receipt(message, outline, parsed, language)

    async def read_unread(self, at: int) -> None:
        """Ask once more for messages that were marked to be kept while they could not be read."""
        await self._show.episodes.current("")  # also the one that nothing opened yet may have marks
        for record in [one for one in await self._show.episodes.all() if one.closed is None]:
            outline = await self._show.log.outline(record.id)
            for message in outline.unread():
                known = outline.message(message)
                if known is not None:
                    await self._read_again(record, outline, known.channel, message, at, "en")

    async def known_in(self, channel: str) -> dict[str, dict[str, int]]:
        """Return the messages that open episodes hold of a channel and its threads, with times.

        They come by channel or thread (of `threaded` messages, by what they reply to); those known
        to be deleted are left out.
        """
        found: dict[str, dict[str, int]] = {}
        gone = set()
        for record in [one for one in await self._show.episodes.all() if one.closed is None]:
            for event in await self._show.store.events(record.id):
                what = event.what
                if isinstance(what, MessageGone):
                    gone.add(what.message)
                elif isinstance(what, MessageSeen) and _channel(what.message) == channel:
                    messages = found.setdefault(_stands_in(what.message), {})
                    messages[what.message.id] = what.message.at
        return {
            place: {one: at for one, at in messages.items() if one not in gone}
            for place, messages in found.items()
        }

    async def read(self, snapshots: Iterable[Snapshot], *, at: int) -> int:
        """Take in messages in bulk, as they were at the time `at`; return how many were new.

        Raises ExportError when more is kept than one import may add.
        """
        new, kept, batch = 0, 0, list[Snapshot]()
        for snapshot in snapshots:
            batch.append(snapshot)
            if len(batch) == BATCH:
                new, kept = await self._read(batch, at, new, kept)
                batch.clear()
        new, _ = await self._read(batch, at, new, kept)
        await self.want_titles()
        return new

    async def want_titles(self) -> None:
        """Have the links of all open episodes looked up that were not."""
        for record in await self._show.episodes.all():
            if record.closed is None:
                episode = await self._show.episode(record.id)
                await self._lookups.want(render.links(episode, self._show.profile))

    async def _read(self, batch: list[Snapshot], at: int, new: int, kept: int) -> tuple[int, int]:
        events: list[Event] = []
        for snapshot in batch:
            message = snapshot.message
            record = await self._show.episodes.home(message.id, message.at, _channel(message))
            outline = await self._show.log.outline(record.id)
            found, _ = self._events(snapshot, record, outline, read_at=at)
            events += [*await self._opening(record, found, known=events), *found]
        await self._show.people.meet({one.author.id: one.author for one in batch}.values())
        stored = await self._show.log.record(events)
        await self._erase_locked(stored, "en")
        await self._keep_previews(batch)
        seen = [event for event in stored if isinstance(event.what, MessageSeen)]
        kept += sum(not _is_talk(event) for event in seen)
        if kept > MOST_KEPT:
            raise ExportError("desk.too-many-kept", most=MOST_KEPT)
        return new + len(seen), kept

    # --- from a snapshot to events -------------------------------------------------------------

    def _events(
        self,
        snapshot: Snapshot,
        record: EpisodeRecord,
        outline: Outline,
        *,
        read_at: int | None = None,
    ) -> tuple[list[Event], Parsed]:
        """Return the events that a snapshot tells of, and what its text holds."""
        message = snapshot.message
        marks = list(_mark_events(snapshot, record.id, outline, read_at))
        standing = outline.marked(message.id) | {
            event.what.emoji for event in marks if isinstance(event.what, Marked) and event.what.on
        }
        state, parsed = self._state(message, standing)
        return [_seen(state, record.id), *marks], parsed

    def _state(self, message: Message, marks: Iterable[str]) -> tuple[Message, Parsed]:
        """Return a message as it is kept: talk without its text, and never a secret."""
        rules = self._show.profile.rules
        parsed = parse(message.text or "", rules, marked=KEEP in marks)
        if OFF_RECORD in marks or not parsed.blocks:
            return replace(message, text=None), parsed
        if parsed.secrets:
            message = replace(message, text=redact(message.text or ""))
        return message, parsed

    async def _opening(
        self, record: EpisodeRecord, events: list[Event], known: Iterable[Event] = ()
    ) -> list[Event]:
        """Return the event that opens the episode, if these are the first that keep something."""
        kept = [event for event in events if not _is_talk(event)]
        if not kept or any(event.key == f"{record.id}:opened" for event in known):
            return []
        first = kept[0]
        return await self._show.opening(record, by=first.by, at=first.at)

    async def _keep_previews(self, snapshots: Iterable[Snapshot]) -> None:
        """Keep the platform's titles for links that are in a draft."""
        found: dict[str, Lookup] = {}
        for snapshot in snapshots:
            if not snapshot.previews:
                continue
            message = snapshot.message
            record = await self._show.episodes.home(message.id, message.at, _channel(message))
            kept = (await self._show.log.outline(record.id)).message(message.id)
            if kept is not None and kept.text is not None:
                found.update(_lookups(snapshot.previews, message.at))
                self._show.notifications.announce(Notification(record.id, "changed"))
        if found:
            await self._show.store.put_lookups(found)

    async def _receipt(
        self, message: str, outline: Outline, parsed: Parsed, language: str
    ) -> Receipt:
        outcome = outline.outcome(message)
        note = None
        if parsed.secrets:
            note = say("desk.secret-left-out", language, hosts=", ".join(parsed.secrets))
        if outcome == "talk" and parsed.secrets:
            return Receipt("secret", note)
        if outcome == "kept":
            links = [
                link
                for block in parsed.blocks
                if not isinstance(block, Heading)
                for link in links_within(block)
            ]
            await self._lookups.want(one for one in links if self._show.profile.asks_for(one))
            return await self._titled_or_not(links, note)
        return Receipt(outcome, note)

    async def _titled_or_not(self, links: Iterable[Link], note: str | None) -> Receipt:
        wanted = {link.canonical for link in links if link.title is None}
        found = await self._show.store.lookups(wanted) if wanted else {}
        missing = {one for one in wanted if one not in found or found[one].title is None}
        if not missing:
            return Receipt("kept", note)
        return Receipt("untitled", note, waiting=self._lookups.looks_for(missing))

    async def receipt(self, message: str) -> Receipt:
        """Return what became of a message that was taken in before, as it stands now."""
        episode = await self._show.store.episode_of(message)
        outcome = (await self._show.log.outline(episode)).outcome(message) if episode else "talk"
        if episode is None or outcome != "kept":
            return Receipt(outcome)
        items = (await self._show.episode(episode)).items()
        links = [x for item in items if item.message == message for x in links_within(item.content)]
        return await self._titled_or_not(links, None)


_MENUS = {KEEP: "keep", LEAVE_OUT: "leave-out", OFF_RECORD: "off-record"}


def _done(on: bool, kept: bool) -> str:
    """Name what a menu did: set or taken away, and whether the message is in the draft now."""
    return "on" if on else "off-kept" if kept else "off"


def _channel(message: Message) -> str:
    """Return the channel that decides which episode a message feeds: a thread's parent."""
    return message.thread.parent if message.thread else message.channel


def _stands_in(message: Message) -> str:
    """Name what a message is read with: a channel, or the thread that it is part of."""
    return (message.reply_to if message.threaded else None) or message.channel


def _seen(message: Message, episode: str, *, again: str = "") -> Event:
    # A state with its text wins over the same state without, which was stored while it was talk.
    key = f"{message.id}@{message.stamp}{'' if message.text is None else '+'}{again}"
    return Event(key, episode, message.at, message.by, MessageSeen(message))


def _is_talk(event: Event) -> bool:
    if isinstance(event.what, MessageSeen):
        return event.what.message.text is None
    return True


def _mark_events(
    snapshot: Snapshot, episode: str, outline: Outline, read_at: int | None
) -> Iterable[Event]:
    """Yield the changes of marks between what is known and what a snapshot shows."""
    if snapshot.reactions is None:
        return
    message = snapshot.message
    known = outline.marks(message.id)
    shown = {(one.by, one.emoji.rstrip("\ufe0f")) for one in snapshot.reactions}
    for by, emoji in sorted(shown | set(known)):
        on = (by, emoji) in shown
        if emoji not in MARKS or known.get((by, emoji), False) is on or by.startswith(BY_MENU):
            continue
        first = (by, emoji) not in known
        at = message.stamp if first or read_at is None else read_at
        yield _mark(message.id, by, emoji, episode, on=on, at=at)


def _mark(message: str, by: str, emoji: str, episode: str, *, on: bool, at: int) -> Event:
    key = f"mark:{message}:{by}:{emoji}:{'on' if on else 'off'}:{at}"
    return Event(key, episode, at, by, Marked(message, emoji, on))


def _lookups(previews: Iterable[Preview], at: int) -> dict[str, Lookup]:
    return {
        canonical(one.url): Lookup(one.url, title=one.title, source="preview", at=at)
        for one in previews
        if one.title
    }
