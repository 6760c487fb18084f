"""What an episode's audio is besides its address: a feed has to name its bytes and its length."""

import asyncio

from bot.core.events import Event, FieldSet
from bot.services.lookups import Lookups
from bot.services.request import Request
from bot.services.show import Show

BYTES, DURATION = "audio_bytes", "audio_duration"


async def weigh(request: Request, episode: str, url: str, *, show: Show, lookups: Lookups) -> str:
    """Ask what the template names of the audio at an address, set it; return lines that say so.

    Its server knows its bytes, most of the time; the podcast's feed knows both, once the episode
    is in it.
    """
    wanted = [name for name in (BYTES, DURATION) if name in show.profile.field_names]
    found: dict[str, str] = {}
    if BYTES in wanted and (size := await lookups.size_of(url)) is not None:
        found[BYTES] = str(size)
    feed = show.profile.publish.feed
    known = None
    if feed and len(found) < len(wanted) and (text := await lookups.feed(feed)):
        # Loaded here because most shows never ask a feed.
        from bot.core.page.feed import enclosure

        known = await asyncio.to_thread(enclosure, text, url)
    if known is not None:
        if known.size is not None:
            found.setdefault(BYTES, str(known.size))
        if known.duration is not None:
            found[DURATION] = known.duration
    found = {name: value for name, value in found.items() if name in wanted}
    by, at = request.person.id, request.at
    await show.log.record(
        [
            Event(f"{request.key}:{name}", episode, at, by, FieldSet(name, value))
            for name, value in found.items()
        ]
    )
    lines = []
    if BYTES in wanted:
        size_known = BYTES in found
        name = "audio-bytes" if size_known else "audio-unknown"
        lines.append(request.say(name, **({"size": found[BYTES]} if size_known else {})))
    if DURATION in found:
        lines.append(request.say("audio-duration", duration=found[DURATION]))
    return "".join(f"\n{line}" for line in lines)


async def weigh_again(request: Request, episode: str, *, show: Show, lookups: Lookups) -> None:
    """Ask again for what was not known of an episode's audio when its address was set."""
    fields = (await show.log.outline(episode)).episode.fields
    lacks = [
        name
        for name in (BYTES, DURATION)
        if name in show.profile.field_names and not fields.get(name)
    ]
    if lacks and (url := fields.get("audio")):
        await weigh(request, episode, str(url), show=show, lookups=lookups)
