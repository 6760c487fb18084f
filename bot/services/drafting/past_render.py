"""What an episode gave at its last draft, by today's code.

So that a new version of the app is not taken for a change of the hosts', nothing that was rendered
is kept, but what it was rendered of (docs/design.md, "Two merges").
"""

import asyncio
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from weakref import WeakKeyDictionary

from bot.core.document.version import Side
from bot.core.episode.fold import Outline
from bot.core.erasure.said_again import made_of
from bot.core.events import (
    Event,
    ItemNoted,
    ItemReaddressed,
    ItemRestored,
    ItemRetitled,
    MessageSeen,
    TopicRenamed,
    born_of,
)
from bot.core.file_events import (
    OF_FILE,
    ConflictFound,
    ItemWritten,
    StandsIn,
    TopicFound,
    TopicWritten,
)
from bot.core.merge.template_lines import as_committed
from bot.core.profile import profile as profiles
from bot.core.profile.profile import Profile
from bot.core.threads import unnamed
from bot.errors import ProfileError
from bot.services.drafting.rendering import Drafting, Rendered
from bot.services.episode_areas import NOTES_DRAFTED
from bot.services.ports import Draft
from bot.services.show import Show

ERASED = (
    ItemRetitled,
    ItemReaddressed,
    ItemNoted,
    TopicRenamed,
    ItemWritten,
    TopicWritten,
    TopicFound,
    ConflictFound,
)
"""What the store erases of an item or topic that goes off the record."""


def edits_prefix(draft: Draft) -> str:
    """Return the beginning of the keys of what was taken in with a draft."""
    return f"{OF_FILE}{draft.id}:"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What an episode gave at a draft, without what people had done (`given`), and when `done`."""

    draft: str
    done: Rendered
    given: Rendered


class PastRender:
    """Renders episodes as they stood at a draft."""

    def __init__(self, *, show: Show, drafting: Drafting) -> None:
        self._show = show
        self._drafting = drafting
        # With the fold of the episode as it is: an erasure drops both.
        self._kept: WeakKeyDictionary[Outline, _Kept] = WeakKeyDictionary()

    def profile(self, draft: Draft) -> Profile:
        """Return the profile that a draft was made with; today's where it cannot be read."""
        now = self._show.profile
        if (draft.site_yml, draft.template) == (now.site_yml, now.draft_template.source):
            return now
        try:
            then = profiles.load(draft.site_yml, draft.template, default_name=now.name)
            return replace(then, timer=now.timer, notes_template=now.notes_template)
        except ProfileError:  # written before today's code knew better
            return now

    async def outline(
        self,
        draft: Draft,
        *,
        with_edits: bool = True,
        without: str | None = None,
        instead: Mapping[str, Event] = MappingProxyType({}),
    ) -> Outline:
        """Fold the episode as it stood at a draft, with what people had done in the file.

        With that goes what hosts were asked then: the file's side of it stands.

        Of the message that it is folded `without`, nothing is left of what an erasure takes (nor
        is the name of the thread that hangs on it), nor what was asked of its lines for the sake of
        what people had put into them by then; what it rewrites is there `instead`, by its key.
        """
        now, profile = await self._show.log.outline(draft.episode), self.profile(draft)
        if now.seq == draft.seq and not with_edits and profile is self._show.profile:
            return now.copy()  # nothing has happened since
        outline = Outline(draft.episode, profile.rules)
        prefix = edits_prefix(draft)
        events = await self._show.store.events(draft.episode)
        asked_within = set(_asked_within(events, without)) if without is not None else set[str]()
        outline.extend(
            _unnamed(event, without)
            for event in (instead.get(event.key, event) for event in events)
            if (
                with_edits
                if event.key.startswith(prefix) or _is_asked_at(event, draft)
                else event.seq <= draft.seq
            )
            and not (without and event.about == without and isinstance(event.what, ERASED))
            and event.key not in asked_within
        )
        return outline

    async def rendered(self, draft: Draft) -> Rendered:
        """Render the episode as it stood when a draft was done."""
        kept = self._kept.get(await self._show.log.outline(draft.episode))
        if kept is not None and kept.draft == draft.id:
            return kept.done
        return await self.render(draft, await self.outline(draft))

    async def given(self, draft: Draft) -> Rendered:
        """Render the episode as it was for a draft, when what people had done was not known yet."""
        kept = self._kept.get(await self._show.log.outline(draft.episode))
        if kept is not None and kept.draft == draft.id:
            return kept.given
        return await self.render(draft, await self.outline(draft, with_edits=False))

    async def side(self, draft: Draft) -> Side:
        """Return what the episode gave when a draft was done, but for what is not in the file.

        That is what the template makes of what people had done.
        """
        done, given = await self.rendered(draft), await self.given(draft)
        return await asyncio.to_thread(as_committed, done.side, given.side, draft.committed)

    async def is_behind(self, draft: Draft) -> bool:
        """Return whether a draft's files lack what templates make of what people had done."""
        done, given = await self.rendered(draft), await self.given(draft)
        return done.files != given.files or await self.side(draft) != done.side

    async def is_own_path(self, draft: Draft, path: str) -> bool:
        """Return whether a draft puts its file there, also before people's fields were known."""
        if path == (await self.rendered(draft)).path:
            return True
        return path == (await self.given(draft)).path

    async def keep(self, draft: Draft, rendered: Rendered, *, given: Rendered) -> None:
        """Keep what an episode gives when a draft is done: the next one is made over it.

        `given` is what it gave before what people had done was known.
        """
        kept = _Kept(draft.id, rendered, given)
        self._kept[await self._show.log.outline(draft.episode)] = kept
        if rendered.notes:
            chosen = json.dumps(dict(rendered.choices))
            await self._show.store.put_state(NOTES_DRAFTED, draft.episode, chosen)

    async def render(self, draft: Draft, outline: Outline) -> Rendered:
        """Render a fold as the draft would have."""
        profile = self.profile(draft)
        episode = self._show.with_defaults(outline.episode, profile)
        choices: dict[str, bool] = {}
        if profile.files_have_notes:
            chosen = (await self._show.store.state(NOTES_DRAFTED)).get(draft.episode)
            choices = json.loads(chosen) if chosen else {}
        return await self._drafting.render(
            episode, profile=profile, lookups=draft.lookups, choices=choices
        )


def _is_asked_at(event: Event, draft: Draft) -> bool:
    """Return whether hosts were asked with a draft, of which this is the last."""
    is_new = event.seq > draft.seq and event.at >= draft.at
    return is_new and isinstance(event.what, ConflictFound)


def _asked_within(events: Collection[Event], message: str) -> Iterator[str]:
    """Yield the keys of what was asked of what people had put into a message's lines by then.

    What was asked before that, or since that stood for itself again, holds its own line alone, and
    hosts may have chosen.
    """
    made = made_of(events, message)
    within = set(made)
    for event in events:
        what = event.what
        if isinstance(what, StandsIn) and born_of(what.into) == message:
            within.add(what.item)
        elif isinstance(what, ItemRestored) and what.item not in made:
            within.discard(what.item)
        elif isinstance(what, ConflictFound) and what.about in within:
            stays_away = what.about in made and not what.ours
            if not what.had and not stays_away:
                yield event.key


def _unnamed(event: Event, starter: str | None) -> Event:
    """Return the event of a message without its thread's name, where that hangs on `starter`."""
    message = event.what.message if isinstance(event.what, MessageSeen) else None
    if starter is None or message is None or message.thread is None:
        return event
    if message.thread.starter != starter:
        return event
    return replace(event, what=MessageSeen(unnamed(message)))
