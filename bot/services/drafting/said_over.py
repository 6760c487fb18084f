"""What a message says by now in the place of words that people had changed in the file before.

People's words stand in the file until hosts chose: nobody's are lost unasked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.core.document.list_marks import split_marks
from bot.core.episode.file_text import is_said_anew, links_written, written
from bot.core.episode.find import label_of, shortened
from bot.core.episode.fold import Outline
from bot.core.events import Event, ItemRemoved
from bot.core.file_events import ConflictFound, ItemWritten
from bot.core.profile.profile import Profile
from bot.services.drafting.conflict_keys import conflict_key
from bot.services.drafting.rendering import Drafting
from bot.services.ports import Draft

LONGEST_NAME = 60

Question = tuple[str, ConflictFound]
"""A question, and the key under which it is asked once."""


def name_of(text: str) -> str:
    """Return by what hosts know what stands in the file: the words of its first line."""
    return shortened(label_of(written(text), {}), LONGEST_NAME)


async def said_over(
    outline: Outline, draft: Draft, *, drafting: Drafting, profile: Profile
) -> list[Question]:
    """Return what to ask of an episode, as it stands at a draft.

    It is asked once for what a message says, whatever people make of their words after that.
    """
    asked = list(_of_topics(outline))
    lookups = draft.lookups
    for item in outline.episode.items():
        if not is_said_anew(item):
            continue
        theirs = await drafting.item_text(item, profile=profile, lookups=lookups)
        ours = await drafting.item_text(item, profile=profile, lookups=lookups, newest=True)
        if ours != theirs:
            bare = replace(item, steps=())
            said = await drafting.item_text(bare, profile=profile, lookups=lookups)
            found = ConflictFound("item", item.id, name_of(theirs), ours, theirs)
            asked.append((conflict_key(item.id, said), found))
    return asked


def said_of_lifted(
    outline: Outline, events: Iterable[Event], former: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[Question]:
    """Yield what to ask of what people put out of another item's text, and the chat changed too.

    `former` has the text of each item that was a part of another one's when we committed, `now`
    of those that the chat still gives. What gives another link by now is asked about though they
    took it out: they never saw that.
    """
    for event in events:
        what = event.what
        if isinstance(what, ItemRemoved) and _is_another(former.get(what.item), now.get(what.item)):
            ours = now[what.item]
            found = ConflictFound("item", what.item, name_of(ours), ours, "")
            yield conflict_key(what.item, ours, ""), found
        if not isinstance(what, ItemWritten) or what.item not in former:
            continue
        ours = now.get(what.item, "")
        is_new = _words(ours) not in (_words(former[what.item]), _words(what.now))
        if is_new and outline.is_shown(what.item):
            found = ConflictFound("item", what.item, name_of(what.now), ours, what.now)
            yield conflict_key(what.item, ours, what.now), found


def _is_another(former: str | None, now: str | None) -> bool:
    """Return whether a text begins with another link than it did."""
    if former is None or not now:
        return False
    was, links = (links_written(text.partition("\n")[0]) for text in (former, now))
    return bool(links) and {one.canonical for one in links} != {one.canonical for one in was}


def _words(text: str) -> list[str]:
    """Return the words of each line, without its marks and however far in it stands."""
    return [split_marks(line)[1] for line in text.split("\n")]


def _of_topics(outline: Outline) -> Iterator[Question]:
    for topic, known in outline.disputed().items():
        name = shortened(known.now, LONGEST_NAME)
        found = ConflictFound("topic", topic, name, known.ours, known.now)
        yield conflict_key(topic, known.asked), found
