"""Items that hosts are asked about and that people put into another one's lines.

The file's side stands until somebody chooses, wherever it stands: should those lines go, the item
stands for itself as the file has it, and the question goes on.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.document.form import unwrapped
from bot.core.document.list_marks import item_start, split_marks
from bot.core.episode.builder import EpisodeBuilder
from bot.core.episode.file_text import written
from bot.core.episode.item_index import links_of
from bot.core.episode.sections import PlacedItem, followed
from bot.core.events import Event, born_of
from bot.core.file_events import OF_FILE, ConflictFound
from bot.core.model import Item, Patch, Step, Written


def hold(builder: EpisodeBuilder, found: ConflictFound, event: Event) -> None:
    """Let an item be, by itself, what the file has of it; what people wrote there is that."""
    if found.about.startswith(OF_FILE):
        return
    entry = builder.meant(found.about)
    if entry is not None and found.said:
        theirs = Patch(found.said, found.had, event.at)
        entry.change(replace(entry.item, steps=(*entry.item.steps, theirs)))
    elif not found.said and not (entry is not None and (entry.alive or entry.nested)):
        _put_back(builder, entry or _made(builder, found, event), found)


def _made(builder: EpisodeBuilder, found: ConflictFound, event: Event) -> PlacedItem:
    """Make an item of what the file has of one that its message gives no more, where that stood."""
    message = born_of(found.about)
    item = Item(found.about, written(found.had), message, event.by, event.at)
    section = followed(builder.stood.get(message, builder.top))
    entry = builder.entries[item.id] = PlacedItem(item, section, alive=False)
    section.add(entry)
    return entry


def know(builder: EpisodeBuilder, found: ConflictFound, event: Event) -> None:
    """Keep as taken out what its message gives no more: people may put it by itself again."""
    if builder.meant(found.about) is None:
        builder.taken[found.about] = _made(builder, found, event)


def take_place(
    asked: dict[str, ConflictFound], numbers: Mapping[str, int], found: ConflictFound
) -> int:
    """Have a question take the place of one about the same thing, which goes; return its number.

    The thing stands in another line by now, or the chat says something else of it.
    """
    for key, one in list(asked.items()) if found.had else ():
        if one.had and one.about == found.about:
            del asked[key]
            return numbers[key]
    return len(numbers) + 1


def let_go(builder: EpisodeBuilder, found: ConflictFound) -> None:
    """Let it be, by itself, what the chat says of it: the same may have been taken in, too."""
    entry = builder.meant(found.about)
    if entry is not None:
        steps = tuple(step for step in entry.item.steps if not _is_file_side(step, found))
        entry.change(replace(entry.item, steps=steps))


def asked_of(builder: EpisodeBuilder, found: ConflictFound, line: str) -> ConflictFound:
    """Return a question of something within a line as one of that, be it a heading by now.

    That says what the line did, without its marks. What stood below that is none of its.
    """
    heading = builder.section(line)
    if heading is None:
        return replace(found, thing="item", about=line)
    of_heading = replace(found, thing="topic", about=line)
    if (
        item_start(found.theirs) == 0 or found.theirs == heading.name
    ):  # it was one when it was asked
        return of_heading
    return replace(of_heading, ours=_name(found.ours), theirs=_name(found.theirs))


def _name(text: str) -> str:
    return split_marks(unwrapped(text.split("\n"))[0])[1]


def bullet_that_says(builder: EpisodeBuilder, name: str) -> str | None:
    """Return the id of a bullet of people's that stands for itself and says a heading's name."""
    theirs = (
        (one, entry.item.content)
        for one, entry in builder.entries.items()
        if one.startswith(OF_FILE) and entry.alive
    )
    texts = ((one, it.text.partition("\n")[0]) for one, it in theirs if isinstance(it, Written))
    return next((one for one, line in texts if split_marks(line)[1] == name), None)


def _is_file_side(step: Step, found: ConflictFound) -> bool:
    return isinstance(step, Patch) and (step.was, step.now) == (found.said, found.had)


def _put_back(builder: EpisodeBuilder, entry: PlacedItem, found: ConflictFound) -> None:
    """Have an item that the chat took out be there again, as the file has it.

    What its message said between the last draft and its end was in no file, and is gone with it.
    """
    entry.change(replace(entry.item, content=written(found.had), steps=()))
    entry.alive, entry.section.items = True, None
    builder.taken.pop(entry.item.id, None)
    builder.register(entry, links_of(entry.item.content))
    builder.settle_from(entry.item.id)
