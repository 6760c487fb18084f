"""What happens in a chat: messages, their edits and deletions, and marks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial

from bot.core.episode.fold import Outline
from bot.core.episode.guests import as_read_first, is_edit_that_waits
from bot.core.episode.marks import BY_MENU
from bot.core.events import Event, Marked, Message, MessageGone, MessageSeen
from bot.core.grammar.message import KEEP, LEAVE_OUT, MARKS, OFF_RECORD, Parsed, redact
from bot.core.model import Heading, Lookup, links_within
from bot.core.render import render
from bot.core.urls import has_wide_address
from bot.errors import ExportError
from bot.services.capture.receipts import Receipt, Receipts
from bot.services.capture.snapshot_events import (
    channel_of,
    is_talk,
    lookups_of,
    mark_events,
    marked,
    seen,
    seen_after,
    stands_in,
    unnamed_if_locked,
)
from bot.services.drafting.erasure import Erasure
from bot.services.drafting.publication_watch import PublicationWatch
from bot.services.episodes import EpisodeRecord
from bot.services.lookups import Lookups
from bot.services.notification import Notification
from bot.services.ports import Person, Room, Snapshot
from bot.services.request import Answer, Request
from bot.services.show import Show
from bot.services.site_index.own_titles import OwnTitles
from bot.services.tasks import Locks, aside
from bot.texts import say

BATCH = 500
"""Messages of an import that are stored in one transaction."""

MOST_KEPT = 50_000
"""Messages that one import may add to drafts: memory for more is not promised."""


class Capture:
    """Keeps what happens in the channels of a show."""

    def __init__(
        self,
        *,
        show: Show,
        room: Room,
        erasure: Erasure,
        lookups: Lookups,
        own_titles: OwnTitles,
        publication_watch: PublicationWatch,
    ) -> None:
        self._show = show
        self._room = room
        self._erasure = erasure
        self._lookups = lookups
        self._own_titles = own_titles
        self._publication_watch = publication_watch
        self._receipts = Receipts(show=show, lookups=lookups)
        self._locks = Locks()

    async def message(self, snapshot: Snapshot, *, language: str = "en") -> Receipt:
        """Take in a message that came or was edited, with its marks and previews.

        After a publication it opens the next episode.
        """
        await self._publication_watch.look_if_due()
        message = snapshot.message
        record = await self._show.episodes.home(message.id, message.at, channel_of(message))
        outline = await self._show.log.outline(record.id)
        is_first = message.stamp == message.at and not snapshot.previews
        waiting = {} if is_first else await self._waiting([message])
        events, parsed = await self._events(snapshot, record, outline, waiting=waiting)
        if any(not is_talk(event) for event in events):
            await self._show.people.meet([snapshot.author])
        stored = await self._show.log.record([*await self._opening(record, events), *events])
        if erased := await self._erase_locked(stored, language):
            return Receipt("erased", erased)
        await self._keep_previews([snapshot])
        # Asked for again: an erasure meanwhile has it folded anew.
        outline = await self._show.log.outline(record.id)
        if message.guest and parsed.blocks and not _holds(outline, message):
            return Receipt("waits")
        return await self._receipt(message, outline, parsed, language)

    async def _erase_locked(self, stored: Iterable[Event], language: str | None) -> str | None:
        """Erase what is stored of messages that are off the record; say what of the last.

        These events locked it, or it was on its way into the log. Without a `language` it was found
        and is told in the channel.
        """
        note = None
        for event in stored:
            if (message := event.about) is None:  # that opens an episode
                continue
            if OFF_RECORD not in (await self._show.log.outline(event.episode)).marked(message):
                continue
            async with self._locks.of(message):
                outline = await self._show.log.outline(event.episode)
                if OFF_RECORD not in outline.marked(message) or not outline.holds(message):
                    continue
                if language is None:
                    await self._erasure.erase_found(event.episode, message)
                else:
                    note = await self._erasure.erase(event.episode, message, language)
        return note

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
        stamped: bool = True,
    ) -> Receipt:
        """Take in that a host put a mark on a message, or took it away.

        `at` is when, if the platform says it: news may be late. Else (not `stamped`) it is our own
        clock, which may be set back: it happened after all that is known of that mark.
        """
        emoji = emoji.rstrip("\ufe0f")
        if emoji not in MARKS:
            return Receipt("talk")
        record = await self._home_of_marked(message, emoji, channel, at)
        if person.name:
            await self._show.people.meet([person])
        if not stamped:
            outline = await self._show.log.outline(record.id)
            at = outline.after_mark((person.id, emoji), message, at, on=on)
        event = marked(message, person.id, emoji, record.id, on=on, at=at)
        await self._show.log.record([event])
        async with self._locks.of(message):
            return await self._follow_mark(record, channel, message, event, language)

    async def _follow_mark(
        self, record: EpisodeRecord, channel: str, message: str, event: Event, language: str
    ) -> Receipt:
        """Do what the marks of a message ask for by now: news of them may come late, or at once."""
        assert isinstance(event.what, Marked)  # noqa: S101 - the caller made it
        emoji, on, at = event.what.emoji, event.what.on, event.at
        outline = await self._show.log.outline(record.id)
        if OFF_RECORD in outline.marked(message):
            if emoji == OFF_RECORD or outline.holds(message):
                return Receipt("erased", await self._erasure.erase(record.id, message, language))
            return Receipt("erased")
        if not on and emoji in outline.marked(message):
            note = say("desk.mark-of-another", language, emoji=emoji)
            return Receipt(outline.outcome(message), note)
        if emoji in (KEEP, OFF_RECORD):
            newest = on and emoji == KEEP  # what it says now is taken in, a guest's edits too
            return await self._read_again(
                record, outline, channel, message, at, language, newest=newest
            )
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
            stamped=False,
        )
        kept = receipt.outcome in ("kept", "recurs", "untitled", "already")
        done = say(f"menus.did-{_MENUS[emoji]}-{_done(on, kept)}", request.language)
        return Answer(receipt.note or done)

    async def _home_of_marked(
        self, message: str, emoji: str, channel: str, at: int
    ) -> EpisodeRecord:
        """Return the episode of a marked message, asking for its time where it was never seen."""
        if emoji != OFF_RECORD and await self._show.store.episode_of(message) is None:
            fetched = await self._room.fetch(channel, message, self._show.profile.zone)
            if fetched is not None:
                found = fetched.message
                return await self._show.episodes.at(found.at, channel_of(found))
        return await self._show.episodes.home(message, at, channel)

    async def _read_again(
        self,
        record: EpisodeRecord,
        outline: Outline,
        channel: str,
        message: str,
        at: int,
        language: str,
        *,
        newest: bool = False,
    ) -> Receipt:
        """Ask the platform for a message whose text was not kept, now that its marks changed.

        With `newest`, also for one that may say something else by now.
        """
        known = outline.message(message)
        is_kept = known is not None and known.text is not None
        if is_kept and not newest:
            return Receipt(outline.outcome(message))
        snapshot = await self._room.fetch(channel, message, self._show.profile.zone)
        fetched = snapshot.message if snapshot else None
        if known is not None and is_kept and (fetched is None or fetched.stamp <= known.stamp):
            return Receipt(outline.outcome(message))
        if snapshot is None or fetched is None:
            return Receipt("talk", say("desk.cannot-read-again", language))
        outline = await self._show.log.outline(record.id)  # its marks may be others by now
        fetched = unnamed_if_locked(as_read_first(fetched, known), outline)
        if fetched.guest and fetched.stamp > at:
            return Receipt("waits")  # changed since the host saw it
        state, parsed = await self._state(fetched, outline.marked(message), outline)
        # An erased state keeps its key, so that it never comes back: what is said needs another.
        again = "" if state.text is None else f"+{outline.lifted(message) or at}"
        event = seen(state, record.id, again=again)
        await self._show.log.record([*await self._opening(record, [event]), event])
        await self._keep_previews([snapshot])
        return await self._receipt(fetched, outline, parsed, language)

    async def read_unread(self, at: int) -> None:
        """Ask once more for messages that were marked to be kept while they could not be read."""
        await self._show.episodes.current("")  # also the one that nothing opened yet may have marks
        for record in [one for one in await self._show.episodes.all() if one.closed is None]:
            outline = await self._show.log.outline(record.id)
            for message in outline.unread():
                known = outline.message(message)
                if known is not None:
                    await self._read_again(record, outline, known.channel, message, at, "en")

    async def known_in(
        self, channel: str, *, since: int | None = None
    ) -> dict[str, dict[str, int]]:
        """Return the messages that open episodes hold of a channel and its threads, with times.

        With `since`, also those of episodes that were closed after that time. They come by channel
        or thread (of `threaded` messages, by what they reply to); those known to be deleted are
        left out.
        """
        found: dict[str, dict[str, int]] = {}
        gone = set()
        for record in list(await self._show.episodes.all()):
            if record.closed is not None and (since is None or record.closed < since):
                continue
            for event in await self._show.store.events(record.id):
                what = event.what
                if isinstance(what, MessageGone):
                    gone.add(what.message)
                elif isinstance(what, MessageSeen) and channel_of(what.message) == channel:
                    messages = found.setdefault(stands_in(what.message), {})
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
        waiting = await self._waiting([snapshot.message for snapshot in batch])
        for snapshot in batch:
            message = snapshot.message
            record = await self._show.episodes.home(message.id, message.at, channel_of(message))
            outline = await self._show.log.outline(record.id)
            found, _ = await self._events(
                snapshot, record, outline, waiting=waiting, read_at=at, batch=events
            )
            events += [*await self._opening(record, found, known=events), *found]
        await self._show.people.meet({one.author.id: one.author for one in batch}.values())
        stored = await self._show.log.record(events)
        await self._erase_locked(stored, None)
        await self._keep_previews(batch)
        new_states = [event for event in stored if isinstance(event.what, MessageSeen)]
        kept += sum(not is_talk(event) for event in new_states)
        if kept > MOST_KEPT:
            raise ExportError("desk.too-many-kept", most=MOST_KEPT)
        return new + len(new_states), kept

    # --- from a snapshot to events -------------------------------------------------------------

    async def _events(
        self,
        snapshot: Snapshot,
        record: EpisodeRecord,
        outline: Outline,
        *,
        waiting: Mapping[str, Message],
        read_at: int | None = None,
        batch: Iterable[Event] = (),
    ) -> tuple[list[Event], Parsed]:
        """Return the events that a snapshot tells of, and what its text holds.

        `waiting` are the states that wait of messages of which the outline may know nothing,
        `batch` the events of what is read with it.
        """
        identity = snapshot.message.id
        known = outline.message(identity) or waiting.get(identity)
        message = unnamed_if_locked(as_read_first(snapshot.message, known), outline, batch)
        marks = list(mark_events(snapshot, record.id, outline, read_at))
        new = {
            event.what.emoji for event in marks if isinstance(event.what, Marked) and event.what.on
        }
        set_now = outline.marked(identity, marks)
        state, parsed = await self._state(message, set_now, outline)
        if is_edit_that_waits(message, known, set_now, is_marked_now=KEEP in new):
            return marks, parsed
        return [seen_after(state, record.id, outline, marks), *marks], parsed

    async def _waiting(self, messages: Collection[Message]) -> dict[str, Message]:
        """Return the stored states, by message, of those that were read as a guest's."""
        stored = await self._show.store.talk([message.id for message in messages])
        states = (event.what.message for event in stored if isinstance(event.what, MessageSeen))
        return {state.id: state for state in states if state.guest}

    async def _state(
        self, message: Message, marks: Iterable[str], outline: Outline
    ) -> tuple[Message, Parsed]:
        """Return a message as it is kept: talk without its text, and never a secret."""
        is_marked = KEEP in marks

        async def parse(text: str) -> Parsed:
            """Parse a text; beside the event loop, where a profile's expressions are asked."""
            work = partial(outline.parse, text, marked=is_marked, guest=message.guest)
            return await aside(work, when=not outline.rules.is_quick)

        parsed = await parse(message.text or "")
        waits = message.guest and not is_marked
        if OFF_RECORD in marks or waits or not parsed.blocks:
            return replace(message, text=None), parsed
        if parsed.secrets:
            message = replace(message, text=redact(message.text or ""))
            await parse(message.text or "")  # so that it is not when it is folded
        return message, parsed

    async def _opening(
        self, record: EpisodeRecord, events: list[Event], known: Iterable[Event] = ()
    ) -> list[Event]:
        """Return the event that opens the episode, if these are the first that keep something."""
        kept = [event for event in events if not is_talk(event)]
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
            record = await self._show.episodes.home(message.id, message.at, channel_of(message))
            kept = (await self._show.log.outline(record.id)).message(message.id)
            if kept is not None and kept.text is not None:
                found.update(lookups_of(snapshot.previews, kept.text, message.at))
                self._show.notifications.announce(Notification(record.id, "changed"))
        if found:
            await self._show.store.put_lookups(found)

    async def _receipt(
        self, message: Message, outline: Outline, parsed: Parsed, language: str
    ) -> Receipt:
        outcome, note = outline.outcome(message.id), None
        if has_wide_address(message.text or "") and not message.guest:
            note = say("desk.wide-address", language)
        if parsed.secrets:
            note = say("desk.secret-left-out", language, hosts=parsed.secrets)
        if outcome == "talk" and parsed.secrets:
            return Receipt("secret", note)
        if outcome == "kept":
            links = [
                link
                for block in parsed.blocks
                if not isinstance(block, Heading)
                for link in links_within(block)
            ]
            await self._own_titles.know(links)
            known = await self._show.store.lookups({link.canonical for link in links})
            self._lookups.start(known, (one for one in links if self._show.profile.asks_for(one)))
            return self._receipts.kept(links, known, note, outline=outline)
        return Receipt(outcome, note)

    async def receipt(self, message: str) -> Receipt:
        """Return what became of a message that was taken in before, as it stands now."""
        episode = await self._show.store.episode_of(message)
        outline = await self._show.log.outline(episode) if episode else None
        outcome = outline.outcome(message) if outline else "talk"
        if episode is None or outline is None or outcome != "kept":
            return Receipt(outcome)
        items = (await self._show.episode(episode)).items()
        links = [x for item in items if item.message == message for x in links_within(item.content)]
        known = await self._show.store.lookups({link.canonical for link in links})
        return self._receipts.kept(links, known, None, outline=outline)


_MENUS = {KEEP: "keep", LEAVE_OUT: "leave-out", OFF_RECORD: "off-record"}


def _done(on: bool, kept: bool) -> str:
    """Name what a menu did: set or taken away, and whether the message is in the draft now."""
    return "on" if on else "off-kept" if kept else "off"


def _holds(outline: Outline, message: Message) -> bool:
    """Return whether the draft has a guest's message as it is now."""
    known = outline.message(message.id)
    return KEEP in outline.marked(message.id) and known is not None and known.text == message.text
