"""Items that people wrote into the file, and those of messages that give the same links."""

from bot.core import events
from bot.core import file_events as in_file
from bot.core.episode.builder import EpisodeBuilder
from bot.core.episode.file_text import labelled, notes_beside, written
from bot.core.episode.item_index import links_of
from bot.core.episode.sections import PlacedItem
from bot.core.episode.twins import Twins
from bot.core.model import Bullet, Item, Patch


def add_item(
    builder: EpisodeBuilder, event: events.Event, what: in_file.ItemAdded, twins: Twins
) -> None:
    """Put in what people wrote, or onto an item with the same link that came in meanwhile.

    One that an edit gave this link only after that comes second, as if it was posted again.
    """
    content = written(what.text)
    twin = builder.first_with(content.links[0].canonical) if len(content.links) == 1 else None
    given = builder.meant(what.item) if what.item else None
    if given is not None and _is_another(given, what.was or ""):
        given = None  # an edit made another link of it, which another message had first until now
    went = None
    if given is not None and given.item.id in builder.taken:
        given, went = None, given  # it was out when they wrote that, came back, and is gone since
    is_onto = twin is not None and not what.again and twins.edited(twin.item.id) <= event.at
    if given is not None:
        builder.entries[event.key] = given
        builder.lift_out_of(given.item.id, what.was or "", what.text)
        patch = builder.made[event.key] = Patch(what.was, what.text, event.at)
        builder.write_onto(given, patch)
    elif twin is not None and is_onto:
        builder.entries[event.key] = twin
        notes = notes_beside(twin.item.content, what.text)
        builder.write_onto(twin, Patch(None, what.text, event.at))
        builder.annotate(twin, notes, twin.item.by)
    else:
        section = builder.home(what.topic)
        item = Item(event.key, content, event.key, event.by, event.at)
        entry = builder.entries[event.key] = PlacedItem(item, section, alive=True)
        section.add(entry)
        builder.register(entry, content.links)
        if went is not None:  # what hosts did to it meanwhile, they did to this
            builder.entries[went.item.id] = entry
            del builder.taken[went.item.id]
    if what.after or what.before:
        builder.move_item(events.ItemMoved(event.key, what.topic, what.after, what.before))
    if given is None and twin is not None and not (is_onto or what.again):
        _give_way(builder, twin, builder.entries[event.key], what.text)


def _is_another(given: PlacedItem, was: str) -> bool:
    """Return whether an item has other links than what people made their line of."""
    now = {link.canonical for link in links_of(given.item.content)}
    before = {link.canonical for link in written(was).links}
    return bool(now and before) and now.isdisjoint(before)


def _give_way(builder: EpisodeBuilder, later: PlacedItem, first: PlacedItem, text: str) -> None:
    """Have a line of people's be what a later item gives, with what is said of that beside it.

    What was done to that item was done to the link that it had until its message was edited.
    """
    item = later.item
    builder.lift(item.id)
    later.section.take(later)
    later.alive = False
    for known in (builder.entries, builder.lasts, builder.tails, builder.linked):
        known.update([(one, first) for one, entry in known.items() if entry is later])
    builder.settle_from(item.id)  # what people had put below it stands for itself
    builder.come_again(item, first)
    notes = notes_beside(Bullet((), labelled(item)), text)
    builder.say_of(first, item, notes)
